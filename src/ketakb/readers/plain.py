"""Plain text: paragraphs are parted by empty lines; lines that begin with a bullet or a number are items."""

from __future__ import annotations

import re

from ketakb.readers.document import Block, Document
from ketakb.readers.mask import Mask, trim

_LINE = re.compile(r"[^\n]*+\n?+")
_ITEM = re.compile(r"[ \t]*+(?:[-*+•◦▪·–]|\d{1,3}[.)])[ \t]++")


def read_plain(text: str) -> Document:
    """Return a plain text as a Document; only a byte order mark and invisible letters are blanked."""
    mask = Mask(text)
    plain = mask.plain()
    blocks: list[Block] = []
    kind, start, end, lead, at = "", 0, 0, -1, 0

    def close() -> None:
        span = trim(plain, start, end)
        if kind and span.start < span.end:
            blocks.append(Block(kind, span, lead=lead if kind == "item" else -1))

    while at < len(plain):
        line = _LINE.match(plain, at)
        after = line.end() if line else len(plain)
        item = _ITEM.match(plain, at, after)
        if not plain[at:after].strip():
            close()
            kind = ""
        elif item and item.end() < after:
            close()
            if not (blocks and blocks[-1].kind == "item"):
                lead = len(blocks) - 1
            kind, start = "item", item.end()
        elif not kind:
            kind, start = "paragraph", at
        end, at = after, after
    close()
    return Document(text, plain, tuple(blocks), gaps=tuple(mask.gaps))

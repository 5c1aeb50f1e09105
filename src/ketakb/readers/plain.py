"""Plain text: paragraphs are parted by empty lines; lines that begin with a bullet or a number are items."""

from __future__ import annotations

import re

from ketakb.readers.document import Block, Document
from ketakb.text import Span

_ITEM = re.compile(r"[ \t]*(?:[-*+•◦▪·–]|\d{1,3}[.)])[ \t]+")


def read_plain(text: str) -> Document:
    """Return a plain text as a Document; a byte order mark is blanked."""
    plain = " " + text[1:] if text.startswith("\ufeff") else text
    blocks: list[Block] = []
    start = end = 0
    kind, lead = "", -1
    offset = 0

    def close() -> None:
        if kind and plain[start:end].strip():
            blocks.append(Block(kind, Span(start, end), lead=lead if kind == "item" else -1))

    for line in plain.splitlines(keepends=True):
        item = _ITEM.match(line)
        if not line.strip():
            close()
            kind = ""
        elif item:
            close()
            if not (blocks and blocks[-1].kind == "item"):
                lead = len(blocks) - 1
            kind, start, end = "item", offset + item.end(), offset + len(line)
        elif not kind:
            kind, start, end = "paragraph", offset, offset + len(line)
        else:
            end = offset + len(line)
        offset += len(line)
    close()
    return Document(text, plain, tuple(blocks))

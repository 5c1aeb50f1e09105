"""Plain text: paragraphs are parted by empty lines; lines that begin with a bullet or a number are items.

Word processors write a paragraph, an item or a cell as one line, with no empty line between, and indent the items.
"""

from __future__ import annotations

from ketakb import later
from ketakb.readers.document import Block, Document
from ketakb.readers.mask import Mask, trim

_LINE = later.compile(r"[^\n]*+\n?+")
_ITEM = later.compile(r"[ \t]*+(?:[-*+•◦▪·–]|\d{1,3}[.)])[ \t]++")


_LONG = 120
"""Code points from which on a line was not wrapped by hand or by a mail program."""


def read_plain(text: str) -> Document:
    """Return a plain text as a Document; only a byte order mark and invisible letters are blanked."""
    mask = Mask(text)
    plain = mask.plain()
    blocks: list[Block] = []
    exported = _is_exported(plain)
    kind, start, end, lead, at, last = "", 0, 0, -1, 0, 0

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
        elif _ends_before(plain, last, at, after, exported):
            close()
            kind, start = "paragraph", at
        last, end, at = at, after, after
    close()
    return Document(text, plain, tuple(blocks), gaps=tuple(mask.gaps))


def _is_exported(plain: str) -> bool:
    """Whether a line after an item stands further left than its bullet: who wraps by hand goes on beneath the words."""
    depth = 0
    for line in _LINE.findall(plain):
        bare = line.strip()
        indent = len(line) - len(line.lstrip(" \t"))
        if bare and indent < depth and not _ITEM.match(line):
            return True
        depth = indent if bare and _ITEM.match(line) else depth if bare else 0
    return False


def _ends_before(plain: str, last: int, at: int, after: int, exported: bool) -> bool:
    """Whether the line plain[last:at] ends a paragraph, though no empty line follows but plain[at:after]."""
    if at - last > _LONG:
        return True
    # a row of cells reads like a sentence where its second cell goes on in small letters
    return exported and not plain[at:after].lstrip()[:1].islower()

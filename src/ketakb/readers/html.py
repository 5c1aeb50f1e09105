"""HTML pages, read in place: the copy of the page at its own offsets, all else blanked.

Read are the title, the meta description, the article, collapsed answers, alternative texts and the JSON-LD
that search engines show. Left out are navigation, teasers, share buttons, comments, forms, code and
what is hidden.

The tokeniser is our own: html.parser gives no place for an attribute's value, and broken input makes it
quadratic.
"""

from __future__ import annotations

from ketakb.readers.document import Block, Document
from ketakb.readers.html_blocks import read_region
from ketakb.readers.mask import Mask, trim


def read_html(text: str) -> Document:
    """Return an HTML page as a Document of the same length."""
    mask = Mask(text)
    found = read_region(mask, 0, len(text))
    plain = mask.plain()
    blocks = []
    for block in found:
        span = trim(plain, block.span.start, block.span.end)
        header = block.header and trim(plain, block.header.start, block.header.end)
        blocks.append(Block(block.kind, span, block.level, header, block.row, block.lead))
    return Document(text, plain, tuple(blocks), ignores=tuple(mask.ignores), gaps=tuple(mask.gaps))

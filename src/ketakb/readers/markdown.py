"""Markdown, read in place: what is markup is blanked with spaces, never cut, so every offset stays.

A reader for finding sentences, not for rendering, that agrees with CommonMark on what is text: markdown-it is
its oracle in the tests. Code, comments, link targets and what is struck out are left out; alternative texts,
footnotes and the HTML inside are read.
"""

from __future__ import annotations

from ketakb.readers.document import Block, Document
from ketakb.readers.front_matter import read_front_matter
from ketakb.readers.markdown_blocks import BlockParser
from ketakb.readers.markdown_inline import Inline
from ketakb.readers.mask import Mask, trim
from ketakb.text import Span


def read_markdown(text: str) -> Document:
    """Return Markdown as a Document: markup blanked, blocks found, front matter and ignore remarks read."""
    mask = Mask(text)
    front, published, body = read_front_matter(text, mask)
    parser = BlockParser(text, mask)
    parser.read(body)
    inside: dict[int, list[Block]] = {}
    for number, leaf in enumerate(parser.leaves):
        if leaf.kind == "html":
            from ketakb.readers.html_blocks import read_region

            inside[number] = read_region(mask, leaf.start, leaf.end)
        else:
            Inline(mask, leaf.start, leaf.end, parser.labels).read()
    plain = mask.plain()
    blocks = [
        Block("heading" if "title" in key else "paragraph", span, int("title" in key))
        for key, span in published
    ]
    _finish(plain, parser, inside, blocks)
    return Document(text, plain, tuple(blocks), front, tuple(mask.ignores), tuple(mask.gaps))


def _finish(plain: str, parser: BlockParser, inside: dict[int, list[Block]], blocks: list[Block]) -> None:
    """Turn leaves into blocks: none that is empty, and with the places of those that they refer to."""
    last: dict[int, int] = {-1: -1}  # the block that ends a leaf, or the one before where it is empty
    spans: dict[int, Span] = {}
    for number, leaf in enumerate(parser.leaves):
        span = trim(plain, leaf.start, leaf.end)
        spans[number] = span
        if leaf.kind == "html":
            shift = len(blocks)
            for block in inside[number]:
                lead = block.lead + shift if block.lead >= 0 else -1
                cut = trim(plain, block.span.start, block.span.end)
                row = parser.rows + leaf.start + block.row if block.row >= 0 else -1  # a number of its own
                blocks.append(Block(block.kind, cut, block.level, block.header, row, lead))
        elif span.start < span.end and leaf.kind != "header":
            header = spans.get(leaf.header)
            if header is not None and header.start == header.end:
                header = None
            blocks.append(Block(leaf.kind, span, leaf.level, header, leaf.row, last[leaf.lead]))
        last[number] = len(blocks) - 1

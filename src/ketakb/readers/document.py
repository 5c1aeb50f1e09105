"""What a reader gives: the text with its markup blanked, and the blocks that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ketakb.text import Span


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that is read as one: sentences do not cross its border."""

    kind: str
    """paragraph, heading, item, cell or quotation."""
    span: Span
    level: int = 0
    """Depth of a heading (1 the top) or of a list item; 0 else."""
    header: Span | None = None
    """For a cell: the column's header cell."""
    row: int = -1
    """For a cell: number of its row in the document, so that cells of one row are known."""
    lead: int = -1
    """For an item: index of the block that introduces the list, or -1."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read. `plain` has the length of the file's text, so offsets are the same in both."""

    text: str
    """As it stands in the file."""
    plain: str
    """The same with every code point of markup replaced by a space."""
    blocks: tuple[Block, ...]
    front: Mapping[str, str] = field(default_factory=dict)
    """Simple `key: value` pairs of the front matter."""
    ignores: tuple[tuple[Span, str, str], ...] = ()
    """Inline `ketakb: ignore RULE reason` remarks: where, rule prefix, reason."""

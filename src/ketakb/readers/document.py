"""What a reader gives: the text with its markup blanked, and the blocks that it is made of."""

from __future__ import annotations

import bisect
from collections.abc import Mapping

from ketakb.text import Span
from ketakb.values import dataclass, field


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
    """A text as read. `plain` has the length of the text, so offsets are the same in both."""

    text: str
    """As it stands in the file; of a Word file, the canonical text."""
    plain: str
    """The same with every code point of markup replaced by a space."""
    blocks: tuple[Block, ...]
    front: Mapping[str, str] = field(default_factory=dict)
    """Simple `key: value` pairs of the front matter."""
    ignores: tuple[tuple[Span, str, str], ...] = ()
    """Inline `ketakb: ignore RULE reason` remarks: where, rule prefix, reason."""
    gaps: tuple[Span, ...] = ()
    """Blanks behind words that markup cuts in two ("don&#8217;t"): the letters stand together at the word's
    place, and the rest of its length is the gap."""
    places: tuple[tuple[int, str], ...] = ()
    """Where offsets mean little to a person (Word): from which offset on, and what it is called there."""

    def whole(self, span: Span) -> Span:
        """Return a span of `plain` as it stands in the text: one that ends in a gap ends behind it."""
        at = bisect.bisect_right(self.gaps, Span(span.end, len(self.text) + 1)) - 1
        if at >= 0 and self.gaps[at].start <= span.end < self.gaps[at].end:
            return Span(span.start, self.gaps[at].end)
        return span

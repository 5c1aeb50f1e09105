"""Finding a quote in the text of its source, and what comes nearest where it is not there."""

from __future__ import annotations

import bisect
import re

from ketakb.text import Span

_FOLDED = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
}
_RUN = re.compile(r"  +")
_MAX_TEXT = 200_000
_NEAR = 60.0


class QuotableText:
    """The text of a source, made ready for many quotes: one pass here, one substring search a quote."""

    def __init__(self, text: str) -> None:
        """Fold a text: white space to single blanks, quotation marks and dashes to the plain ones."""
        self.text = text
        even = text.translate(_FOLDED)  # of the same length, so offsets hold
        # where blanks were cut: the folded offset after the one blank that stays, and how many went so far
        self._cuts: list[int] = []
        self._gone: list[int] = []
        gone = 0
        for run in _RUN.finditer(even):
            self._cuts.append(run.start() + 1 - gone)
            gone += run.end() - run.start() - 1
            self._gone.append(gone)
        self._folded = _RUN.sub(" ", even) if gone else even

    def find(self, quote: str) -> Span | None:
        """Return where a quote first stands, as offsets into the text, or None."""
        start = self.text.find(quote)
        if start >= 0:
            return Span(start, start + len(quote))
        folded = fold(quote)
        start = self._folded.find(folded) if folded else -1
        if start < 0:
            return None
        return Span(self._origin(start), self._origin(start + len(folded) - 1) + 1)

    def nearest(self, quote: str) -> Span | None:
        """Return the passage most like a quote that is not there, whole words, or None where none is like it.

        Costs the length of the text times that of the quote; only for messages.
        """
        from rapidfuzz import fuzz  # needed only once a quote is missing

        folded, within = fold(quote).casefold(), self._folded[:_MAX_TEXT].casefold()
        if not folded or len(within) < len(folded) or len(within) != len(self._folded[:_MAX_TEXT]):
            return None
        found = fuzz.partial_ratio_alignment(folded, within, score_cutoff=_NEAR)
        if found is None:
            return None
        start, end = found.dest_start, found.dest_end
        while start > 0 and within[start - 1] != " " and within[start] != " ":
            start -= 1
        while end < len(within) and within[end] != " " and within[end - 1] != " ":
            end += 1
        while start < end and within[start] == " ":
            start += 1
        while end > start and within[end - 1] == " ":
            end -= 1
        return Span(self._origin(start), self._origin(end - 1) + 1) if start < end else None

    def _origin(self, offset: int) -> int:
        """Return the offset in the text of an offset in the folded text."""
        index = bisect.bisect_right(self._cuts, offset) - 1
        return offset + (self._gone[index] if index >= 0 else 0)


def fold(quote: str) -> str:
    """Return a quote with white space, quotation marks and dashes made plain."""
    return " ".join(quote.translate(_FOLDED).split())

"""The words of a place in a draft as a person would copy them: without markup, without the blanks it leaves."""

from __future__ import annotations

import bisect

from ketakb.readers.document import Document
from ketakb.text import Span

_CLOSING = frozenset(".,;:!?)]}”’…%")


def words_of(document: Document, span: Span) -> str:
    """Return what stands in a span on one line; blanks in the place of markup before a closing mark are dropped."""
    letters: list[str] = []
    blank = masked = False
    gaps = document.gaps
    at = span.start
    while at < span.end:
        gap = bisect.bisect_right(gaps, Span(at, len(document.text) + 1)) - 1
        if gap >= 0 and gaps[gap].start <= at < gaps[gap].end:
            at = gaps[gap].end
            continue
        letter = document.plain[at]
        if letter.isspace():
            blank = True
            masked = masked or not document.text[at].isspace()
        else:
            if blank and letters and not (masked and letter in _CLOSING):
                letters.append(" ")
            letters.append(letter)
            blank = masked = False
        at += 1
    return "".join(letters)

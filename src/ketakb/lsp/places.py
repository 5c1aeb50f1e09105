"""Places as editors count them: 0-based lines, and columns in units of the encoding that was agreed on.

The Language Server Protocol ends lines at CR LF, LF or CR alone, and counts UTF-16 units unless client and server agree
on another encoding. Our offsets are code points into the whole text.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable

from ketakb.text import Span

_LINE_END = re.compile(r"\r\n|\n|\r")
Place = tuple[int, int]
"""Line and column, both 0-based; the column in units of the encoding."""


def _utf16(text: str) -> int:
    return len(text) + sum(1 for one in text if one > "\uffff")


def _utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


_UNITS: dict[str, Callable[[str], int]] = {"utf-8": _utf8, "utf-16": _utf16, "utf-32": len}


class Places:
    """Turns offsets of one text into places and back, by bisection."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        """Take a text, and the encoding that columns count in: utf-8, utf-16 or utf-32."""
        self._text = text
        self._units = _UNITS.get(encoding, _utf16)
        ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._stops = [*(end.start() for end in ends), len(text)]

    def place(self, offset: int) -> Place:
        """Return where an offset in code points lies; one inside a line's end lies at the end of that line."""
        offset = max(0, min(offset, len(self._text)))
        line = bisect.bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return line, self._units(self._text[start : min(offset, self._stops[line])])

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; beyond the end of a line its end, inside a character that character."""
        if line >= len(self._starts):
            return len(self._text)
        start, stop = self._starts[line], self._stops[line]
        row = self._text[start:stop]
        if self._units(row) == len(row) or self._units is len:
            return start + min(column, len(row))
        units = 0
        for at, one in enumerate(row):
            units += self._units(one)
            if units > column:
                return start + at
        return stop

    def line(self, number: int) -> Span:
        """Return a 0-based line without its end; of one that is not there, the end of the text."""
        if number >= len(self._starts):
            return Span(len(self._text), len(self._text))
        return Span(self._starts[number], self._stops[number])

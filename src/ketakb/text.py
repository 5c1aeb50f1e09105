"""Spans, positions and files: where a thing stands in a text.

Offsets are 0-based Unicode code points, half-open. Lines and columns are 1-based.
"""

from __future__ import annotations

import bisect
from pathlib import Path

from ketakb.errors import UnreadableInputError
from ketakb.sums import sha256
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a text."""

    start: int
    """Offset of the first code point."""
    end: int
    """Offset after the last code point."""

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place as an editor shows it."""

    line: int
    """1-based line."""
    column: int
    """1-based column, in code points."""


class LineIndex:
    """Turns offsets of one text into lines and columns, by bisection."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        find, at = text.find, 0
        while (at := find("\n", at)) >= 0:
            at += 1
            self._starts.append(at)

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset in code points."""
        line = bisect.bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)


def read_text(path: Path) -> str:
    """Return the text of a file: UTF-8 (a byte order mark is kept as one code point), or UTF-16 with one.

    Raises UnreadableInputError where the file cannot be opened, is binary or is in another encoding.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableInputError(
            f"{path}: cannot be read: {error.strerror or error}; check the path, and that you may read it"
        ) from error
    return decode(raw, str(path))


def decode(raw: bytes, name: str) -> str:
    """Return bytes as text, as read_text does; name is what the message calls them."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableInputError(
                f"{name}: not valid UTF-16 at byte {error.start}; save the file as UTF-8"
            ) from error
    if b"\0" in raw:
        raise UnreadableInputError(f"{name}: looks binary, not text; export it as text, Markdown or HTML")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableInputError(
            f"{name}:{line}: not UTF-8 (byte 0x{raw[error.start]:02x}); save the file as UTF-8"
        ) from error


def digest(text: str) -> str:
    """Return ``sha256:`` and the hex digest of a text."""
    return "sha256:" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

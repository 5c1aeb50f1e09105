"""A text whose markup is being blanked: as long as the file at every step.

Two kinds of blank: a space parts words, a JOIN does not ("keta**mine**", "don&#8217;t"). When all is done,
the letters on both sides of JOINs are put together at the word's place, with padding behind it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ketakb import later
from ketakb.text import Span

JOIN = "\0"
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_TO_JOINS = str.maketrans(dict.fromkeys(_INVISIBLE, JOIN))
_JOINED = later.compile(r"[\w'’ʼ]++(?:\0++[\w'’ʼ]++)++")
ENTITY = later.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_IGNORE = later.compile(r"\s*+ketakb:\s*+ignore\s++(\S++)\s*+([^\0]*+)")


class Mask:
    """The code points of a text, some of them blanked."""

    def __init__(self, text: str) -> None:
        self.chars = list(text)
        self.ignores: list[tuple[Span, str, str]] = []
        self.gaps: list[Span] = []
        if text.startswith("\ufeff"):
            self.chars[0] = " "

    def blank(self, start: int, end: int, by: str = " ") -> None:
        """Blank a stretch; line feeds stay."""
        self.chars[start:end] = [letter if letter == "\n" else by for letter in self.chars[start:end]]

    def join(self, start: int, end: int) -> None:
        """Blank a stretch that does not part words."""
        self.blank(start, end, JOIN)

    def put(self, start: int, end: int, meant: str, last: bool = False) -> None:
        """Write what a stretch stands for at its first place, or its last; the rest does not part words."""
        self.join(start, end)
        if meant in _INVISIBLE or len(meant) > end - start:
            return
        if meant.isspace() or not meant.isprintable():
            self.blank(start, end)
            self.chars[start:end] = [" "] * (end - start)
        elif last:
            self.chars[end - len(meant) : end] = meant
        else:
            self.chars[start : start + len(meant)] = meant

    def entity(self, start: int, source: str, at: int) -> int:
        """Write the character of an entity that begins at source[at]; return the offset behind it."""
        match = ENTITY.match(source, at)
        if match is None:
            return at + 1
        from html import unescape  # brings the names of two thousand characters

        meant = unescape(match.group())
        if meant != match.group():
            self.put(start, start + len(match.group()), meant)
        return match.end()

    def comment(self, start: int, content: str, length: int) -> None:
        """Blank a comment and keep the remark it may hold."""
        remark = _IGNORE.match(content)
        if remark:
            self.ignores.append((Span(start, start + length), remark.group(1), remark.group(2).strip()))
        self.join(start, start + length)

    def part(self, start: int, end: int) -> str:
        """Return a stretch as it is by now."""
        return "".join(self.chars[start:end])

    def plain(self) -> str:
        """Return the finished text, words put together; fills `gaps`."""
        plain = "".join(self.chars)
        if any(letter in plain for letter in _INVISIBLE):
            plain = plain.translate(_TO_JOINS)
        if _joins_words(plain):
            plain = _JOINED.sub(self._together, plain)
        return plain.replace(JOIN, " ")

    def _together(self, match: re.Match[str]) -> str:
        letters = match.group().replace(JOIN, "")
        self.gaps.append(Span(match.start() + len(letters), match.end()))
        return letters.ljust(match.end() - match.start())


def _joins_words(plain: str) -> bool:
    """Whether _JOINED finds anything: most JOINs stand beside a space."""
    parts = [part for part in plain.split(JOIN) if part] if JOIN in plain else ()
    return any(_in_word(one[-1]) and _in_word(other[0]) for one, other in pairwise(parts))


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter in "_'’ʼ"


def trim(plain: str, start: int, end: int) -> Span:
    """Return a span without the white space at its ends."""
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return Span(start, end)

"""Which runs of `*`, `_` and `~~` mark emphasis: the delimiter rules of CommonMark, in linear time."""

from __future__ import annotations

import unicodedata

from ketakb.values import dataclass


@dataclass(slots=True)
class Delimiter:
    """A run of one letter; it shrinks as pairs are found."""

    letter: str
    start: int
    end: int
    opens: bool
    closes: bool
    inside: bool
    """Between two letters or digits."""
    length: int

    @property
    def count(self) -> int:
        """How many are left."""
        return self.end - self.start


def delimiter(source: str, at: int) -> Delimiter:
    """Return the run that begins at source[at]."""
    letter, end = source[at], at + 1
    while end < len(source) and source[end] == letter:
        end += 1
    before, after = source[at - 1 : at] or " ", source[end : end + 1] or " "
    left = not after.isspace() and (not _mark(after) or before.isspace() or _mark(before))
    right = not before.isspace() and (not _mark(before) or after.isspace() or _mark(after))
    if letter == "_":
        opens, closes = left and (not right or _mark(before)), right and (not left or _mark(after))
    else:
        opens, closes = left, right
    if letter == "~" and end - at < 2:
        opens = closes = False
    inside = before.isalnum() and after.isalnum()
    return Delimiter(letter, at, end, opens, closes, inside, end - at)


def _mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def balance(runs: list[Delimiter]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pair runs; return the stretches used as markup, and those that are struck out."""
    used: list[tuple[int, int]] = []
    struck: list[tuple[int, int]] = []
    stack: list[Delimiter] = []  # what may still open
    bottom: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        if run.closes:
            kind = (run.letter, run.opens, run.length % 3)
            while run.count:
                least = bottom.get(kind, 0)
                place = _opener(stack, run, least)
                if place < 0:
                    bottom[kind] = len(stack)
                    break
                opener = stack[place]
                if len(stack) > place + 1:
                    del stack[place + 1 :]
                    bottom = {key: min(value, place + 1) for key, value in bottom.items()}
                size = 2 if opener.count >= 2 and run.count >= 2 else 1
                if run.letter == "~":
                    struck.append((opener.end, run.start))
                used += [(opener.end - size, opener.end), (run.start, run.start + size)]
                opener.end -= size
                run.start += size
                if not opener.count or (run.letter == "~" and opener.count < 2):
                    stack.pop()
                    bottom = {key: min(value, place) for key, value in bottom.items()}
                if run.letter == "~" and run.count < 2:
                    break
        if run.opens and run.count:
            stack.append(run)
    return used, struck


def _opener(stack: list[Delimiter], run: Delimiter, least: int) -> int:
    """Return the place of the nearest run that the given one can close, or -1."""
    for place in range(len(stack) - 1, least - 1, -1):
        one = stack[place]
        if one.letter != run.letter:
            continue
        both = (one.closes or run.opens) and (one.length + run.length) % 3 == 0
        if not both or (one.length % 3 == 0 and run.length % 3 == 0):
            return place
    return -1

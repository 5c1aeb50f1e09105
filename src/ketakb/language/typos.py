"""Slips of the pen in key terms: which known word an unknown one is meant to be, where that is clear.

Only long words are repaired, only where the first letter is right and one term alone is near; a wrong guess would put
words into an author's mouth. Which terms begin with the same letter, have nearly the same length and nearly the same
letters is told by a few bits, so that hardly any is compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

SHORTEST = 7
"""Letters from which a word is repaired at one edit."""
SHORTEST_SLIP = SHORTEST - 1
"""Letters from which a word may be a slip."""
LONG = 9
"""Letters from which two edits are allowed."""
_MOST_ASKED = 65536


class Speller:
    """Terms that unknown words may be meant for."""

    def __init__(self, terms: Iterable[str], known: Iterable[str]) -> None:
        """`terms` are the words to repair to, in lower case; `known` are words that need no repair."""
        self._known = frozenset(known)
        self._all = tuple(terms)
        self._terms: dict[str, list[tuple[int, str]]] = {}
        """Terms by their first letter, as words with it were asked for."""
        self.meant = lru_cache(maxsize=16384)(self._meant)
        self._asked: set[str] = set()
        self._slips: set[str] = set()

    def slips(self, words: Iterable[str]) -> set[str]:
        """Return those of some words, in lower case, that are clearly meant for a term: of most texts none."""
        if not self._asked.issuperset(words):
            if len(self._asked) > _MOST_ASKED:
                self._asked.clear()
                self._slips.clear()
            new = set(words) - self._asked
            self._asked |= new
            self._slips.update(word for word in new if len(word) >= SHORTEST_SLIP and self.meant(word) is not None)
        return self._slips.intersection(words)

    def _meant(self, word: str) -> str | None:
        """Return the one term that an unknown word, in lower case, is clearly meant for, or None."""
        if not may_be_slip(word) or word in self._known:
            return None
        letters, size, first = _letters(word), len(word), word[0]
        if first not in self._terms:
            self._terms[first] = [(_letters(term), term) for term in self._all if term[:1] == first and is_term(term)]
        fitting = [
            term
            for other, term in self._terms[first]
            if (letters ^ other).bit_count() <= 4 and -2 <= len(term) - size <= 2 and _is_slip(word, term)
        ]
        return fitting[0] if len(fitting) == 1 else None


def is_term(word: str) -> bool:
    """Whether a word is one that others are repaired to."""
    return len(word) >= SHORTEST and word.isalpha()


def may_be_slip(word: str) -> bool:
    """Whether a word is such that it may be repaired, where it is not known."""
    return len(word) >= SHORTEST_SLIP and word.isalpha()


def _letters(word: str) -> int:
    """Return which letters a word has, a bit for each: an edit changes two bits at most."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 31)
    return found


def _is_slip(word: str, term: str) -> bool:
    """Whether a word is a term mistyped: one edit, or two in a long one whose beginning and end are right."""
    if word == term or word[0] != term[0] or word in (term + "s", term + "d"):
        return False
    two = len(term) >= LONG and word[:2] == term[:2] and word[-1] == term[-1]
    if not two and abs(len(word) - len(term)) > 1:
        return False
    edits = distance(word, term)
    if edits == 1:
        return True
    return edits == 2 and two


def distance(one: str, two: str) -> int:
    """Return the optimal string alignment distance: insertions, deletions, changes and swaps of neighbours."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row, before = before, [i], row
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def is_one_slip(one: str, two: str) -> bool:
    """Whether two words are one edit apart: a letter more, less or another, or two neighbours exchanged."""
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    first = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        first += 1
    if one[first:] == two[first + 1 :] or one[first + 1 :] == two[first:] or one[first + 1 :] == two[first + 1 :]:
        return True
    return one[first : first + 2] == two[first : first + 2][::-1] and one[first + 2 :] == two[first + 2 :]

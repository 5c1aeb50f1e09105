"""Slips of the pen in key terms: which known word an unknown one is meant to be, where that is clear.

A table of deletes (Garbe's SymSpell): two words within one edit share a form with one letter taken out, so a look-up
costs the length of the word, whatever the number of terms. Only long words are repaired, only where the first letter
is right and one term alone is near; a wrong guess would put words into an author's mouth.
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


class Speller:
    """Terms that unknown words may be meant for."""

    def __init__(self, terms: Iterable[str], known: Iterable[str]) -> None:
        """`terms` are the words to repair to, in lower case; `known` are words that need no repair."""
        self._known = frozenset(known)
        self._table: dict[str, set[str]] = {}
        for term in terms:
            if len(term) >= SHORTEST and term.isalpha():
                for form in _deletes(term, 2 if len(term) >= LONG else 1):
                    self._table.setdefault(form, set()).add(term)
        self.meant = lru_cache(maxsize=16384)(self._meant)

    def _meant(self, word: str) -> str | None:
        """Return the one term that an unknown word, in lower case, is clearly meant for, or None."""
        if len(word) < SHORTEST_SLIP or word in self._known or not word.isalpha():
            return None
        near: set[str] = set()
        for form in _deletes(word, 2 if len(word) >= LONG else 1):
            near |= self._table.get(form, set())
        fitting = {term for term in near if _is_slip(word, term)}
        return fitting.pop() if len(fitting) == 1 else None


def _deletes(word: str, most: int) -> set[str]:
    """Return a word with up to `most` letters taken out, itself included."""
    forms = {word}
    layer = {word}
    for _ in range(most):
        layer = {form[:at] + form[at + 1 :] for form in layer for at in range(len(form))}
        forms |= layer
    return forms


def _is_slip(word: str, term: str) -> bool:
    """Whether a word is a term mistyped: one edit, or two in a long one whose beginning and end are right."""
    if word == term or word[0] != term[0] or word in (term + "s", term + "d"):
        return False
    edits = distance(word, term)
    if edits == 1:
        return True
    return edits == 2 and len(term) >= LONG and word[:2] == term[:2] and word[-1] == term[-1]


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

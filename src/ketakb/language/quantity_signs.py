"""Words without which a sentence holds no quantity of a kind, to be told before any is read.

A sign is only a needed word: a sentence that has one need not hold a quantity.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ketakb.hints import Final
from ketakb.language.quantity_words import words
from ketakb.language.tokens import Token

DIGITS: Final = "#"
"""Stands for any number in digits."""


def signs_in(tokens: Iterable[Token]) -> frozenset[str]:
    """Return what signs are looked for among: the tokens of a sentence in lower case, and DIGITS."""
    return frozenset([DIGITS if token.kind == "number" else token.lower for token in tokens])


def _telling(word: str) -> tuple[bool, int]:
    """Return how much a word of a fixed phrase tells: words of grammar least, long words most."""
    return word not in words().stops, len(word)


@cache
def signs_of(kind: str) -> frozenset[str]:
    """Return the words of which a sentence must have one to hold a quantity of a kind, in lower case.

    `kind` is time, rate (how often), share, mass; an empty set comes back for any other: anything may be a sign.
    """
    lists = words()
    units = frozenset(phrase[0] for phrase, unit in lists.units.entries() if unit.kind == kind)
    if kind == "mass":
        return units
    if kind == "share":
        numerals = units.union(lists.cardinals, lists.tens, lists.scales, lists.glyphs, lists.fractions)
        return numerals | {DIGITS, "half", "point"}
    if kind == "rate":
        return signs_of("time").union(lists.rates)
    if kind == "time":
        fixed = (max(phrase, key=_telling) for phrase, _ in lists.fixed.entries())
        return units.union(lists.multiples, lists.several_multiples, fixed)
    return frozenset()

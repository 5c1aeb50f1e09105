"""What a comparison comes to."""

from __future__ import annotations

from functools import cache

from ketakb.values import dataclass

CONFLICT, AGREEMENT, NOT_COMPARABLE = "conflict", "agreement", "not-comparable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of a comparator."""

    answer: str
    """conflict, agreement or not-comparable."""
    kind: str = ""
    """Comparator that answered: direction, target, interval ..."""
    why: str = ""
    """For a conflict, the difference in plain words; for not-comparable, the axis: subject, object, relation, ..."""
    mild: bool = False
    """True for figures that differ inside a tolerated range: severity note."""

    @property
    def is_conflict(self) -> bool:
        return self.answer == CONFLICT

    @property
    def agrees(self) -> bool:
        return self.answer == AGREEMENT


def conflict(kind: str, why: str, mild: bool = False) -> Outcome:
    """Return a conflict found by a comparator."""
    return Outcome(CONFLICT, kind, why, mild)


@cache
def agreement(kind: str) -> Outcome:
    """Return an agreement."""
    return Outcome(AGREEMENT, kind)


@cache
def apart(axis: str) -> Outcome:
    """Return that two assertions are not comparable, and on which axis they differ."""
    return Outcome(NOT_COMPARABLE, "", axis)

"""What is said: assertions, their numbers, times and schedules. All are frozen.

The shape follows INDRA's separation of statement and evidence: what is said is kept apart from who says it.
"""

from __future__ import annotations

from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A number or an interval of numbers. An open end is None."""

    low: float | None
    """Lower end in `unit`, or None."""
    high: float | None
    """Upper end in `unit`, or None."""
    unit: str
    """second, minute, hour, day, week, month, year | person, percent, count | mg, mg/kg | dollar | date-year ..."""
    of: str | None = None
    """What the number is of: an entity id (us-adults, world, trd-patients), or None."""
    approx: bool = False
    """True for "about", "nearly", "some"."""

Pairs = tuple[tuple[str, tuple[str, ...]], ...]
"""A small frozen mapping: sorted (key, values) pairs."""


@dataclass(frozen=True, slots=True)
class TimeRef:
    """When a statement says that it holds."""

    start: str | None = None
    """ISO date (YYYY, YYYY-MM or YYYY-MM-DD) from which, or None."""
    end: str | None = None
    """ISO date until which, or None."""
    relative: str | None = None
    """A date that moves with the day of reading: last-year, recent, newest, now, in-trials; or None."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a schedule."""

    start: float | None
    """First week, 1-based, or None."""
    end: float | None
    """Last week, inclusive, or None where it goes on."""
    low: float
    """Fewest treatments a week."""
    high: float
    """Most treatments a week."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What one clause or one claim asserts: the one normal form that comparators see."""

    topic: str
    """Topic key, such as mechanism/nmda-receptor."""
    subject: str | None = None
    """Entity id of what it is about."""
    relation: str | None = None
    """Relation id."""
    objects: tuple[str, ...] = ()
    """Entity ids of the other argument; several where the text coordinates them."""
    negated: bool = False
    """True for "does not"."""
    quantifier: str | None = None
    """none, some, most, all; None where the text does not say."""
    only: str | None = None
    """subject, object or the name of a qualifier that is said to be the sole one."""
    certainty: str = "asserted"
    """asserted, hedged, attributed; denied, questioned and conditional clauses assert nothing."""
    attributed: str | None = None
    """To whom a statement is attributed, in the words of the text."""
    than: str | None = None
    """Entity id of the other side of a comparison."""
    value: Value | None = None
    """The number that is asserted."""
    time: TimeRef | None = None
    """When the text says that it holds."""
    phases: tuple[Phase, ...] = ()
    """A schedule."""
    qualifiers: Pairs = ()
    """route, dose, population, indication, setting, jurisdiction, with, ..."""

    def qualifier(self, key: str) -> tuple[str, ...]:
        """Return the values of one qualifier, or an empty tuple."""
        for name, values in self.qualifiers:
            if name == key:
                return values
        return ()

"""The one comparator: two assertions under one topic, from claims or from a draft alike."""

from __future__ import annotations

import datetime

from ketakb.assertion import Assertion
from ketakb.compare.numbers import comparable_units, compare_phases, compare_values
from ketakb.compare.outcome import Outcome, apart, conflict
from ketakb.compare.proposition import compare_propositions
from ketakb.compare.scope import axis_apart
from ketakb.model import Store
from ketakb.terms import Topic

_RECENT = 5
"""Years after which something is no longer recent."""


def compare(
    store: Store, topic: Topic, one: Assertion, two: Assertion, as_of: datetime.date, between_claims: bool = False
) -> Outcome:
    """Return whether two assertions conflict, agree or are not comparable under a topic.

    `as_of` is the day on which relative dates are read. `between_claims` says that both are claims of the store,
    so that two typical figures must be far apart to conflict; else `one` is a draft's and `two` a claim's.
    """
    axis = axis_apart(store, topic, one, two)
    if axis:
        return apart(axis)
    dated = _dates(one, two, as_of, between_claims)
    if dated is not None:
        return dated
    if one.phases and two.phases:
        return compare_phases(one, two)
    if one.phases or two.phases:
        return apart("schedule")
    if one.value and two.value:
        if _ended(one) and _goes_on(two) and one.value.unit == two.value.unit == "year":
            return apart("time")  # "it had been in use for thirty years": up to then, not up to today
        if comparable_units(one.value, two.value):
            return compare_values(topic, one, two, between_claims)
        return apart("unit")
    if bool(one.value) != bool(two.value) and topic.comparator in ("interval", "quantity", "phases"):
        return apart("number")
    if one.value or two.value:
        if one.relation != two.relation:
            return apart("relation")
    return compare_propositions(store, topic, one, two)


def _ended(one: Assertion) -> bool:
    """Whether an assertion is on a time before, which no year of it tells."""
    return one.time is not None and one.time.relative == "past"


def _goes_on(two: Assertion) -> bool:
    """Whether an assertion is on a time that began in a year it tells and has not ended."""
    return two.time is not None and two.time.start is not None and two.time.end is None


def _dates(one: Assertion, two: Assertion, as_of: datetime.date, between_claims: bool) -> Outcome | None:
    """Compare "last year" with a date that is known, and between claims also "recent"."""
    for relative, dated in ((one, two), (two, one)):
        if relative.time is None or relative.time.relative is None or dated.value is None or dated.value.unit != "date":
            continue
        said = {"last-year": as_of.year - 1, "this-year": as_of.year}.get(relative.time.relative)
        known = dated.value.low
        if said is not None and known is not None and int(known) != said:
            return conflict("currency", f"read today, it would be {said}; it was {int(known)}")
        if between_claims and relative.time.relative == "recent" and known is not None and one.relation == two.relation:
            if as_of.year - int(known) > _RECENT:
                return conflict("currency", f"it was in {int(known)}")
            return None
    return None

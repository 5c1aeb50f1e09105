"""Numbers: times, shares, counts, doses, years and schedules as intervals."""

from __future__ import annotations

import math

from ketakb.assertion import Assertion, Phase, Value
from ketakb.compare.outcome import Outcome, agreement, apart, conflict
from ketakb.language.units import to_minutes
from ketakb.terms import Topic

_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_WITHIN = 6.0
"""A bound of "within X" is read as from a sixth of X on."""
_WIDE = 3.0
"""A typical figure may lie outside a band by this factor."""
_RANGE, _SINGLE = 1.1, 2.2
"""The same for amounts: a range is meant as it stands, a single usual figure is not."""
_ROUNDED = 0.5
"""Shares are given in whole percent: 27% says 27.1%."""
_UP_TO = 1.15
"""A share of "up to X" may lie above what a claim gives as its upper end by this factor."""
_FEW = 2.0
"""... and by so many points in any case: "fewer than one in a hundred" is said of 0.4%, too."""
_OVER = 1.05
"""How far a number of people may lie above what it is said to exceed."""
_THRESHOLD = 2.0
"""From this factor on a threshold is another one."""
_OFTEN, _SELDOM = 1.4, 2.5
"""How much more often, or seldom, than in any phase a treatment must be given to be another schedule."""
_LONGER = 1.5
"""From this factor on a stretch of weeks is longer than another."""
_ORDERS = 8.0
"""Two typical claims conflict where they are further apart than this factor."""


def comparable_units(one: Value, two: Value) -> bool:
    """Whether two values are of the same kind of unit."""
    return one.unit == two.unit or (one.unit in _TIME and two.unit in _TIME)


def bounds(value: Value, typical: bool) -> tuple[float, float]:
    """Return a value as an interval in minutes (for times) or its own unit; open ends closed as they are
    meant."""
    if value.unit in _TIME:
        low = None if value.low is None else to_minutes(value.low, value.unit)
        high = None if value.high is None else to_minutes(value.high, value.unit)
    else:
        low, high = value.low, value.high
    if low is None and high is None:
        return 0.0, math.inf
    if high is None:
        return low or 0.0, (low or 0.0) * _WITHIN if typical else math.inf
    if low is None or (typical and not low):
        return (high / _WITHIN if typical else 0.0), high  # "on the same day" is not at once
    return min(low, high), max(low, high)


def compare_typical(
    one: Value, two: Value, between_claims: bool, closed: bool = True, tolerance: float = 0.0
) -> Outcome:
    """Compare what is said to be typical. "A couple of minutes" and "within 12 hours" differ by orders of
    magnitude.

    `closed` says that a claim of "within X" does not reach down to nothing: an onset does not, an acute
    effect may. `tolerance` is the share by which an exact figure may lie outside a band, where a topic sets one.
    """
    a, b = bounds(one, typical=True), bounds(two, typical=True)
    if between_claims:
        gap = max(a[0], b[0]) / max(min(a[1], b[1]), 1e-9)
        if gap >= _ORDERS:
            return conflict("interval", "the times are far apart")
        return agreement("interval")
    middle = _middle(a)
    if two.unit in _TIME:
        wide = 1 + tolerance if tolerance and not one.approx else _WIDE
        low, high = b[0] / _WIDE, b[1] * wide
        if two.low is None:
            low = b[1] / _WIDE if closed else 0.0
    else:
        wide = _RANGE if b[0] < b[1] else _SINGLE
        low, high = b[0] / wide, b[1] * wide
    if low <= middle <= high or (a[0] >= b[0] and a[1] <= b[1]):
        return agreement("interval")
    if one.low is not None and (one.high is None or tolerance) and b[0] <= a[0] <= b[1]:
        return agreement("interval")  # "40 minutes or more", "40 minutes to 4 hours": it begins where the claim is
    return conflict("interval", "it is too early" if middle < b[0] else "it is too late")


def _middle(interval: tuple[float, float]) -> float:
    """Return the geometric middle of an interval: times are thought of in orders of magnitude."""
    low, high = max(interval[0], 1e-3), max(interval[1], 1e-3)
    if math.isinf(high):
        return low
    return math.sqrt(low * high)


def compare_bound(one: Value, two: Value, tolerance: float) -> Outcome:
    """Compare figures: they conflict where their intervals, widened by the tolerance, do not meet."""
    a, b = bounds(one, typical=False), bounds(two, typical=False)
    if one.unit == "person" and one.high is None:
        a = a[0], a[0] * _OVER  # "over 264 million" means little more than that
    rounded = _ROUNDED if one.unit == "percent" else 0.0
    near = tolerance if one.approx else 0.0
    beyond = max(b[1] * _UP_TO + rounded, b[1] + _FEW)
    if one.unit == "percent" and one.low is None and two.low is not None and a[1] > beyond:
        return conflict("quantity", "the highest figure is too high")  # "up to 95%" promises the 95
    if a[0] * (1 - near) - rounded <= b[1] and b[0] <= a[1] * (1 + near) + rounded:
        return agreement("quantity")
    if a[0] * (1 - tolerance) <= b[1] * (1 + tolerance) and b[0] * (1 - tolerance) <= a[1] * (1 + tolerance):
        return conflict("quantity", "the figures differ a little", mild=True)
    return conflict("quantity", "the figures differ")


def compare_values(topic: Topic, one: Assertion, two: Assertion, between_claims: bool) -> Outcome:
    """Compare two assertions that both hold a number, in units that fit."""
    assert one.value is not None and two.value is not None
    if one.relation != two.relation:
        return apart("relation")
    if one.objects and two.objects and set(one.objects).isdisjoint(two.objects):
        return apart("object")
    if topic.settings.get("objects") == "same" and bool(one.objects) != bool(two.objects):
        return apart("object")
    if one.negated or two.negated:
        if topic.settings.get("reading") == "typical" and one.negated and not two.negated and not between_claims:
            return _reported(one, compare_denied(one, two))
        return apart("negation")
    tolerance = float(str(topic.settings.get("tolerance", 0.0)))
    if one.value.unit == "date":
        return compare_bound(one.value, two.value, 0.0)  # a year is no study's own figure
    if topic.settings.get("reading") == "typical":
        return _reported(
            one,
            compare_typical(one.value, two.value, between_claims, topic.settings.get("objects") != "same", tolerance),
        )
    if topic.settings.get("reading") == "least":
        return _reported(one, compare_least(one.value, two.value))
    return _reported(one, compare_bound(one.value, two.value, tolerance))


def compare_denied(one: Assertion, two: Assertion) -> Outcome:
    """Compare "not within X" with a claim: it says no where all of the claim is over by then, yes where none is.

    What is denied of some only, or perhaps, says neither; a length that is denied ("not for weeks") never says no.
    """
    assert one.value is not None and two.value is not None
    if one.quantifier or one.certainty != "asserted":
        return apart("negation")
    (least, limit), (first, last) = bounds(one.value, typical=False), bounds(two.value, typical=False)
    if one.value.low is not None or one.value.high is None:
        # "does not take weeks"
        return agreement("interval") if 0 < last < least else apart("negation")
    if last <= limit:
        return conflict("interval", "it comes sooner")
    if first >= limit:
        return agreement("interval")
    return apart("negation")


def compare_least(one: Value, two: Value) -> Outcome:
    """Compare what must be reached at least: a threshold far above or below another is another one."""
    first, second = bounds(one, typical=False)[0], bounds(two, typical=False)[0]
    if second and first >= second * _THRESHOLD:
        return conflict("quantity", "the threshold is higher")
    if two.high is None and first and first * _THRESHOLD <= second and (one.high is None or one.low != one.high):
        return conflict("quantity", "the threshold is lower")  # so is "1 to 2" where at least 2 are asked
    return compare_bound(one, two, 0.0)


def _reported(one: Assertion, outcome: Outcome) -> Outcome:
    """Let a figure that a draft gives as a study's own agree with a claim, and never contradict one."""
    return apart("a study's own figure") if outcome.is_conflict and one.attributed else outcome


def compare_phases(one: Assertion, two: Assertion) -> Outcome:
    """Compare two schedules week by week, and where their phases end.

    A rate without weeks ("given every day") conflicts where it is far from every phase of the other side.
    """
    if one.negated and not two.negated and not _is_held(one, two):
        return agreement("phases")  # "not every day"
    if one.negated or two.negated:
        return apart("negation")
    bare = [phase for phase in one.phases if phase.start is None and phase.end is None]
    if bare:
        if not _is_held(one, two):
            return _reported(one, conflict("phases", "the number of treatments a week differs"))
        return agreement("phases")
    if not any(_overlap(first, second) for first in one.phases for second in two.phases):
        return apart("schedule")  # of other weeks
    for first in one.phases:
        for second in two.phases:
            if _overlap(first, second) and (first.high < second.low or second.high < first.low):
                return conflict("phases", "the number of treatments a week differs")
    for first, second in zip(one.phases, two.phases, strict=False) if len(one.phases) > 1 else ():
        if first.end is not None and second.end is not None and first.end != second.end:
            return conflict(
                "phases",
                f"one phase ends after week {first.end:g} in one, after week {second.end:g} in the other",
            )
    return apart("schedule") if _goes_beyond(one, two) else agreement("phases")


def _is_held(one: Assertion, two: Assertion) -> bool:
    """Whether the rates of one that stand without weeks are near to those of some phase of the other."""
    low, high = min(p.low for p in two.phases), max(p.high for p in two.phases)
    bare = (p for p in one.phases if p.start is None and p.end is None)
    return not any(p.low > high * _OFTEN or p.high < low / _SELDOM for p in bare)


def _goes_beyond(one: Assertion, two: Assertion) -> bool:
    """Whether one is on many more weeks than the other, which says nothing of what comes behind its last."""
    ends = [phase.end for phase in two.phases]
    last = max((phase.end or 0.0 for phase in one.phases), default=0.0)
    known = [end for end in ends if end is not None]
    return len(known) == len(ends) and last > _LONGER * max(known, default=math.inf)


def _overlap(one: Phase, two: Phase) -> bool:
    low = max(one.start or 1.0, two.start or 1.0)
    high = min(one.end if one.end is not None else math.inf, two.end if two.end is not None else math.inf)
    return low <= high

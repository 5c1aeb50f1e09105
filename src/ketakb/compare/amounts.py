"""Numbers, times and schedules in plain words."""

from __future__ import annotations

from ketakb.assertion import Phase, Value
from ketakb.hints import Final
from ketakb.language.units import MINUTES

_LARGER = (("minute", "hour", 120.0), ("hour", "day", 48.0), ("day", "week", 21.0))
"""From how many of a unit on the next larger one is used, where that gives a round number."""
_BARE = {"date": "", "count": "", "percent": "%", "dollar": "dollars", "person": "people"}
_PLACES = {"UK": "the UK", "US": "the US", "EU": "the EU", "JP": "Japan", "CA": "Canada", "BE": "Belgium"}
_TIMES = {1.0: "once", 2.0: "twice"}


_LIFELONG = 50
"""Years from which on a length of time is for good: how "permanent" and "for life" are read."""


def describe_value(value: Value, of: str = "", within: bool = False) -> str:
    """Return a value in words: "40 to 60 minutes", "up to 12 hours", "17 million adults in the US".

    `of` is what is counted; `within` says that the verb before it ends with that word.
    """
    if value.unit == "minute" and value.low == 0 and value.high is not None and value.high <= 1:
        return "at once (within a minute)"
    if value.unit == "year" and value.high is None and (value.low or 0) >= _LIFELONG:
        return "for good"
    low, high = _end(value.low, value.unit), _end(value.high, value.unit)
    if low and high:
        text = _counted(high) if low == high else f"{_shared(low, high)} to {_counted(high)}"
    elif high:
        text = _counted(high) if within else f"up to {_counted(high)}"
    elif low:
        text = f"no less than {_counted(low)}" if within else f"at least {_counted(low)}"
    else:
        return ""
    if of and value.unit == "person":
        return f"{text.removesuffix(' people')} {of}"
    if of and value.unit == "count":
        return f"{text} {of}"
    return f"{text} of {of}" if of and value.unit == "percent" else text


def describe_phases(phases: tuple[Phase, ...]) -> str:
    """Return a schedule in words: "twice a week in weeks 1 to 4, then once a week in weeks 5 to 8"."""
    return ", then ".join(f"{_rate(phase)}{_weeks(phase)}" for phase in phases)


def plain(place: str) -> str:
    """Return how a jurisdiction is called inside a sentence."""
    return _PLACES.get(place, place)


def _end(number: float | None, unit: str) -> tuple[float, str] | None:
    """Return one end of a range in the unit that reads best."""
    if number is None:
        return None
    for small, large, enough in _LARGER:
        if unit == small and number >= enough:
            larger = number * MINUTES[small] / MINUTES[large]
            if larger == round(larger):
                number, unit = larger, large
    return number, unit


def _counted(end: tuple[float, str]) -> str:
    number, unit = end
    if unit in _BARE:
        name = _BARE[unit]
        return f"{_number(number)}{name}" if name == "%" else f"{_number(number, unit)} {name}".strip()
    name = unit if number == 1 or "/" in unit or unit == "mg" else f"{unit}s"
    return f"{_number(number)} {name}"


def _shared(low: tuple[float, str], high: tuple[float, str]) -> str:
    """Return the lower end, its unit left out where the upper end names the same."""
    if low[1] != high[1]:
        return _counted(low)
    millions = low[0] >= 1_000_000 and high[0] >= 1_000_000
    return f"{low[0] / 1_000_000:g}" if millions else _number(low[0], low[1])


def _number(value: float, unit: str = "") -> str:
    if unit == "date":
        return f"{value:g}"
    if value >= 1_000_000:
        return f"{value / 1_000_000:g} million"
    return f"{value:,.0f}" if value >= 10_000 else f"{value:g}"


_MONTH: Final = 30.44 / 7
"""Weeks."""


def _rate(phase: Phase) -> str:
    if phase.low >= 1:
        low, high = (_TIMES.get(rate) or f"{rate:g} times" for rate in (phase.low, phase.high))
        return f"{low} a week" if low == high else f"{low} to {high} a week"
    longest, shortest = 1 / phase.low if phase.low else 0, 1 / phase.high if phase.high else 0
    if longest == shortest:
        return "once a month" if abs(longest - _MONTH) < 0.1 else f"every {round(longest, 1):g} weeks"
    return f"every {round(shortest, 1):g} to {round(longest, 1):g} weeks"


def _weeks(phase: Phase) -> str:
    if phase.start is None:
        return f" until week {phase.end:g}" if phase.end is not None else ""
    if phase.end is None:
        return f" from week {phase.start:g} on" if phase.start > 1 else ""
    return (
        f" in week {phase.start:g}"
        if phase.start == phase.end
        else f" in weeks {phase.start:g} to {phase.end:g}"
    )

"""Units: how they are written, and what they are worth in each other."""

from __future__ import annotations

from ketakb.language.numbers import Number
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import Unit, words

MINUTES = {
    "second": 1 / 60,
    "minute": 1.0,
    "hour": 60.0,
    "day": 1440.0,
    "week": 10080.0,
    "month": 30.44 * 1440,
    "year": 365.25 * 1440,
}
"""Minutes in each unit of time; a month is 30.44 days, a year 365.25."""

_MILLIGRAMS = {"mcg": 0.001, "mg": 1.0, "g": 1000.0, "kg": 1_000_000.0}
_SCALES = (MINUTES, _MILLIGRAMS)


def to_minutes(value: float, unit: str) -> float:
    """Return a time in minutes. Raises KeyError for a unit that is not one of time."""
    return value * MINUTES[unit]


def convert(
    low: float | None, high: float | None, unit: str, to_unit: str
) -> tuple[float | None, float | None] | None:
    """Return both ends of an interval in another unit, or None where the two cannot be converted."""
    if unit == to_unit:
        return low, high
    for scale in _SCALES:
        if unit in scale and to_unit in scale:
            by = scale[unit] / scale[to_unit]
            return _times(low, by), _times(high, by)
    return None


def _times(value: float | None, by: float) -> float | None:
    return None if value is None else float(f"{value * by:.10g}")


def read_unit(stream: Stream, at: int, number: Number | None) -> tuple[Unit, int] | None:
    """Return the unit that is written at a token, and the index after it. A hyphen before it is passed over.

    An abbreviation counts only after digits, and "second" and "minute" not where they describe a noun.
    """
    start = stream.past_hyphen(at)
    if stream.word(start) in words().unit_adjectives and stream.kind(start + 1) == "word":
        start += 1  # "a few short hours", "a full week"
    found = words().units.at(stream, start)
    if found is None:
        return None
    unit, end = found
    if unit.form == "short" and not (number and (number.digits or _is_plain_short(stream, unit, start))):
        return None
    if unit.form == "one" and unit.kind == "time":
        lone = number is None or (number.low == 1 and not number.digits)
        if lone and _describes(stream, start, end):
            return None
        if start == at and number and number.vague:
            return None
    if unit.kind == "share" and stream.word(end) in words().not_units_after:
        return None
    if unit.kind == "mass":
        return _per_weight(stream, unit, end)
    return unit, end


def _is_plain_short(stream: Stream, unit: Unit, at: int) -> bool:
    """Whether an abbreviation of a time may follow a number in words: "a few hrs"."""
    return unit.kind == "time" and len(stream.word(at)) > 1 and stream.word(at) != "mo"


def _describes(stream: Stream, at: int, end: int) -> bool:
    """Whether "second" or "minute" is an adjective here: a word that is no particle follows."""
    lists = words()
    if stream.word(at) not in lists.adjectives_too or stream.kind(end) != "word":
        return False
    return stream.word(end) not in lists.stops and lists.after.at(stream, end) is None


def _per_weight(stream: Stream, unit: Unit, end: int) -> tuple[Unit, int]:
    """Read on to "/kg" or "per kilogram" of body weight."""
    start = end
    if stream.word(end) == "of":  # "half a milligram of it per kilo"
        start = next((at for at in range(end + 2, end + 5) if words().per_words.at(stream, at)), end)
    per = words().per_words.at(stream, start)
    if per:
        found = words().units.at(stream, per[1])
        if found and found[0].name == "kg":
            return Unit(f"{unit.name}/kg", "mass", unit.form), found[1]
    return unit, end

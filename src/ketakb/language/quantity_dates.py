"""Calendar dates: years, months and days of a year, decades."""

from __future__ import annotations

from ketakb.language.numbers import digits_of
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import words
from ketakb.values import dataclass

_FIRST_YEAR, _LAST_YEAR = 1800, 2100


@dataclass(frozen=True, slots=True)
class Date:
    """A year or a stretch of years."""

    low: float
    high: float
    iso: str
    """YYYY, YYYY-MM or YYYY-MM-DD; of a stretch, its first and last year with a slash between."""
    end: int
    """Index of the token after it."""
    approx: bool = False
    joined: bool = False
    """True for two years with a range word between."""
    bare: bool = True
    """True for a year that stands without month or day."""


def read_date(stream: Stream, at: int) -> Date | None:
    """Return the date or range of years that begins at a token, or None."""
    found = _iso(stream, at) or _day_first(stream, at) or _month_first(stream, at) or _decade(stream, at)
    return found or _years(stream, at)


def _year(stream: Stream, at: int) -> int | None:
    """Return the year that is written at a token: four digits and no separator."""
    word = stream.word(at)
    if at in stream.dead or len(word) != 4 or not (word.isascii() and word.isdigit()):
        return None
    year = int(word)
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _iso(stream: Stream, at: int) -> Date | None:
    year = _year(stream, at)
    parts = stream.words[at + 1 : at + 5]
    if year is None or len(parts) < 4 or parts[0] != "-" or parts[2] != "-" or not stream.glued(at + 4):
        return None
    month, day = digits_of(parts[1]), digits_of(parts[3])
    if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Date(year, year, f"{year:04d}-{int(month):02d}-{int(day):02d}", at + 5, bare=False)


def _day(stream: Stream, at: int) -> tuple[int, int] | None:
    """Return the day of a month that is written at a token, and the index after it: 5, 5th."""
    value = digits_of(stream.word(at)) if stream.kind(at) == "number" and at not in stream.dead else None
    if value is None or not 1 <= value <= 31 or value != int(value):
        return None
    ending = stream.word(at + 1) in words().ordinal_endings and stream.glued(at + 1)
    return int(value), at + 2 if ending else at + 1


def _day_first(stream: Stream, at: int) -> Date | None:
    """Read 5 March 2019, 5th of March, 2019."""
    day = _day(stream, at)
    if day is None:
        return None
    start = day[1] + 1 if stream.word(day[1]) == "of" else day[1]
    return _month_and_year(stream, start, day[0])


def _month_first(stream: Stream, at: int) -> Date | None:
    """Read March 2019, March 5, 2019."""
    if stream.word(at) not in words().months:
        return None
    start = at + 2 if stream.word(at + 1) == "." else at + 1
    day = _day(stream, start)
    year_at = day[1] + 1 if day and stream.word(day[1]) == "," else day[1] if day else 0
    if day and _year(stream, year_at):
        return _dated(stream, at, year_at, day[0])
    return _month_and_year(stream, at, None)


def _month_and_year(stream: Stream, at: int, day: int | None) -> Date | None:
    if stream.word(at) not in words().months:
        return None
    year_at = at + 1
    if stream.word(year_at) in (".", ",", "of"):
        year_at += 1
    return _dated(stream, at, year_at, day) if _year(stream, year_at) else None


def _dated(stream: Stream, month_at: int, year_at: int, day: int | None) -> Date:
    year = _year(stream, year_at) or 0
    month = int(words().months[stream.word(month_at)])
    iso = f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
    return Date(year, year, iso, year_at + 1, bare=False)


def _decade(stream: Stream, at: int) -> Date | None:
    """Read 1960s, early 1960s, mid-1990s, the sixties."""
    parts = words().decade_parts
    part = parts.get(stream.word(at))
    start = stream.past_hyphen(at + 1) if part else at
    if part and stream.word(start) == "to" and stream.word(start + 1) in parts:
        part, start = (part[0], parts[stream.word(start + 1)][1]), stream.past_hyphen(start + 2)
    if part and stream.word(start) == "the":
        start += 1
    if part and stream.words[start : start + 2] == ["of", "the"]:
        start += 2
    named = words().decade_names.get(stream.word(start))
    if named is not None and "the" in (stream.word(at - 1), stream.word(start - 1)):
        first, last = part or (0, 9)
        low, high = int(named + first), int(named + last)
        return Date(low, high, f"{low}/{high}", start + 1, approx=part is not None)
    year = _year(stream, start)
    mark = start + 2 if stream.word(start + 1) == "'" else start + 1
    if year is None or year % 10 or stream.word(mark) != "s" or not stream.glued(mark):
        return None
    first, last = part or (0, 9)
    return Date(
        year + first, year + last, f"{int(year + first)}/{int(year + last)}", mark + 1, part is not None
    )


def _years(stream: Stream, at: int) -> Date | None:
    """Read 2019 or 2016-2019."""
    year = _year(stream, at)
    if year is None:
        return None
    joint = stream.word(at + 1)
    joined = joint in ("-", "to", "through", "or") or (joint == "and" and stream.word(at - 1) == "between")
    last = _year(stream, at + 2) if joined else None
    if last and last > year:
        return Date(year, last, f"{year}/{last}", at + 3, joined=True)
    return Date(year, year, str(year), at + 1)

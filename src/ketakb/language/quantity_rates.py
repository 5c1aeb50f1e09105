"""Rates: how often something is done."""

from __future__ import annotations

from ketakb.language.quantity_ranges import read_range
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import words
from ketakb.language.tokens import key_of
from ketakb.language.units import MINUTES
from ketakb.values import dataclass

INFINITE = float("inf")
_NEAR = 6
"""How many words before "two weeks apart" may hold the rate that it repeats."""


@dataclass(frozen=True, slots=True)
class Per:
    """So many times in a unit of time: once in two weeks is 0.5 a week."""

    low: float
    high: float
    unit: str
    """day, week, month, year ..., kg, or the key of a counted noun ("per infusion")."""
    end: int
    """Index of the token after it."""


def read_rate(stream: Stream, at: int) -> Per | None:
    """Return the rate that begins at a token ("daily", "every two weeks", "two weeks apart"), or None."""
    return _times(stream, at) or _adverb(stream, at) or _every(stream, at) or _apart(stream, at)


def read_per(stream: Stream, at: int) -> Per | None:
    """Return what follows a count and makes it a rate: "a week", "weekly", "/day", "every two weeks"."""
    start = stream.past_hyphen(at)
    adverb = words().rates.get(stream.word(start))
    if adverb and stream.word(start) != "annual":
        return Per(adverb[0], adverb[0], adverb[1], start + 1)
    found = words().per_words.at(stream, start)
    if found:
        named = _named(stream, found[1], stream.word(start))
        if named:
            return named
    return _every(stream, start)


def _named(stream: Stream, at: int, by: str) -> Per | None:
    """Read the noun after "per" or "a": a unit of time, or after "per" also a counted noun."""
    found = words().units.at(stream, at)
    if (
        found
        and (found[0].form == "one" or by in ("/", "per"))
        and (found[0].kind == "time" or found[0].name == "kg")
    ):
        return Per(1.0, 1.0, found[0].name, found[1])
    multiple = words().multiples.get(stream.word(at))
    if multiple and by in ("per", "a", "each", "every"):
        return Per(1 / multiple[0], 1 / multiple[0], multiple[1], at + 1)
    key = stream.key(at)
    if (
        by in ("per", "a", "an", "each", "every", "/")
        and (key in words().counted or key in words().persons)
        and key != key_of("time")
    ):
        return Per(1.0, 1.0, key, at + 1) if found is None else None
    return None


def _times(stream: Stream, at: int) -> Per | None:
    """Read "once a week", "once or twice weekly", "twice every three weeks"."""
    counts = words().times_words
    low = high = counts.get(stream.word(at), 0.0)
    end = at + 1
    if not low:
        return None
    if stream.word(end) in ("or", "to") or stream.word(end) == "-":
        if stream.word(end + 1) in counts:
            high, end = counts[stream.word(end + 1)], end + 2
        else:
            more = read_range(stream, end + 1)
            if more and more.high and not more.unit and stream.word(more.end) == "times":
                high, end = more.high, more.end + 1
    per = read_per(stream, end)
    if per is None or per.unit not in MINUTES:
        return None
    return Per(low * per.low, high * per.high, per.unit, per.end)


def _adverb(stream: Stream, at: int) -> Per | None:
    """Read "weekly", "weekly or fortnightly"."""
    lists = words()
    rate = lists.rates.get(stream.word(at))
    if rate is None or stream.word(at) == "annual" or stream.word(at + 1) in lists.rate_not_before:
        return None
    return Per(rate[0], rate[0], rate[1], at + 1)


def _every(stream: Stream, at: int) -> Per | None:
    """Read "every two weeks", "every other day", "each week"."""
    lists = words()
    if stream.word(at) not in ("every", "each"):
        return None
    same = lists.sames.get(stream.word(at + 1))
    found = lists.units.at(stream, at + 2 if same else at + 1)
    if found and found[0].form == "one" and found[0].kind == "time" and (same or found[0].name != "second"):
        times = 1 / (same or 1.0)
        return Per(times, times, found[0].name, found[1])
    multiple = lists.multiples.get(stream.word(at + 1))
    if multiple:
        return Per(1 / multiple[0], 1 / multiple[0], multiple[1], at + 2)
    if stream.word(at) != "every":
        return None
    gap = read_range(stream, at + 1)
    if gap is None or gap.kind != "time" or not gap.low or not gap.high:
        return None
    return Per(1 / gap.high, 1 / gap.low, gap.unit, gap.end)


def _apart(stream: Stream, at: int) -> Per | None:
    """Read "two weeks apart"; no bound ("at least two weeks apart"), nor what repeats a rate ("twice a year, ...")."""
    if "apart" not in stream.words or stream.word(at - 1) in ("least", "most", "than"):
        return None
    if any(per and per.unit in MINUTES for per in (read_per(stream, n) for n in range(max(at - _NEAR, 0), at))):
        return None
    gap = read_range(stream, at)
    if gap is None or stream.word(gap.end) != "apart" or gap.unit not in ("day", "week", "month"):
        return None
    return Per(1 / gap.high, 1 / gap.low, gap.unit, gap.end + 1) if gap.low and gap.high else None


def per_week(low: float | None, high: float | None, unit: str) -> tuple[float, float]:
    """Return a rate as times a week; an open end is 0 or infinite."""
    by = MINUTES["week"] / MINUTES[unit]
    return (0.0 if low is None else _tidy(low * by), INFINITE if high is None else _tidy(high * by))


def _tidy(value: float) -> float:
    return float(f"{value:.6g}")

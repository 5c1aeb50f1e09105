"""Operands: one number with its unit, as it may stand alone or at either end of a range."""

from __future__ import annotations

from ketakb.language.numbers import read_number
from ketakb.language.quantity_operand import Operand
from ketakb.language.quantity_shares import read_fraction, read_share
from ketakb.language.quantity_tables import Stream, remembered
from ketakb.language.quantity_words import words
from ketakb.language.units import convert, read_unit
from ketakb.values import replace

ARTICLES = frozenset(("a", "an"))
# "Over the years" measures nothing.
_DEFINITE = frozenset(("the", "these", "those", "recent", "my", "your", "our", "their", "his", "her"))
NEXT = frozenset(("next", "following", "first", "past", "last"))


@remembered
def read_operand(stream: Stream, at: int) -> Operand | None:
    """Return the operand that begins at a token, or None. An approximating word before it is passed over."""
    return (
        _money(stream, at)
        or _part_of_unit(stream, at)
        or read_share(stream, at)
        or _numeral(stream, at)
        or _article_unit(stream, at)
        or _bare_unit(stream, at)
    )


def _money(stream: Stream, at: int) -> Operand | None:
    """Read $400, £1.5k, US$ 3 million."""
    lists = words()
    unit = lists.currencies.get(stream.word(at))
    number = read_number(stream, at + 1) if unit else None
    if unit is None or number is None or not number.digits:
        return None
    return Operand(
        number.low, number.high, unit, "money", number.end, stream.word(at), number.scale, digits=True
    )


def _part_of_unit(stream: Stream, at: int) -> Operand | None:
    """Read "half an hour", "half-hour", "three quarters of an hour", "the better part of a year"."""
    found = words().most_of.at(stream, at)
    if found:
        return _one_unit(stream, found[1], 0.6, 1.0)
    part, end = read_fraction(stream, at)
    if part is None:
        return None
    if stream.word(end) == "of":
        end += 1
    elif stream.word(at) != "half" and stream.word(at) not in words().glyphs:
        return None
    return _one_unit(stream, end, part, part)


def _one_unit(stream: Stream, at: int, low: float, high: float) -> Operand | None:
    """Read the unit after a part: "an hour"."""
    start = at + 1 if stream.word(at) in ("a", "an", "the", "one") else stream.past_hyphen(at)
    found = read_unit(stream, start, None)
    if found is None or found[0].kind not in ("time", "mass") or found[0].form != "one":
        return None
    if start == at and stream.word(at - 1) != "half" and stream.word(at - 1) != "-":
        return None
    unit, end = found
    return Operand(low, high, unit.name, unit.kind, end, stream.written(start, end), approx=low != high)


def _numeral(stream: Stream, at: int) -> Operand | None:
    """Read a numeral, with the unit after it where there is one."""
    number = read_number(stream, at)
    if number is None:
        return None
    lists = words()
    end, suffix, approx = number.end, 0, False
    found = lists.after.at(stream, stream.past_hyphen(end))
    if found and (found[0][0].bound or found[0][0].approx) and read_unit(stream, found[1], number):
        suffix, approx, end = end, found[0][0].approx, found[1]
    read = read_unit(stream, end, number)
    weak = number.vague in lists.weak_vague
    base = Operand(
        number.low,
        number.high,
        "",
        "",
        number.end,
        scale=number.scale,
        digits=number.digits,
        weak=weak,
        vague=bool(number.vague),
        one=stream.word(at) == "one" and number.end == at + 1,
    )
    multiple_at = stream.past_hyphen(end)
    multiple = lists.multiples.get(stream.word(multiple_at))
    if multiple:
        low, high = number.low * multiple[0], number.high * multiple[0]
        written = stream.written(multiple_at, multiple_at + 1)
        return replace(
            base, low=low, high=high, unit=multiple[1], kind="time", end=multiple_at + 1, text_unit=written
        )
    if read is None:
        return base
    unit, last = read
    written = stream.written(stream.past_hyphen(end), last)
    # "one day you will" is no length of time; "in one day" is.
    weak = weak or (base.one and unit.name == "day" and last == end + 1)
    whole = replace(
        base,
        unit=unit.name,
        kind=unit.kind,
        end=last,
        text_unit=written,
        weak=weak,
        suffix=suffix,
        approx=approx,
    )
    return _compound(stream, _unit_and_a_half(stream, whole))


def _unit_and_a_half(stream: Stream, operand: Operand) -> Operand:
    """Add the half of "an hour and a half"."""
    if operand.kind != "time" or stream.words[operand.end : operand.end + 3] != ["and", "a", "half"]:
        return operand
    low, high = operand.low, operand.high
    if low is None or high is None:
        return operand
    return replace(operand, low=low + 0.5, high=high + 0.5, end=operand.end + 3)


def _compound(stream: Stream, operand: Operand) -> Operand:
    """Add the smaller unit of "1 hour and 30 minutes"."""
    if operand.unit not in ("hour", "minute") or operand.vague or operand.low is None:
        return operand
    at = operand.end + 1 if stream.word(operand.end) == "and" else operand.end
    number = read_number(stream, at)
    read = read_unit(stream, number.end, number) if number and not number.vague else None
    if number is None or read is None or number.low >= 60:
        return operand
    smaller = {"hour": "minute", "minute": "second"}[operand.unit]
    more = convert(number.low, None, smaller, operand.unit)
    if read[0].name != smaller or more is None or more[0] is None:
        return operand
    whole = operand.low + more[0]
    return replace(operand, low=whole, high=whole, end=read[1])


def _article_unit(stream: Stream, at: int) -> Operand | None:
    """Read "a week", "an hour and a half", "a fortnight"."""
    if stream.word(at) not in ARTICLES and not _next_or_two(stream, at):
        return None
    multiple = words().multiples.get(stream.word(at + 1))
    if multiple:
        value, unit_name = multiple
        return Operand(value, value, unit_name, "time", at + 2, stream.word(at + 1), article=True)
    found = read_unit(stream, at + 1, None)
    if found is None or found[0].form != "one" or found[0].kind != "time":
        return None
    unit, end = found
    operand = Operand(1.0, 1.0, unit.name, "time", end, stream.written(at + 1, end), article=True)
    return _compound(stream, _unit_and_a_half(stream, operand))


def _next_or_two(stream: Stream, at: int) -> bool:
    """Whether "next day or two" begins here, where "next" stands for the article."""
    return (
        stream.word(at) in NEXT and stream.word(at + 2) == "or" and stream.word(at + 3) in words().cardinals
    )


def _bare_unit(stream: Stream, at: int) -> Operand | None:
    """Read a plural that stands without a number: "hours or days"."""
    several = words().several_multiples.get(stream.word(at))
    if several and stream.word(at - 1) not in _DEFINITE:
        low, high, name = several
        return Operand(low, high, name, "time", at + 1, stream.word(at), weak=True, vague=True)
    found = words().units.at(stream, at)
    if found is None or found[0].form != "many" or found[0].kind != "time":
        return None
    if stream.word(at - 1) in _DEFINITE:
        return None
    unit, end = found
    low, high = words().vague_units[unit.name]
    return Operand(low, high, unit.name, "time", end, stream.written(at, end), weak=True, vague=True)

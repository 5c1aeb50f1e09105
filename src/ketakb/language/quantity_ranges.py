"""Ranges: two operands or more that "to", "or", a dash or "between ... and" joins."""

from __future__ import annotations

from ketakb.language.quantity_operand import Operand
from ketakb.language.quantity_operands import read_operand
from ketakb.language.quantity_tables import Stream, remembered
from ketakb.language.quantity_words import words
from ketakb.language.units import MINUTES, convert
from ketakb.values import replace


@remembered
def read_range(stream: Stream, at: int) -> Operand | None:
    """Return an operand, or the interval of two or more that a range word joins."""
    first = read_operand(stream, at)
    if first is None:
        return None
    joined = _join(stream, at, first)
    # "days, weeks or even months" has more than two members.
    for _ in range(2):
        if joined.kind == "time" and joined.vague and joined.end != first.end:
            longer = _join(stream, at, joined)
            if longer is joined:
                break
            joined = longer
    return joined


def _join(stream: Stream, at: int, first: Operand) -> Operand:
    """Return the range that begins with `first`, or `first` itself."""
    start = _after_range_word(stream, at, first)
    if start == 0:
        return first
    cue = words().before.at(stream, start)
    if cue and any(item.approx for item in cue[0]):
        start = cue[1]
    second = read_operand(stream, start) or _fixed_end(stream, start)
    if second is None or second.suffix:
        return first
    return _spanned(stream, first, second) or first


def _fixed_end(stream: Stream, at: int) -> Operand | None:
    """Read a phrase that is a time by itself as the end of a range: "from a few hours to the next morning"."""
    found = words().fixed.at(stream, at)
    if found is None or found[0].unit not in MINUTES or found[0].unit == "second" or found[0].role == "for":
        return None
    fixed, end = found
    return Operand(fixed.low, fixed.high, fixed.unit, "time", end, stream.written(at, end), vague=True)


def _after_range_word(stream: Stream, at: int, first: Operand) -> int:
    """Return the index of the second operand, or 0 where nothing joins one."""
    end = first.end
    if stream.word(end) == "and" and "between" in stream.words[max(at - 5, 0) : at]:
        return end + 1
    # The first hyphen of "40- to 60-minute" hangs.
    if stream.word(end) == "-" and stream.glued(end) and stream.word(end + 1) in ("to", "or"):
        end += 1
    if stream.word(end) == "-" or (stream.word(end) == "—" and stream.glued(end) and stream.glued(end + 1)):
        return end + 1
    if stream.word(end) == "," and first.vague and first.kind == "time":
        return end + 1
    found = words().range_words.at(stream, end)
    return found[1] if found else 0


def _spanned(stream: Stream, first: Operand, second: Operand) -> Operand | None:
    """Return one operand from the low end of the first to the high end of the second."""
    low, high, unit = first.low, second.high, second
    if low is None or high is None:
        return None
    if first.unit and second.unit:
        changed = convert(None, high, second.unit, first.unit)
        if changed is None or changed[1] is None:
            return None
        high, unit = changed[1], first
    elif first.unit:
        if not (first.article or first.kind == "money") or stream.key(second.end) in words().counted:
            return None
        unit = first
    elif second.article or (
        second.weak and not first.vague and not second.digits and second.one is False and not second.unit
    ):
        return None
    if (first.scale == 1 < second.scale and not first.unit) or (
        first.kind == "money" and first.scale == 1 < second.scale
    ):
        low = low * second.scale if low < 1000 else low
    if low >= high:
        return None
    return replace(
        second,
        low=low,
        high=high,
        unit=unit.unit,
        kind=unit.kind,
        text_unit=unit.text_unit,
        weak=first.weak and not first.unit and not second.unit,
        vague=first.vague or second.vague,
        article=False,
        one=False,
        digits=first.digits,
        approx=first.approx or second.approx,
    )

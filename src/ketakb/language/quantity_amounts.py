"""Amounts: a number or a range with its unit, or with the people or things that it counts."""

from __future__ import annotations

from ketakb.language.quantity_cues import Governing, govern
from ketakb.language.quantity_nouns import counted_noun
from ketakb.language.quantity_operand import Operand
from ketakb.language.quantity_ranges import read_range
from ketakb.language.quantity_rates import Per, read_per
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_value import Quantity, as_rate, blank, bounded
from ketakb.language.quantity_words import words
from ketakb.language.tokens import key_of
from ketakb.language.units import MINUTES
from ketakb.values import replace

_TIME = key_of("time")
# No role fits this kind, only bounds do.
_ATTRIBUTE = "attribute"
_NAMELESS = 100_000
"""From this scale on a number needs no noun: "16 million worldwide"."""


def read_amount(stream: Stream, at: int, floor: int) -> Quantity | None:
    """Read a number or a range with its unit or with the noun that it counts."""
    operand = read_range(stream, at)
    if operand is None or operand.low is None or operand.high is None:
        return None
    if not operand.unit:
        return _counted(stream, at, operand, floor)
    per, end = _per(stream, operand)
    kind = _ATTRIBUTE if _describes_noun(stream, operand) else operand.kind
    governing = govern(stream, at, end, floor, kind)
    if per and end != operand.end and governing.bound is None:
        governing = _past_bound(stream, operand, governing)
    if operand.weak and not _is_governed(stream, operand, governing, floor):
        return None
    base = blank(stream, governing.first, governing.last, at, operand.unit)
    low, high = operand.low, operand.high
    if operand.vague and operand.text_unit and stream.word(at - 1) == "in":
        low, high = _promised(stream, at, operand)
    whole = bounded(base, low, high, _with_infix(stream, operand, governing))
    return replace(
        whole,
        approx=whole.approx or operand.approx or operand.vague,
        per=per.unit if per else None,
        text_unit=operand.text_unit,
        of_word=(operand.of or _share_of(stream, end)) if operand.kind == "share" else None,
    )


def _per(stream: Stream, operand: Operand) -> tuple[Per | None, int]:
    """Return what the operand is per, and the index after both; an "or more" between them is passed over."""
    suffix = words().after.at(stream, operand.end)
    start = suffix[1] if suffix and suffix[0][0].bound else operand.end
    per = read_per(stream, start)
    if per is None or (per.low, per.high) != (1.0, 1.0) or _is_later(stream, per):
        return None, operand.end
    if operand.kind == "time" and per.unit not in MINUTES:
        return None, operand.end
    return per, per.end


def _past_bound(stream: Stream, operand: Operand, governing: Governing) -> Governing:
    """Add the bound of "$7,000 or more a year"."""
    suffix = words().after.at(stream, operand.end)
    return replace(governing, bound=suffix[0][0].bound) if suffix else governing


def _describes_noun(stream: Stream, operand: Operand) -> bool:
    """Whether it describes a noun: "after a 40-minute infusion" is not "after 40 minutes"."""
    if operand.kind != "time" or operand.article or stream.word(operand.end - 2) != "-":
        return False
    follower = stream.word(operand.end)
    lists = words()
    if stream.kind(operand.end) != "word" or follower in lists.stops or follower in lists.stretches:
        return False
    return lists.after.at(stream, operand.end) is None


def _is_later(stream: Stream, per: Per) -> bool:
    """Whether "a month later" follows, which is a time of its own."""
    found = words().after.at(stream, per.end)
    return found is not None and any(cue.role for cue in found[0])


def _is_governed(stream: Stream, operand: Operand, governing: Governing, floor: int) -> bool:
    """Whether a weak operand is governed; "after hours", "after years" are idioms."""
    if stream.word(operand.end) == "of" and stream.word(operand.end + 1) in words().spells:
        return True  # "months of relief"
    idiom = operand.unit in ("hour", "year") and operand.vague and operand.low == 1
    if idiom and governing.role == "after":
        return stream.word(governing.first) not in ("after", "-")
    return governing.governed


def _promised(stream: Stream, at: int, operand: Operand) -> tuple[float, float]:
    """Return the ends of "in days", which promises less than "days" do."""
    alone = stream.word(at) == operand.text_unit.lower() and operand.end == at + 1
    wider = words().vague_in.get(operand.unit) if alone else None
    return wider or (operand.low or 0.0, operand.high or 0.0)


def _with_infix(stream: Stream, operand: Operand, governing: Governing) -> Governing:
    """Add the bound of "six or more weeks"."""
    found = words().after.at(stream, stream.past_hyphen(operand.suffix)) if operand.suffix else None
    cue = found[0][0] if found else None
    return replace(governing, bound=cue.bound, open=False) if cue and cue.bound else governing


_WHO = frozenset({"who", "with", "given", "on", "treated", "receiving", "taking", "living"})


def _share_of(stream: Stream, at: int) -> str | None:
    """Return the key of the people or things of which a share is: "70% of the patients"."""
    if stream.word(at) == "of":
        at += 1
    while stream.word(at) in ("the", "all", "our", "these", "those", "their"):
        at += 1
    if stream.word(at - 1) == "those" and stream.word(at) in _WHO:
        return key_of("person")
    lists = words()
    for index in range(at, at + 3):
        key = stream.key(index)
        if key in lists.persons or key in lists.counted:
            return key
        if stream.kind(index) != "word" or stream.word(index) in lists.stops:
            return None
    return None


def _counted(stream: Stream, at: int, operand: Operand, floor: int) -> Quantity | None:
    """Read a number of people or things; a rate where "a week" follows."""
    start, suffixed = _past_suffix(stream, operand)
    if stream.word(start) in ("x", "×") and operand.digits:
        start += 1  # "3x a week"
    noun = counted_noun(stream, start, operand)
    if noun is None and (often := _often(stream, at, start, operand, floor)):
        return often
    if operand.one and (
        noun is None
        or stream.word(at - 1) == "-"
        or stream.word(at - 1) in words().one_not_after
        or stream.words[noun.end : noun.end + 2] == ["after", "another"]
    ):
        return None
    if (noun is None and operand.scale < _NAMELESS) or operand.weak:
        return None
    if operand.vague and noun and noun.key not in words().persons and noun.key not in words().counted:
        return None
    end = noun.end if noun else start
    unit = "person" if noun and noun.person else "count"
    per = read_per(stream, end)
    if per and (_is_later(stream, per) or (unit == "person" and per.low != 1)):
        per = None
    governing = govern(stream, at, per.end if per else end, floor, unit)
    if suffixed:
        governing = replace(governing, bound=suffixed, open=False)
    base = replace(
        blank(stream, governing.first, governing.last, at, unit), of_word=noun.key if noun else None
    )
    whole = bounded(base, operand.low or 0.0, operand.high or 0.0, governing)
    whole = replace(
        whole,
        approx=whole.approx or operand.vague,
        text_unit=stream.written(noun.end - 1, noun.end) if noun else "",
    )
    if per and noun and unit == "count" and per.unit in MINUTES:
        return as_rate(whole, per, whole.of_word)
    if noun and noun.key == _TIME and _multiplies(stream, end):
        whole = replace(whole, role="multiple")
    return replace(whole, per=per.unit if per else None)


def _often(stream: Stream, at: int, end: int, operand: Operand, floor: int) -> Quantity | None:
    """Read a rate that names nothing: "two a week", "3x weekly"."""
    per = read_per(stream, end)
    if per is None or per.unit not in MINUTES or operand.vague or _is_later(stream, per):
        return None
    governing = govern(stream, at, per.end, floor, "rate")
    base = blank(stream, governing.first, governing.last, at, "count")
    return as_rate(bounded(base, operand.low or 0.0, operand.high or 0.0, governing), per, None)


def _past_suffix(stream: Stream, operand: Operand) -> tuple[int, str | None]:
    """Return where the noun of "six or more infusions" may begin, and the bound."""
    found = words().after.at(stream, operand.end)
    if found and found[0][0].bound and counted_noun(stream, found[1], operand):
        return found[1], found[0][0].bound
    return operand.end, None


def _multiplies(stream: Stream, at: int) -> bool:
    word = stream.word(at)
    return word in ("more", "as", "less", "the", "greater", "higher", "lower") or word.endswith("er")

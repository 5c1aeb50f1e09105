"""Quantities of a sentence as intervals: numbers, ranges, bounds, units, rates, dates and ages.

`find_quantities` is the one entry. A number that counts nothing known (a telephone number, "Schedule 3",
"half-life") is silence, not a guess. Word lists are in `en/quantities.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ketakb.language.numbers import mark_dead
from ketakb.language.quantity_cues import Governing, govern
from ketakb.language.quantity_dates import Date, read_date
from ketakb.language.quantity_nouns import Place, counted_noun, read_age, read_place
from ketakb.language.quantity_operands import ARTICLES, NEXT, Operand, read_range
from ketakb.language.quantity_rates import Per, per_week, read_per, read_rate
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import words
from ketakb.language.tokens import Token, key_of
from ketakb.language.units import MINUTES

_TIME = key_of("time")
_NAMELESS = 100_000
"""From this scale on a number needs no noun: "16 million worldwide"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number or interval, with what governs it."""

    low: float | None
    """Lower end in `unit`; None where it is open or not said."""
    high: float | None
    """Upper end in `unit`; None where it is open or not said."""
    unit: str
    """second ... year, percent, ratio, person, count, mg, mg/kg, mcg, g, kg, ml, dollar, pound, euro, date, age, speed."""
    start: int
    """Offset of its first word, governing words included."""
    end: int
    """Offset after its last word, words such as "or more" included."""
    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    approx: bool = False
    """True for "about" and for vague numbers such as "a few"."""
    role: str = "bare"
    """within, after, before, for, takes, every, since, until, in, on, by, over, at, during, past, ago, position,
    multiple, fast, slow or bare."""
    per: str | None = None
    """Unit of time, kg, or key of the noun that the number is per."""
    text_unit: str = ""
    """The unit as written."""
    of_word: str | None = None
    """Key of the noun that is counted, or of which a share is."""
    iso: str | None = None
    """Of a date: YYYY, YYYY-MM, YYYY-MM-DD, or two years with a slash between."""
    per_week: tuple[float, float] | None = None
    """Of a rate: times a week; an open end is 0 or infinite."""
    open_low: bool = False
    """True where the lower end itself is left out: "more than 5"."""
    open_high: bool = False
    """True where the upper end itself is left out: "under 18"."""
    adverb: bool = False
    """True for a phrase that holds no number: "immediately", "overnight"."""
    core: int = 0
    """Index of the token with which the number itself begins, after the governing words."""


def find_quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """Return the quantities of one sentence, in order and without overlap. Linear in the number of tokens."""
    stream = Stream(tokens)
    starters = _starters()
    if not any(token.kind == "number" for token in tokens) and starters.isdisjoint(stream.words):
        return []
    mark_dead(stream)
    found: list[Quantity] = []
    at = floor = 0
    while at < len(stream):
        quantity = None
        if at not in stream.dead and (stream.kind(at) == "number" or stream.word(at) in starters):
            quantity = _read(stream, at, floor)
        if quantity is None:
            at += 1
        else:
            found.append(quantity)
            at = floor = quantity.last
    return found


@cache
def _starters() -> frozenset[str]:
    """Return the words with which a quantity may begin, so that all other words cost one look-up."""
    lists = words()
    plain = (lists.cardinals, lists.tens, lists.scales, lists.glyphs, lists.ordinals, lists.currencies, lists.months,
             lists.decade_parts, lists.rates, lists.times_words, lists.fortnights, lists.numbered)
    tables = (lists.vague, lists.units, lists.fixed, lists.most_of)
    starts = set().union(*plain, *(table.starts() for table in tables))
    return frozenset(starts | ARTICLES | NEXT | {"half", "point", ".", "every", "each"})


def _read(stream: Stream, at: int, floor: int) -> Quantity | None:
    return (
        _fixed(stream, at)
        or _rate(stream, at, floor)
        or _age(stream, at, floor)
        or _date(stream, at, floor)
        or _place(stream, at, floor)
        or _amount(stream, at, floor)
    )


def _quantity(stream: Stream, first: int, last: int, core: int, unit: str) -> Quantity:
    """Return a quantity without ends, which the caller fills in."""
    tokens = stream.tokens
    return Quantity(None, None, unit, tokens[first].start, tokens[last - 1].end, first, last, core=core)


def _fixed(stream: Stream, at: int) -> Quantity | None:
    """Read "immediately", "overnight", "the same day", "for good"."""
    lists = words()
    match = lists.fixed.at(stream, at)
    if match is None:
        return None
    fixed, end = match
    phrase = " ".join(word for word in stream.words[at:end] if word != "-")
    if stream.word(at - 1) in lists.fixed_not_after.get(phrase, ()):
        return None
    banned, follower = lists.fixed_not_before.get(phrase, frozenset()), stream.word(end)
    if follower in banned or ("*" in banned and stream.kind(end) == "word" and follower not in lists.fixed_may_follow):
        return None
    joined = lists.range_words.at(stream, end)
    if joined and fixed.unit == "second" and lists.units.at(stream, joined[1]):
        return None
    return replace(
        _quantity(stream, at, end, at, fixed.unit), low=fixed.low, high=fixed.high, role=fixed.role, adverb=fixed.adverb,
        approx=fixed.approx, text_unit=stream.written(at, end),
    )


def _rate(stream: Stream, at: int, floor: int) -> Quantity | None:
    """Read "daily", "every two weeks", "once or twice a week"."""
    rate = read_rate(stream, at)
    if rate is None:
        return None
    governing = govern(stream, at, rate.end, floor, "rate")
    base = _quantity(stream, governing.first, governing.last, at, "count")
    # "Weekly infusions" counts them.
    key = stream.key(rate.end)
    of_word = key if key in words().counted and stream.word(at) in words().rates else None
    return _as_rate(_bounded(base, rate.low, rate.high, governing), Per(1.0, 1.0, rate.unit, rate.end), of_word)


def _as_rate(quantity: Quantity, per: Per, of_word: str | None) -> Quantity:
    """Turn a bounded count into a rate."""
    low = None if quantity.low is None else quantity.low * per.low
    high = None if quantity.high is None else quantity.high * per.high
    return replace(quantity, low=low, high=high, role="every", per=per.unit, of_word=of_word,
                   per_week=per_week(low, high, per.unit))


def _age(stream: Stream, at: int, floor: int) -> Quantity | None:
    """Read "18 and over", "aged 12 to 17", "adults under 65"."""
    age = read_age(stream, at, floor)
    if age is None:
        return None
    governing = govern(stream, at, age.end, floor, "age")
    if age.bound:
        governing = replace(governing, bound=age.bound, open=False)
    base = _quantity(stream, governing.first, governing.last, at, "age")
    return replace(_bounded(base, age.low, age.high, governing), text_unit="age")


def _date(stream: Stream, at: int, floor: int) -> Quantity | None:
    """Read "in 2019", "on 5 March 2019", "the early 1960s"."""
    date = read_date(stream, at)
    if date is None:
        return None
    governing = govern(stream, at, date.end, floor, "date")
    if date.bare and _counts(stream, date, governing):
        return None
    # "From 2016 to 2019" is a stretch, "from 2019" a beginning.
    role = "in" if governing.role == "since" and date.joined else governing.role
    base = _quantity(stream, governing.first, governing.last, at, "date")
    return replace(base, low=float(date.low), high=float(date.high), iso=date.iso, role=role,
                   approx=date.approx or governing.approx)


def _counts(stream: Stream, date: Date, governing: Governing) -> bool:
    """Whether four digits are a number of things, or of a house, and no year."""
    lists, key = words(), stream.key(date.end)
    if governing.bound or lists.units.at(stream, date.end) or key in lists.persons:
        return True
    if governing.role != "bare":
        return False
    plural = key in lists.counted and stream.word(date.end) != key
    return plural or (governing.first == 0 and stream.kind(date.end) == "word"
                      and stream.tokens[date.end].text[0].isupper())


def _place(stream: Stream, at: int, floor: int) -> Quantity | None:
    """Read "week 5", "the third session"; "within the first week" is a time."""
    place = read_place(stream, at)
    if place is None:
        return None
    if stream.word(at) == "first" and place.unit in MINUTES:
        return _first_stretch(stream, at, place, floor)
    governing = govern(stream, at, place.end, floor, "position")
    return _placed(stream, at, place, governing)


def _first_stretch(stream: Stream, at: int, place: Place, floor: int) -> Quantity | None:
    governing = govern(stream, at, place.end, floor, "time")
    if governing.role not in ("within", "over"):
        return _placed(stream, at, place, governing)
    base = _quantity(stream, governing.first, governing.last, at, place.unit)
    return replace(base, high=1.0, role="within", text_unit=place.text_unit)


def _placed(stream: Stream, at: int, place: Place, governing: Governing) -> Quantity:
    base = _quantity(stream, governing.first, governing.last, at, place.unit)
    whole = _bounded(base, place.low, place.high, replace(governing, role="position"))
    return replace(whole, of_word=place.of_word, text_unit=place.text_unit)


def _amount(stream: Stream, at: int, floor: int) -> Quantity | None:
    """Read a number or a range with its unit or with the noun that it counts."""
    operand = read_range(stream, at)
    if operand is None or operand.low is None or operand.high is None:
        return None
    if not operand.unit:
        return _counted(stream, at, operand, floor)
    end, per = operand.end, read_per(stream, operand.end)
    if per and (per.low, per.high) != (1.0, 1.0) or per and _is_later(stream, per):
        per = None
    if per and (operand.kind != "time" or per.unit in MINUTES):
        end = per.end
    else:
        per = None
    governing = govern(stream, at, end, floor, operand.kind)
    if operand.weak and not _is_governed(stream, operand, governing, floor):
        return None
    base = _quantity(stream, governing.first, governing.last, at, operand.unit)
    low, high = operand.low, operand.high
    if operand.vague and operand.text_unit and stream.word(at - 1) == "in":
        low, high = _promised(stream, at, operand)
    whole = _bounded(base, low, high, _with_infix(stream, operand, governing))
    return replace(
        whole, approx=whole.approx or operand.approx or operand.vague, per=per.unit if per else None,
        text_unit=operand.text_unit, of_word=_share_of(stream, end) if operand.kind == "share" else None,
    )


def _is_later(stream: Stream, per: Per) -> bool:
    """Whether "a month later" follows, which is a time of its own."""
    found = words().after.at(stream, per.end)
    return found is not None and any(cue.role for cue in found[0])


def _is_governed(stream: Stream, operand: Operand, governing: Governing, floor: int) -> bool:
    """Whether a weak operand is governed; "after hours" is an idiom."""
    if operand.unit == "hour" and operand.vague and governing.role == "after" and operand.low == 1:
        return stream.word(governing.first) not in ("after", "-")
    return governing.governed


def _promised(stream: Stream, at: int, operand: Operand) -> tuple[float | None, float | None]:
    """Return the ends of "in days", which promises less than "days" do."""
    alone = stream.word(at) == operand.text_unit.lower() and operand.end == at + 1
    wider = words().vague_in.get(operand.unit) if alone else None
    return wider or (operand.low, operand.high)


def _with_infix(stream: Stream, operand: Operand, governing: Governing) -> Governing:
    """Add the bound of "six or more weeks"."""
    found = words().after.at(stream, stream.past_hyphen(operand.suffix)) if operand.suffix else None
    cue = found[0][0] if found else None
    return replace(governing, bound=cue.bound, open=False) if cue and cue.bound else governing


def _share_of(stream: Stream, at: int) -> str | None:
    """Return the key of the people or things of which a share is: "70% of the patients"."""
    if stream.word(at) == "of":
        at += 1
    while stream.word(at) in ("the", "all", "our", "these", "those", "their"):
        at += 1
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
    noun = counted_noun(stream, start, operand)
    if operand.one and (noun is None or stream.word(at - 1) in words().one_not_after):
        return None
    if noun is None and operand.scale < _NAMELESS or operand.weak:
        return None
    if operand.vague and noun and noun.key not in words().persons | words().counted:
        return None
    end = noun.end if noun else start
    unit = "person" if noun and noun.person else "count"
    per = read_per(stream, end)
    if per and (_is_later(stream, per) or (unit == "person" and per.low != 1)):
        per = None
    governing = govern(stream, at, per.end if per else end, floor, unit)
    if suffixed:
        governing = replace(governing, bound=suffixed, open=False)
    base = replace(_quantity(stream, governing.first, governing.last, at, unit), of_word=noun.key if noun else None)
    whole = _bounded(base, operand.low or 0.0, operand.high or 0.0, governing)
    whole = replace(whole, approx=whole.approx or operand.vague,
                    text_unit=stream.written(noun.end - 1, noun.end) if noun else "")
    if per and unit == "count" and per.unit in MINUTES:
        return _as_rate(whole, per, whole.of_word)
    if noun and noun.key == _TIME and _multiplies(stream, end):
        whole = replace(whole, role="multiple")
    return replace(whole, per=per.unit if per else None)


def _past_suffix(stream: Stream, operand: Operand) -> tuple[int, str | None]:
    """Return where the noun of "six or more infusions" may begin, and the bound."""
    found = words().after.at(stream, operand.end)
    if found and found[0][0].bound and counted_noun(stream, found[1], operand):
        return found[1], found[0][0].bound
    return operand.end, None


def _multiplies(stream: Stream, at: int) -> bool:
    word = stream.word(at)
    return word in ("more", "as", "less", "the", "greater", "higher", "lower") or word.endswith("er")


def _bounded(base: Quantity, low: float, high: float, governing: Governing) -> Quantity:
    """Give a quantity its ends, its role and what is approximate about it."""
    ends: tuple[float | None, float | None] = (low, high)
    if governing.bound == "low":
        ends = (low, None)
    elif governing.bound == "high":
        ends = (None, high)
    elif governing.role == "within" and governing.bound is None and low == high:
        ends = (None, high)
    return replace(base, low=ends[0], high=ends[1], role=governing.role, approx=governing.approx,
                   open_low=governing.open and governing.bound == "low",
                   open_high=governing.open and governing.bound == "high")

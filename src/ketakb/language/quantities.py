"""Quantities of a sentence as intervals: numbers, ranges, bounds, units, rates, dates and ages.

`find_quantities` is the one entry. A number that counts nothing known (a telephone number, "Schedule 3",
"half-life") is silence, not a guess. Word lists are in `en/quantities.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ketakb.language.quantity_amounts import read_amount
from ketakb.language.quantity_cues import Governing, govern
from ketakb.language.quantity_dates import Date, read_date
from ketakb.language.quantity_masks import mark_dead
from ketakb.language.quantity_nouns import Place, read_age, read_place
from ketakb.language.quantity_operands import ARTICLES, NEXT
from ketakb.language.quantity_rates import Per, read_rate
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_value import Quantity, as_rate, blank, bounded
from ketakb.language.quantity_words import words
from ketakb.language.tokens import Token
from ketakb.language.units import MINUTES
from ketakb.values import replace

__all__ = ["Quantity", "find_quantities"]


def find_quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """Return the quantities of one sentence, in order and without overlap. Linear in the number of tokens."""
    stream = Stream(tokens)
    beginnings = _beginnings(stream)
    if not beginnings:
        return []
    mark_dead(stream)
    found: list[Quantity] = []
    floor = 0
    for at, alone in beginnings:
        if at < floor or at in stream.dead:
            continue
        quantity = _fixed(stream, at) if alone else _read(stream, at, floor)
        if quantity is not None:
            found.append(quantity)
            floor = quantity.last
    return found


def _beginnings(stream: Stream) -> list[tuple[int, bool]]:
    """Return where a quantity may begin, a cheap test that most words fail; True where only a fixed phrase may."""
    starts, fixed, said = _starts(), _fixed_starts(), stream.words
    found = []
    for at, token in enumerate(stream.tokens):
        if token.kind == "number":
            found.append((at, False))
            continue
        word = said[at]
        if word in starts:
            seconds = starts[word]
            if seconds is None or said[at + 1] in seconds or (_NUMBER in seconds and stream.kind(at + 1) == "number"):
                found.append((at, False))
                continue
        if word in fixed and words().fixed.at(stream, at) is not None:
            found.append((at, True))
    return found


_NUMBER = "#"


@cache
def _fixed_starts() -> frozenset[str]:
    return frozenset(words().fixed.starts())


@cache
def _starts() -> dict[str, frozenset[str] | None]:
    """Return the words with which a quantity that is no fixed phrase may begin: all other words cost one look-up.

    None says that the word is enough; else one of the words returned must follow.
    """
    lists = words()
    enough = {"half", "point", "every", "each", *NEXT}.union(
        lists.cardinals,
        lists.tens,
        lists.scales,
        lists.glyphs,
        lists.ordinals,
        lists.decade_parts,
        lists.decade_names,
        lists.rates,
        lists.times_words,
        lists.multiples,
        lists.several_multiples,
    )
    units = [(phrase, unit) for phrase, unit in lists.units.entries() if unit.kind == "time"]
    enough.update(phrase[0] for phrase, unit in units if unit.form == "many" or len(phrase) > 1)
    phrases = [phrase for table in (lists.vague, lists.most_of) for phrase, _ in table.entries()]
    enough.update(phrase[0] for phrase in phrases if len(phrase) == 1)
    seconds: dict[str, set[str]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            seconds.setdefault(phrase[0], {"-"}).add(phrase[1])
    # "week 5", "session two", "May of 2019", "$ 5": the number comes after it
    numbered = {*(phrase[0] for phrase, unit in units if unit.form == "one"), *lists.numbered}
    leading = {*numbered, *lists.months, *lists.currencies, "."}
    after_article = {*enough, *leading, *seconds, *ARTICLES}.union(
        lists.fractions, lists.vague.seconds("a"), lists.unit_adjectives
    )
    operands = {*enough, *ARTICLES, *lists.currencies, *lists.vague.starts(), *lists.most_of.starts()}
    operands |= {_NUMBER, "-", "."}
    for word in leading:
        seconds.setdefault(word, set()).update(operands, (",", "of") if word in lists.months else ())
    for word in ARTICLES:
        seconds.setdefault(word, set()).update(after_article)
    return {**{word: frozenset(after) for word, after in seconds.items()}, **dict.fromkeys(enough)}


def _read(stream: Stream, at: int, floor: int) -> Quantity | None:
    return (
        _fixed(stream, at)
        or _rate(stream, at, floor)
        or _age(stream, at, floor)
        or _date(stream, at, floor)
        or _place(stream, at, floor)
        or read_amount(stream, at, floor)
    )


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
    if follower in banned or (
        "*" in banned and stream.kind(end) == "word" and follower not in lists.fixed_may_follow
    ):
        return None
    joined = lists.range_words.at(stream, end)
    if joined and fixed.unit == "second" and lists.units.at(stream, joined[1]):
        return None
    return replace(
        blank(stream, at, end, at, fixed.unit),
        low=fixed.low,
        high=fixed.high,
        role=fixed.role,
        adverb=fixed.adverb,
        approx=fixed.approx,
        text_unit=stream.written(at, end),
    )


def _rate(stream: Stream, at: int, floor: int) -> Quantity | None:
    """Read "daily", "every two weeks", "once or twice a week"."""
    rate = read_rate(stream, at)
    if rate is None:
        return None
    governing = govern(stream, at, rate.end, floor, "rate")
    base = blank(stream, governing.first, governing.last, at, "count")
    # "Weekly infusions" counts them.
    key = stream.key(rate.end)
    of_word = key if key in words().counted and stream.word(at) in words().rates else None
    return as_rate(bounded(base, rate.low, rate.high, governing), Per(1.0, 1.0, rate.unit, rate.end), of_word)


def _age(stream: Stream, at: int, floor: int) -> Quantity | None:
    """Read "18 and over", "aged 12 to 17", "adults under 65"."""
    age = read_age(stream, at, floor)
    if age is None:
        return None
    governing = govern(stream, at, age.end, floor, "age")
    if age.bound:
        governing = replace(governing, bound=age.bound, open=False)
    base = blank(stream, governing.first, governing.last, at, "age")
    return replace(bounded(base, age.low, age.high, governing), text_unit="age")


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
    base = blank(stream, governing.first, governing.last, at, "date")
    return replace(
        base,
        low=float(date.low),
        high=float(date.high),
        iso=date.iso,
        role=role,
        approx=date.approx or governing.approx,
    )


def _counts(stream: Stream, date: Date, governing: Governing) -> bool:
    """Whether four digits are a number of things, or of a house, and no year."""
    lists, key = words(), stream.key(date.end)
    if governing.bound or lists.units.at(stream, date.end) or key in lists.persons:
        return True
    if governing.role != "bare":
        return False
    plural = key in lists.counted and stream.word(date.end) != key
    return plural or (
        governing.first == 0 and stream.kind(date.end) == "word" and stream.tokens[date.end].text[0].isupper()
    )


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
    base = blank(stream, governing.first, governing.last, at, place.unit)
    return replace(base, high=1.0, role="within", text_unit=place.text_unit)


def _placed(stream: Stream, at: int, place: Place, governing: Governing) -> Quantity:
    base = blank(stream, governing.first, governing.last, at, place.unit)
    whole = bounded(base, place.low, place.high, replace(governing, role="position"))
    return replace(whole, of_word=place.of_word, text_unit=place.text_unit)

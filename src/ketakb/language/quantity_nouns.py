"""What a number counts, how old people are, and places in a series."""

from __future__ import annotations

from ketakb.language.numbers import digits_of
from ketakb.language.quantity_operand import Operand
from ketakb.language.quantity_ranges import read_range
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import words
from ketakb.values import dataclass

_MOST_WORDS = 4
_MOST_AGE = 120


@dataclass(frozen=True, slots=True)
class Noun:
    """The noun that a number counts."""

    key: str
    end: int
    """Index of the token after it."""
    person: bool


def counted_noun(stream: Stream, at: int, operand: Operand) -> Noun | None:
    """Return the noun that a number counts, if it stands within a few words and nothing ends the search.

    A known plural wins, then a known singular, then any plural.
    """
    lists, single, unknown = words(), None, None
    for index, word in enumerate(_run(stream, at)):
        key = stream.key(word)
        known = key in lists.persons or key in lists.counted
        plural = _is_plural(stream, word)
        if known and (plural or stream.word(word) == "people" or operand.one):
            return Noun(key, word + 1, key in lists.persons)
        if known and single is None:
            single = Noun(key, word + 1, key in lists.persons)
        if plural and unknown is None and not operand.one and index < 3:
            unknown = Noun(key, word + 1, False)
    return single or unknown


def _run(stream: Stream, at: int) -> list[int]:
    """Return the indices of the words that may hold the noun."""
    lists = words()
    found: list[int] = []
    at = stream.past_hyphen(at)
    while len(found) < _MOST_WORDS and stream.kind(at) == "word":
        word = stream.word(at)
        if word in lists.stops and word != "times":
            break
        found.append(at)
        at = stream.past_hyphen(at + 1)
    return found


def _is_plural(stream: Stream, at: int) -> bool:
    word, key = stream.word(at), stream.key(at)
    regular = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    return regular or (word in ("men", "women", "children", "people", "criteria") and key != word)


@dataclass(frozen=True, slots=True)
class Age:
    """An age or a range of ages, in years."""

    low: float
    high: float
    end: int
    bound: str | None
    """low for "18 and over", high for "17 or younger"."""


def read_age(stream: Stream, at: int, floor: int) -> Age | None:
    """Return the age that begins at a token, or None where the number is not one."""
    operand = read_range(stream, at)
    if (
        operand is None
        or operand.low is None
        or operand.high is None
        or operand.vague
        or operand.high > _MOST_AGE
    ):
        return None
    if operand.unit not in ("", "year") or operand.article or operand.suffix:
        return None
    bound, end = _suffix(stream, operand)
    if end or words().age_words.before(stream, at, floor):
        return Age(operand.low, operand.high, end or operand.end, bound)
    if operand.one or not _people_near(stream, at, operand, floor):
        return None
    return Age(operand.low, operand.high, operand.end, None)


def _suffix(stream: Stream, operand: Operand) -> tuple[str | None, int]:
    """Return the bound and the end of "or older", "years of age and over"; 0 where there is none."""
    lists, bound, end = words(), None, 0
    at = operand.end - 1 if operand.unit == "year" else stream.past_hyphen(operand.end)
    for _ in range(2):
        found = lists.age_suffixes.at(stream, at)
        if found is None:
            break
        bound = next(
            (lists.age_bounds[w] for w in stream.words[at : found[1]] if w in lists.age_bounds), bound
        )
        end = at = found[1]
    return bound, end


def _people_near(stream: Stream, at: int, operand: Operand, floor: int) -> bool:
    """Whether "under 18" or "18 and over" speaks of people by the words around it."""
    lists = words()
    before = at - 1 if stream.word(at - 1) == "-" else at
    left = lists.age_cues.before(stream, before, floor)
    right = lists.age_cues.at(stream, operand.end)
    # "18 over" is no phrase; only the joined ones bound from the right.
    if right and stream.word(operand.end) not in ("+", "and", "or", "plus"):
        right = None
    if not left and not right:
        return False
    start = left[1] if left else at
    if operand.unit == "year":
        return bool(left) and stream.key(start - 1) in lists.persons
    after = right[1] if right else operand.end
    if stream.kind(after) == "number" or stream.word(after) in ("%", "-", "/", "$"):
        return False
    if stream.word(after) == "s" and stream.glued(after):
        return True
    named = stream.kind(after) == "word" and stream.word(after) not in lists.stops
    if named and stream.key(after) not in lists.persons:
        return False
    near = any(stream.key(index) in lists.age_people for index in range(max(start - 2, 0), start))
    return near or operand.low in lists.usual_ages


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a series: week 5, the third session."""

    low: float
    high: float
    unit: str
    """A unit of time, or count."""
    of_word: str | None
    text_unit: str
    end: int


def read_place(stream: Stream, at: int) -> Place | None:
    """Return the place in a series that begins at a token, or None."""
    return _numbered(stream, at) or _ordinal(stream, at)


def _numbered(stream: Stream, at: int) -> Place | None:
    """Read "week 5", "days 1 to 7", "session 3"."""
    lists = words()
    found = lists.units.at(stream, at)
    time = found is not None and found[0].kind == "time" and found[0].form != "short"
    if not time and stream.word(at) not in lists.numbered:
        return None
    start = stream.past_hyphen(at + 1)
    operand = read_range(stream, start)
    if operand is None or operand.low is None or operand.high is None or operand.unit or operand.vague:
        return None
    if (
        operand.high > 999
        or operand.low != int(operand.low)
        or (operand.one and stream.word(start - 1) == "-")
    ):
        return None
    if counted_noun(stream, operand.end, operand) or stream.word(operand.end) in ("%", "/"):
        return None
    unit = found[0].name if found and time else "count"
    of_word = None if time else stream.key(at)
    return Place(operand.low, operand.high, unit, of_word, stream.written(at, at + 1), operand.end)


def _ordinal(stream: Stream, at: int) -> Place | None:
    """Read "third session", "28th day", "second week"."""
    lists = words()
    value, end = lists.ordinals.get(stream.word(at)), at + 1
    if value is None and stream.kind(at) == "number" and stream.word(at + 1) in lists.ordinal_endings:
        value, end = digits_of(stream.word(at)), at + 2
    if value is None or stream.past_hyphen(end) > end:
        return None
    found = lists.units.at(stream, end)
    if found and found[0].form == "one" and found[0].kind == "time" and found[0].name != "second":
        return Place(value, value, found[0].name, None, stream.written(end, found[1]), found[1])
    if stream.word(end) in lists.numbered and not _is_plural(stream, end):
        return Place(value, value, "count", stream.key(end), stream.written(end, end + 1), end + 1)
    return None

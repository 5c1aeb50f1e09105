"""Shares and ratios: "two thirds", "one in six", "one adult in nine", "2 to 1"."""

from __future__ import annotations

from ketakb.language.numbers import Number, read_number
from ketakb.language.quantity_operand import Operand
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import words
from ketakb.language.units import read_unit

_SHARE_DIGITS = 4


def read_fraction(stream: Stream, at: int) -> tuple[float | None, int]:
    """Read half, a third, two-thirds, three quarters."""
    lists, word = words(), stream.word(at)
    if word == "half":
        return 0.5, at + 1
    if word in lists.glyphs and not stream.glued(at):
        return lists.glyphs[word], at + 1
    if word in ("a", "an", "one"):
        count, start = 1.0, stream.past_hyphen(at + 1)
    else:
        number = read_number(stream, at)
        if number is None or number.vague or number.low > 9:
            return None, at
        count, start = number.low, stream.past_hyphen(number.end)
    under = lists.fractions.get(stream.word(start))
    if under is None or count > under or stream.word(start).endswith("s") != (count > 1):
        return None, at
    return count / under, start + 1


def read_share(stream: Stream, at: int) -> Operand | None:
    """Read a fraction or "one in six" as percent, "2 to 1" as a ratio."""
    part, end = read_fraction(stream, at)
    if part is not None:
        if beyond := _past_percent(stream, end):
            return Operand(part, part, "percent", "share", beyond, stream.written(at, beyond))
        if not _is_share(stream, at, end):
            return None
        percent = round(100 * part, _SHARE_DIGITS)
        return Operand(percent, percent, "percent", "share", end, stream.written(at, end))
    return _one_in(stream, at) or _one_of_them_in(stream, at) or _every_nth(stream, at) or _of_so_many(stream, at)


def _past_percent(stream: Stream, at: int) -> int:
    """Return the token behind "a percent", "of one per cent", which a fraction is one of; 0 where it is not."""
    at += stream.word(at) == "of"
    if stream.word(at) not in ("a", "one", "1"):
        return 0
    if stream.word(at + 1) in ("percent", "%"):
        return at + 2
    return at + 3 if stream.words[at + 1 : at + 3] == ["per", "cent"] else 0


def _is_share(stream: Stream, at: int, end: int) -> bool:
    """Whether a fraction is a share and not "half-life", "a third session" or "the second half"."""
    lists, follower = words(), stream.word(end)
    if (stream.glued(end) and stream.kind(end) != "mark") or stream.past_hyphen(end) > end:
        return False
    if stream.words[end : end + 1] == ["a"] and stream.word(end + 1) in lists.scales:
        return False
    if follower in ("as", "way", "asleep", "hour", "life", "brother", "dose"):
        return False
    if stream.word(at) in lists.glyphs:
        return follower == "of"
    if stream.word(at) not in ("half", "a", "an"):
        return True
    if stream.word(at) == "half" and stream.word(at - 1) in ("first", "second", "other", "latter"):
        return False
    known = follower in lists.share_followers or stream.word(at - 1) in lists.share_context
    if stream.word(at) == "half":
        return (
            known
            or follower in ("the", "our", "your", "their", "all", "")
            or stream.key(end) in lists.persons
        )
    return follower in lists.share_followers or stream.kind(end) != "word"


_RATIO_JOINTS = (("to",), (":",))
_JOINTS = (
    ("in", "every"), ("in", "each"), ("in", "a"), ("out", "of", "every"), ("out", "of", "each"), ("out", "of"),
    ("of", "every"), ("for", "every"), ("in",), ("of",), ("/",), *_RATIO_JOINTS,
)
_JOINING = frozenset(joint[0] for joint in _JOINTS)
_ROUND = (10.0, 100.0)


def _one_in(stream: Stream, at: int) -> Operand | None:
    """Read "one in six", "6 out of 10", "1-in-6"; "2 to 1" and "2:1" are ratios."""
    first = read_number(stream, at)
    if first is None or first.vague or first.low != int(first.low):
        return None
    start = stream.past_hyphen(first.end)
    if stream.word(start) not in _JOINING:
        return None
    for joint in _JOINTS:
        if tuple(stream.words[start : start + len(joint)]) == joint:
            break
    else:
        return None
    second = _whole(stream, stream.past_hyphen(start + len(joint)))
    if second is None or second.vague or read_unit(stream, second.end, second):
        return None
    if joint in _RATIO_JOINTS:
        if second.low == 1 < first.low <= 100 and stream.key(second.end) not in words().counted:
            return Operand(first.low, first.low, "ratio", "ratio", second.end, " ".join(joint))
        return None
    if joint in (("of",), ("/",)) and stream.key(second.end) not in words().persons:
        round_one = joint == ("of",) and second.low in _ROUND
        if not round_one or stream.word(second.end) not in words().share_followers:
            return None
    if not 0 < first.low < second.low or (stream.word(at) == "one" and stream.word(at - 1) == "no"):
        return None
    if len(joint) == 1 and second.digits and 1800 <= second.low <= 2100:
        return None
    percent = round(100 * first.low / second.low, _SHARE_DIGITS)
    return Operand(percent, percent, "percent", "share", second.end, stream.written(first.end, second.end))


def _whole(stream: Stream, at: int) -> Number | None:
    """Read what a share is of, where a scale word may stand alone: "sixty in every hundred"."""
    by = words().scales.get(stream.word(at))
    if by is not None and at + 1 <= len(stream) and stream.word(at + 1) not in words().scales:
        return Number(by, by, at + 1)
    return read_number(stream, at)


def _one_of_them_in(stream: Stream, at: int) -> Operand | None:
    """Read "one adult in eleven", "one in five" with the people named inside."""
    first = read_number(stream, at)
    if first is None or first.vague or first.low != int(first.low) or first.low > _SHARE_DIGITS:
        return None
    lists, start = words(), first.end
    while start < first.end + 3 and stream.kind(start) == "word" and stream.key(start) not in lists.persons:
        if stream.word(start) in lists.stops:
            return None
        start += 1
    if stream.key(start) not in lists.persons:
        return None
    while stream.key(start + 1) in lists.persons:
        start += 1  # "one American adult in ten"
    of, start = stream.key(start), start + 1
    if stream.word(start) not in ("in", "out"):
        return None
    for joint in _JOINTS:
        if joint[0] in ("in", "out") and tuple(stream.words[start : start + len(joint)]) == joint:
            break
    else:
        return None
    second = _whole(stream, start + len(joint))
    if second is None or second.vague or (second.digits and second.low >= 1800) or second.low <= first.low:
        return None
    key = stream.key(second.end)
    if read_unit(stream, second.end, second) or key in lists.persons or key in lists.counted:
        return None
    percent = round(100 * first.low / second.low, _SHARE_DIGITS)
    written = stream.written(first.end, second.end)
    return Operand(percent, percent, "percent", "share", second.end, written, of=of)


def _every_nth(stream: Stream, at: int) -> Operand | None:
    """Read "every third person"."""
    if stream.word(at) not in ("every", "each"):
        return None
    lists = words()
    under = lists.ordinals.get(stream.word(at + 1)) or (2 if stream.word(at + 1) == "other" else 0)
    if under < 2:
        return None
    end = at + 2
    while stream.key(end) in lists.persons and stream.key(end + 1) in lists.persons:
        end += 1  # "every third American adult"
    if stream.key(end) not in lists.persons:
        return None
    percent = round(100 / under, _SHARE_DIGITS)
    return Operand(percent, percent, "percent", "share", end + 1, stream.written(at, end + 1), of=stream.key(end))


_GROUPS = frozenset((10.0, 20.0, 50.0, 100.0, 1000.0))
_TAKEN = frozenset(("of", "out", "take", "picture", "imagine", "among", "in"))
_TAKEN_WITHIN = 8


def _of_so_many(stream: Stream, at: int) -> Operand | None:
    """Read the seven of "Of every ten patients, seven respond": a round number of people opens the sentence."""
    if at < 3 or stream.word(0) not in _TAKEN:
        return None
    part = read_number(stream, at)
    lists = words()
    if part is None or part.vague or part.low != int(part.low) or stream.word(at - 1) in ("-", ".", "$"):
        return None
    if read_unit(stream, part.end, part) or stream.key(part.end) in lists.counted or stream.word(part.end) == "-":
        return None
    for place in range(1, min(at - 1, _TAKEN_WITHIN)):
        group = _whole(stream, place)
        if group is None:
            continue
        persons = next((n for n in (group.end, group.end + 1) if stream.key(n) in lists.persons), 0)
        if not persons or persons >= at or group.low not in _GROUPS or not 0 < part.low < group.low:
            return None
        percent = round(100 * part.low / group.low, _SHARE_DIGITS)
        of = stream.key(persons)
        return Operand(percent, percent, "percent", "share", part.end, stream.written(at, part.end), of=of)
    return None

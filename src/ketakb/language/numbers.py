"""Numerals: digits, words, "a couple of", "half a million"."""

from __future__ import annotations

from ketakb.language.quantity_tables import Stream, remembered
from ketakb.language.quantity_words import words
from ketakb.values import dataclass

_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral and where it ends."""

    low: float
    high: float
    """The same as `low` but for vague numbers."""
    end: int
    """Index of the token after it."""
    scale: float = 1.0
    """What a scale word multiplied it by: 1e6 for "16 million"."""
    digits: bool = False
    """True where it is written in digits."""
    vague: str = ""
    """The words of a vague number, such as "a few"."""


@remembered
def read_number(stream: Stream, at: int) -> Number | None:
    """Return the numeral that begins at a token, or None. Articles and "half" are no numerals."""
    if at in stream.dead or not (0 <= at < len(stream)):
        return None
    found = _vague(stream, at) or _plain(stream, at) or _hundred(stream, at) or _half_scale(stream, at)
    return found and _and_a_half(stream, found)


def digits_of(text: str) -> float | None:
    """Return the value of digits, thousands separators allowed; None where they are none, or too many."""
    if len(text) > _MOST_DIGITS:
        return None
    try:
        # "0,5" has a decimal comma; "1,148" parts thousands
        return float(text.replace(",", ".") if text.startswith("0,") else text.replace(",", ""))
    except ValueError:
        return None


def _plain(stream: Stream, at: int) -> Number | None:
    return _in_digits(stream, at) or _in_words(stream, at)


def _in_digits(stream: Stream, at: int) -> Number | None:
    """Read 40, 1,148, .5, 1½, ½, 1.5 million, 16m."""
    lists = words()
    value, end = 0.0, at
    if stream.kind(at) == "number":
        whole = digits_of(stream.word(at))
        if whole is None:
            return None
        value, end = whole, at + 1
    elif stream.word(at) == "." and stream.kind(at + 1) == "number" and stream.glued(at + 1):
        decimals = stream.word(at + 1)
        if (stream.glued(at) and stream.kind(at - 1) != "mark") or not decimals.isdecimal():
            return None
        value, end = float("0." + decimals[:_MOST_DIGITS]), at + 2
    if stream.word(end) in lists.glyphs and (end == at or stream.glued(end) or value < 100):
        value += lists.glyphs[stream.word(end)]
        end += 1
    if end == at:
        return None
    suffix = lists.scale_suffixes.get(stream.word(end)) if stream.glued(end) else None
    if suffix:
        return Number(value * suffix, value * suffix, end + 1, suffix, True)
    return _scaled(stream, value, value, end, True)


def _scaled(stream: Stream, low: float, high: float, end: int, digits: bool) -> Number:
    """Multiply by the scale words that follow: "million", "dozen"."""
    lists, scale = words(), 1.0
    while (by := lists.scales.get(stream.word(end))) is not None and scale < 1e12:
        scale *= by
        end += 1
    return Number(low * scale, high * scale, end, scale, digits)


def _in_words(stream: Stream, at: int) -> Number | None:
    """Read twenty-one, two hundred and fifty, three million, point five."""
    lists = words()
    if stream.word(at) == "point":
        value, end = _decimals(stream, at)
        return Number(value, value, end) if end > at + 1 else None
    if stream.word(at) in lists.scales and stream.word(at - 1) in ("a", "one"):
        total, group, end = 0.0, 1.0, at
    else:
        group, end = _below_hundred(stream, at)
        total = 0.0
        if end == at:
            return None
    scale = 1.0
    while True:
        word = stream.word(end)
        if word in lists.scales:
            by = lists.scales[word]
            if by == 100 or by == 12:
                group *= by
            else:
                total, group, scale = total + group * by, 0.0, by
            end += 1
            continue
        start = end + 1 if word == "and" and end > at and stream.word(end - 1) in lists.scales else end
        if stream.word(end - 1) not in lists.scales:
            break
        more, after = _below_hundred(stream, start)
        if after == start:
            break
        group, end, scale = group + more, after, 1.0
        if end - at > 24:
            break
    value = total + group
    if stream.word(end) == "point":
        decimals, after = _decimals(stream, end)
        if after > end + 1:
            value, end = value + decimals, after
    return Number(value, value, end, scale)


def _decimals(stream: Stream, at: int) -> tuple[float, int]:
    """Read "point two five"; return the value and the index after it."""
    cardinals, end, written = words().cardinals, at + 1, ""
    while len(written) < 6 and cardinals.get(stream.word(end), 10) < 10:
        written += str(int(cardinals[stream.word(end)]))
        end += 1
    return (float("0." + written) if written else 0.0), end


def _below_hundred(stream: Stream, at: int) -> tuple[float, int]:
    """Read a word number below a hundred; the index is `at` where there is none."""
    lists, word = words(), stream.word(at)
    if word in lists.cardinals:
        return lists.cardinals[word], at + 1
    if word not in lists.tens:
        return 0.0, at
    ones = stream.past_hyphen(at + 1)
    if 0 < lists.cardinals.get(stream.word(ones), 0) < 10:
        return lists.tens[word] + lists.cardinals[stream.word(ones)], ones + 1
    return lists.tens[word], at + 1


def _hundred(stream: Stream, at: int) -> Number | None:
    """Read "a hundred and fifty", "a dozen"."""
    if stream.word(at) == "a" and stream.word(at + 1) in words().scales:
        return _in_words(stream, at + 1)
    return None


def _half_scale(stream: Stream, at: int) -> Number | None:
    """Read "half a million", "half a dozen"."""
    if stream.word(at) == "half" and stream.word(at + 1) == "a":
        by = words().scales.get(stream.word(at + 2))
        if by:
            return Number(by / 2, by / 2, at + 3, by)
    return None


def _vague(stream: Stream, at: int) -> Number | None:
    """Read "a couple of", "several", "a few hundred"."""
    found = words().vague.at(stream, at)
    if found is None:
        return None
    (low, high), end = found
    vague = " ".join(stream.words[at:end])
    # "some 280 million" is an approximate number, not a vague one.
    if stream.kind(end) == "number" or _below_hundred(stream, end)[1] > end:
        return None
    scaled = _scaled(stream, low, high, end, False)
    if scaled.scale != 1.0 and vague == "some":
        return None
    return Number(scaled.low, scaled.high, scaled.end, scaled.scale, vague=vague)


def _and_a_half(stream: Stream, number: Number) -> Number:
    """Add the half of "two and a half"."""
    if stream.words[number.end : number.end + 3] == ["and", "a", "half"] and not number.vague:
        more = 0.5 * number.scale
        return Number(number.low + more, number.high + more, number.end + 3, number.scale, number.digits)
    return number

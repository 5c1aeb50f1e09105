"""Digits that are no numbers of anything: telephone numbers, addresses, names such as "Schedule 3"."""

from __future__ import annotations

from collections.abc import Iterator

from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import Words, words

_TIED = frozenset(
    [
        "under",
        "over",
        "post",
        "pre",
        "since",
        "until",
        "to",
        "or",
        "in",
        "day",
        "week",
        "month",
        "year",
        "age",
        "aged",
        "about",
        "approx",
    ]
)
_IN_ADDRESSES = frozenset(("@", "www", "/"))
"""One of them, or a domain, is in every address."""
_CURRENCY_CODES = frozenset(("us", "usd", "gbp", "eur"))


def mark_dead(stream: Stream) -> None:
    """Note which digits of a stream are no numbers of anything. Linear in the length."""
    lists = words()
    if not lists.domains.isdisjoint(stream.words) or not _IN_ADDRESSES.isdisjoint(stream.words):
        for first, last in _chunks(stream):
            if _is_address(stream, first, last, lists):
                stream.dead.update(range(first, last))
    for at, token in enumerate(stream.tokens):
        if token.kind == "number" and (
            _in_chain(stream, at)
            or _is_code(stream, at, lists)
            or _in_name(stream, at, lists)
            or _is_labelled(stream, at, lists)
        ):
            stream.dead.add(at)


def _chunks(stream: Stream) -> Iterator[tuple[int, int]]:
    """Yield the ranges of tokens that nothing separates."""
    first = 0
    for at in range(1, len(stream) + 1):
        if not stream.glued(at):
            if at - first > 1:
                yield first, at
            first = at


def _is_address(stream: Stream, first: int, last: int, lists: Words) -> bool:
    """Whether a chunk is a web or mail address."""
    chunk = stream.words[first:last]
    if "@" in chunk or chunk[0] == "www":
        return True
    for index, word in enumerate(chunk[:-1]):
        if word == ":" and chunk[index + 1 : index + 3] == ["/", "/"]:
            return True
        if word == "." and index and chunk[index + 1] in lists.domains and chunk[index - 1].isalpha():
            return True
    return False


def _in_chain(stream: Stream, at: int) -> bool:
    """Whether digits stand in a chain such as 425-1118 after an area code, 1.2.3, 10:30, 120/80 or 24/7."""
    for step in (-1, 1):
        mark, other = at + step, at + 2 * step
        if stream.kind(other) != "number" or not (
            stream.glued(max(at, mark)) and stream.glued(max(mark, other))
        ):
            continue
        sign = stream.word(mark)
        # 10:1 is a ratio.
        if sign == "/" and stream.key(max(at, other) + 1) in words().persons:
            continue  # "8/10 patients" is a share
        if sign in (".", "/") or (sign == ":" and stream.word(max(at, other)) != "1"):
            return True
        if sign == "-" and _telephone(stream, min(at, other), max(at, other)):
            return True
    return _is_zip(stream, at) or _area_code(stream, at)


def _telephone(stream: Stream, first: int, second: int) -> bool:
    """Whether two numbers with a hyphen between them belong to three, or follow an area code."""
    if len(stream.word(second)) == 4 and len(stream.word(first)) == 3 and stream.word(first - 1) == ")":
        return True
    if _is_iso(stream, first) or _is_iso(stream, first - 2):
        return False
    return _tied(stream, first - 2) or _tied(stream, second)


def _tied(stream: Stream, at: int) -> bool:
    """Whether a number, a hyphen and a number stand here with nothing between them."""
    return (
        stream.kind(at) == stream.kind(at + 2) == "number"
        and stream.word(at + 1) == "-"
        and stream.glued(at + 1)
        and stream.glued(at + 2)
    )


def _is_iso(stream: Stream, at: int) -> bool:
    """Whether 2019-03-05 begins here."""
    return at >= 0 and [len(word) for word in stream.words[at : at + 5]] == [4, 1, 2, 1, 2]


def _area_code(stream: Stream, at: int) -> bool:
    """Whether this is the 559 of (559) 425-1118."""
    return (
        len(stream.word(at)) == 3
        and stream.word(at - 1) == "("
        and stream.word(at + 1) == ")"
        and len(stream.word(at + 2)) == 3
        and stream.kind(at + 2) == "number"
    )


def _is_zip(stream: Stream, at: int) -> bool:
    """Whether five digits follow the two capitals of a state."""
    state = stream.tokens[at - 1].text if at else ""
    return len(stream.word(at)) == 5 and len(state) == 2 and state.isupper() and state.isalpha()


def _is_code(stream: Stream, at: int, lists: Words) -> bool:
    """Whether capitals that are no unit are tied to the digits from the right, as in 5-HT or 3A."""
    if not stream.glued(at + 1):
        return False
    after = stream.past_hyphen(at + 1)
    if stream.kind(after) != "word" or not stream.glued(after) or not stream.tokens[after].text.isupper():
        return False
    return lists.units.at(stream, after) is None and stream.word(after) not in lists.scale_suffixes


def _in_name(stream: Stream, at: int, lists: Words) -> bool:
    """Whether letters are tied to the digits from the left, as in COVID-19 or GluN2B."""
    if not stream.glued(at):
        return False
    before = at - 1
    if stream.word(before) == "-" and stream.glued(before):
        before -= 1
    return stream.kind(before) == "word" and not _may_precede(stream.word(before), lists)


def _may_precede(word: str, lists: Words) -> bool:
    """Whether a word may be tied to the digits after it: a bound, a number, a month, a unit, "mid"."""
    return (
        word in lists.cardinals
        or word in lists.months
        or word in lists.transparent
        or word in lists.decade_parts
        or word in lists.numbered
        or word in _TIED
        or word in _CURRENCY_CODES
    )


def _is_labelled(stream: Stream, at: int, lists: Words) -> bool:
    """Whether a word such as "Phase" or "Schedule" makes the number a name."""
    before = at - 1
    if stream.word(before) in ("-", "."):
        before -= 1
    return stream.word(before) in lists.labels

"""Sentences of one block of text: where a stop ends one and where it only closes an abbreviation."""

from __future__ import annotations

import re
from functools import cache

from ketakb.hints import Final
from ketakb.language.english import from_list
from ketakb.text import Span
from ketakb.values import dataclass

# Whole runs are consumed and judged afterwards: a look-ahead here would rescan a line of dots from every dot.
_STOP: Final = re.compile(
    r"(?P<stop>[.!?…]++)(?:[\"'”’)\]»*_⁰¹²³⁴-⁹]|\[\d{1,3}(?:[,–-] ?\d{1,3})*+\])*+|"
    r"(?P<wide>[。！？]++)[」』”’）]*+|(?P<blank>\n(?:[^\S\n]*+\n)++)|(?P<line>\n)"
)
_SPACE: Final = re.compile(r"\s*+")
_OPENING: Final = "\"'“‘«([*_¿¡"
_LONGEST_WORD: Final = 24
_SHORT_LINE: Final = 80
_SHORTER: Final = 0.6
_LONGEST: Final = 1500
"""Code points from which on a sentence is cut: none that a person reads is so long, and reading one grows faster
than its length."""


@dataclass(frozen=True, slots=True)
class _Words:
    inside: frozenset[str]
    before_capital: frozenset[str]
    before_opener: frozenset[str]
    before_number: frozenset[str]
    openers: frozenset[str]
    unfinished: frozenset[str]


@cache
def _words() -> _Words:
    return from_list("sentences", lambda data: _Words(**{name: frozenset(data[name].split()) for name in data}))


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of the block text[start:end], in order, without white space at either end.

    Together they hold every code point of the block that is not white space. A line break inside a block is a
    space, but for one behind a line that was not broken for its length (a title, a date, a name); a blank line ends a
    sentence. What goes on for over 1500 code points is cut at a comma or a space. Linear in
    the length of the block.
    """
    end = len(text) if end is None else end
    found: list[Span] = []
    first = _skip_space(text, start, end)
    longest = -1
    for match in _STOP.finditer(text, first, end):
        if match.start() < first:
            continue
        if match["line"]:
            longest = max(map(len, text[start:end].split("\n"))) if longest < 0 else longest
            stop = match.start()
            ends = _line_ends(text, start, stop, end, longest)
        elif match["blank"]:
            stop = match.start()
            ends = True
        else:
            stop = match.end()
            ends = match["wide"] is not None or _ends_sentence(
                text, match.start(), match.end("stop"), stop, first, end
            )
        if not ends:
            continue
        _add(found, text, first, stop)
        first = _skip_space(text, match.end(), end)
    _add(found, text, first, end)
    return found


def _add(found: list[Span], text: str, first: int, last: int) -> None:
    while last > first and text[last - 1].isspace():
        last -= 1
    while last - first > _LONGEST:
        stop = _cut(text, first, first + _LONGEST)
        found.append(Span(first, stop))
        first = _skip_space(text, stop, last)
    if last > first:
        found.append(Span(first, last))


def _cut(text: str, first: int, limit: int) -> int:
    """Return where to cut a stretch of text: behind its last comma, else its last word, but not in its first half."""
    middle = (first + limit) // 2
    stop = max(text.rfind(mark, middle, limit) for mark in (", ", "; ", ",\n", ";\n")) + 1
    if not stop:
        stop = max(text.rfind(space, middle, limit) for space in (" ", "\n", "\t"))
    stop = stop if stop > 0 else limit
    while text[stop - 1].isspace():
        stop -= 1
    return stop


def _line_ends(text: str, start: int, at: int, end: int, longest: int) -> bool:
    """Whether the line break at an offset was set on purpose: after a short line that stops at nothing.

    The next line begins like a sentence, and the one before is much shorter than the longest of the block, which a
    break for length would not have left.
    """
    begin = max(text.rfind("\n", start, at) + 1, start)
    line = text[begin:at].rstrip()
    if not line or len(line) > min(_SHORT_LINE, _SHORTER * longest) or not line[-1].isalnum():
        return False
    following = _skip_space(text, at, end)
    after = text[following : min(following + 1, end)]
    return (after.isupper() or after.isdigit()) and line.rsplit(None, 1)[-1].lower() not in _words().unfinished


def _skip_space(text: str, at: int, end: int) -> int:
    match = _SPACE.match(text, at, end)
    return match.end() if match else at


def _ends_sentence(text: str, mark: int, mark_end: int, stop: int, first: int, end: int) -> bool:
    """Whether the stops text[mark:mark_end], with brackets or quotes up to stop, end a sentence."""
    after = _skip_space(text, stop, end)
    if after >= end:
        return True
    words = _words()
    follower = _word_after(text, after, end)
    if after == stop:
        # "effects.The": a forgotten space, unlike "Node.js" or "example.com".
        return (
            mark_end == stop == mark + 1
            and text[mark - 1 : mark].islower()
            and follower[:1].isupper()
            and follower.lower() in words.openers
            and len(_word_before(text, mark, first)) > 1
        )
    lower_follows = text[after].islower() or (text[after] in _OPENING and follower[:1].islower())
    if mark_end - mark > 1 or text[mark] != ".":
        return not (lower_follows or text[after] in ",;:")
    if text[after] in ",;:":
        return False
    return _full_stop_ends(text, mark, first, after, follower, lower_follows)


def _full_stop_ends(text: str, mark: int, first: int, after: int, follower: str, lower_follows: bool) -> bool:
    words = _words()
    word = _word_before(text, mark, first)
    lower = word.lower()
    opener = follower.lower() in words.openers
    at_start = not text[max(first, mark - len(word) - 2) : mark - len(word)].strip(_OPENING + " ")
    if word.isdigit() and mark - len(word) == first:
        return False  # the number of a list item: "2. Take"
    if lower in words.before_number and text[after].isdigit():
        return False
    if lower in words.inside:
        return False
    if lower in words.before_opener:
        return opener and follower[0].isupper()
    if lower_follows:
        return opener and len(word) > 2 and word.isalpha() and lower not in words.before_capital
    if len(word) == 1 and word.isalpha() and word.isupper():
        # "J. Smith", "John F. Kennedy", but "vitamin C. It".
        named = at_start or _word_before(text, mark - 2, first)[:1].isupper()
        return opener if named else True
    return True


def _word_before(text: str, at: int, first: int) -> str:
    """The letters, digits and inner stops before an offset; at most as long as an abbreviation can be."""
    begin = at
    least = max(first, at - _LONGEST_WORD, 0)
    while begin > least and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    return text[begin:at].lstrip(".") if begin < at else ""


def _word_after(text: str, at: int, end: int) -> str:
    limit = min(end, at + _LONGEST_WORD)
    while at < limit and text[at] in _OPENING:
        at += 1
    last = at
    while last < limit and (text[last].isalnum() or text[last] in "'’"):
        last += 1
    return text[at:last]

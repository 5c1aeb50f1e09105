"""Cue phrases as data, and one pass that finds them in the tokens of a sentence.

The rows follow ConText (Harkema et al. 2009): a phrase, a category, a direction, a reach, and rows that only
stop or hide others. See en/cues.yaml for how a phrase is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ketakb.hints import Any, Final
from ketakb.language.cue_rows import BETWEEN, Cue, cue_of, form_of, packed
from ketakb.language.english import from_file, from_list
from ketakb.language.tokens import Token
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue in a sentence."""

    cue: Cue
    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    fixed: int | None
    """Where its scope ends at the latest, if the phrase itself says what it reaches."""
    since: int | None = None
    """Index of the first token of what opened the report that it closes; it reaches back to there."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[frozenset[str], ...]
    exact: bool
    cue_length: int
    cue: Cue


_Line = tuple[int, int, bool, int, str]
"""A phrase that was not unpacked yet: which of those with its first key it is, and what a line of the table holds."""


class _Start:
    """The phrases that begin with one key, by their second word, so that few of them are looked at."""

    __slots__ = ("_any_second", "_by_second", "_cues", "_known", "_single", "_usual")

    def __init__(self, phrases: Iterable[str], cues: Sequence[Cue]) -> None:
        """`phrases` are as a table holds them, in the order in which they are tried. A single word comes last.

        Raises ValueError for what is none; behind that, any text is a phrase.
        """
        self._cues, self._known = cues, dict[int, _Phrase]()
        self._single: list[_Line] = []
        self._any_second: list[_Line] = []
        self._by_second: dict[str, list[_Line]] = {}
        for at, phrase in enumerate(phrases):
            number, exact, length, words = phrase.split(" ", 3)
            found = (at, int(number), exact == "1", int(length), words)
            if not 0 <= found[1] < len(cues):
                raise ValueError("a phrase of no cue")
            _, between, rest = words.partition(" ")
            second = rest.partition(" ")[0].split("|")
            if not between:
                self._single.append(found)
            elif _WILD.isdisjoint(second):
                for word in second:
                    self._by_second.setdefault(word, []).append(found)
            else:
                self._any_second.append(found)
        self._usual = [*self._any_second, *self._single]
        """Those that may stand before a word that none of them has second."""

    def before(self, second: Token | None) -> list[_Phrase]:
        """Return the phrases that may stand before a token, or at the end, in the order in which they are tried."""
        if second is None:
            return self._unpacked(self._single)
        lower, form, known = second.lower, form_of(second.lower, second.key), self._by_second
        if lower not in known and form not in known:
            return self._unpacked(self._usual)
        found = self._any_second
        for word in {lower, form}:
            found = found + known.get(word, _NO_LINES)
        return self._unpacked([*sorted(found, key=_place), *self._single])

    def _unpacked(self, lines: Sequence[_Line]) -> list[_Phrase]:
        known = self._known
        for at, number, exact, length, words in lines:
            if at not in known:
                found = tuple([frozenset(word.split("|")) for word in words.split(" ")])
                known[at] = _Phrase(found, exact, length, self._cues[number])
        return [known[line[0]] for line in lines]


def _place(line: _Line) -> int:
    return line[0]


_WILD: Final = frozenset(("#", "#year", "*"))
_NO_LINES: Final[list[_Line]] = []


def find_cues(tokens: Sequence[Token]) -> list[FoundCue]:
    """Return the cues of a sentence from left to right: the longest at each place, none inside another.

    Pseudo-cues have done their work here and are left out.
    """
    table = cue_table()
    found: list[FoundCue] = []
    opened: int | None = None
    after, count, begins = 0, len(tokens), table.begins
    for at in [at for at, token in enumerate(tokens) if token.key in begins]:
        start = table.get(tokens[at].key) if at >= after else None
        second = tokens[at + 1] if at + 1 < count else None
        phrase = _longest(start.before(second), tokens, at, opened is not None) if start else None
        if phrase is None:
            continue
        if phrase.cue.opens:
            opened = at
        last = at + phrase.cue_length
        if phrase.cue.categories or phrase.cue.terminates:
            fixed = at + len(phrase.words) if phrase.cue_length < len(phrase.words) else None
            found.append(FoundCue(phrase.cue, at, last, fixed, opened if phrase.cue.closes else None))
        after = last
    return found


def _longest(
    candidates: Sequence[_Phrase], tokens: Sequence[Token], at: int, opened: bool
) -> _Phrase | None:
    for phrase in candidates:
        cue, exact = phrase.cue, phrase.exact
        if cue.closes and not opened:
            continue
        if at + len(phrase.words) > len(tokens) or (cue.head and not _at_head(tokens, at)):
            continue
        place = at
        for words in phrase.words:
            if not _fits(words, tokens[place], exact):
                break
            place += 1
        else:
            return phrase
    return None


def _fits(words: frozenset[str], token: Token, exact: bool) -> bool:
    if (token.lower if exact else form_of(token.lower, token.key)) in words:
        return True
    if token.kind == "number":
        return "#" in words or ("#year" in words and len(token.text) == 4 and token.text.isdigit())
    return token.kind == "word" and "*" in words


def _at_head(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or (tokens[at - 1].kind == "mark" and tokens[at - 1].key not in ("-", "'", ","))


@cache
def cue_table() -> Table:
    """Return the packaged cues, by the key of the first word, longest first. Read once."""
    return from_list("cues", Table, packed)


class Table:
    """The cue phrases by the key of the first word, longest first, each unpacked when it is asked for."""

    def __init__(self, packed: Mapping[str, Any]) -> None:
        """Raises what does not fit for what is not what `packed` returns; phrases are looked at when asked for."""
        self._cues = [cue_of(group) for group in packed["groups"]]
        self._phrases: list[str] = packed["phrases"].split(BETWEEN)
        self._table: dict[str, str] = packed["table"]
        self._known: dict[str, _Start] = {}
        if not {str}.issuperset(map(type, self._table.values())):
            raise ValueError("no numbers of phrases")

    @property
    def begins(self) -> Mapping[str, object]:
        """The keys with which phrases begin."""
        return self._table

    def get(self, key: str) -> _Start | None:
        """Return the phrases that begin with a key."""
        found = self._known.get(key)
        if found is None and key in self._table:
            try:
                found = _Start([self._phrases[int(at)] for at in self._table[key].split(" ")], self._cues)
            except (ValueError, IndexError):  # the cache may hold anything
                self.__init__(from_file("cues", packed))  # type: ignore[misc]
                return self.get(key)
            self._known[key] = found
        return found



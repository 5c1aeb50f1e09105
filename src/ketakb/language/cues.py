"""Cue phrases as data, and one pass that finds them in the tokens of a sentence.

The rows follow ConText (Harkema et al. 2009): a phrase, a category, a direction, a reach, and rows that only
stop or hide others. See en/cues.yaml for how a phrase is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from ketakb.hints import Any, Final
from ketakb.language.english import from_file, from_list
from ketakb.language.tokens import Token, key_of
from ketakb.values import dataclass

CATEGORIES: Final = frozenset(
    [
        "negation",
        "hedging",
        "denial",
        "attribution",
        "question",
        "condition",
        "contrast",
        "past",
        "other",
        "future",
        "recommendation",
    ]
)
_OPTIONS: Final = frozenset(
    {"category", "kind", "direction", "max", "sealed", "fronted", "head", "exact", "terminates"}
    | {"opens", "closes", "itself", "phrases"}
)
_GRAMMAR: Final = frozenset(
    ["not", "no", "but", "for", "nor", "her", "his", "may", "can", "than", "then", "quit"]
)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a group of cue phrases does."""

    categories: tuple[str, ...]
    """Of CATEGORIES; empty for a pseudo-cue or a mere terminator."""
    kind: str
    """verbal, determiner, adverbial, preposition, prefix, suffix, noun or clausal."""
    direction: str
    """forward, backward or both."""
    reach: int | None
    """Longest scope in tokens; 0 for the rest of a hyphenated word; None for as far as the clause goes."""
    sealed: bool
    """Whether the scope ends at a clause border."""
    fronted: bool
    """Whether a comma closes it at the head of a sentence."""
    head: bool
    """Whether it is a cue only at the head of a clause."""
    terminates: frozenset[str]
    """Categories of scopes that end where it stands."""
    opens: bool = False
    """Whether it names what somebody says or believes, so that a cue that closes may follow: "the idea that"."""
    closes: bool = False
    """Whether it is a cue only behind one that opens: "has been dropped" says nothing of a drug."""
    itself: bool = False
    """Whether it reaches its own words too: in "need not" it is the need that is denied."""


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
        lower, form, known = second.lower, _form(second.lower, second.key), self._by_second
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
_BETWEEN: Final = "\x7f"
"""Stands between phrases: JSON holds it as it is, so that a table is read in one go."""
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


def _form(lower: str, key: str) -> str:
    # Keys that a content word shares with a word of grammar: "noted" is not "not", "here" is not "her".
    return lower if key in _GRAMMAR else key


def _table_key(form: str, exact: bool) -> str:
    """Return the key of the words of a form; the key of a key may be another: "false", "fals", "fal"."""
    key = key_of(form)
    return key if exact or key in _GRAMMAR else form


def _fits(words: frozenset[str], token: Token, exact: bool) -> bool:
    if (token.lower if exact else _form(token.lower, token.key)) in words:
        return True
    if token.kind == "number":
        return "#" in words or ("#year" in words and len(token.text) == 4 and token.text.isdigit())
    return token.kind == "word" and "*" in words


def _at_head(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or (tokens[at - 1].kind == "mark" and tokens[at - 1].key not in ("-", "'", ","))


@cache
def cue_table() -> Table:
    """Return the packaged cues, by the key of the first word, longest first. Read once."""
    return from_list("cues", Table, _packed)


def _packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cues as JSON holds them: groups, phrases, and the numbers of phrases by the key of the first word.

    A phrase is the number of its group, 1 where words count as written, how many words are the cue, and the words.
    """
    table: dict[str, list[int]] = {}
    groups: list[dict[str, Any]] = []
    phrases: list[str] = []
    for number, group in enumerate(data["cues"]):
        exact = bool(group.get("exact"))
        _cue(group)
        groups.append({name: value for name, value in group.items() if name != "phrases"})
        lines = [line.split() for line in group["phrases"].splitlines()]
        for parts in (*lines, *(short for line in lines if (short := _contracted(line)))):
            for words, cue_length in _variants(parts, exact):
                for first in sorted({_table_key(word, exact) for word in words[0]}):
                    table.setdefault(first, []).append(len(phrases))
                written = " ".join("|".join(sorted(one)) for one in words)
                phrases.append(f"{number} {exact:d} {cue_length} {written}")
    for numbers in table.values():
        numbers.sort(key=lambda number: -phrases[number].count(" "))  # longest first; of equals, the earlier row
    together = {key: " ".join(map(str, numbers)) for key, numbers in table.items()}
    return {"groups": groups, "phrases": _BETWEEN.join(phrases), "table": together}


class Table:
    """The cue phrases by the key of the first word, longest first, each unpacked when it is asked for."""

    def __init__(self, packed: Mapping[str, Any]) -> None:
        """Raises what does not fit for what is not what `_packed` returns; phrases are looked at when asked for."""
        self._cues = [_cue(group) for group in packed["groups"]]
        self._phrases: list[str] = packed["phrases"].split(_BETWEEN)
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
                self.__init__(from_file("cues", _packed))  # type: ignore[misc]
                return self.get(key)
            self._known[key] = found
        return found


def _cue(group: Mapping[str, Any]) -> Cue:
    if unknown := set(group) - _OPTIONS:
        raise ValueError(f"cues.yaml: unknown option {sorted(unknown)}")
    named = group["category"]
    categories = tuple(named) if isinstance(named, list) else (named,)
    categories = tuple(name for name in categories if name not in ("pseudo", "terminator"))
    ends = group.get("terminates", [])
    terminates = CATEGORIES if ends == "all" else frozenset(ends)
    if unknown := (set(categories) | terminates) - CATEGORIES:
        raise ValueError(f"cues.yaml: unknown category {sorted(unknown)}")
    return Cue(
        categories,
        group.get("kind", "clausal"),
        group.get("direction", "forward"),
        group.get("max"),
        group.get("sealed", True),
        group.get("fronted", False),
        group.get("head", False),
        terminates,
        group.get("opens", False),
        group.get("closes", False),
        group.get("itself", False),
    )


_CONTRACTED: Final = {
    "be": "isn't|aren't|wasn't|weren't", "is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't",
    "have": "hasn't|haven't|hadn't", "has": "hasn't", "had": "hadn't", "do": "don't|doesn't|didn't", "does": "doesn't",
    "did": "didn't", "can": "can't|cannot", "could": "couldn't", "will": "won't", "would": "wouldn't",
    "should": "shouldn't", "must": "mustn't", "need": "needn't",
}  # fmt: skip


def _contracted(parts: Sequence[str]) -> list[str]:
    """Return a phrase with its verb and "not" in one word: "have not be? show to", "hasn't|haven't be? show to"."""
    for at, part in enumerate(parts[:-1]):
        if parts[at + 1] == "not" and not part.endswith("?"):
            short = [_CONTRACTED[verb] for verb in part.split("|") if verb in _CONTRACTED]
            if short:
                return [*parts[:at], "|".join(short), *parts[at + 2 :]]
    return []


def _variants(parts: Sequence[str], exact: bool) -> Iterator[tuple[tuple[frozenset[str], ...], int]]:
    """The phrase with and without each word that may be missing, and how many of its words are the cue."""
    choices: list[tuple[str | None, ...]] = [
        (part[:-1], None) if part.endswith("?") and len(part) > 1 else (part,) for part in parts
    ]
    for kept in product(*choices):
        written = [part for part in kept if part is not None]
        cue_length = written.index(">") if ">" in written else len(written)
        words = tuple(_alternatives(part, exact) for part in written if part != ">")
        if words:
            yield words, cue_length


@cache
def _alternatives(part: str, exact: bool) -> frozenset[str]:
    return frozenset(word if exact else _form(word, key_of(word)) for word in part.split("|"))


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """Words by which the border of a clause is found."""

    subjects: frozenset[str]
    determiners: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    auxiliaries: frozenset[str]
    base_auxiliaries: frozenset[str]
    pasts: frozenset[str]
    base_verbs: frozenset[str]
    verbs: frozenset[str]
    """As keys."""
    nouns_too: frozenset[str]
    """As keys."""


@cache
def clause_words() -> ClauseWords:
    """Return the packaged words. Read once."""
    return from_list("clauses", _clause_words)


def _clause_words(data: Mapping[str, str]) -> ClauseWords:
    words = {name: frozenset(text.split()) for name, text in data.items()}
    words["base_verbs"] = words["verbs"]
    for name in ("verbs", "nouns_too"):
        words[name] = frozenset(map(key_of, words[name]))
    return ClauseWords(**words)

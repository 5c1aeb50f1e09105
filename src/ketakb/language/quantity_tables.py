"""A stream of tokens to look ahead and back in, and tables of phrases that are matched against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps

from ketakb.hints import Any, Final, Generic, TypeVar
from ketakb.language.tokens import Token

T = TypeVar("T")
_BEYOND: Final = 16
"""Places on either side of a sentence at which a reader may ask for a word."""


class Stream:
    """The tokens of one sentence. Asking a little beyond either end gives an empty word, never an error."""

    __slots__ = ("dead", "known", "tokens", "words")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        # A range is written with an en dash as often as with a hyphen.
        self.words = [
            token.lower if token.kind != "mark" else "-" if token.key == "–" else token.key
            for token in tokens
        ]
        """Empty words follow the last one, which negative indices reach too."""
        self.words += [""] * _BEYOND
        self.dead: set[int] = set()
        """Numbers that count nothing: telephone numbers, addresses, names such as "Schedule 3"."""
        self.known: dict[tuple[str, int], Any] = {}
        """What readers found, by their name and the place: several of them ask for the same number."""

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, at: int) -> str:
        """Return the word at an index: lower case, marks folded; empty outside."""
        return self.words[at]

    def kind(self, at: int) -> str:
        """Return word, number or mark; empty outside."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def key(self, at: int) -> str:
        """Return the form-free key at an index; empty outside."""
        return self.tokens[at].key if 0 <= at < len(self.tokens) else ""

    def glued(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def past_hyphen(self, at: int) -> int:
        """Return the index after a hyphen that ties the token before it to the one after it, else `at`."""
        return at + 1 if self.word(at) == "-" and self.glued(at) and self.glued(at + 1) else at

    def written(self, first: int, last: int) -> str:
        """Return the tokens of a range as they stand, white space folded."""
        parts = [
            ("" if index == first or self.glued(index) else " ") + self.tokens[index].text
            for index in range(first, last)
        ]
        return "".join(parts)


def remembered(read: Callable[[Stream, int], T]) -> Callable[[Stream, int], T]:
    """Let a reader find a thing at one place of a stream only once."""
    name = read.__name__

    @wraps(read)
    def reader(stream: Stream, at: int) -> T:
        key = (name, at)
        if key not in stream.known:
            stream.known[key] = read(stream, at)
        found: T = stream.known[key]
        return found

    return reader


class PhraseTable(Generic[T]):
    """Phrases with a value each, found by their first or by their last word; the longest wins."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._last: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._second: dict[tuple[str, str], list[tuple[tuple[str, ...], T]]] = {}
        """Those of several words, by the first two."""
        self._alone: dict[str, T] = {}
        ordered = sorted(((tuple(text.split()), value) for text, value in entries), key=lambda e: -len(e[0]))
        for phrase, value in ordered:
            self._first.setdefault(phrase[0], []).append((phrase, value))
            self._last.setdefault(phrase[-1], []).append((phrase, value))
            if len(phrase) > 1:
                self._second.setdefault((phrase[0], phrase[1]), []).append((phrase, value))
            else:
                self._alone.setdefault(phrase[0], value)

    def starts(self) -> set[str]:
        """Return the words with which a phrase begins."""
        return set(self._first)

    def entries(self) -> Iterable[tuple[tuple[str, ...], T]]:
        """Yield the words and the value of each phrase."""
        return (entry for phrases in self._first.values() for entry in phrases)

    def seconds(self, first: str) -> set[str]:
        """Return the words that come second in the phrases that begin with a word."""
        return {phrase[1] for phrase, _ in self._first.get(first, ()) if len(phrase) > 1}

    def at(self, stream: Stream, start: int) -> tuple[T, int] | None:
        """Return the value of the phrase that begins here, and the index after it."""
        words = stream.words
        first = words[start]
        if first not in self._first:
            return None
        second = words[start + 1]
        phrases = self._first[first] if second == "-" else self._second.get((first, second), ())
        for phrase, value in phrases:
            end = _match(stream, start, phrase) if len(phrase) > 1 else 0
            if end:
                return value, end
        return (self._alone[first], start + 1) if first in self._alone else None

    def all_before(self, stream: Stream, end: int, floor: int) -> list[tuple[T, int]]:
        """Return value and first index of each phrase that ends just before `end`, the longest first."""
        found = []
        for phrase, value in self._last.get(stream.word(end - 1), ()):
            start = end - len(phrase)
            if start >= floor and tuple(stream.words[start:end]) == phrase:
                found.append((value, start))
        return found

    def before(self, stream: Stream, end: int, floor: int) -> tuple[T, int] | None:
        """Return value and first index of the longest phrase that ends just before `end`."""
        found = self.all_before(stream, end, floor)
        return found[0] if found else None


def _match(stream: Stream, start: int, phrase: tuple[str, ...]) -> int:
    """Return the index after a phrase, hyphens passed over, or 0."""
    at = start
    for index, word in enumerate(phrase):
        if index:
            at = stream.past_hyphen(at)
        if stream.word(at) != word:
            return 0
        at += 1
    return at

"""Phrases written down in rows, to be looked up by a PhraseTrie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ketakb.kept_rows import Held, Row
from ketakb.language.patterns import Pattern, PhraseError, anchors, keys_of, needs, parse, write
from ketakb.language.phrases import BETWEEN, PhraseTrie
from ketakb.language.tokens import tokenize


class PhraseBook:
    """Phrases that are collected, to be looked up by a PhraseTrie."""

    def __init__(self) -> None:
        self._phrases: list[tuple[str, Pattern]] = []
        self._common: Counter[str] = Counter()
        self._next = 0

    def count_from(self, number: int) -> None:
        """Give the next phrase a number: by it phrases are told at one place, those of several books too."""
        self._next = number

    def add(self, phrase: str, concept: str, tag: str = "", case: bool = False) -> None:
        """File a phrase under a concept; with `case` its words count only as written. Raises PhraseError."""
        exact = " ".join(t.text for t in tokenize(phrase) if t.text != "-") if case else ""
        pattern = parse(phrase)
        groups = " ".join("|".join(sorted(group)) for group in needs(pattern))
        written = write(pattern)
        line = (str(self._next), concept, tag, groups, "" if written == groups else written, exact)
        self._next += 1
        if BETWEEN in f"{phrase}{concept}{tag}":
            raise PhraseError(f"the phrase {phrase!r} holds a character that cannot be printed")
        self._phrases.append((BETWEEN.join(line), pattern))
        self._common.update(keys_of(pattern))

    def trie(self) -> PhraseTrie:
        """Return the phrases for looking them up."""
        return PhraseTrie([Held(self.rows())])

    def rows(self) -> Iterator[Row]:
        """Yield the phrases as rows, by keys, or pairs of keys, that they cannot do without; "" for those without any.

        A row begins with the keys that make such pairs with its own.
        """
        by_key: dict[str, list[str]] = {}
        for line, pattern in self._phrases:
            for key in anchors(pattern, self._common) or ("",):
                by_key.setdefault(key, []).append(line)
        behind: dict[str, list[str]] = {}
        for key in sorted(by_key):
            one, between, two = key.partition(" ")
            if between:
                behind.setdefault(one, []).append(two)
        for key in sorted(by_key.keys() | behind.keys()):  # as they lie in a file
            yield "phrase", key, BETWEEN.join((" ".join(behind.get(key, ())), *by_key.get(key, ())))

"""The search index: which words stand in which claim, by their form-free keys, and how strongly.

A view of rows that `search_rows` makes, kept in a file or held in memory: both are read in the same way and answer the
same. It knows nothing of queries.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator

from ketakb.hints import Any
from ketakb.kept_rows import DamagedError, Rows, unpacked
from ketakb.store import codec
from ketakb.values import dataclass

MOST = 2000
"""Claims that are looked at for one query: the words that are rarest choose them."""
TOO_MANY = 20_000
"""Claims that hold a word that says nothing more of those chosen."""
_AT_HAND = 500_000
"""Claims in postings that are kept for the next query."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as the index holds it."""

    claim: str
    """Its id."""
    keys: tuple[str, ...]
    """Keys of the statement, in order, for adjacency."""
    scopes: frozenset[tuple[str, str]]
    """(class, key): negations and quantifiers, and the words near after them; "*" for the whole claim."""


@dataclass(frozen=True, slots=True)
class Posting:
    """The claims that hold a key."""

    numbers: array[int]
    """Numbers of the claims in the order of the store, ascending."""
    strengths: array[float]
    """How strongly each holds it, below 1."""
    asked: array[float]
    """The same where the question that a topic answers counts for more."""
    priors: array[float]
    """What each claim is worth whatever the query."""


class SearchIndex:
    """Which claims hold which words: a view of rows, each read when it is asked for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        (self.size,) = rows.sure("search", "", _whole)
        """Number of claims."""
        self._postings: dict[str, Posting | None] = {}
        self._held = 0
        self._words: dict[tuple[str, str], list[str]] = {}

    def posting(self, key: str) -> Posting | None:
        """Return the claims that hold a key, or None where there is none."""
        if key not in self._postings:
            found = self._rows.one("word", key, self._posting)
            self._held += 1 + (len(found.numbers) if found is not None else 0)
            if self._held > _AT_HAND:  # one query never needs so many twice
                self._postings.clear()
                self._held = 0
            self._postings[key] = found
        return self._postings[key]

    def knows(self, key: str) -> bool:
        """Whether a key stands in any claim."""
        return self.posting(key) is not None

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those keys that stand in any claim."""
        return frozenset(self._rows.there("word", list(dict.fromkeys(keys))))

    def holders(self, *keys: str) -> int:
        """Return how many claims hold one of some keys; of common words at most, counted one by one."""
        found = [posting.numbers for posting in map(self.posting, keys) if posting is not None]
        total = sum(map(len, found))
        if len(found) > 1 and total <= MOST:
            return len(set().union(*found))
        return min(total, self.size)

    def rarity(self, *keys: str) -> float:
        """Return the weight of a word, or of several that mean the same: the rarer, the more."""
        holders = self.holders(*keys)
        return math.log(1.0 + (self.size - holders + 0.5) / (holders + 0.5))

    def with_prefix(self, prefix: str) -> list[str]:
        """Return the keys that begin with a prefix, sorted."""
        return self._rows.between("word", prefix, prefix + "\U0010ffff")

    def of_length(self, length: int) -> list[str]:
        """Return the keys of some length, sorted."""
        return self._listed("length", str(length))

    def like(self, key: str, letters: int) -> Iterator[str]:
        """Yield the keys that begin or end with the same letters as another: so many, two or more. Some come twice."""
        for part, end, same in (("head", key[:2], str.startswith), ("tail", key[-2:], str.endswith)):
            wanted = key[:letters] if part == "head" else key[-letters:]
            yield from (word for word in self._listed(part, end) if same(word, wanted))

    def entry(self, number: int) -> Entry:
        """Return a claim by its number."""
        return self._rows.sure("entry", str(number), _entry)

    def _listed(self, part: str, key: str) -> list[str]:
        if (part, key) not in self._words:
            self._words[part, key] = (self._rows.one(part, key, codec.text) or "").split()
        return self._words[part, key]

    def _posting(self, row: Any) -> Posting:
        numbers, *others = codec.texts(row)
        found = Posting(unpacked("I", numbers), *(unpacked("f", column) for column in others))
        lengths = {len(found.strengths), len(found.asked), len(found.priors)}
        if not found.numbers or lengths != {len(found.numbers)} or max(found.numbers) >= self.size:
            raise DamagedError("columns that do not fit")
        return found


def _whole(row: Any) -> tuple[int]:
    (size,) = row
    return (codec.whole(size),)


def _entry(row: Any) -> Entry:
    claim, keys, scopes = codec.many(lambda value: value)(row)
    pairs = frozenset((one, two) for one, two in codec.many(codec.texts)(scopes))
    return Entry(codec.text(claim), codec.texts(keys), pairs)

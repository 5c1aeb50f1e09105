"""The search index: which words stand in which claim, by their form-free keys, and how strongly.

It is made as rows, which are kept in a file or held in memory: both are read in the same way and answer the same. It
knows nothing of queries.
"""

from __future__ import annotations

import math
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ketakb.kept import DamagedError, Row, Rows
from ketakb.language.tokens import Token, tokenize
from ketakb.model import Claim, Store
from ketakb.store import codec
from ketakb.values import dataclass

FIELDS = ("statement", "topic", "names", "passages")
WEIGHTS = (3.0, 2.0, 1.5, 1.0)
ASKED_WEIGHTS = (WEIGHTS[0], 4 * WEIGHTS[1], *WEIGHTS[2:])
"""After "how": the question that a topic answers counts for more."""
_STANDING = {"accepted": 1.0, "contested": 0.6, "unreviewed": 0.4, "superseded": 0.2, "rejected": 0.0}
MOST = 2000
"""Claims that are looked at for one query: the words that are rarest choose them."""
TOO_MANY = 20_000
"""Claims that hold a word that says nothing more of those chosen."""
_FLATNESS = (0.4, 0.3, 0.0, 0.5)  # how much a longer field counts for less; name lists are sets, not prose

# Words that carry no subject. Negations and quantifiers are kept apart: they re-rank, see search.py.
_GLUE = """
a an the of to in on at by for from with and or as is are be am was were been it its this that these those
i you your we our they their he she his her my me us do does did doing what which who whom how when where why
if than then so can could will would should may might must about into over there here
"""
GLUE = frozenset(_GLUE.split())

_CLASSES = {
    "none": "no not none never without nothing nobody zero neither nor cannot",
    "all": "all every everyone everybody any anyone always completely fully totally entirely",
    "most": "most mostly usually generally majority",
    "only": "only sole solely exclusively alone",
}
CLASSES = {word: name for name, words in _CLASSES.items() for word in words.split()}
"""Negation and quantifier words, and the class of each."""


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


class SearchIndex:
    """Which claims hold which words: a view of rows, each read when it is asked for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.size, self.priors = rows.sure("search", "", _whole)
        """Number of claims; and what each is worth whatever the query, by number."""
        self._postings: dict[str, Posting | None] = {}

    def posting(self, key: str) -> Posting | None:
        """Return the claims that hold a key, or None where there is none."""
        if key not in self._postings:
            self._postings[key] = self._rows.one("word", key, self._posting)
        return self._postings[key]

    def knows(self, key: str) -> bool:
        """Whether a key stands in any claim."""
        return self.posting(key) is not None

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
        return (self._rows.one("length", str(length), codec.text) or "").split()

    def entry(self, number: int) -> Entry:
        """Return a claim by its number."""
        return self._rows.sure("entry", str(number), _entry)

    def _posting(self, row: Any) -> Posting:
        numbers, strengths, asked = codec.texts(row)
        found = Posting(_array("I", numbers), _array("f", strengths), _array("f", asked))
        if not 0 < len(found.numbers) == len(found.strengths) == len(found.asked) or max(found.numbers) >= self.size:
            raise DamagedError("columns that do not fit")
        return found


def _whole(row: Any) -> tuple[int, array[float]]:
    size, priors = codec.many(lambda value: value)(row)
    priors = _array("f", priors)
    if len(priors) != codec.whole(size):
        raise DamagedError("another number of claims")
    return size, priors


def _entry(row: Any) -> Entry:
    claim, keys, scopes = codec.many(lambda value: value)(row)
    pairs = frozenset((one, two) for one, two in codec.many(codec.texts)(scopes))
    return Entry(codec.text(claim), codec.texts(keys), pairs)


def _array(kind: str, text: object) -> array[Any]:
    found: array[Any] = array(kind)
    found.frombytes(a2b_base64(codec.text(text), strict_mode=True))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _packed(kind: str, values: Iterable[float]) -> str:
    found = array(kind, values)
    if sys.byteorder == "big":
        found.byteswap()
    return b2a_base64(found.tobytes(), newline=False).decode("ascii")


def index_rows(store: Store) -> Iterator[Row]:
    """Yield the rows of the index of the claims of a store. Linear in their text."""
    topic_keys: dict[str, list[str]] = {}
    entity_keys: dict[str, frozenset[str]] = {}
    postings: dict[str, dict[int, list[int]]] = {}
    lengths: list[tuple[int, ...]] = []
    priors: list[float] = []
    for number, claim in enumerate(store.claims.values()):
        statement = tokenize(claim.statement)
        fields = (
            content_keys(statement),
            [key for topic in claim.topics for key in _topic_keys(store, topic, topic_keys)],
            sorted(_names_keys(store, claim, entity_keys)),
            [key for text in passage_texts(claim) for key in content_keys(tokenize(text))],
        )
        lengths.append(tuple(map(len, fields)))
        priors.append(_prior(store, claim))
        for at, keys in enumerate(fields):
            for key in keys:
                postings.setdefault(key, {}).setdefault(number, [0] * len(FIELDS))[at] += 1
        yield "entry", str(number), [claim.id, fields[0], sorted(map(list, _scopes_of(claim, statement)))]
    yield "search", "", [len(lengths), _packed("f", priors)]
    count = max(1, len(lengths))
    average = tuple(max(1.0, sum(column) / count) for column in zip(*lengths, strict=True))
    flat = [tuple(map(_flat, _FLATNESS, row, average)) for row in lengths]
    for key, holders in sorted(postings.items()):
        strengths = [_strengths(counts, flat[n]) for n, counts in holders.items()]
        yield "word", key, [_packed("I", holders), *(_packed("f", one) for one in zip(*strengths, strict=True))]
    by_length: dict[int, list[str]] = {}
    for key in sorted(postings):
        by_length.setdefault(len(key), []).append(key)
    for length, keys in by_length.items():
        yield "length", str(length), " ".join(keys)


def _flat(flatness: float, length: int, average: float) -> float:
    """Return by how much a field of some length weakens each of its words."""
    return 1.0 - flatness + flatness * length / average


def _strengths(counts: Sequence[int], flat: Sequence[float]) -> tuple[float, float]:
    """Return the saturated weights of a key in a claim, for a search and for a question."""
    told = asked = 0.0
    for at, count in enumerate(counts):
        if count:
            told += WEIGHTS[at] * count / flat[at]
            asked += ASKED_WEIGHTS[at] * count / flat[at]
    return told / (1.2 + told), asked / (1.2 + asked)


def _prior(store: Store, claim: Claim) -> float:
    """Return what a claim is worth whatever the query."""
    sources = [store.sources[p.source] for p in claim.passages if p.source in store.sources]
    rungs = max(1, len(store.kinds))
    strong = 1.0 - min((store.strength(source.kind) for source in sources), default=rungs) / rungs
    about = store.is_a(claim.assertion.subject, store.subject)  # "it" is what the store is about
    return (
        (1.25 if about else 1.0)
        * (1.0 if claim.assertion.qualifiers else 1.06)  # the general claim before the single study
        * (1.0 + 0.12 * _STANDING.get(claim.standing, 0.0) + 0.05 * strong)
    )


def content_keys(tokens: Iterable[Token]) -> list[str]:
    """Return the keys of the words and numbers that carry a subject."""
    return [t.key for t in tokens if t.kind != "mark" and t.lower not in GLUE and class_of(t.lower) is None]


def class_of(word: str) -> str | None:
    """Return the negation or quantifier class of a word in lower case, or None."""
    if word.endswith("n't"):
        return "none"
    return CLASSES.get(word)


def passage_texts(claim: Claim) -> Iterator[str]:
    """Yield what the passages of a claim say: quotes and summaries."""
    for passage in claim.passages:
        for text in (passage.quote, passage.says):
            if text:
                yield text


def _topic_keys(store: Store, topic: str, known: dict[str, list[str]]) -> list[str]:
    if topic not in known:
        found = store.topics.get(topic)
        texts = [topic.replace("/", " ").replace("-", " ")]
        texts += [found.title, found.question] if found else []
        known[topic] = list(dict.fromkeys(key for text in texts for key in content_keys(tokenize(text))))
    return known[topic]


def _names_keys(store: Store, claim: Claim, known: dict[str, frozenset[str]]) -> set[str]:
    said = claim.assertion
    ids = [said.subject, said.relation, said.than, said.value.of if said.value else None, *said.objects]
    ids += [value for _, values in said.qualifiers for value in values]
    found: set[str] = set()
    for name in ids:
        for wider in store.ancestors(name) if name else ():
            found |= _entity_keys(store, wider, known)
    return found


def _is_plain(name: str) -> bool:
    """Whether a name is short: a long pattern is made for reading, and holds words that name nothing."""
    return "*" not in name and len(name.replace("|", " ").split()) <= _LONGEST_NAME


_LONGEST_NAME = 5


def _entity_keys(store: Store, name: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
    """Keys of all names of an entity or relation; the marks of the phrase grammar fall away as marks do."""
    if name not in known:
        texts = [name.replace("-", " ")]
        if entity := store.entities.get(name):
            texts += [entity.label, *filter(_is_plain, entity.names), *entity.abbreviations]
        if relation := store.relations.get(name):
            texts += [relation.label, *relation.words, *relation.nouns, *relation.classes]
        known[name] = frozenset(key for text in texts for key in content_keys(tokenize(text)))
    return known[name]


def scopes(tokens: list[Token]) -> set[tuple[str, str]]:
    """Return the negation and quantifier words of a text as (class, key of a word that follows closely)."""
    found = set()
    for at, token in enumerate(tokens):
        if name := class_of(token.lower):
            found |= {(name, key) for key in content_keys(tokens[at + 1 : at + 4])}
    return found


def _scopes_of(claim: Claim, statement: list[Token]) -> frozenset[tuple[str, str]]:
    said = claim.assertion
    whole = {"none"} if said.negated else set()
    whole |= {said.quantifier} if said.quantifier else set()
    whole |= {"only"} if said.only else set()
    return frozenset({*scopes(statement), *((name, "*") for name in whole)})

"""The search index: which words stand in which field of which claim, by their form-free keys.

Built in memory from a loaded store; it knows nothing of queries or ranking.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Iterator

from ketakb.language.tokens import Token, tokenize
from ketakb.model import Claim, Store
from ketakb.values import dataclass, field

FIELDS = ("statement", "topic", "names", "passages")
WEIGHTS = (3.0, 2.0, 1.5, 1.0)
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


@dataclass(slots=True)
class Entry:
    """One claim as the index holds it."""

    claim: Claim
    keys: tuple[str, ...]
    """Keys of the statement, in order, for adjacency."""
    scopes: frozenset[tuple[str, str]]
    """(class, key): negations and quantifiers, and the words near after them; "*" for the whole claim."""
    lengths: tuple[int, ...]
    """Words in each field."""


@dataclass(slots=True)
class SearchIndex:
    """Postings of a store, and the words they are keyed by."""

    entries: list[Entry] = field(default_factory=list)
    postings: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    """key -> entry number -> how often it stands in each field."""
    average: tuple[float, ...] = (1.0,) * len(FIELDS)
    words: list[str] = field(default_factory=list)
    """Every key, sorted, for prefixes."""

    def knows(self, key: str) -> bool:
        """Whether a key stands in any claim."""
        return key in self.postings

    def rarity(self, *keys: str) -> float:
        """Return the weight of a word, or of several that mean the same: the rarer, the more."""
        if len(keys) == 1:
            holders = len(self.postings.get(keys[0], ()))
        else:
            holders = len(set().union(*(self.postings.get(key, {}) for key in keys)))
        return math.log(1.0 + (len(self.entries) - holders + 0.5) / (holders + 0.5))

    def strengths(self, key: str, weights: tuple[float, ...] = WEIGHTS) -> Iterator[tuple[int, float]]:
        """Yield (entry number, saturated weight) of the claims that hold a key."""
        for number, counts in self.postings.get(key, {}).items():
            lengths = self.entries[number].lengths
            total = 0.0
            for at, count in enumerate(counts):
                if count:
                    flat = _FLATNESS[at]
                    total += weights[at] * count / (1.0 - flat + flat * lengths[at] / self.average[at])
            yield number, total / (1.2 + total)

    def with_prefix(self, prefix: str) -> Iterator[str]:
        """Yield the keys that begin with a prefix."""
        for at in range(bisect.bisect_left(self.words, prefix), len(self.words)):
            if not self.words[at].startswith(prefix):
                return
            yield self.words[at]


def build_index(store: Store, claims: Iterable[Claim]) -> SearchIndex:
    """Return the index of some claims of a store. Linear in their text."""
    index = SearchIndex()
    topic_keys: dict[str, list[str]] = {}
    entity_keys: dict[str, frozenset[str]] = {}
    sums = [0] * len(FIELDS)
    for claim in claims:
        statement = tokenize(claim.statement)
        fields = (
            content_keys(statement),
            [key for topic in claim.topics for key in _topic_keys(store, topic, topic_keys)],
            sorted(_names_keys(store, claim, entity_keys)),
            [key for text in passage_texts(claim) for key in content_keys(tokenize(text))],
        )
        lengths = tuple(len(keys) for keys in fields)
        sums = [before + now for before, now in zip(sums, lengths, strict=True)]
        index.entries.append(Entry(claim, tuple(fields[0]), _scopes_of(claim, statement), lengths))
        _post(index, len(index.entries) - 1, fields)
    count = max(1, len(index.entries))
    index.average = tuple(max(1.0, total / count) for total in sums)
    index.words = sorted(index.postings)
    return index


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


def _post(index: SearchIndex, number: int, fields: tuple[list[str], ...]) -> None:
    for at, keys in enumerate(fields):
        for key in keys:
            counts = index.postings.setdefault(key, {}).setdefault(number, [0] * len(FIELDS))
            counts[at] += 1


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


def _entity_keys(store: Store, name: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
    """Keys of all names of an entity or relation; the marks of the phrase grammar fall away as marks do."""
    if name not in known:
        texts = [name.replace("-", " ")]
        if entity := store.entities.get(name):
            texts += [entity.label, *entity.names, *entity.abbreviations]
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

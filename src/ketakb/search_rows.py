"""Making the rows of the search index: which words stand in which claim, by their form-free keys, and how strongly.

`search_index` reads them. Nothing here knows of queries.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from ketakb.kept_rows import Row, packed
from ketakb.language.tokens import Token, tokenize
from ketakb.model import Claim, Store
from ketakb.search_words import content_keys, passage_texts, scopes
from ketakb.store.backed import each_claim

_WEIGHTS = (3.0, 2.0, 1.5, 1.0)
"""Of the fields: statement, topic, names, passages."""
_ASKED = (_WEIGHTS[0], 4 * _WEIGHTS[1], *_WEIGHTS[2:])
"""After "how": the question that a topic answers counts for more."""
_FLATNESS = (0.4, 0.3, 0.0, 0.5)
"""How much a longer field counts for less; name lists are sets, not prose."""
_STANDING = {"accepted": 1.0, "contested": 0.6, "unreviewed": 0.4, "superseded": 0.2, "rejected": 0.0}
_LONGEST_NAME = 5

_BITS = 16
_MOST_TIMES = (1 << _BITS) - 1
"""How often a field can hold a word."""


class _Postings:
    """Which claims hold each word, and how often in which field: a few bytes for each, where objects take hundreds."""

    def __init__(self) -> None:
        self._numbers: dict[str, array[int]] = {}
        self._counts: dict[str, array[int]] = {}

    def add(self, number: int, fields: Sequence[Iterable[str]]) -> None:
        """Add what the fields of a claim hold."""
        held: dict[str, int] = {}
        for at, keys in enumerate(fields):
            one = 1 << (_BITS * at)
            for key in keys:
                held[key] = held.get(key, 0) + one
        for key, counts in held.items():
            if key not in self._numbers:
                self._numbers[key], self._counts[key] = array("I"), array("Q")
            self._numbers[key].append(number)
            self._counts[key].append(counts)

    def words(self) -> list[str]:
        """Return all words, sorted."""
        return sorted(self._numbers)

    def take(self, key: str) -> tuple[array[int], array[int]]:
        """Return the claims that hold a word, with how often, and let go of them."""
        return self._numbers.pop(key), self._counts.pop(key)


def index_rows(store: Store) -> Iterator[Row]:
    """Yield the rows of the index of the claims of a store. Linear in their text."""
    known_topics: dict[str, list[str]] = {}
    known_entities: dict[str, frozenset[str]] = {}
    postings = _Postings()
    lengths: list[array[int]] = [array("I") for _ in _WEIGHTS]
    priors = array("f")
    for number, claim in enumerate(each_claim(store)):
        statement = tokenize(claim.statement)
        fields = (
            content_keys(statement),
            [key for topic in claim.topics for key in _topic_keys(store, topic, known_topics)],
            _names_keys(store, claim, known_entities),
            [key for text in passage_texts(claim) for key in content_keys(tokenize(text))],
        )
        for column, keys in zip(lengths, fields, strict=True):
            column.append(len(keys))
        priors.append(_prior(store, claim))
        postings.add(number, [field[:_MOST_TIMES] if type(field) is list else field for field in fields])
        yield "entry", str(number), [claim.id, fields[0], sorted(map(list, _scopes_of(claim, statement)))]
    yield "search", "", [len(priors)]
    count = max(1, len(priors))
    flat = [
        array("d", [1.0 - flatness + flatness * length / average for length in column])
        for flatness, column in zip(_FLATNESS, lengths, strict=True)
        for average in (max(1.0, sum(column) / count),)
    ]
    words = postings.words()
    for key in words:
        numbers, counts = postings.take(key)
        strengths = [_strengths(held, flat, number) for number, held in zip(numbers, counts, strict=True)]
        columns = (*zip(*strengths, strict=True), [priors[number] for number in numbers])
        yield "word", key, [packed("I", numbers), *(packed("f", column) for column in columns)]
    yield from _spelled(words)


def _spelled(words: Sequence[str]) -> Iterator[Row]:
    """Yield the words by how long they are, by their first two letters and by their last two."""
    parts: dict[tuple[str, str], list[str]] = {}
    for word in words:
        for place in (("length", str(len(word))), ("head", word[:2]), ("tail", word[-2:])):
            parts.setdefault(place, []).append(word)
    for (part, key), found in parts.items():
        yield part, key, " ".join(found)


def _strengths(held: int, flat: Sequence[array[float]], number: int) -> tuple[float, float]:
    """Return the saturated weights of a word in a claim, for a search and for a question."""
    told = asked = 0.0
    at = 0
    while held:
        count = held & _MOST_TIMES
        if count:
            told += _WEIGHTS[at] * count / flat[at][number]
            asked += _ASKED[at] * count / flat[at][number]
        held >>= _BITS
        at += 1
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


def _scopes_of(claim: Claim, statement: list[Token]) -> frozenset[tuple[str, str]]:
    said = claim.assertion
    whole = {"none"} if said.negated else set()
    whole |= {said.quantifier} if said.quantifier else set()
    whole |= {"only"} if said.only else set()
    return frozenset({*scopes(statement), *((name, "*") for name in whole)})

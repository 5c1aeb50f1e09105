"""From a store to its Lexicon: what is worked out of its words, as rows, and what is read from them again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, overload

from ketakb.errors import StoreError
from ketakb.extract.gate import Gate, measure_of, needed
from ketakb.extract.lexicon import REPAIRED_KINDS, Evoking, Lexicon, Members, OfKinds, OwnedFrame
from ketakb.kept import DamagedError, Held, Row, Rows
from ketakb.language.english import kept_rows, read_data, word_classes
from ketakb.language.patterns import PhraseError
from ketakb.language.phrases import PhraseBook, PhraseTrie
from ketakb.language.typos import Speller
from ketakb.model import Store
from ketakb.store import codec
from ketakb.values import dataclass


def compile_store(store: Store) -> Lexicon:
    """Return a store compiled for reading, from its kept rows where it has some.

    Raises StoreError for a phrase that does not follow the grammar.
    """
    if store.kept is None:
        return _read(store, Held(lexicon_rows(store)))
    return _read(store, store.kept)


def lexicon_rows(store: Store) -> Iterator[Row]:
    """Yield the rows of the lexicon of a store. Raises StoreError for a phrase that does not follow the grammar."""
    words = {
        relation.id: [f"rel:{relation.id}", *(f"en:{name}" for name in relation.classes)]
        for relation in store.relations.values()
    }
    polarity = {f"en:{one.name}": one.polarity for one in word_classes().values()}
    polarity |= {f"rel:{relation.id}": relation.polarity for relation in store.relations.values()}
    groups: dict[tuple[str, ...], int] = {}
    yield "lexicon", "", {
        "closure": {name: " ".join(sorted(store.ancestors(name))) for name in store.entities},
        "polarity": polarity,
        "relation_words": words,
        "family": [name for name in store.entities if store.subject and store.is_a(name, store.subject)],
        "kinds": {entity.id: entity.kind for entity in store.entities.values()},
        "loose": [
            entity.id
            for entity in store.entities.values()
            if entity.kind == "effect" and not entity.broader and any("*" in name for name in entity.names)
        ],
        "frames": [
            [kind, owner.id, at, [_number(group, groups) for group in needed(frame, words)], measure_of(frame)]
            for kind, owners in (("topic", store.topics.values()), ("wording", store.wording))
            for owner in owners
            for at, frame in enumerate(owner.frames)
        ],
        "groups": list(map(" ".join, groups)),
        "spelling": _spelling(store),
    }
    yield from _phrases(store)


def _number(group: frozenset[str], groups: dict[tuple[str, ...], int]) -> int:
    """Return the number of a group of concepts: many frames need the same."""
    return groups.setdefault(tuple(sorted(group)), len(groups))


_ENGLISH, _RELATIONS = 1_000_000, 2_000_000
_WORDS = re.compile(r"[^\s(|)?*]+")
"""Numbers of the first phrases that are the package's, and that are of relations of the store.

At one place names are told before general English, and that before what the store adds to it.
"""


def _phrases(store: Store) -> list[Row]:
    """Return the phrases of a store. Raises StoreError for one that does not follow the grammar."""
    book = PhraseBook()
    try:
        for entity in store.entities.values():
            for name in entity.names:
                book.add(name, entity.id, "name")
            for name in entity.abbreviations:
                book.add(name, entity.id, "name", case=True)
            for phrase in entity.excludes:
                book.add(phrase, entity.id, "exclude")
        book.count_from(_RELATIONS)
        for relation in store.relations.values():
            for phrase in relation.words:
                book.add(phrase, f"rel:{relation.id}", "verbs")
            for phrase in relation.nouns:
                book.add(phrase, f"rel:{relation.id}", "nouns")
    except PhraseError as error:
        raise StoreError(f"the vocabulary of the store {store.name}: {error}; `ketakb check` shows where") from error
    return list(book.rows())


def _english() -> Iterator[Row]:
    """Yield the phrases of general English, which are the same for all stores."""
    book = PhraseBook()
    book.count_from(_ENGLISH)
    for word_class in word_classes().values():
        for phrase, tag in word_class.phrases:
            book.add(phrase, f"en:{word_class.name}", tag)
    yield from book.rows()


def _spelling(store: Store) -> list[str]:
    """Return the words that others are repaired to, and those that need no repair, each in one text.

    The former are the store's names that hardly look like other words, and the package's telling words.
    """
    spelling = read_data("spelling")
    names = {
        name.lower() for entity in store.entities.values() if entity.kind in REPAIRED_KINDS for name in entity.names
    }
    known = {
        word for entity in store.entities.values() for name in entity.names for word in _WORDS.findall(name.lower())
    }
    terms = names | set(spelling["terms"])
    known |= set(spelling["known"]) | terms | {term + "s" for term in terms}
    return ["\n".join(sorted(terms)), "\n".join(sorted(known))]


def _read(store: Store, rows: Rows) -> Lexicon:
    """Return the lexicon of a store from its rows."""
    read = rows.sure("lexicon", "", _lexicon)
    return Lexicon(
        store,
        PhraseTrie([rows, kept_rows("phrases", _english)]),
        read.closure,
        read.polarity,
        read.words,
        _Frames(store, read.frames),
        Gate([([read.groups[at] for at in place[3]], place[4]) for place in read.frames], read.closure),
        read.family,
        read.kinds,
        read.loose,
        Speller(*read.spelling),
        members=Members(read.closure),
        of_kinds=OfKinds(read.kinds, read.closure),
        evoking=Evoking(store.entities),
    )


_Place = tuple[str, str, int, list[int], str]
"""Topic or wording, id of the one that owns a frame, its number there, the groups that it needs, what it measures."""


@dataclass(frozen=True, slots=True)
class _Read:
    closure: dict[str, frozenset[str]]
    polarity: dict[str, int]
    words: dict[str, frozenset[str]]
    family: frozenset[str]
    kinds: dict[str, str]
    loose: frozenset[str]
    frames: list[_Place]
    groups: list[frozenset[str]]
    spelling: tuple[list[str], list[str]]


def _lexicon(row: Any) -> _Read:
    if type(row) is not dict or len(row) != 9:
        raise DamagedError("no lexicon")
    sets = codec.mapping(lambda value: frozenset(codec.texts(value)))
    together = codec.mapping(lambda value: frozenset(codec.text(value).split()))
    groups = [frozenset(group.split()) for group in codec.texts(row["groups"])]
    numbers = frozenset(range(len(groups)))
    places: list[_Place] = []
    for place in row["frames"]:
        kind, owner, at, wanted, measure = place
        if kind not in ("topic", "wording") or not numbers.issuperset(wanted):
            raise DamagedError("a frame of nothing")
        places.append((kind, codec.text(owner), codec.whole(at), wanted, codec.text(measure)))
    terms, known = codec.texts(row["spelling"])
    return _Read(
        together(row["closure"]),
        codec.mapping(codec.whole)(row["polarity"]),
        sets(row["relation_words"]),
        frozenset(codec.texts(row["family"])),
        codec.mapping(codec.text)(row["kinds"]),
        frozenset(codec.texts(row["loose"])),
        places,
        groups,
        (terms.split("\n"), known.split("\n")),
    )


class _Frames(Sequence[OwnedFrame]):
    """The frames of a store, each taken from its owner when it is asked for."""

    def __init__(self, store: Store, places: list[_Place]) -> None:
        self._store, self._places = store, places
        self._rules = {rule.id: rule for rule in store.wording} if any(p[0] == "wording" for p in places) else {}
        self._known: dict[int, OwnedFrame] = {}

    @overload
    def __getitem__(self, index: int) -> OwnedFrame: ...
    @overload
    def __getitem__(self, index: slice) -> list[OwnedFrame]: ...
    def __getitem__(self, index: int | slice) -> OwnedFrame | list[OwnedFrame]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        found = self._known.get(index)
        if found is None:
            kind, owner, at, *_ = self._places[index]
            if kind == "topic":
                found = OwnedFrame(owner, self._store.topics[owner].frames[at])
            else:
                rule = self._rules[owner]
                found = OwnedFrame(rule.topic, rule.frames[at], rule.id)
            self._known[index] = found
        return found

    def __len__(self) -> int:
        return len(self._places)

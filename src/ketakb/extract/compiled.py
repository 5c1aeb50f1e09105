"""From a store to its Lexicon: what is worked out of its words, as rows, and what is read from them again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ketakb.errors import StoreError
from ketakb.extract.concepts import Members, OfKinds
from ketakb.extract.gate import Gate, Table, measure_of, needed, read_table, table_row
from ketakb.extract.lexicon import Frames, Lexicon, OwnedFrame
from ketakb.hints import Any, overload
from ketakb.kept_rows import DamagedError, Held, Row, Rows
from ketakb.language.english import kept_rows, read_data, word_classes
from ketakb.language.patterns import PhraseError
from ketakb.language.phrase_book import PhraseBook
from ketakb.language.phrases import PhraseTrie
from ketakb.language.typos import Speller, is_term, may_be_slip
from ketakb.model import Store
from ketakb.store import codec
from ketakb.store.backed import TOPIC, WORDING, frame_key
from ketakb.store.learned import Weights
from ketakb.terms import Frame
from ketakb.values import dataclass

_REPAIRED = frozenset({"drug", "receptor", "transmitter", "condition"})
"""Kinds of entity whose names are repaired where mistyped: names that hardly look like other English words."""


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
    polarity = {f"en:{one.name}": one.polarity for one in word_classes().values() if any(tag for _, tag in one.phrases)}
    polarity |= {f"rel:{relation.id}": relation.polarity for relation in store.relations.values()}
    owned = [(TOPIC, topic.id, topic.frames) for topic in store.topics.values()]
    owned += [(WORDING, rule.id, rule.frames) for rule in store.wording]
    yield "lexicon", "", {
        "polarity": polarity,
        "relation_words": words,
        "family": [name for name in store.entities if store.subject and store.is_a(name, store.subject)],
        "kinds": {entity.id: entity.kind for entity in store.entities.values()},
        "loose": [
            entity.id
            for entity in store.entities.values()
            if entity.kind == "effect" and not entity.broader and any("*" in name for name in entity.names)
        ],
        "evokes": {entity.id: entity.evokes for entity in store.entities.values() if entity.evokes},
        "frames": [[kind, owner, len(frames)] for kind, owner, frames in owned],
        "gate": table_row((needed(frame, words), measure_of(frame)) for *_, frames in owned for frame in frames),
        "spelling": _spelling(store),
    }
    yield from _phrases(store)


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
        name.lower() for entity in store.entities.values() if entity.kind in _REPAIRED for name in entity.names
    }
    known = {
        word for entity in store.entities.values() for name in entity.names for word in _WORDS.findall(name.lower())
    }
    terms = names | set(spelling["terms"])
    known |= set(spelling["known"]) | terms | {term + "s" for term in terms}
    return [" ".join(sorted(filter(is_term, terms))), " ".join(sorted(filter(may_be_slip, known)))]


def _read(store: Store, rows: Rows) -> Lexicon:
    """Return the lexicon of a store from its rows."""
    read = rows.sure("lexicon", "", _lexicon)
    wider = store.closure
    closure = {name: frozenset(store.ancestors(name)) for name in store.entities} if wider is None else dict(wider)
    return Lexicon(
        store,
        PhraseTrie([rows, kept_rows("phrases", _english)]),
        closure,
        read.polarity,
        read.words,
        _Frames(store, read.frames),
        Gate(read.table, closure),
        read.family,
        read.kinds,
        read.loose,
        Speller(*read.spelling),
        members=Members(closure),
        of_kinds=OfKinds(read.kinds, closure),
        evoking=read.evokes,
        weights=Weights(store.learned) if store.learned is not None else None,
    )


_Owner = tuple[str, str, int]
"""Topic or wording, the id of one that owns frames, and how many these are."""


@dataclass(frozen=True, slots=True)
class _Read:
    polarity: dict[str, int]
    words: dict[str, frozenset[str]]
    family: frozenset[str]
    kinds: dict[str, str]
    loose: frozenset[str]
    evokes: dict[str, str]
    frames: list[_Owner]
    table: Table
    spelling: tuple[list[str], list[str]]


def _lexicon(row: Any) -> _Read:
    if type(row) is not dict or len(row) != 9:
        raise DamagedError("no lexicon")
    sets = codec.mapping(lambda value: frozenset(codec.texts(value)))
    owners = [(codec.text(kind), codec.text(owner), codec.whole(count)) for kind, owner, count in row["frames"]]
    table = read_table(row["gate"])
    if any(kind not in (TOPIC, WORDING) for kind, *_ in owners):
        raise DamagedError("a frame of nothing")
    if min((count for *_, count in owners), default=0) < 0 or sum(count for *_, count in owners) != table.count:
        raise DamagedError("other frames than are told apart")
    terms, known = codec.texts(row["spelling"])
    return _Read(
        codec.mapping(codec.whole)(row["polarity"]),
        sets(row["relation_words"]),
        frozenset(codec.texts(row["family"])),
        codec.mapping(codec.text)(row["kinds"]),
        frozenset(codec.texts(row["loose"])),
        codec.mapping(codec.text)(row["evokes"]),
        owners,
        table,
        (terms.split(" "), known.split(" ")),
    )


class _Frames(Frames):
    """The frames of a store, each taken from its owner when it is asked for."""

    def __init__(self, store: Store, owners: list[_Owner]) -> None:
        self._store, self._owners = store, owners
        self._ends = list(accumulate(count for *_, count in owners))
        """For each that owns frames the number behind its last."""
        self._rules = {rule.id: rule for rule in store.wording}
        self._known: dict[int, OwnedFrame] = {}

    def several(self, indices: Sequence[int]) -> list[OwnedFrame]:
        """Return the frames of some indices, those that were not asked for before read at once."""
        known = self._known
        if missing := [index for index in indices if index not in known]:
            self._read(missing)
        return [known[index] for index in indices]

    def _read(self, indices: Sequence[int]) -> None:
        kept, places = self._store.kept, {index: self._place(index) for index in indices}
        frames: dict[str, Frame] = {}
        if kept is not None:
            frames = dict(kept.some("frames", [frame_key(*place) for place in places.values()], codec.frame))
        for index, (kind, owner, at) in places.items():
            rule = self._rules[owner] if kind == WORDING else None
            frame = frames.get(frame_key(kind, owner, at))
            if frame is None:
                frame = (rule or self._store.topics[owner]).frames[at]
            self._known[index] = OwnedFrame(owner, frame) if rule is None else OwnedFrame(rule.topic, frame, owner)

    def _place(self, index: int) -> tuple[str, str, int]:
        """Return what owns a frame, a topic or a wording rule, and which of its frames it is."""
        number = bisect_right(self._ends, index)
        kind, owner, count = self._owners[number]
        return kind, owner, index - self._ends[number] + count

    @overload
    def __getitem__(self, index: int) -> OwnedFrame: ...
    @overload
    def __getitem__(self, index: slice) -> list[OwnedFrame]: ...
    def __getitem__(self, index: int | slice) -> OwnedFrame | list[OwnedFrame]:
        if isinstance(index, slice):
            return self.several(range(*index.indices(len(self))))
        return self.several((index,))[0]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

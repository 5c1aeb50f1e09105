"""What `ketakb check` looks at in the words of a store: phrases that can be read, word classes that exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ketakb.language.english import word_classes
from ketakb.language.patterns import PhraseError, parse
from ketakb.model import Problem, Store
from ketakb.store.rules import UNKNOWN_CLASS, UNREADABLE_PHRASE
from ketakb.terms import Frame

_VOCABULARY = "vocabulary.yaml"


def check_words(store: Store) -> list[Problem]:
    """Return an error for each phrase that does not follow the grammar, and each word class that is not there."""
    return [*_phrases(store), *_classes(store)]


def _phrases(store: Store) -> Iterator[Problem]:
    for entity in store.entities.values():
        for phrase in (*entity.names, *entity.excludes):
            yield from _unreadable(store, entity.id, phrase)
    for relation in store.relations.values():
        for phrase in (*relation.words, *relation.nouns):
            yield from _unreadable(store, relation.id, phrase)


def _unreadable(store: Store, owner: str, phrase: str) -> Iterator[Problem]:
    try:
        parse(phrase)
    except PhraseError as error:
        path, line = _line_of(store, owner)
        message = f"`{owner}`: {error}; the grammar is in docs/store-format.md"
        yield Problem(UNREADABLE_PHRASE, path, line, 1, message)


def _classes(store: Store) -> Iterator[Problem]:
    known = frozenset(f"en:{name}" for name in word_classes())
    for relation in store.relations.values():
        for name in relation.classes:
            if f"en:{name}" not in known:
                path, line = _line_of(store, relation.id)
                yield Problem(UNKNOWN_CLASS, path, line, 1, _unknown(f"`{relation.id}`", name, known))
    for topic in store.topics.values():
        for frame in topic.frames:
            for concept in _concepts(frame):
                if concept.startswith("en:") and concept not in known:
                    where = f"frame `{frame.id}` of {topic.id}"
                    yield Problem(
                        UNKNOWN_CLASS, topic.path, topic.line, 1, _unknown(where, concept.removeprefix("en:"), known)
                    )


def _concepts(frame: Frame) -> Iterable[str]:
    yield from frame.lacking
    yield from frame.anchor
    for group in frame.having:
        yield from group


def _unknown(where: str, name: str, known: frozenset[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(f"en:{name}", known, 1)
    hint = f"; did you mean `{near[0].removeprefix('en:')}`?" if near else ""
    return f"{where}: `{name}` is not a word class of the package{hint}"


def _line_of(store: Store, owner: str) -> tuple[str, int]:
    """Return file and line at which an entity or relation of the top layer is defined; its first line if beneath."""
    path = Path(store.root) / _VOCABULARY
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return str(path), 1
    found = re.search(rf"^ +{re.escape(owner)}:", text, re.MULTILINE)
    return str(path), text.count("\n", 0, found.start()) + 1 if found else 1

"""`ketakb check` finds phrases that cannot be read and word classes that do not exist."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ketakb.errors import StoreError
from ketakb.extract.compiled import compile_store
from ketakb.language import segments
from ketakb.model import Store
from ketakb.store.load import load_store
from ketakb.store.locate import default_store
from ketakb.store.phrasing import check_words
from ketakb.terms import Frame


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(default_store())[0]


def test_the_shipped_words_are_sound(store: Store) -> None:
    assert check_words(store) == []


def with_name(store: Store, name: str) -> Store:
    entity = store.entities[store.subject or ""]
    return replace(store, entities={**store.entities, entity.id: replace(entity, names=(*entity.names, name))})


@pytest.mark.parametrize("name", ["(open bracket", "too) many", "", " ".join(["(a|b|c)"] * 11)])
def test_a_phrase_that_cannot_be_read(store: Store, name: str) -> None:
    broken = with_name(store, name)
    (problem,) = check_words(broken)
    assert (problem.rule, problem.severity) == ("KB125", "error")
    assert problem.line > 1
    with pytest.raises(StoreError, match="ketakb check"):
        compile_store(broken)


def test_a_word_class_that_is_not_there(store: Store) -> None:
    topic = next(iter(store.topics.values()))
    frame = Frame("odd", having=(("en:curee",),))
    broken = replace(store, topics={**store.topics, topic.id: replace(topic, frames=(*topic.frames, frame))})
    (problem,) = check_words(broken)
    assert problem.rule == "KB126"
    assert "did you mean `cure`" in problem.message


@pytest.mark.parametrize("path", sorted(Path(segments.__file__).parent.glob("en/*.yaml")), ids=lambda path: path.stem)
def test_no_word_list_names_a_thing_twice(path: Path) -> None:
    """YAML would take the last of two lists of one name and lose the first without a word."""
    names = [line.partition(":")[0] for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isalpha()]
    assert sorted(name for name in {*names} if names.count(name) > 1) == []

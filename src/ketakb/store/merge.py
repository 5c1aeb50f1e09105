"""Merging the vocabulary, topics, wording and sources of layers; the lowest layer comes first."""

from __future__ import annotations

from collections.abc import Iterable

from ketakb.errors import StoreError
from ketakb.hints import Any
from ketakb.model import Problem, Source
from ketakb.store.frames import unpack_frames, unpack_wording
from ketakb.store.layer import Layer
from ketakb.store.learned import Weights
from ketakb.store.rules import DUPLICATE_ID
from ketakb.terms import Entity, Learned, Relation, Topic, WordingRule
from ketakb.values import dataclass, field, replace
from ketakb.yamlio.faults import MISSING_KEY, WRONG_VALUE
from ketakb.yamlio.spec import Entry, Item


@dataclass(slots=True)
class Merged:
    """What all layers define together."""

    entities: dict[str, Entity] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    scales: dict[str, tuple[str, ...]] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    wording: dict[str, WordingRule] = field(default_factory=dict)
    learned: Learned | None = None
    places: dict[tuple[str, str], tuple[str, int, int]] = field(default_factory=dict)
    """File, line and column where (sort, id) was last defined."""


def merge(layers: Iterable[Layer], problems: list[Problem]) -> Merged:
    """Return what the layers define together, and add what does not fit to the problems.

    An entity, relation or topic that a layer names again is extended; a scale, source or wording rule is
    replaced.
    """
    into = Merged()
    for layer in layers:
        _vocabulary(layer, into, problems)
        _topics(layer, into, problems)
        into.sources.update((source.id, source) for source in layer.sources)
        _wording(layer, into, problems)
        if layer.learned is not None:
            into.learned = _learned(layer.learned, layer.path("learned.yaml"), problems)
    return into


def _learned(item: Item, path: str, problems: list[Problem]) -> Learned | None:
    """Return what was learned; None where a part is missing, which was told before, or damaged, which is told here."""
    if not all(key in item for key in ("made_of", "numbers", "record", "topics", "doubt", "by_topic")):
        return None
    topics = item["topics"]
    found = Learned(
        item["made_of"],
        {entry.id: entry.value for entry in item["numbers"]},
        {entry.id: entry.value for entry in item["record"]},
        tuple([entry.id for entry in topics]),
        tuple([entry.value for entry in topics]),
        item["doubt"],
        item["by_topic"],
    )
    try:
        Weights(found).check()
    except StoreError as error:
        problems.append(Problem(WRONG_VALUE, path, *item.place("doubt"), str(error)))
        return None
    return found


def _vocabulary(layer: Layer, into: Merged, problems: list[Problem]) -> None:
    path = layer.path("vocabulary.yaml")
    for entry in layer.vocabulary.get("entities", ()):
        item, known = entry.value, into.entities.get(entry.id)
        _note("entity", entry, path, into)
        if known is None:
            _require(("label", "kind"), "an entity", entry, path, problems)
        base = known or Entity(entry.id, entry.id, "notion")
        into.entities[entry.id] = replace(
            base,
            **_new(item, "label", "kind", "evokes"),
            **_longer(base, item, "names", "abbreviations", "broader", "excludes"),
        )
    for entry in layer.vocabulary.get("relations", ()):
        item, relation = entry.value, into.relations.get(entry.id)
        _note("relation", entry, path, into)
        if relation is None:
            _require(("label",), "a relation", entry, path, problems)
        found = relation or Relation(entry.id, entry.id)
        into.relations[entry.id] = replace(
            found,
            **_new(item, "label", "polarity", "opposite"),
            **_longer(found, item, "classes", "words", "nouns", "broader"),
        )
    for entry in layer.vocabulary.get("scales", ()):
        _note("scale", entry, path, into)
        into.scales[entry.id] = entry.value


def _topics(layer: Layer, into: Merged, problems: list[Problem]) -> None:
    path = layer.path("topics.yaml")
    for entry in layer.topics:
        item, known = entry.value, into.topics.get(entry.id)
        _note("topic", entry, path, into)
        if known is None:
            _require(("title", "question", "comparator"), "a topic", entry, path, problems)
        base = known or Topic(entry.id, entry.id, "", "", layer=layer.name)
        frames = unpack_frames(item.get("frames", ()), len(base.frames) + 1)
        _frame_ids(item.get("frames", ()), path, problems, {frame.id for frame in base.frames})
        into.topics[entry.id] = replace(
            base,
            **_new(item, "title", "question", "comparator"),
            **_longer(base, item, "needs"),
            settings={**base.settings, **item.get("settings", {})},
            frames=(*base.frames, *frames),
            path=path,
            line=entry.line,
        )


def _wording(layer: Layer, into: Merged, problems: list[Problem]) -> None:
    seen: dict[str, int] = {}
    for item, path in layer.wording:
        rule = item.get("id")
        if rule is None:
            continue
        line, column = item.place("id")
        if rule in seen:
            message = f"`{rule}` is also the id of the rule in line {seen[rule]}; give one of them another id"
            problems.append(Problem(DUPLICATE_ID, path, line, column, message))
            continue
        seen[rule] = line
        _frame_ids(item.get("frames", ()), path, problems, set())
        into.wording[rule] = unpack_wording(item, layer.name)
        into.places["wording rule", rule] = (path, line, column)


def _frame_ids(items: Iterable[Item], path: str, problems: list[Problem], seen: set[str]) -> None:
    for item in items:
        name = item.get("id")
        if name in seen:
            message = (
                f"`{name}` is the id of another frame of the same topic or rule; give one of them another id"
            )
            problems.append(Problem(DUPLICATE_ID, path, *item.place("id"), message))
        elif name is not None:
            seen.add(name)


def _note(sort: str, entry: Entry, path: str, into: Merged) -> None:
    into.places[sort, entry.id] = (path, entry.line, entry.column)


def _require(keys: tuple[str, ...], what: str, entry: Entry, path: str, problems: list[Problem]) -> None:
    """Note the keys that a new thing must have; one that extends a thing of a lower layer need not."""
    for key in keys:
        if key not in entry.value:
            message = f"`{key}` is missing in {what}; add `{key}:` to `{entry.id}`"
            problems.append(Problem(MISSING_KEY, path, entry.line, entry.column, message))


def _new(item: Item, *keys: str) -> dict[str, Any]:
    return {key: item[key] for key in keys if key in item}


def _longer(base: Entity | Relation | Topic, item: Item, *keys: str) -> dict[str, Any]:
    """Return the tuples of the thing beneath with those of the layer added, each value once."""
    return {key: tuple(dict.fromkeys((*getattr(base, key), *item[key]))) for key in keys if key in item}

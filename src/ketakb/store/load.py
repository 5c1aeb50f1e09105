"""From the folder of a store to a Store: layers found, read, merged and held against each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ketakb.hints import Any
from ketakb.model import Problem, Store
from ketakb.store.bulk import uncollected
from ketakb.store.claims import ClaimBuilder
from ketakb.store.consistency import check_references, check_vocabulary, known_ids, unsettled
from ketakb.store.layer import Layer, Reading, read_claims, read_layer, read_settings
from ketakb.store.locate import STORE_FILE, beneath, require_store
from ketakb.store.merge import merge
from ketakb.store.proposed import Proposed, read_proposed
from ketakb.store.remembered import Memory
from ketakb.store.rules import LAYER
from ketakb.yamlio.faults import MISSING_KEY
from ketakb.yamlio.spec import Item


def load_store(
    path: Path,
    proposed: Proposed | None = None,
    memory: Memory | None = None,
    told: Callable[[int], None] | None = None,
) -> tuple[Store, list[Problem]]:
    """Return the store in a folder, merged with the layers beneath, and every problem that makes it unsound.

    Problems come in the order of files and lines; their paths begin with `path` as it was given. The store is
    as complete as it can be: what was wrong is left out. What is `proposed` is read as though it stood
    in files of the folder; `memory` is what files were read as before; `told` is called with the bytes of each file.
    Raises StoreError only where the folder is no store.
    """
    require_store(path)
    with uncollected():
        return _load(path, proposed, Reading(memory=memory or Memory(), told=told))


def _load(path: Path, proposed: Proposed | None, reading: Reading) -> tuple[Store, list[Problem]]:
    layers = [read_layer(folder, settings, reading) for folder, settings in _chain(path, reading)]
    new = read_proposed(proposed, reading) if proposed is not None else None
    if new is not None:
        there = {source.id for layer in layers for source in layer.sources}
        layers[-1].sources += new.new_sources(there, layers[-1].name)
    problems = reading.problems
    merged = merge(layers, problems)
    settings = _settings(layers, problems)
    known = known_ids(merged, settings.get("kinds", ()))
    named = unsettled(reading.references, known)
    reading.references.clear()
    builder = ClaimBuilder(merged.topics, merged.sources, problems)
    for layer in layers:
        builder.begin(layer)
        for items, file in read_claims(layer, reading):
            builder.add(items, file)
            # most are settled at once: a store has millions of them
            named += unsettled(reading.references, known)
            reading.references.clear()
        if new is not None and layer is layers[-1]:
            builder.add(new.new_claims(builder.known), new.path)
        builder.review(layer)
    store = Store(
        name=layers[-1].name,
        title=settings.get("title", layers[-1].name),
        language=settings.get("language", "en"),
        jurisdiction=settings.get("jurisdiction", "US"),
        copy_kind=settings.get("copy_kind", "editorial"),
        kinds=settings.get("kinds", ()),
        weak_from=settings.get("weak_from", ""),
        entities=merged.entities,
        relations=merged.relations,
        scales=merged.scales,
        topics=merged.topics,
        claims=builder.claims,
        sources=merged.sources,
        wording=tuple(merged.wording.values()),
        learned=merged.learned,
        layers=tuple(layer.name for layer in layers),
        subject=settings.get("subject"),
        digest=reading.digest(),
        root=str(path),
    )
    check_references(named, {**known, "claim": builder.known}, reading)
    check_vocabulary(store, merged.places, problems)
    return store, sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column))


def layer_folders(path: Path) -> list[Path]:
    """Return the folders that a store is read from: its own last, those of the layers beneath before it."""
    return [folder for folder, _ in _chain(path, Reading())]


def layers_of(path: Path) -> list[tuple[Path, str | None]]:
    """Return the folders that a store is read from, its own first, each with what it says that it extends."""
    return [(folder, settings.get("extends")) for folder, settings in _chain(path, Reading())[::-1]]


def _chain(path: Path, reading: Reading) -> list[tuple[Path, Item]]:
    """Return the folders of all layers with what their store.yaml says, the lowest first."""
    chain: list[tuple[Path, Item]] = []
    seen: set[Path] = set()
    folder: Path | None = path
    while folder is not None:
        seen.add(folder.resolve())
        settings = read_settings(folder, reading)
        chain.append((folder, settings))
        extends = settings.get("extends")
        if extends is None:
            break
        below = beneath(extends, folder)
        message = None
        if below is None:
            message = (
                f"`{extends}` is no store; write the path of a folder with a store.yaml, relative to "
                f"{folder}, or `default` for the store of the package"
            )
        elif below.resolve() in seen:
            message = f"`{extends}` leads back to a layer above it; let the lowest layer extend nothing"
            below = None
        if message is not None:
            reading.problems.append(
                Problem(LAYER, str(folder / STORE_FILE), *settings.place("extends"), message)
            )
        folder = below
    return chain[::-1]


def _settings(layers: list[Layer], problems: list[Problem]) -> dict[str, Any]:
    """Return the settings of all layers, upper over lower; the lowest must say what others may leave out."""
    lowest = layers[0]
    if "extends" not in lowest.settings:
        for key in ("title", "kinds", "weak_from"):
            if key not in lowest.settings.places:
                message = f"`{key}` is missing in {STORE_FILE}; add it, or `extends:` with the store beneath"
                problems.append(Problem(MISSING_KEY, lowest.path(STORE_FILE), 1, 1, message))
    return {key: value for layer in layers for key, value in layer.settings.items()}

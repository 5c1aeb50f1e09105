"""Reading the files of one store folder, before layers are merged."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from ketakb.model import Problem, Source
from ketakb.store.locate import REVIEWS_FILE, STORE_FILE
from ketakb.store.remembered import Memory
from ketakb.store.sources import read_front, read_source
from ketakb.store.specs import CLAIMS, REVIEWS, STORE, TOPICS, VOCABULARY, WORDING
from ketakb.values import dataclass, field
from ketakb.yamlio.context import Context, Reference, Type
from ketakb.yamlio.faults import SYNTAX, UNREADABLE
from ketakb.yamlio.read import read_raw, read_yaml
from ketakb.yamlio.spec import Entry, Item

_DEFINES = {
    STORE_FILE: ("kind",),
    "vocabulary.yaml": ("entity", "relation", "concept", "scale"),
    "topics.yaml": ("topic",),
}


@dataclass(slots=True)
class Layer:
    """What the files of one folder hold, as read."""

    folder: Path
    settings: Item
    name: str
    vocabulary: Item
    topics: list[Entry] = field(default_factory=list)
    claims: list[tuple[Item, str]] = field(default_factory=list)
    """Claims with the file that each stands in."""
    reviews: list[tuple[Item, str]] = field(default_factory=list)
    """Reviews of claims of the stores beneath."""
    wording: list[tuple[Item, str]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def path(self, name: str) -> str:
        """Return a file of the folder as messages call it."""
        return str(self.folder / name)


@dataclass(slots=True)
class Reading:
    """What reading any number of layers collects."""

    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    """Sorts of ids of which some may have been lost to a syntax error, so that a missing one says nothing."""
    digests: list[str] = field(default_factory=list)
    last: str = ""
    """Digest of the file that was read last."""
    memory: Memory = field(default_factory=Memory)
    """What files were read as before."""

    def context(self, path: str) -> Context:
        """Return a context for one file that adds to this reading."""
        return Context(path, problems=self.problems, references=self.references)

    def text(self, path: Path, name: str, into: Context) -> str | None:
        """Return the text of a file and take its bytes into the digest."""
        found = read_raw(path, into)
        if found is None:
            return None
        raw, text = found
        self.last = hashlib.sha256(raw).hexdigest()
        self.digests.append(f"{name} {self.last}")
        return text

    def yaml(self, folder: Path, name: str, type_: Type) -> Any | None:
        """Return what a type reads from a file of a folder, or None where there is nothing."""
        path = folder / name
        if not path.exists():
            return None
        into = self.context(str(path))
        before = len(self.problems)
        text = self.text(path, name, into)
        value = None
        if text is not None:
            sort = "claims" if name.startswith("claims/") else name
            value = self.memory.once(f"{sort} {self.last}", into, partial(read_yaml, text, type_, into))
        if any(problem.rule in (UNREADABLE, SYNTAX) for problem in self.problems[before:]):
            self.torn.update(_DEFINES.get(name, ("claim",)))
        return value


def read_settings(folder: Path, reading: Reading) -> Item:
    """Return what the store.yaml of a folder says; empty where it says nothing right."""
    found = reading.yaml(folder, STORE_FILE, STORE)
    return found if isinstance(found, Item) else Item(1, 1)


def read_layer(folder: Path, settings: Item, reading: Reading) -> Layer:
    """Return the content of all other files of a folder; files that are not there are empty."""
    name = settings.get("name", folder.name)
    vocabulary = reading.yaml(folder, "vocabulary.yaml", VOCABULARY)
    layer = Layer(folder, settings, name, vocabulary if vocabulary is not None else Item(1, 1))
    layer.topics = reading.yaml(folder, "topics.yaml", TOPICS) or []
    layer.wording = [
        (item, layer.path("wording.yaml")) for item in reading.yaml(folder, "wording.yaml", WORDING) or ()
    ]
    parts = sorted(path.name for path in (folder / "claims").glob("*.yaml"))
    for part in ["claims.yaml", *(f"claims/{part}" for part in parts)]:
        layer.claims += [(item, layer.path(part)) for item in reading.yaml(folder, part, CLAIMS) or ()]
    reviews = reading.yaml(folder, REVIEWS_FILE, REVIEWS) or ()
    layer.reviews = [(item, layer.path(REVIEWS_FILE)) for item in reviews]
    for path in sorted((folder / "sources").glob("*.md")):
        into = reading.context(str(path))
        text = reading.text(path, f"sources/{path.name}", into)
        if text is None:
            reading.torn.add("source")
        else:
            front = reading.memory.once(f"source {reading.last}", into, partial(read_front, text, into))
            layer.sources.append(read_source(text, front, path, name, into))
    return layer

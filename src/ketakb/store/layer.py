"""Reading the files of one store folder, before layers are merged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ketakb.hints import Any
from ketakb.model import Problem, Source
from ketakb.store.locate import REVIEWS_FILE, STORE_FILE
from ketakb.store.remembered import Memory
from ketakb.store.sources import read_front, read_source
from ketakb.store.specs import CLAIMS, LEARNED, REVIEWS, STORE, TOPICS, VOCABULARY, WORDING
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
    """What the files of one folder hold, as read; all but the claims, which are many."""

    folder: Path
    settings: Item
    name: str
    vocabulary: Item
    topics: list[Entry] = field(default_factory=list)
    reviews: list[tuple[Item, str]] = field(default_factory=list)
    """Reviews of claims of the stores beneath."""
    wording: list[tuple[Item, str]] = field(default_factory=list)
    learned: Item | None = None
    sources: list[Source] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    """Where the reading notes the digests of the claims."""

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
    digests: list[list[str]] = field(default_factory=lambda: [[]])
    """Digests of files, each group in the order of reading."""
    last: str = ""
    """Digest of the file that was read last."""
    memory: Memory = field(default_factory=Memory)
    """What files were read as before."""
    told: Callable[[int], None] | None = None
    """Is called with the number of bytes of each file, once these are there."""

    def digest(self) -> str:
        """Return the digest of all files that were read."""
        lines = [line for group in self.digests for line in group]
        return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def context(self, path: str) -> Context:
        """Return a context for one file that adds to this reading."""
        return Context(path, problems=self.problems, references=self.references)

    def text(self, path: Path, name: str, into: Context, group: list[str] | None = None) -> str | None:
        """Return the text of a file and note a digest of its bytes, in the last group or the one given."""
        found = read_raw(path, into)
        if found is None:
            return None
        raw, text = found
        if self.told is not None:
            self.told(len(raw))
        self.last = hashlib.sha256(raw).hexdigest()
        (self.digests[-1] if group is None else group).append(f"{name} {self.last}")
        return text

    def yaml(self, folder: Path, name: str, type_: Type, group: list[str] | None = None) -> Any | None:
        """Return what a type reads from a file of a folder, or None where there is nothing."""
        path = folder / name
        if not path.exists():
            return None
        into = self.context(str(path))
        before = len(self.problems)
        text = self.text(path, name, into, group)
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
    """Return the content of all other files of a folder but the claims; files that are not there are empty."""
    name = settings.get("name", folder.name)
    vocabulary = reading.yaml(folder, "vocabulary.yaml", VOCABULARY)
    layer = Layer(folder, settings, name, vocabulary if vocabulary is not None else Item(1, 1))
    layer.topics = reading.yaml(folder, "topics.yaml", TOPICS) or []
    layer.wording = [
        (item, layer.path("wording.yaml")) for item in reading.yaml(folder, "wording.yaml", WORDING) or ()
    ]
    layer.learned = reading.yaml(folder, "learned.yaml", LEARNED)
    reading.digests += [layer.digests, []]  # a store has the digest that it had when claims were read here
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


def read_claims(layer: Layer, reading: Reading) -> Iterator[tuple[tuple[Item, ...], str]]:
    """Yield the claims of a layer, file by file, with the file as messages call it.

    What a file held need not be kept once the next is asked for.
    """
    parts = sorted(path.name for path in (layer.folder / "claims").glob("*.yaml"))
    for part in ["claims.yaml", *(f"claims/{part}" for part in parts)]:
        yield reading.yaml(layer.folder, part, CLAIMS, layer.digests) or (), layer.path(part)

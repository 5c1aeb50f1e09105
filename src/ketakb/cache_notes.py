"""What the rows of a kept store were made of, by which it is told whether they still hold: files and version."""

from __future__ import annotations

import os
import sqlite3
import time
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ketakb.built import READS
from ketakb.hints import Any
from ketakb.kept import Kept
from ketakb.kept_rows import DamagedError, Row, mark, packed, rewrite, unpacked
from ketakb.store import codec
from ketakb.store.state import Digests, Files, LayerState, Marked, state_of
from ketakb.values import dataclass, replace
from ketakb.version import __version__

FORMAT = 4
"""Number of the form of the rows; another one is not read."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the rows were made from."""

    format: int
    version: str
    package: str
    path: str
    layers: tuple[Marked, ...]


def _files(row: Any) -> Files:
    """Return the files of a folder from two texts: there may be ten thousand."""
    names, stamps = codec.texts(row)
    found = Files(tuple(names.split("//")), unpacked("q", stamps))
    if len(found.stamps) != 4 * len(found.names):
        raise DamagedError("files without stamps")
    return found


_marked = codec.record(Marked)
as_note = codec.record(Note, layers=codec.many(_marked))
_many_files = codec.many(_files)
_digests = codec.many(codec.mapping(codec.text))


def noted(kept: Kept, layers: int) -> list[tuple[Files, Digests]]:
    """Return what the files of each of so many layers were, and digests of what they held. Raises DamagedError."""
    files, digests = kept.sure("files", "", _many_files), kept.sure("digests", "", _digests)
    if not len(files) == len(digests) == layers:
        raise DamagedError("files of other layers")
    return list(zip(files, digests, strict=True))


def built_notes(path: Path) -> list[Row]:
    """Return the rows that tell what the store in a folder is made of by contents alone. Raises OSError."""
    layers = [
        replace(state, files=Files(state.files.names, array("q", (-1, 0, 0, 0)) * len(state.files.names)))
        for _, (state, _) in states_of(path) or ()
    ]
    return rows_of(Note(FORMAT, __version__, "", "", marks(layers)), layers)


States = list[tuple[Path, tuple[LayerState, Digests]]]
"""The folders of all layers, the top one first, each with its files as they are."""


def states_of(path: Path) -> States | None:
    """Return what a store is read from; None where a folder cannot be read."""
    from ketakb.store.load import layers_of

    now = time.time_ns()
    try:
        return [(folder, state_of(folder, extends, now)) for folder, extends in layers_of(path)]
    except OSError:
        return None


def note_rows(path: Path, layers: Sequence[LayerState]) -> list[Row]:
    """Return the rows that tell what the rows of a store were made from."""
    return rows_of(Note(*of_package(path), marks(layers)), layers)


def rows_of(note: Note, layers: Sequence[LayerState]) -> list[Row]:
    """Return a note as rows, with the files of each layer."""
    files = [["//".join(state.files.names), packed("q", state.files.stamps)] for state in layers]
    return [("note", "", codec.encoded(note)), ("files", "", files)]


def marks(layers: Sequence[LayerState]) -> tuple[Marked, ...]:
    """Return the layers as a note tells of them."""
    return tuple(Marked(state.extends, state.files.mark()) for state in layers)


def note_anew(kept: Kept, notes: Sequence[Row]) -> None:
    """Write a file again of which only the notes have changed."""
    try:
        rewrite(kept.path, notes, kept.path)
    except (OSError, sqlite3.Error, ValueError):
        return  # the next run will look at the contents again


def of_package(path: Path) -> tuple[int, str, str, str]:
    """Return what rows depend on besides the files of the store."""
    return FORMAT, __version__, _package(), os.path.realpath(path)


@cache
def _package() -> str:
    """Return a mark of the code and the word lists that decide what is compiled, as they were when first asked."""
    package = Path(__file__).parent
    seen = []
    for folder in READS:
        with os.scandir(package / folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".yaml")):
                    found = entry.stat()
                    seen.append(f"{folder}/{entry.name} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
    return mark("\n".join(seen))

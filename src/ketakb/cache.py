"""Opening a store by way of the user's cache: what was read and compiled of it before is not done again.

Never required: where the cache cannot be read or written, the store is read from its folder. It holds what the files
of the store and of the package hold, and nothing of any draft.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from ketakb.built import READS, built, taken
from ketakb.errors import StoreError, UsageError
from ketakb.kept import DamagedError, Kept, Row, cache_folder, mark, rewrite, write
from ketakb.model import Problem, Store
from ketakb.results import KeptFile
from ketakb.room import OURS, make_room, used
from ketakb.store import codec
from ketakb.store.backed import backed_store
from ketakb.store.state import LayerState, files_of, is_still, look_at, state_of
from ketakb.values import dataclass, replace
from ketakb.version import __version__

FORMAT = 3
"""Number of the form of the rows; another one is not read."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What the rows were made from."""

    format: int
    version: str
    package: str
    path: str
    layers: tuple[LayerState, ...]


_layer = codec.record(
    LayerState, files=codec.mapping(codec.many(codec.whole)), digests=codec.mapping(codec.text)
)
_note = codec.record(_Note, layers=codec.many(_layer))


def open_store(path: Path) -> tuple[Store, list[Problem]]:
    """Return the store in a folder and every problem that makes it unsound, as load_store does.

    It is read from the user's cache where that is up to date, else written to it. Raises StoreError where the folder
    is no store.
    """
    from ketakb.store.locate import require_store

    require_store(path)
    folder = cache_folder()
    if folder is None:
        return _load(path)
    file = folder / _name_of(path)
    found = _warm(path, file) or _as_built(path, file)
    return (found, []) if found is not None else _cold(path, file)


def _name_of(path: Path) -> str:
    """Return the name of the file that the rows of a store are kept in."""
    real = os.path.realpath(path)
    name = "".join(letter if letter.isalnum() else "-" for letter in Path(real).name)[:32]
    return f"{name}-{mark(real)}.sqlite"


def _warm(path: Path, file: Path) -> Store | None:
    """Return the store as it was kept, or None where it is not, or not as its files are now."""
    try:
        kept = Kept(file)
    except (OSError, DamagedError):
        return None
    try:
        note = kept.sure("note", "", _note)
        if (note.format, note.version, note.package, note.path) != _of_package(path):
            raise DamagedError("made by another version, or of another store")
        drift = look_at(path, note.layers, time.time_ns())
        if drift.changed:
            raise DamagedError("made of other files")
        store = backed_store(kept, path, tuple(folder for folder, _ in drift.layers))
    except (OSError, DamagedError):
        kept.close()
        return None
    if drift.touched:
        _note_anew(kept, replace(note, layers=tuple(layer for _, layer in drift.layers)))
    used(file)
    kept.mend = lambda: _mended(path, store.digest)
    return store


def _as_built(path: Path, file: Path) -> Store | None:
    """Return the store as the package carries it compiled, and keep that; None where it is another, or is not there."""
    kept = built("store")
    if kept is None:
        return None
    try:
        (layer,) = kept.sure("note", "", _note).layers
        if files_of(path).keys() != layer.files.keys():
            raise DamagedError("another store")
        drift = look_at(path, (layer,), time.time_ns())
        if drift.changed:
            raise DamagedError("made of other files")
        store = backed_store(kept, path, tuple(folder for folder, _ in drift.layers))
        note = _Note(*_of_package(path), tuple(layer for _, layer in drift.layers))
    except (OSError, DamagedError, ValueError):
        kept.close()
        return None
    if taken(kept, file, ("note", "", codec.encoded(note))):
        make_room(file)
        if (found := _warm(path, file)) is not None:
            kept.close()
            return found
    kept.mend = lambda: _mended(path, store.digest)
    return store


def note_of(path: Path) -> Row:
    """Return the row that tells what the store in a folder is made of by contents alone. Raises OSError."""
    layers = tuple(replace(state, files=dict.fromkeys(state.files, (-1, 0, 0, 0))) for _, state in _states(path) or ())
    return "note", "", codec.encoded(_Note(FORMAT, __version__, "", "", layers))


def _cold(path: Path, file: Path) -> tuple[Store, list[Problem]]:
    """Return the store as it is in its folder, and keep it for the next time."""
    from ketakb.store.load import load_store
    from ketakb.store.remembered import Memory

    states = _states(path)
    memory = Memory(_remembered(path, file))
    store, problems = load_store(path, memory=memory)
    if problems or states is None:
        return store, problems
    try:
        write(file, chain(_rows(path, store, states), _parsed(memory.made)))
    except (OSError, sqlite3.Error, ValueError):
        return store, problems
    make_room(file)
    return _warm(path, file) or store, problems


def _remembered(path: Path, file: Path) -> Callable[[str], Any]:
    """Return what tells how a file of a store was read before, where the same package read it."""
    with suppress(OSError, DamagedError):
        kept = Kept(file)
        note = kept.sure("note", "", _note)
        if (note.format, note.version, note.package) == _of_package(path)[:3]:
            return lambda key: _if_sound(kept, key)
    return lambda key: None


def _if_sound(kept: Kept, key: str) -> Any:
    try:
        return kept.one("parsed", key, lambda row: row)
    except DamagedError:
        return None


def _parsed(made: dict[str, Any]) -> Iterator[Row]:
    return (("parsed", key, row) for key, row in made.items())


def _load(path: Path) -> tuple[Store, list[Problem]]:
    from ketakb.store.load import load_store

    return load_store(path)


def _mended(path: Path, digest: str) -> Iterator[Row]:
    """Yield all rows of a store anew."""
    states = _states(path)
    store, problems = _load(path)
    if problems or states is None or store.digest != digest:
        raise StoreError(f"{path}: the store was changed while it was read; run the command again")
    return _rows(path, store, states)


def _states(path: Path) -> list[tuple[Path, LayerState]] | None:
    """Return the folders of all layers, the top one first, each with its files; None where one cannot be read."""
    from ketakb.store.load import layers_of

    now = time.time_ns()
    try:
        return [(folder, state_of(folder, extends, now)) for folder, extends in layers_of(path)]
    except OSError:
        return None


def _rows(path: Path, store: Store, states: list[tuple[Path, LayerState]]) -> Iterator[Row]:
    """Yield all rows of a store. Raises ValueError where its files have changed since."""
    from ketakb.extract.compiled import lexicon_rows
    from ketakb.search_index import index_rows
    from ketakb.store.backed import store_rows

    for folder, state in states:
        if files_of(folder).keys() != state.files.keys() or not is_still(folder, state):
            raise ValueError("the store was changed while it was read")
    places = {
        str(folder / name): f"{number}/{name}"
        for number, (folder, state) in enumerate(states)
        for name in state.files
    }
    yield "note", "", codec.encoded(_Note(*_of_package(path), tuple(state for _, state in states)))
    yield from store_rows(store, places)
    yield from index_rows(store)
    yield from lexicon_rows(store)


def _note_anew(kept: Kept, note: _Note) -> None:
    """Write a file again of which only the note has changed."""
    try:
        rewrite(kept.path, [("note", "", codec.encoded(note))], kept.path)
    except (OSError, sqlite3.Error, ValueError):
        return  # the next run will look at the contents again


def _of_package(path: Path) -> tuple[int, str, str, str]:
    """Return what rows depend on besides the files of the store."""
    package = Path(__file__).parent
    seen = []
    for folder in READS:
        with os.scandir(package / folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".yaml")):
                    found = entry.stat()
                    seen.append(f"{folder}/{entry.name} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
    return FORMAT, __version__, mark("\n".join(seen)), os.path.realpath(path)


def files() -> list[KeptFile]:
    """Return the files of the cache, by name."""
    folder = cache_folder()
    if folder is None or not folder.is_dir():
        return []
    found = [path for path in sorted(folder.iterdir()) if path.is_file() and OURS.match(path.name)]
    return [KeptFile(str(path), path.stat().st_size, _made_of(path)) for path in found]


def _made_of(path: Path) -> str:
    if path.name.startswith("."):
        return "unfinished"
    if path.name.startswith("english-"):
        return "words of the package"
    try:
        kept = Kept(path)
        note = kept.sure("note", "", _note)
        kept.close()
    except (OSError, DamagedError):
        return "damaged, or of another version"
    return str(note.path)


def clear(found: Sequence[KeptFile]) -> None:
    """Delete files of the cache. Raises UsageError for one that cannot be deleted."""
    for file in found:
        try:
            Path(file.path).unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(f"{file.path}: cannot be deleted: {error.strerror or error}") from error

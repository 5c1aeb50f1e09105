"""Opening a store by way of the user's cache: what was read and compiled of it before is not done again.

Never required: where the cache cannot be read or written, the store is read from its folder. It holds what the files
of the store and of the package hold, and nothing of any draft.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path

from ketakb.built import built, taken
from ketakb.errors import StoreError, UsageError
from ketakb.hints import TYPE_CHECKING, Any
from ketakb.kept import Kept
from ketakb.kept_rows import DamagedError, Held, Row, mark, write
from ketakb.model import Problem, Store
from ketakb.results import KeptFile
from ketakb.room import OURS, cache_folder, make_room, used
from ketakb.store import codec
from ketakb.store.backed import backed_store
from ketakb.store.bulk import uncollected
from ketakb.store.state import files_of, is_still, look_at
from ketakb.values import replace

if TYPE_CHECKING:
    from ketakb.search_index import SearchIndex
from ketakb.cache_notes import States, as_note, note_anew, note_rows, noted, of_package, states_of

_AT_ONCE = 500
"""Rows after which it is told how far it is."""

Told = Callable[[str, float], None]
"""Is called with what is being done that may take long, and how much of it is done: from 0 to 1."""


def open_store(path: Path, told: Told | None = None) -> tuple[Store, list[Problem]]:
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
    return (found, []) if found is not None else _cold(path, file, told)


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
        note = kept.sure("note", "", as_note)
        if (note.format, note.version, note.package, note.path) != of_package(path):
            raise DamagedError("made by another version, or of another store")
        drift = look_at(path, note.layers, lambda: noted(kept, len(note.layers)), time.time_ns())
        if drift.changed:
            raise DamagedError("made of other files")
        store = backed_store(kept, path, tuple(folder for folder, _ in drift.layers))
    except (OSError, DamagedError):
        kept.close()
        return None
    if drift.touched:
        note_anew(kept, note_rows(path, [layer for _, layer in drift.layers]))
    used(file)
    _ready(kept, path, store)
    return store


def _ready(kept: Kept, path: Path, store: Store) -> None:
    kept.mend = lambda: _mended(path, store.digest)
    kept.made_of = " ".join(map(str, (*of_package(path)[:3], store.digest)))


def _as_built(path: Path, file: Path) -> Store | None:
    """Return the store as the package carries it compiled, and keep that; None where it is another, or is not there."""
    kept = built("store")
    if kept is None:
        return None
    try:
        (layer,), ((files, _),) = kept.sure("note", "", as_note).layers, noted(kept, 1)
        if set(files_of(path).names) != set(files.names):
            raise DamagedError("another store")
        drift = look_at(path, (layer,), lambda: noted(kept, 1), time.time_ns())
        if drift.changed:
            raise DamagedError("made of other files")
        store = backed_store(kept, path, tuple(folder for folder, _ in drift.layers))
        notes = note_rows(path, [layer for _, layer in drift.layers])
    except (OSError, DamagedError, ValueError):
        kept.close()
        return None
    if taken(kept, file, notes):
        make_room(file)
        if (found := _warm(path, file)) is not None:
            kept.close()
            return found
    _ready(kept, path, store)
    return store


def _cold(path: Path, file: Path, told: Told | None) -> tuple[Store, list[Problem]]:
    """Return the store as it is in its folder, and keep it for the next time."""
    from ketakb.store.load import load_store
    from ketakb.store.remembered import Memory

    states = states_of(path)
    memory = Memory(_remembered(path, file))
    size = sum(sum(state.files.stamps[::4]) for _, (state, _) in states or ())
    store, problems = load_store(path, memory=memory, told=told and _adding("reading the store", size, told))
    if problems or states is None:
        return store, problems
    try:
        rows = chain(_rows(path, store, states), _parsed(memory.made))
        count = 2 * (len(store.entities) + len(store.topics)) + len(store.claims) + len(store.sources)
        write(file, _passing(rows, "keeping the store", count, told))
    except (OSError, sqlite3.Error, ValueError):
        return store, problems
    make_room(file)
    with suppress(OSError, DamagedError):
        kept = Kept(file)
        _ready(kept, path, store)
        return replace(store, kept=kept), problems  # what was just read need not be read again
    return store, problems


def _adding(what: str, total: int, told: Told) -> Callable[[int], None]:
    """Return what is called with how much more was done."""
    done = 0

    def add(more: int) -> None:
        nonlocal done
        done += more
        told(what, min(1.0, done / max(total, 1)))

    return add


def _passing(rows: Iterable[Row], what: str, total: int, told: Told | None) -> Iterator[Row]:
    """Yield rows and tell how many of about so many were made."""
    add = told and _adding(what, total, told)
    for number, row in enumerate(rows, 1):
        yield row
        if add is not None and number % _AT_ONCE == 0:
            add(_AT_ONCE)


def _remembered(path: Path, file: Path) -> Callable[[str], Any]:
    """Return what tells how a file of a store was read before, where the same package read it."""
    with suppress(OSError, DamagedError):
        kept = Kept(file)
        note = kept.sure("note", "", as_note)
        if (note.format, note.version, note.package) == of_package(path)[:3]:
            return lambda key: _if_sound(kept, key)
    return lambda key: None


def _if_sound(kept: Kept, key: str) -> Any:
    try:
        return kept.one("parsed", key, lambda row: row)
    except DamagedError:
        return None


def _parsed(made: dict[str, Any]) -> Iterator[Row]:
    return (("parsed", key, row) for key, row in made.items())


def index_of(store: Store, told: Told | None = None) -> SearchIndex:
    """Return the search index of a store: from the user's cache, where it is put when it is first asked for."""
    from ketakb.search_index import SearchIndex
    from ketakb.search_rows import index_rows

    main, folder = store.kept, cache_folder()
    if main is None or folder is None or not main.made_of:
        return SearchIndex(Held(index_rows(store)))
    file, note = search_file(folder, store), [main.made_of, os.path.realpath(store.root)]
    rows = _index_in(file, note) or _index_as_built(file, note, store.digest)
    if rows is None:
        with suppress(OSError, sqlite3.Error, ValueError):
            with uncollected():
                found = chain([("note", "", note)], index_rows(store))
                write(file, _passing(found, "making the search index", len(store.claims), told))
            make_room(file)
            rows = _index_in(file, note)
    if rows is None:
        return SearchIndex(Held(index_rows(store)))
    rows.mend = lambda: index_rows(store)
    return SearchIndex(rows)


def _index_in(file: Path, note: list[str]) -> Kept | None:
    with suppress(OSError, DamagedError):
        rows = Kept(file)
        if rows.sure("note", "", codec.texts) == tuple(note):
            used(file)
            return rows
        rows.close()
    return None


def _index_as_built(file: Path, note: list[str], digest: str) -> Kept | None:
    with suppress(DamagedError):
        rows = built("search")
        if rows is not None and rows.sure("store", "", codec.text) == digest:
            return _index_in(file, note) if taken(rows, file, [("note", "", note)]) else rows
    return None


def search_file(folder: Path, store: Store) -> Path:
    """Return where in the cache the search index of a store is."""
    return folder / f"search-{_name_of(Path(store.root))}"


def _load(path: Path) -> tuple[Store, list[Problem]]:
    from ketakb.store.load import load_store

    return load_store(path)


def _mended(path: Path, digest: str) -> Iterator[Row]:
    """Yield all rows of a store anew."""
    states = states_of(path)
    store, problems = _load(path)
    if problems or states is None or store.digest != digest:
        raise StoreError(f"{path}: the store was changed while it was read; run the command again")
    return _rows(path, store, states)


def _rows(path: Path, store: Store, states: States) -> Iterator[Row]:
    """Yield all rows of a store. Raises ValueError where its files have changed since."""
    from ketakb.extract.compiled import lexicon_rows
    from ketakb.store.backed import store_rows

    if not all(is_still(folder, *state) for folder, state in states):
        raise ValueError("the store was changed while it was read")
    places = {
        str(folder / name): f"{number}/{name}"
        for number, (folder, (state, _)) in enumerate(states)
        for name in state.files.names
    }
    yield from note_rows(path, [state for _, (state, _) in states])
    yield "digests", "", [dict(digests) for _, (_, digests) in states]
    yield from store_rows(store, places)
    yield from lexicon_rows(store)


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
        with closing(Kept(path)) as kept:
            if path.name.startswith("search-") and len(note := kept.sure("note", "", list)) == 2:
                return f"search index of {codec.text(note[1])}"
            return str(kept.sure("note", "", as_note).path)
    except (OSError, DamagedError):
        return "damaged, or of another version"


def clear(found: Sequence[KeptFile]) -> None:
    """Delete files of the cache. Raises UsageError for one that cannot be deleted."""
    for file in found:
        try:
            Path(file.path).unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(f"{file.path}: cannot be deleted: {error.strerror or error}") from error

"""Which files a store was read from, and whether they are still what they were."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from ketakb.store.locate import STORE_FILE, beneath
from ketakb.values import dataclass

SHARP = 2_000_000_000
"""Nanoseconds: a file that was changed so short a time before it was read may change again without its time telling."""

_SIGNED = (1 << 63) - 1
_PARTS = (("", ".yaml"), ("claims/", ".yaml"), ("sources/", ".md"))
"""Folders of a store that are read, and how the names of their files end."""

Digests = Mapping[str, str]
"""Digests of the contents of files by name."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files that a store folder is read from, as the file system lists them: thousands, at every start."""

    names: tuple[str, ...]
    """Names within the folder, such as `claims/safety.yaml`."""
    stamps: array[int]
    """Of each file size, time of change, time of change of its entry, and number of its entry: what a file system
    tells without reading."""

    def by_name(self) -> dict[str, tuple[int, ...]]:
        """Return the stamps of each file."""
        return {name: tuple(self.stamps[4 * at : 4 * at + 4]) for at, name in enumerate(self.names)}

    def mark(self) -> str:
        """Return a short name for all of it: the same files listed in the same order have the same."""
        raw = "//".join(self.names).encode("utf-8", "surrogatepass") + self.stamps.tobytes()
        return f"{crc32(raw):08x}{crc32(raw[::-1]):08x}"


@dataclass(frozen=True, slots=True)
class LayerState:
    """One folder of a store."""

    extends: str | None
    """What its store.yaml says that it extends."""
    files: Files


@dataclass(frozen=True, slots=True)
class Marked:
    """One folder of a store as a start needs to know it: what it held is read only where the mark differs."""

    extends: str | None
    mark: str


@dataclass(frozen=True, slots=True)
class Drift:
    """How the files of a store stand to what was noted of them."""

    layers: tuple[tuple[Path, LayerState], ...]
    """The folders as they are now, the top one first; as far as the chain can be followed."""
    changed: bool
    """Whether what was read from them may be another store now."""
    touched: bool
    """Whether the notes are to be written anew: contents are the same, times are not, or can now be trusted."""


def files_of(folder: Path) -> Files:
    """Return the files that a store folder is read from. Raises OSError."""
    names: list[str] = []
    stamps = array("q")
    for part, ending in _PARTS:
        if part and not (folder / part).is_dir():
            continue
        with _entries(folder / part) as entries:
            _add(entries, part, ending, names, stamps)
    if os.name == "nt":
        stamps[3::4] = array("q", [0]) * len(names)  # a directory entry does not tell its number there
    return Files(tuple(names), stamps)


@contextmanager
def _entries(folder: Path) -> Iterator[Iterator[os.DirEntry[str]]]:
    """Give what a folder holds; where that can be, the folder is opened, so that no path is walked for each entry."""
    if os.scandir not in os.supports_fd or os.stat not in os.supports_dir_fd:
        with os.scandir(folder) as entries:
            yield entries
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with os.scandir(opened) as entries:
            yield entries
    finally:
        os.close(opened)


def _add(entries: Iterator[os.DirEntry[str]], part: str, ending: str, names: list[str], stamps: array[int]) -> None:
    """Add the names and stamps of a folder: ten thousand at every start, so each is asked for once and not held."""
    name, put = names.append, stamps.append
    for entry in entries:
        if entry.name.endswith(ending):
            found = entry.stat()
            name(part + entry.name)
            try:
                put(found.st_size)
                put(found.st_mtime_ns)
                put(found.st_ctime_ns)
                put(found.st_ino & _SIGNED)
            except OverflowError:  # a time beyond the year 2262
                del stamps[4 * len(names) - 4 :]
                times = found.st_mtime_ns & _SIGNED, found.st_ctime_ns & _SIGNED
                stamps.extend((found.st_size, *times, found.st_ino & _SIGNED))


def digest_of(path: Path) -> str:
    """Return a digest of the bytes of a file. Raises OSError."""
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def state_of(folder: Path, extends: str | None, now: int) -> tuple[LayerState, Digests]:
    """Return the files of a folder as they are; `now` is the time in nanoseconds. Raises OSError."""
    files = files_of(folder)
    return LayerState(extends, blunt(files, now)), {name: digest_of(folder / name) for name in files.names}


def is_still(folder: Path, state: LayerState, digests: Digests) -> bool:
    """Return whether the files of a folder are those of a state, by their stamps, or where those tell too little."""
    return _is_same(folder, files_of(folder), state.files, digests)


def _is_same(folder: Path, now: Files, then: Files, digests: Digests) -> bool:
    """Return whether files hold what they held, as stamps tell, or where these differ the contents."""
    before, stamps = then.by_name(), now.by_name()
    return before.keys() == stamps.keys() and all(
        before[name] == stamp or digests.get(name) == digest_of(folder / name) for name, stamp in stamps.items()
    )


def blunt(files: Files, read_at: int) -> Files:
    """Return files with stamps of which those are never equal to another whose file may change again without telling.

    `read_at` is the time, in nanoseconds, before which the files were read.
    """
    changed, entered = files.stamps[1::4], files.stamps[2::4]
    if max(*changed, *entered, 0) + SHARP < read_at:
        return files
    stamps = files.stamps[:]
    for at, times in enumerate(zip(changed, entered, strict=True)):
        if max(times) + SHARP >= read_at:
            stamps[4 * at] = -1
    return Files(files.names, stamps)


def look_at(
    path: Path, known: Sequence[Marked], noted: Callable[[], Sequence[tuple[Files, Digests]]], now: int
) -> Drift:
    """Return how the files of a store stand to what was noted. Contents are read only where stamps differ.

    `noted` gives the files of the layers and their digests; it is asked only where a mark differs. `now` is the time in
    nanoseconds. Raises OSError.
    """
    layers: list[tuple[Path, LayerState]] = []
    folder: Path | None = path
    changed = touched = False
    for number, layer in enumerate(known):
        if folder is None or not (folder / STORE_FILE).is_file():
            return Drift(tuple(layers), True, True)
        files = files_of(folder)
        if files.mark() != layer.mark:
            before, digests = noted()[number]
            changed = changed or not _is_same(folder, files, before, digests)
            files = blunt(files, now)
            touched = touched or files.by_name() != before.by_name()
        layers.append((folder, LayerState(layer.extends, files)))
        folder = beneath(layer.extends, folder) if layer.extends is not None else None
    return Drift(tuple(layers), changed, touched)

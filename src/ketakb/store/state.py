"""Which files a store was read from, and whether they are still what they were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ketakb.store.locate import STORE_FILE, beneath
from ketakb.values import dataclass

SHARP = 2_000_000_000
"""Nanoseconds: a file that was changed so short a time before it was read may change again without its time telling."""

Stamp = tuple[int, int, int, int]
"""Size, time of change, time of change of its entry, number of its entry: what a file system tells without reading."""


@dataclass(frozen=True, slots=True)
class LayerState:
    """The files of one folder of a store."""

    extends: str | None
    """What its store.yaml says that it extends."""
    files: dict[str, Stamp]
    """Stamps by name within the folder, such as `claims/safety.yaml`."""
    digests: dict[str, str]
    """Digests of the contents, by the same names."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How the files of a store stand to what was noted of them."""

    layers: tuple[tuple[Path, LayerState], ...]
    """The folders as they are now, the top one first; as far as the chain can be followed."""
    changed: bool
    """Whether what was read from them may be another store now."""
    touched: bool
    """Whether the notes are to be written anew: contents are the same, times are not, or can now be trusted."""


def files_of(folder: Path) -> dict[str, Stamp]:
    """Return the stamps of the files that a store folder is read from. Raises OSError."""
    found = dict(_scan(folder, "", (".yaml",)))
    for part, ending in (("claims", ".yaml"), ("sources", ".md")):
        if (folder / part).is_dir():
            found.update(_scan(folder / part, f"{part}/", (ending,)))
    return dict(sorted(found.items()))


def _scan(folder: Path, prefix: str, endings: tuple[str, ...]) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(endings):
                yield prefix + entry.name, stamp_of(entry)


def stamp_of(entry: os.DirEntry[str] | Path) -> Stamp:
    """Return what the file system tells of a file. Raises OSError."""
    found = entry.stat()
    number = found.st_ino if os.name != "nt" else 0  # a directory entry does not tell it there
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, number)


def digest_of(path: Path) -> str:
    """Return a digest of the bytes of a file. Raises OSError."""
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def state_of(folder: Path, extends: str | None, now: int) -> LayerState:
    """Return the files of a folder as they are; `now` is the time in nanoseconds. Raises OSError."""
    files = files_of(folder)
    return LayerState(extends, blunt(files, now), {name: digest_of(folder / name) for name in files})


def is_still(folder: Path, state: LayerState) -> bool:
    """Return whether the files of a folder are those of a state, by their stamps, or where those tell too little."""
    return all(
        state.files.get(name) == stamp or state.digests.get(name) == digest_of(folder / name)
        for name, stamp in files_of(folder).items()
    )


def blunt(files: dict[str, Stamp], read_at: int) -> dict[str, Stamp]:
    """Return stamps of which those are never equal to another whose file may change again without telling.

    `read_at` is the time, in nanoseconds, before which the files were read.
    """
    return {
        name: stamp if max(stamp[1], stamp[2]) + SHARP < read_at else (-1, *stamp[1:])
        for name, stamp in files.items()
    }


def look_at(path: Path, known: tuple[LayerState, ...], now: int) -> Drift:
    """Return how the files of a store stand to what was noted. Contents are read only where stamps differ.

    `now` is the time in nanoseconds. Raises OSError.
    """
    layers: list[tuple[Path, LayerState]] = []
    folder: Path | None = path
    changed = touched = False
    for layer in known:
        if folder is None or not (folder / STORE_FILE).is_file():
            return Drift(tuple(layers), True, True)
        files = files_of(folder)
        digests = layer.digests
        if files != layer.files:
            touched = True
            digests = {
                name: digests[name] if layer.files.get(name) == stamp else digest_of(folder / name)
                for name, stamp in files.items()
            }
            changed = changed or digests != layer.digests
        layers.append((folder, LayerState(layer.extends, blunt(files, now), digests)))
        folder = beneath(layer.extends, folder) if layer.extends is not None else None
    still_blunt = all(now_state.files == old.files for (_, now_state), old in zip(layers, known, strict=True))
    return Drift(tuple(layers), changed, touched and not still_blunt)

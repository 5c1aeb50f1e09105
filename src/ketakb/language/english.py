"""The package's own word classes: what general English says things with, read from `en/*.yaml` once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path

from ketakb.built import built, taken
from ketakb.errors import KetakbError
from ketakb.hints import Any, TypeVar
from ketakb.kept import Kept
from ketakb.kept_rows import DamagedError, Held, Row, Rows, as_read, mark, write
from ketakb.room import cache_folder, make_room, used
from ketakb.values import dataclass
from ketakb.version import __version__

T = TypeVar("T")

_FOLDER = Path(__file__).parent / "en"

TAGS = ("verbs", "nouns", "agents", "states", "intransitive")


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words of one meaning, in the phrase grammar."""

    name: str
    polarity: int
    """-1, 0 or +1 for what one thing does to another; 0 for all else."""
    phrases: tuple[tuple[str, str], ...]
    """(phrase, tag) pairs; the tag is one of TAGS for relations, empty else."""


@cache
def word_classes() -> dict[str, WordClass]:
    """Return the word classes by name. The files are the package's own, so a fault in them is a bug, not a Problem."""
    found: dict[str, WordClass] = {}
    for name, entry in read_data("relations").items():
        phrases = tuple((phrase, tag) for tag in TAGS for phrase in entry.get(tag, ()))
        found[name] = WordClass(name, entry["polarity"], phrases)
    for name, phrases_of in read_data("concepts").items():
        found[name] = WordClass(name, 0, tuple((phrase, "") for phrase in phrases_of))
    return found


def from_list(name: str, build: Callable[[Any], T], pack: Callable[[dict[str, Any]], Any] | None = None) -> T:
    """Return what is built of one of the package's word lists, such as `relations` for `en/relations.yaml`.

    `pack` may turn it into what is quicker to build of, and JSON can hold.
    """
    row = _kept_list(name)
    if row is not None:
        # a file of the cache may hold anything; whatever cannot be built of it is built of the list itself
        with suppress(KetakbError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return build(row)
    data = _read(name)
    packed = data if pack is None else pack(data)
    if row is None:
        _keep(name, packed)
    return build(packed)


def from_file(name: str, pack: Callable[[dict[str, Any]], T]) -> T:
    """Return one of the package's word lists as `pack` turns it, from its file."""
    return pack(_read(name))


def read_data(name: str) -> dict[str, Any]:
    """Return one of the package's word lists."""
    return from_list(name, lambda data: data)


def kept_rows(name: str, rows: Callable[[], Iterable[Row]]) -> Rows:
    """Return rows that are worked out of the word lists alone, from the user's cache where they are in it."""
    folder = cache_folder()
    if folder is None:
        return Held(rows())
    path = folder / f"{_stem()}.{name}.sqlite"
    found = _opened(path, f"english.{name}")
    if found is None:
        with suppress(OSError, sqlite3.Error, ValueError):
            write(path, chain([("note", "", _note())], rows()))
            make_room(path)
            found = _opened(path)
    if found is None:
        return Held(rows())
    found.mend = rows
    return found


def _opened(path: Path, name: str | None = None) -> Kept | None:
    """Return a file of the cache where it is of the word lists that are here, else what was built under a name."""
    with suppress(OSError, DamagedError):
        kept = Kept(path)
        if kept.sure("note", "", list) == _note():
            used(path)
            return kept
        kept.close()
    made = built(name) if name is not None else None
    if made is not None and taken(made, path, [("note", "", _note())]):
        made.close()
        return _opened(path)
    return made


def _read(name: str) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)
    return data


@cache
def _stamps() -> list[list[Any]]:
    """Return what the file system tells of the word lists, and of the code that packs them."""
    seen: list[list[Any]] = []
    for folder, ending in ((_FOLDER, ".yaml"), (_FOLDER.parent, ".py")):
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(ending):
                    one = entry.stat()
                    seen.append([entry.name, one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino])
    return sorted(seen)


def _file() -> Path | None:
    folder = cache_folder()
    return folder and folder / f"{_stem()}.sqlite"


def _stem() -> str:
    return f"english-{mark(str(Path(__file__)))}"


@cache
def _kept() -> Kept | None:
    """Return what the user's cache holds of the word lists, where it is of those that are here."""
    file = _file()
    return None if file is None else _opened(file, "english")


def keep_all() -> None:
    """Put all word lists into the cache that nobody has asked for yet."""
    for path in sorted(_FOLDER.glob("*.yaml")):
        read_data(path.stem)


def kept_files() -> dict[str, Path]:
    """Return the files of the cache that hold what is worked out of the word lists, by the names they are built by."""
    file = _file()
    return {} if file is None else {"english": file, "english.phrases": file.with_name(f"{_stem()}.phrases.sqlite")}


def _note() -> list[Any]:
    return [__version__, *_stamps()]


def _kept_list(name: str) -> Any:
    kept = _kept()
    with suppress(DamagedError):
        return kept and kept.one("list", name, lambda row: row)
    return None


def _keep(name: str, packed: Any) -> None:
    """Add a word list to those that the cache holds, where that can be."""
    file, kept = _file(), _kept()
    with suppress(OSError, sqlite3.Error, ValueError, TypeError, DamagedError):
        if file is not None and as_read(packed) == packed:
            lists = dict(kept.all("list", lambda row: row)) if kept else {}
            write(file, [("note", "", _note()), *(("list", one, row) for one, row in (lists | {name: packed}).items())])
            _kept.cache_clear()

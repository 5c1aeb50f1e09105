"""One file of rows that were worked out before: a SQLite table in the user's cache folder, never trusted.

Files are written beside their place, moved into it when whole, and never changed afterwards, so that a reader needs no
lock. What is not exactly what was written is noticed, and what a row holds is checked again by whoever reads it.
Nothing here can run: JSON holds no code, and only one table is asked.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ketakb import later
from ketakb.hints import Any, TypeVar
from ketakb.kept_rows import FAULTS, SCHEMA, DamagedError, Row, fill, sum_of

T = TypeVar("T")

_LARGEST = 1 << 28
"""Bytes of the largest row that is read."""

_AT_ONCE = 500
"""Keys that are asked for in one query."""


class Kept:
    """The rows of one file, open for reading.

    `decode` turns what JSON held into a value and raises DamagedError, or what Python does, for what it may not
    be. A row that turns out to be damaged is mended: all rows are worked out anew, in memory, and asked again.
    """

    def __init__(self, path: Path, of_package: bool = False) -> None:
        """Open a file, of the user's cache or of the package.

        Raises DamagedError where it is no file of rows, OSError where there is none.
        """
        self.path = path
        self.mend: Callable[[], Iterable[Row]] | None = None
        """Works out all rows anew, where they can be."""
        self.made_of = ""
        """What these rows were made of, and by which version; empty where that is not known."""
        self._of_package = of_package
        self._inherited: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None
        """Which file is open; None once the rows are in memory."""
        self._open()

    def _open(self) -> None:
        self._process = os.getpid()
        self._file = _require_own(self.path, self._of_package)
        try:
            self._base = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
            self._base.execute("PRAGMA trusted_schema = OFF")
            tables = self._base.execute("SELECT sql FROM sqlite_master LIMIT 2").fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            raise DamagedError(str(error)) from error
        if tables != [(SCHEMA,)]:
            self.close()
            raise DamagedError("another table than the one of kept rows")

    def _open_here(self) -> None:
        """Open the file for a process that was forked, which may not ask by the connection that it inherited."""
        file, self._process = self._file, os.getpid()
        if file is None:
            return
        self._inherited = self._base  # nor close it
        try:
            self._open()
            still = self._file == _require_own(self.path, self._of_package) == file
        except OSError as error:
            raise DamagedError(str(error)) from error
        if not still:
            raise DamagedError("another file has taken its place")

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        """Travel to another process as None: the file may not be there, and works without."""
        return _nothing, ()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def one(self, part: str, key: str, decode: Callable[[Any], T]) -> T | None:
        """Return the value of a row, or None where there is no such row."""

        def read() -> T | None:
            for _, value in self._rows("SELECT key, value, sum FROM kept WHERE part = ? AND key = ?", part, key):
                return decode(value)
            return None

        return self._sound(read) if _storable(key) == key else None

    def sure(self, part: str, key: str, decode: Callable[[Any], T]) -> T:
        """Return the value of a row that cannot be missing."""

        def read() -> T:
            for _, value in self._rows("SELECT key, value, sum FROM kept WHERE part = ? AND key = ?", part, key):
                return decode(value)
            raise DamagedError(f"the row {part} {key!r} is missing")

        return self._sound(read)

    def some(self, part: str, keys: Sequence[str], decode: Callable[[Any], T]) -> list[tuple[str, T]]:
        """Return (key, value) of those rows that there are, in any order; each key is given once."""

        def read() -> list[tuple[str, T]]:
            found = []
            for at in range(0, len(keys), _AT_ONCE):
                asked = [key for key in keys[at : at + _AT_ONCE] if _storable(key) == key]
                marks = ", ".join("?" * len(asked))
                query = f"SELECT key, value, sum FROM kept WHERE part = ? AND key IN ({marks})"
                found += [(key, decode(value)) for key, value in self._rows(query, part, *asked)]
            return found

        return self._sound(read)

    def all(self, part: str, decode: Callable[[Any], T], count: int | None = None) -> list[tuple[str, T]]:
        """Return (key, value) of a part in the order they were written; `count` is how many there must be."""
        query = "SELECT key, value, sum FROM kept WHERE part = ? ORDER BY place"

        def read() -> list[tuple[str, T]]:
            found = [(key, decode(value)) for key, value in self._rows(query, part)]
            if count is not None and len(found) != count:
                raise DamagedError(f"{len(found)} rows of {part} instead of {count}")
            return found

        return self._sound(read)

    def between(self, part: str, low: str, high: str) -> list[str]:
        """Return the keys of a part from `low` to before `high`, sorted."""
        query = "SELECT key FROM kept WHERE part = ? AND key >= ? AND key < ? ORDER BY key"
        bounds = _storable(low), _storable(high)
        return self._sound(lambda: [_text(key) for (key,) in self._asked(query, part, *bounds)])

    def there(self, part: str, keys: Sequence[str]) -> list[str]:
        """Return those keys that there are rows of, in any order."""

        def read() -> list[str]:
            found = []
            for at in range(0, len(keys), _AT_ONCE):
                asked = [key for key in keys[at : at + _AT_ONCE] if _storable(key) == key]
                query = f"SELECT key FROM kept WHERE part = ? AND key IN ({', '.join('?' * len(asked))})"
                found += [_text(key) for (key,) in self._asked(query, part, *asked)]
            return found

        return self._sound(read)

    def each(self, part: str, decode: Callable[[Any], T], count: int) -> Iterator[tuple[str, T]]:
        """Yield (key, value) of a part as they were written, some at a time; `count` is how many there must be."""
        query = "SELECT key FROM kept WHERE part = ? ORDER BY place"
        keys = self._sound(lambda: self._all_there(query, part, count))
        for at in range(0, len(keys), _AT_ONCE):
            asked = keys[at : at + _AT_ONCE]
            found = dict(self.some(part, asked, decode))
            for key in asked:
                yield key, found[key] if key in found else self.sure(part, key, decode)

    def _all_there(self, query: str, part: str, count: int) -> list[str]:
        keys = [_text(key) for (key,) in self._asked(query, part)]
        if len(keys) != count:
            raise DamagedError(f"{len(keys)} rows of {part} instead of {count}")
        return keys

    def _sound(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except FAULTS as error:
            self._mended(error)
        return read()

    def _mended(self, error: Exception) -> None:
        mend, self.mend = self.mend, None
        if mend is None:
            raise DamagedError(str(error)) from error
        rows = mend()
        if self._base is not self._inherited:
            self._base.close()
        self._file = None
        self._base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        fill(self._base, rows)

    def _rows(self, query: str, part: str, *more: str) -> Iterable[tuple[str, Any]]:
        rows = self._asked(query, part, *more)
        for key, value, total in rows:
            if type(value) is not str or total != sum_of(part, _text(key), value):
                raise DamagedError(f"the row {part} {key!r} is not what was written")
        if not rows:
            return ()
        return zip([key for key, _, _ in rows], _decoded([value for _, value, _ in rows]), strict=True)

    def _asked(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if self._process != os.getpid():
            self._open_here()
        try:
            return self._base.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            raise DamagedError(str(error)) from error


def _nothing() -> None:
    return None


_SURROGATE = later.compile("[\ud800-\udfff]")


def _storable(key: str) -> str:
    """Return a key, or where a lone surrogate is in it, which no file holds, the least that a file can and is above."""
    found = None if key.isprintable() else _SURROGATE.search(key)
    return f"{key[: found.start()]}\ue000" if found else key


def _text(value: object) -> str:
    if type(value) is not str:
        raise DamagedError("a key that is no text")
    return value


def _decoded(texts: Sequence[str]) -> list[Any]:
    """Return what texts of JSON hold, read at once."""
    import json

    try:
        found: list[Any] = json.loads(f"[{','.join(texts)}]")
    except (ValueError, RecursionError) as error:
        raise DamagedError(str(error)) from error
    if len(found) != len(texts):
        raise DamagedError("rows that hold more or less than a value")
    return found


def _require_own(path: Path, of_package: bool) -> tuple[int, int]:
    """Return which file a path names. Raises DamagedError where another user has put it there, OSError without one.

    What comes with the package may belong to whom its code belongs to.
    """
    found = path.stat()
    ours = of_package and found.st_uid == Path(__file__).stat().st_uid
    if hasattr(os, "geteuid") and not ours and found.st_uid not in (os.geteuid(), 0):
        raise DamagedError("it belongs to another user")
    return found.st_dev, found.st_ino

"""Rows that are worked out once: held in memory, or written into a file for `kept` to open.

A row is (part, key, value that JSON can hold); a file adds its place, and a checksum of all that.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from zlib import crc32

from ketakb.hints import Any, Protocol, TypeVar

T = TypeVar("T")

SCHEMA = (
    "CREATE TABLE kept (part TEXT, key TEXT, place INTEGER, value TEXT, sum INTEGER, PRIMARY KEY (part, key)) "
    "WITHOUT ROWID"
)

Row = tuple[str, str, Any]
"""Part, key and a value that JSON can hold."""


class Rows(Protocol):
    """Rows that can be asked for; see Kept for what the methods answer."""

    def one(self, part: str, key: str, decode: Callable[[Any], T]) -> T | None: ...

    def sure(self, part: str, key: str, decode: Callable[[Any], T]) -> T: ...

    def some(self, part: str, keys: Sequence[str], decode: Callable[[Any], T]) -> list[tuple[str, T]]: ...

    def all(self, part: str, decode: Callable[[Any], T]) -> list[tuple[str, T]]: ...

    def between(self, part: str, low: str, high: str) -> list[str]: ...

    def there(self, part: str, keys: Sequence[str]) -> list[str]: ...


class Held:
    """Rows held in memory, for who has no file of them: asked in the same way, they answer the same."""

    def __init__(self, rows: Iterable[Row], mend: Callable[[], Iterable[Row]] | None = None) -> None:
        """`mend` works out all rows anew, where those given may be damaged."""
        self._mend = mend
        self._fill(rows)

    def _fill(self, rows: Iterable[Row]) -> None:
        self._parts: dict[str, dict[str, Any]] = {}
        for part, key, value in rows:
            self._parts.setdefault(part, {})[key] = value
        self._sorted: dict[str, list[str]] = {}

    def one(self, part: str, key: str, decode: Callable[[Any], T]) -> T | None:
        """Return the value of a row, or None where there is no such row."""
        rows = self._parts.get(part, {})
        return decode(rows[key]) if key in rows else None

    def sure(self, part: str, key: str, decode: Callable[[Any], T]) -> T:
        """Return the value of a row that cannot be missing."""
        return decode(self._parts[part][key])

    def some(self, part: str, keys: Sequence[str], decode: Callable[[Any], T]) -> list[tuple[str, T]]:
        """Return (key, value) of those rows that there are, in any order."""
        rows = self._parts.get(part, {})
        try:
            return [(key, decode(rows[key])) for key in keys if key in rows]
        except FAULTS as error:
            if self._mend is None:
                raise DamagedError(str(error)) from error
        mend, self._mend = self._mend, None
        self._fill(mend())
        return self.some(part, keys, decode)

    def all(self, part: str, decode: Callable[[Any], T]) -> list[tuple[str, T]]:
        """Return (key, value) of a part in the order they were given."""
        return [(key, decode(value)) for key, value in self._parts.get(part, {}).items()]

    def between(self, part: str, low: str, high: str) -> list[str]:
        """Return the keys of a part from `low` to before `high`, sorted."""
        if part not in self._sorted:
            self._sorted[part] = sorted(self._parts.get(part, {}))
        keys = self._sorted[part]
        return keys[bisect_left(keys, low) : bisect_left(keys, high)]

    def there(self, part: str, keys: Sequence[str]) -> list[str]:
        """Return those keys that there are rows of, in any order."""
        rows = self._parts.get(part, {})
        return [key for key in keys if key in rows]


class DamagedError(Exception):
    """A file of kept rows that is not what was written."""


FAULTS = (DamagedError, ValueError, TypeError, LookupError, RecursionError)
"""What a row of another shape brings about."""


def sum_of(part: str, key: str, value: str) -> int:
    """Return the checksum of a row, of the text of its value."""
    return crc32(f"{part}\0{key}\0{value}".encode("utf-8", "surrogatepass"))


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write a file of rows whole, in place of the one that is there.

    Raises OSError, sqlite3.Error or ValueError where it cannot be written; what was there then stays.
    """
    beside = beside_of(path)
    try:
        base = sqlite3.connect(beside, isolation_level=None)
        try:
            base.execute("PRAGMA journal_mode = OFF")
            base.execute("PRAGMA synchronous = OFF")
            _fill_in_order(base, rows)
        finally:
            base.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def rewrite(path: Path, rows: Iterable[Row], into: Path) -> None:
    """Write a file of rows anew, in its place or another, with some rows changed or added.

    Raises OSError, sqlite3.Error or ValueError.
    """
    import shutil

    beside = beside_of(into)
    try:
        shutil.copyfile(path, beside)
        base = sqlite3.connect(beside, isolation_level=None)
        try:
            base.execute("PRAGMA journal_mode = OFF")
            base.execute("PRAGMA synchronous = OFF")
            base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", list(_numbered(rows)))
        finally:
            base.close()
        beside.replace(into)
    finally:
        beside.unlink(missing_ok=True)


def fill(base: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Put rows into a new database."""
    base.execute("BEGIN")
    base.execute(SCHEMA)
    base.executemany("INSERT INTO kept VALUES (?, ?, ?, ?, ?)", _numbered(rows))
    base.execute("COMMIT")


def _fill_in_order(base: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Fill a file of any size: put in their places as they come, many rows would each move what stands behind."""
    base.execute("CREATE TEMP TABLE came (part TEXT, key TEXT, place INTEGER, value TEXT, sum INTEGER)")
    base.execute("BEGIN")
    base.execute(SCHEMA)
    base.executemany("INSERT INTO came VALUES (?, ?, ?, ?, ?)", _numbered(rows))
    base.execute("INSERT INTO kept SELECT * FROM came ORDER BY part, key")
    base.execute("COMMIT")


def _numbered(rows: Iterable[Row]) -> Iterator[tuple[str, str, int, str, int]]:
    import json

    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
    for place, (part, key, value) in enumerate(rows):
        text = encode(value)
        yield part, key, place, text, sum_of(part, key, text)


def beside_of(path: Path) -> Path:
    """Return a new empty file beside one that is to be replaced; its folder is made where it is missing.

    Raises OSError where it cannot be.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(6).hex()}.tmp")
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return beside


def packed(kind: str, values: Iterable[float]) -> str:
    """Return numbers as a text: one that JSON holds as it is, and that is read at once. `kind` is that of an array."""
    found = array(kind, values)
    if sys.byteorder == "big":
        found.byteswap()
    return b2a_base64(found.tobytes(), newline=False).decode("ascii")


def unpacked(kind: str, text: str) -> array[Any]:
    """Return the numbers of a text. Raises ValueError for another text."""
    found: array[Any] = array(kind)
    found.frombytes(a2b_base64(text, strict_mode=True))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def as_read(value: Any) -> Any:
    """Return what a value is once it was written and read. Raises ValueError or TypeError for what JSON cannot hold."""
    import json

    return json.loads(json.dumps(value, allow_nan=False))


def mark(text: str) -> str:
    """Return a short name for a text: 16 hexadecimal digits."""
    raw = text.encode("utf-8", "surrogateescape")
    return f"{crc32(raw):08x}{crc32(raw[::-1]):08x}"

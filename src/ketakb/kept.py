"""One file of rows that were worked out before: a SQLite table in the user's cache folder, never trusted.

A row is (part, key, place, JSON text, checksum). Files are written beside their place, moved into it when whole, and
never changed afterwards, so that a reader needs no lock. What is not exactly what was written is noticed, and what a
row holds is checked again by whoever reads it. Nothing here can run: JSON holds no code, and only one table is asked.
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

from ketakb import later
from ketakb.hints import Any, Protocol, TypeVar

T = TypeVar("T")

SCHEMA = (
    "CREATE TABLE kept (part TEXT, key TEXT, place INTEGER, value TEXT, sum INTEGER, PRIMARY KEY (part, key)) "
    "WITHOUT ROWID"
)
_LARGEST = 1 << 28
"""Bytes of the largest row that is read."""

_AT_ONCE = 500
"""Keys that are asked for in one query."""

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
        except _FAULTS as error:
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


_FAULTS = (DamagedError, ValueError, TypeError, LookupError, RecursionError)
"""What a row of another shape brings about."""


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
        except _FAULTS as error:
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
        _fill(self._base, rows)

    def _rows(self, query: str, part: str, *more: str) -> Iterable[tuple[str, Any]]:
        rows = self._asked(query, part, *more)
        for key, value, total in rows:
            if type(value) is not str or total != _sum(part, _text(key), value):
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


def _sum(part: str, key: str, value: str) -> int:
    return crc32(f"{part}\0{key}\0{value}".encode("utf-8", "surrogatepass"))


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


def _fill(base: sqlite3.Connection, rows: Iterable[Row]) -> None:
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
        yield part, key, place, text, _sum(part, key, text)


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


_off = False


def do_without() -> None:
    """Have this process neither read nor write kept files."""
    global _off
    _off = True


def cache_folder() -> Path | None:
    """Return the folder of kept files: KETAKB_CACHE_DIR, else `ketakb` in the user's cache folder.

    None where there is none, or the process does without.
    """
    if _off:
        return None
    try:
        return _folder()
    except RuntimeError:  # nobody knows where the home of this user is
        return None


def _folder() -> Path:
    named = os.environ.get("KETAKB_CACHE_DIR")
    if named:
        return Path(named)
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "ketakb" / "Cache"
    given = os.environ.get("XDG_CACHE_HOME", "")
    if Path(given).is_absolute():  # the XDG specification has relative ones ignored
        return Path(given) / "ketakb"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ketakb"
    return Path.home() / ".cache" / "ketakb"

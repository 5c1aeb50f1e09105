"""What a file was read as, written down, so that a file that is the same need not be read by YAML again."""

from __future__ import annotations

import json
import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterator
from contextlib import suppress

from ketakb.hints import Any
from ketakb.kept_rows import DamagedError
from ketakb.store import codec
from ketakb.values import dataclass, field
from ketakb.yamlio.context import Context, Reference
from ketakb.yamlio.spec import Entry, Item


@dataclass(slots=True)
class Memory:
    """What files were read as, by what they are and a digest of their bytes."""

    known: Callable[[str], Any | None] = lambda key: None
    """Returns what was written down of a file before, or None."""
    made: dict[str, Any] = field(default_factory=dict)
    """What is to be written down now: of the files that were read and nothing was wrong with."""

    def once(self, key: str, into: Context, read: Callable[[], Any]) -> Any:
        """Return what a file holds, from memory or by reading it; references are added to the context."""
        row = self.known(key)
        if row is not None:
            try:
                value, references = _opened(row)
                found = _unpacked(value, 0)
                named = list(_references(references, into.path))
            except (DamagedError, ValueError, TypeError, LookupError):
                row = None
            else:
                self.made[key] = row
                into.references += named
                return found
        problems, named_before = len(into.problems), len(into.references)
        found = read()
        if len(into.problems) == problems:
            named = into.references[named_before:]
            with suppress(ValueError):  # a value that JSON does not hold: the file is read again the next time
                self.made[key] = _closed([_packed(found, 0), _named(named)])
        return found


_SHORT = 2000
"""Code points that are kept as they are; what is longer is mostly keys and places, and shrinks to a tenth."""
_LONGEST = 1 << 28
"""Bytes that are read again at most."""


def _closed(value: Any) -> Any:
    """Return what is written down: the value, or where it is long a text that holds it. Raises ValueError."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(text) < _SHORT:
        return value
    return b2a_base64(zlib.compress(text.encode("utf-8", "surrogatepass"), 3), newline=False).decode("ascii")


def _opened(row: Any) -> Any:
    if type(row) is not str:
        return row
    try:
        stream = zlib.decompressobj()
        text = stream.decompress(a2b_base64(row, strict_mode=True), _LONGEST)
        if not stream.eof:
            raise DamagedError("more than was written")
        return json.loads(text.decode("utf-8", "surrogatepass"))
    except (zlib.error, RecursionError) as error:
        raise DamagedError(str(error)) from error


def _named(references: list[Reference]) -> list[Any]:
    """Return references as JSON holds them, each with the lines since the one before: such numbers repeat."""
    rows, last = [], 0
    for one in references:
        rows.append([one.kind, one.id, one.line - last, one.column])
        last = one.line
    return rows


def _references(rows: Any, path: str) -> Iterator[Reference]:
    last = 0
    for kind, name, lines, column in rows:
        last += codec.whole(lines)
        yield Reference(codec.text(kind), codec.text(name), path, last, codec.whole(column))


def _packed(value: Any, line: int) -> Any:
    """Return what was read as JSON holds it: an object tells by its only key what it is.

    Lines are counted from that of what holds a value, or in an item from the value before.
    """
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Item):
        values = [[key, _packed(one, value.line)] for key, one in value.items()]
        places, last = [], value.line
        for at, column in value.places.values():
            places += [at - last, column]
            last = at
        same = list(value) == list(value.places)
        return {"item": [value.line - line, value.column, values, places, 0 if same else list(value.places)]}
    if isinstance(value, Entry):
        return {"entry": [value.id, _packed(value.value, value.line), value.line - line, value.column]}
    if type(value) is list:
        return {"list": [_packed(one, line) for one in value]}
    if type(value) is tuple:
        return [_packed(one, line) for one in value]
    raise ValueError(f"no {type(value).__name__} is written down")


def _unpacked(value: Any, line: int) -> Any:
    if type(value) is list:
        return tuple([_unpacked(one, line) for one in value])
    if type(value) is not dict:
        return value
    ((sort, held),) = value.items()
    if sort == "list":
        return [_unpacked(one, line) for one in held]
    if sort == "entry":
        name, inner, lines, column = held
        line += codec.whole(lines)
        return Entry(codec.text(name), _unpacked(inner, line), line, codec.whole(column))
    if sort != "item":
        raise DamagedError("nothing that was read")
    lines, column, values, places, others = held
    line += codec.whole(lines)
    item = Item(line, codec.whole(column))
    for key, inner in values:
        item[codec.text(key)] = _unpacked(inner, line)
    last = line
    for at, key in enumerate(codec.texts(others) if others else list(item)):
        last += codec.whole(places[2 * at])
        item.places[key] = (last, codec.whole(places[2 * at + 1]))
    return item

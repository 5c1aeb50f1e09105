"""What a file was read as, written down, so that a file that is the same need not be read by YAML again."""

from __future__ import annotations

import json
import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ketakb.kept import DamagedError
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
                found = _unpacked(value)
                named = [_reference(one, into.path) for one in references]
            except (DamagedError, ValueError, TypeError):
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
                self.made[key] = _closed([_packed(found), [[one.kind, one.id, one.line, one.column] for one in named]])
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


def _reference(row: Any, path: str) -> Reference:
    kind, name, line, column = row
    return Reference(codec.text(kind), codec.text(name), path, codec.whole(line), codec.whole(column))


def _packed(value: Any) -> Any:
    """Return what was read as JSON holds it: an object tells by its only key what it is."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Item):
        return {"item": [value.line, value.column, {k: _packed(v) for k, v in value.items()}, value.places]}
    if isinstance(value, Entry):
        return {"entry": [value.id, _packed(value.value), value.line, value.column]}
    if type(value) is list:
        return {"list": [_packed(one) for one in value]}
    if type(value) is tuple:
        return [_packed(one) for one in value]
    raise ValueError(f"no {type(value).__name__} is written down")


def _unpacked(value: Any) -> Any:
    if type(value) is list:
        return tuple([_unpacked(one) for one in value])
    if type(value) is not dict:
        return value
    ((sort, held),) = value.items()
    if sort == "list":
        return [_unpacked(one) for one in held]
    if sort == "entry":
        name, inner, line, column = held
        return Entry(codec.text(name), _unpacked(inner), codec.whole(line), codec.whole(column))
    if sort != "item":
        raise DamagedError("nothing that was read")
    line, column, values, places = held
    item = Item(codec.whole(line), codec.whole(column))
    item.places = {key: (codec.whole(at[0]), codec.whole(at[1])) for key, at in places.items()}
    for key, inner in values.items():
        item[key] = _unpacked(inner)
    return item

"""What a file was read as, written down, so that a file that is the same need not be read by YAML again."""

from __future__ import annotations

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
                value, references = row
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
                self.made[key] = [_packed(found), [[one.kind, one.id, one.line, one.column] for one in named]]
        return found


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

"""Types of lists and mappings: each reads a node into plain values, or reports what is wrong with it.

The same types give the JSON Schema of a file, so editor and checker cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from ketakb.hints import Any
from ketakb.values import dataclass
from ketakb.yamlio.compose import Node
from ketakb.yamlio.context import WRONG, Context, Schema, Type, is_null, kind_of
from ketakb.yamlio.faults import DUPLICATE_KEY, MISSING_KEY, UNKNOWN_KEY, nearest, shown
from ketakb.yamlio.scalars import Id, Scalar


class Item(dict[str, Any]):
    """A mapping that was read: its values by key, and where each stands."""

    __slots__ = ("column", "line", "places")

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line = line
        """1-based line of the first key."""
        self.column = column
        self.places: dict[str, tuple[int, int]] = {}
        """Line and column of each value, also of those that were wrong."""

    def place(self, *keys: str) -> tuple[int, int]:
        """Return line and column of the first of the keys that is present, or of the item."""
        for key in keys:
            if key in self.places:
                return self.places[key]
        return self.line, self.column


class ListOf(Type):
    """A list, kept as a tuple; with `single`, one value may stand for a list of one."""

    def __init__(self, of: Type, single: bool = False, least: int = 0) -> None:
        self.of, self.single, self.least = of, single, least
        self.expects = f"{of.expects}, or a list of such" if single else f"a list ([...]) of {of.expects}"

    def read(self, node: Node, into: Context) -> Any:
        """Return the tuple of the values that are right; the others are reported one by one."""
        if not isinstance(node, yaml.SequenceNode):
            if self.single:
                value = self.of.read(node, into)
                return WRONG if value is WRONG else (value,)
            return into.wrong(node, f"{kind_of(node)} stands here; write {self.expects}")
        if len(node.value) < self.least:
            return into.wrong(node, f"the list has {len(node.value)} items; write at least {self.least}")
        values = (self.of.read(child, into) for child in node.value)
        return tuple(value for value in values if value is not WRONG)

    def schema(self) -> Schema:
        """Return an array schema."""
        many: Schema = {"type": "array", "items": self.of.schema()}
        if self.least:
            many["minItems"] = self.least
        return {"anyOf": [self.of.schema(), many]} if self.single else many


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping."""

    name: str
    type: Type
    note: str = ""
    """What the key holds; editors show it."""
    required: bool = False


class Mapping(Type):
    """A mapping with known keys, read into an Item."""

    def __init__(self, what: str, *keys: Key) -> None:
        self.what = what
        """What the mapping is, as messages say it: "a claim"."""
        self.keys = {key.name: key for key in keys}
        self.expects = f"{what} ({{{', '.join(list(self.keys)[:3])}{', ...' if len(keys) > 3 else ''}: ...}})"

    def read(self, node: Node, into: Context) -> Any:
        """Return an Item; wrong values are left out of it and reported; so are unknown and missing keys."""
        if not isinstance(node, yaml.MappingNode):
            return into.wrong(node, f"{kind_of(node)} stands here; write {self.expects}")
        item = Item(*into.place(node))
        seen: set[str] = set()
        for name, key_node, value_node in pairs(node, into):
            seen.add(name)
            key = self.keys.get(name)
            if key is None:
                self._unknown(name, key_node, into)
            elif is_null(value_node) and not key.required:
                continue  # an optional key without a value is as good as left out
            else:
                item.places[name] = into.place(value_node)
                value = key.type.read(value_node, into)
                if value is not WRONG:
                    item[name] = value
        for key in self.keys.values():
            if key.required and key.name not in seen:
                message = (
                    f"`{key.name}` is missing in {self.what}; write `{key.name}:` with {key.type.expects}"
                )
                into.wrong(node, message, MISSING_KEY)
        return item

    def _unknown(self, name: str, node: Node, into: Context) -> None:
        meant = nearest(name, list(self.keys))
        end = f"did you mean `{meant}`?" if meant else f"the keys are {', '.join(self.keys)}"
        into.wrong(node, f"{shown(name)} is not a key of {self.what}; {end}", UNKNOWN_KEY)

    def schema(self) -> Schema:
        """Return an object schema that allows no other keys."""
        properties: Schema = {}
        for key in self.keys.values():
            found = key.type.schema()
            if not key.required:
                found = {"anyOf": [found, {"type": "null"}]}
            properties[key.name] = {"description": key.note, **found} if key.note else found
        schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
        required = [key.name for key in self.keys.values() if key.required]
        return {**schema, "required": required} if required else schema


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a Table."""

    id: str
    value: Any
    line: int
    """1-based line of its key."""
    column: int


class Table(Type):
    """A mapping from ids to values of one type, read into a list of Entry."""

    def __init__(self, what: str, of: Type, key: Scalar | None = None) -> None:
        self.what, self.of, self.key = what, of, key or Id()
        self.expects = f"a mapping from ids to {what}"

    def read(self, node: Node, into: Context) -> Any:
        """Return the entries in file order; those with a wrong key or value are reported and left out."""
        if not isinstance(node, yaml.MappingNode):
            return into.wrong(node, f"{kind_of(node)} stands here; write {self.expects}")
        entries = []
        for _, key_node, value_node in pairs(node, into):
            name = self.key.read(key_node, into)
            value = self.of.read(value_node, into)
            if name is not WRONG and value is not WRONG:
                entries.append(Entry(name, value, *into.place(key_node)))
        return entries

    def schema(self) -> Schema:
        """Return an object schema over all keys."""
        return {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.of.schema(),
        }


def pairs(node: yaml.MappingNode, into: Context) -> Iterator[tuple[str, Node, Node]]:
    """Yield (key, key node, value node); keys that are no text or repeated are reported and left out."""
    seen: dict[str, Node] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            into.wrong(
                key_node,
                f"{kind_of(key_node)} stands where a key was expected; write a word before the colon",
            )
            continue
        name = key_node.value
        if name in seen:
            line, _ = into.place(seen[name])
            message = f"{shown(name)} stands twice, first in line {line}; keep one of the two"
            into.wrong(key_node, message, DUPLICATE_KEY)
            continue
        seen[name] = key_node
        yield name, key_node, value_node

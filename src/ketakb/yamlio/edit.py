"""Edits of a YAML list of items that keep every other byte, and writing that is done at once or not at all.

Every edit is read back before it is returned: all values but the one to change must be what they were.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from ketakb.errors import StoreError, UnreadableInputError, UsageError
from ketakb.hints import Any
from ketakb.yamlio.compose import Node, compose
from ketakb.yamlio.faults import nearest, shown
from ketakb.yamlio.render import Value, flow, item, key_text

_BOM = "\ufeff"
Scalar = str | bool | int | float | None
_Edit = tuple[int, int, str]
"""A piece of a text, by its offsets, and what stands there instead."""


def set_value(text: str, id_: str, key: str, value: Scalar) -> str:
    """Return a text with one value of the item that has this id set; a missing key is added at its end.

    Raises UsageError where no item has the id, and StoreError where more than the value would change.
    """
    return _set(text, key, {id_: value})


def set_mappings(text: str, key: str, values: Mapping[str, Mapping[str, Scalar]]) -> str:
    """Return a text with a key of items set to a mapping on one line, `review: {...}`; `values` goes by id.

    Raises as set_value does.
    """
    return _set(text, key, {id_: dict(value) for id_, value in values.items()})


def append_items(text: str, values: Sequence[Mapping[str, Value]], between: str = "") -> str:
    """Return a text with more items at the end of its list, with `between` written before each.

    Raises UsageError where the `id` of one is taken, and StoreError where the list cannot be added to.
    """
    bom, body = _without_bom(text)
    newline = "\r\n" if "\r\n" in body else "\n"
    root = _root(body)
    indent = 0
    if isinstance(root, yaml.SequenceNode):
        there = {_id_of(node) for node in root.value}
        taken = next((value["id"] for value in values if value.get("id") in there and "id" in value), None)
        if taken is not None:
            raise UsageError(f"{shown(str(taken))} is there already; give the new item another id")
        if not root.value:
            body = body[: root.start_mark.index] + body[root.end_mark.index :].lstrip(" \t\r\n")
        elif root.flow_style:
            raise StoreError(
                "the list is written in [...]; write its items as lines with `- `, then add to it"
            )
        else:
            indent = root.start_mark.column
    gap = "" if not body or body.endswith("\n") else newline
    new = body + gap + "".join(between + item(value, indent, newline) for value in values)
    before = _data(root) or []
    after = [*before, *(_plain(dict(value)) for value in values)] if isinstance(before, list) else None
    return bom + _checked(new, after)


def item_ids(text: str) -> set[str]:
    """Return the ids of the items of a text."""
    root = _root(_without_bom(text)[1])
    return {name for node in (root.value if root is not None else ()) if (name := _id_of(node)) is not None}


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Put what `change` makes of the text of a file in its place, at once or not at all.

    The new text is written to a file beside it, which then takes its name and its permissions. Raises
    UnreadableInputError where the file is not UTF-8, StoreError where it cannot be written or was changed
    meanwhile, and whatever `change` raises; the file is then as it was.
    """
    target = path.resolve()
    try:
        old = target.read_bytes()
    except OSError as error:
        raise UnreadableInputError(
            f"{path}: cannot be read: {error.strerror or error}; check that you may read it"
        ) from error
    try:
        new = change(old.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInputError(f"{path}: not UTF-8; save the file as UTF-8") from error
    if new == old:
        return
    def unchanged() -> None:
        if target.read_bytes() != old:
            message = f"{path}: was changed by another program meanwhile; nothing was written, try again"
            raise StoreError(message)

    _put(target, path, new, target.stat().st_mode & 0o7777, unchanged)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, at once or not at all; folders above it are made.

    Raises UsageError where it is there, and StoreError where it cannot be written.
    """

    def absent() -> None:
        if path.exists():
            raise UsageError(f"{path}: is there already; nothing was written, name another file")

    absent()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be made: {error.strerror or error}; name another folder") from error
    _put(path, path, text.encode("utf-8"), 0o644, absent)


def _put(target: Path, name: Path, data: bytes, mode: int, check: Callable[[], None]) -> None:
    """Write a file beside the target, check once more, and give it the target's name."""
    beside = None
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).chmod(mode)
        check()
        Path(beside).replace(target)
        beside = None
    except OSError as error:
        raise StoreError(
            f"{name}: cannot be written: {error.strerror or error}; check that you may write there"
        ) from error
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                Path(beside).unlink()


def _set(text: str, key: str, values: Mapping[str, Value]) -> str:
    bom, body = _without_bom(text)
    root = _root(body)
    items = {_id_of(node): node for node in reversed(root.value if root is not None else ())}
    edits = []
    for id_, value in values.items():
        found = items.get(id_)
        if not isinstance(found, yaml.MappingNode):
            raise UsageError(_no_such(id_, items))
        pair = next((pair for pair in found.value if pair[0].value == key), None)
        edits.append(_added(body, found, key, value) if pair is None else _replaced(body, pair, value))
    new = body
    for start, end, instead in sorted(edits, reverse=True):  # from the end, so that offsets before it hold
        new = new[:start] + instead + new[end:]
    after, left = _data(root), dict(values)
    for one in after:
        name = one.get("id") if isinstance(one, dict) else None
        if name in left:
            one[key] = _plain(left.pop(name))
    return bom + _checked(new, after)


def _no_such(id_: str, items: Iterable[str | None]) -> str:
    meant = nearest(id_, [name for name in items if name is not None])
    return f"no item has the id {shown(id_)}" + (f"; did you mean `{meant}`?" if meant else "")


def _replaced(body: str, pair: tuple[Node, Node], value: Value) -> _Edit:
    key, old = pair
    start, end = old.start_mark.index, old.end_mark.index
    new = flow(value)
    if isinstance(old, yaml.ScalarNode) and old.style in ("|", ">"):
        tail = body[start:end]
        new += tail[len(tail.rstrip("\r\n \t")) :]
    elif isinstance(old, yaml.CollectionNode) and not old.flow_style:
        start, end = key.end_mark.index, _last(old).end_mark.index
        if not _is_simple(old) or "#" in body[start:end]:  # nothing nested, and no remark, is written over
            raise StoreError("the value stands on several lines; change it by hand")
        new = ": " + new
    elif start == end:  # nothing stood there: the place is just behind the colon
        new = " " + new
    return start, end, new


def _is_simple(node: Node) -> bool:
    return isinstance(node, yaml.MappingNode) and all(isinstance(v, yaml.ScalarNode) for _, v in node.value)


def _added(body: str, found: yaml.MappingNode, key: str, value: Value) -> _Edit:
    pair = f"{key_text(key)}: {flow(value)}"
    if found.flow_style:
        before = body[: found.end_mark.index - 1].rstrip()
        comma = "" if before.endswith((",", "{")) else ","
        return len(before), len(before), f"{comma} {pair}"
    last = _last(found)
    newline = "\r\n" if "\r\n" in body else "\n"
    indent = " " * found.value[0][0].start_mark.column
    end: int = last.end_mark.index
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">") and body[:end].endswith("\n"):
        return end, end, f"{indent}{pair}{newline}"
    stop = body.find("\n", end)
    stop = len(body) if stop < 0 else stop - (body[stop - 1] == "\r")
    return stop, stop, f"{newline}{indent}{pair}"


def _last(node: Node) -> Node:
    """Return the node that ends last in a block; the end of the block itself may lie behind later remarks."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return node


def _without_bom(text: str) -> tuple[str, str]:
    return (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)


def _root(body: str) -> Node | None:
    root, problems = compose(body, "the file")
    if problems:
        first = problems[0]
        raise StoreError(f"line {first.line}, column {first.column}: {first.message}")
    if root is not None and not isinstance(root, yaml.SequenceNode):
        raise StoreError("the file does not hold a list of items; write each as `- id: ...`")
    return root


def _id_of(node: Node) -> str | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return None


def _data(node: Node | None) -> Any:
    """Return a node as plain lists, dictionaries and texts, to compare what a file holds before and after."""
    if isinstance(node, yaml.MappingNode):
        return {_key(key): _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(value) for value in node.value]
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        # the last line break of a block is there or not by what follows it; no value of a store minds
        return node.value.rstrip("\n")
    return None if node is None else node.value


def _key(node: Node) -> Any:
    return node.value if isinstance(node, yaml.ScalarNode) else repr(_data(node))


def _plain(value: Value) -> Any:
    """Return a value as _data would read it back."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float) or value is None:
        return flow(value)
    return [_plain(part) for part in value]


def _checked(new: str, expected: Any) -> str:
    root, problems = compose(new, "")
    if problems or _data(root) != expected:
        raise StoreError("the file cannot be changed here without changing more; change it by hand")
    return new

"""Edits of a YAML list of items that keep every other byte, and writing that is done at once or not at all.

Every edit is read back before it is returned: all values but the one to change must be what they were.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from ketakb.errors import StoreError, UnreadableInputError, UsageError
from ketakb.yamlio.compose import Node, compose
from ketakb.yamlio.faults import nearest, shown
from ketakb.yamlio.render import Value, flow, item, key_text

_BOM = "\ufeff"
Scalar = str | bool | int | float | None


def set_value(text: str, id_: str, key: str, value: Scalar) -> str:
    """Return a text with one value of the item that has this id set; a missing key is added at its end.

    Raises UsageError where no item has the id, and StoreError where more than the value would change.
    """
    return _set(text, id_, key, value)


def set_mapping(text: str, id_: str, key: str, value: Mapping[str, Scalar]) -> str:
    """Return a text with a key of the item that has this id set to a mapping on one line: `review: {...}`.

    Raises as set_value does.
    """
    return _set(text, id_, key, dict(value))


def append_item(text: str, value: Mapping[str, Value]) -> str:
    """Return a text with one more item at the end of its list; its `id` must be new there.

    Raises UsageError where the id is taken, and StoreError where the list cannot be added to.
    """
    bom, body = _without_bom(text)
    newline = "\r\n" if "\r\n" in body else "\n"
    root = _root(body)
    indent = 0
    if isinstance(root, yaml.SequenceNode):
        if any(_id_of(node) == value.get("id") for node in root.value):
            raise UsageError(f"{shown(str(value.get('id')))} is there already; give the new item another id")
        if not root.value:
            body = body[: root.start_mark.index] + body[root.end_mark.index :].lstrip(" \t\r\n")
        elif root.flow_style:
            raise StoreError(
                "the list is written in [...]; write its items as lines with `- `, then add to it"
            )
        else:
            indent = root.start_mark.column
    gap = "" if not body or body.endswith("\n") else newline
    new = body + gap + item(value, indent, newline)
    before = _data(root) or []
    return bom + _checked(new, [*before, _plain(value)] if isinstance(before, list) else None)


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
        raise UnreadableInputError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        new = change(old.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInputError(f"{path}: not UTF-8; save the file as UTF-8") from error
    if new == old:
        return
    beside = None
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(new)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).chmod(target.stat().st_mode & 0o7777)
        if target.read_bytes() != old:
            raise StoreError(
                f"{path}: was changed by another program meanwhile; nothing was written, try again"
            )
        Path(beside).replace(target)
        beside = None
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                Path(beside).unlink()


def _set(text: str, id_: str, key: str, value: Value) -> str:
    bom, body = _without_bom(text)
    root = _root(body)
    found = _item(root, id_)
    old = next((pair[1] for pair in found.value if pair[0].value == key), None)
    new = _added(body, found, key, value) if old is None else _replaced(body, old, value)
    after = _data(root)
    for one in after:
        if isinstance(one, dict) and one.get("id") == id_:
            one[key] = _plain(value)
            break
    return bom + _checked(new, after)


def _replaced(body: str, old: Node, value: Value) -> str:
    start, end = old.start_mark.index, old.end_mark.index
    new = flow(value)
    if isinstance(old, yaml.ScalarNode) and old.style in ("|", ">"):
        tail = body[start:end]
        new += tail[len(tail.rstrip("\r\n \t")) :]
    elif isinstance(old, yaml.CollectionNode) and not old.flow_style:
        raise StoreError("the value stands on several lines; change it by hand")
    elif start == end:  # nothing stood there: the place is just behind the colon
        new = " " + new
    return body[:start] + new + body[end:]


def _added(body: str, found: yaml.MappingNode, key: str, value: Value) -> str:
    pair = f"{key_text(key)}: {flow(value)}"
    if found.flow_style:
        at = found.end_mark.index - 1
        before = body[:at].rstrip()
        comma = "" if before.endswith((",", "{")) else ","
        return f"{before}{comma} {pair}{body[len(before) : at]}{body[at:]}"
    last = found.value[-1][1]
    while isinstance(last, yaml.CollectionNode) and not last.flow_style and last.value:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    newline = "\r\n" if "\r\n" in body else "\n"
    indent = " " * found.value[0][0].start_mark.column
    end: int = last.end_mark.index
    if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">") and body[:end].endswith("\n"):
        return f"{body[:end]}{indent}{pair}{newline}{body[end:]}"
    stop = body.find("\n", end)
    stop = len(body) if stop < 0 else stop - (body[stop - 1] == "\r")
    return f"{body[:stop]}{newline}{indent}{pair}{body[stop:]}"


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


def _item(root: Node | None, id_: str) -> yaml.MappingNode:
    known = []
    for node in root.value if root is not None else ():
        name = _id_of(node)
        if name == id_ and isinstance(node, yaml.MappingNode):
            return node
        if name is not None:
            known.append(name)
    meant = nearest(id_, known)
    raise UsageError(f"no item has the id {shown(id_)}" + (f"; did you mean `{meant}`?" if meant else ""))


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

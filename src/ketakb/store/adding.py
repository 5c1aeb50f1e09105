"""New claims: validated as the loader validates those of a store, then written with the sources they bring."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from ketakb.errors import UsageError
from ketakb.hints import Any
from ketakb.model import Claim, Store
from ketakb.store.load import load_store
from ketakb.store.proposed import Proposed, told
from ketakb.store.sources import source_text
from ketakb.store.specs import CLAIM
from ketakb.store.upkeep import require_writable
from ketakb.yamlio.compose import Node, compose
from ketakb.yamlio.edit import append_items, rewrite, write_new
from ketakb.yamlio.render import Value, item

_WORDS = {"": None, "~": None, "null": None, "true": True, "True": True, "false": False, "False": False}
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z")
"""A number as the loader reads one: what it takes, `add` must write again as a number."""
OPTIONS = "the new claim"
"""What messages call a claim that was given as options: it has no file, line and column."""


def from_options(fields: Mapping[str, Value]) -> Proposed:
    """Return a claim given by its fields as a proposal; fields without a value are left out."""
    given = {key: value for key, value in fields.items() if value not in (None, [], {})}
    return Proposed(OPTIONS, item(given))


def propose(folder: Path, proposed: Proposed) -> tuple[Store, list[Claim]]:
    """Return the store as it would be with the proposed claims, and these claims.

    Raises UsageError, with a line for each fault, where the loader would not take them.
    """
    store, problems = load_store(folder, proposed)
    faults = told(problems, proposed.path, placed=proposed.path != OPTIONS)
    if faults:
        raise UsageError(faults)
    claims = [claim for claim in store.claims.values() if claim.path == proposed.path]
    if not claims:
        raise UsageError(f"{proposed.path}: holds no claim; write a list with `- topic: ...` for each")
    return store, claims


def add(folder: Path, proposed: Proposed) -> list[Claim]:
    """Write proposed claims, unreviewed, to the end of the claims file of a store; return them as they stand.

    Sources that come with them are written first, a file each, and taken away again where the claims cannot be
    written. Raises UsageError where something is not right, and StoreError where a file cannot be written.
    """
    require_writable(folder)
    store, claims = propose(folder, proposed)
    items = [_written(node, claim) for node, claim in zip(_items(proposed), claims, strict=True)]
    sources = [source for source in store.sources.values() if source.path == proposed.path]
    written: list[Path] = []
    try:
        for source in sources:
            file = folder / "sources" / f"{source.id}.md"
            write_new(file, source_text(source))
            written.append(file)
        _append(claims_file(folder), items)
    except BaseException:
        for file in written:
            with contextlib.suppress(OSError):
                file.unlink()
        raise
    after, _ = load_store(folder)
    return [after.claims[claim.id] for claim in claims]


def _append(path: Path, items: Sequence[Mapping[str, Value]]) -> None:
    if path.exists():
        rewrite(path, lambda text: _spaced(text, items))
    else:
        write_new(path, append_items("", items))


def claims_file(folder: Path) -> Path:
    """Return the file of new claims: claims.yaml, or claims/added.yaml where a folder holds the claims."""
    single, parts = folder / "claims.yaml", folder / "claims"
    return parts / "added.yaml" if parts.is_dir() and not single.exists() else single


def _spaced(text: str, items: Sequence[Mapping[str, Value]]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    return append_items(text, items, newline)


def _items(proposed: Proposed) -> list[Node]:
    root, _ = compose(proposed.text, proposed.path)
    if isinstance(root, yaml.MappingNode):
        root = next((value for key, value in root.value if key.value == "claims"), None)
    return list(root.value) if root is not None else []


def _written(node: Node, claim: Claim) -> dict[str, Value]:
    """Return a claim as it is written: keys in the order of the format, id and standing filled in."""
    given = {key.value: _plain(value) for key, value in node.value}
    given |= {"id": claim.id, "standing": claim.standing}
    return {key: given[key] for key in CLAIM.keys if given.get(key) is not None}


def _plain(node: Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    text = str(node.value).strip()
    if getattr(node, "style", None):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.match(text):
        return text
    number = float(text.replace("_", ""))
    return int(number) if number.is_integer() else number

"""The ids in the files of a store, found without reading what they say: for a shell that waits for a suggestion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_ITEM = re.compile(r"- id: *[\"']?([\w.-]+)")
_KEY = re.compile(r"([\w./-]+):")
_TOLD = re.compile(r"  (?:statement|title): *[\"']?(.+?)[\"']?\s*$")
Named = tuple[str, str]
"""An id, and what is said of it in one line; empty where that is not near."""


def claim_ids(folder: Path) -> Iterator[Named]:
    """Yield the claims in the files of one folder, as far as they can be seen."""
    for file in (folder / "claims.yaml", *sorted((folder / "claims").glob("*.yaml"))):
        yield from _named(file, _ITEM)


def topic_ids(folder: Path) -> Iterator[Named]:
    """Yield the topics in the files of one folder."""
    yield from _named(folder / "topics.yaml", _KEY)


def source_ids(folder: Path) -> Iterator[Named]:
    """Yield the sources in one folder: their files bear their ids as names."""
    for file in sorted((folder / "sources").glob("*.md")):
        yield file.stem, ""


def _named(file: Path, head: re.Pattern[str]) -> Iterator[Named]:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    name = ""
    for line in lines:
        if match := head.match(line):
            if name:
                yield name, ""
            name = match[1]
        elif name and (told := _TOLD.match(line)):
            yield name, told[1]
            name = ""
    if name:
        yield name, ""

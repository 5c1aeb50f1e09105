"""From the PATHs of a command line to texts: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ketakb.errors import UnreadableInputError, UsageError
from ketakb.results import Skipped
from ketakb.text import decode, read_text

SUFFIXES = frozenset({".md", ".markdown", ".txt"})
_MARKUP = frozenset({".html", ".htm", ".docx", ".doc", ".odt", ".rtf", ".pdf", ".pptx", ".epub"})
_READS = "ketakb reads .md, .markdown and .txt"


@dataclass(slots=True)
class Inputs:
    """What the PATHs came to."""

    documents: list[tuple[str, str]] = field(default_factory=list)
    """(path as shown, text), in the order given; folders sorted by name."""
    skipped: list[Skipped] = field(default_factory=list)
    """Files that were not read, and why."""
    failed: list[str] = field(default_factory=list)
    """Messages on files that were asked for and could not be read."""


def gather(paths: Sequence[str]) -> Inputs:
    """Read all that the PATHs name, each file once.

    Raises UsageError where a PATH names nothing, or nothing that could be read.
    """
    inputs = Inputs()
    seen: set[str] = set()
    for given in paths:
        if given == "-":
            if given not in seen:
                inputs.documents.append((given, decode(sys.stdin.buffer.read(), "standard input")))
            seen.add(given)
            continue
        for path in _expand(given):
            if path.is_dir():
                _folder(inputs, path, seen)
            else:
                _file(inputs, path, seen)
    if inputs.failed and not inputs.documents:
        more = f" (and {len(inputs.failed) - 1} more)" if len(inputs.failed) > 1 else ""
        raise UnreadableInputError(inputs.failed[0] + more)
    if not inputs.documents:
        raise UsageError(f"nothing to read in {', '.join(paths)}: {_READS}")
    return inputs


def _expand(given: str) -> list[Path]:
    path = Path(given)
    if path.exists():
        return [path]
    if glob.has_magic(given):
        found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - absolute patterns too
        if found:
            return [Path(name) for name in found]
        raise UsageError(f"{given}: no file matches")
    raise UsageError(f"{given}: no such file or folder")


def _folder(inputs: Inputs, folder: Path, seen: set[str]) -> None:
    for path in _walk(folder):
        if path.suffix.lower() in SUFFIXES:
            _file(inputs, path, seen)
        else:
            kind = path.suffix.lower() or "no suffix"
            inputs.skipped.append(Skipped(str(path), f"{kind}; {_READS}"))


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(root, name)


def _file(inputs: Inputs, path: Path, seen: set[str]) -> None:
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    shown = str(path)
    try:
        if path.suffix.lower() in _MARKUP:
            raise UnreadableInputError(f"{shown}: {path.suffix.lower()} files are not read; {_READS}")
        inputs.documents.append((shown, read_text(path)))
    except UnreadableInputError as error:
        inputs.failed.append(str(error))
        inputs.skipped.append(Skipped(shown, str(error).removeprefix(shown).lstrip(": ")))

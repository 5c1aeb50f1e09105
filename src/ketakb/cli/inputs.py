"""Drafts from files, folders, patterns and standard input: read into documents, and what was left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ketakb.cli.walk import Exclusion, walk
from ketakb.errors import UnreadableInputError, UsageError
from ketakb.hints import TYPE_CHECKING
from ketakb.readers.choose import READS, SUFFIXES, advice_on, read_as, suffix_of
from ketakb.results import Skipped
from ketakb.values import dataclass, field

if TYPE_CHECKING:
    from ketakb.readers.document import Document


RECORDS = frozenset({".jsonl", ".ndjson"})
"""Endings of files that hold many drafts, a line each."""


@dataclass(slots=True)
class Inputs:
    """What the PATHs came to."""

    documents: list[tuple[str, Document]] = field(default_factory=list)
    """(path as shown, what it holds), in the order given; folders sorted by name."""
    skipped: list[Skipped] = field(default_factory=list)
    """Files that were not read, and why."""
    failed: list[str] = field(default_factory=list)
    """Messages on files that were asked for and could not be read."""


@dataclass(frozen=True, slots=True)
class Named:
    """A draft that is yet to be read."""

    path: str
    """As shown; a file of this name where `data` is None."""
    data: bytes | None = None
    """What standard input held."""
    fault: str | None = None
    """Message on why it cannot be read, where its name says so."""

    def read(self) -> Document:
        """Return what it holds. Raises UnreadableInputError."""
        if self.fault is not None:
            raise UnreadableInputError(self.fault)
        try:
            return read_as(self.path, Path(self.path).read_bytes() if self.data is None else self.data)
        except OSError as error:
            why = f"{error.strerror or error}; check that you may read it"
            raise UnreadableInputError(f"{self.path}: cannot be read: {why}") from error


def gather(
    paths: Sequence[str],
    exclude: Exclusion | Sequence[str] = (),
    stdin_name: str | None = None,
    *,
    force: bool = False,
) -> Inputs:
    """Read all that the PATHs name, each file once.

    `exclude` are patterns in the manner of .gitignore for what folders and patterns bring, and with `force` for files
    that were named themselves; `stdin_name` is what standard input is called, and read as. Raises UsageError where a
    PATH names nothing, or nothing that could be read, unless it was left out by force.
    """
    inputs = Inputs()
    for one in find(paths, exclude, stdin_name, force=force):
        if isinstance(one, Skipped):
            inputs.skipped.append(one)
            continue
        try:
            inputs.documents.append((one.path, one.read()))
        except UnreadableInputError as error:
            inputs.failed.append(str(error))
            inputs.skipped.append(unread(one.path, str(error)))
    if inputs.failed and not inputs.documents:
        raise UnreadableInputError(all_failed(inputs.failed))
    return inputs


def find(
    paths: Sequence[str],
    exclude: Exclusion | Sequence[str] = (),
    stdin_name: str | None = None,
    *,
    force: bool = False,
    also: frozenset[str] = frozenset(),
) -> list[Named | Skipped]:
    """Return all that the PATHs name, each file once, without reading files; as for gather.

    `also` are further endings that are read where a PATH or a pattern names them.
    """
    if stdin_name is not None and "-" not in paths:
        raise UsageError("--stdin-filename names standard input; give - as PATH")
    finding = _Finding(exclude if isinstance(exclude, Exclusion) else Exclusion(tuple(exclude)), force, also)
    for given in paths:
        if given == "-":
            finding.standard_input(stdin_name or "-")
        else:
            finding.path(given)
    skipped = [one for one in finding.found if isinstance(one, Skipped)]
    if len(skipped) == len(finding.found) and not (force and skipped):
        raise UsageError(f"nothing to read in {', '.join(paths)}: {READS}{_left_out(skipped)}")
    return finding.found


def unread(path: str, message: str) -> Skipped:
    """Return a draft that could not be read as one that was passed over."""
    return Skipped(path, message.removeprefix(path).lstrip(": "))


def all_failed(messages: Sequence[str]) -> str:
    """Return the one message where nothing could be read."""
    return messages[0] + (f" (and {len(messages) - 1} more)" if len(messages) > 1 else "")


def no_such(given: str) -> str:
    """Return the message on a path that is not there, with the name in its folder that comes nearest."""
    import difflib

    path = Path(given)
    try:
        there = sorted(os.listdir(path.parent))  # noqa: PTH208 - names alone
    except OSError:
        return f"{given}: no such file or folder; there is no folder {path.parent}"
    near = difflib.get_close_matches(path.name, there, n=1)
    meant = f"did you mean {path.parent / near[0]}?" if near else f"you are in the folder {Path.cwd()}"
    return f"{given}: no such file or folder; {meant}"


def _left_out(skipped: list[Skipped]) -> str:
    if not skipped:
        return ""
    more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
    return f"; left out: {skipped[0].path}: {skipped[0].reason}{more}"


class _Finding:
    def __init__(self, exclude: Exclusion, force: bool, also: frozenset[str]) -> None:
        self.found: list[Named | Skipped] = []
        self.seen: set[str] = set()
        self.exclude, self.force, self.also = exclude, force, also

    def standard_input(self, name: str) -> None:
        if "-" not in self.seen:
            self.seen.add("-")
            self.found.append(Named(name, sys.stdin.buffer.read()))

    def path(self, given: str) -> None:
        path = Path(given)
        if path.is_dir():
            self._folder(path)
        elif path.exists():
            if not (self.force and self._left_out(path)):
                self._file(path)
        else:
            self._pattern(given)

    def _pattern(self, given: str) -> None:
        import glob

        if not glob.has_magic(given):
            raise UsageError(no_such(given))
        found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - absolute patterns too
        if not found:
            raise UsageError(f"{given}: no file matches; ** stands for any folders, as in posts/**/*.md")
        for path in map(Path, found):
            if self._left_out(path):
                continue
            if path.is_dir():
                if "**" not in given:
                    self._folder(path)
            elif suffix_of(given) in self.also:
                self._file(path)
            else:
                self._found(path)

    def _left_out(self, path: Path) -> bool:
        if not self.exclude.holds(path):
            return False
        self.found.append(Skipped(str(path), f"left out by {self.exclude.said_by}"))
        return True

    def _folder(self, folder: Path) -> None:
        for path, reason in walk(folder, self.exclude):
            if reason:
                self.found.append(Skipped(str(path), reason))
            else:
                self._found(path)

    def _found(self, path: Path) -> None:
        """Take a file that was not named itself: one of another kind is passed over."""
        suffix = suffix_of(path.name)
        if suffix in SUFFIXES:
            self._file(path)
        elif os.path.realpath(path) not in self.seen:
            reason = advice_on(path.name) or f"{suffix or 'no suffix'}; {READS}"
            self.found.append(Skipped(str(path), reason))

    def _file(self, path: Path) -> None:
        real = os.path.realpath(path)
        if real in self.seen:
            return
        self.seen.add(real)
        advice = advice_on(str(path))
        self.found.append(Named(str(path), fault=None if advice is None else f"{path}: {advice}"))

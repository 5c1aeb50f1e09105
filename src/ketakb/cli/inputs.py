"""Drafts from files, folders, patterns and standard input: read into documents, and what was left out."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ketakb.cli.walk import Exclusion, walk
from ketakb.errors import UnreadableInputError, UsageError
from ketakb.readers.choose import READS, SUFFIXES, advice_on, read_as, suffix_of
from ketakb.results import Skipped
from ketakb.values import dataclass, field

if TYPE_CHECKING:
    from ketakb.readers.document import Document


@dataclass(slots=True)
class Inputs:
    """What the PATHs came to."""

    documents: list[tuple[str, Document]] = field(default_factory=list)
    """(path as shown, what it holds), in the order given; folders sorted by name."""
    skipped: list[Skipped] = field(default_factory=list)
    """Files that were not read, and why."""
    failed: list[str] = field(default_factory=list)
    """Messages on files that were asked for and could not be read."""


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
    if stdin_name is not None and "-" not in paths:
        raise UsageError("--stdin-filename names standard input; give - as PATH")
    given_out = exclude if isinstance(exclude, Exclusion) else Exclusion(tuple(exclude))
    gathering = _Gathering(given_out, force)
    for given in paths:
        if given == "-":
            gathering.standard_input(stdin_name or "-")
        else:
            gathering.path(given)
    inputs = gathering.inputs
    if inputs.failed and not inputs.documents:
        more = f" (and {len(inputs.failed) - 1} more)" if len(inputs.failed) > 1 else ""
        raise UnreadableInputError(inputs.failed[0] + more)
    if not inputs.documents and not (force and inputs.skipped):
        raise UsageError(f"nothing to read in {', '.join(paths)}: {READS}{_left_out(inputs.skipped)}")
    return inputs


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


class _Gathering:
    def __init__(self, exclude: Exclusion, force: bool) -> None:
        self.inputs = Inputs()
        self.seen: set[str] = set()
        self.exclude = exclude
        self.force = force

    def standard_input(self, name: str) -> None:
        if "-" not in self.seen:
            self.seen.add("-")
            self._read(name, sys.stdin.buffer.read())

    def path(self, given: str) -> None:
        path = Path(given)
        if path.is_dir():
            self._folder(path)
        elif path.exists():
            if not (self.force and self._left_out(path)):
                self._file(path)
        elif glob.has_magic(given):
            self._pattern(given)
        else:
            raise UsageError(no_such(given))

    def _pattern(self, given: str) -> None:
        found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - absolute patterns too
        if not found:
            raise UsageError(f"{given}: no file matches; ** stands for any folders, as in posts/**/*.md")
        for path in map(Path, found):
            if self._left_out(path):
                continue
            if path.is_dir():
                if "**" not in given:
                    self._folder(path)
            else:
                self._found(path)

    def _left_out(self, path: Path) -> bool:
        if not self.exclude.holds(path):
            return False
        self.inputs.skipped.append(Skipped(str(path), f"left out by {self.exclude.said_by}"))
        return True

    def _folder(self, folder: Path) -> None:
        for path, reason in walk(folder, self.exclude):
            if reason:
                self.inputs.skipped.append(Skipped(str(path), reason))
            else:
                self._found(path)

    def _found(self, path: Path) -> None:
        """Take a file that was not named itself: one of another kind is passed over."""
        suffix = suffix_of(path.name)
        if suffix in SUFFIXES:
            self._file(path)
        elif os.path.realpath(path) not in self.seen:
            reason = advice_on(path.name) or f"{suffix or 'no suffix'}; {READS}"
            self.inputs.skipped.append(Skipped(str(path), reason))

    def _file(self, path: Path) -> None:
        real = os.path.realpath(path)
        if real in self.seen:
            return
        self.seen.add(real)
        shown = str(path)
        advice = advice_on(shown)
        if advice is not None:
            self._fail(shown, f"{shown}: {advice}")
            return
        try:
            raw = path.read_bytes()
        except OSError as error:
            self._fail(shown, f"{shown}: cannot be read: {error.strerror or error}; check that you may read it")
            return
        self._read(shown, raw)

    def _read(self, shown: str, raw: bytes) -> None:
        try:
            self.inputs.documents.append((shown, read_as(shown, raw)))
        except UnreadableInputError as error:
            self._fail(shown, str(error))

    def _fail(self, shown: str, message: str) -> None:
        self.inputs.failed.append(message)
        self.inputs.skipped.append(Skipped(shown, message.removeprefix(shown).lstrip(": ")))

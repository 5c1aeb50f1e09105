"""Files of a folder; which are left out: hidden, or by .gitignore, .ketakbignore or --exclude."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ketakb.hints import TYPE_CHECKING
from ketakb.values import dataclass

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_FILES = (".gitignore", ".ketakbignore")
_UNSAID = frozenset({".git", *_FILES})
_TOOLS = {"node_modules": "installed packages", "__pycache__": "compiled code"}
Rules = list[tuple[Path, str, "GitIgnoreSpec"]]
"""Folder that patterns begin at, who says so, and the patterns."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is left out by a user's own word, which comes before .gitignore and .ketakbignore."""

    patterns: tuple[str, ...] = ()
    said_by: str = "--exclude"
    folder: Path | None = None
    """Absolute folder that the patterns begin at; None: the folder that is walked."""

    def rules(self, top: Path) -> Rules:
        """Return the patterns as rules for a walk from a folder."""
        return [(self.folder or top, self.said_by, _spec(self.patterns))] if self.patterns else []

    def holds(self, path: Path) -> bool:
        """Whether a file is left out that was named itself, or that a pattern brought."""
        if not self.patterns:
            return False
        shown = path if self.folder is None else Path(os.path.relpath(path, self.folder))
        return _spec(self.patterns).match_file(shown.as_posix())


def walk(folder: Path, exclude: Exclusion) -> Iterator[tuple[Path, str]]:
    """Yield the files of a folder in order, each with why it is left out, or "" for those to read.

    A folder that is left out is yielded once, for all that it holds.
    """
    top = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they were given
    yield from _walk(folder, top, _from_above(top), exclude.rules(top))


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _from_above(top: Path) -> Rules:
    """Return the rules of the folders above, as far up as the repository reaches."""
    if not any((one / ".git").exists() for one in (top, *top.parents)):
        return []
    rules: Rules = []
    for one in top.parents if not (top / ".git").exists() else ():
        rules = [*_rules_of(one), *rules]
        if (one / ".git").exists():
            break
    return rules


def _rules_of(folder: Path) -> Rules:
    rules: Rules = []
    for name in _FILES:
        try:
            lines = (folder / name).read_text(encoding="utf-8-sig", errors="replace").splitlines()
        except OSError:
            continue
        rules.append((folder, name, _spec(lines)))
    return rules


def _walk(shown: Path, real: Path, above: Rules, last: Rules) -> Iterator[tuple[Path, str]]:
    above = [*above, *_rules_of(real)]
    rules = [*above, *last]
    try:
        entries = sorted(os.scandir(real), key=lambda entry: entry.name)
    except OSError as error:
        yield shown, f"cannot be read: {error.strerror or error}"
        return
    folders = []
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        path = shown / entry.name
        if entry.name in _UNSAID:
            continue
        reason = _reason(real / entry.name, entry.name, is_folder, rules)
        if reason:
            yield path, reason
        elif is_folder:
            folders.append(entry.name)
        elif entry.is_dir():
            yield path, "a link to a folder"
        elif not entry.is_file():
            yield path, "not a file that can be read, or a broken link"
        else:
            yield path, ""
    for name in folders:
        yield from _walk(shown / name, real / name, above, last)


def _reason(real: Path, name: str, is_folder: bool, rules: Rules) -> str:
    if name.startswith("."):
        return "hidden folder" if is_folder else "hidden file"
    if is_folder and name in _TOOLS:
        return _TOOLS[name]
    if is_folder and (real / "pyvenv.cfg").exists():
        return "a Python environment"
    told = ""
    for folder, rule, spec in rules:
        held = spec.check_file(real.relative_to(folder).as_posix() + "/" * is_folder).include
        if held is not None:
            told = f"left out by {rule}" if held else ""
    return told

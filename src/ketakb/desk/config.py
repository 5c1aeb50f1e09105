"""The configuration of drafts: `ketakb.toml`, or `[tool.ketakb]` in pyproject.toml, found upwards.

Without one, everything works. tomllib is loaded only where there is a file to read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from ketakb import later
from ketakb.errors import UsageError
from ketakb.hints import TYPE_CHECKING, Any
from ketakb.text import digest, read_text
from ketakb.values import dataclass, field

if TYPE_CHECKING:
    from ketakb.text import Position

FILE = "ketakb.toml"
PROJECT_FILE = "pyproject.toml"
_TABLE = ("tool", "ketakb")


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; all empty where there is none."""

    path: Path | None = None
    digest: str | None = None
    """Of the text of the file."""
    store: Path | None = None
    kind: tuple[tuple[str, str], ...] = ()
    """(pattern, kind of copy), in the order of the file."""
    jurisdiction: tuple[tuple[str, str], ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each key and, as `per-file-ignores/PATTERN`, of each pattern."""

    def placed(self, path: str) -> tuple[str | None, str | None]:
        """Return what a draft is read as and whose rules apply to it; the last pattern that fits counts."""
        return self._last(self.kind, path), self._last(self.jurisdiction, path)

    def silenced(self, path: str) -> list[tuple[str, tuple[str, ...]]]:
        """Return the patterns of per-file-ignores that a draft fits, with their rules."""
        return [(pattern, rules) for pattern, rules in self.per_file_ignores if self.fits(pattern, path)]

    def severity(self, rule: str) -> str | None:
        """Return the severity that a rule is given: that of the longest beginning."""
        fitting = [pair for pair in self.severities if rule.startswith(pair[0])]
        return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None

    def fits(self, pattern: str, path: str) -> bool:
        """Whether a draft fits a pattern, in the manner of .gitignore, from the folder of the file."""
        from pathspec import GitIgnoreSpec

        if self.path is None:
            return False
        there = os.path.relpath(os.path.abspath(path), os.path.abspath(self.path.parent))  # noqa: PTH100
        if there.startswith(".."):
            return False
        return GitIgnoreSpec.from_lines([pattern]).match_file(Path(there).as_posix())

    def _last(self, pairs: tuple[tuple[str, str], ...], path: str) -> str | None:
        return next((value for pattern, value in reversed(pairs) if self.fits(pattern, path)), None)


def find_config(start: Path) -> Config:
    """Return the configuration of the nearest folder at or above a draft or folder. Raises UsageError."""
    here = Path(os.path.abspath(start))  # noqa: PTH100 - links stay as they were given
    for folder in (here, *here.parents) if here.is_dir() else here.parents:
        for name in (FILE, PROJECT_FILE):
            found = folder / name
            if found.is_file() and (config := read_config(found)) is not None:
                return config
    return Config()


def read_config(path: Path) -> Config | None:
    """Return what a file says; None for a pyproject.toml without our table. Raises UsageError."""
    text = read_text(path).removeprefix("\ufeff")
    if path.name == PROJECT_FILE and not _may_hold(text):
        return None
    import tomllib

    shown = _shown(path)
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_syntax(shown, str(error))) from None
    prefix: tuple[str, ...] = ()
    if path.name == PROJECT_FILE:
        prefix = _TABLE
        data = data.get("tool", {}).get("ketakb") if isinstance(data.get("tool"), dict) else None
        if data is None:
            return None
    from ketakb.desk.config_spec import faults
    from ketakb.desk.toml_places import toml_places

    keys, values = toml_places(text)
    if not isinstance(data, dict):
        raise UsageError(f"{shown}:1:1: `tool.ketakb` is a table; write [tool.ketakb]")
    wrong = faults(data)
    if wrong:
        first = wrong[0]
        whole = (*prefix, *first.path)
        at = (keys if first.key else values).get(whole) or keys.get(whole) or keys[whole[: len(prefix) + 1]]
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise UsageError(f"{shown}:{at.line}:{at.column}: {first.message}{more}")
    return _config(path, text, data, _lines(keys, prefix))


def _may_hold(text: str) -> bool:
    """Whether a pyproject.toml may hold our table: read as TOML, most would cost more than a short audit.

    The names stand in one line, or the first of them alone before it; as escapes they are not looked for.
    """
    if "ketakb" not in text:
        return False
    return bool(_TABLES.search(text)) or "\\u" in text or "\\U" in text


_TABLES = later.compile(r"tool.*ketakb|^\s*\[?\s*[\"']?tool[\"']?\s*[]=]", re.MULTILINE)


def _lines(keys: Mapping[tuple[str, ...], Position], prefix: tuple[str, ...]) -> dict[str, int]:
    cut = len(prefix)
    return {"/".join(path[cut:]): at.line for path, at in keys.items() if path[:cut] == prefix and path[cut:]}


def _config(path: Path, text: str, data: dict[str, Any], lines: dict[str, int]) -> Config:
    return Config(
        path=path,
        digest=digest(text),
        store=path.parent / data["store"] if "store" in data else None,
        kind=_by_pattern(data.get("kind")),
        jurisdiction=_by_pattern(data.get("jurisdiction")),
        select=tuple(data.get("select", ())),
        ignore=tuple(data.get("ignore", ())),
        severities=tuple(data.get("severities", {}).items()),
        per_file_ignores=tuple(
            (name, tuple(rules)) for name, rules in data.get("per-file-ignores", {}).items()
        ),
        exclude=tuple(data.get("exclude", ())),
        fail_on=data.get("fail-on"),
        lines=lines,
    )


def _by_pattern(value: str | dict[str, str] | None) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    return (("**", value),) if isinstance(value, str) else tuple(value.items())


def _syntax(shown: str, message: str) -> str:
    """Return tomllib's message with the place in front."""
    match = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if match is None:
        return f"{shown}:1:1: {message}"
    return f"{shown}:{match.group(1) or 1}:{match.group(2) or 1}: {message[: match.start()]}"


def _shown(path: Path) -> str:
    """Return a path as the user would type it: from the current folder where it lies in or above it."""
    there = os.path.relpath(path)
    return there if not there.startswith("../../..") else str(path)

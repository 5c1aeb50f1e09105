"""What a configuration file may hold: its keys, the kinds of their values, and what each is for."""

from __future__ import annotations

import re
from collections.abc import Callable

from ketakb.hints import Any
from ketakb.values import dataclass

KINDS = ("clinic-page", "editorial", "leaflet", "ad", "snippet")
JURISDICTIONS = ("US", "UK", "EU", "CA")
SEVERITIES = ("error", "warning", "note")
FAIL_ON = (*SEVERITIES, "never")
_RULES = re.compile(r"KB\d{0,3}\Z")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that is not what its key holds."""

    path: tuple[str, ...]
    """Keys down to it."""
    message: str
    key: bool = False
    """True where the key is wrong, not its value."""


Check = Callable[[tuple[str, ...], Any], list[Wrong]]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the file."""

    check: Check
    note: str
    """What it is for, as docs/configuration.md and `ketakb config` print it."""


def _text(path: tuple[str, ...], value: Any) -> list[Wrong]:
    if isinstance(value, str) and value.strip():
        return []
    return [Wrong(path, f"`{path[-1]}` is text in quotation marks")]


def one_of(*words: str) -> Check:
    """Return a check that a value is one of a few words."""

    def check(path: tuple[str, ...], value: Any) -> list[Wrong]:
        from ketakb.yamlio.faults import nearest, shown

        if value in words:
            return []
        meant = nearest(str(value), list(words))
        end = f"; did you mean `{meant}`?" if meant else f"; write one of {', '.join(words)}"
        return [Wrong(path, f"{shown(str(value))} is not a value of `{path[0]}`{end}")]

    return check


def list_of(item: Check) -> Check:
    """Return a check of every item of a list."""

    def check(path: tuple[str, ...], value: Any) -> list[Wrong]:
        if not isinstance(value, list):
            return [Wrong(path, f"`{path[-1]}` is a list; write [{value!r}]".replace("'", '"'))]
        return [wrong for number, one in enumerate(value) for wrong in item((*path, str(number)), one)]

    return check


def by_key(item: Check, key: Check | None = None) -> Check:
    """Return a check of every value of a table, and of its keys."""

    def check(path: tuple[str, ...], value: Any) -> list[Wrong]:
        if not isinstance(value, dict):
            return [Wrong(path, f"`{path[-1]}` is a table; write [{path[-1]}] and a line for each")]
        found = []
        for name, one in value.items():
            for wrong in key((*path, name), name) if key else ():
                found.append(Wrong(wrong.path, wrong.message, key=True))
            found += item((*path, name), one)
        return found

    return check


def _or_by_glob(item: Check) -> Check:
    """Return a check of one value for all drafts, or of a table of values by pattern."""

    def check(path: tuple[str, ...], value: Any) -> list[Wrong]:
        return by_key(item)(path, value) if isinstance(value, dict) else item(path, value)

    return check


def _rules(path: tuple[str, ...], value: Any) -> list[Wrong]:
    from ketakb.yamlio.faults import shown

    if isinstance(value, str) and _RULES.match(value):
        return []
    return [Wrong(path, f"{shown(str(value))} is no rule; write KB2 or KB201")]


SETTINGS: dict[str, Setting] = {
    "store": Setting(_text, "folder of the store, from the folder of this file"),
    "kind": Setting(
        _or_by_glob(one_of(*KINDS)), "what drafts are read as; one for all, or a table by pattern"
    ),
    "jurisdiction": Setting(
        _or_by_glob(one_of(*JURISDICTIONS)), "whose rules apply; one for all, or a table by pattern"
    ),
    "select": Setting(list_of(_rules), "report only rules that begin so"),
    "ignore": Setting(list_of(_rules), "leave out rules that begin so"),
    "severities": Setting(
        by_key(one_of(*SEVERITIES), _rules), "severity by beginning of a rule; the longest counts"
    ),
    "per-file-ignores": Setting(by_key(list_of(_rules)), "rules to silence, by pattern of files"),
    "exclude": Setting(list_of(_text), "what folders bring and is left out, as in .gitignore"),
    "fail-on": Setting(one_of(*FAIL_ON), "exit with 1 from this severity on"),
}
"""The keys in the order of the documentation."""


def faults(table: dict[str, Any]) -> list[Wrong]:
    """Return all that is wrong in a configuration."""
    from ketakb.yamlio.faults import nearest, shown

    found: list[Wrong] = []
    for name, value in table.items():
        setting = SETTINGS.get(name)
        if setting is None:
            meant = nearest(name, list(SETTINGS))
            end = f"did you mean `{meant}`?" if meant else f"the keys are {', '.join(SETTINGS)}"
            found.append(Wrong((name,), f"unknown key {shown(name)}; {end}", key=True))
        else:
            found += setting.check((name,), value)
    return found

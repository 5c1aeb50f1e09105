"""Which settings apply to a draft, and where each comes from; for a person and as JSON."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ketakb.desk.config import Config
from ketakb.hints import IO
from ketakb.reports.jsonio import dump
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import paper
from ketakb.values import dataclass

SCHEMA = "ketakb.config/1"
_BUILT_IN = "built in"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown."""

    path: str
    config: Config
    store: str
    """Folder of the store that is used."""
    decisions: Path | None
    """The decisions.yaml that counts."""


def rows(shown: Shown) -> Iterator[tuple[str, str | list[str] | None, str]]:
    """Yield each setting, its value, and where it comes from."""
    config = shown.config
    kind, jurisdiction = config.placed(shown.path)
    in_environment = bool(os.environ.get("KETAKB_STORE"))
    yield "store", shown.store, "KETAKB_STORE" if in_environment else _origin(config, "store")
    yield "kind", kind, _origin(config, "kind") if kind else "the draft or the store"
    yield (
        "jurisdiction",
        jurisdiction,
        _origin(config, "jurisdiction") if jurisdiction else "the draft or the store",
    )
    yield "select", list(config.select), _origin(config, "select")
    yield "ignore", list(config.ignore), _origin(config, "ignore")
    for rule, severity in config.severities:
        yield f"severity of {rule}", severity, _origin(config, f"severities/{rule}")
    for pattern, rules in config.silenced(shown.path):
        yield f"silenced by {pattern}", list(rules), _origin(config, f"per-file-ignores/{pattern}")
    yield "exclude", list(config.exclude), _origin(config, "exclude")
    yield "fail-on", config.fail_on or "warning", _origin(config, "fail-on")
    told = os.path.relpath(shown.decisions) if shown.decisions else None
    yield "decisions", told, "found upwards" if told else "none found upwards"


def _origin(config: Config, key: str) -> str:
    line = config.lines.get(key)
    return f"{os.path.relpath(config.path)}:{line}" if config.path and line else _BUILT_IN


def write(shown: Shown, stream: IO[str], options: ReportOptions) -> None:
    """Write a line for each setting."""
    out = paper(stream, options)
    file = os.path.relpath(shown.config.path) if shown.config.path else "none found upwards"
    out.line((f"configuration of {shown.path}: ", "bold"), file)
    for name, value, origin in rows(shown):
        told = ", ".join(value) or "-" if isinstance(value, list) else value or "-"
        out.line((f"{name}: ", "bold"), told, (f" ({origin})", "dim"), indent=2)


def write_json(shown: Shown, stream: IO[str]) -> None:
    """Write the same for machines."""
    settings = [{"name": name, "value": value, "from": origin} for name, value, origin in rows(shown)]
    file = os.path.relpath(shown.config.path) if shown.config.path else None
    dump({"schema": SCHEMA, "path": shown.path, "file": file, "settings": settings}, stream)

"""What a command takes from the configuration, and what it silences: the command line comes first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ketakb.cli.walk import Exclusion
from ketakb.desk.config import Config, find_config
from ketakb.errors import UsageError
from ketakb.hints import TYPE_CHECKING
from ketakb.values import dataclass, replace

if TYPE_CHECKING:
    from ketakb.cli.inputs import Inputs
    from ketakb.desk.silence import Desk
    from ketakb.model import Store
    from ketakb.results import AuditReport, Conflict


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a report counts."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str


def config_of(paths: Sequence[str] | None) -> Config:
    """Return the configuration of all the PATHs; that of the current folder where there are none.

    Raises UsageError where they fall under several: one audit has one store and one exit status.
    """
    found: dict[Path | None, Config] = {}
    for given in paths or ("-",):
        start = Path() if given == "-" else _start(given)
        config = find_config(start)
        found[config.path.resolve() if config.path else None] = config
    if len(found) > 1:
        names = " and ".join(str(path or "no configuration") for path in found)
        raise UsageError(f"the PATHs fall under several configurations ({names}); audit them apart")
    return next(iter(found.values()))


def _start(given: str) -> Path:
    """Return where to look for the configuration of a PATH: of a pattern, the folder before its marks."""
    path = Path(given)
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def exclusion(config: Config, given: Sequence[str] | None) -> Exclusion:
    """Return what is left out: as the command line says, else the configuration, from the folder of its file."""
    if given or config.path is None:
        return Exclusion(tuple(given or ()))
    said_by = f"exclude in {os.path.relpath(config.path)}"
    return Exclusion(config.exclude, said_by, Path(os.path.abspath(config.path.parent)))  # noqa: PTH100


def chosen(config: Config, select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str | None) -> Chosen:
    """Return what counts: as the command line says, else the configuration; warnings fail by default."""
    return Chosen(select or config.select, ignore or config.ignore, fail_on or config.fail_on or "warning")


def placed(config: Config, inputs: Inputs) -> dict[str, tuple[str | None, str | None]]:
    """Return what the configuration says that each draft is read as."""
    if not config.kind and not config.jurisdiction:
        return {}
    return {path: config.placed(path) for path, _ in inputs.documents}


def desk_for(store: Store, as_of: str, config: Config, baseline: Path | None) -> Desk:
    """Return what silences findings. Raises UsageError where the baseline is none."""
    from ketakb.desk.silence import Desk

    if baseline is None:
        return Desk(store, as_of, config)
    from ketakb.desk.baseline import read_baseline

    return Desk(store, as_of, config, read_baseline(baseline))


def settle(report: AuditReport, desk: Desk) -> AuditReport:
    """Return the audit of a store with the severities of the configuration."""
    return replace(report, conflicts=weighed(desk.config, report.conflicts))


def weighed(config: Config, conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Return conflicts with the severities of the configuration."""
    return tuple(_weighed(config, conflict) for conflict in conflicts)


def _weighed(config: Config, conflict: Conflict) -> Conflict:
    severity = config.severity(conflict.rule)
    return conflict if severity is None else replace(conflict, severity=severity)

"""The options that commands share: their types, their help, and how their values are checked."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ketakb.reports.options import ReportOptions


class AuditFormat(StrEnum):
    """Formats of an audit."""

    TEXT = "text"
    JSON = "json"
    CONCISE = "concise"


class PlainFormat(StrEnum):
    """Formats of everything else."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """From which severity on the exit status is 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class CopyKind(StrEnum):
    """What a draft is read as."""

    CLINIC_PAGE = "clinic-page"
    EDITORIAL = "editorial"
    LEAFLET = "leaflet"
    AD = "ad"
    SNIPPET = "snippet"


class Jurisdiction(StrEnum):
    """Whose rules a draft is read under."""

    US = "US"
    UK = "UK"
    EU = "EU"
    CA = "CA"


StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="Folder of the store; default: KETAKB_STORE, else the built-in one."
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Judge as on that day, YYYY-MM-DD; default: today."),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select", metavar="RULES", help="Report only rules that begin so: KB2 or KB201,KB301. Repeatable."
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="RULES", help="Leave out rules that begin so. Repeatable."),
]
FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help="Exit with 1 from this severity on.", case_sensitive=False)
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Findings only: no summary, no coverage.")]
NoColorOption = Annotated[bool, typer.Option("--no-color", help="No colours; NO_COLOR does the same.")]
NotesOption = Annotated[bool, typer.Option("--notes", help="Show notes too, not only how many there are.")]
WhyOption = Annotated[bool, typer.Option("--why", help="Show which words each finding rests on.")]
PlainFormatOption = Annotated[
    PlainFormat, typer.Option("--format", "-f", help="How to print.", case_sensitive=False)
]


def as_of_date(given: str | None) -> str:
    """Return the ISO date to judge by; today's where none was given. Raises BadParameter."""
    if given is None:
        return datetime.date.today().isoformat()
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
            raise ValueError
        return datetime.date.fromisoformat(given).isoformat()
    except ValueError:
        message = f"{given!r} is not a date; write YYYY-MM-DD, such as 2026-11-21"
        raise typer.BadParameter(message, param_hint="--as-of") from None


def rule_prefixes(given: list[str] | None, option: str) -> tuple[str, ...]:
    """Return rule prefixes from repeated and comma-separated values. Raises BadParameter for the rest."""
    found = [part.strip().upper() for value in given or () for part in value.split(",") if part.strip()]
    for part in found:
        if not re.fullmatch(r"KB\d{0,3}", part):
            raise typer.BadParameter(f"{part!r} is no rule; write KB2 or KB201", param_hint=option)
    return tuple(dict.fromkeys(found))


def report_options(
    *,
    no_color: bool = False,
    notes: bool = False,
    why: bool = False,
    open_only: bool = False,
    quiet: bool = False,
) -> ReportOptions:
    """Return how to write, from the options and from what standard output is."""
    import ketakb
    from ketakb.reports.options import ReportOptions

    terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return ReportOptions(
        terminal=terminal,
        color=terminal and not no_color and not os.environ.get("NO_COLOR"),
        width=shutil.get_terminal_size().columns,
        notes=notes,
        why=why,
        open_only=open_only,
        quiet=quiet,
        version=ketakb.__version__,
    )

"""The options that commands share: their types, their help, and how their values are checked."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import sys
from enum import StrEnum
from pathlib import Path

from ketakb.cli.declared import BadValueError, Option
from ketakb.hints import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from ketakb.reports.options import ReportOptions


class AuditFormat(StrEnum):
    """Formats of an audit."""

    TEXT = "text"
    JSON = "json"
    CONCISE = "concise"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"
    MARKDOWN = "markdown"
    HTML = "html"


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


class Engine(StrEnum):
    """What reads many drafts."""

    LOCAL = "local"
    DASK = "dask"


class Verdict(StrEnum):
    """What is decided on a finding."""

    ACCEPTED = "accepted"
    FALSE_ALARM = "false-alarm"
    DEFERRED = "deferred"


class Standing(StrEnum):
    """What the house holds of a claim."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CONTESTED = "contested"
    SUPERSEDED = "superseded"
    UNREVIEWED = "unreviewed"


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
    Option(
        "--store",
        metavar="DIR",
        help="Folder of the store; default: as KETAKB_STORE or ketakb.toml says, else the one that comes with ketakb.",
    ),
]
def _quietly(given: bool) -> bool:
    if given:
        from ketakb.cli.progress import hush

        hush()
    return given


def _without_cache(asked: bool) -> bool:
    if asked:
        from ketakb.room import do_without

        do_without()
    return asked


NoCacheOption = Annotated[
    bool,
    Option("--no-cache", callback=_without_cache, help="Read the store anew, and keep nothing of it."),
]
AsOfOption = Annotated[
    str | None,
    Option("--as-of", metavar="DATE", help="Judge as on that day, YYYY-MM-DD; default: today."),
]
SelectOption = Annotated[
    list[str] | None,
    Option(
        "--select",
        autocompletion="rule_lists",
        metavar="RULES",
        help="Report only rules whose id begins so: KB2, or KB201,KB301. Repeatable.",
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    Option(
        "--ignore",
        autocompletion="rule_lists",
        metavar="RULES",
        help="Leave out rules whose id begins so. Repeatable.",
    ),
]
FailOnOption = Annotated[
    FailOn, Option("--fail-on", help="From which severity on the exit status is 1.", case_sensitive=False)
]
AuditFailOnOption = Annotated[
    FailOn | None,
    Option(
        "--fail-on", help="From which severity on the exit status is 1; default: warning.", case_sensitive=False
    ),
]
KindOption = Annotated[
    CopyKind | None,
    Option("--as", help="What kind of copy drafts are; default: as the draft, ketakb.toml or the store says."),
]
JurisdictionOption = Annotated[
    Jurisdiction | None,
    Option(
        "--jurisdiction", metavar="US|UK|EU|CA", help="Whose rules apply; default: as for --as.", case_sensitive=False
    ),
]
QuietOption = Annotated[
    bool, Option("--quiet", "-q", callback=_quietly, help="Print only what was asked for, no summary.")
]
OutOption = Annotated[
    Path | None,
    Option(
        "--output", "-o", metavar="FILE", help="Write to a file instead of the terminal; - is standard output."
    ),
]
NoColorOption = Annotated[bool, Option("--no-color", help="No colours; setting NO_COLOR does the same.")]
NotesOption = Annotated[bool, Option("--notes", help="Show notes too, not only how many there are.")]
WhyOption = Annotated[bool, Option("--why", help="Show which words each finding rests on.")]
ExcludeOption = Annotated[
    list[str] | None,
    Option(
        "--exclude", metavar="GLOB", help="In folders, leave out files that fit, as in .gitignore. Repeatable."
    ),
]
StdinNameOption = Annotated[
    str | None,
    Option("--stdin-filename", metavar="NAME", help="Name for standard input; its ending says how it is read."),
]
JobsOption = Annotated[
    int | None,
    Option("--jobs", "-j", metavar="N", min=1, help="Processes to read with; default: as suits the machine."),
]
ResumeOption = Annotated[
    Path | None,
    Option("--resume", metavar="FILE", help="Note what was read, and pass over what is there unchanged."),
]
EngineOption = Annotated[
    Engine, Option("--engine", help="What reads: this machine, or a Dask cluster.", case_sensitive=False)
]
SchedulerOption = Annotated[
    str | None,
    Option("--scheduler", metavar="ADDRESS", help="Dask's scheduler; default: a cluster on this machine."),
]
PlainFormatOption = Annotated[PlainFormat, Option("--format", "-f", help="How to print.", case_sensitive=False)]


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
        raise BadValueError(message, "--as-of") from None


def day_after(given: str, day: str, option: str) -> str:
    """Return a date that lies after an ISO day: a date, or a stretch of time from it. Raises BadParameter."""
    if re.fullmatch(r"\d+[dwmy]", given):
        return time_after(given, day, option)
    try:
        found = datetime.date.fromisoformat(given).isoformat() if re.fullmatch(r"[\d-]{10}", given) else ""
    except ValueError:
        found = ""
    if not found or found <= day:
        message = f"{given!r} is no date after {day}; write YYYY-MM-DD, or 6m for in six months"
        raise BadValueError(message, option)
    return found


def time_after(given: str, day: str, option: str) -> str:
    """Return the ISO date that lies 90d, 6w, 3m or 1y after an ISO day. Raises BadParameter."""
    import calendar

    match = re.fullmatch(r"(\d{1,5})([dwmy])", given.strip().lower())
    start = datetime.date.fromisoformat(day)
    try:
        if match is None:
            raise ValueError
        number, unit = int(match.group(1)), match.group(2)
        if unit in "dw":
            return (start + datetime.timedelta(days=number * (7 if unit == "w" else 1))).isoformat()
        years, months = divmod(start.month - 1 + number * (12 if unit == "y" else 1), 12)
        first = start.replace(year=start.year + years, month=months + 1, day=1)
        last = calendar.monthrange(first.year, first.month)[1]
        return first.replace(day=min(start.day, last)).isoformat()
    except (ValueError, OverflowError):
        message = f"{given!r} is no stretch of time; write 90d, 6w, 3m or 1y"
        raise BadValueError(message, option) from None


def rule_prefixes(given: list[str] | None, option: str) -> tuple[str, ...]:
    """Return rule prefixes from repeated and comma-separated values. Raises BadParameter for the rest."""
    found = [part.strip().upper() for value in given or () for part in value.split(",") if part.strip()]
    for part in found:
        if not re.fullmatch(r"KB\d{0,3}", part):
            raise BadValueError(f"{part!r} is no rule; write KB2 or KB201", option)
    return tuple(dict.fromkeys(found))


def _columns() -> int:
    """Return the width of the terminal, as shutil.get_terminal_size, which brings much that is not needed."""
    with contextlib.suppress(KeyError, ValueError):
        if (given := int(os.environ["COLUMNS"])) > 0:
            return given
    with contextlib.suppress(AttributeError, ValueError, OSError):
        if (shown := os.get_terminal_size(sys.__stdout__.fileno()).columns) > 0:  # type: ignore[union-attr]
            return shown
    return 80


def report_options(
    *,
    no_color: bool = False,
    notes: bool = False,
    why: bool = False,
    open_only: bool = False,
    quiet: bool = False,
    show_ignored: bool = False,
) -> ReportOptions:
    """Return how to write, from the options and from what standard output is."""
    import ketakb
    from ketakb.reports.options import ReportOptions

    terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return ReportOptions(
        terminal=terminal,
        color=terminal and not no_color and not os.environ.get("NO_COLOR"),
        width=_columns(),
        notes=notes,
        why=why,
        open_only=open_only,
        quiet=quiet,
        show_ignored=show_ignored,
        version=ketakb.__version__,
    )

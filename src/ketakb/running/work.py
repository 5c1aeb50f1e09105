"""What a worker is given and what it gives back: values that can be sent to another process or machine."""

from __future__ import annotations

from ketakb.app import AuditOptions
from ketakb.compare.between import Said
from ketakb.desk.silence import Desk
from ketakb.model import Store
from ketakb.results import DocumentReport, Totals
from ketakb.text import Span
from ketakb.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of all drafts alike; sent once to each worker."""

    store: Store
    options: AuditOptions
    desk: Desk
    """What silences findings, with the configuration."""
    select: tuple[str, ...] = ()
    """Beginnings of the rules that are reported; empty for all."""
    ignore: tuple[str, ...] = ()
    lines: bool = False
    """Whether the result is a JSON line, so that the text and its reading can be forgotten."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft to be read."""

    path: str
    """What it is called; a file of this name where `data` is None."""
    data: bytes | str | None = None
    """What it holds, where it is not to be read from a file."""
    fault: str | None = None
    """Message on why it cannot be read, where that is known before."""
    stands_in: str = ""
    """File of JSON lines that it comes from."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What reading one draft came to."""

    path: str
    mark: str = ""
    """Digest of what was read and of the decisions that count for it; empty where it could not be read."""
    fault: str | None = None
    """Message on why it could not be read."""
    line: str = ""
    """The line of `ketakb.audit-document/1`, where lines were asked for."""
    report: DocumentReport | None = None
    """The report as it is printed, where lines were not asked for."""
    said: Said = field(default_factory=Said)
    totals: Totals = field(default_factory=Totals)
    quiet: dict[tuple[str, Span | None], str] = field(default_factory=dict)
    """Places where a contradiction was silenced, and why."""

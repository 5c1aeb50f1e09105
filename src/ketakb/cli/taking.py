"""Drafts on their way: given out in order, their results taken in the same order and written as they come."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from ketakb import app
from ketakb.cli import desk as settling
from ketakb.cli.inputs import RECORDS, Named, all_failed, unread
from ketakb.cli.interrupt import Interrupt
from ketakb.cli.progress import Bar, wanted
from ketakb.desk.chosen import kept
from ketakb.desk.silence import settle_conflicts
from ketakb.errors import UnreadableInputError
from ketakb.hints import TYPE_CHECKING
from ketakb.readers.choose import suffix_of
from ketakb.results import AuditReport, DocumentReport, Skipped, Totals
from ketakb.running import local
from ketakb.running.reader import mark_of
from ketakb.running.work import Draft, Finished, Job
from ketakb.values import dataclass, replace

if TYPE_CHECKING:
    from ketakb.reports.options import ReportOptions
    from ketakb.running.resume import Resume
    from ketakb.text import Span


@dataclass(frozen=True, slots=True)
class Lines:
    """Where JSON lines go as they are made."""

    write: Callable[[str], None]
    options: ReportOptions


@dataclass(frozen=True, slots=True)
class How:
    """How drafts are read."""

    jobs: int | None = None
    """Processes; None: as suits the machine and the number of drafts."""
    dask: bool = False
    scheduler: str | None = None
    resume: Path | None = None
    bar: bool = True
    """Whether a terminal is shown how far it came."""
    no_color: bool = False


@dataclass(slots=True)
class Outcome:
    """What reading all drafts came to."""

    report: AuditReport
    """Without documents, where their lines were written and they are not kept."""
    totals: Totals
    """Of the drafts that were read."""
    earlier: Totals
    """Of those that --resume passed over."""
    failed: list[str]
    """Messages on drafts that could not be read."""
    number: int
    """How many drafts there are, about: empty lines of a file count."""
    interrupted: bool


class Taking:
    """What is being read, and what has come of it so far."""

    def __init__(
        self, job: Job, found: Sequence[Named | Skipped], how: How, lines: Lines | None, resume: Resume | None
    ) -> None:
        """Take what is asked, all that was found, and where results and marks go."""
        self.job, self.found, self.how, self.lines, self.resume = job, found, how, lines, resume
        self.number = _count(found)
        self.between = app.between_drafts(job.store, job.options)
        self.totals, self.earlier = Totals(), Totals()
        self.quiet: dict[tuple[str, Span | None], str] = {}
        self.reports: list[DocumentReport] = []
        self.failed: list[str] = []
        self.skipped: list[tuple[int, Skipped]] = []
        """Place in the order of all that was found, and what was passed over there."""
        self.out: deque[tuple[int, Draft]] = deque()
        """Drafts that were given out and have not come back."""
        self.unnoted: list[Finished] = []
        """Results that are not written yet."""
        self.at, self.inside, self.interrupted = -1, False, False
        """Which of all that was found is being read, and whether that is a file with more drafts to come."""

    def run(self, interrupt: Interrupt) -> None:
        """Read all drafts. Raises KeyboardInterrupt between two of them."""
        shown = self.how.bar and wanted(self.number, self.lines is not None)
        finished = self._read()
        with Bar(self.number, shown, self.how.no_color) as bar, contextlib.closing(finished):
            for one in finished:
                with interrupt.held():
                    self._take(one)
                bar.advance()

    def outcome(self) -> Outcome:
        """Return what it all came to; the summary is written here."""
        if self.interrupted:
            self._leave()
        elif not self.totals.documents and not self.earlier.documents:
            named = ", ".join(one.path for one in self.found if isinstance(one, Named))
            raise UnreadableInputError(all_failed(self.failed) if self.failed else f"{named}: holds no drafts")
        config = self.job.desk.config
        conflicts = settling.weighed(config, settle_conflicts(self.between.conflicts(), self.quiet))
        conflicts = tuple(one for one in conflicts if kept(one.rule, self.job.select, self.job.ignore))
        report = app.audit_with(self.job.store, self.reports, self.job.options, conflicts)
        skipped = tuple(one for _, one in sorted(self.skipped, key=lambda pair: pair[0]))
        report = replace(report, skipped=(*report.skipped, *skipped))
        if self.lines is not None:
            from ketakb.reports.jsonl import summary_line

            self.lines.write(summary_line(report, self.job.store, self.lines.options, self.totals))
        return Outcome(report, self.totals, self.earlier, self.failed, self.number, self.interrupted)

    def _drafts(self) -> Iterator[Draft | Skipped]:
        for at, one in enumerate(self.found):
            self.at = at
            if isinstance(one, Skipped):
                yield one
            elif _is_records(one):
                from ketakb.running.records import read_records

                self.inside = True
                yield from read_records(Path(one.path))
                self.inside = False
            else:
                yield Draft(one.path, one.data, one.fault)

    def _feed(self) -> Iterator[Draft]:
        """Yield the drafts to read; what is not to be read is noted on the way."""
        for place, draft in enumerate(self._drafts()):
            if isinstance(draft, Skipped):
                self.skipped.append((place, draft))
            elif (before := self._before(draft)) is not None:
                self.earlier += before
                self.skipped.append((place, Skipped(draft.path, _unchanged(before))))
            else:
                self.out.append((place, draft))
                yield draft

    def _before(self, draft: Draft) -> Totals | None:
        """Return what was found in a draft that was read before and is the same; None for one to read."""
        known = self.resume.known(draft.path) if self.resume is not None and draft.fault is None else None
        if known is None or self.resume is None:
            return None
        try:
            data = Path(draft.path).read_bytes() if draft.data is None else draft.data
        except OSError:
            return None
        return self.resume.totals(draft.path) if mark_of(draft.path, data, self.job.options.as_of) == known else None

    def _read(self) -> Generator[Finished]:
        if self.how.dask:
            from ketakb.running.cluster import read_on_cluster

            return read_on_cluster(self.job, self._feed(), self.how.jobs, self.how.scheduler)
        jobs = self.how.jobs or local.jobs_for(self.number)
        if jobs == 1:
            return local.read_here(self.job, self._feed())
        return local.read_in_processes(self.job, self._feed(), jobs)

    def _take(self, finished: Finished) -> None:
        place, _ = self.out.popleft()
        if finished.fault is not None:
            self.failed.append(finished.fault)
            self.skipped.append((place, unread(finished.path, finished.fault)))
            return
        self.between.add(finished.said)
        self.totals += finished.totals
        self.quiet.update(finished.quiet)
        if finished.report is not None:
            self.reports.append(finished.report)
        if self.lines is not None:
            from ketakb.reports.jsonl import document_line

            report = finished.report
            self.lines.write(finished.line if report is None else document_line(report, self.job.store))
        if self.resume is not None:
            self.unnoted.append(replace(finished, line="", report=None))
            if self.lines is not None:
                self.note()

    def note(self) -> None:
        """Note for --resume what has been written."""
        if self.resume is not None:
            for finished in self.unnoted:
                self.resume.note(finished)
        self.unnoted.clear()

    def _leave(self) -> None:
        """Note the drafts that an interruption left unread, those of a file of JSON lines together."""
        left = {draft.stands_in or draft.path: place for place, draft in self.out}
        last = max(left.values(), default=0) + 1
        later = self.found[self.at if self.inside else self.at + 1 :]
        for place, one in enumerate(later, last):
            if isinstance(one, Skipped):
                self.skipped.append((place, one))
            else:
                left.setdefault(one.path, place)
        self.skipped += [(place, Skipped(name, _interrupted(name))) for name, place in left.items()]


def _is_records(one: Named) -> bool:
    return one.data is None and one.fault is None and suffix_of(one.path) in RECORDS


def _count(found: Sequence[Named | Skipped]) -> int:
    """Return about how many drafts there are."""
    return sum(_size(one) for one in found if isinstance(one, Named))


def _size(one: Named) -> int:
    if not _is_records(one):
        return 1
    from ketakb.running.records import count_records

    return count_records(Path(one.path))


def _interrupted(name: str) -> str:
    return f"interrupted before {'all of it' if suffix_of(name) in RECORDS else 'it'} was read"


def _unchanged(before: Totals) -> str:
    return (
        "unchanged since it was read, and not read again "
        f"(then {before.errors} errors, {before.warnings} warnings, {before.notes} notes)"
    )

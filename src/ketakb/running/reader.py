"""Reading one draft for a job: the same function in one process, in several and on a cluster."""

from __future__ import annotations

from pathlib import Path

from ketakb import app
from ketakb.desk.chosen import choose_in
from ketakb.desk.paths import find_file
from ketakb.desk.silence import quiet_places
from ketakb.errors import UnreadableInputError
from ketakb.hints import TYPE_CHECKING
from ketakb.reports.tally import totals_of
from ketakb.running.work import Draft, Finished, Job
from ketakb.sums import sha256
from ketakb.values import replace

if TYPE_CHECKING:
    from ketakb.model import Store
    from ketakb.results import DocumentReport


class Reader:
    """A job made ready: the store is compiled here, once for all drafts."""

    def __init__(self, job: Job) -> None:
        """Compile the store of a job."""
        self.job = job
        self._auditor = app.auditor_of(job.store, job.options)

    def __reduce__(self) -> tuple[type[Reader], tuple[Job]]:
        """Travel as the job alone; the store is compiled where it arrives."""
        return Reader, (self.job,)

    def read(self, draft: Draft) -> Finished:
        """Return what a draft comes to. One that cannot be read comes to a message. Raises UsageError."""
        path = draft.path
        if draft.fault is not None:
            return Finished(path, fault=draft.fault)
        try:
            data = Path(path).read_bytes() if draft.data is None else draft.data
            document = app.read_as(path, data)
        except OSError as error:
            return Finished(path, fault=f"{path}: cannot be read: {error.strerror or error}")
        except UnreadableInputError as error:
            return Finished(path, fault=str(error))
        config = self.job.desk.config
        auditor = self._auditor
        if config.kind or config.jurisdiction:
            auditor = replace(auditor, options=replace(self.job.options, placed={path: config.placed(path)}))
        read = auditor.audit(path, document)
        report = choose_in(self.job.desk.settle(read), self.job.select, self.job.ignore)
        return Finished(
            path,
            mark=mark_of(path, data, self.job.options.as_of),
            line=_line(report, self.job.store) if self.job.lines else "",
            report=None if self.job.lines else report,
            said=app.said_in(self.job.store, read, self.job.options),
            totals=totals_of([report]),
            quiet=quiet_places(report),
        )


def _line(report: DocumentReport, store: Store) -> str:
    from ketakb.reports.jsonl import document_line

    return document_line(report, store)


def mark_of(path: str, data: bytes | str, as_of: str) -> str:
    """Return a digest of a draft, and of the file of decisions that counts for it and the day by which they hold."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    marks = sha256(raw)
    decisions = find_file(path)
    if decisions is not None:
        marks.update(sha256(decisions.read_bytes()).digest())
        marks.update(as_of.encode())
    return "sha256:" + marks.hexdigest()

"""An audit of many drafts as the command runs it: what it writes, what it tells, and how it ends."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ketakb.cli.backend import options_of
from ketakb.cli.interrupt import Interrupt
from ketakb.cli.output import put, tell
from ketakb.cli.taking import How, Lines, Outcome, Taking
from ketakb.cli.terminal import write_exactly
from ketakb.desk import chosen
from ketakb.hints import IO, TYPE_CHECKING
from ketakb.reports.paper import count_of
from ketakb.running.work import Job

if TYPE_CHECKING:
    from ketakb.cli.backend import Question
    from ketakb.cli.desk import Chosen
    from ketakb.cli.inputs import Named
    from ketakb.desk.silence import Desk
    from ketakb.model import Store
    from ketakb.reports.options import ReportOptions
    from ketakb.results import Skipped


@contextlib.contextmanager
def reading(job: Job, found: Sequence[Named | Skipped], how: How, lines: Lines | None = None) -> Iterator[Outcome]:
    """Read all drafts, and yield what they came to.

    `lines` takes the JSON line of each as soon as it is read, and the summary. Ctrl-C ends the reading: what was
    finished is in the outcome, and what was not is in its `skipped`. For --resume, drafts count as read once their
    lines are written, or once the caller is done. Raises UnreadableInputError where nothing could be read.
    """
    import ketakb

    interrupt = Interrupt()
    with contextlib.ExitStack() as stack:
        resume = None
        if how.resume is not None:
            from ketakb.running.resume import resuming

            resume = stack.enter_context(resuming(how.resume, job, ketakb.__version__))
        if resume is not None and resume.cut is not None:
            tell(f"{how.resume}:{resume.cut}: cut short; the draft of this line is read again")
        taking = Taking(job, found, how, lines, resume)
        stack.enter_context(interrupt.watched())
        try:
            taking.run(interrupt)
        except KeyboardInterrupt:
            taking.interrupted = True
        with interrupt.held():
            yield taking.outcome()
            taking.note()


def write_lines(
    job: Job, found: Sequence[Named | Skipped], how: How, options: ReportOptions, out: Path | None
) -> Outcome:
    """Read all drafts, write a JSON line for each as soon as it is read and the summary; return what they came to."""
    outcomes = []

    def write(stream: IO[str]) -> None:
        def line(text: str) -> None:
            stream.write(text)
            stream.flush()

        with reading(job, found, how, Lines(line, options)) as outcome:
            outcomes.append(outcome)

    if out is None or str(out) == "-":
        write_exactly(sys.stdout)
        write(sys.stdout)  # a reader that has gone ends the run
    else:
        put(out, write)
    return outcomes[0]


def job_of(store: Store, question: Question, desk: Desk, counts: Chosen, lines: bool) -> Job:
    """Return what is asked of all drafts."""
    return Job(store, options_of(question), desk, counts.select, counts.ignore, lines)


def close(outcome: Outcome, fail_on: str) -> int:
    """Tell what went wrong on the way; return the exit status."""
    for message in outcome.failed:
        tell(message)
    passed = outcome.earlier.documents
    if passed:
        tell(f"{count_of(passed, 'draft')} unchanged and not read again, nor held against the others")
    if outcome.interrupted:
        tell(f"interrupted: {outcome.totals.documents + passed} of {outcome.number} drafts were read")
        return 130
    failing = chosen.status_of(outcome.totals + outcome.earlier, outcome.report.conflicts, fail_on)
    return 2 if outcome.failed else failing

"""Problems of a store, one a line as compilers print them, so that editors jump to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ketakb.hints import IO
from ketakb.model import Problem, Store
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import Paper, count_of, paper
from ketakb.reports.tally import SEVERITIES
from ketakb.store.review import Upkeep


def write(
    problems: Sequence[Problem],
    store: Store,
    stream: IO[str],
    options: ReportOptions,
    state: Upkeep | None = None,
) -> None:
    """Write problems in the order of files and lines; notes are folded to a count unless asked for.

    `state` tells what runs out soon, where that was asked for, and how far the store has been reviewed.
    """
    out = paper(stream, options)
    for problem in sorted(problems, key=lambda p: (p.path, p.line, p.column, p.rule)):
        if problem.severity != "note" or options.notes:
            place = f"{problem.path}:{problem.line}:{problem.column}: "
            out.line(
                (place, "path"),
                (problem.severity, problem.severity),
                f": {problem.message}",
                (f" [{problem.rule}]", "dim"),
            )
    for expiry in state.expiring if state else ():
        out.line((f"{expiry.path}:{expiry.line}:1: ", "path"), ("runs out", "note"), f": {expiry.message}")
    if not options.quiet:
        if state is not None:
            _state(out, state, len(store.claims))
        counts = Counter(problem.severity for problem in problems)
        numbers = ", ".join(count_of(counts[name], name) for name in SEVERITIES)
        sizes = ((len(store.claims), "claim"), (len(store.sources), "source"), (len(store.topics), "topic"))
        held = ", ".join(count_of(number, name) for number, name in sizes)
        folded = " (--notes shows them)" if counts["note"] and not options.notes else ""
        out.line((f"{store.name}: {held}; {numbers}{folded}", "bold"))


def _state(out: Paper, state: Upkeep, claims: int) -> None:
    adopted = sum(state.adopted.values())
    names = ", ".join(f"{number} by {name}" for name, number in state.adopted.items())
    told = f"{adopted} of {count_of(claims, 'claim')} adopted{f' ({names})' if names else ''}"
    line = f"{told}, {state.suspect} suspect"
    if state.until is not None:
        line += f"; {count_of(len(state.expiring), 'day')} of review or validity up to {state.until}"
    out.line((line, "dim"))

"""Problems of a store, one a line as compilers print them, so that editors jump to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import IO

from ketakb.model import Problem, Store
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import count_of, paper
from ketakb.reports.tally import SEVERITIES


def write(problems: Sequence[Problem], store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write problems in the order of files and lines; notes are folded to a count unless asked for."""
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
    if not options.quiet:
        counts = Counter(problem.severity for problem in problems)
        numbers = ", ".join(count_of(counts[name], name) for name in SEVERITIES)
        sizes = ((len(store.claims), "claim"), (len(store.sources), "source"), (len(store.topics), "topic"))
        held = ", ".join(count_of(number, name) for number, name in sizes)
        folded = " (--notes shows them)" if counts["note"] and not options.notes else ""
        out.line((f"{store.name}: {held}; {numbers}{folded}", "bold"))

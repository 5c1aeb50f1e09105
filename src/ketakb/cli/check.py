"""``ketakb check``: what is wrong with the store itself."""

from __future__ import annotations

from ketakb.cli.declared import Option
from ketakb.cli.options import (
    AsOfOption,
    FailOn,
    FailOnOption,
    IgnoreOption,
    NoColorOption,
    NotesOption,
    QuietOption,
    SelectOption,
    StoreOption,
    as_of_date,
    report_options,
    rule_prefixes,
    time_after,
)
from ketakb.hints import Annotated


def check(
    store: StoreOption = None,
    as_of: AsOfOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    fail_on: FailOnOption = FailOn.ERROR,
    expiring: Annotated[
        str | None,
        Option("--expiring", metavar="TIME", help="List what runs out within it: 90d, 6w, 3m, 1y."),
    ] = None,
    notes: NotesOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> int:
    """Check the store: syntax, unknown ids, quotes that are not in their source, reviews that are due.

    Every problem is printed with file, line and column, all at once. A claim is suspect when it, a quote or a
    source was changed after its review, when its day of review has passed, or when a source was withdrawn.
    Adopted are the claims that somebody other than the project has reviewed.

    \b
    Examples:
      ketakb check
      ketakb check --store ours/ --fail-on warning
      ketakb check --expiring 90d

    Exit status: 0 no problem at or above --fail-on, 1 problems, 2 there is no store to check.
    """
    from ketakb.cli import backend
    from ketakb.cli.output import emit, tell
    from ketakb.desk import chosen
    from ketakb.errors import StoreError
    from ketakb.reports.check_text import write
    from ketakb.store.review import upkeep

    day = as_of_date(as_of)
    until = None if expiring is None else time_after(expiring, day, "--expiring")
    wanted, unwanted = rule_prefixes(select, "--select"), rule_prefixes(ignore, "--ignore")
    folder = backend.find_store(store)
    try:
        checked, problems = backend.check_store(folder, day)
    except StoreError as error:
        tell(str(error))  # a store that cannot be loaded is what this command is there to report
        return 1
    kept = [
        problem
        for problem in problems
        if (not wanted or problem.rule.startswith(wanted))
        and not (unwanted and problem.rule.startswith(unwanted))
    ]
    options = report_options(no_color=no_color, notes=notes, quiet=quiet)
    state = upkeep(checked, day, until)
    emit(lambda stream: write(kept, checked, stream, options, state))
    return int(any(chosen.reaches(problem.severity, fail_on) for problem in kept))

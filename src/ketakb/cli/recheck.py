"""``ketakb recheck``: which pages that were signed off rest on claims that no longer stand."""

from __future__ import annotations

from pathlib import Path

from ketakb.cli.declared import Argument
from ketakb.cli.options import (
    AsOfOption,
    NoCacheOption,
    NoColorOption,
    PlainFormat,
    PlainFormatOption,
    QuietOption,
    StoreOption,
    as_of_date,
    report_options,
)
from ketakb.hints import Annotated


def recheck(
    records: Annotated[
        list[Path], Argument(metavar="RECORD...", help="Files that `audit --record` wrote.")
    ],
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    format: PlainFormatOption = PlainFormat.TEXT,
    as_of: AsOfOption = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> int:
    """Say which recorded pages rest on a claim that was changed, has run out or was overruled since.

    The pages themselves are not read again: what a new claim says of them, `ketakb audit` finds. A page that
    was edited after its sign-off is pointed out.

    \b
    Examples:
      ketakb recheck signoff/*.json
      ketakb recheck page.signoff.json --store ours --as-of 2027-06-30

    Exit status: 0 every page rests on claims as they were, 1 some do not, 2 could not be done.
    """
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.desk.record import recheck as held_against
    from ketakb.reports.recheck_text import write, write_json

    day = as_of_date(as_of)
    opened = backend.open_store(store)
    pages = [page for file in records for page in held_against(file, opened, day)]
    if format is PlainFormat.JSON:
        emit(lambda stream: write_json(pages, day, stream), exact=True)
    else:
        options = report_options(no_color=no_color, quiet=quiet)
        emit(lambda stream: write(pages, stream, options))
    return int(any(page.reasons for page in pages))

"""``ketakb report``: the page of the store, for review in a browser."""

from __future__ import annotations

import sys
from pathlib import Path

from ketakb.cli.declared import Option
from ketakb.cli.options import AsOfOption, NoCacheOption, OutOption, StoreOption, as_of_date, report_options
from ketakb.hints import Annotated


def report(
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    out: OutOption = None,
    open_: Annotated[bool, Option("--open", help="Show the page in the browser.")] = False,
    as_of: AsOfOption = None,
) -> None:
    """Write one HTML page of the store: its conflicts, topics against sources, and timelines.

    The page holds all that it needs and loads nothing from elsewhere, so that it can be sent by mail. With
    --open and without --output it is written to a temporary file. Of drafts, `ketakb audit page.md
    --format html` writes such a page.

    \b
    Examples:
      ketakb report --open
      ketakb report -o store.html --as-of 2024-06-01

    Exit status: 0 written, 2 could not be done.
    """
    from ketakb.cli import backend, desk
    from ketakb.cli.output import put, tell
    from ketakb.errors import UsageError
    from ketakb.reports.html.page import write

    day = as_of_date(as_of)
    if out is not None and str(out) == "-" and open_:
        raise UsageError("--open shows a file; name one with --output, or leave --output out")
    if out is None and not open_ and sys.stdout.isatty():
        raise UsageError("name a file with --output, or show the page with --open")
    opened = backend.open_store(store, desk.config_of(None))
    found = backend.audit_store(opened, backend.Question(day))
    options = report_options()
    target = _temporary() if open_ and out is None else out
    put(target, lambda stream: write(found, opened, stream, options), exact=True)
    if open_ and target is not None:
        import webbrowser

        if not webbrowser.open(target.resolve().as_uri()):
            tell(f"{target}: written, but there is no browser to open it with")


def _temporary() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="ketakb-")) / "store.html"

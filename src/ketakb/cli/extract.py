"""``ketakb extract``: claims proposed from pages, as YAML for `ketakb add --from`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ketakb.cli.declared import Argument, Option
from ketakb.cli.options import (
    AsOfOption,
    ExcludeOption,
    NoCacheOption,
    OutOption,
    StdinNameOption,
    StoreOption,
    as_of_date,
)
from ketakb.hints import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from collections.abc import Callable


def extract(
    paths: Annotated[list[str], Argument(metavar="PATH...", help="Pages; - for standard input.")],
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    source: Annotated[
        str | None, Option("--source", metavar="ID", help="The source of the store that the page is.")
    ] = None,
    kind: Annotated[
        str | None, Option("--kind", metavar="KIND", help="Kind of a new source; default: the weakest.")
    ] = None,
    only_new: Annotated[bool, Option("--new", help="Only what no accepted claim of the store says already.")] = False,
    as_of: AsOfOption = None,
    exclude: ExcludeOption = None,
    stdin_filename: StdinNameOption = None,
    out: OutOption = None,
) -> int:
    """Propose the claims that pages make, with passages, as YAML to be pruned by hand.

    Each claim comes in the format of claims.yaml: topic, statement, what is asserted, and the words of the page.
    Remarks above it name claims of the store that it contradicts, repeats or is worded like. A page that is no
    source of the store yet becomes one, its text included; check its title, publisher and kind. At the end
    stands what was on topic and not understood. Nothing is written to the store: prune the file, then add it
    with `ketakb add --from FILE`, which takes all of it or nothing.

    \b
    Examples:
      ketakb extract page.md > proposed.yaml
      ketakb extract leaflet.docx --kind guideline --new -o proposed.yaml
      ketakb add --store ours --from proposed.yaml

    Exit status: 0 done, 2 could not be done.
    """
    from ketakb import keeping
    from ketakb.cli import backend, output
    from ketakb.cli.inputs import gather
    from ketakb.errors import UsageError

    inputs = gather(paths, exclude or (), stdin_filename)
    if source is not None and len(inputs.documents) > 1:
        raise UsageError("--source names one source; give the pages one by one")
    opened = backend.open_store(store)
    asked = keeping.Asked(source, kind, only_new, as_of_date(as_of))
    taken: set[str] = set()
    pages = []
    with _progress(len(inputs.documents)) as step:
        reports = backend.audit_each(opened, inputs.documents, backend.Question(asked.as_of))
        for (_, document), report in zip(inputs.documents, reports, strict=True):
            pages.append(keeping.propose_from(opened, document, report, asked, taken))
            taken.add(pages[-1].source.id)
            step()
    text = keeping.proposals(opened, pages)
    output.put(out, lambda stream: print(text, end="", file=stream))
    found = sum(len(page.found) for page in pages)
    output.tell(f"{found} {'claim' if found == 1 else 'claims'} proposed; nothing was added to the store")
    for message in inputs.failed:
        output.tell(message)
    return 2 if inputs.failed else 0


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Give what is called after each page: it moves a bar on standard error where that is a terminal."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=total)
        yield lambda: bar.advance(task)

"""``ketakb search``: find the claim, see who says so, in which words, and how it stands."""

from __future__ import annotations

from ketakb.cli.declared import Argument, Option
from ketakb.cli.options import (
    NoCacheOption,
    NoColorOption,
    PlainFormat,
    PlainFormatOption,
    QuietOption,
    StoreOption,
    report_options,
)
from ketakb.hints import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from ketakb.model import Store
    from ketakb.search import Filters

_STANDINGS = ("accepted", "rejected", "contested", "superseded", "unreviewed")


def search(
    query: Annotated[list[str], Argument(metavar="QUERY...", help="A few words, or a question.")],
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    format: PlainFormatOption = PlainFormat.TEXT,
    topic: Annotated[
        str | None,
        Option(
            "--topic",
            metavar="TOPIC",
            autocompletion="topics",
            help="Only this topic, or topics that begin so: safety.",
        ),
    ] = None,
    source: Annotated[
        str | None,
        Option(
            "--source",
            metavar="SOURCE",
            autocompletion="sources",
            help="Only claims with a passage of this source.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        Option(
            "--kind",
            metavar="KIND",
            autocompletion="kinds",
            help="Only claims with a source of this kind: label.",
        ),
    ] = None,
    standing: Annotated[
        str | None,
        Option(
            "--standing",
            metavar="STANDING",
            autocompletion="standings",
            help=f"Only claims that are {', '.join(_STANDINGS)}.",
        ),
    ] = None,
    limit: Annotated[int, Option("--limit", "-n", metavar="N", min=1, help="How many at most.")] = 10,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Find claims by their words, those of their sources, or everyday words; misspelling is forgiven.

    \b
    Examples:
      ketakb search no side effects
      ketakb search how fast does it work
      ketakb search blood presure --topic safety --standing accepted
      ketakb search approved --source strivemd-trd --format json

    Exit status: 0 done, also where nothing fits; 2 it could not be done.
    """
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.search import Filters

    words = " ".join(query)
    opened = backend.open_store(store)
    filters = Filters(topic, source, kind, standing)
    _require_known(opened, filters)
    hits = backend.search(opened, words, filters, limit)
    options = report_options(no_color=no_color, quiet=quiet)
    if format is PlainFormat.JSON:
        from ketakb.reports.search_json import write
    else:
        from ketakb.reports.search_text import write
    emit(lambda stream: write(words, hits, opened, stream, options), exact=format is PlainFormat.JSON)


def _require_known(store: Store, filters: Filters) -> None:
    """Raise UsageError where a filter names what the store does not have: an empty result would mislead."""
    from ketakb.errors import UsageError

    if filters.topic and not any(name.startswith(filters.topic) for name in store.topics):
        raise UsageError(f"--topic: no topic begins with {filters.topic!r}; `ketakb topics` lists them")
    if filters.source and filters.source not in store.sources:
        raise UsageError(f"--source: there is no source {filters.source!r}; `ketakb sources` lists them")
    if filters.kind and filters.kind not in store.kinds:
        raise UsageError(f"--kind: {filters.kind!r} is none of {', '.join(store.kinds)}")
    if filters.standing and filters.standing not in _STANDINGS:
        raise UsageError(f"--standing: {filters.standing!r} is none of {', '.join(_STANDINGS)}")

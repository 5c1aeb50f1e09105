"""``ketakb export``: sources for reference managers."""

from __future__ import annotations

from enum import StrEnum

from ketakb.cli.declared import Option
from ketakb.cli.options import NoCacheOption, StoreOption
from ketakb.hints import Annotated


class ExportFormat(StrEnum):
    """Formats of reference managers."""

    CSL_JSON = "csl-json"
    BIBTEX = "bibtex"


def export(
    format: Annotated[
        ExportFormat, Option("--format", "-f", help="What to write.", case_sensitive=False)
    ] = ExportFormat.CSL_JSON,
    source: Annotated[list[str] | None, Option("--source", metavar="ID", help="Only this source. Repeatable.")] = None,
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Write the sources of the store for a reference manager or a word processor.

    The keys of BibTeX entries are the ids of the sources. Authors are not in the store: look them up by the
    DOI before you print a list of references.

    \b
    Examples:
      ketakb export --format bibtex > sources.bib
      ketakb export --source zanos-gould-2018 --source canmat-ketamine-2021

    Exit status: 0 written, 2 there is no such source.
    """
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.errors import UsageError

    opened = backend.open_store(store)
    wanted = dict.fromkeys(part for value in source or () for part in value.split(",") if part)
    for name in wanted:
        if name not in opened.sources:
            raise UsageError(f"--source: there is no source {name!r}; `ketakb sources` lists them")
    sources = [opened.sources[name] for name in wanted or sorted(opened.sources)]
    if format is ExportFormat.BIBTEX:
        from ketakb.reports.bibtex import write
    else:
        from ketakb.reports.csl_json import write
    emit(lambda stream: write(sources, stream), exact=True)

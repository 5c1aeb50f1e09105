"""``ketakb parse``: how a text was read."""

from __future__ import annotations

from ketakb.cli.declared import Argument
from ketakb.cli.options import (
    ExcludeOption,
    NoCacheOption,
    NoColorOption,
    PlainFormat,
    PlainFormatOption,
    StdinNameOption,
    StoreOption,
    report_options,
)
from ketakb.hints import Annotated


def parse(
    paths: Annotated[list[str], Argument(metavar="PATH...", help="Texts; - for standard input.")],
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    format: PlainFormatOption = PlainFormat.TEXT,
    exclude: ExcludeOption = None,
    stdin_filename: StdinNameOption = None,
    no_color: NoColorOption = False,
) -> int:
    """Show how a text was read: what each sentence names, denies, leaves open and asserts, and why.

    It helps to see why something was reported, or was not.

    \b
    Examples:
      ketakb parse page.md
      echo 'It may help within hours.' | ketakb parse -

    Exit status: 0 shown, 2 something could not be read.
    """
    from ketakb.cli import backend, output
    from ketakb.cli.inputs import gather

    inputs = gather(paths, exclude or (), stdin_filename)
    opened = backend.open_store(store)
    documents = backend.parse(opened, inputs.documents)
    options = report_options(no_color=no_color)
    if format is PlainFormat.JSON:
        from ketakb.reports.parse_json import write
    else:
        from ketakb.reports.parse_text import write
    output.emit(lambda stream: write(documents, opened, stream, options), exact=format is PlainFormat.JSON)
    for message in inputs.failed:
        output.tell(message)
    return 2 if inputs.failed else 0

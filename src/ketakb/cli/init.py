"""``ketakb init``: a new store."""

from __future__ import annotations

from pathlib import Path

from ketakb.cli.declared import Argument, Option
from ketakb.cli.options import NoColorOption, QuietOption, report_options
from ketakb.hints import Annotated


def init(
    folder: Annotated[Path, Argument(metavar="DIR", help="Folder of the new store.")],
    extends: Annotated[
        str | None,
        Option("--extends", metavar="STORE", help="Make it a layer over this store: a folder, or `default`."),
    ] = None,
    name: Annotated[str | None, Option("--name", metavar="NAME", help="Its name; default: that of the folder.")] = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Write a new store: empty, or a layer with a house's own claims and wording over another store.

    Each file says in remarks what goes into it, with an example to uncomment. Nothing is ever overwritten.

    \b
    Examples:
      ketakb init ours --extends default
      ketakb init headache

    Exit status: 0 written, 2 not possible; then nothing was written.
    """
    from ketakb.cli.output import emit
    from ketakb.reports.paper import paper
    from ketakb.store.create import create_store

    files = create_store(folder, extends, name)
    if quiet:
        return
    options = report_options(no_color=no_color)

    def write(stream: object) -> None:
        out = paper(stream, options)  # type: ignore[arg-type]
        for file in files:
            if file.parent == folder:
                out.line((str(file), "path"))
        out.line(("Look at it with: ", "dim"), f"ketakb check --store {folder}")

    emit(write)

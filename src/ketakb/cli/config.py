"""``ketakb config``: which settings apply to a draft, and where each comes from."""

from __future__ import annotations

from ketakb.cli.declared import Argument
from ketakb.cli.options import NoColorOption, PlainFormat, PlainFormatOption, report_options
from ketakb.hints import Annotated


def config(
    path: Annotated[str, Argument(metavar="[PATH]", help="A draft or folder.")] = ".",
    format: PlainFormatOption = PlainFormat.TEXT,
    no_color: NoColorOption = False,
) -> None:
    """Show which settings apply to a draft, and where each comes from.

    The nearest ketakb.toml, or pyproject.toml with a table [tool.ketakb], at or above the draft counts; none
    is needed. What the command line of an audit says comes first, then KETAKB_STORE, then the file.

    \b
    Examples:
      ketakb config
      ketakb config posts/page.md

    Exit status: 0 shown, 2 the file has an error, told with its line and column.
    """
    from pathlib import Path

    from ketakb.cli import backend
    from ketakb.cli.inputs import no_such
    from ketakb.cli.output import emit
    from ketakb.desk.config import find_config
    from ketakb.desk.paths import find_file
    from ketakb.errors import UsageError
    from ketakb.reports.config_text import Shown, write, write_json

    if not Path(path).exists():
        raise UsageError(no_such(path))
    found = find_config(Path(path))
    named = backend.find_store(None, found)
    beside = path if Path(path).is_file() else str(Path(path) / "draft")
    shown = Shown(path, found, str(named), find_file(beside))
    if format is PlainFormat.JSON:
        emit(lambda stream: write_json(shown, stream), exact=True)
    else:
        emit(lambda stream: write(shown, stream, report_options(no_color=no_color)))

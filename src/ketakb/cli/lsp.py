"""``ketakb lsp``: findings in the editor, while the draft is written."""

from __future__ import annotations

from ketakb.cli.declared import Option
from ketakb.cli.options import (
    AsOfOption,
    IgnoreOption,
    JurisdictionOption,
    KindOption,
    NoCacheOption,
    SelectOption,
    StoreOption,
    as_of_date,
    rule_prefixes,
)
from ketakb.hints import Annotated


def lsp(
    stdio: Annotated[bool, Option("--stdio", help="Talk over standard input and output; this is the default.")] = False,
    tcp: Annotated[
        str | None,
        Option("--tcp", metavar="[HOST:]PORT", help="Wait for one editor on a port of this machine."),
    ] = None,
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    kind: KindOption = None,
    jurisdiction: JurisdictionOption = None,
    as_of: AsOfOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    notes: Annotated[bool, Option("--notes", help="Show notes as information; else they are faint hints.")] = False,
    by: Annotated[
        str | None,
        Option("--by", metavar="NAME", help="Who decides; default: as git knows you, else the machine."),
    ] = None,
) -> None:
    """Start the language server, which shows findings in an editor while you write.

    You do not type this: the editor starts it (docs/editors.md shows how to set up VS Code, Neovim and Helix).
    It reads Markdown, HTML and text as they are typed, with the settings that `ketakb config` shows for the
    draft. It needs pygls: pip install 'ketakb[lsp]'.

    \b
    Examples:
      ketakb lsp --stdio
      ketakb lsp --tcp 2087 --jurisdiction UK

    Exit status: 0 the editor has ended it, 2 it could not start.
    """
    from ketakb import __version__
    from ketakb.errors import UsageError
    from ketakb.lsp.bench import Asked, Bench

    if stdio and tcp is not None:
        raise UsageError("--stdio and --tcp exclude each other; leave one out")
    place = None if tcp is None else _place(tcp)
    day = None if as_of is None else as_of_date(as_of)
    rules = rule_prefixes(select, "--select"), rule_prefixes(ignore, "--ignore")
    try:
        import pygls  # noqa: F401
    except ImportError:
        raise UsageError("the language server needs pygls; install it: pip install 'ketakb[lsp]'") from None
    from ketakb.lsp.features import build_server

    server = build_server(Bench(Asked(store, kind, jurisdiction, day, *rules)), __version__, notes=notes, by=by)
    if place is None:
        server.start_io()
        return
    import logging

    # pygls ends a connection by SystemExit, which asyncio would report with a trace
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    try:
        server.start_tcp(*place)
    except OSError as error:
        raise UsageError(f"--tcp {tcp}: cannot listen there: {error.strerror or error}; try another port") from error


def _place(given: str) -> tuple[str, int]:
    """Return host and port; only this machine can connect unless a host is named."""
    from ketakb.errors import UsageError

    host, _, port = given.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise UsageError(f"--tcp {given}: write a port, such as 2087, or HOST:PORT")
    return host or "127.0.0.1", int(port)

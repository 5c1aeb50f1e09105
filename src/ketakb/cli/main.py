"""The ``ketakb`` command: its subcommands, and where errors become messages and exit statuses."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.core

from ketakb.cli.terminal import show_nearest
from ketakb.errors import KetakbError

_COMMANDS = {
    "search": ("search", "Find claims by words or by a question."),
    "audit": ("audit", "Check drafts; without one, the store against itself."),
    "decide": ("decide", "Write down what you decided about a finding."),
    "diff": ("diff", "Compare two versions of a draft."),
    "recheck": ("recheck", "Find signed-off pages whose claims no longer stand."),
    "config": ("config", "Show which settings apply to a draft, and where from."),
    "report": ("report", "Write a page of all conflicts of the store, for the browser."),
    "check": ("check", "Check the files of the store for mistakes."),
    "show": ("lookup", "Show one claim, source or topic."),
    "topics": ("lookup", "List the topics and how their claims stand."),
    "sources": ("lookup", "List the sources, the strongest first."),
    "explain": ("explain", "Explain a rule such as KB201, or list them all."),
    "parse": ("parse", "Show how a text was read, sentence by sentence."),
    "review": ("review", "Look at a claim, and record that you did."),
    "extract": ("extract", "Propose the claims that pages make."),
    "add": ("add", "Write a new claim into a store."),
    "init": ("init", "Write a new store, or a layer over one."),
    "lsp": ("lsp", "Show findings in an editor (started by the editor)."),
    "cache": ("cache", "Show or delete what is kept of stores that were read."),
    "export": ("export", "Write the sources for a reference manager (Zotero ...)."),
}
"""Name of each command: its module of ketakb.cli, where the function has that name, and its short help."""


_YOUNG = 50_000
"""New values after which Python looks for cycles. A store is many values that stay: its 700 cost a tenth of a page."""


class _Commands(dict[str, Any]):
    """The commands by name, each imported and built when it is asked for."""

    def __missing__(self, name: str) -> Any:
        module, short_help = _COMMANDS[name]
        alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        alone.command(name=name, short_help=short_help)(getattr(import_module(f"ketakb.cli.{module}"), name))
        self[name] = typer.main.get_command(alone)
        return self[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in _COMMANDS else default

    def __iter__(self) -> Any:
        return iter(_COMMANDS)

    def keys(self) -> Any:
        return _COMMANDS.keys()

    def items(self) -> Any:
        return [(name, self[name]) for name in _COMMANDS]


class _Group(typer.core.TyperGroup):
    """The command without a subcommand. Only the subcommand that is asked for is imported."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_COMMANDS)


app = typer.Typer(
    name="ketakb",
    cls=_Group,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: rich would cost more than all the rest of starting up
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(asked: bool) -> None:
    if asked:
        import ketakb

        typer.echo(f"ketakb {ketakb.__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Find what is wrong, overdone or out of date in copy, and the sources that say so.

    ketakb holds claims in plain text: statements, each with the sources that make it and what the house holds
    of it. They are kept together in a store; one comes with ketakb. Drafts are read against it. It is an aid
    for editors: it does not approve a text, and it gives no medical or legal advice. Nothing leaves the
    machine.

    \b
    Start with:
      ketakb audit page.md
      ketakb audit page.md --format html --output review.html
      ketakb search side effects
      ketakb COMMAND --help
    """


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 nothing found, 1 findings, 2 not done, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        show_nearest(stream)
    try:
        status = typer.main.get_command(app).main(args=arguments, prog_name="ketakb", standalone_mode=False)
    except KetakbError as error:
        return _fail(str(error))
    except BrokenPipeError:
        from ketakb.cli.output import hush

        hush()
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _fail("interrupted")
        return 130
    except Exception as error:
        return _fail(_told(error))
    return status if isinstance(status, int) else 0


def _told(error: Exception) -> str:
    """Return one message for an error that is not ours: wrong usage as typer puts it, or a defect."""
    if os.environ.get("KETAKB_TRACEBACK"):
        raise error
    message = getattr(error, "format_message", None)
    if message is None:
        kind = type(error).__name__
        return f"internal error, please report it: {kind}: {error} (KETAKB_TRACEBACK=1 shows where)"
    context = getattr(error, "ctx", None)
    told = str(message()).strip()
    if "\n" in told:  # no command was given: the message is the help
        return told
    where = context.command_path if context is not None else "ketakb"
    return f"{told.rstrip('.')}; see `{where} --help`"


def _fail(message: str) -> int:
    from ketakb.reports.paper import safe

    lines = message.split("\n")
    text = f"ketakb: {safe(message)}" if len(lines) == 1 else "\n".join(lines)
    print(text, file=sys.stderr)
    return 2


def run() -> None:
    """Entry point of the installed command."""
    gc.set_threshold(_YOUNG)
    sys.exit(main())

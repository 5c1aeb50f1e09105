"""The ``ketakb`` command: its subcommands, and where errors become messages and exit statuses."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ketakb.cli import (
    add,
    audit,
    check,
    config,
    decide,
    diff,
    explain,
    export,
    init,
    lookup,
    parse,
    recheck,
    report,
    review,
    search,
)
from ketakb.errors import KetakbError

app = typer.Typer(
    name="ketakb",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: rich would cost more than all the rest of starting up
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.command(short_help="Find claims by words.")(search.search)
app.command(short_help="Find what contradicts the store, in drafts or in itself.")(audit.audit)
app.command(short_help="Write what was decided on a finding.")(decide.decide)
app.command(short_help="Say what a new version of a draft mends, strengthens and loses.")(diff.diff)
app.command(short_help="Say which signed-off pages rest on claims that no longer stand.")(recheck.recheck)
app.command(short_help="Show which settings apply, and where from.")(config.config)
app.command(short_help="Write the page of the store: conflicts, topics against sources, timelines.")(report.report)
app.command(short_help="Check the store itself.")(check.check)
app.command(short_help="Show one claim, source or topic.")(lookup.show)
app.command(short_help="List the topics and how their claims stand.")(lookup.topics)
app.command(short_help="List the sources, the strongest first.")(lookup.sources)
app.command(short_help="Explain a rule, or list them all.")(explain.explain)
app.command(short_help="Show how a text was read.")(parse.parse)
app.command(short_help="Look at a claim, and record that you did.")(review.review)
app.command(short_help="Write a new claim into a store.")(add.add)
app.command(short_help="Write a new store, or a layer over one.")(init.init)
app.command(short_help="Write the sources for a reference manager.")(export.export)


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
    """Find claims, and find what contradicts them in copy.

    ketakb holds claims with their sources in plain text, and reads drafts against them. It is an aid for
    editors: it does not approve a text, and it gives no medical or legal advice. Nothing leaves the machine.

    \b
    Start with:
      ketakb audit page.md
      ketakb search side effects
    """


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 nothing found, 1 findings, 2 not done, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a name or text that the terminal cannot show
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
    sys.exit(main())

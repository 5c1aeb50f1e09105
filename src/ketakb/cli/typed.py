"""The commands as typer knows them: for help, mistakes, completion, and all that the plain reading leaves to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any

import typer
import typer.core

from ketakb.cli import completing
from ketakb.cli.commands import COMMANDS, function_of
from ketakb.cli.declared import Argument, Option
from ketakb.cli.plain import declaration_of


class _Commands(dict[str, Any]):
    """The commands by name, each imported and built when it is asked for."""

    def __missing__(self, name: str) -> Any:
        alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        alone.command(name=name, short_help=COMMANDS[name][1])(_typed(function_of(name)))
        self[name] = typer.main.get_command(alone)
        return self[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in COMMANDS else default

    def __iter__(self) -> Any:
        return iter(COMMANDS)

    def keys(self) -> Any:
        return COMMANDS.keys()

    def items(self) -> Any:
        return [(name, self[name]) for name in COMMANDS]


def _typed(function: Callable[..., int | None]) -> Callable[..., None]:
    """Return a command whose declarations are typer's, and that ends as typer has it."""

    @wraps(function)
    def command(**given: Any) -> None:
        if status := function(**given):
            raise typer.Exit(status)

    signature = inspect.signature(function)
    typed = []
    for name, parameter in signature.parameters.items():
        kind, declared = declaration_of(function, name)
        typed.append(parameter.replace(annotation=Annotated[kind, _info(declared)]))
    command.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=typed, return_annotation=None
    )
    command.__annotations__ = {one.name: one.annotation for one in typed}
    return command


def _info(declared: Argument | Option) -> Any:
    settings = dict(declared.settings)
    if "autocompletion" in settings:
        settings["autocompletion"] = getattr(completing, settings["autocompletion"])
    if isinstance(declared, Option):
        return typer.Option(*declared.names, callback=declared.callback, **settings)
    return typer.Argument(**settings)


class _Group(typer.core.TyperGroup):
    """The command without a subcommand. Only the subcommand that is asked for is imported."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)


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


def run(arguments: Sequence[str] | None) -> Any:
    """Run the command as typer reads it; return its exit status. Raises what typer raises, KeyboardInterrupt too."""
    given = None if arguments is None else list(arguments)
    try:
        return typer.main.get_command(app).main(args=given, prog_name="ketakb", standalone_mode=False)
    except typer.Abort as error:
        raise KeyboardInterrupt from error

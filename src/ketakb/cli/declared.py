"""How commands declare their options: once, for typer and for the plain reading of a line.

typer is half of what a short command costs, so nothing here imports it. An Option or Argument holds what
`typer.Option` or `typer.Argument` takes; ketakb.cli.typed hands it over, ketakb.cli.plain reads it as it stands.
"""

from __future__ import annotations

from collections.abc import Callable

from ketakb.errors import UsageError
from ketakb.hints import Any


class BadValueError(UsageError):
    """An option with a value that it may not have, told as typer tells it."""

    def __init__(self, message: str, option: str) -> None:
        super().__init__(f"Invalid value for {option}: {message.rstrip('.')}")


class Argument:
    """A word of a command line that no name comes before."""

    names: tuple[str, ...] = ()

    def __init__(self, **settings: Any) -> None:
        """`settings` are those of `typer.Argument`; `autocompletion` is a name in ketakb.cli.completing."""
        self.settings = settings


class Option:
    """An option of a command, with its names: `--store`, or `--format` and `-f`."""

    def __init__(self, *names: str, callback: Callable[[Any], Any] | None = None, **settings: Any) -> None:
        """`callback` is given the value before the command runs, and returns it; for `settings` see Argument."""
        self.names, self.callback, self.settings = names, callback, settings

"""docs/commands.md is what the commands say of themselves.

KETAKB_GOLDEN=write writes it anew after a change that is meant.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import typer.main
from typer.core import TyperArgument, TyperGroup, TyperOption

from ketakb.cli.typed import app

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
_HEAD = """\
# Commands

Written from the commands themselves; `ketakb COMMAND --help` says the same. Findings go to standard output,
messages to standard error. Settings for all may stand in [the configuration](configuration.md).
"""


def page() -> str:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return "\n".join([_HEAD, *(_command(name, group.commands[name]) for name in sorted(group.commands))])


def _command(name: str, command: object) -> str:
    params = list(command.params)  # type: ignore[attr-defined]
    places = [one.make_metavar(None) for one in params if isinstance(one, TyperArgument)]  # type: ignore[arg-type]
    lines = [f"## ketakb {name}", "", f"    ketakb {' '.join([name, '[OPTIONS]', *places])}", ""]
    lines += [_told(command.help or ""), ""]  # type: ignore[attr-defined]
    options = [one for one in params if isinstance(one, TyperOption)]
    if options:
        lines += ["| option | means |", "|---|---|", *(_option(one) for one in options), ""]
    return "\n".join(lines)


def _told(text: str) -> str:
    """Return the help with its paragraphs on one line each, and what was set as it stands indented."""
    done = []
    for part in re.split(r"\n\s*\n", text.strip()):
        first, _, rest = part.strip("\n").partition("\n")
        if first.strip() == "\b":
            rest = "\n".join(f"    {line.strip()}" for line in rest.split("\n")[1:])
            done.append(f"Examples:\n\n{rest}")
        else:
            done.append(" ".join(part.split()))
    return "\n\n".join(done)


def _option(option: TyperOption) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    choices = getattr(option.type, "choices", None)
    value = "" if option.is_flag or choices else f" {option.metavar or option.type.name.upper()}"
    told = (option.help or "").rstrip(".")
    if choices:
        told += ": " + ", ".join(str(getattr(one, "value", one)) for one in choices)
    return f"| {names}{value.rstrip()} | {told} |".replace("  ", " ")


def test_the_page_is_up_to_date() -> None:
    if os.environ.get("KETAKB_GOLDEN") == "write":
        PAGE.write_text(page(), encoding="utf-8")
    assert page() == PAGE.read_text(encoding="utf-8")


def test_the_readme_names_every_command_of_an_editor() -> None:
    readme = (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
    for name in ("audit", "decide", "diff", "recheck", "config", "search", "explain"):
        assert f"ketakb {name}" in readme, name

"""A command line is read the same by typer and by the plain reading, or left to typer."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from ketakb import room
from ketakb.cli.commands import COMMANDS, function_of
from ketakb.cli.declared import Option
from ketakb.cli.plain import declaration_of, plain_call
from ketakb.cli.typed import _typed

ROOT = Path(__file__).parents[1]


def by_typer(name: str, words: list[str]) -> dict[str, Any] | None:
    """Return what typer calls a command's function with, or None where it says no."""
    function = function_of(name)
    called: list[dict[str, Any]] = []

    @wraps(function)
    def recorder(**given: Any) -> None:
        called.append(given)

    recorder.__annotations__ = {
        one: Annotated[declaration_of(function, one)] for one in inspect.signature(function).parameters
    }
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.command(name=name)(_typed(recorder))
    try:
        typer.main.get_command(alone).main(args=words, prog_name=name, standalone_mode=False)
    except Exception:
        return None
    return called[0] if called else None


def plainly(name: str, words: list[str]) -> dict[str, Any] | None:
    """Return what the plain reading calls a command's function with, defaults included; None where it does not."""
    call = plain_call([name, *words], {})
    if call is None:
        return None
    function, found = call
    parameters = inspect.signature(function).parameters.values()
    return {one.name: found.get(one.name, one.default) for one in parameters}


def same(one: Any, two: Any) -> bool:
    return type(one) is type(two) and one == two


WORDS = ["page.md", "-", "a b", "é", "./x", "info", "text", "JSON", "json", "5", "0", "-5", "07", "", "KB2", "US", "us"]


def lines(function: Callable[..., Any]) -> st.SearchStrategy[list[str]]:
    names = ["--help", "--", "--nothing", "-z", "--format=json", "--format=", "--limit=3", "-fjson", "-qq", "-n3"]
    for one in inspect.signature(function).parameters:
        _, declared = declaration_of(function, one)
        if isinstance(declared, Option):
            names += declared.names
            names += [f"{declared.names[0]}=x"]
    return st.lists(st.sampled_from([*names, *WORDS]) | st.sampled_from(WORDS), max_size=6)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_line_is_read_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "do_without", lambda: None)

    @settings(max_examples=60, deadline=None)
    @given(lines(function_of(name)))
    def alike(words: list[str]) -> None:
        found = plainly(name, words)
        if found is not None:
            told = by_typer(name, words)
            assert told is not None
            assert told.keys() == found.keys()
            assert all(same(told[one], found[one]) for one in told), (told, found)

    alike()


@pytest.mark.parametrize(
    "line",
    [
        "audit",
        "audit page.md",
        "audit posts/ other.md -",
        "audit posts --format json --as-of 2026-11-22 -q",
        "audit -f sarif page.md --select KB2 --select KB301 --jobs 2 --no-cache",
        "audit page.md --as editorial --jurisdiction UK --output=out.txt --notes --why",
        "search no side effects",
        "search how fast --limit 3 --topic safety --format=json",
        "check --expiring 90d",
        "show nmda-antagonist",
        "diff old.md new.md",
        "decide page.md:3 --as accepted --by me --because so",
        "cache info",
        "config",
    ],
)
def test_usual_lines_are_read_without_typer(line: str) -> None:
    name, *words = line.split()
    found = plainly(name, words)
    assert found is not None
    assert found == by_typer(name, words)


@pytest.mark.parametrize(
    "line", ["", "--version", "audit --help", "serch x", "search", "search -- --x", "audit -qf json"]
)
def test_the_unusual_is_left_to_typer(line: str) -> None:
    assert plain_call(line.split(), {}) is None


def test_a_shell_that_completes_is_answered_by_typer() -> None:
    assert plain_call(["search", "x"], {"_KETAKB_COMPLETE": "complete_bash"}) is None


@pytest.mark.parametrize("line", [["search", "side", "effects"], ["audit", "examples/clinic-post.md"]])
def test_a_plain_line_loads_neither_typer_nor_typing(line: list[str]) -> None:
    code = (
        "import sys; from ketakb.cli.main import main; main(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code, *line], cwd=ROOT, capture_output=True, text=True, check=False)
    loaded = set(run.stderr.split())
    assert "ketakb.cli.main" in loaded
    assert loaded.isdisjoint({"typer", "click", "rich", "inspect", "dataclasses", "subprocess", "difflib", "typing"})

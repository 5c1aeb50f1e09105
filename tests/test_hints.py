"""What stands for `typing` while a program runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ketakb.hints import Annotated, NamedTuple

SOURCE = Path(__file__).parents[1] / "src" / "ketakb"


class Point(NamedTuple):
    """A place."""

    x: int
    y: int = 2

    def sum(self) -> int:
        """Return both together."""
        return self.x + self.y


def test_a_named_tuple_is_one() -> None:
    point = Point(1)
    assert (point, point.y, point.sum(), point._replace(x=5), repr(point)) == ((1, 2), 2, 3, (5, 2), "Point(x=1, y=2)")
    assert (Point._fields, Point.__doc__, Point.__module__) == (("x", "y"), "A place.", __name__)
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]


def test_what_is_said_of_a_type_is_found_as_in_typing() -> None:
    found = Annotated[int, "told"]
    assert (found.__origin__, found.__metadata__) == (int, ("told",))  # type: ignore[attr-defined]


def test_typing_is_imported_in_one_place_and_for_typer() -> None:
    """Elsewhere it would be loaded by commands that can do without."""
    named = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(line.lstrip().startswith(("from typing ", "import typing")) for line in path.open(encoding="utf-8"))
    }
    assert named == {"hints.py", "cli/typed.py"}


def test_a_process_ends_with_all_that_it_printed_and_its_status(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Ketamine always cures depression.\n" * 300, encoding="utf-8")
    out = tmp_path / "out.json"
    line = [sys.executable, "-m", "ketakb", "audit", str(page), "--format", "json"]
    piped = subprocess.run(line, capture_output=True, check=False)
    with out.open("wb") as stream:
        written = subprocess.run(line, stdout=stream, check=False)
    told = subprocess.run([sys.executable, "-m", "cProfile", *line[1:]], capture_output=True, check=False)
    assert piped.returncode == written.returncode == 1
    assert piped.stdout == out.read_bytes()
    assert piped.stdout.rstrip().endswith(b"}")
    assert b"tottime" in told.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_what_could_not_be_printed_is_not_passed_over() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        line = [sys.executable, "-m", "ketakb", "search", "xyzzy"]
        env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        run = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, env=env, check=False)
    assert run.returncode == 120  # as Python has it
    assert "No space left" in run.stderr

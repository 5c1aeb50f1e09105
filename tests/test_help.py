"""What the command says of itself, and what it says when something is wrong: for people, with what to do next."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from ketakb.cli.commands import COMMANDS
from ketakb.cli.main import main
from ketakb.cli.terminal import nearest
from ketakb.cli.typed import app

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "ketakb"
DAY = ("--as-of", "2026-11-21")
DRAFT = "Ketamine “stimulates” NMDA receptors – no side effects! ☃\n"


def run(*arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, with an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(ROOT / "src"), **environ}
    command = [sys.executable, "-m", "ketakb", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_how_and_says_how_it_ends(command: str, tmp_path: Path) -> None:
    done = run(command, "--help", cwd=tmp_path, COLUMNS="80")
    shown = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"\n    ketakb {command}" in shown.partition("Examples:")[2]
    assert "Exit status: 0 " in " ".join(shown.split())
    assert [line for line in shown.splitlines() if len(line) > 80] == []
    for jargon in ("<str>", "int range", "stdin ", "regex"):
        assert jargon not in shown


def test_the_help_of_all_fits_and_starts_with_what_to_type(tmp_path: Path) -> None:
    shown = run("--help", cwd=tmp_path, COLUMNS="80").stdout.decode()
    assert "Start with:\n    ketakb audit page.md\n" in shown
    assert [line for line in shown.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["audit", "pgae.md"], "pgae.md: no such file or folder; did you mean page.md?"),
        (["audit", "posts/x.md"], "posts/x.md: no such file or folder; there is no folder posts"),
        (["audit", "zzz"], "zzz: no such file or folder; you are in the folder "),
        (["audit", "*.rst"], "*.rst: no file matches; ** stands for any folders, as in posts/**/*.md"),
        (["config", "pgae.md"], "pgae.md: no such file or folder; did you mean page.md?"),
        (["show", "qqq"], "qqq: no claim, source or topic has this id; `ketakb search` finds claims by their words"),
        (["topics", "qqq"], "qqq: no topic begins so; `ketakb topics` lists them all"),
        (["audit", "page.md", "-o", "no/file"], "cannot be written: No such file or directory; name another place"),
        (["audit", "page.pdf"], "export it as Word, HTML or text"),
        (["adit"], "No such command 'adit'"),
    ],
)
def test_what_is_wrong_comes_with_what_to_do(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7")
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_every_command_is_in_the_help_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = re.findall(r"^  ([a-z]+)  ", capsys.readouterr().out.partition("Commands:")[2], re.MULTILINE)
    assert listed == list(COMMANDS)
    assert max(map(len, (told for _, told in COMMANDS.values()))) <= 62


PLAIN = [("audit", "page.md", "--why", "--notes"), ("search", "side", "effects"), ("audit",)]


@pytest.mark.parametrize("arguments", PLAIN)
@pytest.mark.parametrize(
    "environ",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1", "COLUMNS": "40"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "dumb", "COLUMNS": "200", "LC_ALL": "C.UTF-8"},
    ],
)
def test_terminals_that_cannot_show_all_show_what_they_can(
    arguments: tuple[str, ...], environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "page.md").write_text(DRAFT, encoding="utf-8")
    done = run(*arguments, *(DAY if arguments[0] == "audit" else ()), cwd=tmp_path, **environ)
    assert done.returncode in (0, 1)
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert b"Traceback" not in done.stdout
    assert re.search(rb"\\u20(1[0-9]|26)|\\xe2", done.stdout) is None, "marks that we print ourselves are folded"


def test_what_programs_read_is_the_same_in_every_terminal(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(DRAFT, encoding="utf-8")
    for how in (["--format", "json"], ["--format", "jsonl"], ["--format", "sarif"], ["--format", "html"], ["--diff"]):
        asked = ("audit", "page.md", *DAY, *how)
        narrow, wide = (run(*asked, cwd=tmp_path, PYTHONIOENCODING=name) for name in ("ascii", "utf-8"))
        assert narrow.stdout == wide.stdout, how
        narrow.stdout.decode("utf-8")


def test_letters_are_shown_by_what_comes_nearest() -> None:
    assert nearest("“Señor’s” – 5 µg, ½… ☃😀") == "\"Senor's\" - 5 ug, 1/2... \\u2603\\U0001f600"


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_colours_only_where_they_are_wanted(environ: dict[str, str], tmp_path: Path) -> None:
    """On a terminal of its own: pty is what a person has."""
    pty = pytest.importorskip("pty")
    (tmp_path / "page.md").write_text(DRAFT, encoding="utf-8")
    code = f"import pty, sys; sys.exit(pty.spawn({[sys.executable, '-m', 'ketakb', 'audit', 'page.md', *DAY]!r}) >> 8)"
    assert pty
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm-256color", "COLUMNS": "40"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**env, **environ}, capture_output=True, check=False
    )
    shown = done.stdout.decode()
    coloured = re.search(r"\x1b\[[0-9;]*3[0-9]", shown) is not None
    assert coloured == (not environ)
    if "TERM" in environ:
        assert "\x1b" not in shown
    else:
        bare = re.sub(r"\x1b\[[0-9;]*m", "", shown)
        assert max(len(line.rstrip()) for line in bare.splitlines() if "http" not in line) <= 40


_LINE = re.compile(r"(?:^|[\s`|(\\/])ketakb (?P<rest>[a-z][^`|#>\n]*)")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def _commands() -> dict[str, set[str]]:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    options = {}
    for name in group.commands:
        found = {opt for one in group.commands[name].params for opt in one.opts}
        options[name] = {*found, "--help", "-h"}
    return options


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_pages_tell_to_type_can_be_typed(page: Path) -> None:
    """Every command in set lines is one, and has the options that are given to it there."""
    commands = _commands()
    for block in re.findall(r"^(?:    .+|```\w*\n[\s\S]*?\n```)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        for match in _LINE.finditer(block):
            name, *words = match["rest"].split()
            if name not in commands:
                continue
            given = [word.partition("=")[0] for word in words if word.startswith("-") and word != "-"]
            assert set(given) <= commands[name], match[0]


def test_what_the_first_five_minutes_tell_to_type_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "start.md").read_text(encoding="utf-8")
    monkeypatch.chdir(ROOT)
    lines = re.findall(r"^\.venv(?:/bin/|\\Scripts\\)ketakb (audit .*)$", page, re.MULTILINE)
    assert len(lines) == 2
    for line in lines:
        words = line.replace("\\", "/").split()
        words[words.index("review.html")] = str(tmp_path / "review.html")
        assert main(words) == 1
        assert capsys.readouterr() == ("", "")
        assert "<!DOCTYPE html>" in (tmp_path / "review.html").read_text(encoding="utf-8")[:20]
    for command in ("search side effects", "explain KB203"):
        assert command in page
        assert main(command.split()) == 0

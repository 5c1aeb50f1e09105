"""The command line: exit statuses, messages, inputs, and what must not be loaded."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import made
from ketakb import __version__
from ketakb.cli import backend
from ketakb.cli.inputs import gather
from ketakb.cli.main import main
from ketakb.cli.typed import app
from ketakb.errors import StoreError, UnreadableInputError, UsageError
from ketakb.readers.document import Document
from ketakb.results import Coverage, DocumentReport

SRC = Path(__file__).parents[1] / "src"
COMMANDS = [
    "search",
    "audit",
    "check",
    "show",
    "topics",
    "sources",
    "explain",
    "parse",
    "review",
    "add",
    "init",
    "export",
    "extract",
]
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run the command over the store made by hand; return exit status, standard output and standard error."""
    monkeypatch.setattr(backend, "find_store", lambda option: Path("made"))
    monkeypatch.setattr(backend, "open_store", lambda *_: made.STORE)
    monkeypatch.setattr(backend, "check_store", lambda folder, as_of: (made.STORE, made.PROBLEMS))
    monkeypatch.setattr(backend, "audit_store", lambda store, question: made.WHOLE_STORE)
    monkeypatch.setattr(backend, "parse", lambda store, documents: made.PARSED)

    class Auditor:
        def audit(self, path: str, one: Document) -> DocumentReport:
            return replace(made.DOCUMENT, path=path) if "stimulates" in one.text else _clean(path, one.text)

    monkeypatch.setattr("ketakb.app.auditor_of", lambda store, options: Auditor())

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def _clean(path: str, text: str) -> DocumentReport:
    return DocumentReport(path, text, "sha256:0", "clinic-page", "US", Coverage(1, 1, 1))


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "posts" / ".hidden").mkdir(parents=True)
    (tmp_path / "posts" / "b.md").write_text("It helps.\n")
    (tmp_path / "posts" / "a.txt").write_text(made.TEXT)
    (tmp_path / "posts" / "logo.png").write_bytes(b"\x89PNG\0")
    (tmp_path / "posts" / ".hidden" / "c.md").write_text("no")
    (tmp_path / "clean.md").write_text("It helps.\n")
    return tmp_path


def test_version_and_help() -> None:
    run = CliRunner().invoke(app, ["--version"])
    assert (run.exit_code, run.output) == (0, f"ketakb {__version__}\n")
    for command in COMMANDS:
        shown = CliRunner().invoke(app, [command, "--help"])
        assert shown.exit_code == 0
        assert f"ketakb {command}" in shown.output or command in ("topics", "sources"), command


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frob"], "No such command 'frob'"),
        (["audit", "--fromat", "json"], "No such option: --fromat"),
        (["audit", "--format", "xml"], "'xml' is not one of"),
        (["audit", "--as-of", "2026-13-01"], "'2026-13-01' is not a date; write YYYY-MM-DD"),
        (["audit", "--as-of", "20261121"], "is not a date"),
        (["audit", "--select", "X1"], "'X1' is no rule; write KB2 or KB201"),
        (["audit", "--as", "poster"], "'poster' is not one of"),
        (["audit", "nowhere.md"], "nowhere.md: no such file or folder"),
        (["audit", "nowhere/*.md"], "nowhere/*.md: no file matches"),
        (["search"], "Missing argument 'QUERY...'"),
        (["search", "the"], "no word to look for"),
        (["search", "x", "--limit", "0"], "--limit"),
        (["search", "x", "--topic", "nowhere"], "no topic begins with 'nowhere'"),
        (["search", "x", "--source", "nobody"], "there is no source 'nobody'"),
        (["search", "x", "--standing", "true"], "'true' is none of accepted"),
        (["show", "nmda-block"], "did you mean nmda-blocks"),
        (["topics", "nowhere"], "no topic begins so"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(say: Say, arguments: list[str], message: str) -> None:
    status, out, error = say(*arguments)
    assert (status, out) == (2, "")
    assert message in error
    assert error.startswith("ketakb: ")
    assert error.count("\n") == 1


def test_no_command_shows_the_help(say: Say) -> None:
    status, _, error = say()
    assert status == 2
    assert error.startswith("Usage: ketakb")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["clean.md"], 0),
        (["posts"], 1),
        (["posts", "--fail-on", "never"], 0),
        (["posts", "--select", "KB5"], 0),
        (["posts", "--select", "KB5", "--fail-on", "note"], 1),
        (["posts", "--ignore", "KB2,KB3", "--ignore", "kb6"], 0),
        (["posts", "--ignore", "KB3,KB6", "--fail-on", "error"], 1),
        (["posts/logo.png"], 2),
        ([], 1),
        (["--select", "KB203"], 0),
        (["--select", "KB204"], 0),
        (["--select", "KB204", "--fail-on", "note"], 1),
    ],
)
def test_exit_status_of_audit(say: Say, drafts: Path, arguments: list[str], expected: int) -> None:
    assert say("audit", *arguments)[0] == expected


def test_what_was_asked_for_and_not_readable_is_status_2_and_the_rest_is_reported(say: Say, drafts: Path) -> None:
    (drafts / "bad.md").write_bytes(b"caf\xe9\n")
    status, out, error = say("audit", "clean.md", "bad.md", "--format", "json")
    report = json.loads(out)
    assert status == 2
    assert error == "ketakb: bad.md:1: not UTF-8 (byte 0xe9); save the file as UTF-8\n"
    assert [document["path"] for document in report["documents"]] == ["clean.md"]
    assert [item["path"] for item in report["skipped"]] == ["bad.md"]


def test_a_folder_is_walked_in_order_and_what_is_skipped_is_said(say: Say, drafts: Path) -> None:
    report = json.loads(say("audit", "posts", "posts/a.txt", "--format", "json")[1])
    assert [document["path"] for document in report["documents"]] == ["posts/a.txt", "posts/b.md"]
    assert [item["path"] for item in report["skipped"]] == ["posts/.hidden", "posts/logo.png"]


def test_patterns_and_standard_input(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Té.".encode())))
    documents = [(path, one.text) for path, one in gather(["posts/**/*.md", "-", "-"]).documents]
    assert documents == [("posts/b.md", "It helps.\n"), ("-", "Té.")]


def test_nothing_to_read(drafts: Path) -> None:
    (drafts / "empty").mkdir()
    with pytest.raises(UsageError, match="nothing to read in empty"):
        gather(["empty"])
    (drafts / "page.pdf").write_text("%PDF")
    with pytest.raises(UnreadableInputError, match=r"page\.pdf: PDF files are not read"):
        gather(["page.pdf"])


def test_check(say: Say) -> None:
    status, out, _ = say("check")
    assert status == 1
    assert "data/claims.yaml:4:11: error" in out
    assert say("check", "--ignore", "KB107,KB101")[0] == 0
    assert say("check", "--ignore", "KB107,KB101", "--fail-on", "warning")[0] == 1


def test_a_store_that_cannot_be_loaded(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise StoreError("ours: it has no store.yaml")

    monkeypatch.setattr(backend, "check_store", broken)
    monkeypatch.setattr(backend, "open_store", broken)
    assert say("check") == (1, "", "ketakb: ours: it has no store.yaml\n")
    assert say("search", "x") == (2, "", "ketakb: ours: it has no store.yaml\n")


def test_an_internal_error_is_one_line_too(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "audit_store", lambda *_: 1 / 0)
    status, out, error = say("audit")
    assert (status, out) == (2, "")
    assert error.startswith("ketakb: internal error, please report it: ZeroDivisionError")


def test_lookups(say: Say) -> None:
    assert say("show", "ad-1")[1].startswith("ad-1 marketing\n")
    assert say("topics", "onset")[1].count("\n") == 2
    assert say("sources", "--kind", "label")[1].startswith("label-1 ")
    assert say("search", "spravto", "approval")[1].startswith("esketamine-trd accepted")
    assert json.loads(say("search", "nmda", "--format", "json")[1])["schema"] == "ketakb.search/1"


def test_parse(say: Say, drafts: Path) -> None:
    assert json.loads(say("parse", "clean.md", "--format", "json")[1])["schema"] == "ketakb.parse/1"


# ---- the installed command


def ketakb(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SRC), **environ}
    command = [sys.executable, "-m", "ketakb", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_statuses_of_the_process(tmp_path: Path) -> None:
    assert ketakb("--version").returncode == 0
    wrong = ketakb("search", "side effects", "--store", str(tmp_path))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("ketakb: ")
    assert "Traceback" not in wrong.stderr


def test_a_reader_that_stops_reading_is_no_error() -> None:
    code = 'ketakb() { PYTHONPATH=%s %s -m ketakb "$@"; }; ketakb topics | head -n 1; echo ${PIPESTATUS[0]}'
    run = subprocess.run(["bash", "-c", code % (SRC, sys.executable)], capture_output=True, text=True, check=True)
    assert run.stderr == ""
    assert run.stdout.splitlines()[-1] == "0"


NEVER = {
    "rich",
    "pydantic",
    "jinja2",
    "hypothesis",
    "pytest",
    "pygments",
    "markdown_it",
    "jsonschema",
    "importlinter",
    "xml",
    "http",
    "asyncio",
    "unittest",
}
ENGINE = {"ketakb.app", "ketakb.compare", "ketakb.extract", "ketakb.rules", "ketakb.readers"}


def loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "ketakb", *arguments]
    run = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(SRC)}, check=False
    )
    return set(re.findall(r"\|\s+([\w.]+)$", run.stderr, re.M))


def among(names: set[str], wanted: set[str]) -> set[str]:
    return {name for name in names if any(name == top or name.startswith(top + ".") for top in wanted)}


def test_help_loads_only_the_command_line() -> None:
    unwanted = NEVER | ENGINE | {"yaml", "rapidfuzz", "sqlite3", "ketakb.store", "ketakb.language", "ketakb.search"}
    assert among(loaded("--help"), unwanted) == set()


def test_search_loads_no_engine_and_repairs_nothing_it_knows() -> None:
    loaded("search", "side effects")  # the first run may write the cache, for audits too
    assert among(loaded("search", "side effects"), NEVER | ENGINE | {"rapidfuzz"}) == set()

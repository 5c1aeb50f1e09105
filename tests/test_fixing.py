"""`audit --diff`: a patch that the tools take, that changes nothing by itself, and that says what it cannot do."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

import made_docx
from ketakb.cli.main import main

CLIENT = Path(__file__).parents[1] / "examples" / "stores" / "client"
POST = """\
# Ketamine

Ketamine stimulates NMDA receptors. With Spravato you are monitored for 30 minutes.

Ketamine cures depression for good.
"""
MENDED = POST.replace("stimulates", "blocks").replace("for 30 minutes", "for at least 2 hours")


def diff(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["audit", "--diff", "--as-of", "2026-11-22", *arguments])
    done = capsys.readouterr()
    return status, done.out, done.err


def taken(folder: Path, patch: str, *command: str) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    subprocess.run(command, input=patch.encode(), cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("tool", [("patch", "-p0"), ("git", "apply", "-p0")], ids=["patch", "git"])
@pytest.mark.parametrize(
    ("name", "draft", "mended"),
    [
        ("a post.md", "\ufeff" + POST, "\ufeff" + MENDED),
        ("end.md", POST.rstrip("\n"), MENDED.rstrip("\n")),
        ("crlf.txt", POST.replace("\n", "\r\n"), MENDED.replace("\n", "\r\n")),
        ("sub/page.html", "<p>Ketamine <b>stimulates</b> NMDA\nreceptors.</p>\n",
         "<p>Ketamine <b>blocks</b> NMDA\nreceptors.</p>\n"),
    ],
)
def test_the_patch_is_one_that_the_tools_take(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tool: tuple[str, ...],
    name: str,
    draft: str,
    mended: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(draft.encode())
    status, patch, told = diff(capsys, name)
    assert status == 1
    assert file.read_bytes() == draft.encode()
    assert "no draft was changed" in told
    taken(tmp_path, patch, *tool)
    assert file.read_bytes() == mended.encode()


def test_each_replacement_says_what_it_rests_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "post.md"
    file.write_text(POST, encoding="utf-8")
    _, patch, told = diff(capsys, str(file))
    reasons = [line for line in patch.splitlines() if line.startswith("# ")]
    assert len(reasons) == 2
    assert ":3:10: KB201 opposite-direction: “blocks” for “stimulates”: " in reasons[0]
    assert "2 replacements proposed" in told
    assert "outside the current folder" in told


def test_several_drafts_make_one_patch_and_out_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        Path(name).write_text(POST, encoding="utf-8")
    status, shown, _ = diff(capsys, "a.md", "b.md", "-o", "all.patch")
    assert (status, shown) == (1, "")
    taken(tmp_path, Path("all.patch").read_text(encoding="utf-8"), "patch", "-p0")
    assert Path("a.md").read_text(encoding="utf-8") == Path("b.md").read_text(encoding="utf-8") == MENDED


def test_a_draft_without_edits_makes_an_empty_patch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "post.md"
    file.write_text("Ketamine cures depression.\n", encoding="utf-8")
    status, patch, told = diff(capsys, str(file))
    assert (status, patch) == (1, "")
    assert "0 replacements proposed for 1 finding" in told


def test_a_silenced_finding_is_not_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "post.md"
    file.write_text("<!-- ketakb: ignore KB201 quoted -->\nKetamine stimulates NMDA receptors.\n", encoding="utf-8")
    assert diff(capsys, str(file))[1] == ""


def test_what_cannot_be_patched_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word = tmp_path / "post.docx"
    word.write_bytes(made_docx.docx(made_docx.p("Ketamine stimulates NMDA receptors.")))
    wide = tmp_path / "post.md"
    wide.write_bytes("Ketamine stimulates NMDA receptors.\n".encode("utf-16"))
    status, patch, told = diff(capsys, str(word), str(wide))
    assert (status, patch) == (1, "")
    assert "a Word file cannot be patched; --annotate writes a copy with comments" in told
    assert "a UTF-16 file cannot be patched; save it as UTF-8" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--diff needs PATHs"),
        (("-",), "give it one with --stdin-filename"),
        (("post.md", "--format", "json"), "it prints a patch, in no other format"),
    ],
)
def test_a_diff_that_makes_no_sense_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("post.md").write_text(POST, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(POST.encode())))
    status, patch, told = diff(capsys, *arguments)
    assert (status, patch) == (2, "")
    assert message in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize(
    ("draft", "mended"),
    [
        ("Ketamine can help depression sufferers.", "Ketamine can help people with depression."),
        ("A depression sufferer may ask for ketamine.", "A person with depression may ask for ketamine."),
        ("Trauma Victims ask for ketamine.", "People with trauma ask for ketamine."),
    ],
)
def test_a_term_of_the_house_takes_the_place_of_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], draft: str, mended: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("post.md").write_text(draft + "\n", encoding="utf-8")
    _, patch, _ = diff(capsys, "post.md", "--store", str(CLIENT))
    taken(tmp_path, patch, "patch", "-p0")
    assert Path("post.md").read_text(encoding="utf-8") == mended + "\n"


def test_a_brand_gets_its_generic_name_where_it_first_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("post.md").write_text("# Spravato\n\nSpravato is a nasal spray. Spravato is given twice a week.\n")
    assert diff(capsys, "post.md", "--select", "KB603")[1] == ""  # it is a note
    _, patch, _ = diff(capsys, "post.md", "--select", "KB603", "--notes")
    assert "+Spravato (esketamine) is a nasal spray. Spravato is given twice a week.\n" in patch

"""Plain text, encodings, which files are read, and one draft in every format."""

# ruff: noqa: E501 - markup in one piece

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb.cli.inputs import gather
from ketakb.cli.main import main
from ketakb.errors import UnreadableInputError, UsageError
from ketakb.readers.plain import read_plain
from made_docx import docx, item, p, table


def test_paragraphs_and_items_exactly() -> None:
    source = "\ufeffAbout it\r\n\r\nIt *may* cause:\r\n- nausea\r\n  and more\r\n2) two\r\n\r\n<b>A & b</b>"
    document = read_plain(source)
    found = [(b.kind, source[b.span.start : b.span.end], b.lead) for b in document.blocks]
    assert found == [
        ("paragraph", "About it", -1),
        ("paragraph", "It *may* cause:", -1),
        ("item", "nausea\r\n  and more", 1),
        ("item", "two", 1),
        ("paragraph", "<b>A & b</b>", -1),
    ]


def test_a_word_processor_writes_a_paragraph_a_line() -> None:
    exported = "It may cause:\n    • nausea\n    • pain\nDrug\nAction\nKetamine\nblocks it\nRead on\n"
    assert blocks_of(exported) == [
        ("paragraph", "It may cause:"),
        ("item", "nausea"),
        ("item", "pain"),
        *(("paragraph", words) for words in ("Drug", "Action", "Ketamine\nblocks it", "Read on")),
    ]
    long = "It goes on " * 12
    assert blocks_of(f"{long}.\nThis is next.\n") == [("paragraph", f"{long}."), ("paragraph", "This is next.")]


def test_what_is_wrapped_by_hand_is_one_paragraph() -> None:
    assert blocks_of("It is\nKetamine.\n\n  - nausea and\n    Pain\n- more of\nAll this\n") == [
        ("paragraph", "It is\nKetamine."),
        ("item", "nausea and\n    Pain"),
        ("item", "more of\nAll this"),
    ]


def blocks_of(source: str) -> list[tuple[str, str]]:
    document = read_plain(source)
    return [(block.kind, source[block.span.start : block.span.end]) for block in document.blocks]


@given(st.text())
def test_nothing_moves(source: str) -> None:
    document = read_plain(source)
    assert len(document.plain) == len(source)
    blocks = "".join(document.plain[b.span.start : b.span.end] for b in document.blocks)
    assert set(re.findall(r"\w", blocks)) == set(re.findall(r"\w", document.plain))


# ---- one draft, every format

HEADING, INTRO = "About ketamine", "Ketamine stimulates NMDA receptors, and it doesn’t cause side effects."
ITEMS = ["Ketamine is approved by the FDA for depression.", "It works for everyone."]
DRAFTS: dict[str, bytes] = {
    "a.md": f"# {HEADING}\n\n{INTRO}\n\n- {ITEMS[0]}\n- **{ITEMS[1]}**\n".encode(),
    "a.html": f"<h1>{HEADING}</h1><p>{INTRO.replace('’', '&#8217;')}</p><ul><li>{ITEMS[0]}<li><b>{ITEMS[1]}</b></ul>".encode(),
    "a.docx": docx(p(HEADING, "Titel") + p(INTRO) + item(ITEMS[0]) + item(ITEMS[1])),
    "a.txt": f"{HEADING}\n\n{INTRO}\n\n- {ITEMS[0]}\n- {ITEMS[1]}\n".encode("utf-16"),
}


def test_a_draft_is_judged_the_same_in_every_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, raw in DRAFTS.items():
        (tmp_path / name).write_bytes(raw)
    found = {}
    for name in DRAFTS:
        assert main(["audit", str(tmp_path / name), "--format", "json", "--as-of", "2026-11-21"]) == 1
        findings = json.loads(capsys.readouterr().out)["documents"][0]["findings"]
        found[name] = [
            (f["rule"], (f["text"] or "").replace("&#8217;", "’").replace("**", "")) for f in findings
        ]
    assert len(found["a.md"]) > 2
    assert found["a.md"] == found["a.html"] == found["a.docx"] == found["a.txt"]


# ---- which files


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, content in {
        ".git/config": "",
        ".gitignore": "build/\n*.tmp.md\n",
        "posts/.ketakbignore": "old-*\n!old-keep.md\n",
        "posts/a.md": "A",
        "posts/b.tmp.md": "B",
        "posts/old-1.md": "C",
        "posts/old-keep.md": "D",
        "posts/build/x.md": "E",
        "posts/deep/page.html": "<p>F",
        "posts/deep/scan.pdf": "%PDF",
        "posts/node_modules/x/readme.md": "G",
        "posts/.venv/x.md": "H",
        "posts/env/pyvenv.cfg": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path


def test_what_a_folder_brings(folder: Path) -> None:
    inputs = gather(["posts"])
    assert [path for path, _ in inputs.documents] == [
        "posts/a.md",
        "posts/old-keep.md",
        "posts/deep/page.html",
    ]
    left = {item.path: item.reason for item in inputs.skipped}
    assert left["posts/b.tmp.md"] == left["posts/build"] == "left out by .gitignore"
    assert left["posts/old-1.md"] == "left out by .ketakbignore"
    assert left["posts/.venv"] == "hidden folder"
    assert left["posts/node_modules"] == "installed packages"
    assert left["posts/env"] == "a Python environment"
    assert "export it as Word, HTML or text" in left["posts/deep/scan.pdf"]


def test_exclude(folder: Path) -> None:
    assert [path for path, _ in gather(["."], ["deep/", "a.md"]).documents] == ["posts/old-keep.md"]
    assert [path for path, _ in gather(["posts/*.md"], ["old*"]).documents] == [
        "posts/a.md",
        "posts/b.tmp.md",
    ]
    assert [path for path, _ in gather(["posts/b.tmp.md"], ["*.md"]).documents] == ["posts/b.tmp.md"]
    with pytest.raises(UsageError, match=r"nothing to read in posts.*left out"):
        gather(["posts"], ["*"])


def test_the_name_of_standard_input_chooses_the_reader(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stdin(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    stdin(b"<p>A <b>b</b>")
    path, document = gather(["-"], stdin_name="page.html").documents[0]
    assert (path, document.plain.split()) == ("page.html", ["A", "b"])
    stdin(DRAFTS["a.docx"])
    assert gather(["-"], stdin_name="x.docx").documents[0][1].text.startswith("About ketamine\n\n")
    stdin(b"caf\xe9")
    with pytest.raises(UnreadableInputError, match=r"standard input:1: not UTF-8"):
        gather(["-"])
    with pytest.raises(UsageError, match="give - as PATH"):
        gather(["posts"], stdin_name="a.md")


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.pdf", b"%PDF-1.7", "export it as Word, HTML or text"),
        ("a.doc", b"\xd0\xcf", "save it as .docx"),
        ("a.md", b"a\0b", "looks binary"),
        ("a.html", b"\xff\xfea", "not valid UTF-16"),
        ("a.txt", b"caf\xe9\n", "save the file as UTF-8"),
        ("a.docx", b"hello", "not a Word file"),
    ],
)
def test_unreadable_files_are_one_message(
    name: str, raw: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(raw)
    assert main(["audit", str(tmp_path / name)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(encoding, "")
    (tmp_path / "a.html").write_bytes((mark + "<p>naïve</p>").encode(encoding))
    document = gather([str(tmp_path / "a.html")]).documents[0][1]
    assert document.plain.strip() == "naïve"


def test_tables_give_the_same_cells(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(table(["Drug", "Onset"], ["Ketamine", "Hours"])))
    (tmp_path / "a.html").write_text("<table><tr><th>Drug<th>Onset<tr><td>Ketamine<td>Hours</table>")
    (tmp_path / "a.md").write_text("|Drug|Onset|\n|-|-|\n|Ketamine|Hours|\n")
    seen = []
    for name in ("a.docx", "a.html", "a.md"):
        document = gather([str(tmp_path / name)]).documents[0][1]
        seen.append(
            [
                (
                    b.kind,
                    document.text[b.span.start : b.span.end],
                    b.header and document.text[b.header.start : b.header.end],
                    b.row,
                )
                for b in document.blocks
            ]
        )
    assert seen[0][0] == ("cell", "Ketamine", "Drug", seen[0][0][3])
    assert [[cell[:3] for cell in one] for one in seen[1:]] == [[cell[:3] for cell in seen[0]]] * 2

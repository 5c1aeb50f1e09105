"""Word files: their canonical text, the places in it, hostile files, and copies with comments."""

# ruff: noqa: E501 - markup in one piece

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from ketakb.cli.main import main
from ketakb.errors import UnreadableInputError
from ketakb.readers.document import Document
from ketakb.readers.docx import read_docx
from made_docx import HEAD, W, docx, item, p, r, table


def read(body: str, extra: dict[str, str] | None = None) -> Document:
    return read_docx(docx(body, extra), "a.docx")


def texts(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.plain[b.span.start : b.span.end]) for b in document.blocks]


def test_paragraphs_headings_lists_and_quotations() -> None:
    document = read(
        p("A page", "Titel")
        + p("Contents 1", "Toc")
        + p("It helps.")
        + p("Side effects", "Own")
        + p("They are:")
        + item("nausea")
        + item("mild", 1)
        + p("dizziness", "Liste")
        + p("Nobody knows.", "Zitat")
        + p("  ")
    )
    assert document.text == (
        "A page\n\nIt helps.\n\nSide effects\n\nThey are:\n\nnausea\n\nmild\n\ndizziness\n\nNobody knows."
    )
    assert [b.kind for b in document.blocks] == [
        "heading", "paragraph", "heading", "paragraph", "item", "item", "item", "quotation",
    ]  # fmt: skip
    assert [b.level for b in document.blocks] == [1, 0, 2, 0, 1, 2, 1, 0]
    assert [b.lead for b in document.blocks if b.kind == "item"] == [3, 3, 3]
    assert [name for _, name in document.places][2:6] == [
        "heading “Side effects”", "Side effects, paragraph 1", "Side effects, list item 1", "Side effects, list item 2",
    ]  # fmt: skip


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = (
        f'<w:p>{r("It ")}<w:ins w:id="1" w:author="a">{r("never ")}</w:ins>'
        f'<w:del w:id="2" w:author="a"><w:r><w:delText>always </w:delText></w:r>{r("gone")}</w:del>{r("helps")}'
        f'<w:moveFrom w:id="3">{r(" moved")}</w:moveFrom><w:moveTo w:id="4">{r(" here")}</w:moveTo></w:p>'
        '<w:p><w:pPr><w:pStyle w:val="Titel"/><w:rPr><w:del w:id="5"/></w:rPr><w:pPrChange w:id="6"><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>'
        + r("One ")
        + "</w:p>"
        + p("line")
    )
    assert texts(read(body)) == [("paragraph", "It never helps here"), ("heading", "One line")]


def test_links_content_controls_text_boxes_fields_and_breaks() -> None:
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    body = (
        f"<w:p><w:hyperlink>{r('a link')}</w:hyperlink><w:sdt><w:sdtContent>{r(' held')}</w:sdtContent></w:sdt>"
        "<w:r><w:br/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        + r("hid", "<w:vanish/>")
        + r("no", "<w:strike/>")
        + f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        + r(" end")
        + r("12", '<w:vertAlign w:val="superscript"/>')
        + "</w:p><w:sdt><w:sdtContent>"
        + p("Own")
        + "</w:sdtContent></w:sdt>"
    )
    assert texts(read(body)) == [
        ("paragraph", "a link held\n   end"), ("paragraph", "In the box"), ("paragraph", "Own"),
    ]  # fmt: skip


def test_tables_row_by_row_with_headers() -> None:
    document = read(p("Look:") + table(["Drug", "Onset"], ["Ketamine", "Hours."], ["SSRI", ""]) + p("End"))
    assert document.text == "Look:\n\nDrug\tOnset\nKetamine\tHours.\nSSRI\n\nEnd"
    cells = [b for b in document.blocks if b.kind == "cell"]
    headers = [document.text[b.header.start : b.header.end] for b in cells if b.header]
    assert (headers, [b.row for b in cells]) == (["Drug", "Onset", "Drug"], [0, 0, 1])
    assert "table 1, row 2, column 2" in {name: at for at, name in document.places}


def test_footnotes_stand_at_the_end() -> None:
    notes = (
        f'{HEAD}<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Says the label.")}</w:footnote><w:footnote w:id="3">{p("unused")}</w:footnote></w:footnotes>'
    )
    body = "<w:p>" + r("It helps.") + '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("More.")
    document = read(body, {"word/footnotes.xml": notes})
    assert document.text == "It helps.\n\nMore.\n\nSays the label."
    assert document.places[-1][1] == "footnote 1"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "not a Word file"),
        (b"PK\x03\x04 cut off", "not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old or encrypted"),
        (docx("<w:p>"), "damaged Word file"),
        (docx("", {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "document type declaration"),
        (docx("<w:sdt>" * 3000 + "</w:sdt>" * 3000), "nested more than"),
        (docx("", {"word/document.xml": " " * (70 << 20)}), "larger than 64 MB"),
        (docx(p("&#0;")), "damaged Word file"),
        (docx(p("It helps."))[:-300], "not a Word file"),
    ],
)  # fmt: skip
def test_hostile_files_are_one_message(
    raw: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.docx"
    path.write_bytes(raw)
    with pytest.raises(UnreadableInputError, match=message):
        read_docx(raw, "bad.docx")
    assert main(["audit", str(path)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_every_flipped_byte_is_read_or_refused() -> None:
    whole = docx(p("It helps.") + table(["a", "b"]))
    for at in range(0, len(whole), 7):
        raw = bytearray(whole)
        raw[at] ^= 0x41
        with contextlib.suppress(UnreadableInputError):
            read_docx(bytes(raw), "a.docx")


# ---- comments

DRAFT = (
    p("About ketamine", "Titel")
    + f"<w:p>{r('Ketamine ', '<w:b/>')}<w:hyperlink>{r('stimulates NMDA')}</w:hyperlink>"
    "<w:r><w:t> receptors &amp; calms.</w:t></w:r></w:p>" + p("Ketamine has no side effects.")
)


def annotated(tmp_path: Path, raw: bytes) -> tuple[bytes, list[dict[str, object]], str]:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    source.write_bytes(raw)
    import contextlib

    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        status = main(
            ["audit", str(source), "--annotate", str(out), "--format", "json", "--as-of", "2026-11-21"]
        )
    assert status == 1
    findings = json.loads(stream.getvalue())["documents"][0]["findings"]
    return out.read_bytes(), findings, read_docx(raw, "in.docx").text


def test_a_copy_with_comments(tmp_path: Path) -> None:
    raw = docx(DRAFT)
    copy, findings, text = annotated(tmp_path, raw)
    assert read_docx(copy, "out.docx").text == text
    before, after = zipfile.ZipFile(io.BytesIO(raw)), zipfile.ZipFile(io.BytesIO(copy))
    changed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(after.namelist()) - set(before.namelist()) == {"word/comments.xml"}
    for name in set(before.namelist()) - changed:
        assert before.read(name) == after.read(name)
    loud = [f for f in findings if f["severity"] != "note"]
    comments = after.read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == len(loud) > 1
    assert any(f["locator"] == "About ketamine, paragraph 1" for f in loud)
    again, _, _ = annotated(tmp_path, copy)
    ids = zipfile.ZipFile(io.BytesIO(again)).read("word/comments.xml").decode().count("<w:comment ")
    assert ids == 2 * len(loud)


def test_annotate_needs_one_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("It helps.")
    (tmp_path / "a.docx").write_bytes(docx(p("It helps.")))
    for arguments, message in [
        (["a.md", "--annotate", "b.docx"], "exactly one PATH"),
        (["a.docx", "--annotate", "b.md"], "end its name in .docx"),
        (["a.docx", "--annotate", "a.docx"], "the draft itself"),
    ]:
        full = [str(tmp_path / one) if "." in one else one for one in arguments]
        assert main(["audit", *full]) == 2
        assert message in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    _, findings, _ = annotated(tmp_path, docx(DRAFT))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "out.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    converted = (tmp_path / "out.fodt").read_text(encoding="utf-8")
    loud = [f for f in findings if f["severity"] != "note"]
    assert converted.count("<office:annotation ") == len(loud)
    for finding in loud:
        assert str(finding["name"]) in converted

"""One draft as Markdown, HTML and text, and as Word files that python-docx, LibreOffice and Google Docs write it.

The files in data/word were made from DRAFT: `python-docx.docx` with words split between runs, a tracked deletion and
insertion, a content control, a link and somebody's comment; `libreoffice.docx` is that file opened and saved again;
`html-import.docx` is PAGE as LibreOffice saves it.
"""

# ruff: noqa: E501 - markup in one piece

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import made_docx
from ketakb import app
from ketakb.api import Store
from ketakb.cli.main import main
from ketakb.desk.words_of import words_of
from ketakb.readers.choose import read_as
from made_docx import HEAD, RELATIONS, W, p, r

WORD = Path(__file__).parent / "data" / "word"
DRAFT = """\
# Ketamine at our clinic

## How it works

Ketamine stimulates NMDA receptors in the brain. It’s said to “rewire” the mind.

See [our page](https://clinic.example/): Spravato was approved by the FDA in 2017.

## What to expect

After an infusion some people notice:

- nausea
- dizziness

| Question | Answer |
|---|---|
| Is it safe? | Ketamine has no side effects. |
| Is it approved? | Ketamine is FDA approved for depression. |

Ketamine cures depression for good.

With Spravato you are monitored for 30 minutes.

Ketamine lowers blood pressure.
"""
PAGE = """\
<!DOCTYPE html><meta charset="utf-8"><title>Ketamine at our clinic</title><h1>Ketamine at our clinic</h1>
<h2>How it works</h2><p>Ketamine sti<b>mu</b>lates NMDA&nbsp;receptors in the brain. It&rsquo;s said to &ldquo;rewire&rdquo; the mind.</p>
<p>See <a href="https://clinic.example/">our page</a>: Spravato was approved by the FDA in 2017.</p>
<h2>What to expect</h2><p>After an infusion some people notice:</p><ul><li>nausea</li><li>dizziness</li></ul>
<table><tr><th>Question</th><th>Answer</th></tr><tr><td>Is it safe?</td><td>Ketamine has no side effects.</td></tr>
<tr><td>Is it approved?</td><td>Ketamine is FDA approved for depression.</td></tr></table>
<p>Ketamine cures depression for good.</p><p>With Spravato you are monitored for 30 minutes.</p><p>Ketamine lowers blood pressure.</p>
"""
TEXT = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", DRAFT.replace("#", "")).replace("|---|---|\n", "\n").replace("|", "\n\n")
_G = '<w:rtl w:val="0"/>'


def google() -> bytes:
    """The draft as Google Docs exports it: bookmarks in headings, empty runs, anchors of comments in content controls."""

    def control(inside: str, number: int) -> str:
        return (
            f'<w:sdt><w:sdtPr><w:id w:val="{number}"/><w:tag w:val="goog_rdk_{number}"/></w:sdtPr>'
            f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )

    def heading(words: str, style: str) -> str:
        mark = '<w:bookmarkStart w:colFirst="0" w:colLast="0" w:name="_heading=h.a1b2c3" w:id="0"/><w:bookmarkEnd w:id="0"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:rPr/></w:pPr>{mark}{r(words, _G)}</w:p>'

    link = f'<w:hyperlink r:id="rId9">{r("our page", "<w:u w:val=&quot;single&quot;/>".replace("&quot;", chr(34)))}</w:hyperlink>'
    commented = control('<w:commentRangeStart w:id="0"/>', 1)
    ended = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    suggested = (
        f'<w:del w:author="A" w:id="3" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>never </w:delText></w:r></w:del>'
        f'<w:ins w:author="A" w:id="4" w:date="2026-01-01T00:00:00Z">{r("cures depression", _G)}</w:ins>'
    )
    rows = [["Question", "Answer"], ["Is it safe?", "Ketamine has no side effects."], ["Is it approved?", "Ketamine is FDA approved for depression."]]
    body = (
        heading("Ketamine at our clinic", "Title")
        + heading("How it works", "Heading1")
        + f'<w:p><w:pPr/>{r("Ketamine sti", _G)}{commented}{r("mu", "<w:b/>")}{r("lates NMDA", _G)}{ended}{r(chr(160) + "receptors in the brain. It’s said to “rewire” the mind.", _G)}{r("")}</w:p>'
        + f'<w:p>{r("See ", _G)}{link}{r(": Spravato was approved by the FDA in 2017.", _G)}</w:p>'
        + heading("What to expect", "Heading1")
        + p("After an infusion some people notice:")
        + made_docx.item("nausea")
        + made_docx.item("dizziness")
        + made_docx.table(*rows)
        + f'<w:p>{control(r("Ketamine ", _G), 5)}{suggested}{r(" for good.", _G)}</w:p>'
        + control(p("With Spravato you are monitored for 30 minutes."), 6)
        + p("Ketamine lowers blood pressure.")
        + "<w:p/>"
    )
    styles = HEAD + f'<w:styles xmlns:w="{W}">' + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{said}"/></w:style>'
        for name, said in (("Title", "Title"), ("Heading1", "heading 1"))
    ) + "</w:styles>"
    office = made_docx.R
    relations = RELATIONS % (
        f'<Relationship Id="rId1" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/comments" Target="comments.xml"/>'
        f'<Relationship Id="rId9" Type="{office}/hyperlink" Target="https://clinic.example/" TargetMode="External"/>'
    )
    comments = HEAD + (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="B. Reader" w:date="2026-01-01T00:00:00Z">'
        f'{p("Is that so?")}</w:comment></w:comments>'
    )
    types = made_docx.TYPES.replace(
        "</Types>",
        '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>',
    )
    extra = {"[Content_Types].xml": types, "word/_rels/document.xml.rels": relations, "word/comments.xml": comments}
    raw = made_docx.docx(body, extra, styles)
    return _with_namespace(raw)


def _with_namespace(raw: bytes) -> bytes:
    """Return a file whose main part knows the prefix of relationships, which links need."""
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:document ", f'<w:document xmlns:r="{made_docx.R}" '.encode(), 1)
            after.writestr(name, content)
    return out.getvalue()


def files() -> dict[str, bytes]:
    stored = {path.name: path.read_bytes() for path in sorted(WORD.glob("*.docx"))}
    return {**stored, "google.docx": google()}


@functools.cache
def store() -> Store:
    return Store.load()


def findings(name: str, raw: bytes) -> list[tuple[str, str]]:
    document = read_as(name, raw)
    report = app.audit_documents(store().data, [(name, document)], app.AuditOptions("2026-11-22"), store().lexicon)
    return [
        (one.rule, "" if one.span is None else " ".join(document.plain[one.span.start : one.span.end].split()))
        for one in report.documents[0].findings
    ]


def words(name: str, raw: bytes) -> list[str]:
    document = read_as(name, raw)
    return [words_of(document, block.span) for block in document.blocks]


@pytest.mark.parametrize("name", list(files()))
def test_a_word_file_is_read_as_the_same_draft_in_markdown(name: str) -> None:
    raw = files()[name]
    assert words(name, raw) == words("draft.md", DRAFT.encode())
    found = findings(name, raw)
    assert found == findings("draft.md", DRAFT.encode())
    assert len([rule for rule, _ in found if rule < "KB5"]) >= 7


def test_html_and_text_say_the_same() -> None:
    wanted = findings("draft.md", DRAFT.encode())
    assert findings("page.html", PAGE.encode()) == wanted
    assert sorted(findings("draft.txt", TEXT.encode())) == sorted(wanted)


@pytest.mark.parametrize("name", list(files()))
def test_places_are_those_that_a_person_finds(name: str) -> None:
    raw = files()[name]
    document = read_as(name, raw)
    report = app.audit_documents(store().data, [(name, document)], app.AuditOptions("2026-11-22"), store().lexicon)
    one = report.documents[0]
    places = [one.locator(finding.span.start) for finding in one.findings if finding.span]
    assert places[0] == "How it works, paragraph 1"
    assert "What to expect, table 1, row 2, column 2" in places


def annotated(name: str, folder: Path) -> Path:
    (folder / name).write_bytes(files()[name])
    out = folder / f"commented-{name}"
    assert main(["audit", str(folder / name), "--annotate", str(out), "--as-of", "2026-11-22", "-q"]) == 1
    return out


def comments_of(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as package:
        names = [name for name in package.namelist() if re.fullmatch(r"word/comments\d*\.xml", name)]
        return [one for name in names for one in re.findall(r"<w:comment .*?</w:comment>", package.read(name).decode(), re.S)]


@pytest.mark.parametrize("name", list(files()))
def test_a_commented_copy_keeps_what_was_there(name: str, tmp_path: Path) -> None:
    out = annotated(name, tmp_path)
    loud = [rule for rule, _ in findings(name, files()[name]) if rule < "KB5"]
    comments = comments_of(out)
    old = comments_of(tmp_path / name)
    assert len(comments) == len(old) + len(loud)
    assert all("Is that so?" in one for one in old)
    assert len(re.findall(r'w:author="ketakb', "".join(comments))) == len(loud)
    assert words(name, out.read_bytes()) == words(name, files()[name])
    ids = re.findall(r'<w:comment [^>]*?w:id="(\d+)"', "".join(comments))
    assert len(ids) == len(set(ids))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_commented_copies(tmp_path: Path) -> None:
    copies = [annotated(name, tmp_path) for name in files()]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), *map(str, copies)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name, copy in zip(files(), copies, strict=True):
        converted = copy.with_suffix(".fodt").read_text(encoding="utf-8")
        shown = converted.count("<office:annotation ")
        assert shown == len(comments_of(copy)), name
        assert "opposite-direction" in converted
        if comments_of(tmp_path / name):
            assert "Is that so?" in converted

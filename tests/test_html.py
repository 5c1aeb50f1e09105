"""The review page: whole, self-contained, and nothing of a draft can act on it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import webbrowser
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import made
from ketakb.app import AuditOptions, audit_documents, audit_store
from ketakb.cli.main import main
from ketakb.model import Store
from ketakb.reports.html.build import link, tag, text
from ketakb.reports.html.page import write
from ketakb.reports.options import ReportOptions
from ketakb.store.load import load_store
from ketakb.store.locate import default_store

HOSTILE = (
    "# <script>alert(1)</script> Ketamine\n\n"
    'Ketamine stimulates NMDA receptors <img src=x onerror="alert(2)"> </style><script>alert(3)</script>.\n\n'
    "[Ketamine has no side effects](javascript:alert(4)) \u202e evil \u2066.\n"
)
VOID = {"meta", "br", "hr", "img", "input", "link", "line", "rect", "circle", "path"}


class Checker(HTMLParser):
    """Holds that elements are nested and closed, and gathers what could load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts = 0
        self.risky: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        for name, value in attrs:
            loads = name in ("src", "srcset", "data", "poster") or (tag == "link" and name == "href")
            if name.startswith("on") or loads or (value or "").lower().startswith(("javascript:", "data:")):
                self.risky.append((tag, name))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open and self.open.pop() == tag


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(default_store())[0]


def page(store: Store, text: str | None) -> str:
    options = AuditOptions("2026-11-21")
    report = audit_documents(store, [("draft.md", text)], options) if text else audit_store(store, options)
    stream = io.StringIO()
    write(report, store, stream, ReportOptions())
    return stream.getvalue()


def checked(html: str) -> Checker:
    checker = Checker()
    checker.feed(html)
    checker.close()
    return checker


def test_nothing_of_a_draft_acts_on_the_page(store: Store) -> None:
    html = page(store, HOSTILE)
    checker = checked(html)
    assert (checker.open, checker.scripts, checker.risky) == ([], 1, [])
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert "default-src &#x27;none&#x27;" in html or "default-src 'none'" in html


def test_the_draft_is_marked_and_explained(store: Store) -> None:
    html = page(store, "Ketamine stimulates NMDA receptors. It is given in a clinic.\n")
    assert "<mark" in html
    assert "Ketamine blocks (antagonises) NMDA receptors." in html
    assert "approves nothing" in html


def test_the_page_of_the_store_is_whole(store: Store) -> None:
    checker = checked(page(store, None))
    assert (checker.open, checker.scripts, checker.risky) == ([], 1, [])


BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HIDDEN = dict.fromkeys(map(ord, "\u202e\u2066\u200b\x00"))


def written(report: object) -> str:
    stream = io.StringIO()
    write(report, made.STORE, stream, ReportOptions(version="1"))  # type: ignore[arg-type]
    return stream.getvalue()


def test_a_builder_takes_no_handlers_and_no_address_that_runs() -> None:
    assert tag("p", "<b> & \"", title="'\"><x>") == '<p title="&#x27;&quot;&gt;&lt;x&gt;">&lt;b&gt; &amp; &quot;</p>'
    assert link("x", "javascript:alert(1)") == link("x", "data:text/html,x") == link("x", "//evil") == "x"
    assert text("a\u202eb\x1b\udc80") == "a\\u202eb\\x1b\\udc80"
    for name in ("onclick", "style"):
        with pytest.raises(ValueError):
            tag("p", **{name: "x"})


def test_what_a_store_holds_acts_as_little_as_a_draft() -> None:
    evil = "</title></style></script><script>alert(1)</script>\u202e\"'"
    source = {name: replace(one, title=evil, url="javascript:alert(2)", doi=None) for name, one in made.SOURCES.items()}
    claims = {name: replace(one, statement=evil, because=evil) for name, one in made.CLAIMS.items()}
    topics = {name: replace(one, title=evil) for name, one in made.TOPICS.items()}
    store = replace(made.STORE, sources=source, claims=claims, topics=topics, title=evil)
    stream = io.StringIO()
    write(made.audit_report(conflicts=made.CONFLICTS), store, stream, ReportOptions())
    checker = checked(stream.getvalue())
    assert (checker.open, checker.scripts, checker.risky) == ([], 1, [])
    assert "<script>alert" not in stream.getvalue()
    assert stream.getvalue() == stream.getvalue().translate(HIDDEN)


def test_structure_of_a_draft() -> None:
    html = written(made.audit_report(made.DOCUMENT))
    marks = re.findall(r'<mark class="(\w+)" data-notes="([\w -]+)">([^<]*)', html)
    assert ("error", "d1-n1", "Ketamine stimulates NMDA receptors") in marks
    assert [kind for kind, _, _ in marks] == ["error", "warning", "note"]
    for anchor in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{anchor}"' in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "Said 2 times in this text" in html
    assert "On the text as a whole" in html
    assert "3 of 4 on-topic sentences were read. 1 was not understood" in html
    assert '<span class="unread"' in html
    # a competitor is named only where there is nothing else
    assert "it stimulates your NMDA receptors" not in html
    assert "patients don’t experience any side effects" in html
    for landmark in ("<header>", '<main id="main"', "<footer>", 'href="#main"', '<html lang="en">'):
        assert landmark in html


def test_silence_is_told_in_words_and_never_approves() -> None:
    html = written(made.audit_report(made.CLEAN, made.FOREIGN))
    assert "There is no conflict in the 14 of 22 on-topic sentences that were read." in html
    assert "None of its 1 sentence speaks of the subject; nothing was compared." in html
    assert not re.search(r"\b(is|are) approved\b|no errors|all clear", html)


def test_structure_of_a_store() -> None:
    html = written(made.audit_report(conflicts=made.CONFLICTS))
    for name in ("conflicts", "sources", "times"):
        assert f'<section id="{name}"' in html
    opened = [one for one in made.CONFLICTS if one.status == "open"]
    assert html.count('class="side"') == 2 * len(opened)
    assert html.count("<article") == len(made.CONFLICTS)
    assert "contradicts what is accepted" in html
    assert 'aria-label="Bar: 2 to 8 weeks"' in html


def test_every_pointer_of_the_store_page_leads_somewhere(store: Store) -> None:
    html = page(store, None)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert {f"s-{name}" for name in store.sources} <= set(ids)
    # a source is linked once; what points at it is short, or the page of a large store could not be sent by mail
    addresses = re.findall(r'href="(https?://[^"]+)"', html)
    assert len(addresses) <= len(store.sources)


def test_conflicts_that_were_decided_stand_by_topic_and_claim(store: Store) -> None:
    report = audit_store(store, AuditOptions("2026-11-21"))
    html = page(store, None)
    settled = html[html.index(">Settled: ") : html.index('<section id="sources"')]
    topics = {one.topic for one in report.conflicts if one.status == "settled"}
    assert settled.count('class="topic"') >= len(topics)
    told = re.findall(r'<p class="dim">Against it: (\d+) statement', settled)
    assert sum(map(int, told)) == sum(1 for one in report.conflicts if one.status == "settled")
    # a claim's passages stand once in a topic, though it has many conflicts
    assert "How it was settled: " in settled


def test_an_output_that_is_not_unicode_gets_references() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    write(made.audit_report(made.DOCUMENT), made.STORE, stream, ReportOptions())
    stream.flush()
    assert b"&#8217;" in raw.getvalue()


def test_a_page_is_written_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.md").write_text("Ketamine stimulates NMDA receptors.\n", encoding="utf-8")
    assert main(["audit", "page.md", "--format", "html", "-o", "review.html"]) == 1
    assert Path("review.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == ""
    assert main(["audit", "page.md", "-o", "nowhere/review.html"]) == 2
    assert "nowhere/review.html: cannot be written" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.md", "review.html"]


def test_the_report_opens_in_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    assert main(["report", "--open", "-o", "store.html"]) == 0
    assert opened == [(tmp_path / "store.html").resolve().as_uri()]
    assert main(["report", "--open", "-o", "-"]) == 2


def browse(page: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert BROWSER is not None
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--no-first-run", "--hide-scrollbars", "--enable-logging=stderr", "--v=0",
        f"--user-data-dir={page.parent / 'profile'}", *arguments, page.as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.skipif(BROWSER is None or sys.platform == "win32", reason="no Chromium here")
def test_in_a_browser_nothing_of_a_draft_runs(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    changer = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
    html = page(store, HOSTILE + changer)
    # even markup that got past the escaping would not run: the policy lets only the page's own script
    file.write_text(html.replace("</main>", f"{changer}</main>"), encoding="utf-8")
    run = browse(file, "--dump-dom")
    if run.returncode != 0:
        pytest.skip(f"Chromium does not start here: {run.stderr[-200:]}")
    assert "<title>Review of draft.md</title>" in run.stdout
    assert re.search(r"\d+ of \d+ notes? shown", run.stdout)  # the page's own script does run
    file.write_text(html, encoding="utf-8")
    for width in (390, 1280):
        picture = tmp_path / f"{width}.png"
        run = browse(file, f"--window-size={width},900", f"--screenshot={picture}")
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert "CONSOLE" not in run.stderr

"""From a page to the store: claims proposed as YAML, pruned, added, and found in the store as they were proposed."""

from __future__ import annotations

import contextlib
import functools
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import made_docx
from ketakb.assertion import Assertion
from ketakb.cli.main import main
from ketakb.desk.asserted import asserted
from ketakb.desk.words_of import words_of
from ketakb.model import Store
from ketakb.readers.choose import read_as
from ketakb.store.frame_specs import ASSERT
from ketakb.store.frames import unpack_assertion
from ketakb.store.load import load_store
from ketakb.store.locate import default_store
from ketakb.text import Span
from ketakb.yamlio.context import Context
from ketakb.yamlio.read import read_yaml
from ketakb.yamlio.render import flow

DAY = "2026-11-22"
PAGE = """\
---
title: What ketamine does
url: https://clinic.example/ketamine
---
# What ketamine does

Ketamine **stimulates** NMDA receptors. [It](https://clinic.example) eases depression within two hours.

## Side effects

- Nausea is common after ketamine.

Ketamine may stimulate NMDA receptors. Ketamine's sparkle on receptors is something else.
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([str(one) for one in arguments])
    done = capsys.readouterr()
    return status, done.out, done.err


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all tests: what was compiled of a store is kept by its place."""
    return tmp_path_factory.mktemp("desk")


@pytest.fixture
def ours(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A layer over the store that ships, beside a page, and nothing else."""
    shutil.rmtree(desk)
    desk.mkdir()
    monkeypatch.chdir(desk)
    Path("page.md").write_text(PAGE, encoding="utf-8")
    assert run(capsys, "init", "ours", "--extends", "default")[0] == 0
    return Path("ours")


def test_what_is_proposed_is_what_is_added(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, told = run(capsys, "extract", "page.md", "--store", ours, "--as-of", DAY)
    assert status == 0
    assert "nothing was added to the store" in told
    proposed = yaml.safe_load(out)
    source = proposed["sources"][0]
    assert (source["id"], source["title"], source["kind"]) == ("page", "What ketamine does", "marketing")
    assert source["url"] == "https://clinic.example/ketamine"
    assert "Ketamine stimulates NMDA receptors. It eases depression within two hours." in source["body"]
    Path("proposed.yaml").write_text(out, encoding="utf-8")
    status, shown, _ = run(capsys, "add", "--store", ours, "--from", "proposed.yaml", "--as-of", DAY)
    assert status == 0
    assert "unreviewed" in shown
    store, problems = load_store(ours)
    assert problems == []
    added = [claim for claim in store.claims.values() if claim.path.endswith("claims.yaml")]
    assert [claim.statement for claim in added] == [claim["statement"] for claim in proposed["claims"]]
    for claim, given in zip(added, proposed["claims"], strict=True):
        assert claim.standing == "unreviewed"
        assert flow(asserted(claim.assertion)) == flow(given["assert"])
        assert all(passage.span is not None for passage in claim.passages)
    assert run(capsys, "check", "--store", ours, "--as-of", DAY)[0] == 0
    for claim in added:
        assert claim.statement in run(capsys, "show", claim.id, "--store", ours)[1]
    # the page is known now: no second source, and its claims are those of the store
    again = run(capsys, "extract", "page.md", "--store", ours, "--as-of", DAY)[1]
    assert "sources:" not in again
    assert again.count("says the same as") >= len(added)


def test_remarks_name_what_stands_beside_a_claim(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "extract", "page.md", "--store", ours, "--as-of", DAY)[1]
    nmda = out.partition("  # page.md:7:1\n")[2].partition("  - topic")[0]
    assert "  # contradicts " in nmda
    assert "ketamine-blocks-nmda (accepted): Ketamine blocks NMDA receptors." in nmda
    assert "(rejected)" in nmda
    assert "certainty: hedged" in out
    assert "# not understood: page.md:13:40: Ketamine's sparkle on receptors is something else." in out
    assert "locator: \"under “Side effects”\"" in out


def test_only_new_leaves_out_what_is_accepted(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = yaml.safe_load(run(capsys, "extract", "page.md", "--store", ours)[1])
    new = yaml.safe_load(run(capsys, "extract", "page.md", "--store", ours, "--new")[1])
    topics = [claim["topic"] for claim in new["claims"]]
    assert "mechanism/nmda-receptor" in topics
    assert len(topics) < len(whole["claims"])


def test_a_pruned_file_is_added_whole_or_not_at_all(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "extract", "page.md", "--store", ours)[1]
    before = {path: path.read_bytes() for path in ours.rglob("*") if path.is_file()}
    for wrong, message in (
        (out.replace("relation: activates", "relation: activate", 1), "`activate` is not defined as a relation"),
        (out.replace("quote: Ketamine stimulates", "quote: Ketamine tickles", 1), "is not in"),
        (out.replace(": page\n", ": zarate-2006\n").replace(": page,", ": zarate-2006,"), "source of the store"),
        (out.replace("kind: marketing", "kind: gossip", 1), "gossip"),
        (out.replace("    title:", "    titel:", 1), "titel"),
    ):
        Path("wrong.yaml").write_text(wrong, encoding="utf-8")
        status, shown, told = run(capsys, "add", "--store", ours, "--from", "wrong.yaml")
        assert (status, shown) == (2, ""), told
        assert message in told
        assert "wrong.yaml:" in told
        assert {path: path.read_bytes() for path in ours.rglob("*") if path.is_file()} == before


def test_where_claims_cannot_be_written_their_source_is_not_left_behind(
    ours: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("proposed.yaml").write_text(run(capsys, "extract", "page.md", "--store", ours)[1], encoding="utf-8")

    def broken(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("ketakb.store.adding.rewrite", broken)
    assert run(capsys, "add", "--store", ours, "--from", "proposed.yaml")[0] == 2
    assert [path.name for path in (ours / "sources").iterdir()] == ["README.txt"]


def test_a_page_may_be_a_source_of_the_store(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = default_store() / "sources" / "strivemd-trd.md"
    text = known.read_text(encoding="utf-8").split("---\n", 2)[2]
    Path("seed.txt").write_text(text, encoding="utf-8")
    out = yaml.safe_load(run(capsys, "extract", "seed.txt", "--store", ours)[1])
    assert "sources" not in out
    assert {one["source"] for claim in out["claims"] for one in claim["passages"]} == {"strivemd-trd"}
    # of a source that is kept as a summary, nothing is quoted
    summary = yaml.safe_load(run(capsys, "extract", "page.md", "--store", ours, "--source", "zarate-2006")[1])
    assert all("quote" not in one and one["says"] for claim in summary["claims"] for one in claim["passages"])


def test_several_pages_and_a_word_file(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = made_docx.p("Safety", "Heading1") + made_docx.p("Ketamine lowers blood pressure.")
    Path("page.docx").write_bytes(made_docx.docx(body))
    status, out, _ = run(capsys, "extract", "page.md", "page.docx", "--store", ours, "--kind", "review")
    proposed = yaml.safe_load(out)
    assert status == 0
    assert [(one["id"], one["kind"]) for one in proposed["sources"]] == [("page", "review"), ("page-2", "review")]
    last = proposed["claims"][-1]["passages"][0]
    assert (last["source"], last["quote"]) == ("page-2", "Ketamine lowers blood pressure.")
    assert "paragraph" in last["locator"]
    Path("proposed.yaml").write_text(out, encoding="utf-8")
    assert run(capsys, "add", "--store", ours, "--from", "proposed.yaml")[0] == 0
    assert run(capsys, "check", "--store", ours)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("page.md", "--source", "nobody"), "--source: no source has the id nobody"),
        (("page.md", "--kind", "gossip"), "--kind: gossip is no kind of source here; write one of label, "),
        (("page.md", "ours", "--source", "zarate-2006"), "--source names one source"),
        (("nowhere.md",), "nowhere.md: no such file or folder"),
    ],
)
def test_what_cannot_be_done_is_said(
    ours: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    (ours / "more.md").write_text("More.\n", encoding="utf-8")
    status, out, told = run(capsys, "extract", *arguments, "--store", ours)
    assert (status, out) == (2, "")
    assert message in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("written", ["2.8e+08", "280_000_000", "280000000.", "2.8E8"])
def test_a_number_stays_a_number(ours: Path, capsys: pytest.CaptureFixture[str], written: str) -> None:
    value = f"{{low: {written}, high: {written}, unit: person}}"
    Path("new.yaml").write_text(
        "- topic: epidemiology/prevalence\n  statement: Depression affects 280 million people.\n"
        f"  assert: {{subject: depression, relation: affects, value: {value}}}\n"
        "  passages: [{source: zarate-2006, says: It does.}]\n",
        encoding="utf-8",
    )
    assert run(capsys, "add", "--store", ours, "--from", "new.yaml")[0] == 0
    assert "{low: 280000000, high: 280000000, unit: person}" in (ours / "claims.yaml").read_text(encoding="utf-8")


def test_a_page_without_claims(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.md").write_text("Come in and have a cup of tea.\n", encoding="utf-8")
    status, out, told = run(capsys, "extract", "page.md", "--store", ours)
    assert (status, yaml.safe_load(out)["claims"]) == (0, [])
    assert "0 claims proposed" in told
    Path("proposed.yaml").write_text(out, encoding="utf-8")
    status, _, told = run(capsys, "add", "--store", ours, "--from", "proposed.yaml")
    assert status == 2
    assert "holds no claim" in told


def test_hostile_pages_stay_data(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page cannot write YAML of its own, nor end a remark."""
    Path("page.html").write_text(
        "<title>x: {y</title><h1>\"' # ]\u2028claims:</h1>"
        "<p>Ketamine stimulates NMDA receptors \u0085- id: evil: \x07</p>",
        encoding="utf-8",
    )
    out = run(capsys, "extract", "page.html", "--store", ours)[1]
    proposed = yaml.safe_load(out)
    assert set(proposed) == {"sources", "claims"}
    assert {claim["topic"] for claim in proposed["claims"]} == {"mechanism/nmda-receptor"}
    Path("proposed.yaml").write_text(out, encoding="utf-8")
    assert run(capsys, "add", "--store", ours, "--from", "proposed.yaml")[0] == 0
    assert run(capsys, "check", "--store", ours)[0] == 0


@functools.cache
def shipped() -> Store:
    return load_store(default_store())[0]


def test_every_assertion_of_the_store_is_packed_as_it_was_unpacked() -> None:
    for claim in shipped().claims.values():
        text = flow(asserted(claim.assertion))
        item = read_yaml(text, ASSERT, Context("claim"))
        assert item is not None
        assert unpack_assertion(claim.assertion.topic, item) == claim.assertion, claim.id


def test_nothing_said_is_an_empty_mapping() -> None:
    assert asserted(Assertion("a/topic")) == {}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.md", "See [the **label**](https://x.example). It *works*!", "See the label. It works!"),
        ("a.md", "keta**mine**, they say", "ketamine, they say"),
        ("a.html", "<p>It doesn&#8217;t <b>work</b>;&nbsp;ask <a href='x'>us</a>.</p>", "It doesn’t work; ask us."),
        ("a.txt", "two  blanks ,\nkept as one", "two blanks , kept as one"),
    ],
)
def test_words_are_copied_without_markup(name: str, text: str, words: str) -> None:
    document = read_as(name, text)
    assert words_of(document, Span(0, len(text))) == words


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals here")
def test_a_bar_is_drawn_for_several_pages_on_a_terminal_alone(ours: Path) -> None:
    for number in range(3):
        Path(f"page{number}.md").write_text(PAGE, encoding="utf-8")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "ketakb", "extract", "page0.md", "page1.md", "page2.md", "--store", "ours"]
    quiet = subprocess.run(command, check=True, capture_output=True, text=True)
    assert quiet.stderr.count("\n") == 1
    assert "nothing was added to the store" in quiet.stderr
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, text=True) as drawing:
        os.close(follower)
        shown = bytearray()
        with contextlib.suppress(OSError):  # Linux ends a terminal that nobody writes to any more with an error
            while piece := os.read(leader, 4096):  # a full terminal would hold the command up
                shown += piece
        out = drawing.communicate()[0]
    assert drawing.returncode == 0
    assert b"Reading" in shown
    assert out == quiet.stdout
    os.close(leader)


@pytest.mark.parametrize(
    ("number", "written"),
    [(2.8e8, "280000000"), (0.5, "0.5"), (12.0, "12"), (39.8, "39.8"), (1e-5, "0.00001"), (1234567.5, "1234567.5")],
)
def test_numbers_are_written_as_stores_read_them(number: float, written: str) -> None:
    assert flow({"low": number}) == f"{{low: {written}}}"
    item = read_yaml(f"{{value: {{low: {flow(number)}, unit: count}}}}", ASSERT, Context("claim"))
    assert item is not None
    assert item["value"]["low"] == number

"""What silences findings: remarks, decisions, per-file-ignores, a baseline; and what is said of idle ones."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import made
from ketakb.cli.main import main
from ketakb.desk import decisions
from ketakb.desk.baseline import Baseline
from ketakb.desk.config import Config
from ketakb.desk.remarks import heed_remarks
from ketakb.desk.silence import Desk, quiet_places, settle_conflicts
from ketakb.errors import UsageError
from ketakb.readers.choose import read_as
from ketakb.results import Coverage, DocumentReport, Finding
from ketakb.rules.evidence import fingerprint
from ketakb.text import Span

DAY = "2026-11-21"
WRONG = "Ketamine stimulates NMDA receptors"
FALSE_ALARM = (
    "--as",
    "false-alarm",
    "--by",
    "Dr A. Example",
    "--because",
    "Quoted as: a myth.",
    "--as-of",
    DAY,
)


def on(text: str, words: str, rule: str = "KB201", claim: str = "nmda-blocks") -> Finding:
    """Return a finding on words of a text."""
    at = text.index(words)
    evidence = tuple(item for item in made.FINDINGS[0].evidence if item.claim == claim)
    mark = fingerprint(rule, words, [claim])
    span = Span(at, at + len(words))
    return Finding(rule, "x", "error", "contradicted", None, "m", "", span, None, evidence, (), mark)


def report(text: str, *findings: Finding, path: str = "draft.md") -> DocumentReport:
    return DocumentReport(path, text, "sha256:0", "ad", "US", Coverage(1, 1, 1), (), findings)


def heeded(text: str, *words: str, name: str = "draft.md") -> DocumentReport:
    return heed_remarks(report(text, *(on(text, one) for one in words)), read_as(name, text))


def told(done: DocumentReport) -> list[str]:
    return [finding.message for finding in done.findings if finding.rule == "KB003"]


@pytest.mark.parametrize(
    "text",
    [
        f"{WRONG}. <!-- ketakb: ignore KB201 a myth, see below -->\n",
        f"<!-- ketakb: ignore KB201 a myth -->\n{WRONG}.\n",
        f"<!-- ketakb: ignore KB2 a myth -->\n\n{WRONG}.\n",
        f"# Head\n\n{WRONG} <!-- ketakb: ignore KB301,KB201 a myth --> so they say.\n",
        f"- <!-- ketakb: ignore opposite-direction a myth --> {WRONG}.\n",
    ],
)
def test_a_remark_silences_its_block_or_the_next(text: str) -> None:
    done = heeded(text, WRONG)
    assert not done.findings
    assert [(one.silence.how, one.silence.because[:6]) for one in done.silenced] == [("remark", "a myth")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{WRONG}.\n\n<!-- ketakb: ignore KB201 too late -->\n\nIt helps.\n", "KB201 reports nothing here"),
        (f"<!-- ketakb: ignore KB201 -->\n{WRONG}.\n", "gives no reason"),
        (f"<!-- ketakb: ignore KB20x because -->\n{WRONG}.\n", "“KB20x” is no rule"),
        (f"<!-- ketakb: ignore KB301 another -->\n{WRONG}.\n", "KB301 reports nothing here"),
    ],
)
def test_a_remark_that_silences_nothing_is_a_finding(text: str, message: str) -> None:
    done = heeded(text, WRONG)
    assert [finding.rule for finding in done.findings] == ["KB201", "KB003"]
    assert message in told(done)[0]
    span = done.findings[1].span
    assert span is not None and text[span.start : span.end].startswith("<!--")


def test_a_remark_before_all_text_silences_findings_on_the_whole() -> None:
    text = "---\ntitle: Hope\n---\n<!-- ketakb: ignore KB601 the leaflet says it -->\n\n# Hope\n"
    whole = Finding("KB601", "x", "note", "incomplete", None, "m", "", None, fingerprint="f")
    assert not heed_remarks(report(text, whole), read_as("draft.md", text)).findings
    late = "# Hope\n\n<!-- ketakb: ignore KB601 the leaflet says it -->\n\nIt helps.\n"
    assert len(heed_remarks(report(late, whole), read_as("draft.md", late)).findings) == 2


def test_remarks_in_html() -> None:
    text = f"<p><!-- ketakb: ignore KB201 a myth -->{WRONG}.</p>"
    assert not heeded(text, WRONG, name="page.html").findings


# ---- decisions.yaml


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KETAKB_STORE", raising=False)
    return tmp_path


def decide(text: str, finding: Finding, **more: Any) -> Path:
    fields = {"verdict": "false-alarm", "by": "Ed", "on": DAY, "because": "so: it is", **more}
    return decisions.decide(made.STORE, "posts/draft.md", text, finding, **fields)[0]


def settled(text: str, *findings: Finding, day: str = DAY, **more: Any) -> DocumentReport:
    return Desk(more.pop("store", made.STORE), day, **more).settle(
        report(text, *findings, path="posts/draft.md")
    )


def test_a_decision_silences_exactly_its_finding(folder: Path) -> None:
    (folder / "posts").mkdir()
    text = f"{WRONG}. It activates the NMDA receptor.\n"
    one, other = on(text, WRONG), on(text, "It activates the NMDA receptor")
    file = decide(text, one)
    assert file == Path("posts/decisions.yaml")
    done = settled(text, one, other)
    assert done.findings == (other,)
    silence = done.silenced[0].silence
    assert (silence.by, silence.verdict, silence.because) == ("Ed", "false-alarm", "so: it is")
    assert settled(text, one, other, decisions=False).findings == (one, other)


def test_a_decision_is_found_upwards_and_every_other_byte_is_kept(folder: Path) -> None:
    (folder / "posts").mkdir()
    item = "- {id: x, path: a.md, rule: KB1, finding: '0', as: deferred, by: E, on: 2026-01-01, because: b}"
    before = f"# ours\r\n{item}  # keep\r\n"
    (folder / "decisions.yaml").write_bytes(before.encode())
    text = f"{WRONG}.\n"
    decide(text, on(text, WRONG))
    after = (folder / "decisions.yaml").read_bytes().decode()
    assert after.startswith(before) and "path: posts/draft.md\r\n" in after
    assert decisions.read_decisions(folder / "decisions.yaml")[0].id == "x"
    assert not list(folder.glob(".decisions*"))


def test_deciding_again_writes_over(folder: Path) -> None:
    (folder / "posts").mkdir()
    text = f"{WRONG}.\n"
    decide(text, on(text, WRONG), expires="2026-12-01")
    file = decide(text, on(text, WRONG), verdict="accepted", because="agreed")
    (made_one,) = decisions.read_decisions(file)
    assert (made_one.verdict, made_one.because, made_one.expires) == ("accepted", "agreed", None)


def test_a_decision_reopens_when_it_has_expired(folder: Path) -> None:
    (folder / "posts").mkdir()
    text = f"{WRONG}.\n"
    decide(text, on(text, WRONG), expires="2026-12-01")
    assert not settled(text, on(text, WRONG), day="2026-12-01").findings
    done = settled(text, on(text, WRONG), day="2026-12-02")
    assert [finding.rule for finding in done.findings] == ["KB201", "KB003"]
    assert "it held until 2026-12-01. Decide again, or remove it." in told(done)[0]


def test_a_decision_reopens_when_the_words_change(folder: Path) -> None:
    (folder / "posts").mkdir()
    text, new = f"{WRONG}.\n", "Ketamine activates NMDA receptors.\n"
    decide(text, on(text, WRONG))
    done = settled(new, on(new, "Ketamine activates NMDA receptors"))
    assert [finding.rule for finding in done.findings] == ["KB201", "KB003"]
    assert "KB201 no longer reports these words" in told(done)[0]


def test_a_decision_reopens_when_the_claim_changes(folder: Path) -> None:
    from dataclasses import replace

    (folder / "posts").mkdir()
    text = f"{WRONG}.\n"
    decide(text, on(text, WRONG))
    claim = replace(made.CLAIMS["nmda-blocks"], statement="Ketamine blocks some NMDA receptors.")
    store = replace(made.STORE, claims={**made.CLAIMS, "nmda-blocks": claim})
    assert "the claim nmda-blocks was changed since" in told(settled(text, on(text, WRONG), store=store))[0]
    gone = replace(made.STORE, claims={})
    assert "is no longer in the store" in told(settled(text, on(text, WRONG), store=gone))[0]


def test_a_file_of_decisions_with_an_error_is_told_with_its_place(folder: Path) -> None:
    file = folder / "decisions.yaml"
    item = (
        "- {id: x, path: a.md, rule: KB1, finding: '0', as: false-alarms, by: E, on: 2026-01-01, because: b}"
    )
    file.write_text(item)
    with pytest.raises(
        UsageError, match=r"decisions\.yaml:1:\d+: `false-alarms` .* did you mean `false-alarm`\?"
    ):
        decisions.read_decisions(file)


def test_the_command_writes_and_the_audit_heeds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "page.md").write_text(f"# Ketamine\n\n{WRONG}.\n")
    assert main(["decide", "page.md:3", *FALSE_ALARM]) == 0
    assert capsys.readouterr().out == "decisions.yaml: KB201 opposite-direction in page.md is false-alarm\n"
    assert main(["audit", "page.md", "--as-of", DAY, "--show-ignored"]) == 0
    out = capsys.readouterr().out
    assert "false-alarm by Dr A. Example on 2026-11-21: Quoted as: a myth. (decisions.yaml:3)" in out
    assert "1 finding silenced" in out
    (folder / "page.md").write_text("# Ketamine\n\nKetamine blocks NMDA receptors.\n")
    assert main(["audit", "page.md", "--as-of", DAY]) == 1
    assert "KB003 idle-silence" in capsys.readouterr().out
    assert main(["audit", "page.md", "--as-of", DAY, "--ignore", "KB003"]) == 0


def test_wrong_places_are_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "page.md").write_text(f"{WRONG}.\n")
    for place, message in (("page.md:9", "no finding stands here"), ("gone.md:1", "no such file")):
        assert main(["decide", place, *FALSE_ALARM]) == 2
        error = capsys.readouterr().err
        assert message in error and error.count("\n") == 1
    assert not (folder / "decisions.yaml").exists()


# ---- the rest


def test_per_file_ignores(folder: Path) -> None:
    text = f"{WRONG}.\n"
    config = Config(
        path=folder / "ketakb.toml", per_file_ignores=(("posts/*.md", ("KB2",)), ("other/**", ("KB",)))
    )
    done = settled(text, on(text, WRONG), config=config)
    assert not done.findings and done.silenced[0].silence.how == "per-file-ignores"
    idle = Config(
        path=folder / "ketakb.toml", per_file_ignores=(("posts/draft.md", ("KB3",)), ("posts/", ("KB4",)))
    )
    assert [
        "remove `posts/draft.md`" in one for one in told(settled(text, on(text, WRONG), config=idle))
    ] == [True]


def test_severities_by_rule(folder: Path) -> None:
    text = f"{WRONG}.\n"
    config = Config(severities=(("KB201", "note"), ("KB2", "warning")))
    assert [f.severity for f in settled(text, on(text, WRONG), config=config).findings] == ["note"]


def test_a_baseline_counts(folder: Path) -> None:
    text = f"{WRONG}. {WRONG}.\n"
    one = on(text, WRONG)
    base = Baseline(Path("base.json"), {"posts/draft.md": Counter({one.fingerprint: 1, "gone": 2})})
    done = settled(text, one, on(text, WRONG), baseline=base)
    assert [(f.rule, f.severity) for f in done.findings] == [("KB201", "error"), ("KB003", "note")]
    assert "2 findings of the baseline are gone" in told(done)[0]


def test_a_baseline_is_written_and_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "page.md").write_text(f"{WRONG}.\n")
    assert main(["audit", "page.md", "--write-baseline", "base.json", "--as-of", DAY]) == 0
    assert json.loads((folder / "base.json").read_text())["findings"][0]["path"] == "page.md"
    assert main(["audit", "page.md", "--baseline", "base.json", "--as-of", DAY]) == 0
    (folder / "page.md").write_text(f"{WRONG}. It has no side effects.\n")
    assert main(["audit", "page.md", "--baseline", "base.json", "--as-of", DAY]) == 1
    (folder / "base.json").write_text('{"schema": 1}')
    capsys.readouterr()
    assert main(["audit", "page.md", "--baseline", "base.json"]) == 2
    assert "is no baseline" in capsys.readouterr().err


def test_a_silenced_side_settles_its_conflict() -> None:
    from ketakb.results import Conflict, Side, Silence, Silenced

    text = f"{WRONG}.\n"
    finding = on(text, WRONG)
    sides = (Side(path="draft.md", span=finding.span), Side(path="b.md", span=Span(0, 1)))
    conflict = Conflict("c", "KB201", "direction", "t", "error", "open", "m", sides)
    from dataclasses import replace

    document = replace(report(text), silenced=(Silenced(finding, Silence("decision", "agreed", "d:1")),))
    assert settle_conflicts([conflict], quiet_places(document))[0].status == "settled"
    assert settle_conflicts([conflict], quiet_places(report(text)))[0].status == "open"

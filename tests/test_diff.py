"""Two versions of a draft: findings, how strongly things are said, and risks that went missing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import made
from ketakb.assertion import Assertion, Value
from ketakb.cli.main import main
from ketakb.desk.diff import diff
from ketakb.desk.strength import shown, steps_between
from ketakb.results import Coverage, DocumentReport, Finding, Judged, Reading
from ketakb.text import Span

DAY = "2026-11-21"
BASE = Assertion("duration/effect", "ketamine", "lasts", ("mood-benefit",), value=Value(None, 2, "week"))


def reading(said: Assertion, at: int = 0) -> Reading:
    return Reading(said, Span(at, at + 5), "t#f")


def draft(
    *said: Assertion, findings: tuple[Finding, ...] = (), concepts: frozenset[str] = frozenset()
) -> DocumentReport:
    judged = tuple(Judged(reading(one, n), "supported") for n, one in enumerate(said))
    text = "words of a draft " * 5
    return DocumentReport(
        "d.md", text, "sha256:0", "ad", "US", Coverage(1, 1, 1), judged, findings, concepts=concepts
    )


@pytest.mark.parametrize(
    ("before", "after", "stronger", "told"),
    [
        ({"certainty": "hedged"}, {}, True, "a hedge was lost"),
        ({}, {"certainty": "hedged"}, False, "a hedge was added"),
        ({"certainty": "attributed"}, {}, True, "the attribution was lost"),
        ({"quantifier": "some"}, {"quantifier": "most"}, True, "the quantifier was raised: some became most"),
        ({}, {"quantifier": "all"}, True, "raised: unquantified became all"),
        ({"quantifier": "all"}, {"quantifier": "some"}, False, "lowered"),
        ({}, {"quantifier": "none"}, True, "said of none"),
        ({}, {"only": "subject"}, True, "“only” was added"),
        (
            {},
            {"value": Value(None, 4, "week")},
            True,
            "the bound was widened: up to 2 weeks became up to 4 weeks",
        ),
        (
            {},
            {"value": Value(None, 7, "day")},
            False,
            "the bound was narrowed: up to 2 weeks became up to 7 days",
        ),
        ({}, {"value": None}, False, "a figure was taken away"),
        ({"qualifiers": (("population", ("adults",)),)}, {}, True, "a limit was lost: population adults"),
        ({}, {"qualifiers": (("setting", ("clinic",)),)}, False, "a limit was added: setting clinic"),
        ({}, {"objects": ("mood-benefit", "sleep")}, True, "more is named: sleep"),
    ],
)
def test_how_strongly_it_is_said(
    before: dict[str, Any], after: dict[str, Any], stronger: bool, told: str
) -> None:
    old, new = draft(replace(BASE, **before)), draft(replace(BASE, **after))
    found = diff(old, new, made.STORE)
    changed = found.strengthened if stronger else found.weakened
    assert [step.stronger for step in changed[0].steps] == [stronger]
    assert told in changed[0].steps[0].told
    assert not (found.weakened if stronger else found.strengthened)
    assert not found.added and not found.dropped


@pytest.mark.parametrize("value", [Value(None, 14, "day"), Value(None, 2, "week")])
def test_the_same_in_another_unit_is_no_change(value: Value) -> None:
    assert not list(steps_between(made.STORE, reading(BASE), reading(replace(BASE, value=value))))


def test_values_are_shown_in_plain_words() -> None:
    assert shown(Value(1, 1, "hour")) == "1 hour"
    assert shown(Value(40, 60, "percent", approx=True)) == "about 40 to 60 percent"
    assert shown(Value(2, None, "hour")) == "2 or more hours"


def test_a_reversal_is_one_dropped_and_one_added() -> None:
    found = diff(draft(BASE), draft(replace(BASE, negated=True)), made.STORE)
    assert (len(found.added), len(found.dropped), found.strengthened) == (1, 1, ())


def test_findings_fixed_new_and_remaining() -> None:
    one, two, three, four = made.FINDINGS
    reworded = replace(one, fingerprint="other")
    found = diff(draft(findings=(one, two)), draft(findings=(reworded, four)), made.STORE)
    assert (found.fixed, found.found, found.remaining) == ((two,), (four,), (reworded,))
    again = diff(draft(findings=(two,)), draft(findings=(two, replace(two, span=Span(0, 1)))), made.STORE)
    assert (len(again.remaining), len(again.found)) == (1, 1)
    assert three.severity == "note"


RISKY = """# Ketamine

Ketamine can raise blood pressure. Nausea is common. Ketamine is given under medical supervision.
Its use for depression is off-label. It may relieve depression in some people.
"""
BOLD = """# Ketamine

Nausea is common. It relieves depression.
"""


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.md").write_text(RISKY)
    (tmp_path / "new.md").write_text(BOLD)
    return tmp_path


def test_risks_and_disclosures_that_went_missing(versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.md", "new.md", "--as-of", DAY, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "ketakb.diff/1"
    missing = {(one["kind"], one["what"]) for one in found["missing"]}
    assert {("disclosure", "off-label"), ("disclosure", "supervision")} <= missing
    assert not [what for kind, what in missing if "nausea" in what]
    assert any("blood pressure" in one["told"] for one in found["missing"])


def test_a_version_against_itself_is_silent(versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.md", "old.md", "--as-of", DAY]) == 0
    out = capsys.readouterr().out
    assert "0 new" in out and "0 added, 0 stronger, 0 weaker, 0 dropped" in out
    assert main(["diff", "new.md", "old.md", "--as-of", DAY]) == 0
    assert "went missing:" not in capsys.readouterr().out


def test_wrong_input_is_one_line(versions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.md", "gone.md"]) == 2
    assert main(["diff", "old.md", "."]) == 2
    assert capsys.readouterr().err.count("\n") == 2

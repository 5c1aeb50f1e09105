"""Sign-offs: what a record holds, and what `recheck` says once the store has moved on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import made
from ketakb.cli.main import main
from ketakb.desk.config import Config
from ketakb.desk.record import became_of, recheck, record_of
from ketakb.errors import UsageError
from ketakb.model import Claim, Review, Store

DAY = "2026-11-21"
ASKED = {"select": [], "ignore": [], "fail_on": "warning"}


def recorded() -> dict[str, Any]:
    return record_of(made.SILENCED, made.STORE, Config(), ASKED, "Dr A. Example", "0.1.0")


def written(folder: Path) -> Path:
    file = folder / "page.signoff.json"
    file.write_text(json.dumps(recorded()), encoding="utf-8")
    return file


def with_claim(name: str, **changes: Any) -> Store:
    claim: Claim = replace(made.CLAIMS[name], **changes)
    return replace(made.STORE, claims={**made.CLAIMS, name: claim})


def test_a_record_holds_what_was_looked_at() -> None:
    found = recorded()
    assert found["reviewer"] == "Dr A. Example" and found["as_of"] == DAY
    document = found["documents"][0]
    assert document["digest"] == "sha256:11"
    assert document["assertions"][0]["claims"] == [{"id": "nmda-blocks", "stance": "contradicts"}]
    assert document["decisions"][0]["silence"]["because"] == "Quoted as a <myth>."
    assert set(found["claims"]) >= {"nmda-blocks", "side-effects-none"}
    assert found["claims"]["nmda-blocks"]["fingerprint"].startswith("sha256:")
    assert record_of(made.SILENCED, made.STORE, Config(), ASKED, "Dr A. Example", "0.1.0") == found


def test_nothing_changed(tmp_path: Path) -> None:
    (page,) = recheck(written(tmp_path), made.STORE, DAY)
    assert not page.reasons and page.claims >= 2


@pytest.mark.parametrize(
    ("changes", "day", "kind"),
    [
        ({"statement": "Ketamine blocks some receptors."}, DAY, "changed"),
        ({"standing": "rejected", "because": "Withdrawn."}, DAY, "overruled"),
        ({"valid_to": "2026-12-01"}, "2027-01-01", "changed"),
        ({"review": Review(by="x", on="2026-01-01", review_by="2026-12-31")}, "2027-01-01", "expired"),
    ],
)
def test_what_became_of_a_claim(tmp_path: Path, changes: dict[str, Any], day: str, kind: str) -> None:
    (page,) = recheck(written(tmp_path), with_claim("nmda-blocks", **changes), day)
    reason = next(one for one in page.reasons if one.claim == "nmda-blocks")
    assert reason.kind == kind
    assert (reason.line, reason.text) == (3, "Ketamine stimulates NMDA receptors")


def test_a_claim_that_a_layer_overrules_or_that_is_gone(tmp_path: Path) -> None:
    layer = replace(
        made.CLAIMS["nmda-blocks"], id="ours", overrules="nmda-blocks", layer="clinic", because="New data."
    )
    store = replace(made.STORE, claims={"ours": layer})
    known = recorded()["claims"]["nmda-blocks"]
    assert became_of("nmda-blocks", known, store, DAY) == (
        "overruled",
        "clinic overrules it by ours: New data.",
    )
    assert became_of("nmda-blocks", known, replace(made.STORE, claims={}), DAY) == (
        "gone",
        "it is no longer in the store",
    )


def test_doubts_that_were_there_do_not_count(tmp_path: Path) -> None:
    due = with_claim("nmda-blocks", review=Review(by="x", on="2025-01-01", review_by="2025-12-31"))
    file = tmp_path / "r.json"
    file.write_text(json.dumps(record_of(made.SILENCED, due, Config(), ASKED, None, "0.1.0")))
    assert not [one for one in recheck(file, due, "2027-01-01")[0].reasons if one.claim == "nmda-blocks"]


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": "ketakb.record/1"}', '{"schema": "x"}'])
def test_what_is_no_record_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "r.json"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"r\.json"):
        recheck(file, made.STORE, DAY)


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.md").write_text("Ketamine blocks NMDA receptors.\n")
    asked = ["audit", "page.md", "--record", "page.json", "--reviewer", "Ed", "--as-of", DAY]
    assert main(asked) == 0
    assert main(asked) == 0  # over the one that is there
    capsys.readouterr()
    assert main(["recheck", "page.json", "--as-of", DAY]) == 0
    assert "1 page recorded: 0 pages rest on claims" in capsys.readouterr().out
    assert main(["recheck", "page.json", "--as-of", "2099-01-01", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["summary"] == {"pages": 1, "affected": 1}
    assert found["pages"][0]["reasons"][0]["kind"] == "expired"
    Path("page.md").write_text("Ketamine activates NMDA receptors.\n")
    assert main(["recheck", "page.json", "--as-of", DAY]) == 0
    assert "page.md was edited after its sign-off" in capsys.readouterr().out
    assert main(["audit", "--record", "x.json"]) == 2
    assert main(["audit", "page.md", "--reviewer", "Ed"]) == 2

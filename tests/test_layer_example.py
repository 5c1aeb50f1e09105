"""The example of a client's layer: what it bans and overrules, and that reports say who spoke."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from ketakb.app import AuditOptions, audit_documents
from ketakb.cli.main import main
from ketakb.model import Store
from ketakb.store.load import load_store

FOLDER = Path(__file__).parents[1] / "examples/stores/client"
DRAFT = FOLDER / "draft.md"


@pytest.fixture(scope="module")
def store() -> Store:
    store, problems = load_store(FOLDER)
    assert [one for one in problems if one.severity == "error"] == []
    return store


def test_the_layer_stands_over_the_store_that_ships(store: Store) -> None:
    assert store.layers == ("ketamine", "client")
    assert "better-than-traditional" not in store.claims
    claim = store.claims["house-not-better-than-traditional"]
    assert (claim.layer, claim.overrules) == ("client", "better-than-traditional")
    assert claim.because


def test_it_works_from_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FOLDER, tmp_path / "client")
    assert main(["check", "--store", str(tmp_path / "client")]) == 0
    assert "0 errors" in capsys.readouterr().out


def test_house_rules_keep_their_examples(store: Store) -> None:
    rules = [rule for rule in store.wording if rule.layer == "client"]
    assert len(rules) == 2
    options = AuditOptions("2026-11-22", "editorial", "US")
    for rule in rules:
        for fires, texts in ((True, rule.fires), (False, rule.silent)):
            for text in texts:
                (document,) = audit_documents(store, [("a.md", text + "\n")], options).documents
                found = [finding.message for finding in document.findings]
                assert (rule.message in found) is fires, text


def test_reports_show_which_layer_spoke(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(DRAFT), "--store", str(FOLDER), "--as", "editorial"]) == 1
    out = capsys.readouterr().out
    assert out.count("KB304 house-style (a rule of client)") == 2
    assert "held by client, over better-than-traditional: " in out
    assert "[house-not-better-than-traditional]" in out
    main(["audit", str(DRAFT), "--store", str(FOLDER), "--as", "editorial", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["documents"][0]["findings"]
    assert [one["layer"] for one in found if one["rule"] == "KB304"] == ["client", "client"]
    (over,) = [e for one in found for e in one["evidence"] if e["overrules"]]
    assert (over["layer"], over["overrules"]) == ("client", "better-than-traditional")
    assert "medical board" in over["because"]


def test_the_shared_store_does_not_speak_so(capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", str(DRAFT), "--as", "editorial", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["documents"][0]["findings"]
    assert not [one for one in found if one["severity"] == "error"]
    assert {one["layer"] for one in found} <= {None, "ketamine"}


def test_the_readme_names_only_what_is_there() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (FOLDER / target).exists(), target

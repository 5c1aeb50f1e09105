"""The shipped store audited: the contradictions of its pages are found, settled, and told in sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent / "data"
EXPECTED = json.loads((DATA / "seed-conflicts.json").read_text(encoding="utf-8"))["conflicts"]


@pytest.fixture(scope="module")
def audit() -> dict[str, Any]:
    """What `ketakb audit --format json` prints for the shipped store, on a fixed day."""
    command = [sys.executable, "-m", "ketakb", "audit", "--format", "json", "--as-of", "2026-11-21"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def says(side: dict[str, Any], wanted: Any) -> bool:
    """Whether a side has a wanted passage, or one of a source that is no marketing copy for `reference`."""
    if wanted == "reference":
        return any(passage["kind"] != "marketing" for passage in side["passages"])
    return any(
        passage["source"] == source
        and piece.casefold() in " ".join((passage["quote"] or "").split()).casefold()
        for passage in side["passages"]
        for source, piece in wanted
    )


@pytest.mark.parametrize("expected", EXPECTED, ids=[e["id"] for e in EXPECTED])
def test_a_contradiction_between_the_pages_is_found(audit: dict[str, Any], expected: dict[str, Any]) -> None:
    on_topic = [c["sides"] for c in audit["conflicts"] if c["topic"] in expected["topics"]]
    assert any(
        (says(one, expected["a"]) and says(two, expected["b"]))
        or (says(two, expected["a"]) and says(one, expected["b"]))
        for one, two in on_topic
    )


def test_nothing_that_matters_is_open(audit: dict[str, Any]) -> None:
    assert [
        c["message"] for c in audit["conflicts"] if c["status"] == "open" and c["severity"] != "note"
    ] == []


def test_a_conflict_is_told_once(audit: dict[str, Any]) -> None:
    pairs = [frozenset(side["claim"] for side in conflict["sides"]) for conflict in audit["conflicts"]]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs) == len({conflict["id"] for conflict in audit["conflicts"]})


def test_both_sides_have_their_passages(audit: dict[str, Any]) -> None:
    for conflict in audit["conflicts"]:
        for side in conflict["sides"]:
            assert side["passages"], side["claim"]
            assert all(passage["quote"] or passage["says"] for passage in side["passages"])
            assert all(len(passage["quote"] or "") <= 300 for passage in side["passages"])


def test_settled_and_contested_conflicts_say_why(audit: dict[str, Any]) -> None:
    for conflict in audit["conflicts"]:
        if conflict["status"] in ("settled", "contested"):
            assert conflict["because"] and conflict["because"].rstrip().endswith("."), conflict["message"]
        if conflict["status"] == "settled":
            assert {side["standing"] for side in conflict["sides"]} & {"rejected", "superseded"}


def test_messages_are_sentences(audit: dict[str, Any]) -> None:
    for conflict in audit["conflicts"]:
        message = conflict["message"]
        assert message[0].isupper() and message.endswith(".") and ": " in message
        assert "  " not in message and " ," not in message and "None" not in message and "_" not in message
        assert not any(f"{word} {word}" in message for word in ("in", "for", "with", "to", "up", "is"))


def test_what_is_not_comparable_is_counted(audit: dict[str, Any]) -> None:
    apart = audit["summary"]["not_comparable"]
    assert apart["count"] == sum(apart["reasons"].values()) > 1000
    assert {"subject", "object", "relation", "jurisdiction", "route", "measure"} <= set(apart["reasons"])


def test_figures_inside_the_accepted_range_are_a_note(audit: dict[str, Any]) -> None:
    sides = {"prevalence-16-million", "prevalence-17-million"}
    found = [c for c in audit["conflicts"] if {side["claim"] for side in c["sides"]} == sides]
    assert [conflict["severity"] for conflict in found] == ["note"]

"""A second subject: the isotretinoin store under examples is read with not a word of it in Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ketakb.app import AuditOptions, audit_documents, check_store
from ketakb.model import Store

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "examples" / "stores" / "isotretinoin"
AS_OF = "2026-11-22"
PROBLEMS = frozenset({"contradicted", "overclaim", "stale"})
RECORDS: list[dict[str, Any]] = [
    json.loads(line) for line in (FOLDER / "tests.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def store() -> Store:
    return check_store(FOLDER, AS_OF)[0]


def alarms(store: Store, text: str) -> list[tuple[int, int]]:
    options = AuditOptions(AS_OF, "editorial", "US")
    document = audit_documents(store, [("draft.md", text)], options).documents[0]
    return [
        (finding.span.start, finding.span.end)
        for finding in document.findings
        if finding.severity in ("error", "warning") and finding.span is not None
    ]


def is_right(store: Store, record: dict[str, Any]) -> bool:
    """Whether every problem is met by an alarm, and every alarm meets a problem."""
    text = record["text"]
    starts = [(text.index(i["quote"]), len(i["quote"])) for i in record["items"] if i["verdict"] in PROBLEMS]
    problems = [(start, start + length) for start, length in starts]
    found = alarms(store, text)
    return all(_meets(p, found) for p in problems) and all(_meets(f, problems) for f in found)


def _meets(one: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(one[0] < other[1] and other[0] < one[1] for other in others)


def test_the_store_is_sound() -> None:
    _, problems = check_store(FOLDER, AS_OF)
    assert [(problem.path, problem.line, problem.message) for problem in problems] == []


def test_the_store_speaks_of_nothing_else() -> None:
    for name in ("store.yaml", "vocabulary.yaml", "topics.yaml", "claims.yaml", "wording.yaml"):
        assert "ketamine" not in (FOLDER / name).read_text(encoding="utf-8")


def test_quotes_are_in_their_texts() -> None:
    for record in RECORDS:
        for item in record["items"]:
            assert item["quote"] in record["text"], record["id"]


@pytest.mark.parametrize("part", ["tuned", "aside"])
def test_sentences_are_judged(store: Store, part: str) -> None:
    records = [record for record in RECORDS if record["aside"] == (part == "aside")]
    wrong = [record["id"] for record in records if not is_right(store, record)]
    right = len(records) - len(wrong)
    assert right / len(records) >= 0.85, f"{right} of {len(records)} right; wrong: {', '.join(wrong)}"


def test_a_good_page_is_left_alone(store: Store) -> None:
    assert alarms(store, (FOLDER / "page.md").read_text(encoding="utf-8")) == []


def test_wording_rules_keep_their_examples(store: Store) -> None:
    for rule in store.wording:
        for text in rule.fires:
            assert rule.id in fired(store, text), f"{rule.id} must fire: {text}"
        for text in rule.silent:
            assert rule.id not in fired(store, text), f"{rule.id} must stay silent: {text}"


def fired(store: Store, text: str) -> set[str]:
    """Return the ids of the wording rules that a text read as a clinic page breaks."""
    options = AuditOptions(AS_OF, "clinic-page", "US")
    findings = audit_documents(store, [("draft.md", text)], options).documents[0].findings
    return {rule.id for rule in store.wording for f in findings if f.message == rule.message}


def test_the_subject_of_another_store_is_none_of_its_business(store: Store) -> None:
    assert alarms(store, "Ketamine works by stimulating NMDA receptors and has no side effects.") == []

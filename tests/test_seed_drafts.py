"""The five pages that the store keeps as evidence, audited as if they were drafts.

What is wrong in them is flagged at the words that are wrong; what is right raises no alarm.
"""

from __future__ import annotations

import pytest

from ketakb.app import AuditOptions, audit_documents
from ketakb.extract.compiled import compile_store
from ketakb.extract.lexicon import Lexicon
from ketakb.model import Store
from ketakb.results import Finding
from ketakb.store.load import load_store
from ketakb.store.locate import default_store

WRONG = [
    ("apskc-trd", "within a couple of minutes"),
    ("apskc-trd", "inhibit the enzymes that deactivate serotonin"),
    ("apskc-trd", "immediately feel an improvement"),
    ("apskc-trd", "experience any ketamine side effects"),
    ("strivemd-trd", "stimulating a receptor known as NMDA"),
    ("strivemd-trd", "stimulating this receptor"),
    ("strivemd-trd", "patients of any age"),
    ("handoo-mdd", "Blocking GABA receptors"),
    ("handoo-mdd", "Patients can also administer"),
    ("klearmind-new-purpose", "FDA approval as a treatment for depression"),
    ("optimal-how-it-works", "only current FDA-approved use of ketamine"),
    ("optimal-how-it-works", "start to work immediately"),
]
RIGHT = [
    ("apskc-trd", "out of lipid rafts"),
    ("strivemd-trd", "works by blocking NMDA receptors in the brain"),
    ("strivemd-trd", "is not completely understood"),
    ("strivemd-trd", "within 12 hours after the infusion"),
    ("strivemd-trd", "nausea, confusion, dizziness"),
    ("handoo-mdd", "inhibit the re-absorption of serotonin"),
    ("handoo-mdd", "Around 16 million US citizens"),
    ("klearmind-new-purpose", "receptor antagonist and FDA-approved anesthetic"),
    ("klearmind-new-purpose", "17 million adults"),
    ("klearmind-new-purpose", "most psychiatric treatments with ketamine remain"),
    ("optimal-how-it-works", "is not a first-line treatment"),
    ("optimal-how-it-works", "at least two antidepressant medications"),
    ("optimal-how-it-works", "not recommended for those who are pregnant"),
    ("optimal-how-it-works", "carries some risk of addiction"),
]


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(default_store())[0]


@pytest.fixture(scope="module")
def lexicon(store: Store) -> Lexicon:
    return compile_store(store)


def alarms(store: Store, lexicon: Lexicon, source: str) -> tuple[str, list[Finding]]:
    text = store.sources[source].text
    report = audit_documents(store, [(f"{source}.md", text)], AuditOptions("2026-11-21"), lexicon)
    return text, [f for f in report.documents[0].findings if f.severity != "note" and f.span is not None]


def hits(text: str, findings: list[Finding], words: str) -> list[str]:
    start = text.index(words)
    end = start + len(words)
    return [f.message for f in findings if f.span is not None and f.span.start < end and start < f.span.end]


@pytest.mark.parametrize(("source", "words"), WRONG, ids=lambda value: value[:30])
def test_what_is_wrong_is_flagged(store: Store, lexicon: Lexicon, source: str, words: str) -> None:
    text, findings = alarms(store, lexicon, source)
    assert hits(text, findings, words)


@pytest.mark.parametrize(("source", "words"), RIGHT, ids=lambda value: value[:30])
def test_what_is_right_is_left_alone(store: Store, lexicon: Lexicon, source: str, words: str) -> None:
    text, findings = alarms(store, lexicon, source)
    assert hits(text, findings, words) == []


def test_the_page_that_contradicts_itself_says_where(store: Store, lexicon: Lexicon) -> None:
    text, findings = alarms(store, lexicon, "strivemd-trd")
    wrong = next(f for f in findings if f.rule == "KB201")
    assert [text[r.span.start : r.span.end] for r in wrong.related if "block" in r.message]

"""The logic of propositions, and how a reading is judged on a day."""

from __future__ import annotations

import datetime

import pytest

from ketakb.app import check_store
from ketakb.assertion import Assertion, TimeRef
from ketakb.compare.compare import compare
from ketakb.compare.index import index_claims
from ketakb.compare.judge import judge
from ketakb.model import Store
from ketakb.results import Reading
from ketakb.store.locate import default_store
from ketakb.text import Span

TODAY = datetime.date(2026, 11, 21)
WITH = (("jurisdiction", ("US",)), ("with", ("oral-antidepressant",)))
US = (("jurisdiction", ("US",)),)


@pytest.fixture(scope="module")
def store() -> Store:
    return check_store(default_store(), TODAY.isoformat())[0]


def verdict(store: Store, assertion: Assertion, day: datetime.date = TODAY, one_study: bool = False) -> str:
    reading = Reading(assertion, Span(0, 1), "test", one_study=one_study)
    return judge(index_claims(store, day), reading).judged.verdict


def causes(*objects: str, negated: bool = False, quantifier: str | None = None) -> Assertion:
    return Assertion("safety/side-effects", "ketamine", "causes", objects, negated, quantifier)


@pytest.mark.parametrize(
    ("one", "two", "answer"),
    [
        (causes("side-effect", quantifier="none"), causes("nausea"), "conflict"),
        (causes("bladder-harm", negated=True), causes("side-effect"), "not-comparable"),
        (causes("nausea", negated=True), causes("nausea"), "conflict"),
        (causes("nausea"), causes("nausea"), "agreement"),
        (causes("nausea", negated=True), causes("nausea", negated=True), "agreement"),
        (causes("nausea"), causes("headache"), "not-comparable"),
    ],
)
def test_presence(store: Store, one: Assertion, two: Assertion, answer: str) -> None:
    assert compare(store, store.topics["safety/side-effects"], one, two, TODAY).answer == answer
    assert compare(store, store.topics["safety/side-effects"], two, one, TODAY).answer == answer


def approved(subject: str, *objects: str, **more: object) -> Assertion:
    topic = "approval/esketamine" if subject == "esketamine" else "approval/ketamine-psychiatric"
    return Assertion(topic, subject, "approved-for", objects, **{"qualifiers": US, **more})  # type: ignore[arg-type]


def test_subjects_are_kept_apart(store: Store) -> None:
    assert verdict(store, approved("ketamine", "depression")) == "contradicted"
    assert verdict(store, approved("ketamine", "depression", negated=True)) == "supported"
    assert verdict(store, approved("esketamine", "trd")) == "supported"


def test_a_law_of_elsewhere_says_nothing(store: Store) -> None:
    elsewhere = (("jurisdiction", ("elsewhere",)),)
    assert verdict(store, approved("ketamine", "depression", qualifiers=elsewhere)) == "unsupported"


@pytest.mark.parametrize(
    ("day", "time", "expected"),
    [
        (TODAY, None, "stale"),
        (datetime.date(2024, 6, 1), None, "supported"),
        (TODAY, TimeRef("2019", "2019"), "supported"),
        (TODAY, TimeRef(relative="past"), "supported"),
    ],
)
def test_only_with_is_of_its_time(store: Store, day: datetime.date, time: TimeRef | None, expected: str) -> None:
    said = approved("esketamine", "trd", only="with", qualifiers=WITH, time=time)
    assert verdict(store, said, day) == expected


def test_what_was_experimental(store: Store) -> None:
    said = Assertion("regulation/experimental", "esketamine", "is-experimental")
    until = Assertion("regulation/experimental", "esketamine", "is-experimental", time=TimeRef(None, "2019"))
    assert verdict(store, said) == "contradicted"
    assert verdict(store, until) != "contradicted"


def test_one_study_is_no_general_statement(store: Store) -> None:
    said = Assertion("efficacy/comparison", "ketamine", "better-than", negated=True, than="placebo")
    assert verdict(store, said) == "contradicted"
    assert verdict(store, said, one_study=True) == "supported"  # one study did find it
    assert verdict(store, approved("ketamine", "depression"), one_study=True) == "contradicted"


def test_proven_is_more_than_some_evidence(store: Store) -> None:
    strong = (("evidence", ("strong",)),)
    said = Assertion("efficacy/indication", "ketamine", "treats", ("ptsd",), qualifiers=strong)
    assert verdict(store, said) == "contradicted"


def test_a_verb_with_nothing_behind_it_loses_its_preposition() -> None:
    """Said is "is approved", not "is approved for"."""
    from ketakb.app import check_store
    from ketakb.compare.describe import describe
    from ketakb.store.locate import default_store

    store, _ = check_store(default_store(), "2026-11-22")
    said = Assertion(topic="approval/compounded", subject="ketamine", relation="approved-for")
    assert store.relations["approved-for"].label.endswith(" for")
    assert describe(store, said).endswith(" is approved")

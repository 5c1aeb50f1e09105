"""What is said stays what is said, whichever words carry it: a metamorphic test over the store that ships.

Each statement is put into each carrier ("We tell every patient that X."), beside each other statement ("X, and Y."),
and behind each introduction ("Ketamine is old. It X."). What is wrong must be flagged there, what is right must not be.
"""

from __future__ import annotations

import pytest

from ketakb.app import AuditOptions, Auditor, auditor_of, check_store
from ketakb.store.locate import default_store

WRONG = (
    "ketamine stimulates NMDA receptors",
    "ketamine works by raising serotonin",
    "NMDA receptors are activated by ketamine",
    "ketamine is an opioid",
    "ketamine takes several weeks to lift mood",
    "ketamine lifts depression within minutes",
    "ketamine has no side effects",
    "ketamine is completely safe",
    "ketamine works for everyone",
    "Spravato can be taken at home",
    "ketamine is a Schedule I drug",
    "ketamine lowers BDNF",
    "ketamine destroys synapses",
)
RIGHT = (
    "ketamine blocks NMDA receptors",
    "ketamine helps the brain form new synapses",
    "ketamine is a dissociative anesthetic",
    "ketamine can lift depression within hours",
    "ketamine can cause dizziness and nausea",
    "ketamine can be addictive",
    "Spravato must be given under supervision",
    "ketamine is a Schedule III drug",
    "SSRIs take several weeks to work",
    "heavy use of ketamine can damage the bladder",
    "ketamine is not a cure",
)
CARRIERS = (
    "In fact, {}.",
    "Research shows that {}.",
    "Experts say that {}.",
    "{}, doctors say.",
    "{}, so many patients ask about it.",
    "{}, but every patient is different.",
    "At our clinic, {}.",
    "In the brain, {}.",
    "You should know that {}.",
    "The short answer: {}.",
    "Unlike other drugs, {}.",
    "Although research goes on, {}.",
    "We tell every patient that {}.",
    "Many people do not know that {}.",
    "Did you know that {}?",
    "There is no doubt that {}.",
    "The truth is that {}.",
    "Depression is common, but {}.",
    "{} (see our leaflet).",
    "{} - ask your doctor.",
    "He explained that {}, and we listened.",
    "Contrary to popular belief, {}.",
    "## What to know\n\n{}.",
    "- {}",
)
JOINTS = ("{}. {}.", "{}, while {}.", "{}; {}.", "{}, but {}.", "{} because {}.")
PREDICATES = (
    ("stimulates NMDA receptors", "blocks NMDA receptors"),
    ("works by raising serotonin", "raises glutamate"),
    ("is an opioid", "is not an opioid"),
    ("takes several weeks to lift mood", "can lift depression within hours"),
    ("has no side effects", "can cause dizziness and nausea"),
    ("is a Schedule I drug", "is a Schedule III drug"),
    ("is FDA approved for depression", "is not FDA approved for depression"),
    ("works for everyone", "does not work for everyone"),
)
INTRODUCTIONS = (
    "Ketamine has been used for decades. It {}.",
    "Ketamine has been used for decades. The drug {}.",
    "Ketamine has been used for decades, and it {}.",
    "What is ketamine? It is a drug that {}.",
    "Ketamine is an old drug, one that {}.",
    "Ketamine, an old drug, {}.",
    "Ketamine, which came from a laboratory in Detroit, {}.",
    "SSRIs are the usual choice. Ketamine is different: it {}.",
    "SSRIs and ketamine differ. The latter {}.",
    "Unlike SSRIs it is given by drip. Ketamine {}.",
    "## Ketamine\n\nIt {}.",
    "**Ketamine** {}.",
    "IV ketamine {}.",
    "Ketamine is given by drip and {}.",
    "Have you heard of ketamine? It {}.",
)


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return auditor_of(check_store(default_store(), "2026-11-21")[0], AuditOptions("2026-11-21"))


def alarms(auditor: Auditor, text: str) -> list[tuple[int, int]]:
    found = auditor.audit("draft.md", text).findings
    return [(f.span.start, f.span.end) for f in found if f.span and f.severity in ("error", "warning")]


def begun(text: str) -> str:
    return text[0].upper() + text[1:]


def put(carrier: str, statement: str) -> str:
    before = carrier.partition("{}")[0]
    return carrier.format(begun(statement) if not before or before.endswith(("\n", "- ")) else statement)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_carrier(auditor: Auditor, carrier: str) -> None:
    silent = [text for text in (put(carrier, one) for one in WRONG) if not alarms(auditor, text)]
    loud = [text for text in (put(carrier, one) for one in RIGHT) if alarms(auditor, text)]
    assert (silent, loud) == ([], [])


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_introduction(auditor: Auditor, introduction: str) -> None:
    silent = [text for wrong, _ in PREDICATES if not alarms(auditor, text := introduction.format(wrong))]
    loud = [text for _, right in PREDICATES if alarms(auditor, text := introduction.format(right))]
    assert (silent, loud) == ([], [])


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("wrong_first", [True, False])
def test_neighbours(auditor: Auditor, joint: str, wrong_first: bool) -> None:
    missed = []
    for wrong in WRONG:
        for right in RIGHT:
            first, second = (wrong, right) if wrong_first else (right, wrong)
            text = joint.format(begun(first), begun(second) if ". " in joint else second)
            border = text.lower().index(second.lower(), len(first))
            places = alarms(auditor, text)
            on_first = any(start < len(first) for start, _ in places)
            on_second = any(end > border for _, end in places)
            if (on_first, on_second) != (wrong_first, not wrong_first):
                missed.append(text)
    assert missed == []

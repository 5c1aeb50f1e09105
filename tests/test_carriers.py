"""What is said stays what is said, whichever words carry it: a metamorphic test over the store that ships.

Each statement is put into each carrier ("We tell every patient that X."), beside each other statement ("X, and Y."),
and behind each introduction ("Ketamine is old. It X."). What is wrong must be flagged there, what is right must not be;
and neither where it is refuted ("The idea that X has been dropped.") or left open ("It is not settled whether X.").
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
    "It goes without saying that {}.",
    "It is well known that {}.",
    "It is no secret that {}.",
    "Nobody denies that {}.",
    "Not many people realise that {}.",
    "You may not be aware that {}.",
    "What you may not know is that {}.",
    "What few clinics tell you is that {}.",
    "What no one tells you: {}.",
    "Is it true that {}? Yes.",
    "{}, as studies have shown.",
    "{}, according to the label.",
    "{}, and that matters.",
    "{}: that is what the evidence says.",
    "{} [1].",
    "> {}.",
    "Q: What should I know? A: {}.",
)
DENIALS = (
    "The claim that {} is mistaken.",
    "The idea that {} has been dropped.",
    "The belief that {} is false.",
    "The notion that {} was abandoned long ago.",
    "The view that {} is outdated.",
    "The old theory that {} has not held up.",
    "It is a mistake to believe that {}.",
    "It is a mistake to think {}.",
    "To say that {} would be going too far.",
    "To say that {} is to go too far.",
    "It would be wrong to say that {}.",
    "It is simply not true that {}.",
    "It is untrue that {}.",
    "It isn't the case that {}.",
    "It is not right that {}.",
    "It is a common misconception that {}.",
    "There is a common misconception that {}.",
    "A common mistake is to believe that {}.",
    "One myth is that {}.",
    "Some people wrongly believe that {}.",
    "People often assume, wrongly, that {}.",
    "Contrary to what you may have read, it is not true that {}.",
    "You may have heard that {}. That is not so.",
    "You may have heard that {}. This is wrong.",
    "You may have read that {}; it is not true.",
    "Many websites say that {}. They are wrong.",
    "Some sites claim {}, which is not accurate.",
    "Some clinics claim that {}, but this is not supported by evidence.",
    "No study has found that {}.",
    "No study has shown that {}.",
    "There is no evidence that {}.",
    "There is no proof that {}.",
    "There is nothing to suggest that {}.",
    "We do not claim that {}.",
    "We never say that {}.",
    "We would never tell you that {}.",
    "We can't promise that {}.",
    "Nobody should tell you that {}.",
    "Nobody should believe that {}.",
    "Don't believe anyone who says that {}.",
    "Do not trust a clinic that says {}.",
    "Be wary of any clinic that tells you {}.",
    "Beware of claims that {}.",
    "Anyone who tells you that {} is wrong.",
    "Whoever says {} is misinformed.",
    "If someone tells you that {}, ask for the evidence.",
    "The rumour that {} refuses to die.",
    "The myth that {} lives on.",
    "The myth that {} comes from old reports.",
    "Myth: {}.",
    "Myth #1: {}.",
    "MYTH - {}.",
    "**Myth:** {}.",
    '"{}" is a myth.',
    '"{}" is something we hear a lot, and it is wrong.',
    "Fiction: {}.",
    "False: {}.",
    "True or false: {}? False.",
    "Is it true that {}? No.",
    "Is it true that {}? Not at all.",
    "Does it follow that {}? It does not.",
    "Advertisements that say {} break the rules.",
    "Copy must not say that {}.",
    "Please avoid writing that {}.",
    "Never write that {}.",
    'Claims such as "{}" should be removed.',
    "The article said that {}; this has been corrected.",
    "We used to say that {}. We no longer do.",
    "An earlier version of this page said that {}.",
    "Correction: an earlier version of this article stated that {}.",
    "It used to be thought that {}.",
    "It was once believed that {}.",
    "For years doctors believed that {}.",
    "Scientists once thought that {}; they now know better.",
    'The headline "{}" was misleading.',
    "It would be misleading to say that {}.",
    "It is inaccurate to say that {}.",
    "It is an exaggeration to say that {}.",
    "It goes too far to say that {}.",
    "Reports that {} have not been confirmed.",
    "Critics reject the claim that {}.",
    "The FDA warned a company for saying that {}.",
    "The agency disputes that {}.",
    "Experts deny that {}.",
    "Doctors do not think that {}.",
    "Few experts believe that {}.",
    "The data do not support the idea that {}.",
    "The evidence does not show that {}.",
    "The study did not find that {}.",
    "Trials have failed to show that {}.",
)
DOUBTS = (
    "It is far from certain that {}.",
    "It is by no means clear that {}.",
    "It is not clear whether {}.",
    "It is unclear if {}.",
    "It is not known whether {}.",
    "It is not yet known if {}.",
    "It remains to be seen whether {}.",
    "It is an open question whether {}.",
    "Whether {} is not known.",
    "Whether {} is up for debate.",
    "Researchers are asking whether {}.",
    "Researchers want to know if {}.",
    "A trial will test whether {}.",
    "We do not know if {}.",
    "Nobody knows whether {}.",
    "Nobody can say for sure that {}.",
    "No one has proved that {}.",
    "It has not been proven that {}.",
    "It has not been established that {}.",
    "It is not settled that {}.",
    "It is too early to say that {}.",
    "It is too soon to tell whether {}.",
    "There are doubts that {}.",
    "There is some doubt whether {}.",
    "Experts disagree on whether {}.",
    "Scientists are divided over whether {}.",
    "Ask your doctor whether {}.",
    "You may wonder if {}.",
    "You might ask yourself whether {}.",
    "Does {}?",
    "Could it be that {}?",
    "Is it true that {}?",
    "Have you been told that {}?",
    "Who says that {}?",
    "Imagine that {}.",
    "Suppose {}.",
    "Let us suppose that {}.",
    "If {}, the result would look different.",
    "If it were true that {}, we would see it in the data.",
    "The hypothesis that {} has yet to be tested.",
    "Patients sometimes fear that {}.",
    "Some worry that {}.",
    "Some hope that {}.",
    "It would be nice if {}.",
    "A patient once asked me if {}.",
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


@pytest.mark.parametrize("carrier", DENIALS)
def test_denial(auditor: Auditor, carrier: str) -> None:
    """What is wrong and is refuted is not said; what is right and is refuted may be told or not."""
    assert [text for text in (put(carrier, one) for one in WRONG) if alarms(auditor, text)] == []


@pytest.mark.parametrize("carrier", DOUBTS)
def test_doubt(auditor: Auditor, carrier: str) -> None:
    """What is left open is neither said nor denied."""
    assert [text for text in (put(carrier, one) for one in (*WRONG, *RIGHT)) if alarms(auditor, text)] == []


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

"""What is denied is not said: wrong predicates in each form of denial, over the store that ships."""

from __future__ import annotations

import pytest

from ketakb.app import AuditOptions, Auditor, auditor_of, check_store
from ketakb.store.locate import default_store
from test_carriers import alarms, begun

# subject, bare verb, third person, verbal noun
PREDICATES = (
    ("ketamine", "stimulate NMDA receptors", "stimulates NMDA receptors", "stimulating NMDA receptors"),
    ("ketamine", "cure depression", "cures depression", "curing depression"),
    ("ketamine", "work for everyone", "works for everyone", "working for everyone"),
    ("ketamine", "take weeks to lift mood", "takes weeks to lift mood", "taking weeks to lift mood"),
    (
        "ketamine",
        "lift mood for years after one dose",
        "lifts mood for years after one dose",
        "lifting mood for years after one dose",
    ),
    ("ketamine", "lower glutamate", "lowers glutamate", "lowering glutamate"),
    (
        "ketamine",
        "replace antidepressants for everyone",
        "replaces antidepressants for everyone",
        "replacing antidepressants for everyone",
    ),
    ("ketamine", "prevent suicide", "prevents suicide", "preventing suicide"),
    ("Spravato", "cost nothing", "costs nothing", "costing nothing"),
    ("ketamine", "destroy synapses", "destroys synapses", "destroying synapses"),
)
FORMS = (
    "{subject} does not {bare}.",
    "{subject} doesn't {bare}.",
    "{subject} did not {bare} in trials.",
    "{subject} will not {bare}.",
    "{subject} won't {bare}.",
    "{subject} would not {bare}.",
    "{subject} cannot {bare}.",
    "{subject} can't {bare}.",
    "{subject} could not {bare}.",
    "{subject} never {third}.",
    "{subject} will never {bare}.",
    "{subject} by no means {third}.",
    "{subject} in no way {third}.",
    "{subject} does not really {bare}.",
    "{subject} does not actually {bare}.",
    "{subject} does not, in fact, {bare}.",
    "{subject} does not in any way {bare}.",
    "{subject} does not itself {bare}.",
    "{subject} fails to {bare}.",
    "{subject} has failed to {bare}.",
    "{subject} is not known to {bare}.",
    "{subject} is not thought to {bare}.",
    "{subject} is not believed to {bare}.",
    "{subject} is not expected to {bare}.",
    "{subject} is not going to {bare}.",
    "{subject} is not able to {bare}.",
    "{subject} is unable to {bare}.",
    "{subject} is unlikely to {bare}.",
    "{subject} is not likely to {bare}.",
    "{subject} has not been shown to {bare}.",
    "{subject} has never been shown to {bare}.",
    "{subject} has not been found to {bare}.",
    "{subject} was not found to {bare}.",
    "{subject} does not appear to {bare}.",
    "{subject} does not seem to {bare}.",
    "{subject} does not tend to {bare}.",
    "{subject} is not something that {third}.",
    "{subject} is not a drug that {third}.",
    "{subject} is not one of the drugs that {bare}.",
    "{subject} is not the kind of medicine that {third}.",
    "No, {name} does not {bare}.",
    "Nor does {name} {bare}.",
    "At no point does {name} {bare}.",
    "In no way does {name} {bare}.",
    "Under no circumstances does {name} {bare}.",
    "It is not that {name} {third}.",
    "We do not believe that {name} {third}.",
    "I doubt that {name} {third}.",
    "Nothing suggests that {name} {third}.",
    "There is no sign that {name} {third}.",
    "There is little evidence that {name} {third}.",
    "There is no reason to believe that {name} {third}.",
    "There is no reason to think {name} {third}.",
    "It cannot be said that {name} {third}.",
    "It should not be said that {name} {third}.",
    "One cannot say that {name} {third}.",
    "Please note that {name} does not {bare}.",
    "{subject} does not {bare}, and nobody should say so.",
    "{subject} does not {bare}, whatever you may have read.",
    "{subject} does not {bare} - that is a myth.",
    "{subject} does not {bare}; it is used with care.",
    "{subject} does not {bare}, nor is it meant to.",
    "{subject} does not {bare}, according to its label.",
    "Does {name} {bare}? No.",
    "Does {name} {bare}? No, it does not.",
    "Does {name} {bare}? It does not.",
    "Does {name} {bare}? Not that we know of.",
    "Does {name} {bare}? Sadly not.",
    "Does {name} {bare}? Hardly.",
    "Does {name} {bare}? There is no evidence of that.",
    "Doesn't {name} {bare}? No.",
    "Will {name} {bare}? No.",
    "{subject} does none of this: it does not {bare}.",
    "What {name} does not do is {bare}.",
    "One thing {name} does not do is {bare}.",
    "{subject} does many things, but it does not {bare}.",
    "{subject} is helpful, but does not {bare}.",
    "{subject} is helpful without {noun}.",
    "Without {noun}, {name} can still help.",
    "Far from {noun}, {name} has its limits.",
    "Instead of {noun}, {name} does something else.",
    "Rather than {noun}, {name} does something else.",
    "{subject} acts without {noun}.",
    "{subject} is incapable of {noun}.",
    "{subject} stops short of {noun}.",
    "{subject} has no way of {noun}.",
    "{subject} is not about {noun}.",
    "Like any medicine, {name} does not {bare}.",
    "Unlike its advertisements, {name} does not {bare}.",
    "Although popular, {name} does not {bare}.",
    "Even in high doses, {name} does not {bare}.",
    "If used well, {name} does not {bare}.",
    "Because {name} does not {bare}, other help is needed.",
    "As {name} does not {bare}, other help is needed.",
    "{subject}, which does not {bare}, is no magic bullet.",
    "{subject}, a drug that does not {bare}, is no magic bullet.",
    "Patients learn that {name} does not {bare}.",
    "We explain that {name} will not {bare}.",
    "You should know that {name} does not {bare}.",
    "- does not {bare} ({name})",
    "## {subject} does not {bare}",
    "{subject}: does not {bare}.",
)


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return auditor_of(check_store(default_store(), "2026-11-21")[0], AuditOptions("2026-11-21"))


@pytest.mark.parametrize("form", FORMS)
def test_denied(auditor: Auditor, form: str) -> None:
    texts = [
        form.format(subject=begun(name), name=name, bare=bare, third=third, noun=noun)
        for name, bare, third, noun in PREDICATES
    ]
    assert [text for text in texts if alarms(auditor, text)] == []

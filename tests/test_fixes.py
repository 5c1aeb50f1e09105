"""Edits that settle a finding: where they fit, what they change, and that the draft read again bears them out."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb import app
from ketakb.api import Store
from ketakb.desk.edits import Edit
from ketakb.language.inflect import article_for, base_of_third, cased_like, form_of, verb_forms
from ketakb.results import DocumentReport
from ketakb.text import Span

OPTIONS = app.AuditOptions("2026-11-22")


@functools.cache
def store() -> Store:
    return Store.load()


def audited(text: str, path: str = "page.md") -> DocumentReport:
    return app.audit_documents(store().data, [(path, text)], OPTIONS, store().lexicon).documents[0]


def edits(text: str, path: str = "page.md") -> tuple[Edit, ...]:
    report = audited(text, path)
    loud = [finding for finding in report.findings if finding.severity != "note"]
    return app.propose_edits(store().data, report, OPTIONS, loud, store().lexicon)


def mended(text: str, path: str = "page.md") -> str:
    for edit in reversed(edits(text, path)):
        text = edit.applied(text)
    return text


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        ("Ketamine stimulates NMDA receptors.", "Ketamine blocks NMDA receptors."),
        ("NMDA receptors are activated by ketamine.", "NMDA receptors are blocked by ketamine."),
        ("Activating NMDA receptors, ketamine lifts mood.", "Blocking NMDA receptors, ketamine lifts mood."),
        ("Ketamine may stimulate NMDA receptors.", "Ketamine may block NMDA receptors."),
        ("Ketamine's activation of NMDA receptors is brief.", "Ketamine's blockade of NMDA receptors is brief."),
        ("Ketamine is a stimulator of NMDA receptors.", "Ketamine is an antagonist of NMDA receptors."),
        ("KETAMINE STIMULATES NMDA RECEPTORS", "KETAMINE BLOCKS NMDA RECEPTORS"),
        ("Ketamine acts as an agonist at NMDA receptors.", "Ketamine blocks NMDA receptors."),
    ],
)
def test_a_verb_gives_way_to_its_opposite_in_the_same_form(draft: str, wanted: str) -> None:
    assert mended(draft) == wanted


@pytest.mark.parametrize(
    "draft",
    [
        "Ketamine does not block NMDA receptors.",  # no verb to replace: the denial is wrong
        "Ketamine stimulates NMDA and AMPA receptors.",  # half of it is right
        "Ketamine **stimu**lates NMDA receptors.",  # markup inside the word
        "Ketamine cures depression for good.",  # medical copy is the editor's to write
        "Ketamine is FDA approved for depression.",
        "Ketamine blocks NMDA receptors.",
    ],
)
def test_what_does_not_fit_by_construction_is_left_to_the_editor(draft: str) -> None:
    assert edits(draft) == ()


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        ("With Spravato you are monitored for 30 minutes.", "With Spravato you are monitored for at least 2 hours."),
        ("Spravato patients are watched for no more than one hour.",
         "Spravato patients are watched for at least two hours."),
        ("Spravato was approved by the FDA in 2017.", "Spravato was approved by the FDA in 2019."),
        ("About two percent of people with depression are treatment-resistant.",
         "About 30 percent of people with depression are treatment-resistant."),
        # "at least" does not go before a noun, a month stands beside the year, a limit of the claim is not stated
        ("After Spravato there is a 30-minute observation period.", None),
        ("Spravato won FDA approval in March 2017.", None),
        ("The usual dose of ketamine for depression is 5 mg/kg.", None),
    ],
)
def test_a_number_gives_way_to_that_of_the_claim_in_the_same_shape(draft: str, wanted: str | None) -> None:
    assert mended(draft) == (wanted or draft)


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        ("Ketamine is a Schedule I drug.", "Ketamine is a Schedule III drug."),
        ("SSRIs block monoamine oxidase, so serotonin builds up.",
         "SSRIs block the reuptake of serotonin, so serotonin builds up."),
        ("SSRIs block the enzyme monoamine oxidase.", None),
    ],
)
def test_a_wrong_name_gives_way_to_the_right_one(draft: str, wanted: str | None) -> None:
    assert mended(draft) == (wanted or draft)


def test_html_is_edited_around_its_markup() -> None:
    page = "<p>Ketamine <em>stimulates</em> NMDA&nbsp;receptors.</p>"
    assert mended(page, "page.html") == "<p>Ketamine <em>blocks</em> NMDA&nbsp;receptors.</p>"


def test_a_word_file_has_no_edits() -> None:
    report = audited("Ketamine stimulates NMDA receptors.", "page.docx")
    assert report.findings
    assert app.propose_edits(store().data, report, OPTIONS, lexicon=store().lexicon) == ()


def test_only_the_findings_asked_for_are_mended() -> None:
    text = "Ketamine stimulates NMDA receptors.\n\nKetamine lowers blood pressure.\n"
    report = audited(text)
    second = [finding for finding in report.findings if finding.span and finding.span.start > 30]
    found = app.propose_edits(store().data, report, OPTIONS, second, store().lexicon)
    assert [edit.replacement for edit in found] == ["raises"]


VERBS = ("stimulates", "activates", "excites", "turns on", "blocks", "triggers", "raises", "lowers", "reduces")
TARGETS = ("NMDA receptors", "AMPA receptors", "glutamate", "blood pressure", "BDNF", "opioid receptors")
SENTENCE = st.builds("{} {} {}.".format, st.sampled_from(("Ketamine", "It", "The drug")),
                     st.sampled_from(VERBS), st.sampled_from(TARGETS))


@given(st.lists(SENTENCE, min_size=1, max_size=4))
def test_an_edit_changes_its_span_alone_and_its_finding_goes_without_another(sentences: list[str]) -> None:
    text = "# Ketamine\n\n" + " ".join(sentences) + "\n"
    before = audited(text)
    found = edits(text)
    for one, two in zip(found, found[1:], strict=False):
        assert one.span.end < two.span.start
    for edit in found:
        changed = edit.applied(text)
        tail = len(text) - edit.span.end
        assert changed[: edit.span.start] == text[: edit.span.start]
        assert changed[len(changed) - tail :] == text[edit.span.end :]
        after = audited(changed)
        gone = [f for f in before.findings if f.fingerprint == edit.fingerprint and f.span.covers(edit.span)]
        assert len(gone) == 1
        clause = edit.moved(gone[0].span)
        left = [f for f in before.findings if f not in gone and f.span and f.span.overlaps(gone[0].span)]
        assert sum(1 for f in after.findings if f.span and f.span.overlaps(clause)) <= len(left)
        loud = [sum(1 for f in report.findings if f.severity != "note") for report in (before, after)]
        assert loud[1] < loud[0]


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30), st.text(max_size=5), st.integers(0, 30))
def test_places_are_followed_through_an_edit(text: str, one: int, two: int, new: str, at: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    edit = Edit(Span(start, end), new, "", "")
    changed = edit.applied(text)
    at = min(at, len(text))
    if at >= end and at > start:
        moved = edit.moved(Span(at, len(text)))
        assert changed[moved.start : moved.end] == text[at:]
    if at <= start:
        assert changed[: edit.moved(Span(0, at)).end] == text[:at]


@pytest.mark.parametrize(
    ("base", "third", "ing", "past"),
    [
        ("block", "blocks", "blocking", "blocked"),
        ("activate", "activates", "activating", "activated"),
        ("stop", "stops", "stopping", "stopped"),
        ("carry", "carries", "carrying", "carried"),
        ("pass", "passes", "passing", "passed"),
        ("tie", "ties", "tying", "tied"),
        ("free", "frees", "freeing", "freed"),
        ("drive", "drives", "driving", None),
    ],
)
def test_forms_of_verbs(base: str, third: str, ing: str, past: str | None) -> None:
    forms = verb_forms(base)
    assert (forms["third"], forms["ing"], forms.get("past")) == (third, ing, past)
    assert base_of_third(third) == base
    assert {form_of(form, [base]) for form in forms.values()} == set(forms)


def test_a_form_that_may_be_two_is_none() -> None:
    assert form_of("shut", ["shut"]) is None
    assert form_of("woke", ["wake"]) is None


def test_capitals_and_articles_follow_the_text() -> None:
    assert [cased_like("block", model) for model in ("stimulate", "Stimulate", "STIMULATE")] == [
        "block", "Block", "BLOCK"
    ]
    assert [article_for(word) for word in ("agonist", "blocker", "NMDA", "GABA")] == ["an", "a", "an", "a"]

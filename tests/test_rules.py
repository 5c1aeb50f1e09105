"""The rules: each fires on its examples and is silent on the nearest ones, and each can be explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ketakb.app import AuditOptions, audit_documents, check_store
from ketakb.cli.typed import app
from ketakb.extract.compiled import compile_store
from ketakb.results import Finding
from ketakb.rules import registry
from ketakb.rules.registry import MODULES, all_rules
from ketakb.store.locate import default_store
from ketakb.terms import WordingRule

AS_OF = "2026-11-21"
STORE, _ = check_store(default_store(), AS_OF)
LEXICON = compile_store(STORE)


def findings(text: str, kind: str = "clinic-page", jurisdiction: str = "US") -> tuple[Finding, ...]:
    options = AuditOptions(AS_OF, kind, jurisdiction)
    return audit_documents(STORE, [("draft.md", text)], options, lexicon=LEXICON).documents[0].findings


def examples(which: str) -> list[object]:
    found: list[object] = []
    for rule in STORE.wording:
        found += [pytest.param(rule, text, id=f"{rule.id}: {text}") for text in getattr(rule, which)]
    return found


def rule_examples(which: str) -> list[object]:
    found: list[object] = []
    for rule in all_rules().values():
        found += [pytest.param(rule.id, text, id=f"{rule.id}: {text}") for text in getattr(rule, which)]
    return found


def by(rule: WordingRule, text: str) -> list[Finding]:
    kind = rule.kinds[0] if rule.kinds else "clinic-page"
    jurisdiction = rule.jurisdictions[0] if rule.jurisdictions else "US"
    found = findings(text, kind, jurisdiction)
    return [f for f in found if f.rule == rule.rule and f.message == rule.message]


@pytest.mark.parametrize(("rule", "text"), examples("fires"))
def test_a_wording_rule_fires_on_its_example(rule: WordingRule, text: str) -> None:
    assert by(rule, text)


@pytest.mark.parametrize(("rule", "text"), examples("silent"))
def test_a_wording_rule_is_silent_on_its_near_miss(rule: WordingRule, text: str) -> None:
    assert not by(rule, text)


@pytest.mark.parametrize("rule", STORE.wording, ids=lambda rule: rule.id)
def test_a_wording_rule_says_what_it_rests_on(rule: WordingRule) -> None:
    assert rule.rule in all_rules()
    assert rule.because and rule.suggest
    assert rule.fires and rule.silent


def test_promises_are_errors_and_missing_words_are_notes() -> None:
    for rule in STORE.wording:
        if rule.rule == "KB301":
            assert (rule.severity, rule.verdict) == ("error", "overclaim"), rule.id
        if rule.scope == "document":
            assert (rule.severity, rule.verdict) == ("note", "incomplete"), rule.id


def test_editorial_pages_and_snippets_are_not_asked_for_disclosures() -> None:
    for kind in ("editorial", "snippet"):
        assert not [f for f in findings("Ketamine relieves depression within hours.", kind) if f.span is None]


@pytest.mark.parametrize(("rule", "text"), rule_examples("fires"))
def test_a_rule_fires_on_its_example(rule: str, text: str) -> None:
    assert rule in {f.rule for f in findings(text)}


@pytest.mark.parametrize(("rule", "text"), rule_examples("silent"))
def test_a_rule_is_silent_on_its_near_miss(rule: str, text: str) -> None:
    assert rule not in {f.rule for f in findings(text)}


def test_every_rule_has_examples_both_ways() -> None:
    for rule in all_rules().values():
        if rule.id != "KB304":  # the store that ships has no house style
            assert rule.fires and rule.silent, rule.id


def test_the_list_of_rules_is_the_folder() -> None:
    folder = Path(registry.__file__).parent
    modules = {p.stem for p in folder.glob("*.py") if "\nRULE = Rule(" in p.read_text(encoding="utf-8")}
    assert modules == set(MODULES.values())
    assert all(rule.id == name for name, rule in all_rules().items())
    assert list(all_rules()) == sorted(all_rules())
    told = map(registry.heading_of, all_rules())
    assert [(one.id, one.name, one.severity) for one in told] == [
        (rule.id, rule.name, rule.severity) for rule in all_rules().values()
    ]


def test_every_comparator_has_a_rule() -> None:
    declared = {rule.comparator: rule.id for rule in all_rules().values() if rule.comparator}
    assert registry.rule_of_comparator() == declared
    assert {topic.comparator for topic in STORE.topics.values()} <= set(registry.rule_of_comparator())


@pytest.mark.parametrize("rule", sorted(all_rules()))
def test_every_rule_can_be_explained(rule: str) -> None:
    told = CliRunner().invoke(app, ["explain", rule])
    assert told.exit_code == 0
    assert rule in told.output and all_rules()[rule].name in told.output

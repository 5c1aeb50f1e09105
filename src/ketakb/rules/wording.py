"""Findings of the store's wording rules: overclaims, dates that age, missing disclosures and balance."""

from __future__ import annotations

from ketakb.extract.document import DocumentReading
from ketakb.model import Store
from ketakb.results import Finding, Reading
from ketakb.rules.evidence import evidence_of, fingerprint
from ketakb.rules.judged import explain
from ketakb.rules.registry import heading_of
from ketakb.terms import WordingRule


def wording_findings(store: Store, text: str, reading: DocumentReading, kind: str, jurisdiction: str) -> list[Finding]:
    """Return what the store's wording rules find in a document read as a kind of copy in a jurisdiction."""
    rules = {rule.id: rule for rule in store.wording if _applies(rule, kind, jurisdiction)}
    found = []
    for owned, read in reading.wording:
        rule = rules.get(owned.wording or "")
        if rule is not None and rule.scope == "span":
            found.append(_on_span(store, text, rule, read, kind, jurisdiction))
    for rule in rules.values():
        if rule.scope == "document" and _misses(rule, reading):
            found.append(_on_document(store, rule, kind, jurisdiction))
    return found


def _applies(rule: WordingRule, kind: str, jurisdiction: str) -> bool:
    return (not rule.kinds or kind in rule.kinds) and (not rule.jurisdictions or jurisdiction in rule.jurisdictions)


def _misses(rule: WordingRule, reading: DocumentReading) -> bool:
    """Whether a document mentions what a rule is about and lacks what it asks for."""
    about_any, about_all = rule.document.get("any", ()), rule.document.get("all", ())
    if "main" in rule.document and reading.main not in rule.document["main"]:
        return False
    if about_any and reading.concepts.isdisjoint(about_any):
        return False
    if not all(concept in reading.concepts for concept in about_all):
        return False
    return reading.concepts.isdisjoint(rule.document.get("none", ()))


def _severity(rule: WordingRule, kind: str, jurisdiction: str) -> str:
    return rule.severity_by.get(kind) or rule.severity_by.get(jurisdiction) or rule.severity


def _on_span(
    store: Store, text: str, rule: WordingRule, read: Reading, kind: str, jurisdiction: str
) -> Finding:
    reported = heading_of(rule.rule)
    claims = [store.claims[name] for name in rule.claims if name in store.claims]
    words = text[read.span.start : read.span.end]
    return Finding(
        rule=reported.id,
        name=reported.name,
        severity=_severity(rule, kind, jurisdiction),
        verdict=rule.verdict,
        topic=rule.topic,
        message=rule.message,
        why=f"{rule.because}; {explain(store, text, read)}",
        span=read.span,
        suggestion=rule.suggest or next((claim.prefer for claim in claims if claim.prefer), None),
        evidence=evidence_of(store, claims),
        fingerprint=fingerprint(reported.id, words, [rule.id]),
        layer=rule.layer,
    )


def _on_document(store: Store, rule: WordingRule, kind: str, jurisdiction: str) -> Finding:
    reported = heading_of(rule.rule)
    claims = [store.claims[name] for name in rule.claims if name in store.claims]
    return Finding(
        rule=reported.id,
        name=reported.name,
        severity=_severity(rule, kind, jurisdiction),
        verdict=rule.verdict,
        topic=rule.topic,
        message=rule.message,
        why=rule.because,
        suggestion=rule.suggest,
        evidence=evidence_of(store, claims),
        fingerprint=fingerprint(reported.id, "", [rule.id]),
        layer=rule.layer,
    )

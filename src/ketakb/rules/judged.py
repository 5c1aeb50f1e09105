"""Findings on what a draft asserts: contradicted, stale, contested or unsupported by the store."""

from __future__ import annotations

from ketakb.compare.describe import describe, describe_value
from ketakb.compare.judge import Judgement
from ketakb.extract.asserting import SPELLING
from ketakb.model import Claim, Store
from ketakb.results import Finding, Reading
from ketakb.rules.evidence import evidence_of, fingerprint
from ketakb.rules.registry import heading_of, rule_of_comparator


def finding_of(store: Store, text: str, judgement: Judgement) -> Finding | None:
    """Return the finding on one judged reading, or None where it is supported."""
    verdict = judgement.judged.verdict
    reading = judgement.judged.reading
    if verdict == "supported":
        return None
    if verdict in ("unsupported", "contested"):
        return _note(store, text, judgement)
    claims = [claim for claim, _ in judgement.against]
    rule = heading_of(_rule(judgement))
    severity = "warning" if verdict == "stale" or judgement.weak else rule.severity
    accepted = _accepted_first(claims)
    words = text[reading.span.start : reading.span.end]
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=severity,
        verdict=verdict,
        topic=reading.assertion.topic,
        message=_message(store, reading, accepted[0], verdict) + _spelling(text, reading),
        why=explain(store, text, reading),
        span=reading.span,
        suggestion=next((claim.prefer for claim in accepted if claim.prefer), None),
        evidence=evidence_of(store, accepted),
        fingerprint=fingerprint(rule.id, words, [accepted[0].id]),
    )


def _rule(judgement: Judgement) -> str:
    _, outcome = judgement.against[0]
    if judgement.judged.verdict == "stale":
        return "KB401" if outcome.kind == "currency" else "KB402"
    return rule_of_comparator().get(outcome.kind, "KB205")


def _accepted_first(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: claim.standing != "accepted")


def _message(store: Store, reading: Reading, claim: Claim, verdict: str) -> str:
    said = say(store, reading)
    if verdict == "stale":
        since = f" (since {claim.valid_from})" if claim.valid_from else ""
        return f"This says that {said}. That was so once; today: {_plain(claim.statement)}{since}."
    if claim.standing == "rejected":
        return f"This says that {said}, which was rejected: {_plain(claim.because or claim.statement)}."
    return f"This says that {said}; sources say: {_plain(claim.statement)}."


def _spelling(text: str, reading: Reading) -> str:
    """Return what mistyped words were read as, in brackets; empty where there are none."""
    slips = [(name, span) for name, span in reading.triggers if name.startswith(SPELLING)]
    told = [f"“{text[span.start : span.end]}” was read as “{name.removeprefix(SPELLING)}”" for name, span in slips]
    return f" ({', '.join(told)}.)" if told else ""


def say(store: Store, reading: Reading) -> str:
    """Return what a reading asserts in plain words, the hedge included."""
    said = describe(store, reading.assertion)
    return f"perhaps {said}" if reading.assertion.certainty == "hedged" else said


def _plain(sentence: str) -> str:
    return sentence.strip().rstrip(".")


def _note(store: Store, text: str, judgement: Judgement) -> Finding:
    reading, verdict = judgement.judged.reading, judgement.judged.verdict
    rule = heading_of("KB501" if verdict == "unsupported" else "KB502")
    claims = [store.claims[link.claim] for link in judgement.judged.claims if link.claim in store.claims]
    contested = [claim for claim in claims if claim.standing == "contested"]
    said = say(store, reading)
    message = (
        f"This says that {said}; the store has no claim that settles it."
        if verdict == "unsupported"
        else f"This says that {said}; sources disagree on it."
    )
    words = text[reading.span.start : reading.span.end]
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.severity,
        verdict=verdict,
        topic=reading.assertion.topic,
        message=message,
        why=explain(store, text, reading),
        span=reading.span,
        evidence=evidence_of(store, contested),
        fingerprint=fingerprint(rule.id, words, [claim.id for claim in contested[:1]]),
    )


def explain(store: Store, text: str, reading: Reading) -> str:
    """Return which words a reading rests on, for --why."""
    parts = [f"{name}: “{text[span.start : span.end]}”" for name, span in reading.triggers]
    if reading.assertion.negated:
        parts.append("read as negated")
    if reading.assertion.certainty != "asserted":
        parts.append(f"read as {reading.assertion.certainty}")
    if reading.assertion.value:
        parts.append(f"read as {describe_value(reading.assertion.value)}")
    return f"{reading.frame}; " + "; ".join(parts)

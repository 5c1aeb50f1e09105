"""All conflicts between the claims of a store, each once, and how each was settled."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping

from ketakb.assertion import Assertion
from ketakb.compare.compare import compare
from ketakb.compare.describe import describe
from ketakb.compare.index import ClaimIndex, strongest
from ketakb.compare.numbers import bounds
from ketakb.compare.outcome import Outcome
from ketakb.model import Claim, Store
from ketakb.results import Conflict, Side
from ketakb.terms import Topic

_RANK = {"open": 0, "contested": 1, "settled": 2}
_FIGURES = ("interval", "quantity")
_SEVERITY = {"error": 0, "warning": 1, "note": 2}


def find_conflicts(
    index: ClaimIndex, rule_of: Mapping[str, str], suspect: frozenset[str] = frozenset()
) -> tuple[list[Conflict], Counter[str]]:
    """Return every conflict of the store, open ones first, and how many pairs were not compared, by axis.

    `rule_of` maps a comparator to its rule id; `suspect` holds claims whose review no longer covers them:
    what they settled is open again.
    """
    store = index.store
    found: dict[tuple[str, str], Conflict] = {}
    apart: Counter[str] = Counter()
    for topic_id, claims in sorted(index.by_topic.items()):
        topic = store.topics.get(topic_id)
        if topic is None:
            continue
        for one, two in _pairs(store, topic, claims, apart):
            outcome = compare(store, topic, one.assertion, two.assertion, index.as_of, between_claims=True)
            if outcome.answer == "not-comparable":
                apart[outcome.why] += 1
            elif (axis := _missing_axis(one, two, outcome)) is not None:
                apart[axis] += 1
            elif outcome.is_conflict and not _same_side(index, one, two, outcome):
                key = (min(one.id, two.id), max(one.id, two.id))
                if key not in found:
                    tolerated = _tolerated(topic, claims, one, two, outcome)
                    found[key] = _conflict(store, topic, one, two, tolerated, rule_of, suspect)
    ordered = sorted(found.values(), key=lambda c: (_RANK[c.status], _SEVERITY[c.severity], c.topic, c.id))
    return ordered, apart


def _pairs(store: Store, topic: Topic, claims: list[Claim], apart: Counter[str]) -> list[tuple[Claim, Claim]]:
    """Return the pairs whose subjects can meet; those that cannot are counted without being formed."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    family = topic.settings.get("subjects", "family") != "separate"
    for claim in claims:
        subject = claim.assertion.subject or ""
        groups[store.ancestors(subject)[-1] if family and subject else subject].append(claim)
    pairs = [
        (group[i], group[j])
        for group in groups.values()
        for i in range(len(group))
        for j in range(i + 1, len(group))
    ]
    total = len(claims) * (len(claims) - 1) // 2
    if total > len(pairs):
        apart["subject"] += total - len(pairs)
    return pairs


def _missing_axis(one: Claim, two: Claim, outcome: Outcome) -> str | None:
    """Return `measure` where only one of two accepted figures says how it was measured: both may be right."""
    if (
        not outcome.is_conflict
        or outcome.kind not in _FIGURES
        or not one.standing == two.standing == "accepted"
    ):
        return None
    return (
        "measure"
        if bool(one.assertion.qualifier("measure")) != bool(two.assertion.qualifier("measure"))
        else None
    )


def _same_side(index: ClaimIndex, one: Claim, two: Claim, outcome: Outcome) -> bool:
    """Whether a difference is no conflict: both overruled, each true in its own time, or of its own study."""
    if {one.standing, two.standing} <= {"rejected", "superseded"}:
        return one.standing == two.standing and _quoted(one) == _quoted(two) == 0
    if not {one.standing, two.standing} <= {"accepted", "contested"}:
        return False
    if outcome.kind in _FIGURES and outcome.mild and _own_studies(index.store, one, two):
        return True
    if not one.standing == two.standing == "accepted":
        return False
    return _times_apart(one, two) or (
        outcome.kind in ("interval", "phases") and not outcome.mild and _settings(one, two)
    )


def _quoted(claim: Claim) -> int:
    return sum(1 for passage in claim.passages if passage.quote)


def _settings(one: Claim, two: Claim) -> bool:
    """Whether two accepted figures are findings in different settings, both true as reported."""
    return (
        bool(one.assertion.qualifiers or two.assertion.qualifiers)
        and one.assertion.qualifiers != two.assertion.qualifiers
    )


def _own_studies(store: Store, one: Claim, two: Claim) -> bool:
    """Whether two figures that differ a little are each reported by strong sources of their own."""
    if max(strongest(store, one), strongest(store, two)) >= store.strength(store.weak_from):
        return False
    return {p.source for p in one.passages}.isdisjoint(p.source for p in two.passages)


def _tolerated(topic: Topic, claims: list[Claim], one: Claim, two: Claim, outcome: Outcome) -> Outcome:
    """Make a difference mild where an accepted claim gives a range, and both figures lie inside it."""
    if outcome.mild or outcome.kind != "quantity" or not one.standing == two.standing == "accepted":
        return outcome
    tolerance = float(str(topic.settings.get("tolerance", 0.0)))
    for claim in claims:
        ranged = claim.assertion.value
        if (
            claim.standing != "accepted"
            or ranged is None
            or ranged.low is None
            or ranged.high is None
            or ranged.low == ranged.high
        ):
            continue
        if all(_inside(claim.assertion, other.assertion, tolerance) for other in (one, two)):
            return dataclasses.replace(
                outcome, why="the figures differ, both inside the accepted range", mild=True
            )
    return outcome


def _inside(ranged: Assertion, figure: Assertion, tolerance: float) -> bool:
    outer, inner = ranged.value, figure.value
    if outer is None or inner is None or outer.unit != inner.unit or outer.of != inner.of:
        return False
    if (
        ranged.subject != figure.subject
        or ranged.relation != figure.relation
        or ranged.objects != figure.objects
    ):
        return False
    low, high = bounds(outer, typical=False)
    first, last = bounds(inner, typical=False)
    return low * (1 - tolerance) <= first and last <= high * (1 + tolerance)


def _times_apart(one: Claim, two: Claim) -> bool:
    for first, second in ((one, two), (two, one)):
        if first.valid_to and second.valid_from and first.valid_to <= second.valid_from:
            return True
    times = (one.assertion.time, two.assertion.time)
    return all(t is not None and t.start for t in times) and times[0] != times[1]


def _conflict(
    store: Store,
    topic: Topic,
    one: Claim,
    two: Claim,
    outcome: Outcome,
    rule_of: Mapping[str, str],
    suspect: frozenset[str],
) -> Conflict:
    first, second = (two, one) if one.standing == "accepted" and two.standing != "accepted" else (one, two)
    status, because = _status(store, first, second, suspect)
    message = (
        f"{_sentence(describe(store, first.assertion))}; {describe(store, second.assertion)}: {outcome.why}."
    )
    name = hashlib.sha256(f"{topic.id}|{min(one.id, two.id)}|{max(one.id, two.id)}".encode()).hexdigest()[:12]
    return Conflict(
        id=name,
        rule=rule_of.get(outcome.kind, "KB201"),
        kind=outcome.kind,
        topic=topic.id,
        severity="note" if outcome.mild else "error",
        status=status,
        message=message,
        sides=(Side(claim=first), Side(claim=second)),
        because=because,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _status(store: Store, one: Claim, two: Claim, suspect: frozenset[str]) -> tuple[str, str | None]:
    standings = {one.standing, two.standing}
    reopened = [claim.id for claim in (one, two) if claim.id in suspect]
    losing = [c for c in (one, two) if c.standing in ("rejected", "superseded") and c.because]
    if losing and not reopened and (standings & {"accepted", "contested"} or len(losing) == 2):
        return "settled", losing[0].because
    if "contested" in standings and not reopened and standings <= {"contested", "accepted"}:
        contested = next(c for c in (one, two) if c.standing == "contested")
        return "contested", contested.because
    if reopened:
        return "open", f"{', '.join(reopened)} must be reviewed again"
    return "open", None

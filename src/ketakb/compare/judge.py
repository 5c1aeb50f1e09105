"""A reading of a draft held against the store: supported, contradicted, stale, contested or unsupported."""

from __future__ import annotations

from dataclasses import dataclass

from ketakb.compare.compare import compare
from ketakb.compare.index import ClaimIndex, is_weak, strongest
from ketakb.compare.outcome import Outcome
from ketakb.model import Assertion, Claim, Topic
from ketakb.results import Judged, Linked, Reading

_NARROWING = ("dose", "species", "population", "indication", "course", "measure", "use", "setting", "outcome", "route")
_NUMERIC = frozenset({"interval", "quantity", "phases"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the claims that made it."""

    judged: Judged
    against: tuple[tuple[Claim, Outcome], ...] = ()
    """Claims that contradict, the strongest first."""
    weak: bool = False
    """True where only weak sources stand against it."""


@dataclass(frozen=True, slots=True)
class _Held:
    claim: Claim
    outcome: Outcome
    gap: int
    """How many limits the claim has that the draft does not state."""


def judge(index: ClaimIndex, reading: Reading) -> Judgement:
    """Return how a reading stands to the claims of its topic, as on the day of the index."""
    assertion = reading.assertion
    topic = index.store.topics.get(assertion.topic)
    if topic is None:
        return Judgement(Judged(reading, "unsupported"))
    groups: dict[str, list[_Held]] = {}
    for claim in index.under(topic.id):
        outcome = compare(index.store, topic, assertion, claim.assertion, index.as_of)
        if outcome.answer == "not-comparable" or outcome.mild:
            continue
        when = index.in_force(claim)
        if when == "future":
            continue
        standing = "past" if when == "past" or claim.standing == "superseded" else claim.standing
        key = f"{standing}:{'agrees' if outcome.agrees else 'contradicts'}"
        groups.setdefault(key, []).append(_Held(claim, outcome, _gap(assertion, claim.assertion)))
    verdict, deciding = _verdict(topic, assertion, groups)
    against = sorted(
        deciding if verdict in ("contradicted", "stale") else [],
        key=lambda h: (h.gap, h.claim.assertion.subject != assertion.subject, strongest(index.store, h.claim), -len(h.claim.passages), h.claim.id),
    )
    linked = tuple(
        Linked(held.claim.id, key.split(":")[1], held.outcome.why)
        for key in sorted(groups)
        for held in sorted(groups[key], key=lambda h: (h.gap, h.claim.id))
    )
    return Judgement(
        Judged(reading, verdict, linked),
        tuple((held.claim, held.outcome) for held in against),
        bool(against) and all(is_weak(index.store, held.claim) for held in against),
    )


def _gap(assertion: Assertion, claim: Assertion) -> int:
    return sum(1 for key in _NARROWING if claim.qualifier(key) and not assertion.qualifier(key))


def _verdict(topic: Topic, assertion: Assertion, groups: dict[str, list[_Held]]) -> tuple[str, list[_Held]]:
    agree, oppose = groups.get("accepted:agrees", []), groups.get("accepted:contradicts", [])
    past = groups.get("past:agrees", [])
    rejected = groups.get("rejected:agrees", [])
    if oppose and not (agree and _wins(topic, agree, oppose)):
        return ("stale" if past and not agree else "contradicted"), oppose
    if agree:
        return "supported", agree
    if past and assertion.time is None:
        return "stale", past
    if groups.get("contested:agrees") or groups.get("contested:contradicts"):
        return "contested", []
    if rejected:
        return "contradicted", rejected
    if past:
        return "supported", past
    return "unsupported", []


def _wins(topic: Topic, agree: list[_Held], oppose: list[_Held]) -> bool:
    """Whether agreement outweighs opposition: figures may meet any accepted band; else the less limited claim counts."""
    if topic.comparator in _NUMERIC and all(h.outcome.kind in ("interval", "quantity", "phases") for h in oppose):
        return True
    return min(h.gap for h in agree) < min(h.gap for h in oppose)

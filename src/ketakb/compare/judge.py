"""A reading of a draft held against the store: supported, contradicted, stale, contested or unsupported."""

from __future__ import annotations

from ketakb.assertion import Assertion
from ketakb.compare.compare import compare
from ketakb.compare.index import ClaimIndex, is_weak, strongest
from ketakb.compare.outcome import Outcome
from ketakb.model import Claim
from ketakb.results import Judged, Linked, Reading
from ketakb.terms import Topic
from ketakb.values import dataclass

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
class _Verdict:
    """A judgement on what is asserted, wherever it is."""

    name: str
    linked: tuple[Linked, ...] = ()
    against: tuple[tuple[Claim, Outcome], ...] = ()
    weak: bool = False


_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class _Held:
    claim: Claim
    outcome: Outcome
    gap: int
    """How many limits the claim has that the draft does not state."""


def judge(index: ClaimIndex, reading: Reading) -> Judgement:
    """Return how a reading stands to the claims of its topic, as on the day of the index."""
    key = (reading.assertion, reading.one_study)
    known: _Verdict | None = index.verdicts.get(key)
    if known is None:
        if len(index.verdicts) >= _MOST_KNOWN:
            index.verdicts.clear()
            index.links.clear()
        known = index.verdicts[key] = _judge(index, reading.assertion, reading.one_study)
    return Judgement(Judged(reading, known.name, known.linked), known.against, known.weak)


def _judge(index: ClaimIndex, assertion: Assertion, one_study: bool) -> _Verdict:
    topic = index.store.topics.get(assertion.topic)
    if topic is None:
        return _Verdict("unsupported")
    groups: dict[str, list[_Held]] = {}
    day = _day(assertion, index.as_of.isoformat())
    for claim in index.on(topic, assertion.subject):
        outcome = compare(index.store, topic, assertion, claim.assertion, index.as_of)
        if outcome.answer == "not-comparable" or outcome.mild:
            continue
        when = index.in_force(claim, day)
        if when == "future" or (outcome.is_conflict and claim.valid_from and _is_undated_past(assertion)):
            continue
        if outcome.is_conflict and not claim.valid_from and _is_only_until(assertion):
            continue  # "was not found to help until 2000"
        standing = _standing(claim, when)
        if outcome.agrees and standing in ("rejected", "past") and not _repeats(assertion, claim.assertion):
            continue
        partial = outcome.agrees and standing == "accepted" and _is_partial(assertion, claim.assertion)
        key = f"{standing}:{'agrees' if outcome.agrees else 'contradicts'}" if not partial else "partial:agrees"
        groups.setdefault(key, []).append(_Held(claim, outcome, _gap(assertion, claim.assertion)))
    verdict, deciding = _verdict(topic, assertion, groups)
    if verdict in ("contradicted", "stale") and one_study and _is_finding(topic, assertion):
        verdict = "contested" if any(key.startswith("contested") for key in groups) else "unsupported"
    if verdict == "contested" and (one_study or assertion.certainty == "hedged") and _own_finding(index, groups):
        verdict = "supported"  # what one study found, or what is said to be so perhaps
    against = sorted(
        deciding if verdict in ("contradicted", "stale") else [],
        key=lambda h: (
            h.gap,
            h.claim.assertion.subject != assertion.subject,
            strongest(index.store, h.claim),
            h.claim.assertion.only is not None and h.claim.assertion.only != assertion.only,
            len(h.claim.assertion.qualifiers),
            len(h.claim.statement),
            h.claim.id,
        ),
    )
    linked = tuple(
        _linked(index, held.claim.id, key.split(":")[1], held.outcome.why)
        for key in sorted(groups)
        for held in sorted(groups[key], key=lambda h: (h.gap, h.claim.id))
    )
    return _Verdict(
        verdict,
        linked,
        tuple((held.claim, held.outcome) for held in against),
        bool(against) and all(is_weak(index.store, held.claim) for held in against),
    )


def _linked(index: ClaimIndex, claim: str, stance: str, why: str) -> Linked:
    key = (claim, stance, why)
    found = index.links.get(key)
    if found is None:
        found = index.links[key] = Linked(claim, stance, why)
    return found


def _day(assertion: Assertion, today: str) -> str | None:
    """Return the day for which a statement is meant, where it names another than today: "until 2019", "in 2019"."""
    time = assertion.time
    if time is None or time.end is None:
        return None
    return min(today, f"{time.start[:4]}-12-31" if time.start else f"{time.end[:4]}-01-01")


def _is_undated_past(assertion: Assertion) -> bool:
    return assertion.time is not None and assertion.time.relative == "past"


def _is_only_until(assertion: Assertion) -> bool:
    """Whether a statement denies something up to a year only, and so says that it is so since."""
    time = assertion.time
    return assertion.negated and time is not None and time.start is None and bool(time.end)


def _is_of_then(assertion: Assertion) -> bool:
    """Whether a statement is on a time that has passed."""
    return assertion.time is not None and (_is_undated_past(assertion) or assertion.time.end is not None)


def _standing(claim: Claim, when: str) -> str:
    """Return a claim's standing on the day in question: what was superseded later was accepted then."""
    if when == "past":
        return "past"
    if claim.standing == "superseded":
        return "accepted" if claim.valid_to else "past"
    return claim.standing


def _repeats(assertion: Assertion, claim: Assertion) -> bool:
    """Whether a statement carries what was wrong with an overruled claim: its "only", its "all", its "last year"."""
    if claim.only and assertion.only != claim.only:
        return False
    if claim.quantifier == "all" and assertion.quantifier != "all":
        return False
    relative = claim.time.relative if claim.time else None
    said = assertion.time.relative if assertion.time else None
    return relative is None or relative == said or relative == "now"


def _is_partial(assertion: Assertion, claim: Assertion) -> bool:
    """Whether a claim that agrees leaves open what a statement adds: its "only", its "proven"."""
    if assertion.only and claim.only != assertion.only:
        return True
    return bool(assertion.qualifier("evidence")) and not claim.qualifier("evidence")


_FINDINGS = _NUMERIC | {"order", "presence"}


def _own_finding(index: ClaimIndex, groups: dict[str, list[_Held]]) -> bool:
    """Whether what is said of one study is what a study did find, however the question stands as a whole."""
    return any(not is_weak(index.store, held.claim) for held in groups.get("contested:agrees", []))


def _is_finding(topic: Topic, assertion: Assertion) -> bool:
    """Whether a statement can be what one study found, and so be true of that study alone.

    The date of a study that a frame names (a date with a measure) is a fact about it, and no finding of its own; so
    is a share with a measure, of which the store keeps whose finding it is.
    """
    if assertion.value is not None and assertion.qualifier("measure"):
        if assertion.value.unit == "date":
            return False
        if assertion.value.unit == "percent" and topic.comparator in ("presence", "quantity"):
            return False
    if topic.comparator == "direction":
        return assertion.negated
    return topic.comparator in _FINDINGS and assertion.quantifier != "all"


def _gap(assertion: Assertion, claim: Assertion) -> int:
    gap = 0
    for key, values in claim.qualifiers:
        if values and key in _NARROWING and not assertion.qualifier(key):
            gap += 1
    return gap


def _verdict(topic: Topic, assertion: Assertion, groups: dict[str, list[_Held]]) -> tuple[str, list[_Held]]:
    agree, oppose = groups.get("accepted:agrees", []), groups.get("accepted:contradicts", [])
    agree = agree or ([] if oppose else groups.get("partial:agrees", []))
    past = groups.get("past:agrees", [])
    rejected = groups.get("rejected:agrees", [])
    if past and not agree and topic.comparator in _NUMERIC and _is_of_then(assertion):
        return "supported", past  # "In 2012 they counted ...": so it was then
    if oppose and not (agree and _wins(topic, assertion, agree, oppose)):
        return ("stale" if past and not agree else "contradicted"), oppose
    if agree:
        return "supported", agree
    if past and not _is_of_then(assertion):
        return "stale", past
    if groups.get("contested:agrees") or groups.get("contested:contradicts"):
        return "contested", []
    if rejected:
        return "contradicted", rejected
    if past:
        return "supported", past
    return "unsupported", []


def _wins(topic: Topic, assertion: Assertion, agree: list[_Held], oppose: list[_Held]) -> bool:
    """Whether agreement outweighs opposition: a figure may meet any accepted band; else the less limited counts."""
    if any(h.outcome.kind == "exclusivity" for h in oppose):
        return False  # "only" is false as soon as one other is so
    if topic.comparator in _NUMERIC and all(h.outcome.kind in ("interval", "quantity", "phases") for h in oppose):
        own = [h for h in oppose if h.claim.assertion.subject == assertion.subject]
        return (
            topic.comparator != "interval"
            or not own
            or any(h.claim.assertion.subject == assertion.subject for h in agree)
        )
    return min(_distance(assertion, h) for h in agree) < min(_distance(assertion, h) for h in oppose)


def _distance(assertion: Assertion, held: _Held) -> tuple[bool, int]:
    """How far a claim is from what a draft says: of another subject first, then by limits the draft does not state."""
    return held.claim.assertion.subject != assertion.subject, held.gap

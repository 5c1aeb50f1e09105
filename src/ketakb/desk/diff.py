"""Two versions of a draft: faults mended, things said more strongly, risks that went missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ketakb.assertion import Assertion
from ketakb.desk.strength import Step, steps_between
from ketakb.model import Store
from ketakb.results import DocumentReport, Finding, Reading
from ketakb.text import Span
from ketakb.values import dataclass, replace

RISKS = "safety/"
"""How the keys of topics begin under which a store keeps risks."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is said in one version or in both, and how the two differ."""

    old: Reading | None
    new: Reading | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A risk or a disclosure that the old version had and the new one lacks."""

    what: str
    """Topic of a risk, or the concept that a rule of the store asks for."""
    kind: str
    """risk or disclosure."""
    told: str
    """What went missing, for the reader."""
    old: Span | None = None


@dataclass(frozen=True, slots=True)
class Diff:
    """What a new version changes."""

    old: DocumentReport
    new: DocumentReport
    fixed: tuple[Finding, ...]
    """Findings of the old version only."""
    found: tuple[Finding, ...]
    """Findings of the new version only."""
    remaining: tuple[Finding, ...]
    """Findings of both, as they stand in the new version."""
    added: tuple[Change, ...]
    dropped: tuple[Change, ...]
    strengthened: tuple[Change, ...]
    weakened: tuple[Change, ...]
    missing: tuple[Missing, ...]


def diff(old: DocumentReport, new: DocumentReport, store: Store) -> Diff:
    """Return what a new version of a draft changes."""
    fixed, found, remaining = _findings(old, new)
    added, dropped, changed = _assertions(old, new)
    weighed = [replace(one, steps=tuple(steps_between(store, one.old, one.new))) for one in changed]
    return Diff(
        old,
        new,
        tuple(fixed),
        tuple(found),
        tuple(remaining),
        tuple(Change(None, one) for one in added),
        tuple(Change(one, None) for one in dropped),
        tuple(one for one in weighed if any(step.stronger for step in one.steps)),
        tuple(one for one in weighed if any(not step.stronger for step in one.steps)),
        tuple(_missing(old, new, dropped, store)),
    )


def _findings(old: DocumentReport, new: DocumentReport) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Match findings by their fingerprints, then what is left, reworded, by rule, topic and claim."""
    before, after = list(old.findings), list(new.findings)
    remaining: list[Finding] = []
    for same in (_by_fingerprint, _by_claim):
        waiting: dict[object, list[Finding]] = defaultdict(list)
        for finding in before:
            waiting[same(finding)].append(finding)
        left = []
        for finding in after:
            if waiting[same(finding)]:
                before.remove(waiting[same(finding)].pop(0))
                remaining.append(finding)
            else:
                left.append(finding)
        after = left
    remaining.sort(key=lambda finding: finding.span or Span(len(new.text), len(new.text)))
    return before, after, remaining


def _by_fingerprint(finding: Finding) -> object:
    return finding.rule, finding.fingerprint


def _by_claim(finding: Finding) -> object:
    claim = finding.evidence[0].claim if finding.evidence else None
    return finding.rule, finding.topic, finding.message if claim is None else claim


def _assertions(
    old: DocumentReport, new: DocumentReport
) -> tuple[list[Reading], list[Reading], list[Change]]:
    """Return what only the new version says, what only the old one said, and what both say in two ways."""
    before, after = _distinct(old), _distinct(new)
    both = before.keys() & after.keys()
    left = [reading for said, reading in before.items() if said not in both]
    added, changed = [], []
    for said, reading in after.items():
        if said in both:
            continue
        match = max(left, key=lambda one: _likeness(one.assertion, said), default=None)
        if match is None or not _likeness(match.assertion, said):
            added.append(reading)
        else:
            left.remove(match)
            changed.append(Change(match, reading))
    return added, left, changed


def _distinct(report: DocumentReport) -> dict[Assertion, Reading]:
    found: dict[Assertion, Reading] = {}
    for judged in report.judged:
        found.setdefault(judged.reading.assertion, judged.reading)
    return found


def _likeness(one: Assertion, other: Assertion) -> int:
    """Return how alike two assertions are that differ; 0 where they are of different things."""
    if (one.topic, one.subject, one.relation, one.negated) != (
        other.topic,
        other.subject,
        other.relation,
        other.negated,
    ):
        return 0
    if set(one.objects).isdisjoint(other.objects) and (one.objects or other.objects):
        return 0
    fields = ("objects", "quantifier", "only", "certainty", "value", "qualifiers", "than")
    return 1 + sum(bool(getattr(one, name) == getattr(other, name)) for name in fields)


def _missing(
    old: DocumentReport, new: DocumentReport, dropped: Iterable[Reading], store: Store
) -> list[Missing]:
    still = {judged.reading.assertion.topic for judged in new.judged}
    found = []
    for reading in dropped:
        said = reading.assertion
        denied = said.negated or said.quantifier == "none"
        if (
            said.topic.startswith(RISKS)
            and not denied
            and set(said.objects) - new.concepts | _lost(said, still)
        ):
            words = " ".join(old.text[reading.span.start : reading.span.end].split())
            found.append(Missing(said.topic, "risk", words, reading.span))
    asked: dict[str, str] = {}
    for rule in store.wording:
        if rule.scope == "document":
            for concept in rule.document.get("none", ()):
                asked.setdefault(concept, rule.message)
    for concept in sorted(asked.keys() & old.concepts - new.concepts):
        entity = store.entities.get(concept)
        found.append(Missing(concept, "disclosure", entity.label if entity else concept.partition(":")[2]))
    return found


def _lost(said: Assertion, still: set[str]) -> set[str]:
    """Return the topic of an assertion without objects, where nothing speaks of it any more."""
    return {said.topic} if not said.objects and said.topic not in still else set()

"""Contradictions inside and between drafts that are read one after another, without keeping the drafts.

What is kept is one place for each distinct assertion, so that memory grows with what is said, not with how often.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ketakb.compare.compare import compare
from ketakb.compare.describe import describe
from ketakb.compare.outcome import Outcome
from ketakb.model import Assertion, Store
from ketakb.results import Conflict, DocumentReport, Side
from ketakb.text import LineIndex

_Key = tuple[int, int, int, int, int]
"""Where a conflict stands in the report: topic, one and other assertion, one and other draft."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What one place of a draft asserts."""

    assertion: Assertion
    verdict: str
    side: Side


@dataclass(slots=True)
class _Topic:
    number: int
    order: dict[Assertion, int] = field(default_factory=dict)
    """Distinct assertions, numbered as they came."""
    first: list[tuple[int, Spot]] = field(default_factory=list)
    """Draft and place where each was first read."""
    clashing: dict[tuple[int, int], Outcome] = field(default_factory=dict)
    """Assertions that contradict each other, the earlier first."""


def spots_of(report: DocumentReport) -> list[Spot]:
    """Return the places of a draft, the first of each distinct assertion."""
    lines = LineIndex(report.text)
    seen: dict[Assertion, Spot] = {}
    for judged in report.judged:
        span = judged.reading.span
        if judged.reading.assertion not in seen:
            start, end = lines.position(span.start), lines.position(span.end)
            words = report.text[span.start : span.end]
            side = Side(None, report.path, span, start.line, words, start.column, end.line, end.column)
            seen[judged.reading.assertion] = Spot(judged.reading.assertion, judged.verdict, side)
    return list(seen.values())


class Between:
    """Takes the places of one draft after another; tells their contradictions at the end."""

    def __init__(self, store: Store, as_of: datetime.date, rule_of: Mapping[str, str]) -> None:
        """Take the store, the day by which dates are read, and the rule id of each comparator."""
        self._store, self._as_of, self._rule_of = store, as_of, rule_of
        self._topics: dict[str, _Topic] = {}
        self._drafts = 0
        self._found: dict[_Key, Conflict] = {}

    def add(self, spots: Sequence[Spot]) -> None:
        """Take the places of the next draft."""
        draft = self._drafts
        self._drafts += 1
        here: dict[str, list[tuple[int, Spot]]] = {}
        for spot in spots:
            name = spot.assertion.topic
            if name not in self._store.topics:
                continue
            topic = self._topics.setdefault(name, _Topic(len(self._topics)))
            if spot.assertion not in topic.order:
                self._new(name, topic, draft, spot)
            here.setdefault(name, []).append((topic.order[spot.assertion], spot))
        for name, placed in here.items():
            self._inside(self._topics[name], draft, sorted(placed, key=lambda pair: pair[0]))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return all contradictions, by topic and in the order in which they were read.

        Two places of one draft are always told. Of two drafts, the first places where each side was read are;
        not told are those of which the store supports both sides, each in its own setting.
        """
        return tuple(self._found[key] for key in sorted(self._found))

    def _new(self, name: str, topic: _Topic, draft: int, spot: Spot) -> None:
        """Compare an assertion that was not read before with all before it."""
        number = len(topic.first)
        for earlier, (assertion, at) in enumerate(zip(topic.order, topic.first, strict=True)):
            of = self._store.topics[name]
            outcome = compare(self._store, of, assertion, spot.assertion, self._as_of, between_claims=True)
            if outcome.is_conflict and not outcome.mild:
                topic.clashing[earlier, number] = outcome
                if at[0] != draft:
                    key = (topic.number, earlier, number, at[0], draft)
                    self._tell(key, at[1], spot, outcome)
        topic.order[spot.assertion] = number
        topic.first.append((draft, spot))

    def _inside(self, topic: _Topic, draft: int, placed: Sequence[tuple[int, Spot]]) -> None:
        """Note what of one draft contradicts itself."""
        for at, (one, spot) in enumerate(placed):
            for two, other in placed[at + 1 :]:
                outcome = topic.clashing.get((one, two))
                if outcome is not None and not _overlap(spot.side, other.side):
                    self._tell((topic.number, one, two, draft, draft), spot, other, outcome)

    def _tell(self, key: _Key, one: Spot, two: Spot, outcome: Outcome) -> None:
        if {one.verdict, two.verdict} != {"supported"}:
            self._found[key] = _conflict(self._store, one, two, outcome, self._rule_of)


def _overlap(one: Side, two: Side) -> bool:
    return one.span is not None and two.span is not None and one.span.overlaps(two.span)


def _conflict(store: Store, one: Spot, two: Spot, outcome: Outcome, rule_of: Mapping[str, str]) -> Conflict:
    verdicts = {one.verdict, two.verdict}
    said = (describe(store, one.assertion), describe(store, two.assertion))
    topic, name = one.assertion.topic, "|".join(f"{side.path}:{side.text}" for side in (one.side, two.side))
    return Conflict(
        id=hashlib.sha256(f"{topic}|{name}".encode("utf-8", "surrogatepass")).hexdigest()[:12],
        rule=rule_of.get(outcome.kind, "KB212"),
        kind=outcome.kind,
        topic=topic,
        severity="error",
        status="settled" if "supported" in verdicts and "contradicted" in verdicts else "open",
        message=f"{said[0][:1].upper()}{said[0][1:]}; {said[1]}: {outcome.why}.",
        sides=(one.side, two.side),
    )

"""Contradictions inside and between drafts that are read one after another, without keeping the drafts.

What is kept is one place for each distinct assertion, so that memory grows with what is said, not with how often.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import islice

from ketakb.assertion import Assertion
from ketakb.compare.compare import compare
from ketakb.compare.describe import describe
from ketakb.compare.outcome import Outcome
from ketakb.compare.within import find_clashes
from ketakb.model import Store
from ketakb.results import Conflict, DocumentReport, Judged, Side
from ketakb.sums import sha256
from ketakb.text import LineIndex
from ketakb.values import dataclass, field

_TOLD = 3
"""Against how many earlier drafts' assertions a new one is told: a number that every page gives differently would
otherwise be told against all others, and cost as much."""
_HELD = 500
"""Of one topic, how many distinct assertions of earlier drafts a new one is held against: the first ones."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What one place of a draft asserts."""

    assertion: Assertion
    verdict: str
    side: Side


@dataclass(frozen=True, slots=True)
class Said:
    """What a draft asserts, for holding other drafts against it."""

    spots: tuple[Spot, ...] = ()
    """The first place of each distinct assertion."""
    own: tuple[Conflict, ...] = ()
    """Contradictions inside the draft."""


@dataclass(slots=True)
class _Topic:
    first: dict[Assertion, tuple[int, Spot]] = field(default_factory=dict)
    """Draft and place where each distinct assertion was first read, in that order."""
    found: list[Conflict] = field(default_factory=list)


def said_in(store: Store, report: DocumentReport, as_of: datetime.date, rule_of: Mapping[str, str]) -> Said:
    """Return what a draft asserts and where it contradicts itself; `rule_of` maps a comparator to its rule id."""
    lines = LineIndex(report.text)
    spots: dict[Assertion, Spot] = {}
    for judged in report.judged:
        if judged.reading.assertion not in spots:
            spots[judged.reading.assertion] = _spot(report, lines, judged)
    own = []
    for clash in find_clashes(store, report.judged, as_of):
        one, two = spots[clash.one.reading.assertion], spots[clash.two.reading.assertion]
        if not _both_hold(one, two):
            own.append(_conflict(store, one, two, clash.outcome, rule_of))
    return Said(tuple(spots.values()), tuple(own))


class Between:
    """Takes what one draft after another says; tells all contradictions at the end."""

    def __init__(self, store: Store, as_of: datetime.date, rule_of: Mapping[str, str]) -> None:
        """Take the store, the day by which dates are read, and the rule id of each comparator."""
        self._store, self._as_of, self._rule_of = store, as_of, rule_of
        self._topics: dict[str, _Topic] = {}
        self._drafts = 0

    def add(self, said: Said) -> None:
        """Take what the next draft says."""
        draft = self._drafts
        self._drafts += 1
        for conflict in said.own:
            self._topics.setdefault(conflict.topic, _Topic()).found.append(conflict)
        for spot in said.spots:
            topic = self._topics.setdefault(spot.assertion.topic, _Topic())
            if spot.assertion not in topic.first and spot.assertion.topic in self._store.topics:
                self._hold(topic, draft, spot)
                topic.first[spot.assertion] = (draft, spot)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return all contradictions by topic, in the order in which they were read.

        Every two places of one draft are told. Of two drafts, the places where each side was first read are, and
        each assertion against the first three that it contradicts. Not told are those of which the store supports
        both sides, each in its own setting.
        """
        return tuple(conflict for topic in self._topics.values() for conflict in topic.found)

    def _hold(self, topic: _Topic, draft: int, spot: Spot) -> None:
        """Hold an assertion that is new against those of earlier drafts."""
        of, told = self._store.topics[spot.assertion.topic], 0
        for assertion, (earlier, other) in islice(topic.first.items(), _HELD):
            if earlier == draft:  # and so are all that follow
                return
            if _both_hold(other, spot):
                continue
            outcome = compare(self._store, of, assertion, spot.assertion, self._as_of, between_claims=True)
            if outcome.is_conflict and not outcome.mild:
                topic.found.append(_conflict(self._store, other, spot, outcome, self._rule_of))
                told += 1
                if told == _TOLD:
                    return


def _spot(report: DocumentReport, lines: LineIndex, judged: Judged) -> Spot:
    span = judged.reading.span
    start, end = lines.position(span.start), lines.position(span.end)
    words = report.text[span.start : span.end]
    side = Side(None, report.path, span, start.line, words, start.column, end.line, end.column)
    return Spot(judged.reading.assertion, judged.verdict, side)


def _both_hold(one: Spot, two: Spot) -> bool:
    """Whether the store supports both sides, each in its own setting."""
    return one.verdict == two.verdict == "supported"


def _conflict(store: Store, one: Spot, two: Spot, outcome: Outcome, rule_of: Mapping[str, str]) -> Conflict:
    verdicts = {one.verdict, two.verdict}
    said = (describe(store, one.assertion), describe(store, two.assertion))
    topic, name = one.assertion.topic, "|".join(f"{side.path}:{side.text}" for side in (one.side, two.side))
    return Conflict(
        id=sha256(f"{topic}|{name}".encode("utf-8", "surrogatepass")).hexdigest()[:12],
        rule=rule_of.get(outcome.kind, "KB212"),
        kind=outcome.kind,
        topic=topic,
        severity="error",
        status="settled" if "supported" in verdicts and "contradicted" in verdicts else "open",
        message=f"{said[0][:1].upper()}{said[0][1:]}; {said[1]}: {outcome.why}.",
        sides=(one.side, two.side),
    )

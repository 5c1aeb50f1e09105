"""Contradictions inside and between drafts: what two places of the audited texts say that cannot both stand."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ketakb.compare.compare import compare
from ketakb.compare.describe import describe
from ketakb.compare.outcome import Outcome
from ketakb.model import Assertion, Store
from ketakb.results import Conflict, Judged, Side
from ketakb.text import LineIndex
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One judged reading in one draft."""

    path: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class Clash:
    """Two places that contradict each other, in the order of the audit."""

    one: Place
    two: Place
    outcome: Outcome


def find_clashes(store: Store, drafts: Sequence[tuple[str, Sequence[Judged]]], as_of: datetime.date) -> list[Clash]:
    """Return the contradictions inside and between drafts, given as (path, judged readings) pairs.

    What a draft says twice is compared once; the cost grows with the distinct assertions of a topic.
    """
    by_topic: dict[str, dict[tuple[str, Assertion], Place]] = defaultdict(dict)
    for path, readings in drafts:
        for judged in readings:
            assertion = judged.reading.assertion
            by_topic[assertion.topic].setdefault((path, assertion), Place(path, judged))
    return [
        clash for topic_id, places in by_topic.items() for clash in _clashes(store, topic_id, places.values(), as_of)
    ]


def _clashes(store: Store, topic_id: str, places: Iterable[Place], as_of: datetime.date) -> Iterable[Clash]:
    topic = store.topics.get(topic_id)
    if topic is None:
        return
    by_assertion: dict[Assertion, list[Place]] = defaultdict(list)
    for place in places:
        by_assertion[place.judged.reading.assertion].append(place)
    distinct = list(by_assertion)
    for number, first in enumerate(distinct):
        for second in distinct[number + 1 :]:
            outcome = compare(store, topic, first, second, as_of, between_claims=True)
            if not outcome.is_conflict or outcome.mild:
                continue
            for one in by_assertion[first]:
                for two in by_assertion[second]:
                    same = one.path == two.path
                    if same and one.judged.reading.span.overlaps(two.judged.reading.span):
                        continue
                    if same or (one is by_assertion[first][0] and two is by_assertion[second][0]):
                        yield Clash(one, two, outcome)


def both_hold(clash: Clash) -> bool:
    """Whether the store supports both sides, each in its own setting."""
    return {clash.one.judged.verdict, clash.two.judged.verdict} == {"supported"}


def conflict_of(store: Store, clash: Clash, texts: dict[str, str], rule_of: dict[str, str]) -> Conflict:
    """Return a clash as the conflict that reports print; `texts` holds the drafts by path."""
    sides = (_side(clash.one, texts), _side(clash.two, texts))
    one, two = clash.one.judged, clash.two.judged
    verdicts = {one.verdict, two.verdict}
    said = (describe(store, one.reading.assertion), describe(store, two.reading.assertion))
    name = "|".join(f"{side.path}:{side.text}" for side in sides)
    return Conflict(
        id=hashlib.sha256(f"{one.reading.assertion.topic}|{name}".encode("utf-8", "surrogatepass")).hexdigest()[:12],
        rule=rule_of.get(clash.outcome.kind, "KB212"),
        kind=clash.outcome.kind,
        topic=one.reading.assertion.topic,
        severity="error",
        status="settled" if "supported" in verdicts and "contradicted" in verdicts else "open",
        message=f"{said[0][:1].upper()}{said[0][1:]}; {said[1]}: {clash.outcome.why}.",
        sides=sides,
    )


def _side(place: Place, texts: dict[str, str]) -> Side:
    span = place.judged.reading.span
    text = texts[place.path]
    return Side(
        path=place.path,
        span=span,
        line=LineIndex(text).position(span.start).line,
        text=text[span.start : span.end],
    )

"""Contradictions inside a draft: what two of its places say that cannot both stand."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, islice

from ketakb.assertion import Assertion
from ketakb.compare.compare import compare
from ketakb.compare.outcome import Outcome
from ketakb.model import Store
from ketakb.results import Judged
from ketakb.values import dataclass

_MOST = 150


@dataclass(frozen=True, slots=True)
class Clash:
    """Two readings of one draft that contradict each other, in the order of the text."""

    one: Judged
    two: Judged
    outcome: Outcome


def find_clashes(store: Store, readings: Sequence[Judged], as_of: datetime.date) -> list[Clash]:
    """Return the contradictions inside a draft. What it says twice is compared once.

    Of one topic the first 150 things that it says are held against each other: no page says so many, and a list of a
    hundred thousand figures would take days.
    """
    by_topic: dict[str, dict[Assertion, Judged]] = defaultdict(dict)
    for judged in readings:
        by_topic[judged.reading.assertion.topic].setdefault(judged.reading.assertion, judged)
    found = []
    for topic_id, places in by_topic.items():
        topic = store.topics.get(topic_id)
        if topic is None:
            continue
        for one, two in combinations(islice(places.values(), _MOST), 2):
            outcome = compare(store, topic, one.reading.assertion, two.reading.assertion, as_of, between_claims=True)
            if outcome.is_conflict and not outcome.mild and not one.reading.span.overlaps(two.reading.span):
                found.append(Clash(one, two, outcome))
    return found

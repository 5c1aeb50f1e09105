"""The claims of a store by topic and subject, so that only what may be comparable is compared."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Hashable, Mapping

from ketakb.compare.scope import subjects_fit
from ketakb.hints import Any
from ketakb.model import Claim, Store
from ketakb.results import Linked
from ketakb.terms import Topic
from ketakb.values import dataclass, field


@dataclass(frozen=True, slots=True)
class ClaimIndex:
    """Claims by topic, and which of them are in force on a day."""

    store: Store
    as_of: datetime.date
    by_topic: Mapping[str, list[Claim]] = field(default_factory=dict)
    verdicts: dict[Hashable, Any] = field(default_factory=dict)
    """What was judged before: texts on one subject say the same things."""
    fitting: dict[tuple[str, str | None], list[Claim]] = field(default_factory=dict)
    """Claims by topic and the subject that they are held against, as they were asked for."""
    links: dict[tuple[str, str, str], Linked] = field(default_factory=dict)
    """How claims stood to what was judged, each such value once: thousands of figures stand to a claim alike."""

    def under(self, topic: str) -> list[Claim]:
        """Return the claims that are compared under a topic."""
        return self.by_topic.get(topic, [])

    def on(self, topic: Topic, subject: str | None) -> list[Claim]:
        """Return the claims under a topic whose subjects are compared with one."""
        found = self.fitting.get((topic.id, subject))
        if found is None:
            claims = self.under(topic.id)
            found = [c for c in claims if subjects_fit(self.store, topic, subject, c.assertion.subject)]
            self.fitting[topic.id, subject] = found
        return found

    def in_force(self, claim: Claim, day: str | None = None) -> str:
        """Return now, past or future: how a day, by default that of the audit, stands to the claim's validity."""
        day = day or self.as_of.isoformat()
        if claim.valid_from and day < claim.valid_from[:10]:
            return "future"
        if claim.valid_to and day[: len(claim.valid_to)] > claim.valid_to:
            return "past"
        return "now"


def index_claims(store: Store, as_of: datetime.date) -> ClaimIndex:
    """Return the claims of a store indexed for comparison as on a day."""
    if store.kept is not None:
        from ketakb.store.backed import claims_under

        return ClaimIndex(store, as_of, claims_under(store, store.kept))
    by_topic: dict[str, list[Claim]] = defaultdict(list)
    for claim in store.claims.values():
        for topic in claim.topics:
            by_topic[topic].append(claim)
    return ClaimIndex(store, as_of, dict(by_topic))


def strongest(store: Store, claim: Claim) -> int:
    """Return the rung of a claim's strongest source, 0 the strongest."""
    rungs = [store.strength(store.sources[p.source].kind) for p in claim.passages if p.source in store.sources]
    return min(rungs, default=len(store.kinds))


def is_weak(store: Store, claim: Claim) -> bool:
    """Whether only weak sources stand behind a claim, or nobody has confirmed it."""
    return strongest(store, claim) >= store.strength(store.weak_from) or claim.review.state == "needed"

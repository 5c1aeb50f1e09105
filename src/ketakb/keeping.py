"""What keeping a store takes: reviewing claims, taking them over, adding new ones."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ketakb.errors import UsageError
from ketakb.model import Claim, Store
from ketakb.values import replace

if TYPE_CHECKING:
    from ketakb.reports.review_text import Recorded, ReviewPage
    from ketakb.results import Conflict
    from ketakb.store.proposed import Proposed
    from ketakb.store.upkeep import Decision


def review_page(store: Store, claim: Claim, as_of: str) -> ReviewPage:
    """Return what a reviewer of a claim looks at, as of an ISO date."""
    from ketakb.reports.review_text import ReviewPage
    from ketakb.store.review import suspect

    return ReviewPage(claim, suspect(claim, store, as_of), conflicts_of(store, claim, as_of))


def conflicts_of(store: Store, claim: Claim, as_of: str) -> tuple[Conflict, ...]:
    """Return the conflicts of the store that one claim is a side of."""
    from ketakb.compare.conflicts import find_conflicts
    from ketakb.compare.index import index_claims
    from ketakb.rules.registry import rule_of_comparator
    from ketakb.store.review import suspect

    index = index_claims(store, datetime.date.fromisoformat(as_of))
    index = replace(index, by_topic={topic: index.under(topic) for topic in claim.topics})
    near = {one.id: one for claims in index.by_topic.values() for one in claims}
    doubtful = frozenset(name for name, one in near.items() if suspect(one, store, as_of))
    conflicts, _ = find_conflicts(index, rule_of_comparator(), doubtful)
    return tuple(c for c in conflicts if any(s.claim and s.claim.id == claim.id for s in c.sides))


def record_review(store: Store, claims: Sequence[Claim], decision: Decision) -> Recorded:
    """Write a decision on claims to the store; return them as they stand then."""
    from ketakb.reports.review_text import Recorded
    from ketakb.store.load import load_store
    from ketakb.store.upkeep import record

    if not claims:
        return Recorded(())
    record(store, claims, decision)
    after, _ = load_store(Path(store.root))
    return Recorded([after.claims[claim.id] for claim in claims])


def adopt(
    store: Store, names: Sequence[str], topic: str | None, everything: bool, decision: Decision
) -> Recorded:
    """Take claims over under a reviewer's name: those named, those of a topic, or all.

    Claims that are named are taken as they are. Of a topic, and of all, those that need a look of their own
    are left: suspect ones, unreviewed ones, and those that rest on what nobody has confirmed.
    """
    from ketakb.store.upkeep import adoptable

    if bool(names) + bool(topic) + everything != 1:
        raise UsageError("--adopt takes ids of claims, or --topic T, or --all: one of the three")
    if names:
        return record_review(store, [claim_of(store, name) for name in dict.fromkeys(names)], decision)
    chosen = [c for c in store.claims.values() if topic is None or any(t.startswith(topic) for t in c.topics)]
    if not chosen:
        raise UsageError(f"--topic: no claim has a topic that begins with {topic!r}; see `ketakb topics`")
    fit, left = adoptable(chosen, store, decision.on)
    return replace(record_review(store, fit, decision), left=left)


def claim_of(store: Store, name: str) -> Claim:
    """Return the claim with an id. Raises UsageError where there is none."""
    claim = store.claims.get(name)
    if claim is not None:
        return claim
    import difflib

    near = difflib.get_close_matches(name, list(store.claims), n=3)
    meant = f"; did you mean {', '.join(near)}?" if near else "; `ketakb search` finds claims by their words"
    raise UsageError(f"{name}: no claim has this id{meant}")


def add_claims(folder: Path, proposed: Proposed, as_of: str) -> tuple[Store, list[ReviewPage]]:
    """Write new claims to a store; return the store and each claim with what contradicts it."""
    from ketakb.store.adding import add
    from ketakb.store.load import load_store

    claims = add(folder, proposed)
    store, _ = load_store(folder)
    return store, [review_page(store, claim, as_of) for claim in claims]

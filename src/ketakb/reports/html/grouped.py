"""Conflicts by topic, and within a topic by the claim that has most of them: each claim and its passages stand once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ketakb.model import Claim, Store
from ketakb.reports.html.build import Markup, folded, join, tag
from ketakb.reports.html.sides import evidence_list, standing
from ketakb.reports.html.words import group, severity, topic
from ketakb.reports.paper import count_of
from ketakb.results import Conflict

_ORDER = ("error", "warning", "note")
_HELD = {"rejected": 0, "superseded": 1, "contested": 2}


def by_topic(conflicts: Sequence[Conflict], store: Store) -> list[Markup]:
    """Return conflicts between claims, folded a topic each with their number."""
    topics: dict[str, list[Conflict]] = defaultdict(list)
    for one in conflicts:
        topics[one.topic].append(one)
    parts = []
    for name in sorted(topics, key=lambda name: (group(name), topic(store, name).lower())):
        some = topics[name]
        title = join([tag("strong", topic(store, name)), tag("span", f" {group(name)}", class_="dim")])
        shown: set[str] = set()
        cards = [_card(about, against, store, shown) for about, against in _by_claim(some)]
        parts.append(folded(join([title, f": {count_of(len(some), 'conflict')}"]), *cards, class_="topic"))
    return parts


def _by_claim(conflicts: Sequence[Conflict]) -> list[tuple[Claim, list[Conflict]]]:
    """Return conflicts by the claim that they are about: the overruled one where there is one, else the busiest."""
    left = list(conflicts)
    found = []
    while left:
        counts = Counter(side.claim.id for one in left for side in one.sides if side.claim)
        sides = {side.claim.id: side.claim for one in left for side in one.sides if side.claim}
        if not sides:
            break
        about = min(sides.values(), key=lambda claim: (_HELD.get(claim.standing, 3), -counts[claim.id], claim.id))
        own = [one for one in left if any(side.claim is not None and side.claim.id == about.id for side in one.sides)]
        left = [one for one in left if one not in own]
        found.append((about, own))
    return found


def _card(about: Claim, conflicts: Sequence[Conflict], store: Store, shown: set[str]) -> Markup:
    """Return one claim with all that contradicts it; `shown` are the claims of the topic whose passages stood."""
    grave = min((one.severity for one in conflicts), key=_ORDER.index)
    others = [
        _other(side.claim, one, store, shown)
        for one in conflicts
        for side in one.sides
        if side.claim is not None and side.claim.id != about.id
    ]
    reasons = dict.fromkeys(one.because for one in conflicts if one.because)
    label = "How it was settled: " if any(one.status == "settled" for one in conflicts) else "Why it is disputed: "
    settled = [tag("p", tag("strong", label), reason, class_="use") for reason in reasons]
    first = _passages(about, store, shown)
    return tag(
        "article",
        tag("p", severity(grave), " ", standing(about), " ", tag("strong", about.statement), class_="head"),
        first,
        *settled,
        tag("p", f"Against it: {count_of(len(others), 'statement')}", class_="dim"),
        tag("ul", *(tag("li", other) for other in others), class_="against", role="list"),
        class_=f"conflict {grave}",
        aria_label=f"{count_of(len(others), 'conflict')} on: {about.statement}",
    )


def _other(claim: Claim, conflict: Conflict, store: Store, shown: set[str]) -> Markup:
    why = conflict.message.rpartition(": ")[2] if ": " in conflict.message else ""
    reason = tag("span", f" ({why.rstrip('.')})", class_="dim") if why else None
    return join([tag("p", standing(claim), " ", claim.statement, reason), _passages(claim, store, shown)])


def _passages(claim: Claim, store: Store, shown: set[str]) -> Markup | None:
    """Return the passages of a claim, folded; None where they stand further up in the topic."""
    if claim.id in shown or not claim.passages:
        return None
    shown.add(claim.id)
    return folded(count_of(len(claim.passages), "passage"), evidence_list(claim, store, len(claim.passages)))

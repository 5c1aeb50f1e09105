"""What a review rested on, and why it may rest on it no longer."""

from __future__ import annotations

import calendar
import dataclasses
import json
from collections import Counter
from collections.abc import Mapping

from ketakb.hints import Any
from ketakb.model import Claim, Source, Store
from ketakb.text import digest
from ketakb.values import dataclass, field

PROJECT = "project"
"""Who reviewed what a store shipped with; a review by anybody else is an adoption."""
_LENGTH = len("sha256:") + 16


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to review a claim again."""

    kind: str
    """changed, due, withdrawn (its source was retracted or replaced) or source-due."""
    reason: str
    """A clause for the reader."""


@dataclass(frozen=True, slots=True)
class Expiry:
    """Something of the store that holds only until a day."""

    day: str
    """ISO date."""
    message: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How far a store has been reviewed, and what of it runs out."""

    adopted: Mapping[str, int] = field(default_factory=dict)
    """Claims reviewed by others than the project that the store came from, by reviewer."""
    suspect: int = 0
    """Claims that must be reviewed again."""
    until: str | None = None
    """ISO date up to which `expiring` looks; None where nobody asked."""
    expiring: tuple[Expiry, ...] = ()


def upkeep(store: Store, as_of: str, until: str | None = None) -> Upkeep:
    """Return how far a store has been reviewed, and what of it runs out until a day, where one is given."""
    doubtful = sum(bool(doubts(claim, store, as_of)) for claim in store.claims.values())
    soon = tuple(expiring(store, as_of, until)) if until is not None else ()
    return Upkeep(adopted(store), doubtful, until, soon)


def fingerprint(claim: Claim, store: Store) -> str:
    """Return a digest of what a reviewer of a claim looks at: `sha256:` and 16 hexadecimal digits.

    It covers the statement, the assertion, the topics, the passages and the texts of the sources they name.
    It does not cover standing, reasons and wording, which the reviewer decides, nor where a quote stands.
    """
    seen = {
        "statement": claim.statement,
        "assertion": _said(dataclasses.asdict(claim.assertion)),
        "also": claim.also,
        "valid": (claim.valid_from, claim.valid_to),
        "passages": [(one.source, one.quote, one.says, one.locator) for one in claim.passages],
        "sources": {one.id: digest(one.text) for one in _sources(claim, store)},
    }
    return digest(json.dumps(seen, sort_keys=True, ensure_ascii=False))[:_LENGTH]


def _said(value: Any) -> Any:
    """Return a value without fields that say nothing; one that is added later leaves digests as they are."""
    if isinstance(value, dict):
        return {key: _said(part) for key, part in value.items() if part not in (None, False, (), "")}
    return [_said(part) for part in value] if isinstance(value, tuple | list) else value


def doubts(claim: Claim, store: Store, as_of: str) -> list[Doubt]:
    """Return why a claim must be reviewed again as of an ISO day; empty where it need not.

    Reasons are a recorded fingerprint that no longer fits, a day of review that has passed, and sources that
    were retracted, replaced or are themselves due. On the day of review itself it is still in time. A source
    that was replaced is no reason against a claim that is said of the past only.
    """
    found = []
    review = claim.review
    if review.fingerprint is not None and review.fingerprint != fingerprint(claim, store):
        when = f" of {review.on}" if review.on else ""
        found.append(Doubt("changed", f"the claim, a quote or a source was changed after the review{when}"))
    if review.review_by is not None and review.review_by < as_of:
        found.append(Doubt("due", f"it was to be reviewed by {review.review_by}"))
    past = claim.standing == "superseded" or claim.valid_to is not None
    for source in _sources(claim, store):
        if source.retracted:
            found.append(Doubt("withdrawn", f"its source {source.id} was retracted"))
        if source.superseded_by is not None and not past:
            reason = f"its source {source.id} was superseded by {source.superseded_by}"
            found.append(Doubt("withdrawn", reason))
        if source.review_by is not None and source.review_by < as_of:
            reason = f"its source {source.id} was to be reviewed by {source.review_by}"
            found.append(Doubt("source-due", reason))
    return found


def suspect(claim: Claim, store: Store, as_of: str) -> list[str]:
    """Return why a claim must be reviewed again as of an ISO day, a clause each; empty where it need not."""
    return [doubt.reason for doubt in doubts(claim, store, as_of)]


def adopted(store: Store) -> dict[str, int]:
    """Return how many claims each reviewer has reviewed, other than the project that the store came from."""
    names = (claim.review.by for claim in store.claims.values())
    return dict(sorted(Counter(name for name in names if name and name != PROJECT).items()))


def expiring(store: Store, as_of: str, until: str) -> list[Expiry]:
    """Return what runs out from one ISO day to another, both included, the soonest first.

    That is the days by which claims and sources must be reviewed, and the ends of what claims hold for. What
    ran out before is not here: `ketakb check` reports it.
    """
    found = []
    for claim in store.claims.values():
        due, end = claim.review.review_by, claim.valid_to
        if due is not None:
            found.append(Expiry(due, f"`{claim.id}` must be reviewed by {due}", claim.path, claim.line))
        if end is not None:
            found.append(Expiry(_last_day(end), f"`{claim.id}` holds until {end}", claim.path, claim.line))
    for source in store.sources.values():
        if source.review_by is not None:
            message = f"source `{source.id}` must be reviewed by {source.review_by}"
            found.append(Expiry(source.review_by, message, source.path, 1))
    within = [one for one in found if as_of <= one.day <= until]
    return sorted(within, key=lambda one: (one.day, one.path, one.line))


def _last_day(date: str) -> str:
    if len(date) == 4:
        return f"{date}-12-31"
    return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:7]))[1]:02d}" if len(date) == 7 else date


def _sources(claim: Claim, store: Store) -> list[Source]:
    """Return the sources of a claim that the store has, each once."""
    named = dict.fromkeys(passage.source for passage in claim.passages)
    return [store.sources[name] for name in named if name in store.sources]

"""What a review rested on, and why it may rest on it no longer."""

from __future__ import annotations

import dataclasses
import json

from ketakb.model import Claim, Source, Store
from ketakb.text import digest

_LENGTH = len("sha256:") + 16


def fingerprint(claim: Claim, store: Store) -> str:
    """Return a digest of what a reviewer of a claim looks at: `sha256:` and 16 hexadecimal digits.

    It covers the statement, the assertion, the topics, the passages and the texts of the sources they name.
    It does not cover standing, reasons and wording, which the reviewer decides, nor where a quote stands.
    """
    seen = {
        "statement": claim.statement,
        "assertion": dataclasses.asdict(claim.assertion),
        "also": claim.also,
        "valid": (claim.valid_from, claim.valid_to),
        "passages": [(one.source, one.quote, one.says, one.locator) for one in claim.passages],
        "sources": {one.id: digest(one.text) for one in _sources(claim, store)},
    }
    return digest(json.dumps(seen, sort_keys=True, ensure_ascii=False))[:_LENGTH]


def suspect(claim: Claim, store: Store, as_of: str) -> list[str]:
    """Return why a claim must be reviewed again as of an ISO day, a clause a reason; empty where it need not.

    Reasons are a recorded fingerprint that no longer fits, a day of review that has passed, and sources that
    were retracted, superseded or are themselves due. On the day of review itself it is still in time.
    """
    reasons = []
    review = claim.review
    if review.fingerprint is not None and review.fingerprint != fingerprint(claim, store):
        when = f" of {review.on}" if review.on else ""
        reasons.append(f"the claim, a quote or a source was changed after the review{when}")
    if review.review_by is not None and review.review_by < as_of:
        reasons.append(f"it was to be reviewed by {review.review_by}")
    for source in _sources(claim, store):
        if source.retracted:
            reasons.append(f"its source {source.id} was retracted")
        if source.superseded_by is not None:
            reasons.append(f"its source {source.id} was superseded by {source.superseded_by}")
        if source.review_by is not None and source.review_by < as_of:
            reasons.append(f"its source {source.id} was to be reviewed by {source.review_by}")
    return reasons


def _sources(claim: Claim, store: Store) -> list[Source]:
    """Return the sources of a claim that the store has, each once."""
    named = dict.fromkeys(passage.source for passage in claim.passages)
    return [store.sources[name] for name in named if name in store.sources]

"""Recording reviews: in the claim itself, or in reviews.yaml for a claim of a store beneath."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from ketakb.errors import StoreError, UsageError
from ketakb.model import Claim, Review, Store
from ketakb.store.locate import REVIEWS_FILE, is_packaged
from ketakb.store.review import doubts, fingerprint
from ketakb.values import dataclass
from ketakb.yamlio.edit import Scalar, append_items, item_ids, rewrite, set_mappings, set_value, write_new
from ketakb.yamlio.render import Value

_HEADER = """\
# yaml-language-server: $schema=schema/reviews.schema.json
# Reviews by the people of this store of claims that stores beneath it hold; `ketakb review` writes them.
# A claim that is changed beneath no longer fits the fingerprint, and is then to be reviewed again.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer records about claims."""

    by: str
    """Who."""
    on: str
    """ISO date of the review."""
    review_by: str | None = None
    """ISO date by which to look again; None: as the claim says where that lies ahead, else in a year."""
    standing: str | None = None
    because: str | None = None


def require_writable(folder: Path, named: bool = True) -> None:
    """Raise StoreError for the store that comes with ketakb, which is only read.

    `named` is whether the user named the folder: in a repository, that store is written only then.
    """
    if named and not is_packaged(folder):
        return
    raise StoreError(
        "the store that comes with ketakb is read-only; `ketakb init DIR --extends default` writes a layer "
        "of your own over it, which --store DIR then names"
    )


def decided(claim: Claim, store: Store, decision: Decision) -> Review:
    """Return the review of a claim that a decision comes to."""
    due = decision.review_by
    if due is None:
        held = claim.review.review_by
        due = held if held is not None and held > decision.on else year_after(decision.on)
    return Review(decision.by, decision.on, due, fingerprint(claim, store))


def year_after(day: str) -> str:
    """Return the same ISO day of the next year, 28 February for 29 February."""
    date = datetime.date.fromisoformat(day)
    last = (date.month, date.day) == (2, 29)
    return date.replace(year=date.year + 1, day=28 if last else date.day).isoformat()


def adoptable(
    claims: Sequence[Claim], store: Store, as_of: str
) -> tuple[list[Claim], dict[str, list[Claim]]]:
    """Return the claims that may be taken over in bulk, and the others by why each must be looked at."""
    fit: list[Claim] = []
    left: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.standing == "unreviewed":
            left["unreviewed"].append(claim)
        elif claim.review.state == "needed":
            left["not confirmed by anybody yet"].append(claim)
        elif doubts(claim, store, as_of):
            left["suspect"].append(claim)
        else:
            fit.append(claim)
    return fit, dict(left)


def record(store: Store, claims: Sequence[Claim], decision: Decision) -> None:
    """Write a decision on claims into the files of the store, each file at once or not at all.

    Raises UsageError where a claim cannot stand as decided, StoreError where a file cannot be written.
    """
    require_writable(Path(store.root))
    for claim in claims:
        _require_sound(claim, store, decision)
    own: dict[Path, dict[str, Mapping[str, Scalar]]] = defaultdict(dict)
    beneath: dict[str, Mapping[str, Scalar]] = {}
    for claim in claims:
        review = decided(claim, store, decision)
        written = {key: value for key, value in asdict(review).items() if value is not None}
        if is_own(claim, store):
            own[Path(claim.path)][claim.id] = written
        else:
            beneath[claim.id] = written
    for path, reviews in own.items():
        rewrite(path, partial(_changed, reviews=reviews, decision=decision))
    if beneath:
        _record_beneath(Path(store.root) / REVIEWS_FILE, beneath)


def is_own(claim: Claim, store: Store) -> bool:
    """Whether a claim stands in a file of the store itself, not in a store beneath."""
    root, folder = Path(store.root).resolve(), Path(claim.path).resolve().parent
    return folder in (root, root / "claims")


def _require_sound(claim: Claim, store: Store, decision: Decision) -> None:
    changes = decision.standing is not None or decision.because is not None
    if changes and not is_own(claim, store):
        raise UsageError(
            f"{claim.id} is a claim of {claim.layer}, beneath this store; to hold otherwise, write a claim "
            f"with `overrules: {claim.id}` and `because:` into {Path(store.root) / 'claims.yaml'}"
        )
    standing = decision.standing or claim.standing
    if standing in ("rejected", "superseded") and not (decision.because or claim.because):
        raise UsageError(f"{claim.id} cannot be {standing} without a reason; add --because TEXT")
    if standing == "accepted" and not claim.passages:
        raise UsageError(f"{claim.id} cannot be accepted without a passage; add one to its `passages` first")


def _changed(text: str, reviews: Mapping[str, Mapping[str, Scalar]], decision: Decision) -> str:
    for name in reviews:
        if decision.standing is not None:
            text = set_value(text, name, "standing", decision.standing)
        if decision.because is not None:
            text = set_value(text, name, "because", decision.because)
    return set_mappings(text, "review", reviews)


def _record_beneath(path: Path, reviews: Mapping[str, Mapping[str, Scalar]]) -> None:
    if not path.exists():
        write_new(path, append_items(_HEADER, _items(reviews)))
        return

    def change(text: str) -> str:
        known = item_ids(text)
        text = set_mappings(text, "review", {name: one for name, one in reviews.items() if name in known})
        new = {name: one for name, one in reviews.items() if name not in known}
        return append_items(text, _items(new)) if new else text

    rewrite(path, change)


def _items(reviews: Mapping[str, Mapping[str, Scalar]]) -> list[dict[str, Value]]:
    return [{"id": name, "review": dict(review)} for name, review in reviews.items()]

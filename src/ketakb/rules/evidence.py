"""From claims to the evidence that a finding shows, and fingerprints that survive a move."""

from __future__ import annotations

from ketakb.model import Claim, Passage, Store
from ketakb.results import Evidence
from ketakb.sums import sha256
from ketakb.values import replace


def evidence_of(store: Store, claims: list[Claim], most: int = 2) -> tuple[Evidence, ...]:
    """Return up to `most` claims as evidence, each with its strongest passage."""
    return tuple(_evidence(store, claim) for claim in claims[:most])


def _evidence(store: Store, claim: Claim) -> Evidence:
    found = _passage_of(store, claim)
    if claim.overrules is None:
        return found
    return replace(found, overrules=claim.overrules, because=claim.because)


def _passage_of(store: Store, claim: Claim) -> Evidence:
    passage = _strongest(store, claim)
    source = store.sources.get(passage.source) if passage else None
    if passage is None or source is None:
        return Evidence(claim.id, claim.statement, None, None, None, None, None, None, False, claim.layer)
    link = f"https://doi.org/{source.doi}" if source.doi else source.url
    return Evidence(
        claim=claim.id,
        statement=claim.statement,
        source=source.id,
        kind=source.kind,
        title=source.title,
        year=(source.published or "")[:4] or None,
        link=link,
        passage=passage.quote or passage.says,
        quoted=passage.quote is not None,
        layer=claim.layer,
    )


def _strongest(store: Store, claim: Claim) -> Passage | None:
    known = [p for p in claim.passages if p.source in store.sources]
    return min(known, key=lambda p: store.strength(store.sources[p.source].kind), default=None)


def fingerprint(rule: str, text: str, claims: list[str]) -> str:
    """Return a digest of a finding: its rule, the clause with white space and case folded, and the claims."""
    folded = " ".join(text.casefold().split())
    said = f"{rule}|{folded}|{','.join(sorted(claims))}"
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

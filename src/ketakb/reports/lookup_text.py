"""One claim, one source, and the lists of topics and sources, as a person looks them up."""

from __future__ import annotations

from collections import Counter

from ketakb.hints import IO
from ketakb.model import Claim, Source, Store
from ketakb.reports.citation import citation
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import Paper, count_of, paper, quoted
from ketakb.terms import Topic


def write_claim(claim: Claim, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write all that the store holds on one claim."""
    out = paper(stream, options)
    out.line((claim.id, "path"), f" {claim.standing} ", (", ".join(claim.topics), "dim"))
    out.line(claim.statement, indent=2)
    write_fields(out, claim, store)
    for passage in claim.passages:
        source = store.sources.get(passage.source)
        line = f":{passage.line}" if passage.line else ""
        said = quoted(passage.quote) if passage.quote else f"{passage.says} (our summary)"
        locator = f", {passage.locator}" if passage.locator else ""
        out.line((f"{passage.source}{line}{locator}: ", "path"), said, indent=4)
        if source:
            out.line((citation(source), "dim"), indent=6)


def write_fields(out: Paper, claim: Claim, store: Store) -> None:
    """Write why a claim stands as it does, how to say it, since when, and who reviewed it."""
    review = claim.review
    fields = (
        ("because", claim.because),
        ("write", claim.prefer),
        ("holds", _validity(claim)),
        ("overrules", claim.overrules),
        ("from", claim.layer if len(store.layers) > 1 else None),
        ("reviewed", f"{review.on or 'no date'} by {review.by}" if review.by else None),
        ("review", "needed; nobody has confirmed it yet" if review.state == "needed" else None),
        ("review by", review.review_by),
        ("file", f"{claim.path}:{claim.line}" if claim.path else None),
    )
    for name, value in fields:
        if value:
            out.line((f"{name}: ", "dim"), value, indent=2)


def write_source(source: Source, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write one source and the claims that rest on it."""
    out = paper(stream, options)
    out.line((source.id, "path"), f" {source.kind}")
    out.line(citation(source), indent=2)
    kept = "verbatim" if source.verbatim else "our summary, never shown as a quotation"
    fields = (
        ("publisher", source.publisher),
        ("text", kept),
        ("rights", source.rights),
        ("superseded by", source.superseded_by),
        ("retracted", "yes" if source.retracted else None),
        ("file", source.path),
    )
    for name, value in fields:
        if value:
            out.line((f"{name}: ", "dim"), value, indent=2)
    for claim in store.claims.values():
        if any(passage.source == source.id for passage in claim.passages):
            out.line((f"{claim.id} ", "path"), (f"{claim.standing} ", "dim"), claim.statement, indent=4)


def write_topic(topic: Topic, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write one topic and its claims, the accepted ones first."""
    out = paper(stream, options)
    _topic(out, topic, [claim for claim in store.claims.values() if topic.id in claim.topics])
    order = ("accepted", "contested", "unreviewed", "superseded", "rejected")
    claims = [claim for claim in store.claims.values() if topic.id in claim.topics]
    rank = {name: at for at, name in enumerate(order)}
    for claim in sorted(claims, key=lambda c: (rank.get(c.standing, 9), c.id)):
        out.line((f"{claim.id} ", "path"), (f"{claim.standing} ", "dim"), claim.statement, indent=4)


def write_topics(store: Store, prefix: str, stream: IO[str], options: ReportOptions) -> None:
    """Write one line a topic: its key, its question, how many claims answer it and how they stand."""
    out = paper(stream, options)
    held: dict[str, list[Claim]] = {}
    for claim in store.claims.values():
        for name in claim.topics:
            held.setdefault(name, []).append(claim)
    for key, topic in sorted(store.topics.items()):
        if key.startswith(prefix):
            _topic(out, topic, held.get(key, []))


def write_sources(store: Store, kind: str | None, stream: IO[str], options: ReportOptions) -> None:
    """Write one line a source, the strongest kinds first."""
    out = paper(stream, options)
    cited = Counter(name for claim in store.claims.values() for name in {p.source for p in claim.passages})
    for source in sorted(store.sources.values(), key=lambda s: (store.strength(s.kind), s.id)):
        if kind is None or source.kind == kind:
            used = count_of(cited[source.id], "claim")
            out.line((f"{source.id} ", "path"), f"{source.kind}: ", source.title, (f" ({used})", "dim"))


def _topic(out: Paper, topic: Topic, claims: list[Claim]) -> None:
    standings = Counter(claim.standing for claim in claims)
    numbers = ", ".join(f"{n} {name}" for name, n in sorted(standings.items())) or "no claims"
    out.line((f"{topic.id} ", "path"), topic.question, (f" ({numbers})", "dim"))


def _validity(claim: Claim) -> str | None:
    parts = [
        f"from {claim.valid_from}" if claim.valid_from else "",
        f"to {claim.valid_to}" if claim.valid_to else "",
    ]
    return " ".join(part for part in parts if part) or None

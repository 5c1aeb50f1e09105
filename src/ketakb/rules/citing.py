"""Sentences and what they cite: sources to suggest, and cited sources that say otherwise."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from ketakb.compare.compare import compare
from ketakb.compare.index import ClaimIndex
from ketakb.extract.document import DocumentReading
from ketakb.model import Claim, Source, Store
from ketakb.results import Cite, Finding, Judged, Reading
from ketakb.rules.evidence import evidence_of, fingerprint
from ketakb.rules.judged import say
from ketakb.rules.references import References, find_references, names_source, sources_by_key
from ketakb.rules.registry import heading_of
from ketakb.text import Span
from ketakb.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A sentence with the references that follow its full stop."""

    span: Span
    heading: bool


def disagreeing(
    index: ClaimIndex, text: str, reading: DocumentReading, judged: Sequence[Judged]
) -> list[Finding]:
    """Return a finding for each reference to a source of the store that contradicts its sentence."""
    if not names_source(text):
        return []
    references = find_references(text)
    known = sources_by_key(index.store)
    stretches = _stretches(references, reading)
    found: dict[tuple[Span, str], Finding] = {}
    for one in judged:
        stretch = _around(stretches, one.reading.span)
        if stretch is None or one.verdict == "contested":
            continue
        for reference in references.within(stretch.span.start, stretch.span.end):
            sources = {source.id for key in reference.keys for source in known.get(key, ())}
            claim = _contrary(index, one.reading, sources) if sources else None
            if claim is not None:
                key = (reference.span, one.reading.assertion.topic)
                found.setdefault(key, _finding(index.store, text, one.reading, reference.span, claim))
    return list(found.values())


def suggested(
    store: Store, text: str, reading: DocumentReading, judged: Sequence[Judged]
) -> tuple[Judged, ...]:
    """Return what was judged, with a source for each supported statement that cites none."""
    references = find_references(text)
    stretches = _stretches(references, reading)
    out = []
    for one in judged:
        if one.verdict == "supported":
            stretch = _around(stretches, one.reading.span)
            if stretch and not stretch.heading and not references.cites(stretch.span.start, stretch.span.end):
                one = replace(one, cite=_cite(store, one))
        out.append(one)
    return tuple(out)


def _stretches(references: References, reading: DocumentReading) -> list[_Stretch]:
    """Return the sentences in order; what follows one and holds no word of its own belongs to it."""
    text, bare = references.text, references.bare
    starts = []
    for sentence in reading.sentences:
        start, end = sentence.span.start, sentence.span.end
        while start < end and not bare[start].isalnum():
            start += 1
        if start < end:
            starts.append((start, end, sentence.heading))
    stretches = []
    for number, (start, end, heading) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(text)
        line = text.find("\n", end, stop)
        stop = stop if line < 0 else line
        stretches.append(_Stretch(Span(start, max(stop, end)), heading))
    return stretches


def _around(stretches: list[_Stretch], span: Span) -> _Stretch | None:
    at = bisect.bisect_right(stretches, span.start, key=lambda one: one.span.start)
    return next((one for one in stretches[max(0, at - 1) : at + 1] if one.span.overlaps(span)), None)


def _contrary(index: ClaimIndex, reading: Reading, sources: set[str]) -> Claim | None:
    """Return a claim on one of the sources that contradicts a reading, unless another agrees with it."""
    topic = index.store.topics.get(reading.assertion.topic)
    if topic is None:
        return None
    against: list[Claim] = []
    for claim in index.under(topic.id):
        passages = tuple(passage for passage in claim.passages if passage.source in sources)
        if not passages or index.in_force(claim) != "now" or claim.standing == "superseded":
            continue
        outcome = compare(index.store, topic, reading.assertion, claim.assertion, index.as_of)
        if outcome.agrees or outcome.mild:
            return None
        if outcome.is_conflict:
            against.append(replace(claim, passages=passages))
    return min(against, key=lambda c: (len(c.assertion.qualifiers), c.id), default=None)


def _finding(store: Store, text: str, reading: Reading, span: Span, claim: Claim) -> Finding:
    rule = heading_of("KB213")
    words = text[reading.span.start : reading.span.end]
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.severity,
        verdict="contradicted",
        topic=reading.assertion.topic,
        message=(
            f"The sentence says that {say(store, reading)}; the source cited here says otherwise: "
            f"{claim.statement.strip().rstrip('.')}."
        ),
        why=f"{reading.frame}; read from “{' '.join(words.split())}”",
        span=span,
        suggestion=claim.prefer if claim.standing == "accepted" else None,
        evidence=evidence_of(store, [claim]),
        fingerprint=fingerprint(rule.id, words + text[span.start : span.end], [claim.id]),
    )


def _cite(store: Store, judged: Judged) -> Cite | None:
    """Return the strongest source of the claim that fits best; never marketing, nor what was withdrawn."""
    said = judged.reading.assertion
    agreeing = [store.claims[link.claim] for link in judged.claims if link.stance == "agrees"]

    def apart(claim: Claim) -> tuple[bool, bool]:
        return claim.assertion.subject != said.subject, claim.assertion.objects != said.objects

    for claim in sorted(agreeing, key=apart):  # on the very same things first
        if claim.standing != "accepted":
            continue
        sources = [store.sources[p.source] for p in claim.passages if p.source in store.sources]
        fit = [source for source in sources if _is_citable(store, source)]
        if fit:
            best = min(fit, key=lambda s: (store.strength(s.kind), not (s.doi or s.url), s.id))
            return Cite(best.id, claim.id)
    return None


def _is_citable(store: Store, source: Source) -> bool:
    return not store.is_weak(source.kind) and not source.retracted and source.superseded_by is None

"""The clause that a finding is on, as the makers of edits see it."""

from __future__ import annotations

from dataclasses import dataclass

from ketakb.compare.index import is_weak
from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.sentence import Sentence, analyse
from ketakb.language.sentences import split_sentences
from ketakb.model import Claim, Store
from ketakb.readers.document import Document
from ketakb.results import DocumentReport, Finding, Judged
from ketakb.text import Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A finding with the sentence it is in, the reading it is about and the claims against it."""

    lexicon: Lexicon
    text: str
    finding: Finding
    sentence: Sentence
    judged: Judged | None
    """None for a finding on wording."""
    claims: tuple[Claim, ...]
    """Accepted claims of sources that are not weak, in the order of the finding's evidence, then by id."""

    @property
    def store(self) -> Store:
        """The store that the draft is held against."""
        return self.lexicon.store

    def mention_at(self, span: Span, concept: str) -> Mention | None:
        """Return the mention of a concept that covers exactly a span, no words left out inside; or None."""
        for mention in self.sentence.mentions:
            if mention.concept == concept and self.sentence.place(mention.first, mention.last) == span:
                return None if mention.gapped else mention
        return None


def clause_of(lexicon: Lexicon, document: Document, report: DocumentReport, finding: Finding) -> Clause | None:
    """Return the clause that a finding is on; None for one on the whole document, or outside any sentence."""
    if finding.span is None:
        return None
    span = _sentence_of(document, finding.span)
    if span is None:
        return None
    judged = next((one for one in report.judged if _is_about(finding, one)), None)
    claims = _claims(lexicon.store, finding, judged) if judged else ()
    return Clause(lexicon, document.text, finding, analyse(lexicon, document.plain, span), judged, claims)


def _is_about(finding: Finding, judged: Judged) -> bool:
    return (
        judged.reading.span == finding.span
        and judged.reading.assertion.topic == finding.topic
        and judged.verdict == finding.verdict
    )


def _sentence_of(document: Document, place: Span) -> Span | None:
    for block in document.blocks:
        if block.span.covers(place):
            for span in split_sentences(document.plain, block.span.start, block.span.end):
                if span.covers(place):
                    return span
    return None


def _claims(store: Store, finding: Finding, judged: Judged) -> tuple[Claim, ...]:
    """Return the claims that a clause can be mended by, those that the finding shows first."""
    shown = [evidence.claim for evidence in finding.evidence]
    against = [link.claim for link in judged.claims if link.stance == "contradicts"]
    order = dict.fromkeys([name for name in shown if name in against] + sorted(against))
    found = [store.claims[name] for name in order if name in store.claims]
    return tuple(claim for claim in found if claim.standing == "accepted" and not is_weak(store, claim))

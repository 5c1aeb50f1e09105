"""The clause that a finding is on, as the makers of edits see it."""

from __future__ import annotations

from ketakb.compare.index import is_weak
from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.sentence import Sentence, analyse_in_text
from ketakb.language.sentences import split_sentences
from ketakb.model import Claim, Store
from ketakb.readers.document import Document
from ketakb.results import DocumentReport, Finding, Judged
from ketakb.text import Span
from ketakb.values import dataclass


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
    """Accepted and confirmed claims of sources that are not weak, in the order in which the finding shows them."""
    jurisdiction: str
    """That the draft is read for."""

    @property
    def store(self) -> Store:
        """The store that the draft is held against."""
        return self.lexicon.store

    @property
    def limits(self) -> frozenset[tuple[str, str]]:
        """Under which limits the draft says what it says: (qualifier, value) pairs, wider values included."""
        assertion = self.judged.reading.assertion if self.judged else None
        pairs = [(key, value) for key, values in (assertion.qualifiers if assertion else ()) for value in values]
        wider = [(key, name) for key, value in pairs for name in self.store.ancestors(value)]
        objects = [("indication", name) for name in (assertion.objects if assertion else ())]
        return frozenset((*pairs, *wider, *objects, ("jurisdiction", self.jurisdiction)))

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
    sentence = analyse_in_text(lexicon, document.plain, span)
    return Clause(lexicon, document.text, finding, sentence, judged, claims, report.jurisdiction)


def limits_of(clause: Clause, claim: Claim) -> frozenset[tuple[str, str]]:
    """Return the limits of a claim that a draft must state before it may have the claim's figure or verb."""
    return frozenset((key, value) for key, values in claim.assertion.qualifiers for value in values)


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
    """Return the claims that a clause can be mended by: of those that the finding shows, the ones to rely on."""
    against = {link.claim for link in judged.claims if link.stance == "contradicts"}
    shown = [evidence.claim for evidence in finding.evidence if evidence.claim in against]
    found = [store.claims[name] for name in shown if name in store.claims]
    return tuple(claim for claim in found if claim.standing == "accepted" and not is_weak(store, claim))

"""Preferred wording that fits by construction: one whole sentence in place of another."""

from __future__ import annotations

from ketakb.language.sentences import split_sentences
from ketakb.lsp.bench import Audited
from ketakb.results import Finding
from ketakb.text import Span

_CLOSING = ".!?"


def whole_sentence(audited: Audited, finding: Finding) -> tuple[Span, str] | None:
    """Return the sentence to replace and the wording to put there; None where the wording would not fit.

    It fits where the finding is on all of a sentence without markup inside, and its suggestion is the preferred wording
    of an accepted claim that stands against it, itself one sentence. Advice on what to write is no wording.
    """
    wording = _wording_of(audited, finding)
    if wording is None or finding.span is None:
        return None
    document = audited.document
    for block in document.blocks:
        if block.kind not in ("paragraph", "item") or not block.span.covers(finding.span):
            continue
        for sentence in split_sentences(document.plain, block.span.start, block.span.end):
            words = document.text[sentence.start : sentence.end]
            if words != document.plain[sentence.start : sentence.end]:
                continue
            bare = Span(sentence.start, sentence.start + len(words.rstrip(_CLOSING + " ")))
            if finding.span in (bare, sentence) and words[-1:] in _CLOSING:
                return sentence, wording
    return None


def _wording_of(audited: Audited, finding: Finding) -> str | None:
    """Return the suggestion of a finding where a claim holds it ready, one sentence."""
    if not finding.suggestion or finding.verdict not in ("contradicted", "stale"):
        return None
    claims = audited.ready.store.claims
    shown = [claims[item.claim] for item in finding.evidence if item.claim in claims]
    held = any(claim.prefer == finding.suggestion and claim.standing == "accepted" for claim in shown)
    wording = finding.suggestion.strip()
    if not held or len(split_sentences(wording)) != 1:
        return None
    return wording if wording.endswith(tuple(_CLOSING)) else f"{wording}."

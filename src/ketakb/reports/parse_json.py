"""How a text was read, for machines: schema ketakb.parse/1."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.hints import IO, Any
from ketakb.model import Store
from ketakb.parsed import ParsedDocument, ParsedSentence
from ketakb.reports.jsonio import assertion, dump, place
from ketakb.reports.options import ReportOptions
from ketakb.results import Reading

SCHEMA = "ketakb.parse/1"


def write(documents: Sequence[ParsedDocument], store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write every sentence with what was found in it."""
    dump({"schema": SCHEMA, "documents": [_document(document) for document in documents]}, stream)


def _document(document: ParsedDocument) -> dict[str, Any]:
    return {
        "path": document.path,
        "sentences": [_sentence(document.text, sentence) for sentence in document.sentences],
        "assertions": [_reading(document.text, reading) for reading in document.readings],
    }


def _sentence(text: str, sentence: ParsedSentence) -> dict[str, Any]:
    return {
        "start": sentence.span.start,
        "end": sentence.span.end,
        "text": text[sentence.span.start : sentence.span.end],
        "mentions": [
            {
                "entity": m.entity,
                "start": m.span.start,
                "end": m.span.end,
                "negated": m.negated,
                "certainty": m.certainty,
                "about": m.about,
            }
            for m in sentence.mentions
        ],
        "cues": [
            {
                "kind": c.kind,
                "start": c.span.start,
                "end": c.span.end,
                "scope_start": c.scope.start,
                "scope_end": c.scope.end,
            }
            for c in sentence.cues
        ],
        "relations": [
            {
                "relation": r.relation,
                "polarity": r.polarity,
                "subject": r.subject,
                "object": r.object,
                "negated": r.negated,
                "certainty": r.certainty,
                "start": r.span.start,
                "end": r.span.end,
            }
            for r in sentence.relations
        ],
        "quantities": [
            {
                "low": q.value.low,
                "high": q.value.high,
                "unit": q.value.unit,
                "start": q.span.start,
                "end": q.span.end,
            }
            for q in sentence.quantities
        ],
        "why": list(sentence.why),
    }


def _reading(text: str, reading: Reading) -> dict[str, Any]:
    return {
        **place(text, reading.span),
        **assertion(reading.assertion),
        "frame": reading.frame,
        "triggers": [
            {"concept": concept, "start": span.start, "end": span.end, "text": text[span.start : span.end]}
            for concept, span in reading.triggers
        ],
    }

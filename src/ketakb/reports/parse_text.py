"""How a text was read, for a person: each sentence, and under it what was found and what it came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketakb.assertion import Assertion, Value
from ketakb.hints import IO
from ketakb.model import Store
from ketakb.parsed import ParsedDocument, ParsedSentence
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import Paper, paper, quoted
from ketakb.reports.tally import position


def write(documents: Sequence[ParsedDocument], store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write every sentence with its mentions, cues, relations, quantities and assertions."""
    out = paper(stream, options)
    for document in documents:
        for sentence in document.sentences:
            _sentence(out, document, sentence)
        if not document.sentences:
            out.line((f"{document.path}: ", "path"), "holds no sentence")


def _sentence(out: Paper, document: ParsedDocument, sentence: ParsedSentence) -> None:
    at = position(document.text, sentence.span.start)
    out.line(
        (f"{document.path}:{at.line}:{at.column}: ", "path"),
        document.text[sentence.span.start : sentence.span.end],
    )
    for kind, words in _found(document, sentence):
        out.line((f"{kind}: ", "dim"), words, indent=4)
    readings = [reading for reading in document.readings if sentence.span.overlaps(reading.span)]
    for reading in readings:
        out.line(
            ("asserts: ", "good"), _assertion(reading.assertion), (f" [{reading.frame}]", "dim"), indent=4
        )
    if not readings:
        out.line(("asserts nothing that the store speaks of", "dim"), indent=4)
    for reason in sentence.why:
        out.line((f"why: {reason}", "dim"), indent=4)


def _found(document: ParsedDocument, sentence: ParsedSentence) -> Iterator[tuple[str, str]]:
    def words(start: int, end: int) -> str:
        return quoted(document.text[start:end])

    for mention in sentence.mentions:
        state = [mention.certainty] if mention.certainty != "asserted" else []
        state += ["negated"] if mention.negated else []
        state += [mention.about] if mention.about != "current" else []
        note = f" ({', '.join(state)})" if state else ""
        yield "mention", f"{words(mention.span.start, mention.span.end)} {mention.entity}{note}"
    for cue in sentence.cues:
        yield cue.kind, f"{words(cue.span.start, cue.span.end)} over {words(cue.scope.start, cue.scope.end)}"
    for relation in sentence.relations:
        verb = f"not {relation.relation}" if relation.negated else relation.relation
        note = f" ({relation.certainty})" if relation.certainty != "asserted" else ""
        yield "relation", f"{relation.subject or '?'} {verb} {relation.object or '?'}{note}"
    for quantity in sentence.quantities:
        yield "quantity", f"{words(quantity.span.start, quantity.span.end)} {_value(quantity.value)}"


def _assertion(said: Assertion) -> str:
    parts = [said.topic + ":", said.subject or "?"]
    parts += ["not"] if said.negated else []
    parts += [said.relation or "?", *([said.quantifier] if said.quantifier else []), ", ".join(said.objects)]
    parts += [f"than {said.than}"] if said.than else []
    parts += [_value(said.value)] if said.value else []
    parts += [f"{key}={','.join(values)}" for key, values in said.qualifiers]
    parts += [f"({said.certainty})"] if said.certainty != "asserted" else []
    return " ".join(part for part in parts if part)


def _value(value: Value) -> str:
    low = "" if value.low is None else f"{value.low:g}"
    high = "" if value.high is None else f"{value.high:g}"
    number = low if low == high else f"{low}..{high}"
    return f"{'about ' if value.approx else ''}{number} {value.unit}{' of ' + value.of if value.of else ''}"

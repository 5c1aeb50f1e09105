"""What every JSON format shares: layout, and the values that occur in several of them."""

from __future__ import annotations

import json

from ketakb.assertion import Assertion, Value
from ketakb.hints import IO, Any
from ketakb.model import Passage
from ketakb.reports.tally import position
from ketakb.text import Span


def dump(value: Any, stream: IO[str]) -> None:
    """Write a value as indented JSON; lone surrogates are escaped, all else is written as it is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    stream.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def place(text: str, span: Span | None) -> dict[str, Any]:
    """Return the offsets, lines, columns and words of a span; all null where there is none."""
    if span is None:
        names = ("start", "end", "line", "column", "end_line", "end_column", "text")
        return dict.fromkeys(names)
    first, last = position(text, span.start), position(text, span.end)
    return {
        "start": span.start,
        "end": span.end,
        "line": first.line,
        "column": first.column,
        "end_line": last.line,
        "end_column": last.column,
        "text": text[span.start : span.end],
    }


def assertion(said: Assertion) -> dict[str, Any]:
    """Return the fields of an assertion; `object` is one id, or a list where the text names several."""
    objects = said.objects
    return {
        "topic": said.topic,
        "subject": said.subject,
        "relation": said.relation,
        "object": None if not objects else objects[0] if len(objects) == 1 else list(objects),
        "value": _value(said.value),
        "negated": said.negated,
        "certainty": said.certainty,
        "qualifiers": {
            key: values[0] if len(values) == 1 else list(values) for key, values in said.qualifiers
        },
        "quantifier": said.quantifier,
        "only": said.only,
        "than": said.than,
        "attributed": said.attributed,
        "time": {"from": said.time.start, "to": said.time.end, "relative": said.time.relative}
        if said.time
        else None,
        "phases": [{"from": p.start, "to": p.end, "rate": [p.low, p.high]} for p in said.phases],
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {"low": value.low, "high": value.high, "unit": value.unit, "of": value.of, "approx": value.approx}


def passage(item: Passage, kind: str | None) -> dict[str, Any]:
    """Return one passage; `quote` is verbatim, `says` is our summary, one of them is null."""
    return {
        "source": item.source,
        "kind": kind,
        "quote": item.quote,
        "says": item.says,
        "locator": item.locator,
        "line": item.line,
    }

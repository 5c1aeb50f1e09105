"""The audit as JSON lines: a line per document as soon as it is read, and one at the end for all together.

A line is complete in itself: `ketakb.audit-document/1` with the fields of a document in `ketakb.audit/1`, and
`ketakb.audit-summary/1` with conflicts, skipped files and counts.
"""

from __future__ import annotations

import json

from ketakb.hints import IO, Any
from ketakb.model import Store
from ketakb.reports.json_audit import closing, document_fields, heading
from ketakb.reports.options import ReportOptions
from ketakb.results import AuditReport, DocumentReport, Totals

DOCUMENT = "ketakb.audit-document/1"
SUMMARY = "ketakb.audit-summary/1"


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write every document, then the summary."""
    for document in report.documents:
        stream.write(document_line(document, store))
    stream.write(summary_line(report, store, options))


def document_line(document: DocumentReport, store: Store) -> str:
    """Return the line of one document."""
    return _line({"schema": DOCUMENT, **document_fields(document, store)})


def summary_line(report: AuditReport, store: Store, options: ReportOptions, totals: Totals | None = None) -> str:
    """Return the last line; `totals` are given where the report does not hold the documents."""
    return _line({"schema": SUMMARY, **heading(report, options), **closing(report, store, totals)})


def _line(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in ("\u2028", "\u2029", "\x85"):  # some readers take these for the end of a line
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"

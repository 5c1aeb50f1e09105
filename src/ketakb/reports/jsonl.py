"""The audit as JSON lines: a line per document as soon as it is read, and one at the end for all together.

A line is complete in itself: `ketakb.audit-document/1` with the fields of a document in `ketakb.audit/1`, and
`ketakb.audit-summary/1` with conflicts, skipped files and counts.
"""

from __future__ import annotations

import json
from typing import IO, Any

from ketakb.model import Store
from ketakb.reports.json_audit import closing, document_fields, heading
from ketakb.reports.options import ReportOptions
from ketakb.results import AuditReport, DocumentReport

DOCUMENT = "ketakb.audit-document/1"
SUMMARY = "ketakb.audit-summary/1"


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write every document, then the summary."""
    for document in report.documents:
        write_document(document, store, stream)
    write_summary(report, store, stream, options)


def write_document(document: DocumentReport, store: Store, stream: IO[str]) -> None:
    """Write the line of one document, and let its reader have it."""
    _line({"schema": DOCUMENT, **document_fields(document, store)}, stream)


def write_summary(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write the last line."""
    _line({"schema": SUMMARY, **heading(report, options), **closing(report, store)}, stream)


def _line(value: dict[str, Any], stream: IO[str]) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in ("\u2028", "\u2029", "\x85"):  # some readers take these for the end of a line
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    stream.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
    stream.flush()

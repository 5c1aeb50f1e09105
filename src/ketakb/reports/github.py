"""Annotations of a GitHub workflow: a command a finding, shown beside the lines of a pull request.

What a draft says can neither end the command nor begin another: line breaks, percent signs and, in
properties, colons and commas are escaped.
"""

from __future__ import annotations

from ketakb.hints import IO
from ketakb.model import Store
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import safe
from ketakb.reports.tally import ordered, position, read_said, shown_evidence
from ketakb.results import AuditReport, Conflict, DocumentReport, Finding

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write findings, or open conflicts; then, as plain lines, how far each draft was read."""
    for document in report.documents:
        for finding in ordered(document):
            if options.notes or finding.severity != "note":
                stream.write(_finding(document, finding) + "\n")
    if not report.documents:
        for conflict in report.conflicts:
            if conflict.status == "open" and (options.notes or conflict.severity != "note"):
                stream.write(_conflict(conflict) + "\n")
    for document in () if options.quiet else report.documents:
        stream.write(f"ketakb: {safe(document.path)}: {read_said(document)}\n")


def _finding(document: DocumentReport, finding: Finding) -> str:
    where = {"file": document.path} if document.path != "-" else {}
    message = finding.message
    if finding.span is not None:
        named = document.locator(finding.span.start)
        if named is None:
            where |= _lines(document.text, finding.span.start, finding.span.end)
        else:
            message = f"{named}: {message}"
    if finding.suggestion:
        message += f" Write: {finding.suggestion}"
    for item in shown_evidence(finding)[:1]:
        message += f" Source: {item.title or item.source or item.claim} {item.link or ''}".rstrip()
    return _command(finding.severity, where, f"{finding.rule} {finding.name}", message)


def _lines(text: str, start: int, end: int) -> dict[str, str]:
    """Return the lines of a clause, and its columns where it stands on one: GitHub takes them only then."""
    first, last = position(text, start), position(text, max(start, end - 1))
    if first.line != last.line:
        return {"line": str(first.line), "endLine": str(last.line)}
    return {"line": str(first.line), "col": str(first.column), "endColumn": str(last.column + 1)}


def _conflict(conflict: Conflict) -> str:
    claims = [side.claim for side in conflict.sides if side.claim]
    first = claims[0] if claims else None
    where = {"file": first.path, "line": str(first.line)} if first and first.path else {}
    names = " / ".join(claim.id for claim in claims)
    return _command(
        conflict.severity, where, f"{conflict.rule} {conflict.kind}", f"{names}: {conflict.message}"
    )


def _command(severity: str, where: dict[str, str], title: str, message: str) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**where, "title": title}.items())
    return f"::{_COMMANDS[severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

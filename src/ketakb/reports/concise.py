"""One line a finding, for editors and grep: path:line:column: severity: message [rule]."""

from __future__ import annotations

from ketakb.hints import IO
from ketakb.model import Store
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import safe
from ketakb.reports.tally import ordered, position, silence_said
from ketakb.results import AuditReport, Conflict, DocumentReport, Finding


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write findings, then conflicts of the store; nothing where there is nothing to say."""
    for document in report.documents:
        for finding in ordered(document):
            if options.notes or finding.severity != "note":
                stream.write(safe(_finding(document, finding)) + "\n")
        for one in document.silenced if options.show_ignored else ():
            told = f"{_finding(document, one.finding)} silenced: {silence_said(one.silence)}"
            stream.write(safe(told) + "\n")
    if not report.documents:
        for conflict in report.conflicts:
            if _shown(conflict, options):
                stream.write(safe(_conflict(conflict)) + "\n")


def _shown(conflict: Conflict, options: ReportOptions) -> bool:
    loud = conflict.status == "open" or not options.open_only
    return loud and (options.notes or conflict.severity != "note")


def _finding(document: DocumentReport, finding: Finding) -> str:
    place = document.path
    if finding.span is not None:
        at = position(document.text, finding.span.start)
        named = document.locator(finding.span.start)
        place = f"{document.path}:{at.line}:{at.column}" + (f" ({named})" if named else "")
    use = f" Write: {finding.suggestion}" if finding.suggestion else ""
    return f"{place}: {finding.severity}: {finding.message}{use} [{finding.rule} {finding.name}]"


def _conflict(conflict: Conflict) -> str:
    claims = [side.claim for side in conflict.sides if side.claim]
    first = claims[0] if claims else None
    place = f"{first.path}:{first.line}" if first and first.path else conflict.topic
    names = " / ".join(claim.id for claim in claims)
    rule = f"[{conflict.rule} {conflict.kind}]"
    return f"{place}: {conflict.severity}: {conflict.status}: {names}: {conflict.message} {rule}"

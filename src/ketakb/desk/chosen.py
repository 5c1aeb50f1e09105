"""What of a report counts: --select and --ignore, and the exit status."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.results import AuditReport, Conflict, DocumentReport, Totals
from ketakb.values import replace

_RANK = {"error": 3, "warning": 2, "note": 1}


def choose(report: AuditReport, select: tuple[str, ...], ignore: tuple[str, ...]) -> AuditReport:
    """Return a report with only the rules that begin with a prefix of `select` and with none of `ignore`."""
    if not select and not ignore:
        return report
    documents = tuple(choose_in(document, select, ignore) for document in report.documents)
    conflicts = tuple(one for one in report.conflicts if kept(one.rule, select, ignore))
    return replace(report, documents=documents, conflicts=conflicts)


def choose_in(document: DocumentReport, select: tuple[str, ...], ignore: tuple[str, ...]) -> DocumentReport:
    """Return what choose makes of one document."""
    if not select and not ignore:
        return document
    found = tuple(finding for finding in document.findings if kept(finding.rule, select, ignore))
    silenced = tuple(one for one in document.silenced if kept(one.finding.rule, select, ignore))
    return replace(document, findings=found, silenced=silenced)


def kept(rule: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Whether a rule is reported."""
    return (not select or rule.startswith(select)) and not (ignore and rule.startswith(ignore))


def reaches(severity: str, fail_on: str) -> bool:
    """Whether a severity makes the command fail."""
    return _RANK.get(severity, 0) >= _RANK.get(fail_on, 9)


def status(report: AuditReport, fail_on: str) -> int:
    """Return 1 where a finding or an open conflict reaches the severity, else 0."""
    findings = (finding.severity for document in report.documents for finding in document.findings)
    conflicts = (conflict.severity for conflict in report.conflicts if conflict.status == "open")
    return int(any(reaches(severity, fail_on) for severity in (*findings, *conflicts)))


def status_of(totals: Totals, conflicts: Sequence[Conflict], fail_on: str) -> int:
    """Return what status returns, from the numbers of findings and the conflicts."""
    found = {"error": totals.errors, "warning": totals.warnings, "note": totals.notes}
    loud = [one.severity for one in conflicts if one.status == "open"]
    return int(any(reaches(severity, fail_on) for severity in (*(name for name in found if found[name]), *loud)))

"""What of a report counts: --select and --ignore, and the exit status."""

from __future__ import annotations

from ketakb.results import AuditReport, DocumentReport
from ketakb.values import replace

_RANK = {"error": 3, "warning": 2, "note": 1}


def choose(report: AuditReport, select: tuple[str, ...], ignore: tuple[str, ...]) -> AuditReport:
    """Return a report with only the rules that begin with a prefix of `select` and with none of `ignore`."""
    if not select and not ignore:
        return report
    documents = tuple(choose_in(document, select, ignore) for document in report.documents)
    conflicts = tuple(one for one in report.conflicts if _kept(one.rule, select, ignore))
    return replace(report, documents=documents, conflicts=conflicts)


def choose_in(document: DocumentReport, select: tuple[str, ...], ignore: tuple[str, ...]) -> DocumentReport:
    """Return what choose makes of one document."""
    if not select and not ignore:
        return document
    found = tuple(finding for finding in document.findings if _kept(finding.rule, select, ignore))
    silenced = tuple(one for one in document.silenced if _kept(one.finding.rule, select, ignore))
    return replace(document, findings=found, silenced=silenced)


def _kept(rule: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    return (not select or rule.startswith(select)) and not (ignore and rule.startswith(ignore))


def reaches(severity: str, fail_on: str) -> bool:
    """Whether a severity makes the command fail."""
    return _RANK.get(severity, 0) >= _RANK.get(fail_on, 9)


def status(report: AuditReport, fail_on: str) -> int:
    """Return 1 where a finding or an open conflict reaches the severity, else 0."""
    findings = (finding.severity for document in report.documents for finding in document.findings)
    conflicts = (conflict.severity for conflict in report.conflicts if conflict.status == "open")
    return int(any(reaches(severity, fail_on) for severity in (*findings, *conflicts)))

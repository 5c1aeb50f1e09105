"""What of a report counts: --select and --ignore, and the exit status."""

from __future__ import annotations

from dataclasses import replace

from ketakb.results import AuditReport

_RANK = {"error": 3, "warning": 2, "note": 1}


def choose(report: AuditReport, select: tuple[str, ...], ignore: tuple[str, ...]) -> AuditReport:
    """Return a report with only the rules that begin with a prefix of `select` and with none of `ignore`."""
    if not select and not ignore:
        return report

    def kept(rule: str) -> bool:
        return (not select or rule.startswith(select)) and not (ignore and rule.startswith(ignore))

    documents = tuple(
        replace(document, findings=tuple(f for f in document.findings if kept(f.rule)))
        for document in report.documents
    )
    return replace(report, documents=documents, conflicts=tuple(c for c in report.conflicts if kept(c.rule)))


def reaches(severity: str, fail_on: str) -> bool:
    """Whether a severity makes the command fail."""
    return _RANK.get(severity, 0) >= _RANK.get(fail_on, 9)


def status(report: AuditReport, fail_on: str) -> int:
    """Return 1 where a finding or an open conflict reaches the severity, else 0."""
    findings = (finding.severity for document in report.documents for finding in document.findings)
    conflicts = (conflict.severity for conflict in report.conflicts if conflict.status == "open")
    return int(any(reaches(severity, fail_on) for severity in (*findings, *conflicts)))

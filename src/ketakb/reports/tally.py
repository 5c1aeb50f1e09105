"""What several formats need of an audit: counts, positions, and which evidence is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from ketakb.results import AuditReport, Conflict, DocumentReport, Evidence, Finding, Silence, Totals
from ketakb.text import LineIndex, Position

SEVERITIES = ("error", "warning", "note")
STATUSES = ("open", "contested", "settled")
_MARKETING = "marketing"


@lru_cache(maxsize=4)  # reports go from one document to the next, and each text kept is memory
def _index(text: str) -> LineIndex:
    return LineIndex(text)


def position(text: str, offset: int) -> Position:
    """Return the line and column of an offset; the index of a text is built once."""
    return _index(text).position(offset)


def severities(findings: Iterable[Finding]) -> Counter[str]:
    """Count findings by severity; one that stands in several places counts once, as it is printed once."""
    return Counter(finding.severity for finding in findings)


def all_severities(report: AuditReport) -> Counter[str]:
    """Count the findings of all documents by severity."""
    return sum((severities(document.findings) for document in report.documents), Counter())


def totals_of(documents: Iterable[DocumentReport]) -> Totals:
    """Return how much was found in documents."""
    total = Totals()
    for document in documents:
        counts = severities(document.findings)
        total += Totals(counts["error"], counts["warning"], counts["note"], len(document.silenced), 1)
    return total


def statuses(conflicts: Iterable[Conflict]) -> Counter[str]:
    """Count conflicts by status."""
    return Counter(conflict.status for conflict in conflicts)


def shown_evidence(finding: Finding) -> tuple[Evidence, ...]:
    """Return the evidence to print: marketing only where a finding has nothing else.

    A report on a draft must not point at a competitor where better evidence says the same.
    """
    independent = tuple(item for item in finding.evidence if item.kind != _MARKETING)
    return independent or finding.evidence


def told_evidence(finding: Finding) -> tuple[Evidence, ...]:
    """Return the evidence that is told to a person: of claims that rest on the same passage, one."""
    told = {(item.source, item.passage or item.statement): item for item in reversed(shown_evidence(finding))}
    return tuple(reversed(told.values()))


def ordered(document: DocumentReport) -> list[Finding]:
    """Return findings in reading order, those on the whole document last."""
    rank = {name: at for at, name in enumerate(SEVERITIES)}
    return sorted(
        document.findings,
        key=lambda f: (
            f.span is None,
            f.span.start if f.span else 0,
            f.span.end if f.span else 0,
            rank.get(f.severity, 9),
            f.rule,
        ),
    )


def silence_said(silence: Silence) -> str:
    """Return why a finding is not reported, for a person: who decided what, when and why."""
    if silence.how != "decision":
        return f"{silence.how}: {silence.because}"
    until = f", until {silence.until}" if silence.until else ""
    return f"{silence.verdict} by {silence.by} on {silence.on}{until}: {silence.because}"


def read_said(document: DocumentReport) -> str:
    """Return how far a document was read, a clause."""
    coverage = document.coverage
    if not coverage.on_topic:
        return f"no sentence of {coverage.sentences} speaks of the store's subject; nothing was compared"
    return f"{coverage.read} of {coverage.on_topic} on-topic sentences were read"

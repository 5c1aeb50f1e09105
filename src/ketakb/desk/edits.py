"""Edits of a draft: what one is, and the test that it must pass before anybody is shown it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ketakb.results import DocumentReport, Finding
from ketakb.text import Span
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in a draft that settles one finding."""

    span: Span
    """What is replaced, in offsets of the draft's text."""
    replacement: str
    why: str
    """One plain sentence: what is put in place of what, and on which claim or rule that rests."""
    fingerprint: str
    """Of the finding that it settles."""
    supported: bool = True
    """Whether the clause must be supported by the store once the edit is made, not only free of the finding."""

    def applied(self, text: str) -> str:
        """Return a text with the edit made."""
        return text[: self.span.start] + self.replacement + text[self.span.end :]

    def moved(self, span: Span) -> Span:
        """Return where a span of the text lies once the edit is made; what overlaps the edit grows with it."""
        delta = len(self.replacement) - (self.span.end - self.span.start)
        start = span.start if span.start < self.span.end else span.start + delta
        end = span.end if span.end <= self.span.start else span.end + delta
        return Span(min(start, self.span.start) if span.overlaps(self.span) else start, end)

    def before(self, span: Span) -> Span:
        """Return where a span of the text with the edit made lay before, for one that does not touch the edit."""
        delta = len(self.replacement) - (self.span.end - self.span.start)
        return span if span.end <= self.span.start else Span(span.start - delta, span.end - delta)


def is_settled(before: DocumentReport, after: DocumentReport, finding: Finding, edit: Edit) -> bool:
    """Return whether an edit takes a finding away and does nothing else.

    `before` and `after` are the audits of the draft without and with it. The clause must have no finding that it did
    not have, and elsewhere none but notes may come or go. Where the edit asks for it, as much must be understood as
    before, and the store must support what the clause says now.
    """
    clause = finding.span or edit.span
    moved = edit.moved(Span(min(clause.start, edit.span.start), max(clause.end, edit.span.end)))
    here = [other for other in before.findings if _at(other, clause)]
    left = Counter((other.rule, other.topic) for other in here if other is not finding)
    if Counter((other.rule, other.topic) for other in after.findings if _at(other, moved)) - left:
        return False
    came, went = _elsewhere(after.findings, moved), _elsewhere(before.findings, clause)
    if finding.span is None:
        if any(other.fingerprint == finding.fingerprint for other in after.findings):
            return False
        went -= Counter([(finding.rule, finding.fingerprint)])
    if came - went or _but_own(went - came):
        return False
    if not edit.supported:
        return True
    if after.coverage.read < before.coverage.read or after.coverage.on_topic < before.coverage.on_topic:
        return False
    return any(
        one.verdict == "supported"
        and one.reading.assertion.topic == finding.topic
        and one.reading.span.overlaps(moved)
        for one in after.judged
    )


def _at(finding: Finding, clause: Span) -> bool:
    return finding.span is not None and finding.span.overlaps(clause)


def _elsewhere(findings: Sequence[Finding], clause: Span) -> Counter[tuple[str, str]]:
    return Counter((one.rule, one.fingerprint) for one in findings if not _at(one, clause) and one.severity != "note")


def _but_own(gone: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return what went but for self-contradictions, which end when one of their sides is mended."""
    return Counter({key: number for key, number in gone.items() if key[0] != "KB212"})

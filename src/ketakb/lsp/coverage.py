"""How far a draft was read, in one line above it: no finding does not mean that all was understood."""

from __future__ import annotations

from ketakb.lsp.bench import Audited
from ketakb.reports.paper import count_of, quoted, shortened
from ketakb.reports.tally import position, read_said, severities

SHOW = "ketakb.showUnread"
_MOST = 8  # sentences that a message names
_WORDS = 80  # code points of each


def coverage_of(audited: Audited) -> str | None:
    """Return the line above a draft; None for one that does not speak of the store's subject."""
    report = audited.report
    if not report.coverage.on_topic:
        return None
    counts = severities(report.findings)
    found = ", ".join(count_of(counts[kind], kind) for kind in ("error", "warning", "note") if counts[kind])
    return f"ketakb: {found or 'no conflict in what was read'}; {read_said(report)}"


def unread_of(audited: Audited) -> str:
    """Return which sentences on the subject were not understood, for a message."""
    report = audited.report
    unread = [
        f"line {position(report.text, one.span.start).line}: "
        f"{quoted(shortened(' '.join(report.text[one.span.start : one.span.end].split()), _WORDS))}"
        for one in report.coverage.unread
    ]
    if not unread:
        return f"{read_said(report)}; none was left out."
    more = f"; and {len(unread) - _MOST} more" if len(unread) > _MOST else ""
    return f"{read_said(report)}. Not understood, so not checked: {'; '.join(unread[:_MOST])}{more}."

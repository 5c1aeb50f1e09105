"""KB003: what was written to silence a finding and silences none."""

from __future__ import annotations

from ketakb.results import Finding
from ketakb.rules.evidence import fingerprint
from ketakb.rules.registry import heading_of
from ketakb.text import Span

IDLE = "KB003"


def idle(message: str, span: Span | None = None, severity: str | None = None) -> Finding:
    """Return the finding on an idle silence; `span` is where it stands in the draft itself."""
    rule = heading_of(IDLE)
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=severity or rule.severity,
        verdict="incomplete",
        topic=None,
        message=message,
        why="",
        span=span,
        fingerprint=fingerprint(rule.id, message, []),
    )

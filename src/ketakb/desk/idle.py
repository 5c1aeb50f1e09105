"""KB003: what was written to silence a finding and silences none."""

from __future__ import annotations

from ketakb.results import Finding
from ketakb.rules.evidence import fingerprint
from ketakb.rules.idle_silence import RULE
from ketakb.text import Span


def idle(message: str, span: Span | None = None, severity: str = RULE.severity) -> Finding:
    """Return the finding on an idle silence; `span` is where it stands in the draft itself."""
    return Finding(
        rule=RULE.id,
        name=RULE.name,
        severity=severity,
        verdict="incomplete",
        topic=None,
        message=message,
        why="",
        span=span,
        fingerprint=fingerprint(RULE.id, message, []),
    )

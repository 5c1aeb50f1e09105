"""What a rule is."""

from __future__ import annotations

from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that ketakb reports."""

    id: str
    """KB0xx reading, KB1xx store, KB2xx contradiction, KB3xx wording, KB4xx freshness, KB5xx coverage, KB6xx duty."""
    name: str
    """Kebab-case."""
    severity: str
    """Usual severity: error, warning or note."""
    title: str
    """One line."""
    explanation: str
    """What it reports, why that matters and what to do; plain paragraphs."""
    comparator: str = ""
    """For KB2xx: the comparator whose conflicts it reports."""
    fires: tuple[str, ...] = ()
    """Texts that it reports, with the store that ships."""
    silent: tuple[str, ...] = ()
    """The nearest texts that it must not report."""

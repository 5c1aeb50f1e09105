"""What a person may choose about a report. The same value goes to every format."""

from __future__ import annotations

from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is written, never what is in it."""

    terminal: bool = False
    """True where a person looks at it: wrapped, and underlined."""
    color: bool = False
    """True where colours may be used; only on a terminal."""
    width: int = 80
    """Columns of the terminal."""
    notes: bool = False
    """Show findings of severity note, not only their count."""
    why: bool = False
    """Show the words and scopes that a finding rests on."""
    open_only: bool = False
    """Of the conflicts, only the open ones."""
    quiet: bool = False
    """Findings only: no summary, no coverage."""
    show_ignored: bool = False
    """Show what was silenced too, and why."""
    version: str = ""
    """Version of the tool, for formats that name it."""

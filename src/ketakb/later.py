"""Regular expressions that are compiled when they are first used: most texts ask for a few of them.

All of them together took a seventh of the time that a short audit takes.
"""

from __future__ import annotations

import re

from ketakb.hints import Any


class _Later:
    """Stands for a compiled expression, and compiles it when any of its methods is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._of = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._of), name)
        setattr(self, name, found)  # the next time it is there: this function is only asked for what is not
        return found


def compile(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what has the methods of `re.compile(text, flags)`, and raises re.error for a mistake at the first use."""
    found: re.Pattern[str] = _Later(text, flags)  # type: ignore[assignment]
    return found

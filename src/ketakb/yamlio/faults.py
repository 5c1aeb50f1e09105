"""The ids under which problems of YAML are reported; `ketakb.store.rules` explains them."""

from __future__ import annotations

UNREADABLE = "KB101"
SYNTAX = "KB102"
DUPLICATE_KEY = "KB103"
UNKNOWN_KEY = "KB104"
MISSING_KEY = "KB105"
WRONG_VALUE = "KB106"


def nearest(word: str, known: list[str]) -> str | None:
    """Return the known word that a mistyped one most likely means, or None."""
    import difflib  # needed only once something is wrong

    close = difflib.get_close_matches(word[:80], known, n=1, cutoff=0.6)
    return close[0] if close else None


def shown(text: str, limit: int = 60) -> str:
    """Return a value as a message shows it: in quotes, on one line, cut where it is long."""
    flat = " ".join(text.split())
    return f"`{flat[: limit - 1]}…`" if len(flat) > limit else f"`{flat}`"

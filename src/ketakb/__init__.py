"""ketakb: a plain-text knowledge base of claims, and a checker that finds what contradicts it in copy."""

from __future__ import annotations

from ketakb.hints import TYPE_CHECKING, Any
from ketakb.version import __version__

if TYPE_CHECKING:
    from ketakb.api import Store, audit, search

__all__ = ["Store", "__version__", "audit", "search"]


def __getattr__(name: str) -> Any:
    """Load the public API when it is first asked for, so that the command line does not pay for it."""
    if name in ("Store", "audit", "search"):
        from ketakb import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

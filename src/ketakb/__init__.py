"""ketakb: a plain-text knowledge base of claims, and a checker that finds what contradicts it in copy."""

from __future__ import annotations

__version__ = "0.1.0"

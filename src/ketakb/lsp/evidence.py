"""Evidence as an editor shows it: what is said, by whom, and where it stands in the store."""

from __future__ import annotations

import os

from ketakb.lsp.places import Places
from ketakb.model import Store
from ketakb.reports.paper import quoted, safe, shortened
from ketakb.results import Evidence
from ketakb.store.quotes import QuotableText

_TITLE = 80  # code points
Spot = tuple[str, tuple[int, int], tuple[int, int]]
"""Absolute path of a file, and where in it a stretch begins and ends: 0-based line and column."""


def said(item: Evidence) -> str:
    """Return what evidence says, marked as a quotation or as our summary."""
    if not item.passage:
        return safe(item.statement)
    return f"{quoted(item.passage)} (quotation)" if item.quoted else f"{safe(item.passage)} (our summary)"


def named(item: Evidence) -> str:
    """Return the source of evidence: title, kind and year; empty where it has none."""
    return ", ".join(part for part in (shortened(safe(item.title or ""), _TITLE), item.kind, item.year) if part)


def spot_of(item: Evidence, store: Store, encoding: str) -> Spot | None:
    """Return where evidence stands: a quotation in its source, else the claim; None where neither is known."""
    source = store.sources.get(item.source or "")
    if item.quoted and source is not None and source.path and item.passage:
        found = QuotableText(source.text).find(item.passage)
        if found is not None:
            places = Places(source.text, encoding)
            (first, start), (last, end) = places.place(found.start), places.place(found.end)
            above = source.text_line - 1
            return os.path.abspath(source.path), (first + above, start), (last + above, end)  # noqa: PTH100
    claim = store.claims.get(item.claim)
    if claim is None or not claim.path:
        return None
    line = max(0, claim.line - 1)
    return os.path.abspath(claim.path), (line, 0), (line, 0)  # noqa: PTH100

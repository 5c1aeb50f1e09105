"""The sources of a store, each once: what stands elsewhere on the page points here."""

from __future__ import annotations

import re

from ketakb.model import Source, Store
from ketakb.reports.citation import link as address
from ketakb.reports.html.build import Markup, folded, items, join, link, tag
from ketakb.reports.paper import count_of, shortened

_SHORT = 60  # code points of a title in a pointer


def anchor_of(name: str) -> str:
    """Return the id of a source on the page."""
    return "s-" + re.sub(r"[^a-z0-9.-]", "_", name)


def pointer(name: str, store: Store) -> Markup:
    """Return a source on one line that leads to its entry: short title, kind and year."""
    source = store.sources.get(name)
    if source is None:
        return join([name])
    title = tag("a", shortened(source.title, _SHORT), href=f"#{anchor_of(name)}")
    parts = [title, source.kind, (source.published or "")[:4] or None]
    return join([join([part for part in parts if part], ", "), " (retracted)" if source.retracted else None])


def sources(store: Store) -> Markup:
    """Return all sources by kind, the strongest first, a folded list a kind."""
    parts = []
    for kind in dict.fromkeys([*store.kinds, *(one.kind for one in store.sources.values())]):
        some = sorted((one for one in store.sources.values() if one.kind == kind), key=lambda one: one.title.lower())
        if some:
            entries = (tag("div", _entry(one), id=anchor_of(one.id), tabindex="-1") for one in some)
            parts.append(folded(f"{kind.capitalize()}: {count_of(len(some), 'source')}", items(entries, "sources")))
    return join(parts)


def _entry(source: Source) -> Markup:
    withdrawn = " (retracted)" if source.retracted else None
    where = ", ".join(part for part in (source.publisher, (source.published or "")[:4]) if part)
    kept = "kept word for word" if source.verbatim else "our summary"
    told = tag("span", f" {where}. " if where else " ", kept, class_="by")
    return join([link(source.title, address(source)), withdrawn, told])

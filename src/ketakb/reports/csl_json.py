"""Sources as CSL-JSON, which reference managers and word processors import."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.hints import IO, Any
from ketakb.model import Source
from ketakb.reports.citation import date_parts, is_article, link
from ketakb.reports.jsonio import dump

_TYPES = {"statute": "legislation", "news": "article-newspaper"}


def write(sources: Sequence[Source], stream: IO[str]) -> None:
    """Write a list of items, one a source."""
    dump([_item(source) for source in sources], stream)


def _item(source: Source) -> dict[str, Any]:
    article = is_article(source)
    fields = {
        "id": source.id,
        "type": _type(source),
        "title": source.title,
        "container-title": source.publisher if article else None,
        "publisher": None if article else source.publisher,
        "issued": _date(source.published),
        "accessed": _date(source.retrieved),
        "DOI": source.doi,
        "PMID": source.pmid,
        "URL": source.url or link(source),
        "note": "Retracted" if source.retracted else None,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _type(source: Source) -> str:
    if source.kind in _TYPES:
        return _TYPES[source.kind]
    if is_article(source):
        return "article-journal"
    return "webpage" if source.url else "document"


def _date(date: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [date_parts(date)]} if date else None

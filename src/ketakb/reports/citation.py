"""A source in one line that can be pasted. Authors are not in the store, so the title comes first."""

from __future__ import annotations

from ketakb.model import Source


def citation(source: Source) -> str:
    """Return title, publisher, year and DOI or address on one line."""
    title = source.title.strip()
    if not title.endswith((".", "?", "!")):
        title += "."
    year = (source.published or "")[:4]
    where = ", ".join(part for part in ((source.publisher or "").rstrip("."), year) if part)
    withdrawn = "[Retracted]" if source.retracted else ""
    return " ".join(part for part in (title, where and f"{where}.", withdrawn, link(source)) if part)


def link(source: Source) -> str | None:
    """Return where a source can be opened: by its DOI, else at its address."""
    return f"https://doi.org/{source.doi}" if source.doi else source.url


def is_article(source: Source) -> bool:
    """Whether a source is an article, its publisher then a journal: it has a DOI or a PubMed number."""
    return bool(source.doi or source.pmid)


def date_parts(date: str) -> list[int]:
    """Return year, month and day of an ISO date, as many as it has."""
    return [int(part) for part in date.split("-")]

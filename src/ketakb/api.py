"""The small public API: `Store.load`, `audit` and `search`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ketakb.errors import StoreError
from ketakb.hints import TYPE_CHECKING
from ketakb.model import Store as StoreData
from ketakb.results import AuditReport, Hit

if TYPE_CHECKING:
    from ketakb.extract.lexicon import Lexicon
    from ketakb.search_index import SearchIndex


@dataclass(frozen=True)
class Store:
    """A store, loaded and ready to be asked; share one between calls, compiling it costs more than a page."""

    data: StoreData
    """All that the store holds."""

    @classmethod
    def load(cls, path: str | Path | None = None) -> Store:
        """Return the store in a folder, or the packaged one. Raises StoreError where it cannot be relied on."""
        from ketakb.cache import open_store
        from ketakb.store.locate import resolve_store

        store, problems = open_store(resolve_store(Path(path) if path is not None else None))
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors:
            first = errors[0]
            raise StoreError(f"{first.path}:{first.line}:{first.column}: {first.message}")
        return cls(store)

    def __reduce__(self) -> tuple[type[Store], tuple[StoreData]]:
        """Travel to another process or machine whole, and be compiled there."""
        return Store, (self.data,)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The store compiled for reading."""
        from ketakb.extract.compiled import compile_store

        return compile_store(self.data)

    @cached_property
    def index(self) -> SearchIndex:
        """The store made ready to be searched."""
        from ketakb.cache import index_of

        return index_of(self.data)


def audit(
    text: str,
    store: Store,
    *,
    path: str = "text.md",
    as_of: str | None = None,
    kind: str | None = None,
    jurisdiction: str | None = None,
) -> AuditReport:
    """Return the findings on one draft: a pure function of its arguments.

    `path` names the draft in the report, and its ending says how it is read. `as_of` is an ISO date, today by default;
    `kind` and `jurisdiction` say what the draft is read as, else its front matter or the store does.
    """
    from ketakb import app

    options = app.AuditOptions(as_of or datetime.date.today().isoformat(), kind, jurisdiction)
    return app.audit_documents(store.data, [(path, text)], options, store.lexicon)


def search(query: str, store: Store, *, limit: int = 10) -> list[Hit]:
    """Return the claims that speak of a query, best first."""
    from ketakb import app
    from ketakb.search import Filters

    return app.search(store.data, query, Filters(), limit, store.index)

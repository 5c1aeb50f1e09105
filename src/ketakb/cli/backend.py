"""The one seam between the commands and the rest: what is slow to import is imported here, when called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ketakb.errors import StoreError

if TYPE_CHECKING:
    from ketakb.app import AuditOptions
    from ketakb.desk.config import Config
    from ketakb.model import Problem, Store
    from ketakb.parsed import ParsedDocument
    from ketakb.readers.document import Document
    from ketakb.reports.rule_text import RulePage
    from ketakb.results import AuditReport, Hit
    from ketakb.search import Filters


@dataclass(frozen=True, slots=True)
class Question:
    """What an audit is asked for."""

    as_of: str
    kind: str | None = None
    jurisdiction: str | None = None
    cite: bool = False
    placed: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """Kind and jurisdiction of drafts by path, as the configuration says."""


def find_store(option: Path | None, config: Config | None = None) -> Path:
    """Return the folder of the store to use: as named, as configured, or the built-in one."""
    from ketakb.store.locate import resolve_store

    return resolve_store(_named(option, config))


def _named(option: Path | None, config: Config | None = None) -> Path | None:
    """Return the store that the user named, in the configuration of the current folder too."""
    from ketakb.desk.config import find_config
    from ketakb.store.locate import is_named, require_store

    if is_named(option):
        return option
    config = config if config is not None else find_config(Path())
    if config.store is not None:
        require_store(config.store, f"{config.path}: ")
    return config.store


def find_own_store(option: Path | None) -> Path:
    """Return the folder of a store to write to. Raises StoreError for the one that comes with ketakb."""
    from ketakb.store.locate import is_named
    from ketakb.store.upkeep import require_writable

    folder = find_store(option)
    require_writable(folder, is_named(_named(option)))
    return folder


def check_store(folder: Path, as_of: str) -> tuple[Store, list[Problem]]:
    """Return a store and all that is wrong with it."""
    from ketakb import app

    store, problems = app.check_store(folder, as_of)
    return store, list(problems)


def open_store(option: Path | None, config: Config | None = None) -> Store:
    """Return a store fit to answer from. Raises StoreError where it has errors.

    `config` is the configuration of the drafts, where they are not those of the current folder.
    """
    from ketakb.store.load import load_store

    store, problems = load_store(find_store(option, config))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        first = errors[0]
        more = f" ({len(errors)} errors; `ketakb check` lists them)" if len(errors) > 1 else ""
        raise StoreError(f"{first.path}:{first.line}:{first.column}: {first.message} [{first.rule}]{more}")
    return store


def audit_store(store: Store, question: Question) -> AuditReport:
    """Return the conflicts across a store."""
    from ketakb import app

    return app.audit_store(store, options_of(question))


def audit_documents(
    store: Store, documents: Sequence[tuple[str, str | Document]], question: Question
) -> AuditReport:
    """Return the findings on drafts, given as paths and documents."""
    from ketakb import app

    return app.audit_documents(store, list(documents), options_of(question))


def options_of(question: Question) -> AuditOptions:
    """Return a question as the application takes it."""
    from ketakb import app

    asked = (question.as_of, question.kind, question.jurisdiction, question.cite, question.placed)
    return app.AuditOptions(*asked)


def search(store: Store, query: str, filters: Filters, limit: int) -> list[Hit]:
    """Return the claims that speak of a query."""
    from ketakb.search import search as find  # not through app: what audits would slow every search down

    return find(store, query, filters, limit=limit)


def parse(store: Store, documents: Sequence[tuple[str, str | Document]]) -> Sequence[ParsedDocument]:
    """Return how drafts were read."""
    from ketakb import app

    return app.parse_documents(store, list(documents))


def rules() -> Sequence[RulePage]:
    """Return all rules, those of store integrity included."""
    from ketakb import app

    return app.list_rules()

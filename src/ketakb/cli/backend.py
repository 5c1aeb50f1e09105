"""The one seam between the commands and the rest: what is slow to import is imported here, when called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ketakb.hints import TYPE_CHECKING
from ketakb.values import dataclass, field

if TYPE_CHECKING:
    from ketakb.app import AuditOptions
    from ketakb.desk.config import Config
    from ketakb.desk.edits import Edit
    from ketakb.model import Problem, Store
    from ketakb.parsed import ParsedDocument
    from ketakb.readers.document import Document
    from ketakb.reports.rule_text import RulePage
    from ketakb.results import AuditReport, DocumentReport, Hit
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
    linked: bool = True
    """Whether a machine is told all that drafts assert."""


def find_store(option: Path | None, config: Config | None = None) -> Path:
    """Return the folder of the store to use: as named, as configured, or the built-in one."""
    from ketakb.desk.stores import store_folder

    return store_folder(option, config if config is not None else _config_here(option))


def _config_here(option: Path | None) -> Config:
    """Return the configuration of the current folder; it is not even read where a store was named otherwise."""
    from ketakb.desk.config import Config, find_config
    from ketakb.store.locate import is_named

    return Config() if is_named(option) else find_config(Path())


def find_own_store(option: Path | None) -> Path:
    """Return the folder of a store to write to. Raises StoreError for the one that comes with ketakb."""
    from ketakb.desk.stores import named_store
    from ketakb.store.locate import is_named
    from ketakb.store.upkeep import require_writable

    folder = find_store(option)
    require_writable(folder, is_named(named_store(option, _config_here(option))))
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
    from ketakb.cli.progress import telling
    from ketakb.desk.stores import sound_store

    with telling() as told:
        return sound_store(find_store(option, config), told)


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


def audit_each(
    store: Store, documents: Sequence[tuple[str, str | Document]], question: Question
) -> Iterator[DocumentReport]:
    """Yield the findings on drafts one by one."""
    from ketakb import app

    return app.audit_each(store, list(documents), options_of(question))


def propose_edits(
    store: Store, reports: Sequence[DocumentReport], question: Question
) -> list[tuple[Edit, ...]]:
    """Return, for each draft, edits that settle the findings of its report."""
    from ketakb import app
    from ketakb.extract.compiled import compile_store

    lexicon = compile_store(store)
    return [app.propose_edits(store, report, options_of(question), lexicon=lexicon) for report in reports]


def options_of(question: Question) -> AuditOptions:
    """Return a question as the application takes it."""
    from ketakb import app

    asked = (question.as_of, question.kind, question.jurisdiction, question.cite, question.placed, question.linked)
    return app.AuditOptions(*asked)


def search(store: Store, query: str, filters: Filters, limit: int) -> list[Hit]:
    """Return the claims that speak of a query."""
    from ketakb.cache import index_of
    from ketakb.cli.progress import telling
    from ketakb.search import search as find  # not through app: what audits would slow every search down

    with telling() as told:
        index = index_of(store, told)
    return find(store, query, filters, limit=limit, index=index)


def parse(store: Store, documents: Sequence[tuple[str, str | Document]]) -> Sequence[ParsedDocument]:
    """Return how drafts were read."""
    from ketakb import app

    return app.parse_documents(store, list(documents))


def rules() -> Sequence[RulePage]:
    """Return all rules, those of store integrity included."""
    from ketakb import app

    return app.list_rules()

"""Where the stages meet: search, both audits, the check of a store, and how a text was read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ketakb.hints import TYPE_CHECKING
from ketakb.model import Problem, Store
from ketakb.results import AuditReport, Conflict, DocumentReport, Finding, Hit
from ketakb.text import digest
from ketakb.values import dataclass, field, replace

if TYPE_CHECKING:
    from ketakb.compare.between import Between, Said
    from ketakb.compare.index import ClaimIndex
    from ketakb.desk.edits import Edit
    from ketakb.extract.document import DocumentReading
    from ketakb.extract.lexicon import Lexicon
    from ketakb.parsed import ParsedDocument
    from ketakb.readers.document import Document
    from ketakb.reports.rule_text import RulePage
    from ketakb.search import Filters
    from ketakb.search_index import SearchIndex

KINDS = ("clinic-page", "editorial", "leaflet", "ad", "snippet")
JURISDICTIONS = ("US", "UK", "EU", "CA")


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """What an audit is made for."""

    as_of: str
    """ISO date."""
    kind: str | None = None
    """Kind of copy that drafts are read as; None: as the draft's front matter or the store says."""
    jurisdiction: str | None = None
    cite: bool = False
    """Whether to suggest sources for supported statements that cite nothing."""
    placed: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """Kind and jurisdiction that the configuration gives a draft, by path; front matter comes before it."""
    linked: bool = True
    """Whether reports are for machines, which are told all that a draft asserts."""


def check_store(folder: Path, as_of: str) -> tuple[Store, list[Problem]]:
    """Return the store in a folder and all that is wrong with it, as on an ISO date.

    Raises StoreError where the folder holds no store.
    """
    from ketakb.store.integrity import check
    from ketakb.store.load import load_store

    store, problems = load_store(folder)
    return store, [*problems, *check(store, as_of)]


def audit_store(store: Store, options: AuditOptions) -> AuditReport:
    """Return every conflict across the claims of a store."""
    from ketakb.compare.conflicts import find_conflicts
    from ketakb.compare.index import index_claims
    from ketakb.rules.registry import rule_of_comparator
    from ketakb.store.review import suspect

    index = index_claims(store, datetime.date.fromisoformat(options.as_of))
    doubtful = frozenset(c.id for c in store.claims.values() if suspect(c, store, options.as_of))
    conflicts, apart = find_conflicts(index, rule_of_comparator(), doubtful)
    return _report(store, options, conflicts=tuple(conflicts), not_comparable=dict(sorted(apart.items())))


def audit_documents(
    store: Store,
    documents: Sequence[tuple[str, str | Document]],
    options: AuditOptions,
    lexicon: Lexicon | None = None,
) -> AuditReport:
    """Return the findings on drafts: paths, each with a document, or a text to be read by the path's ending.

    `lexicon` is the store compiled, where the caller has it already.
    """
    return audit_of(store, list(audit_each(store, documents, options, lexicon)), options)


def audit_each(
    store: Store,
    documents: Sequence[tuple[str, str | Document]],
    options: AuditOptions,
    lexicon: Lexicon | None = None,
) -> Iterator[DocumentReport]:
    """Yield the findings on one draft after the other, each as soon as it is read."""
    auditor = auditor_of(store, options, lexicon)
    for path, given in documents:
        yield auditor.audit(path, given)


@dataclass(frozen=True, slots=True)
class Auditor:
    """A store made ready to read drafts by, one after another and in any order."""

    index: ClaimIndex
    lexicon: Lexicon
    options: AuditOptions

    def audit(self, path: str, given: str | Document) -> DocumentReport:
        """Return the findings on one draft: a function of it and of what this was made of."""
        from ketakb.extract.document import read_document
        from ketakb.rules.citing import disagreeing, suggested
        from ketakb.rules.drafts import judge_document

        store, options = self.index.store, self.options
        document = read_as(path, given) if isinstance(given, str) else given
        text = document.text
        placed = options.placed.get(path, (None, None))
        kind = options.kind or document.front.get("kind") or placed[0] or store.copy_kind
        jurisdiction = (
            options.jurisdiction or document.front.get("jurisdiction") or placed[1] or store.jurisdiction
        )
        reading = _whole(document, read_document(self.lexicon, document))
        weights = self.lexicon.weights
        draft = judge_document(self.index, text, reading, kind, jurisdiction, weights, options.linked)
        judged = suggested(store, text, reading, draft.judged) if options.cite else draft.judged
        cited = dict(zip(draft.judged, judged, strict=True))
        report = DocumentReport(
            path=path,
            text=text,
            digest=digest(text),
            kind=kind,
            jurisdiction=jurisdiction,
            coverage=reading.coverage,
            judged=judged,
            findings=(*draft.findings, *disagreeing(self.index, text, reading, draft.judged)),
            places=document.places,
            concepts=reading.concepts,
            told=None if draft.told is None else tuple([cited.get(one, one) for one in draft.told]),
        )
        return _heeded(report, document) if document.ignores else report


def auditor_of(store: Store, options: AuditOptions, lexicon: Lexicon | None = None) -> Auditor:
    """Return a store made ready; what costs most is done here, once. `lexicon` is the store compiled."""
    from ketakb.compare.index import index_claims
    from ketakb.extract.compiled import compile_store

    index = index_claims(store, datetime.date.fromisoformat(options.as_of))
    return Auditor(index, lexicon or compile_store(store), options)


def propose_edits(
    store: Store,
    report: DocumentReport,
    options: AuditOptions,
    findings: Sequence[Finding] | None = None,
    lexicon: Lexicon | None = None,
) -> tuple[Edit, ...]:
    """Return edits that settle findings of a report, by place: all of them, or those given; no two overlap.

    An edit replaces one term, number or verb, and is proposed only where the draft, read again with it, has lost the
    finding and gained none. Spans are of `report.text`. `options` are those that the report was made with. There are
    none for a Word file, whose text is not what stands in the file.
    """
    from ketakb.desk.fixes import propose_all
    from ketakb.readers.choose import WORD, suffix_of

    if suffix_of(report.path) in WORD:
        return ()
    asked = replace(options, kind=report.kind, jurisdiction=report.jurisdiction, cite=False)
    auditor = auditor_of(store, asked, lexicon)

    def reread(text: str) -> DocumentReport:
        return auditor.audit(report.path, text)

    wanted = report.findings if findings is None else findings
    now = reread(report.text)
    same = [one for one in now.findings if any((one.span, one.fingerprint) == (f.span, f.fingerprint) for f in wanted)]
    return propose_all(auditor.lexicon, now, same, reread)


def _heeded(report: DocumentReport, document: Document) -> DocumentReport:
    from ketakb.desk.remarks import heed_remarks

    return heed_remarks(report, document)


def audit_of(store: Store, reports: Sequence[DocumentReport], options: AuditOptions) -> AuditReport:
    """Return the audit of drafts that were read one by one, with the contradictions between them."""
    between = between_drafts(store, options)
    for report in reports:
        between.add(said_in(store, report, options))
    return audit_with(store, reports, options, between.conflicts())


def audit_with(
    store: Store, reports: Sequence[DocumentReport], options: AuditOptions, conflicts: Sequence[Conflict]
) -> AuditReport:
    """Return the audit of drafts whose contradictions are known."""
    return _report(store, options, documents=tuple(reports), conflicts=tuple(conflicts))


def said_in(store: Store, report: DocumentReport, options: AuditOptions) -> Said:
    """Return what a draft says, for `between_drafts`."""
    from ketakb.compare.between import said_in as said
    from ketakb.rules.registry import rule_of_comparator

    return said(store, report, datetime.date.fromisoformat(options.as_of), rule_of_comparator())


def between_drafts(store: Store, options: AuditOptions) -> Between:
    """Return what takes drafts one by one and tells the contradictions inside and between them."""
    from ketakb.compare.between import Between
    from ketakb.rules.registry import rule_of_comparator

    return Between(store, datetime.date.fromisoformat(options.as_of), rule_of_comparator())


def read_as(path: str, data: str | bytes) -> Document:
    """Return what a file holds, read by the reader for its ending. Raises UnreadableInputError."""
    from ketakb.readers.choose import read_as as read

    return read(path, data)


def _whole(document: Document, reading: DocumentReading) -> DocumentReading:
    """Return a reading whose spans hold words whole that markup cuts in two."""
    if not document.gaps:
        return reading
    return replace(
        reading,
        readings=tuple(replace(one, span=document.whole(one.span)) for one in reading.readings),
        wording=tuple((owned, replace(one, span=document.whole(one.span))) for owned, one in reading.wording),
        weighed=tuple(replace(one, span=document.whole(one.span)) for one in reading.weighed),
    )


def _report(
    store: Store,
    options: AuditOptions,
    documents: tuple[DocumentReport, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
    not_comparable: dict[str, int] | None = None,
) -> AuditReport:
    return AuditReport(
        as_of=options.as_of,
        store_name=store.name,
        store_digest=store.digest,
        claims=len(store.claims),
        sources=len(store.sources),
        kind=options.kind or store.copy_kind,
        jurisdiction=options.jurisdiction or store.jurisdiction,
        documents=documents,
        conflicts=conflicts,
        not_comparable=not_comparable or {},
    )


def search(
    store: Store, query: str, filters: Filters, limit: int = 10, index: SearchIndex | None = None
) -> list[Hit]:
    """Return the claims that speak of a query, best first. `index` is that of the store, where the caller has it."""
    from ketakb.search import search as find

    return find(store, query, filters, limit=limit, index=index)


def parse_documents(store: Store, documents: Sequence[tuple[str, str | Document]]) -> list[ParsedDocument]:
    """Return how drafts were read, sentence by sentence."""
    from ketakb.extract.compiled import compile_store
    from ketakb.extract.show import parsed

    lexicon = compile_store(store)
    return [
        parsed(lexicon, path, read_as(path, given) if isinstance(given, str) else given)
        for path, given in documents
    ]


def list_rules() -> list[RulePage]:
    """Return the pages of all rules, those of store integrity included, by id."""
    from ketakb.reports.rule_text import RulePage
    from ketakb.rules.registry import all_rules
    from ketakb.store.rules import RULES

    pages = [
        RulePage(r.id, r.name, r.severity, r.title, r.explanation, r.fires, r.silent) for r in all_rules().values()
    ]
    pages += [
        RulePage(name, r.name, "error", r.explanation, r.remedy) for name, r in RULES.items()
    ]
    return sorted(pages, key=lambda page: page.id)

"""The audit for machines: schema ketakb.audit/1. Fields are added, never renamed."""

from __future__ import annotations

from dataclasses import asdict

from ketakb.hints import IO, Any
from ketakb.model import Store
from ketakb.reports.citation import citation, link
from ketakb.reports.jsonio import assertion, dump, passage, place
from ketakb.reports.options import ReportOptions
from ketakb.reports.tally import STATUSES, ordered, shown_evidence, statuses, totals_of
from ketakb.results import AuditReport, Conflict, Coverage, DocumentReport, Evidence, Finding, Judged, Side, Totals

SCHEMA = "ketakb.audit/1"


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write everything; what the terminal folds or hides is still here."""
    dump(
        {
            "schema": SCHEMA,
            **heading(report, options),
            "documents": [document_fields(document, store) for document in report.documents],
            **closing(report, store),
        },
        stream,
    )


def heading(report: AuditReport, options: ReportOptions) -> dict[str, Any]:
    """Return what was audited with, and as of when."""
    return {
        "tool": {"name": "ketakb", "version": options.version},
        "as_of": report.as_of,
        "store": {
            "name": report.store_name,
            "claims": report.claims,
            "sources": report.sources,
            "digest": report.store_digest,
        },
        "read_as": {"kind": report.kind, "jurisdiction": report.jurisdiction},
    }


def closing(report: AuditReport, store: Store, totals: Totals | None = None) -> dict[str, Any]:
    """Return what is said of all documents together; `totals` where the report does not hold them."""
    return {
        "conflicts": [_conflict(conflict, store) for conflict in report.conflicts],
        "skipped": [{"path": item.path, "reason": item.reason} for item in report.skipped],
        "summary": _summary(report, totals or totals_of(report.documents)),
    }


def document_fields(document: DocumentReport, store: Store) -> dict[str, Any]:
    """Return all about one document."""
    told = document.judged if document.told is None else document.told
    return {
        "path": document.path,
        "digest": document.digest,
        "read_as": {"kind": document.kind, "jurisdiction": document.jurisdiction},
        "coverage": _coverage(document.text, document.coverage),
        "assertions": [_judged(document.text, judged, store) for judged in told],
        "findings": [finding_fields(document, finding) for finding in ordered(document)],
        "silenced": [
            {**finding_fields(document, one.finding), "silence": asdict(one.silence)}
            for one in document.silenced
        ],
    }


def _coverage(text: str, coverage: Coverage) -> dict[str, Any]:
    unread = []
    for item in coverage.unread:
        at = place(text, item.span)
        unread.append({name: at[name] for name in ("start", "end", "line", "text")})
    return {
        "sentences": coverage.sentences,
        "on_topic": coverage.on_topic,
        "read": coverage.read,
        "unread": unread,
    }


def _judged(text: str, judged: Judged, store: Store) -> dict[str, Any]:
    return {
        **place(text, judged.reading.span),
        **assertion(judged.reading.assertion),
        "verdict": judged.verdict,
        "claims": [{"id": item.claim, "stance": item.stance, "why": item.why} for item in judged.claims],
        "cite": _cite(judged, store),
    }


def _cite(judged: Judged, store: Store) -> dict[str, Any] | None:
    """Return the source that a statement could cite; null where it cites one, or was not asked for."""
    if judged.cite is None:
        return None
    source = store.sources[judged.cite.source]
    return {
        "source": source.id,
        "claim": judged.cite.claim,
        "citation": citation(source),
        "link": link(source),
    }


def finding_fields(document: DocumentReport, finding: Finding) -> dict[str, Any]:
    """Return one finding."""
    text, span = document.text, finding.span
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "verdict": finding.verdict,
        "scope": finding.scope,
        **place(text, span),
        "locator": None if span is None else document.locator(span.start),
        "topic": finding.topic,
        "message": finding.message,
        "why": finding.why,
        "suggestion": finding.suggestion,
        "evidence": [_evidence(item) for item in shown_evidence(finding)],
        "related": [{**place(text, other.span), "message": other.message} for other in finding.related],
        "count": finding.count,
        "fingerprint": finding.fingerprint,
        "layer": finding.layer or None,
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "claim": item.claim,
        "statement": item.statement,
        "source": item.source,
        "kind": item.kind,
        "passage": item.passage,
        "quoted": item.quoted,
        "title": item.title,
        "year": item.year,
        "link": item.link,
        "layer": item.layer,
        "overrules": item.overrules,
        "because": item.because,
    }


def _conflict(conflict: Conflict, store: Store) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "rule": conflict.rule,
        "kind": conflict.kind,
        "topic": conflict.topic,
        "severity": conflict.severity,
        "status": conflict.status,
        "message": conflict.message,
        "sides": [_side(side, store) for side in conflict.sides],
        "because": conflict.because,
    }


def _side(side: Side, store: Store) -> dict[str, Any]:
    if side.claim is None:
        return {
            "path": side.path,
            "start": side.span.start if side.span else None,
            "end": side.span.end if side.span else None,
            "line": side.line,
            "column": side.column,
            "end_line": side.end_line,
            "end_column": side.end_column,
            "text": side.text,
        }
    sources = store.sources
    return {
        "claim": side.claim.id,
        "statement": side.claim.statement,
        "standing": side.claim.standing,
        "passages": [
            passage(item, sources[item.source].kind if item.source in sources else None)
            for item in side.claim.passages
        ],
    }


def _summary(report: AuditReport, totals: Totals) -> dict[str, Any]:
    conflicts = statuses(report.conflicts)
    return {
        "errors": totals.errors,
        "warnings": totals.warnings,
        "notes": totals.notes,
        "silenced": totals.silenced,
        "documents": totals.documents,
        "conflicts": {status: conflicts[status] for status in STATUSES},
        "not_comparable": {
            "count": sum(report.not_comparable.values()),
            "reasons": dict(sorted(report.not_comparable.items())),
        },
    }

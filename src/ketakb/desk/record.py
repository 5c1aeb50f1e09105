"""The record of a sign-off: what was audited, with which claims, by whom; and what has become of it since.

`recheck` holds a record against the store as it is now. A page is affected where a claim that it rested on
was changed, has run out, was overruled, or is gone; doubts that were there at the sign-off do not count.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from ketakb.desk.config import Config
from ketakb.errors import UsageError
from ketakb.hints import TYPE_CHECKING, Any
from ketakb.store.review import doubts
from ketakb.store.review import fingerprint as claim_fingerprint
from ketakb.text import LineIndex, digest, read_text
from ketakb.values import dataclass, field

if TYPE_CHECKING:
    from ketakb.model import Claim, Store
    from ketakb.results import AuditReport, DocumentReport, Finding

SCHEMA = "ketakb.record/1"


def write_record(
    file: Path,
    report: AuditReport,
    store: Store,
    config: Config,
    asked: Mapping[str, Any],
    reviewer: str | None,
    version: str,
) -> None:
    """Write the sign-off of an audit to a file, at once or not at all. Raises StoreError."""
    from ketakb.desk.files import put

    put(file, record_of(report, store, config, asked, reviewer, version))


def record_of(
    report: AuditReport,
    store: Store,
    config: Config,
    asked: Mapping[str, Any],
    reviewer: str | None,
    version: str,
) -> dict[str, Any]:
    """Return the sign-off of an audit. It depends on its arguments only."""
    named = {link.claim for document in report.documents for one in document.judged for link in one.claims}
    named |= {item.claim for document in report.documents for f in document.findings for item in f.evidence}
    held = None if config.path is None else {"path": str(config.path), "digest": config.digest}
    return {
        "schema": SCHEMA,
        "tool": {"name": "ketakb", "version": version},
        "as_of": report.as_of,
        "reviewer": reviewer,
        "store": {"name": report.store_name, "digest": report.store_digest},
        "configuration": held,
        "asked": dict(asked),
        "claims": {
            name: _claim(store.claims[name], store, report.as_of)
            for name in sorted(named & set(store.claims))
        },
        "documents": [_document(document) for document in report.documents],
    }


def _claim(claim: Claim, store: Store, as_of: str) -> dict[str, Any]:
    return {
        "statement": claim.statement,
        "standing": claim.standing,
        "fingerprint": claim_fingerprint(claim, store),
        "valid_to": claim.valid_to,
        "review_by": claim.review.review_by,
        "doubts": sorted({doubt.kind for doubt in doubts(claim, store, as_of)}),
    }


def _document(document: DocumentReport) -> dict[str, Any]:
    lines = LineIndex(document.text)
    coverage = document.coverage
    return {
        "path": document.path,
        "digest": document.digest,
        "read_as": {"kind": document.kind, "jurisdiction": document.jurisdiction},
        "coverage": {"sentences": coverage.sentences, "on_topic": coverage.on_topic, "read": coverage.read},
        "assertions": [
            {
                "line": lines.position(one.reading.span.start).line,
                "text": document.text[one.reading.span.start : one.reading.span.end],
                "topic": one.reading.assertion.topic,
                "verdict": one.verdict,
                "claims": [{"id": link.claim, "stance": link.stance} for link in one.claims],
            }
            for one in document.judged
        ],
        "findings": [_finding(document, finding, lines) for finding in document.findings],
        "decisions": [
            {**_finding(document, one.finding, lines), "silence": asdict(one.silence)}
            for one in document.silenced
        ],
    }


def _finding(document: DocumentReport, finding: Finding, lines: LineIndex) -> dict[str, Any]:
    span = finding.span
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "line": lines.position(span.start).line if span else None,
        "text": document.text[span.start : span.end] if span else None,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "claims": [item.claim for item in finding.evidence],
    }


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page is affected."""

    claim: str
    kind: str
    """changed, expired, overruled or gone."""
    told: str
    """A clause for the reader."""
    line: int | None
    """Line of the page, as it was recorded, that rests on the claim."""
    text: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One recorded page, held against the store."""

    record: str
    """File of the record."""
    path: str
    signed: str
    """ISO date of the sign-off."""
    reviewer: str | None
    claims: int
    """How many claims it rests on."""
    reasons: tuple[Reason, ...] = ()
    edited: bool = field(default=False)
    """True where the page can be read and is no longer the text that was signed off."""


def recheck(file: Path, store: Store, as_of: str) -> list[Page]:
    """Return the pages of a record as they stand on an ISO day. Raises UsageError where it is no record."""
    data = _read(file)
    try:
        return [_page(file, data, document, store, as_of) for document in data["documents"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{file}: is no record ({SCHEMA}) that can be read: {error}; `ketakb audit PATH --record {file}` writes one"
        ) from None


def _read(file: Path) -> dict[str, Any]:
    text = read_text(file)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"{file}:{error.lineno}:{error.colno}: {error.msg}; write the record anew") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UsageError(f"{file}: is no record ({SCHEMA}); `ketakb audit PATH --record {file}` writes one")
    return data


def _page(file: Path, data: dict[str, Any], document: dict[str, Any], store: Store, as_of: str) -> Page:
    rests: dict[str, tuple[int | None, str | None]] = {}
    for one in document["assertions"]:
        for link in one["claims"]:
            if link["stance"] in ("agrees", "contradicts"):
                rests.setdefault(link["id"], (one["line"], one["text"]))
    for one in (*document["findings"], *document["decisions"]):
        for name in one["claims"]:
            rests.setdefault(name, (one["line"], one["text"]))
    found = []
    for name, (line, text) in rests.items():
        known = data["claims"].get(name)
        became = became_of(name, known, store, as_of) if known else None
        if became is not None:
            found.append(Reason(name, *became, line, text))
    found.sort(key=lambda reason: (reason.line or 0, reason.claim))
    edited = _edited(document["path"], document["digest"])
    return Page(
        str(file), document["path"], data["as_of"], data["reviewer"], len(rests), tuple(found), edited
    )


def became_of(name: str, known: dict[str, Any], store: Store, as_of: str) -> tuple[str, str] | None:
    """Return what has become of a recorded claim, a kind and a clause; None where it stands as it did."""
    claim = store.claims.get(name)
    over = next((one for one in store.claims.values() if one.overrules == name), None)
    if over is not None and over.id != name:
        return "overruled", f"{over.layer} overrules it by {over.id}: {over.because or over.statement}"
    if claim is None:
        return "gone", "it is no longer in the store"
    if claim.standing != known["standing"]:
        because = f": {claim.because}" if claim.because else ""
        return "overruled", f"it was {known['standing']} and is now {claim.standing}{because}"
    if claim_fingerprint(claim, store) != known["fingerprint"]:
        return "changed", f"it now says: {claim.statement}"
    if claim.valid_to and claim.valid_to < as_of and claim.valid_to != known["valid_to"]:
        return "expired", f"it held until {claim.valid_to}"
    fresh = [d for d in doubts(claim, store, as_of) if d.kind not in known["doubts"] and d.kind != "changed"]
    return ("expired", fresh[0].reason) if fresh else None


def _edited(path: str, recorded: str) -> bool:
    """Whether a page is there and is another text now."""
    if not Path(path).is_file():
        return False
    from ketakb.readers.choose import read_as

    try:
        return digest(read_as(path, Path(path).read_bytes()).text) != recorded
    except Exception:  # a page that cannot be read any more was edited
        return True

"""SARIF 2.1.0, for code scanning and editors; plain dictionaries, held against the schema in the tests."""

from __future__ import annotations

import os
import re
from urllib.parse import quote

from ketakb.hints import IO, Any
from ketakb.model import Store
from ketakb.reports.json_audit import finding_fields
from ketakb.reports.jsonio import dump
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import safe
from ketakb.reports.tally import SEVERITIES, ordered, position, shown_evidence, silence_said
from ketakb.results import AuditReport, Conflict, DocumentReport, Finding, Silence
from ketakb.rules.registry import all_rules
from ketakb.text import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "ketakb/v1"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write one run: notes and silenced findings too, which viewers can hide."""
    run = {
        "tool": {"driver": _driver(options)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "artifacts": [_artifact(document) for document in report.documents],
        "results": [result for number, one in enumerate(report.documents) for result in _results(number, one)]
        if report.documents
        else [_conflict(conflict) for conflict in report.conflicts],
        "properties": {"asOf": report.as_of, "store": report.store_name, "storeDigest": report.store_digest},
    }
    dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, stream)


def _driver(options: ReportOptions) -> dict[str, Any]:
    rules = [
        {
            "id": rule.id,
            "name": "".join(word.title() for word in rule.name.split("-")),
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": rule.explanation},
            "help": {"text": _help(rule.explanation, rule.fires, rule.silent)},
            "defaultConfiguration": {"level": rule.severity},
        }
        for rule in all_rules().values()
    ]
    return {"name": "ketakb", "version": options.version, "rules": rules}


def _help(explanation: str, fires: tuple[str, ...], silent: tuple[str, ...]) -> str:
    reported = [f"Reported: {text}" for text in fires]
    left = [f"Not reported: {text}" for text in silent]
    return "\n".join((explanation, *reported, *left))


def _invocation(report: AuditReport) -> dict[str, Any]:
    skipped = [
        {"level": "note", "message": {"text": _plain(f"{item.path}: not read: {item.reason}")}}
        for item in report.skipped
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": skipped}


def _artifact(document: DocumentReport) -> dict[str, Any]:
    coverage = document.coverage
    return {
        "location": {"uri": uri(document.path)},
        "properties": {
            "digest": document.digest,  # of the text, which is not always that of the bytes
            "readAs": {"kind": document.kind, "jurisdiction": document.jurisdiction},
            "coverage": {
                "sentences": coverage.sentences,
                "onTopic": coverage.on_topic,
                "read": coverage.read,
            },
        },
    }


def _results(number: int, document: DocumentReport) -> list[dict[str, Any]]:
    found = [_result(number, document, finding) for finding in ordered(document)]
    for one in document.silenced:
        result = _result(number, document, one.finding)
        found.append({**result, "suppressions": [_suppression(one.silence)]})
    return found


def _result(number: int, document: DocumentReport, finding: Finding) -> dict[str, Any]:
    fields = finding_fields(document, finding)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": _message(finding)},
        "locations": [_location(number, document, finding.span)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            name: fields[name] for name in ("verdict", "topic", "suggestion", "evidence", "count")
        },
    }
    index = list(all_rules()).index(finding.rule) if finding.rule in all_rules() else -1
    if index >= 0:
        result["ruleIndex"] = index
    if finding.related:
        result["relatedLocations"] = [
            {**_location(number, document, other.span), "id": at, "message": {"text": _plain(other.message)}}
            for at, other in enumerate(finding.related, 1)
        ]
    return result


def _message(finding: Finding) -> str:
    parts = [finding.message]
    if finding.suggestion:
        parts.append(f"Write: {finding.suggestion}")
    for item in shown_evidence(finding):
        named = " ".join(part for part in (item.title or item.source or "", item.link or "") if part)
        parts.append(f"Source: {named}" if named else f"Claim: {item.claim}")
    return _plain(" ".join(parts))


def _plain(text: str) -> str:
    """Return a message as text: brackets would make links of it, numbers in braces places for arguments."""
    escaped = safe(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return re.sub(r"\{(\d+)\}", r"{{\1}}", escaped)


def _location(number: int, document: DocumentReport, span: Span | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri(document.path), "index": number}}
    named = document.locator(span.start) if span is not None else None
    if span is not None and named is None:
        place["region"] = _region(document.text, span)
    found: dict[str, Any] = {"physicalLocation": place}
    if named is not None:  # a Word file has no lines
        found["logicalLocations"] = [{"name": safe(named)}]
    return found


def _region(text: str, span: Span) -> dict[str, Any]:
    first, last = position(text, span.start), position(text, span.end)
    words = text[span.start : span.end].encode("utf-8", "backslashreplace").decode("utf-8")
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
        "snippet": {"text": words},
    }


def _suppression(silence: Silence) -> dict[str, Any]:
    return {
        "kind": "inSource" if silence.how == "remark" else "external",
        "status": "accepted",
        "justification": safe(silence_said(silence)),
        "properties": {"place": silence.place},
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict of the store: open ones at their severity, the others as information."""
    claims = [side.claim for side in conflict.sides if side.claim]
    places = [
        {"physicalLocation": {"artifactLocation": {"uri": uri(c.path)}, "region": {"startLine": c.line or 1}}}
        for c in claims
        if c.path
    ]
    is_open = conflict.status == "open"
    names = " / ".join(claim.id for claim in claims)
    result: dict[str, Any] = {
        "ruleId": conflict.rule,
        "level": conflict.severity if is_open and conflict.severity in SEVERITIES else "none",
        "kind": "fail" if is_open else "informational",
        "message": {"text": _plain(f"{names}: {conflict.message}")},
        "locations": places[:1],
        "partialFingerprints": {FINGERPRINT: conflict.id},
        "properties": {"status": conflict.status, "topic": conflict.topic, "because": conflict.because},
    }
    if places[1:]:
        result["relatedLocations"] = [
            {**place, "id": at, "message": {"text": "the other side"}}
            for at, place in enumerate(places[1:], 1)
        ]
    return result


def uri(path: str) -> str:
    """Return a path as a URI: relative where it is relative, standard input by its name."""
    if path == "-":
        return "stdin"
    slashed = path.replace(os.sep, "/")
    if _DRIVE.match(path):
        return "file:///" + quote(slashed, safe="/:")
    escaped = quote(slashed.encode("utf-8", "surrogateescape"), safe="/")
    return f"file://{escaped}" if slashed.startswith("/") else escaped.removeprefix("./")

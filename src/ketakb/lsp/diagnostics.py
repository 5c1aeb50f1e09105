"""Findings as diagnostics of the Language Server Protocol."""

from __future__ import annotations

from lsprotocol import types
from pygls import uris

from ketakb.lsp.bench import Audited
from ketakb.lsp.evidence import named, said, spot_of
from ketakb.lsp.places import Places
from ketakb.lsp.rule_pages import page_of
from ketakb.reports.paper import safe
from ketakb.reports.tally import ordered, told_evidence
from ketakb.results import Finding
from ketakb.text import Span

_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Hint,
}


def diagnostics_of(audited: Audited, uri: str, encoding: str, *, notes: bool) -> list[types.Diagnostic]:
    """Return a diagnostic for each finding, in reading order; notes are hints, or information where `notes` is set."""
    places = Places(audited.report.text, encoding)
    return [diagnostic_of(finding, audited, uri, places, encoding, notes=notes) for finding in ordered(audited.report)]


def diagnostic_of(
    finding: Finding, audited: Audited, uri: str, places: Places, encoding: str, *, notes: bool
) -> types.Diagnostic:
    """Return the diagnostic of one finding; one on the whole document stands on its first line."""
    page = page_of(finding.rule)
    severity = _SEVERITY[finding.severity]
    if notes and finding.severity == "note":
        severity = types.DiagnosticSeverity.Information
    return types.Diagnostic(
        range=range_of(finding.span or places.line(0), places),
        message=message_of(finding),
        severity=severity,
        code=finding.rule,
        code_description=types.CodeDescription(page) if page else None,
        source="ketakb",
        related_information=_related(finding, audited, uri, places, encoding) or None,
        data={"rule": finding.rule, "fingerprint": finding.fingerprint},
    )


def message_of(finding: Finding) -> str:
    """Return what an editor shows beside the words: what is wrong, then what to write instead."""
    told = safe(finding.message) + (f" ({finding.count} times)" if finding.count > 1 else "")
    return f"{told}\nWrite: {safe(finding.suggestion)}" if finding.suggestion else told


def range_of(span: Span, places: Places) -> types.Range:
    """Return a span as the protocol counts."""
    start, end = places.place(span.start), places.place(span.end)
    return types.Range(types.Position(*start), types.Position(*end))


def _related(
    finding: Finding, audited: Audited, uri: str, places: Places, encoding: str
) -> list[types.DiagnosticRelatedInformation]:
    """Return the other places that a finding speaks of, then the passages behind it."""
    found = [
        types.DiagnosticRelatedInformation(types.Location(uri, range_of(one.span, places)), safe(one.message))
        for one in finding.related
    ]
    for item in told_evidence(finding):
        spot = spot_of(item, audited.ready.store, encoding)
        there = uris.from_fs_path(spot[0]) if spot else None
        if spot and there:
            at = types.Range(types.Position(*spot[1]), types.Position(*spot[2]))
            told = " - ".join(part for part in (said(item), named(item)) if part)
            found.append(types.DiagnosticRelatedInformation(types.Location(there, at), told))
    return found

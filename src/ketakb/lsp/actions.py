"""What an editor can do about a finding: use the wording of the house, or record a decision."""

from __future__ import annotations

from lsprotocol import types

from ketakb.lsp.bench import Audited
from ketakb.lsp.diagnostics import diagnostic_of, range_of
from ketakb.lsp.places import Places
from ketakb.lsp.wording import whole_sentence
from ketakb.reports.paper import shortened
from ketakb.reports.tally import ordered
from ketakb.results import Finding
from ketakb.text import Span

RECORD = "ketakb.recordDecision"
DECISIONS = {"false-alarm": "a false alarm", "accepted": "accepted", "deferred": "deferred"}
"""Verdicts, and how a menu calls them."""
_WORDS = 60  # code points of a clause or wording in a menu


def actions_of(
    audited: Audited, uri: str, version: int | None, chosen: Span, encoding: str, *, notes: bool, records: bool
) -> list[types.CodeAction]:
    """Return the actions for the findings that a selection touches.

    `chosen` are offsets into the text, `version` that of the document, or None for an editor that does not take edits
    of one version; `records` says whether decisions can be written.
    """
    places = Places(audited.report.text, encoding)
    found = []
    for finding in ordered(audited.report):
        span = finding.span or places.line(0)
        if not (span.start <= chosen.end and chosen.start <= span.end):
            continue
        told = [diagnostic_of(finding, audited, uri, places, encoding, notes=notes)]
        replaced = whole_sentence(audited, finding)
        if replaced is not None:
            found.append(_replace(uri, version, replaced, places, told))
        if records and finding.rule != "KB003":
            found += [_record(uri, finding, verdict, told) for verdict in DECISIONS]
    return found


def _replace(
    uri: str, version: int | None, replaced: tuple[Span, str], places: Places, told: list[types.Diagnostic]
) -> types.CodeAction:
    span, wording = replaced
    edit = types.TextEdit(range_of(span, places), wording)
    if version is None:
        whole = types.WorkspaceEdit(changes={uri: [edit]})
    else:
        document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
        whole = types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [edit])])
    return types.CodeAction(
        title=f"Use the preferred wording: {shortened(wording, _WORDS)}",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=told,
        is_preferred=True,
        edit=whole,
    )


def _record(uri: str, finding: Finding, verdict: str, told: list[types.Diagnostic]) -> types.CodeAction:
    title = f"Record {finding.rule} here as {DECISIONS[verdict]}"
    asked = {"uri": uri, "rule": finding.rule, "fingerprint": finding.fingerprint, "as": verdict}
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=told,
        command=types.Command(title=title, command=RECORD, arguments=[asked]),
    )

"""What an editor can do about a finding: use the wording of the house, or record a decision."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from ketakb.desk.edits import Edit
from ketakb.lsp.bench import Audited
from ketakb.lsp.diagnostics import diagnostic_of, range_of
from ketakb.lsp.places import Places
from ketakb.lsp.wording import whole_sentence
from ketakb.reports.paper import safe, shortened
from ketakb.reports.tally import ordered
from ketakb.results import Finding
from ketakb.text import Span

RECORD = "ketakb.recordDecision"
DECISIONS = {"false-alarm": "a false alarm", "accepted": "accepted", "deferred": "deferred"}
"""Verdicts, and how a menu calls them."""
_WORDS = 60  # code points of a clause or wording in a menu


def actions_of(
    audited: Audited,
    edits: Sequence[tuple[Finding, Edit | None]],
    uri: str,
    version: int | None,
    encoding: str,
    *,
    notes: bool,
    records: bool,
) -> list[types.CodeAction]:
    """Return the actions for some findings, each with the replacement that settles it, where one does.

    `version` is that of the document, or None for an editor that does not take edits of one version; `records` says
    whether decisions can be written.
    """
    places = Places(audited.report.text, encoding)
    found = []
    for finding, edit in edits:
        told = [diagnostic_of(finding, audited, uri, places, encoding, notes=notes)]
        if edit is not None:
            before = audited.report.text[edit.span.start : edit.span.end]
            title = f"Replace {_short(before)} with {_short(edit.replacement)}" if before else _insert(edit)
            found.append(_replace(title, uri, version, (edit.span, edit.replacement), places, told, preferred=True))
        whole = whole_sentence(audited, finding)
        if whole is not None:
            title = f"Use the preferred wording: {shortened(safe(whole[1]), _WORDS)}"
            found.append(_replace(title, uri, version, whole, places, told, preferred=edit is None))
        if records and finding.rule != "KB003":
            found += [_record(uri, finding, verdict, told) for verdict in DECISIONS]
    return found


def touched(audited: Audited, chosen: Span, first_line: Span) -> list[Finding]:
    """Return the findings that a selection touches; those on the whole document stand on the first line."""
    return [
        finding
        for finding in ordered(audited.report)
        if (span := finding.span or first_line).start <= chosen.end and chosen.start <= span.end
    ]


def _short(words: str) -> str:
    return f"“{shortened(safe(words), _WORDS // 2)}”"


def _insert(edit: Edit) -> str:
    return f"Insert {_short(edit.replacement)}"


def _replace(
    title: str,
    uri: str,
    version: int | None,
    replaced: tuple[Span, str],
    places: Places,
    told: list[types.Diagnostic],
    *,
    preferred: bool,
) -> types.CodeAction:
    span, wording = replaced
    edit = types.TextEdit(range_of(span, places), wording)
    if version is None:
        whole = types.WorkspaceEdit(changes={uri: [edit]})
    else:
        document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
        whole = types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [edit])])
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=told,
        is_preferred=preferred,
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

"""Two versions of a draft compared: for a person and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.desk.diff import Change, Diff
from ketakb.hints import IO, Any
from ketakb.model import Store
from ketakb.reports.json_audit import finding_fields
from ketakb.reports.jsonio import assertion, dump, place
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import Paper, count_of, paper, quoted
from ketakb.reports.tally import position
from ketakb.results import DocumentReport, Finding, Reading
from ketakb.text import Span

SCHEMA = "ketakb.diff/1"


def write(changes: Diff, stream: IO[str], options: ReportOptions) -> None:
    """Write what is new and what went missing first, then what is said otherwise, then what was mended."""
    out = paper(stream, options)
    _findings(out, "new", changes.found, changes.new, options)
    for missing in changes.missing:
        where = _place(changes.old, missing.old)
        told = quoted(missing.told) if missing.kind == "risk" else missing.told
        out.line((where, "path"), (f"{missing.kind} went missing: ", "error"), told)
    _changes(out, "stronger", changes.strengthened, changes, True)
    _changes(out, "weaker", changes.weakened, changes, False)
    for one in changes.added:
        _said(out, "added", one.new, changes.new)
    for one in changes.dropped:
        _said(out, "dropped", one.old, changes.old)
    _findings(out, "remaining", changes.remaining, changes.new, options)
    _findings(out, "mended", changes.fixed, changes.old, options)
    if not options.quiet:
        findings = (
            f"{len(changes.fixed)} mended, {len(changes.found)} new, {len(changes.remaining)} remaining"
        )
        said = f"{len(changes.added)} added, {len(changes.strengthened)} stronger"
        said += f", {len(changes.weakened)} weaker, {len(changes.dropped)} dropped"
        out.line((f"findings: {findings}; statements: {said}", "bold"))
        lost = count_of(len(changes.missing), "risk or disclosure", "risks and disclosures")
        out.line(f"{lost} went missing. What was not read was not compared.")


def _findings(
    out: Paper, what: str, findings: Sequence[Finding], document: DocumentReport, options: ReportOptions
) -> None:
    for finding in findings:
        if options.notes or finding.severity != "note":
            rule = f" {finding.rule} {finding.name}: "
            where = (_place(document, finding.span) or f"{document.path}: ", "path")
            style = finding.severity if what == "new" else "dim"
            out.line(where, (f"{what} {finding.severity}", style), (rule, "dim"), finding.message)


def _changes(out: Paper, what: str, found: Sequence[Change], changes: Diff, stronger: bool) -> None:
    for one in found:
        if one.old is None or one.new is None:
            continue
        told = "; ".join(step.told for step in one.steps if step.stronger is stronger)
        out.line((_place(changes.new, one.new.span), "path"), (f"{what}: ", "warning"), told)
        before, after = _words(changes.old, one.old.span), _words(changes.new, one.new.span)
        out.line(f"{quoted(before)} became {quoted(after)}" if before != after else quoted(after), indent=2)


def _said(out: Paper, what: str, reading: Reading | None, document: DocumentReport) -> None:
    if reading is not None:
        words, place = quoted(_words(document, reading.span)), _place(document, reading.span)
        out.line((place, "path"), f"{what}: {words}", (f" {reading.assertion.topic}", "dim"))


def _words(document: DocumentReport, span: Span) -> str:
    return " ".join(document.text[span.start : span.end].split())


def _place(document: DocumentReport, span: Span | None) -> str:
    if span is None:
        return ""
    at = position(document.text, span.start)
    return f"{document.path}:{at.line}:{at.column}: "


def write_json(changes: Diff, store: Store, stream: IO[str]) -> None:
    """Write everything."""
    old, new = changes.old, changes.new
    dump(
        {
            "schema": SCHEMA,
            "old": {"path": old.path, "digest": old.digest},
            "new": {"path": new.path, "digest": new.digest},
            "findings": {
                "fixed": [finding_fields(old, finding) for finding in changes.fixed],
                "new": [finding_fields(new, finding) for finding in changes.found],
                "remaining": [finding_fields(new, finding) for finding in changes.remaining],
            },
            "assertions": {
                "added": [_change(changes, one) for one in changes.added],
                "dropped": [_change(changes, one) for one in changes.dropped],
                "strengthened": [_change(changes, one) for one in changes.strengthened],
                "weakened": [_change(changes, one) for one in changes.weakened],
            },
            "missing": [
                {"kind": one.kind, "what": one.what, "told": one.told, "old": place(old.text, one.old)}
                for one in changes.missing
            ],
        },
        stream,
    )


def _change(changes: Diff, one: Change) -> dict[str, Any]:
    return {
        "old": _reading(changes.old, one.old),
        "new": _reading(changes.new, one.new),
        "steps": [{"stronger": step.stronger, "told": step.told} for step in one.steps],
    }


def _reading(document: DocumentReport, reading: Reading | None) -> dict[str, Any] | None:
    if reading is None:
        return None
    return {**place(document.text, reading.span), **assertion(reading.assertion)}

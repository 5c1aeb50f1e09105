"""The report a person reads: findings on drafts, then conflicts, then how far each text was read.

It says what was found and how much was read; it never says that a text is approved.
"""

from __future__ import annotations

from collections import Counter

from ketakb.hints import IO
from ketakb.model import Store
from ketakb.reports.citation import citation
from ketakb.reports.conflicts_text import write_conflicts
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import Paper, Piece, count_of, paper, quoted, shortened
from ketakb.reports.tally import (
    all_severities,
    ordered,
    position,
    severities,
    silence_said,
    told_evidence,
)
from ketakb.results import AuditReport, DocumentReport, Evidence, Finding, Reading
from ketakb.text import Span

_CONTEXT = 60  # code points of the line that are shown on each side of a clause
_TITLE = 80  # code points of a title
_FEW = 5  # skipped files that are named one by one


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write an audit of drafts, or of the store where no draft was given."""
    out = paper(stream, options)
    for document in report.documents:
        _document(out, document, store, options)
    write_conflicts(out, report, options)
    if not options.quiet:
        _skipped(out, report)
        if report.documents:
            _closing(out, report, options)


def _document(out: Paper, document: DocumentReport, store: Store, options: ReportOptions) -> None:
    shown = [f for f in ordered(document) if options.notes or f.severity != "note"]
    for finding in shown:
        _finding(out, document, finding, store, options)
        out.line()
    _cites(out, document, store)
    if options.show_ignored:
        _silenced(out, document)
    if not options.quiet:
        _coverage(out, document, options)


def _finding(
    out: Paper, document: DocumentReport, finding: Finding, store: Store, options: ReportOptions
) -> None:
    times = f" ({finding.count} times)" if finding.count > 1 else ""
    out.line(
        (_place(document, finding.span), "path"),
        *_locator(document, finding.span),
        " ",
        (finding.severity, finding.severity),
        (f" {finding.rule} {finding.name}{times}", "dim"),
        (f" (a rule of {finding.layer})" if _is_upper(finding.layer, store) else "", "dim"),
    )
    if finding.span is not None:
        out.line(*_clause(document.text, finding.span, options), indent=2)
    out.line(finding.message, indent=2)
    if finding.suggestion:
        out.line(("Write: ", "good"), finding.suggestion, indent=2)
    for item in told_evidence(finding):
        for number, line in enumerate(_evidence(item, store, finding.message)):
            out.line((line, "dim"), indent=6 if number else 4)
    for other in finding.related:
        out.line((f"see {_place(document, other.span)} {other.message}", "dim"), indent=4)
    if options.why:
        _why(out, document, finding)


def _place(document: DocumentReport, span: Span | None) -> str:
    if span is None:
        return f"{document.path}:"
    at = position(document.text, span.start)
    return f"{document.path}:{at.line}:{at.column}:"


def _locator(document: DocumentReport, span: Span | None) -> list[Piece | str]:
    """Return the name of a place where line and column mean little: in a Word file."""
    named = document.locator(span.start) if span is not None else None
    return [" ", (f"({named})", "path")] if named else []


def _clause(text: str, span: Span, options: ReportOptions) -> list[Piece | str]:
    """Return the clause: underlined in its line on a terminal, in quotation marks in a pipe."""
    clause = text[span.start : span.end]
    if not options.terminal or len(clause) > 240:
        return [quoted(clause)]
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _CONTEXT)
    newline = text.find("\n", span.end)
    end = min(newline if newline >= 0 else len(text), span.end + _CONTEXT)
    before, after = text[start : span.start].lstrip(), text[span.end : end].rstrip()
    if start and text[start - 1] != "\n":
        before = "… " + before.partition(" ")[2]
    if end < len(text) and text[end] != "\n":
        after = after.rpartition(" ")[0] + " …"
    return [before, (clause, "mark"), after]


def _evidence(item: Evidence, store: Store, message: str) -> list[str]:
    """Return what is said, whether in its words or ours, then by whom, where it can be read, and the claim's id.

    Why a layer overrules a claim is said unless the message says it.
    """
    said = item.statement
    if item.passage:
        said = f"{quoted(item.passage)} (quotation)" if item.quoted else f"{item.passage} (our summary)"
    reason = f" ({item.because})" if item.because and item.because not in message else ""
    over = f", over {item.overrules}{reason}" if item.overrules else ""
    held = f"held by {item.layer}{over}: " if _is_upper(item.layer, store) else ""
    named = ", ".join(part for part in (shortened(item.title or "", _TITLE), item.kind, item.year) if part)
    if not named:
        return [f"{held}{said} [{item.claim}]"]
    return [f"{held}{said}", " ".join(part for part in (named, item.link, f"[{item.claim}]") if part)]


def _is_upper(layer: str, store: Store) -> bool:
    """Whether something comes from a layer over the store beneath, which a reader is told."""
    return len(store.layers) > 1 and layer not in ("", store.layers[0])


def _cites(out: Paper, document: DocumentReport, store: Store) -> None:
    """Write a line for each source that a supported sentence could cite, where that was asked for."""
    seen = set()
    for judged in document.judged:
        if judged.cite is not None:
            place = _place(document, judged.reading.span)
            line = place, judged.cite.source
            if line not in seen:
                cited = citation(store.sources[judged.cite.source])
                out.line((place, "path"), (" cite ", "good"), cited, (f" [{judged.cite.source}]", "dim"))
            seen.add(line)


def _silenced(out: Paper, document: DocumentReport) -> None:
    """Write what was silenced, two lines each: what was found, and why it is not reported."""
    for one in document.silenced:
        finding, silence = one.finding, one.silence
        place = (_place(document, finding.span), "path")
        out.line(place, (f" silenced {finding.rule} {finding.name}: {finding.message}", "dim"))
        out.line((f"{silence_said(silence)} ({silence.place})", "dim"), indent=2)


def _why(out: Paper, document: DocumentReport, finding: Finding) -> None:
    if finding.why:
        out.line((f"why: {finding.why}", "dim"), indent=4)
    reading = _reading_of(document, finding)
    if reading is None:
        return
    for concept, span in reading.triggers:
        out.line((f"{quoted(document.text[span.start : span.end])} was read as {concept}", "dim"), indent=6)


def _reading_of(document: DocumentReport, finding: Finding) -> Reading | None:
    if finding.span is None:
        return None
    return next(
        (
            judged.reading
            for judged in document.judged
            if judged.reading.span == finding.span and judged.reading.assertion.topic == finding.topic
        ),
        None,
    )


def _coverage(out: Paper, document: DocumentReport, options: ReportOptions) -> None:
    counts = severities(document.findings)
    read = document.coverage
    path: Piece = (f"{document.path}: ", "path")
    if not read.sentences:
        out.line(path, "holds no sentence; nothing was compared")
    elif not read.on_topic:
        silent = f"no sentence of {read.sentences} speaks of the store's subject; nothing was compared"
        out.line(path, silent, _notes(counts, options))
    else:
        of = f"{read.read} of {read.on_topic} on-topic sentences"
        found = _found(counts)
        told = f"{found}; {of} were read" if found else f"no conflict in the {of} that were read"
        missed = read.on_topic - read.read
        left = f", {missed} {'was' if missed == 1 else 'were'} not understood" if missed else ""
        out.line(path, told + left, _notes(counts, options))
    if options.why:
        for unread in read.unread:
            clause = document.text[unread.span.start : unread.span.end]
            out.line((f"{_place(document, unread.span)} not understood: {quoted(clause)}", "dim"), indent=2)


def _notes(counts: Counter[str], options: ReportOptions) -> Piece:
    if options.notes or not counts["note"]:
        return ("", "")
    them = "it" if counts["note"] == 1 else "them"
    return (f" ({count_of(counts['note'], 'note')}; --notes shows {them})", "dim")


def _found(counts: Counter[str]) -> str:
    named = [count_of(counts[kind], kind) for kind in ("error", "warning") if counts[kind]]
    return " and ".join(named)


def _skipped(out: Paper, report: AuditReport) -> None:
    for item in report.skipped[:_FEW]:
        out.line((f"{item.path}: not read: {item.reason}", "dim"))
    if (more := len(report.skipped) - _FEW) > 0:
        out.line((f"and {count_of(more, 'more file')} not read", "dim"))


def _closing(out: Paper, report: AuditReport, options: ReportOptions) -> None:
    as_what = dict.fromkeys(f"{document.kind}, {document.jurisdiction}" for document in report.documents)
    read_as = f"{' and '.join(as_what)}, as of {report.as_of}"
    if len(report.documents) == 1:  # its own line has said the rest
        out.line((f"Read as {read_as}", "dim"))
    else:
        counts = all_severities(report)
        numbers = ", ".join(count_of(counts[kind], kind) for kind in ("error", "warning", "note"))
        out.line((f"{len(report.documents)} documents: {numbers} (read as {read_as})", "bold"))
    silenced = sum(len(document.silenced) for document in report.documents)
    if silenced:
        told = "" if options.show_ignored else "; --show-ignored shows which, and why"
        out.line((f"{count_of(silenced, 'finding')} silenced{told}", "dim"))

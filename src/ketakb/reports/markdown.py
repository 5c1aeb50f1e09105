"""A review comment in Markdown, ready to paste into a pull request, an issue or a chat.

What comes from a draft or the store stays text: no markup, no link, nobody is mentioned.
"""

from __future__ import annotations

import re

from ketakb.hints import IO
from ketakb.model import Store
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import count_of, quoted, safe, shortened
from ketakb.reports.tally import all_severities, ordered, position, read_said, silence_said, told_evidence
from ketakb.results import AuditReport, Conflict, DocumentReport, Evidence, Finding

_MARKS = re.compile(r"[\\`*_\[\]<>|~$&@#{}]|://|www\.")
_OPENING = re.compile(r"(\d{1,9})?([-+=.)])(?=\s|=|-|$)")
_INSTEAD = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "@<!-- -->", "#": "#<!-- -->", "://": "&#58;//"}
_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9./?=&%_~:+,;()-]*\Z")
_TITLE = 80


def write(report: AuditReport, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write a comment on drafts, or on the open conflicts of the store where no draft was given."""
    counts = all_severities(report)
    if report.documents:
        numbers = ", ".join(count_of(counts[kind], kind) for kind in ("error", "warning", "note"))
        stream.write(f"### ketakb: {numbers}\n")
        for document in report.documents:
            _document(document, stream, options)
    else:
        shown = [
            c for c in report.conflicts if c.status == "open" and (options.notes or c.severity != "note")
        ]
        stream.write(f"### ketakb: {count_of(len(shown), 'open conflict')} in the store\n\n")
        stream.writelines(_conflict(conflict) for conflict in shown)
    if not options.quiet:
        told = f"Read as {report.kind}, {report.jurisdiction}, as of {report.as_of}."
        aid = "An aid for editors: what was not read was not checked."
        end = f"{told} {aid}" if report.documents else f"As of {report.as_of}."
        stream.write(f"\n<sub>{end}</sub>\n")


def _document(document: DocumentReport, stream: IO[str], options: ReportOptions) -> None:
    findings = ordered(document)
    shown = [finding for finding in findings if options.notes or finding.severity != "note"]
    hidden = len(findings) - len(shown)
    more = f"; {count_of(hidden, 'note')} not shown" if hidden else ""
    stream.write(f"\n#### {code(document.path)}\n\n")
    if not options.quiet:
        none = "" if findings or not document.coverage.on_topic else "no conflict in what was read: "
        told = f"{none}{read_said(document)}{more}."
        stream.write(f"{told[:1].upper()}{told[1:]}\n\n")
    stream.writelines(_finding(document, finding) for finding in shown)
    for one in document.silenced if options.show_ignored else ():
        found = f"{_place(document, one.finding)}: {one.finding.rule} {escaped(one.finding.message)}"
        stream.write(f"- silenced{found} ({escaped(silence_said(one.silence))})\n")


def _finding(document: DocumentReport, finding: Finding) -> str:
    parts = [f"- **{finding.severity}**{_place(document, finding)} · {finding.rule} {finding.name}"]
    if finding.span is not None:
        parts.append(f"  > {escaped(quoted(document.text[finding.span.start : finding.span.end]))}")
    parts.append(f"  {escaped(finding.message)}")
    if finding.suggestion:
        parts.append(f"  **Write:** {escaped(finding.suggestion)}")
    if evidence := told_evidence(finding):
        parts.append("\n".join(f"  - {cited(item)}" for item in evidence))
    return "\n\n".join(parts) + "\n\n"


def _place(document: DocumentReport, finding: Finding) -> str:
    if finding.span is None:
        return ""
    named = document.locator(finding.span.start)
    if named is not None:
        return f" {escaped(named)}"
    at = position(document.text, finding.span.start)
    return f" line {at.line}, column {at.column}"


def cited(item: Evidence) -> str:
    """Return what evidence says and where it can be read, on one line of Markdown."""
    said = item.statement
    if item.passage:
        said = f"{quoted(item.passage)} (quotation)" if item.quoted else f"{item.passage} (our summary)"
    title = escaped(shortened(item.title or item.source or "", _TITLE))
    named = f"[{title}](<{item.link}>)" if item.link and _ADDRESS.match(item.link) and title else title
    about = ", ".join(part for part in (named, escaped(item.kind or ""), escaped(item.year or "")) if part)
    return f"{escaped(said)}{f' — {about}' if about else ''}"


def _conflict(conflict: Conflict) -> str:
    names = " / ".join(code(side.claim.id) for side in conflict.sides if side.claim)
    return f"- **{conflict.severity}** {conflict.rule} {names}: {escaped(conflict.message)}\n"


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    text = _MARKS.sub(_instead, safe(text).strip())
    return _OPENING.sub(r"\1\\\2", text, count=1) if _OPENING.match(text) else text


def _instead(match: re.Match[str]) -> str:
    found = match.group()
    if found == "www.":
        return "www&#46;"
    return _INSTEAD.get(found) or f"\\{found}"


def code(text: str) -> str:
    """Return text as a span of code, fenced by more backticks than it holds."""
    text = safe(text)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if longest else ""
    return f"{fence}{gap}{text}{gap}{fence}"

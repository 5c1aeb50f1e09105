"""The notes in the margin: what a finding says, the wording to use, and the evidence behind it."""

from __future__ import annotations

from ketakb.model import Store
from ketakb.readers.document import Document
from ketakb.reports.html.build import Markup, folded, items, join, link, tag, unseen
from ketakb.reports.html.prose import Mark, visible
from ketakb.reports.html.words import VERDICTS, severity, topic
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import shortened
from ketakb.reports.tally import shown_evidence
from ketakb.results import DocumentReport, Evidence, Finding

_CLAUSE = 140  # code points of a clause that a note repeats


def note(report: DocumentReport, document: Document, mark: Mark, store: Store, options: ReportOptions) -> Markup:
    """Return the note of a finding; one of the lowest severity is folded."""
    finding = mark.finding
    head = join(
        [
            severity(finding.severity, mark.number),
            " ",
            tag("span", VERDICTS.get(finding.verdict, finding.verdict), class_="verdict"),
        ]
    )
    body = join([_clause(document, mark), _body(document, finding, store, options)])
    if finding.severity == "note":
        inner = folded(join([head, " ", tag("span", finding.message, class_="brief")]), body)
    else:
        inner = join([tag("p", head, class_="head"), body])
    return tag(
        "article",
        inner,
        id=mark.anchor,
        class_=f"remark {finding.severity}",
        aria_label=f"{finding.severity} {mark.number}",
        data_severity=finding.severity,
        data_topic=finding.topic or "-",
        tabindex="-1",
    )


def _clause(document: Document, mark: Mark) -> Markup | None:
    if mark.finding.span is None:
        return None
    words = " ".join(visible(document, mark.span).split())
    back = tag("a", "“", shortened(words, _CLAUSE), "”", href=f"#{mark.anchor}-at")
    return tag("p", unseen("On the words "), back, class_="clause")


def _body(document: Document, finding: Finding, store: Store, options: ReportOptions) -> Markup:
    parts: list[Markup | None] = [tag("p", finding.message, class_="message")]
    if finding.count > 1:
        parts.append(
            tag("p", f"Said {finding.count} times in this text; shown once, where it is said first.", class_="dim")
        )
    if finding.suggestion:
        parts.append(tag("p", tag("strong", "Wording to use: "), finding.suggestion, class_="use"))
    for other in finding.related:
        words = " ".join(visible(document, other.span).split())
        parts.append(tag("p", "See also “", shortened(words, _CLAUSE), f"”: {other.message}", class_="dim"))
    shown = shown_evidence(finding)
    if shown:
        kinds = ", ".join(dict.fromkeys(one.kind for one in shown if one.kind)) or "a statement that we hold"
        parts.append(folded(f"Evidence: {kinds}", items((evidence(one, store) for one in shown), "evidence")))
    layer = (
        f", a rule of {finding.layer}" if len(store.layers) > 1 and finding.layer not in ("", store.layers[0]) else ""
    )
    parts.append(tag("p", f"{topic(store, finding.topic)} · {finding.rule} {finding.name}{layer}", class_="dim rule"))
    if options.why and finding.why:
        parts.append(tag("p", f"Why: {finding.why}", class_="dim"))
    return join(parts)


def evidence(item: Evidence, store: Store) -> Markup:
    """Return one piece of evidence: what is said, whether in its own words or ours, and by whom."""
    return join([_said(item.passage, item.quoted, item.statement), _by(item), _over(item, store)])


def _said(passage: str | None, quoted: bool, statement: str) -> Markup:
    if not passage:
        return tag("p", tag("span", "Statement we hold", class_="how"), " ", statement, class_="says")
    return quotation(passage) if quoted else summary(passage)


def quotation(words: str) -> Markup:
    """Return a passage in the words of its source."""
    return tag("blockquote", tag("p", tag("span", "Quotation", class_="how"), " “", words, "”"), class_="quote")


def summary(words: str, locator: str | None = None) -> Markup:
    """Return what a source says in our words, never to be taken for its own."""
    where = f" ({locator})" if locator else ""
    return tag("p", tag("span", "Our summary", class_="how"), " ", words, where, class_="says")


def _by(item: Evidence) -> Markup | None:
    if not item.title:
        return None
    named = [link(item.title, item.link), item.kind or None, item.year]
    return tag("p", join([part for part in named if part], ", "), class_="by")


def _over(item: Evidence, store: Store) -> Markup | None:
    if not item.overrules or len(store.layers) < 2:
        return None
    because = f": {item.because}" if item.because else "."
    return tag("p", f"Held by {item.layer} in place of the shared statement{because}", class_="dim")

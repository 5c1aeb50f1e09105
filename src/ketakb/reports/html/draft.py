"""The page of drafts: each text with its clauses marked and notes beside them, and how far it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ketakb.model import Store
from ketakb.readers.document import Document
from ketakb.reports.citation import citation
from ketakb.reports.citation import link as address
from ketakb.reports.html.build import Child, Markup, folded, items, join, link, tag
from ketakb.reports.html.conflicts import between
from ketakb.reports.html.notes import note
from ketakb.reports.html.page import frame
from ketakb.reports.html.prose import Mark, Stretch, document_of, prose, stretches, visible
from ketakb.reports.html.words import SEVERITIES, severity, topic
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import count_of
from ketakb.reports.tally import all_severities, ordered, position, severities
from ketakb.results import AuditReport, DocumentReport
from ketakb.text import Span

_NAMED = ("error", "warning", "note")


def page(report: AuditReport, store: Store, options: ReportOptions) -> Markup:
    """Return the page of an audit of drafts."""
    single = len(report.documents) == 1
    title = f"Review of {_name(report.documents[0])}" if single else f"Review of {len(report.documents)} texts"
    header = join([tag("h1", title), _about(report, store)])
    parts = [
        None if single else _contents(report),
        _filter(report, store),
        *(_document(one, at, single, store, options) for at, one in enumerate(report.documents, 1)),
        between(report, store),
        _skipped(report),
    ]
    return frame(title, header, join(parts, "\n"), report, options)


def _name(document: DocumentReport) -> str:
    return "standard input" if document.path == "-" else document.path


def _about(report: AuditReport, store: Store) -> Markup:
    held = f"{report.claims:,} statements from {report.sources:,} sources"
    what = (
        f"Each sentence that could be read was compared with {held} ({store.title}). What goes against them is "
        "marked in the text, with a note beside it that says why and what to write instead. A mark is a question "
        "to an editor, not a verdict."
    )
    caution = (
        "The absence of marks does not mean that a text is right: what was not read was not checked, and not "
        "everything is known here."
    )
    legend = [join([severity(name), " ", words]) for name, words in SEVERITIES.items()]
    legend.append(
        join(
            [
                tag("span", "dotted words", class_="unread"),
                " a sentence on the subject that was not understood, so not checked",
            ]
        )
    )
    return join(
        [
            tag("p", what, class_="lead"),
            tag("p", caution, class_="lead"),
            folded("What the marks mean", items(legend, "legend")),
        ]
    )


def _contents(report: AuditReport) -> Markup:
    rows = []
    for at, document in enumerate(report.documents, 1):
        counts = severities(document.findings)
        cells = [tag("td", str(counts[name]) if counts[name] else "–") for name in _NAMED]
        read = tag("td", f"{document.coverage.read} of {document.coverage.on_topic}")
        rows.append(tag("tr", tag("th", tag("a", _name(document), href=f"#d{at}"), scope="row"), *cells, read))
    heads = ("Text", "Errors", "Warnings", "Notes", "On-topic sentences read")
    head = tag("thead", tag("tr", *(tag("th", words, scope="col") for words in heads)))
    table = tag("table", tag("caption", "The texts, and what was found in each"), head, tag("tbody", *rows))
    return tag("nav", tag("div", table, class_="wide"), aria_label="Texts")


def _filter(report: AuditReport, store: Store) -> Markup | None:
    """Return the choice of what to show; it appears only where the script runs."""
    findings = [finding for document in report.documents for finding in document.findings]
    if not findings:
        return None
    counts = all_severities(report)
    boxes = [
        tag(
            "label",
            tag("input", type="checkbox", name="severity", value=name, checked=True),
            " ",
            severity(name),
            f" {counts[name]}",
        )
        for name in _NAMED
        if counts[name]
    ]
    topics = Counter(finding.topic or "-" for finding in findings)
    named = sorted(
        ((topic(store, None if key == "-" else key), key) for key in topics), key=lambda pair: pair[0].lower()
    )
    options = [tag("option", "All topics", value="")]
    options += [tag("option", f"{title} ({topics[key]})", value=key) for title, key in named]
    return tag(
        "form",
        tag("fieldset", tag("legend", "Show"), *boxes),
        tag("label", "Topic ", tag("select", *options, name="topic")),
        tag("output", "", aria_live="polite"),
        class_="filter",
        hidden=True,
        aria_label="Filter the notes",
        data_filter=True,
    )


def _document(report: DocumentReport, at: int, single: bool, store: Store, options: ReportOptions) -> Markup:
    document = document_of(report)
    marks: list[Mark] = []
    whole: list[Mark] = []
    for number, finding in enumerate(ordered(report), 1):
        mark = Mark(number, f"d{at}-n{number}", finding, finding.span or Span(0, 0))
        (whole if finding.span is None else marks).append(mark)
    found, astray = stretches(report, document, marks)

    def written(some: Sequence[Mark]) -> list[Markup]:
        return [note(report, document, mark, store, options) for mark in some]

    general = [*written(whole), *written(astray)]
    return tag(
        "section",
        tag("h2", "What was found" if single else _name(report), id=f"d{at}-h"),
        _coverage(report),
        tag("section", tag("h3", "On the text as a whole"), *general, class_="general") if general else None,
        tag("h3", "The text, with notes beside it"),
        tag("div", *_rows(document, found, written), class_="text"),
        _unread(report, document),
        _cites(report, document, store),
        _silenced(report),
        id=f"d{at}",
        class_="document",
        aria_labelledby=f"d{at}-h",
    )


def _rows(document: Document, found: list[Stretch], written: object) -> list[Markup]:
    assert callable(written)
    rows, at = [], 0
    while at < len(found):
        end = at + 1
        if found[at].block.row >= 0:  # the cells of a row of a table stand in one line
            while end < len(found) and found[end].block.row == found[at].block.row:
                end += 1
        group = found[at:end]
        blocks = [prose(document, stretch) for stretch in group]
        body = tag("div", *blocks, class_="prose cells" if end - at > 1 else "prose")
        notes = [one for stretch in group for one in written(stretch.notes)]
        aside = tag("div", *notes, class_="notes", role="group", aria_label="Notes on this passage") if notes else None
        rows.append(tag("div", body, aside, class_="row marked" if notes else "row"))
        at = end
    return rows


def _coverage(report: DocumentReport) -> Markup:
    read = report.coverage
    counts = severities(report.findings)
    named = [count_of(counts[name], name) for name in _NAMED if counts[name]]
    found = tag("p", tag("strong", _listed(named)), " in this text.") if named else None
    if not read.sentences:
        told = "It holds no sentence that could be read; nothing was compared."
    elif not read.on_topic:
        told = f"None of its {count_of(read.sentences, 'sentence')} speaks of the subject; nothing was compared."
    else:
        of = f"{read.read} of {read.on_topic} on-topic sentences"
        quiet = not (counts["error"] or counts["warning"])
        told = f"There is no conflict in the {of} that were read." if quiet else f"{of} were read."
        if missed := read.on_topic - read.read:
            told += f" {missed} {'was' if missed == 1 else 'were'} not understood, and so not checked."
    as_ = f"Read as: {report.kind.replace('-', ' ')}, {report.jurisdiction}."
    return tag("div", found, tag("p", told), tag("p", as_, class_="dim"), class_="coverage")


def _listed(parts: list[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _unread(report: DocumentReport, document: Document) -> Markup | None:
    if not report.coverage.unread:
        return None
    lines = []
    for one in report.coverage.unread:
        words = " ".join(visible(document, one.span).split())
        where = report.locator(one.span.start) or f"line {position(report.text, one.span.start).line}"
        lines.append(join([tag("span", f"{where}: ", class_="dim"), "“", words, "”"]))
    return folded(f"What was not read: {count_of(len(lines), 'sentence')} on the subject", items(lines))


def _cites(report: DocumentReport, document: Document, store: Store) -> Markup | None:
    lines: dict[str, Child] = {}
    for judged in report.judged:
        if judged.cite is not None and judged.cite.source in store.sources:
            source = store.sources[judged.cite.source]
            words = " ".join(visible(document, judged.reading.span).split())
            line = join(["“", words, "”: ", link(citation(source), address(source))])
            lines.setdefault(str(line), line)
    return folded(f"Sources that could be cited: {len(lines)}", items(lines.values())) if lines else None


def _silenced(report: DocumentReport) -> Markup | None:
    if not report.silenced:
        return None
    lines = [
        f"{one.finding.message} Not reported because: {one.silence.because or one.silence.how} ({one.silence.place})"
        for one in report.silenced
    ]
    return folded(f"Decided before, and not shown again: {count_of(len(lines), 'finding')}", items(lines))


def _skipped(report: AuditReport) -> Markup | None:
    if not report.skipped:
        return None
    lines = [f"{one.path}: {one.reason}" for one in report.skipped]
    return folded(f"Files that were not read: {len(lines)}", items(lines))

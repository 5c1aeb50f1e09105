"""The page of a store: its conflicts, topics against sources, and what is said of times and dates."""

from __future__ import annotations

from ketakb.model import Store
from ketakb.reports.html.build import Child, Markup, items, join, tag
from ketakb.reports.html.charts import dates, durations
from ketakb.reports.html.conflicts import conflicts
from ketakb.reports.html.matrix import matrix
from ketakb.reports.html.page import frame
from ketakb.reports.html.sources import sources
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import count_of
from ketakb.reports.tally import STATUSES, statuses
from ketakb.results import AuditReport


def page(report: AuditReport, store: Store, options: ReportOptions) -> Markup:
    """Return the page of an audit of the store."""
    title = f"{store.title}: what the sources say"
    sections = [
        ("conflicts", "Where sources contradict each other", _conflicts(report, store, options)),
        ("sources", "Topics and sources", _matrix(report, store)),
        ("times", "How fast and how long", _times(store)),
        ("dates", "Approvals and rules over time", _dates(store, report.as_of)),
        ("list", "All sources", sources(store) if store.sources else None),
    ]
    shown = [(name, words, body) for name, words, body in sections if body is not None]
    links = [tag("a", words, href=f"#{name}") for name, words, _ in shown]
    header = join(
        [tag("h1", title), _about(report, store), tag("nav", items(links, "contents"), aria_label="Contents")]
    )
    parts = [
        tag("section", tag("h2", words, id=f"{name}-h"), body, id=name, aria_labelledby=f"{name}-h")
        for name, words, body in shown
    ]
    return frame(title, header, join(parts, "\n"), report, options)


def _about(report: AuditReport, store: Store) -> Markup:
    counts = statuses(report.conflicts)
    numbers = ", ".join(f"{counts[name]} {name}" for name in STATUSES)
    sources, topics = count_of(report.sources, "source"), count_of(len(store.topics), "topic")
    held = f"{count_of(report.claims, 'statement')} from {sources} on {topics}"
    what = (
        f"This collection holds {held}, each with the passage it rests on. Sources contradict each other: this page "
        "shows where, both sides next to each other, and which side editors accepted and why."
    )
    total = f"{count_of(len(report.conflicts), 'conflict')}: {numbers}."
    return join([tag("p", what, class_="lead"), tag("p", tag("strong", total))])


def _conflicts(report: AuditReport, store: Store, options: ReportOptions) -> Markup:
    apart = sum(report.not_comparable.values())
    rest = (
        f"{count_of(apart, 'pair')} of statements on one topic cannot be compared: "
        "they speak of different people, doses, measures or times."
    )
    return join([conflicts(report, store, options.open_only), tag("p", rest, class_="dim") if apart else None])


def _matrix(report: AuditReport, store: Store) -> Markup:
    how = (
        "What each source says, held against what editors accepted. Quotations are kept only of documents that may "
        "be copied; other sources are summarised in our words."
    )
    return join([tag("p", how, class_="lead"), matrix(report, store)])


def _times(store: Store) -> Markup | None:
    chart = durations(store)
    if chart is None:
        return None
    how = join(
        [
            "Each bar is one statement; the axis is logarithmic, so a step from minutes to hours is as wide as "
            "one from hours to days. ",
            tag("span", "The shaded band", class_="bandkey"),
            " is the range of the accepted statements of better sources. A pale bar has an open end: up to, or from.",
        ]
    )
    return join([tag("p", how, class_="lead"), chart])


def _dates(store: Store, as_of: str) -> Markup | None:
    chart = dates(store, as_of)
    how: Child = f"A bar is the time for which a statement holds, up to {as_of} where it still does; a dot is an event."
    return None if chart is None else join([tag("p", how, class_="lead"), chart])

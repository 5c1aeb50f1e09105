"""Conflicts with both sides next to each other, and how each was settled."""

from __future__ import annotations

from ketakb.model import Store
from ketakb.reports.html.build import Markup, folded, join, tag
from ketakb.reports.html.grouped import by_topic
from ketakb.reports.html.sides import evidence_list, standing
from ketakb.reports.html.words import STATUSES, group, severity, topic
from ketakb.reports.paper import count_of
from ketakb.reports.tally import STATUSES as ORDER
from ketakb.results import AuditReport, Conflict, Side

_PASSAGES = 3  # passages of one side that are shown unfolded


def conflicts(report: AuditReport, store: Store, open_only: bool = False) -> Markup:
    """Return the conflicts of the store: open ones first and whole; disputed and settled ones folded by topic."""
    parts: list[Markup] = []
    for status in ORDER:
        some = [one for one in report.conflicts if one.status == status]
        if not some or (open_only and status != "open"):
            continue
        loud = [one for one in some if one.severity != "note"]
        quiet = [one for one in some if one.severity == "note"]
        body: list[Markup] = [tag("p", STATUSES[status], class_="dim")]
        body += [_conflict(one, store) for one in loud] if status == "open" else by_topic(loud, store)
        if quiet:
            small = [_conflict(one, store) for one in quiet] if status == "open" else by_topic(quiet, store)
            body.append(folded(f"{count_of(len(quiet), 'small difference')} in figures", *small))
        title = f"{status.capitalize()}: {count_of(len(some), 'conflict')}"
        if status == "open":
            parts.append(tag("section", tag("h3", title), *body))
        else:
            parts.append(folded(tag("span", title, role="heading", aria_level="3", class_="h3"), *body, class_="big"))
    return join(parts) if parts else tag("p", "No two statements were found that contradict each other.")


def between(report: AuditReport, store: Store) -> Markup | None:
    """Return the contradictions between drafts; those inside one draft are notes there."""
    some = [one for one in report.conflicts if one.sides[0].path != one.sides[1].path]
    if not some:
        return None
    shown = [_conflict(one, store) for one in some]
    return tag(
        "section", tag("h2", "Where the texts contradict each other", id="between"), *shown, aria_labelledby="between"
    )


def _conflict(conflict: Conflict, store: Store) -> Markup:
    head = join(
        [
            severity(conflict.severity),
            " ",
            tag("strong", topic(store, conflict.topic)),
            tag("span", f" {group(conflict.topic)}", class_="dim"),
        ]
    )
    settled = (
        tag("p", tag("strong", "How it was settled: "), conflict.because, class_="use") if conflict.because else None
    )
    return tag(
        "article",
        tag("p", head, class_="head"),
        tag("p", conflict.message, class_="message"),
        tag("div", *(_side(side, store) for side in conflict.sides), class_="sides"),
        settled,
        class_=f"conflict {conflict.severity}",
        aria_label=f"{conflict.status} conflict on {topic(store, conflict.topic)}",
    )


def _side(side: Side, store: Store) -> Markup:
    if side.claim is None:
        where = side.path or ""
        if side.line:
            where += f", line {side.line}"
        words = tag("blockquote", tag("p", "“", side.text or "", "”"), class_="quote")
        return tag("div", tag("p", where, class_="by"), words, class_="side")
    claim = side.claim
    return tag(
        "div",
        tag("p", standing(claim), " ", tag("strong", claim.statement)),
        evidence_list(claim, store, _PASSAGES),
        class_="side",
    )

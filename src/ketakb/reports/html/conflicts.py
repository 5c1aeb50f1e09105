"""Conflicts with both sides next to each other, and how each was settled."""

from __future__ import annotations

from ketakb.model import Claim, Passage, Store
from ketakb.reports.citation import link as address
from ketakb.reports.html.build import Markup, folded, items, join, link, tag
from ketakb.reports.html.notes import quotation, summary
from ketakb.reports.html.words import CELLS, STANDINGS, STATUSES, group, severity, topic
from ketakb.reports.paper import count_of
from ketakb.reports.tally import STATUSES as ORDER
from ketakb.results import AuditReport, Conflict, Side

_PASSAGES = 3  # passages of one side that are shown unfolded


def conflicts(report: AuditReport, store: Store, open_only: bool = False) -> Markup:
    """Return the conflicts of the store: open ones first, disputed and settled ones folded."""
    parts: list[Markup] = []
    for status in ORDER:
        some = [one for one in report.conflicts if one.status == status]
        if not some or (open_only and status != "open"):
            continue
        loud = [one for one in some if one.severity != "note"]
        quiet = [one for one in some if one.severity == "note"]
        body: list[Markup] = [tag("p", STATUSES[status], class_="dim")]
        body += [_conflict(one, store) for one in loud]
        if quiet:
            small = [_conflict(one, store) for one in quiet]
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
    sign, _ = CELLS[STANDINGS.get(claim.standing, "unreviewed")]
    stands = tag(
        "span", tag("span", sign, aria_hidden="true"), f" {claim.standing}", class_=f"standing {claim.standing}"
    )
    shown = [passage(one, store) for one in claim.passages]
    more = (
        folded(f"{count_of(len(shown) - _PASSAGES, 'more passage')}", items(shown[_PASSAGES:], "evidence"))
        if len(shown) > _PASSAGES
        else None
    )
    return tag(
        "div",
        tag("p", stands, " ", tag("strong", claim.statement)),
        items(shown[:_PASSAGES], "evidence") if shown else None,
        more,
        class_="side",
    )


def passage(item: Passage, store: Store) -> Markup:
    """Return where a claim is said: a quotation or our summary, with its source."""
    said = quotation(item.quote) if item.quote else summary(item.says or "", item.locator)
    return join([said, tag("p", source_line(item.source, store), class_="by")])


def source_line(name: str, store: Store) -> Markup:
    """Return a source on one line: title with its link, kind and year."""
    source = store.sources.get(name)
    if source is None:
        return join([name])
    parts = [link(source.title, address(source)), source.kind, (source.published or "")[:4] or None]
    withdrawn = " (retracted)" if source.retracted else None
    return join([join([part for part in parts if part], ", "), withdrawn])


def passages_of(claim: Claim, store: Store) -> Markup:
    """Return the sources of a claim as short as can be."""
    named = list(dict.fromkeys(one.source for one in claim.passages))
    shown = [source_line(name, store) for name in named[:2]]
    more = f"and {len(named) - 2} more" if len(named) > 2 else None
    return join([*shown, more], "; ")

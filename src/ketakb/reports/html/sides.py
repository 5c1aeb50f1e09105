"""A claim as one side of a conflict: its standing, its statement, who says it in which words."""

from __future__ import annotations

from ketakb.model import Claim, Passage, Store
from ketakb.reports.html.build import Markup, folded, items, join, tag
from ketakb.reports.html.notes import quotation, summary
from ketakb.reports.html.sources import pointer
from ketakb.reports.html.words import CELLS, STANDINGS
from ketakb.reports.paper import count_of


def standing(claim: Claim) -> Markup:
    """Return the standing of a claim: a sign and a word."""
    sign, _ = CELLS[STANDINGS.get(claim.standing, "unreviewed")]
    return tag(
        "span", tag("span", sign, aria_hidden="true"), f" {claim.standing}", class_=f"standing {claim.standing}"
    )


def evidence_list(claim: Claim, store: Store, most: int) -> Markup | None:
    """Return the passages of a claim, those beyond `most` folded; None where it has none."""
    shown = [passage(one, store) for one in claim.passages]
    if not shown:
        return None
    more = shown[most:]
    rest = folded(count_of(len(more), "more passage"), items(more, "evidence")) if more else None
    return join([items(shown[:most], "evidence"), rest])


def passage(item: Passage, store: Store) -> Markup:
    """Return where a claim is said: a quotation or our summary, with its source."""
    said = quotation(item.quote) if item.quote else summary(item.says or "", item.locator)
    return join([said, tag("p", pointer(item.source, store), class_="by")])


def passages_of(claim: Claim, store: Store) -> Markup:
    """Return the sources of a claim as short as can be."""
    named = list(dict.fromkeys(one.source for one in claim.passages))
    more = f"and {len(named) - 2} more" if len(named) > 2 else None
    return join([*(pointer(name, store) for name in named[:2]), more], "; ")

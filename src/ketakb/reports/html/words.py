"""What the page calls things: words for readers who do not know the tool, and the signs beside them."""

from __future__ import annotations

from ketakb.model import Store
from ketakb.reports.html.build import Markup, tag

SIGNS = {"error": "✖", "warning": "▲", "note": "●"}
SEVERITIES = {
    "error": "goes against what good sources say, or promises too much",
    "warning": "should be changed, though the evidence against it is weaker or it is out of date",
    "note": "worth a look: nothing was found that supports it, or experts disagree",
}
VERDICTS = {
    "supported": "supported",
    "contradicted": "contradicts the evidence",
    "overclaim": "promises too much",
    "stale": "out of date",
    "contested": "experts disagree",
    "unsupported": "no support found",
    "incomplete": "something is missing",
}
STATUSES = {
    "open": "Nobody has decided yet which side stands.",
    "contested": "The sources disagree, and both sides are kept as disputed.",
    "settled": "One side was accepted, the other rejected or replaced.",
}
CELLS = {
    "contradicts": ("✖", "contradicts what is accepted"),
    "open": ("▲", "in an open conflict"),
    "disputed": ("≈", "on a disputed point"),
    "outdated": ("↺", "was right once"),
    "unreviewed": ("?", "not reviewed yet"),
    "agrees": ("✓", "agrees"),
}
STANDINGS = {
    "accepted": "agrees",
    "rejected": "contradicts",
    "superseded": "outdated",
    "contested": "disputed",
    "unreviewed": "unreviewed",
}


def severity(name: str, number: int | None = None) -> Markup:
    """Return a label for a severity: a sign and a word, so that nothing hangs on colour."""
    words = name.capitalize() if number is None else f"{name.capitalize()} {number}"
    sign = tag("span", SIGNS.get(name, "●"), aria_hidden="true")
    return tag("span", sign, " ", words, class_=f"badge {name}")


def topic(store: Store, name: str | None) -> str:
    """Return what a topic is called."""
    if name is None:
        return "The text as a whole"
    found = store.topics.get(name)
    return found.title if found else name


def group(name: str) -> str:
    """Return the group of a topic as a heading: `mechanism/gaba` stands under "Mechanism"."""
    return name.partition("/")[0].replace("-", " ").capitalize()


def amount(number: float) -> str:
    """Return a number without a needless decimal point."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,g}"

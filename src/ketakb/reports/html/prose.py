"""The text of a draft as people read it: blocks without markup, clauses marked, unread sentences dotted."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence

from ketakb.readers.choose import read_as
from ketakb.readers.document import Block, Document
from ketakb.reports.html.build import Markup, join, tag, text, unseen
from ketakb.reports.html.words import SIGNS
from ketakb.results import DocumentReport, Finding
from ketakb.text import Span
from ketakb.values import dataclass, field

_RANK = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding with the number of its note on the page."""

    number: int
    anchor: str
    """Id of its note."""
    finding: Finding
    span: Span


@dataclass(slots=True)
class Stretch:
    """A block of the text with what is marked in it."""

    block: Block
    marks: list[Mark] = field(default_factory=list)
    """Marks that touch it."""
    notes: list[Mark] = field(default_factory=list)
    """Marks that begin in it: their notes stand beside it."""
    last: set[int] = field(default_factory=set)
    """Numbers of marks that end in it."""
    unread: list[Span] = field(default_factory=list)


def document_of(report: DocumentReport) -> Document:
    """Return a draft with its markup told apart; of a Word file, whose text has none, the text as it is."""
    name = "text.txt" if report.places or report.path.lower().endswith(".docx") else report.path
    return read_as(name, report.text)


def stretches(report: DocumentReport, document: Document, marks: Sequence[Mark]) -> tuple[list[Stretch], list[Mark]]:
    """Return the blocks in order with their marks, and the marks that stand in no block."""
    blocks = _apart(document.blocks)
    starts = [block.span.start for block in blocks]
    found = [Stretch(block) for block in blocks]
    astray = []
    for mark in marks:
        touched = _touched(blocks, starts, mark.span)
        for at in touched:
            found[at].marks.append(mark)
        if touched:
            found[touched[0]].notes.append(mark)
            found[touched[-1]].last.add(mark.number)
        else:
            astray.append(mark)
    for one in report.coverage.unread:
        for at in _touched(blocks, starts, one.span):
            found[at].unread.append(one.span)
    return found, astray


def _apart(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in order, none overlapping the one before."""
    kept: list[Block] = []
    for block in sorted(blocks, key=lambda block: (block.span.start, -block.span.end)):
        if not kept or block.span.start >= kept[-1].span.end:
            kept.append(block)
    return kept


def _touched(blocks: list[Block], starts: list[int], span: Span) -> list[int]:
    at = max(0, bisect.bisect_right(starts, span.start) - 1)
    touched = []
    while at < len(blocks) and blocks[at].span.start < span.end:
        if blocks[at].span.overlaps(span):
            touched.append(at)
        at += 1
    return touched


def prose(document: Document, stretch: Stretch) -> Markup:
    """Return a block as an element fit for its kind."""
    inner = _inner(document, stretch)
    kind, level = stretch.block.kind, stretch.block.level
    if kind == "heading":
        return tag(
            "p",
            inner,
            class_=f"heading level{min(level or 1, 4)}",
            role="heading",
            aria_level=str(3 + min(level or 1, 3)),
        )
    if kind == "item":
        return tag(
            "p", tag("span", "•", class_="bullet", aria_hidden="true"), inner, class_=f"item level{min(level, 4)}"
        )
    if kind == "quotation":
        return tag("blockquote", tag("p", inner), class_="prose")
    return tag("p", inner, class_="cell" if kind == "cell" else None)


def _inner(document: Document, stretch: Stretch) -> Markup:
    span = stretch.block.span
    edges = {span.start, span.end}
    for one in [mark.span for mark in stretch.marks] + stretch.unread:
        edges |= {max(span.start, one.start), min(span.end, one.end)}
    ordered = sorted(edges)
    ends: dict[int, list[Mark]] = defaultdict(list)
    for mark in stretch.marks:
        if mark.number in stretch.last:
            ends[min(span.end, mark.span.end)].append(mark)
    parts: list[Markup] = []
    for start, end in zip(ordered, ordered[1:], strict=False):
        piece = Span(start, end)
        over = [mark for mark in stretch.marks if mark.span.overlaps(piece)]
        dotted = any(one.overlaps(piece) for one in stretch.unread)
        parts.append(_piece(visible(document, piece), over, dotted))
        parts.extend(_reference(mark) for mark in ends[end])
    return join(parts)


def _piece(words: str, over: list[Mark], dotted: bool) -> Markup:
    if not words:
        return Markup("")
    inner = text(words)
    if dotted:
        inner = tag(
            "span",
            inner,
            unseen(" (not read) "),
            class_="unread",
            title="This sentence was not understood, so not checked",
        )
    if not over:
        return inner
    worst = min((mark.finding.severity for mark in over), key=lambda name: _RANK.get(name, 9))
    return tag("mark", inner, class_=worst, data_notes=" ".join(mark.anchor for mark in over))


def _reference(mark: Mark) -> Markup:
    severity = mark.finding.severity
    return tag(
        "a",
        f"{SIGNS.get(severity, '●')}{mark.number}",
        href=f"#{mark.anchor}",
        id=f"{mark.anchor}-at",
        class_=f"ref {severity}",
        aria_label=f"{severity} {mark.number}: {mark.finding.message}",
        data_notes=mark.anchor,
    )


def visible(document: Document, span: Span) -> str:
    """Return what a reader sees of a stretch: its words without the markup."""
    seen = []
    for at in range(span.start, min(span.end, len(document.plain))):
        plain, raw = document.plain[at], document.text[at]
        if plain == raw or plain != " " or raw.isspace():
            seen.append(plain)
        elif raw == "<" and document.text[at : at + 3].lower() == "<br":
            seen.append(" ")
    return "".join(seen)

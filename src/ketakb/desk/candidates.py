"""Claims that a page makes, as a store would hold them: what is asserted, in which words, and what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.assertion import Assertion
from ketakb.compare.describe import describe
from ketakb.desk.asserted import asserted
from ketakb.desk.candidate import Candidate
from ketakb.desk.words_of import words_of
from ketakb.language.sentences import split_sentences
from ketakb.model import Claim, Source, Store
from ketakb.readers.document import Document
from ketakb.results import DocumentReport, Judged
from ketakb.store.frame_specs import UNITS
from ketakb.store.quotes import QuotableText
from ketakb.store.specs import MAX_QUOTE
from ketakb.text import LineIndex, Span
from ketakb.values import dataclass
from ketakb.yamlio.render import Value

_LONGEST_HEADING = 60
_MOST_PASSAGES = 3
_MOST_LIKE = 2
_LIKE = 90.0
"""From this likeness of the words on, of a hundred, two statements are told to be near to each other."""
_SAME = "same"
_STANCES = {"contradicts": "contradicts", _SAME: "says the same as", "agrees": "agrees with"}
_MOST_TOLD, _LONGEST_STATEMENT = 3, 120


@dataclass(frozen=True, slots=True)
class Cited:
    """The source that passages cite."""

    id: str
    text: QuotableText | None
    """Its text, in which quotes must stand; None where only a summary of ours is kept."""


def candidates(store: Store, document: Document, report: DocumentReport, source: Cited) -> list[Candidate]:
    """Return the claims that a document makes, by place; what it says several times is one with several passages."""
    by_assertion: dict[Assertion, list[Judged]] = {}
    for judged in sorted(report.judged, key=lambda one: one.reading.span):
        if _can_be_written(judged.reading.assertion):
            by_assertion.setdefault(judged.reading.assertion, []).append(judged)
    return [_candidate(store, document, report, source, group) for group in by_assertion.values()]


def _can_be_written(assertion: Assertion) -> bool:
    return assertion.value is None or assertion.value.unit in UNITS


def _candidate(
    store: Store, document: Document, report: DocumentReport, source: Cited, group: Sequence[Judged]
) -> Candidate:
    first = group[0].reading
    said = describe(store, first.assertion)
    said = f"perhaps {said}" if first.assertion.certainty == "hedged" else said
    statement = f"{said[:1].upper()}{said[1:]}."
    passages = [_passage(document, report, source, one.reading.span, statement) for one in group]
    distinct = list({str(one): one for one in passages}.values())[:_MOST_PASSAGES]
    place = LineIndex(document.text).position(first.span.start)
    remarks, known = _beside(store, group[0], statement)
    return Candidate(
        f"{report.path}:{place.line}:{place.column}",
        {
            "topic": first.assertion.topic,
            "statement": statement,
            "assert": asserted(first.assertion),
            "passages": distinct,
        },
        tuple(remarks),
        known,
    )


def _passage(
    document: Document, report: DocumentReport, source: Cited, span: Span, statement: str
) -> dict[str, Value]:
    quote = _quote(document, span)
    locator = report.locator(span.start) or _heading(document, span.start)
    where: dict[str, Value] = {"locator": locator} if locator else {}
    if source.text is None or source.text.find(quote) is None:
        return {"source": source.id, "says": statement, **where}
    return {"source": source.id, "quote": quote, **where}


def _quote(document: Document, span: Span) -> str:
    """Return the words around a reading: its sentence where that is short enough to be quoted, else its clause."""
    for block in document.blocks:
        if block.span.covers(span):
            for sentence in split_sentences(document.plain, block.span.start, block.span.end):
                if sentence.covers(span):
                    whole = words_of(document, sentence)
                    if len(whole) <= MAX_QUOTE:
                        return whole
    words = words_of(document, span)
    return words if len(words) <= MAX_QUOTE else words[: MAX_QUOTE + 1].rpartition(" ")[0]


def _heading(document: Document, offset: int) -> str | None:
    """Return the heading that a place stands under, as a locator; None where there is none, or a very long one."""
    above = [block for block in document.blocks if block.kind == "heading" and block.span.end <= offset]
    words = words_of(document, above[-1].span) if above else ""
    return f"under “{words}”" if words and len(words) <= _LONGEST_HEADING else None


def _beside(store: Store, judged: Judged, statement: str) -> tuple[list[str], bool]:
    """Return what the store holds beside an assertion, and whether an accepted claim says the same."""
    beside: dict[str, list[Claim]] = {stance: [] for stance in _STANCES}
    known = False
    for link in judged.claims:
        claim = store.claims.get(link.claim)
        if claim is not None and link.stance in _STANCES:
            same = claim.assertion == judged.reading.assertion
            beside[_SAME if same else link.stance].append(claim)
            known = known or (link.stance == "agrees" and claim.standing == "accepted")
    named = {claim.id for claims in beside.values() for claim in claims}
    lines = [line for stance, claims in beside.items() for line in _told(stance, claims)]
    for claim, likeness in _alike(store, judged, statement):
        if claim.id not in named:
            lines.append(f"{likeness:.0f}% like {_shown(claim)}")
    return lines, known


def _told(stance: str, claims: list[Claim]) -> list[str]:
    lines = [f"{_STANCES[stance]} {_shown(claim)}" for claim in claims[:_MOST_TOLD]]
    more = [claim.id for claim in claims[_MOST_TOLD:]]
    return [*lines, f"{_STANCES[stance]} {', '.join(more)} too"] if more else lines


def _shown(claim: Claim) -> str:
    words = claim.statement
    short = words if len(words) <= _LONGEST_STATEMENT else words[:_LONGEST_STATEMENT].rpartition(" ")[0] + " …"
    return f"{claim.id} ({claim.standing}): {short}"


def _alike(store: Store, judged: Judged, statement: str) -> list[tuple[Claim, float]]:
    """Return the claims of the topic whose statements are worded most like one, with the likeness."""
    from rapidfuzz import fuzz, process

    topic = judged.reading.assertion.topic
    near = {claim.id: claim.statement for claim in store.claims.values() if topic in claim.topics}
    found = process.extract(statement, near, scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE, limit=_MOST_LIKE)
    return [(store.claims[name], likeness) for _, likeness, name in found]


def new_source(document: Document, path: str, kind: str, taken: set[str], day: str) -> Source:
    """Return a page as a source that a store could hold, its text verbatim; `kind` is its rung of the ladder."""
    from ketakb.store.proposed import new_id

    top = next((block for block in document.blocks if block.kind == "heading"), None)
    name = path.replace("\\", "/").rpartition("/")[2]
    title = document.front.get("title") or (words_of(document, top.span) if top else "") or name
    paragraphs = [words for block in document.blocks if (words := words_of(document, block.span))]
    return Source(
        id=new_id(name.partition(".")[0] or title, taken),
        title=title,
        kind=kind,
        url=document.front.get("canonical") or document.front.get("url"),
        published=None,
        retrieved=day,
        rights="The publisher's; kept verbatim as evidence for review",
        verbatim=True,
        text="\n\n".join(paragraphs),
        path=path,
    )

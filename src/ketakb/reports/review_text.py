"""One claim as its reviewer looks at it: what it says and where, what contradicts it, why to look again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ketakb.hints import IO
from ketakb.model import Claim, Passage, Source, Store
from ketakb.reports.citation import citation
from ketakb.reports.lookup_text import write_fields
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import Paper, Piece, count_of, paper
from ketakb.results import Conflict
from ketakb.values import dataclass, field

_AROUND = 200  # code points of the source shown on each side of a quote
_SUMMARY = 500  # code points of a summary


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What a reviewer of a claim is shown."""

    claim: Claim
    doubts: Sequence[str] = ()
    """Why it must be reviewed again."""
    conflicts: Sequence[Conflict] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written."""

    claims: Sequence[Claim]
    """As they stand now."""
    left: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    """Claims that were not taken over, by why."""


def write(page: ReviewPage, store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write the page."""
    out = paper(stream, options)
    claim = page.claim
    out.line((claim.id, "path"), f" {claim.standing} ", (", ".join(claim.topics), "dim"))
    out.line(claim.statement, indent=2)
    write_fields(out, claim, store)
    for reason in page.doubts:
        out.line(("suspect: ", "warning"), reason, indent=2)
    for passage in claim.passages:
        out.line()
        _passage(out, passage, store.sources.get(passage.source))
    out.line()
    _conflicts(out, page)
    if not options.quiet:
        out.line((f"To record that you looked at it: ketakb review {claim.id} --by NAME", "dim"))


def write_recorded(done: Recorded, stream: IO[str], options: ReportOptions) -> None:
    """Write what was recorded: one claim in full, many as a count; and what was left, with why."""
    out = paper(stream, options)
    if len(done.claims) == 1:
        claim = done.claims[0]
        until = f", to be reviewed by {claim.review.review_by}" if claim.review.review_by else ""
        who = f"reviewed on {claim.review.on} by {claim.review.by}"
        out.line((claim.id, "path"), f" {claim.standing}: {who}{until}")
    elif not options.quiet:
        by = f" by {done.claims[0].review.by}" if done.claims else ""
        out.line((f"{count_of(len(done.claims), 'claim')} reviewed{by}", "bold"))
    for why, claims in done.left.items():
        out.line(f"left as they are, {why}: {count_of(len(claims), 'claim')}; review each by its id:")
        for claim in claims:
            out.line((claim.id, "path"), indent=2)


def write_added(pages: Sequence[ReviewPage], stream: IO[str], options: ReportOptions) -> None:
    """Write where new claims were put, and which claims contradict them."""
    out = paper(stream, options)
    for page in pages:
        claim = page.claim
        out.line((claim.id, "path"), f" added to {claim.path}:{claim.line}, unreviewed")
        if page.conflicts:
            _conflicts(out, page)
    if not options.quiet:
        last = pages[-1].claim.id
        hint = f"To accept it: ketakb review {last} --by NAME --standing accepted --because TEXT"
        out.line((hint, "dim"))


def _passage(out: Paper, passage: Passage, source: Source | None) -> None:
    line = f":{passage.line}" if passage.line else ""
    locator = f", {passage.locator}" if passage.locator else ""
    kind = f" ({source.kind})" if source else " (not in the store)"
    out.line((f"{passage.source}{line}{locator}", "path"), (kind, "dim"), indent=2)
    if source is not None:
        out.line((citation(source), "dim"), indent=4)
    if source is not None and passage.quote and passage.span:
        out.line(*_in_context(source.text, passage.span.start, passage.span.end), indent=4)
    elif passage.quote:
        out.line(f"“{passage.quote}”", (" (not found in the text of the source)", "warning"), indent=4)
    elif passage.says:
        out.line(passage.says, (" (our summary)", "dim"), indent=4)
    if source is not None and not passage.quote and source.text:
        out.line(("all that we noted of it: ", "dim"), _shortened(source.text), indent=4)


def _in_context(text: str, start: int, end: int) -> list[Piece | str]:
    """Return a quote marked among the words around it."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "… " + before.partition(" ")[2]
    if len(text) > end + _AROUND:
        after = after.rpartition(" ")[0] + " …"
    return [(before, "dim"), "“", (text[start:end], "mark"), "”", (after, "dim")]


def _shortened(text: str) -> str:
    return text if len(text) <= _SUMMARY else text[:_SUMMARY].rpartition(" ")[0] + " …"


def _conflicts(out: Paper, page: ReviewPage) -> None:
    if not page.conflicts:
        out.line("No claim of the store contradicts it.", indent=2)
        return
    out.line((f"Contradicted by {count_of(len(page.conflicts), 'claim')}:", "bold"), indent=2)
    for conflict in page.conflicts:
        other = next(s.claim for s in conflict.sides if s.claim is not None and s.claim.id != page.claim.id)
        style = "error" if conflict.status == "open" else "dim"
        out.line(
            (f"{conflict.status} ", style),
            (f"{other.id} ", "path"),
            (f"({other.standing}) ", "dim"),
            other.statement,
            indent=4,
        )
        if conflict.because:
            out.line(("because: ", "dim"), conflict.because, indent=6)

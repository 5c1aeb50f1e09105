"""Search results as a person reads them: the claim, its standing, who says so in which words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ketakb.hints import IO
from ketakb.model import Passage, Store
from ketakb.reports.citation import citation
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import Paper, Piece, count_of, paper, quoted
from ketakb.results import Hit

_PASSAGES = 2
_STYLE = {"accepted": "good", "rejected": "error", "contested": "warning", "superseded": "warning"}


def write(query: str, hits: Sequence[Hit], store: Store, stream: IO[str], options: ReportOptions) -> None:
    """Write results, the best first."""
    out = paper(stream, options)
    for hit in hits:
        _hit(out, hit, store)
    if not hits and not options.quiet:
        out.line(f"no claim of {store.name} speaks of {quoted(query)}")


def _hit(out: Paper, hit: Hit, store: Store) -> None:
    claim = hit.claim
    out.line(
        (claim.id, "path"),
        " ",
        (claim.standing, _STYLE.get(claim.standing, "dim")),
        (f" {claim.assertion.topic}", "dim"),
    )
    out.line(*_marked(claim.statement, hit.matched), indent=2)
    if claim.because and claim.standing != "accepted":
        out.line(("because: ", "dim"), claim.because, indent=2)
    for passage in claim.passages[:_PASSAGES]:
        out.line(*_passage(passage, hit.matched, store), indent=4)
        if source := store.sources.get(passage.source):
            out.line((citation(source), "dim"), indent=6)
    if len(claim.passages) > _PASSAGES:
        out.line((f"and {count_of(len(claim.passages) - _PASSAGES, 'more passage')}", "dim"), indent=4)


def _passage(passage: Passage, matched: tuple[str, ...], store: Store) -> list[Piece | str]:
    source = store.sources.get(passage.source)
    kind = f" ({source.kind})" if source else ""
    if passage.quote:
        return [(f"{passage.source}{kind}: ", "dim"), "“", *_marked(passage.quote, matched), "”"]
    return [(f"{passage.source}{kind}: ", "dim"), passage.says or "", (" (our summary)", "dim")]


def _marked(text: str, matched: tuple[str, ...]) -> list[Piece | str]:
    """Split text into pieces so that matched words are marked."""
    if not matched:
        return [text]
    words = "|".join(re.escape(word) for word in sorted(matched, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({words})(?!\w)", text)
    return [(part, "mark") if at % 2 else part for at, part in enumerate(parts) if part]

"""Claims proposed from pages, as YAML to be pruned by hand and given to `ketakb add --from`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ketakb.desk.candidate import Candidate
from ketakb.desk.words_of import words_of
from ketakb.model import Source
from ketakb.readers.document import Document
from ketakb.reports.paper import safe
from ketakb.results import DocumentReport
from ketakb.text import LineIndex
from ketakb.values import dataclass
from ketakb.yamlio.render import flow, item

_PARAGRAPH = re.compile(r"\n{2,}")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Page:
    """What was proposed from one page."""

    report: DocumentReport
    document: Document
    source: Source
    is_new: bool
    """Whether the source comes with the claims, or is one of the store."""
    found: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A text of proposals, and on which lines each stands."""

    text: str
    lines: tuple[tuple[int, Candidate], ...]
    """1-based first line of each candidate."""


def write(pages: Sequence[Page], kinds: Sequence[str], left_out: Sequence[str] = ()) -> Written:
    """Return proposals as YAML. `kinds` is the ladder of source kinds; `left_out` says what could not be proposed."""
    lines = [
        "# Claims proposed by `ketakb extract`, unreviewed. Delete what you do not want, put the rest in order, then:",
        "#   ketakb add --store DIR --from THIS-FILE",
        "# A claim that says what the store has already is better added there, as a further passage.",
    ]
    new = [page.source for page in pages if page.is_new]
    if new:
        lines += ["sources:", *(line for source in new for line in _source(source, kinds))]
    places = []
    lines.append("claims:" if any(page.found for page in pages) else "claims: []")
    for page in pages:
        for one in page.found:
            lines += ["", f"  # {safe(one.place)}"]
            lines += [f"  # {safe(remark)}" for remark in one.remarks] or ["  # new: the store has no claim like it"]
            places.append((len(lines) + 1, one))
            lines += item(one.fields, indent=2).rstrip("\n").split("\n")
    lines += [f"# left out: {safe(one)}" for one in left_out]
    lines += [line for page in pages for line in _unread(page)]
    return Written("\n".join(lines) + "\n", tuple(places))


def _source(source: Source, kinds: Sequence[str]) -> list[str]:
    fields = {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind,
        "url": source.url,
        "published": source.published,
        "retrieved": source.retrieved,
        "rights": source.rights,
        "text": "verbatim",
    }
    lines = item(fields, indent=2).rstrip("\n").split("\n")
    lines.insert(3, f"    # one of {', '.join(kinds)}")
    return [*lines, "    body:", *(f"      - {flow(part)}" for part in _PARAGRAPH.split(source.text) if part)]


def _unread(page: Page) -> list[str]:
    """Return a remark on each sentence on topic that was not understood, so that a person reads it."""
    index = LineIndex(page.report.text)
    found = []
    for unread in page.report.coverage.unread:
        place = index.position(unread.span.start)
        words = safe(words_of(page.document, unread.span))
        shown = words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …"
        found.append(f"# not understood: {safe(page.report.path)}:{place.line}:{place.column}: {shown}")
    return found

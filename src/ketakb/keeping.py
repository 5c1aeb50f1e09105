"""What keeping a store takes: reviewing claims, taking them over, proposing and adding new ones."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Sequence
from pathlib import Path

from ketakb.errors import UsageError
from ketakb.hints import TYPE_CHECKING
from ketakb.model import Claim, Store
from ketakb.values import dataclass, replace

if TYPE_CHECKING:
    from ketakb.readers.document import Document
    from ketakb.reports.proposals import Page
    from ketakb.reports.review_text import Recorded, ReviewPage
    from ketakb.results import Conflict, DocumentReport
    from ketakb.store.proposed import Proposed
    from ketakb.store.upkeep import Decision

_PROPOSALS = "proposals"


def review_page(store: Store, claim: Claim, as_of: str) -> ReviewPage:
    """Return what a reviewer of a claim looks at, as of an ISO date."""
    from ketakb.reports.review_text import ReviewPage
    from ketakb.store.review import suspect

    return ReviewPage(claim, suspect(claim, store, as_of), conflicts_of(store, claim, as_of))


def conflicts_of(store: Store, claim: Claim, as_of: str) -> tuple[Conflict, ...]:
    """Return the conflicts of the store that one claim is a side of."""
    from ketakb.compare.conflicts import find_conflicts
    from ketakb.compare.index import index_claims
    from ketakb.rules.registry import rule_of_comparator
    from ketakb.store.review import suspect

    index = index_claims(store, datetime.date.fromisoformat(as_of))
    index = replace(index, by_topic={topic: index.under(topic) for topic in claim.topics})
    near = {one.id: one for claims in index.by_topic.values() for one in claims}
    doubtful = frozenset(name for name, one in near.items() if suspect(one, store, as_of))
    conflicts, _ = find_conflicts(index, rule_of_comparator(), doubtful)
    return tuple(c for c in conflicts if any(s.claim and s.claim.id == claim.id for s in c.sides))


def record_review(store: Store, claims: Sequence[Claim], decision: Decision) -> Recorded:
    """Write a decision on claims to the store; return them as they stand then."""
    from ketakb.reports.review_text import Recorded
    from ketakb.store.load import load_store
    from ketakb.store.upkeep import record

    if not claims:
        return Recorded(())
    record(store, claims, decision)
    after, _ = load_store(Path(store.root))
    return Recorded([after.claims[claim.id] for claim in claims])


def adopt(
    store: Store, names: Sequence[str], topic: str | None, everything: bool, decision: Decision
) -> Recorded:
    """Take claims over under a reviewer's name: those named, those of a topic, or all.

    Claims that are named are taken as they are. Of a topic, and of all, those that need a look of their own
    are left: suspect ones, unreviewed ones, and those that rest on what nobody has confirmed.
    """
    from ketakb.store.upkeep import adoptable

    if bool(names) + bool(topic) + everything != 1:
        raise UsageError("--adopt takes ids of claims, or --topic T, or --all: one of the three")
    if names:
        return record_review(store, [claim_of(store, name) for name in dict.fromkeys(names)], decision)
    chosen = [c for c in store.claims.values() if topic is None or any(t.startswith(topic) for t in c.topics)]
    if not chosen:
        raise UsageError(f"--topic: no claim has a topic that begins with {topic!r}; see `ketakb topics`")
    fit, left = adoptable(chosen, store, decision.on)
    return replace(record_review(store, fit, decision), left=left)


def claim_of(store: Store, name: str) -> Claim:
    """Return the claim with an id. Raises UsageError where there is none."""
    claim = store.claims.get(name)
    if claim is not None:
        return claim
    import difflib

    near = difflib.get_close_matches(name, list(store.claims), n=3)
    meant = f"; did you mean {', '.join(near)}?" if near else "; `ketakb search` finds claims by their words"
    raise UsageError(f"{name}: no claim has this id{meant}")


def add_claims(folder: Path, proposed: Proposed, as_of: str) -> tuple[Store, list[ReviewPage]]:
    """Write new claims to a store; return the store and each claim with what contradicts it."""
    from ketakb.store.adding import add
    from ketakb.store.load import load_store

    claims = add(folder, proposed)
    store, _ = load_store(folder)
    return store, [review_page(store, claim, as_of) for claim in claims]


@dataclass(frozen=True, slots=True)
class Asked:
    """What claims are proposed for."""

    source: str | None
    """Id of the source of the store that the page is; None: the one with the same text, else a new one."""
    kind: str | None
    """Kind of a new source; None: the weakest."""
    only_new: bool
    """Whether to leave out what an accepted claim says already."""
    as_of: str
    """ISO date."""


def propose_from(store: Store, document: Document, report: DocumentReport, asked: Asked, taken: set[str]) -> Page:
    """Return the claims that a page makes, with the source that they cite; a new one has an id not among `taken`.

    Raises UsageError where the store has no such source or kind.
    """
    from ketakb.desk.candidates import Cited, candidates, new_source
    from ketakb.reports.proposals import Page
    from ketakb.store.quotes import QuotableText, fold

    if asked.source is not None and asked.source not in store.sources:
        raise UsageError(f"--source: no source has the id {asked.source}; `ketakb sources` lists them")
    if asked.kind is not None and asked.kind not in store.kinds:
        raise UsageError(f"--kind: {asked.kind} is no kind of source here; write one of {', '.join(store.kinds)}")
    made = new_source(document, report.path, asked.kind or store.kinds[-1], {*store.sources, *taken}, asked.as_of)
    same = (one for one in store.sources.values() if one.verbatim and fold(one.text) == fold(made.text))
    there = store.sources[asked.source] if asked.source is not None else next(same, None)
    source = there or made
    cited = Cited(source.id, QuotableText(source.text) if source.verbatim else None)
    found = candidates(store, document, report, cited)
    wanted = [one for one in found if not (asked.only_new and one.known)]
    return Page(report, document, source, there is None, tuple(wanted))


def proposals(store: Store, pages: Sequence[Page]) -> str:
    """Return proposals as YAML that `add --from` takes; what the store would not take is left out, and said."""
    from ketakb.reports.proposals import write
    from ketakb.store.load import load_store
    from ketakb.store.proposed import Proposed

    written = write(pages, store.kinds)
    _, problems = load_store(Path(store.root), Proposed(_PROPOSALS, written.text))
    left_out: dict[str, str] = {}
    for problem in problems:
        if problem.path == _PROPOSALS and problem.severity == "error":
            at = bisect.bisect_right(written.lines, problem.line, key=lambda pair: pair[0]) - 1
            if at >= 0:
                left_out.setdefault(written.lines[at][1].place, problem.message)
    if not left_out:
        return written.text
    kept = [replace(page, found=tuple(one for one in page.found if one.place not in left_out)) for page in pages]
    return write(kept, store.kinds, [f"{place}: {why}" for place, why in left_out.items()]).text

"""What `ketakb check` looks at beyond loading: coverage of topics, reviews due, sources nobody cites."""

from __future__ import annotations

from ketakb.model import Claim, Problem, Store
from ketakb.store.phrasing import check_words
from ketakb.store.review import doubts
from ketakb.store.rules import (
    CHANGED_SINCE_REVIEW,
    REVIEW_DUE,
    UNCOVERED_TOPIC,
    UNUSED_SOURCE,
    WITHDRAWN_SOURCE,
)


def check(store: Store, as_of: str) -> list[Problem]:
    """Return the warnings and notes on a loaded store as of an ISO day; errors come from `load_store`."""
    problems = [*check_words(store), *_topics(store), *_reviews(store, as_of), *_sources(store, as_of)]
    return sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.rule))


def _topics(store: Store) -> list[Problem]:
    covered: dict[str, bool] = {}
    for claim in store.claims.values():
        if claim.standing == "accepted":
            strong = any(_counts(passage.source, store) for passage in claim.passages)
            for name in claim.topics:
                covered[name] = covered.get(name, False) or strong
    problems = []
    for topic in store.topics.values():
        if covered.get(topic.id):
            continue
        what = f"accepted claims only from {store.kinds[-1]} sources" if topic.id in covered else "no accepted claim"
        message = f"topic {topic.id} has {what}, so drafts are not checked there; add a claim with another source"
        problems.append(Problem(UNCOVERED_TOPIC, topic.path, topic.line, 1, message))
    return problems


def _counts(source: str, store: Store) -> bool:
    """Whether a source can stand behind a topic: any kind but the weakest, marketing."""
    found = store.sources.get(source)
    return found is not None and not found.retracted and found.kind != store.kinds[-1]


_RULES = {"changed": CHANGED_SINCE_REVIEW, "due": REVIEW_DUE, "withdrawn": WITHDRAWN_SOURCE}


def _reviews(store: Store, as_of: str) -> list[Problem]:
    """Return what is suspect; a source that is due is told once, at the source."""
    problems = []
    for claim in store.claims.values():
        for doubt in doubts(claim, store, as_of):
            if doubt.kind in _RULES:
                message = f"`{claim.id}`: {doubt.reason}; look at it again: `ketakb review {claim.id}`"
                problems.append(_at(claim, _RULES[doubt.kind], message))
    return problems


def _at(claim: Claim, rule: str, message: str) -> Problem:
    return Problem(rule, claim.path, claim.line, 1, message, "warning")


def _sources(store: Store, as_of: str) -> list[Problem]:
    cited = {passage.source for claim in store.claims.values() for passage in claim.passages}
    problems = []
    for source in store.sources.values():
        if source.review_by is not None and source.review_by < as_of:
            message = (
                f"`{source.id}` was to be reviewed by {source.review_by}; read it again, then move the date"
            )
            problems.append(Problem(REVIEW_DUE, source.path, 1, 1, message, "warning"))
        if source.id not in cited:
            message = f"no claim cites `{source.id}`; cite it, or remove the file"
            problems.append(Problem(UNUSED_SOURCE, source.path, 1, 1, message, "note"))
    return problems

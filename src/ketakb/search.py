"""Ranked, typo-tolerant search over the claims of a store.

BM25 over word keys, its fields weighted; words the store does not have are repaired over the words it has;
negations and quantifiers re-rank ("no side effects") but never find a claim by themselves.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from heapq import heapify, heappop
from itertools import pairwise

from ketakb.cache import index_of
from ketakb.errors import UsageError
from ketakb.language.tokens import Token, key_of, tokenize
from ketakb.language.typos import is_one_slip
from ketakb.model import Claim, Store
from ketakb.results import Hit
from ketakb.search_index import MOST, TOO_MANY, SearchIndex
from ketakb.search_words import GLUE, class_of, lay_keys, passage_texts, scopes
from ketakb.values import dataclass

_SAME_STEM, _LAY, _ASKED, _REPAIRED, _HALF = 0.6, 0.45, 0.95, 0.85, 0.7
_ADJACENT, _DENIED = 0.15, 0.5  # what neighbours, and the same denial, add to a score
_QUESTION = 1.6  # "how fast": what is asked for outweighs what it is asked of
_MEANT = 8  # words that one word may be meant for
_FLOOR = 0.2  # hits below this share of the best one are noise


@dataclass(frozen=True, slots=True)
class _Term:
    """One word of the query, and the keys of the store it may meet, each with what that is worth."""

    key: str
    meets: Mapping[str, float]
    mass: float
    """The most that meeting it is worth."""
    asked: bool = False
    """True after "how": the question that a topic answers then counts for more."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What search results are limited to; None for no limit."""

    topic: str | None = None
    """A topic, or the beginning of one: mechanism."""
    source: str | None = None
    """Id of a source that one passage must come from."""
    kind: str | None = None
    """Kind of source that one passage must come from."""
    standing: str | None = None


def search(
    store: Store,
    query: str,
    filters: Filters | None = None,
    *,
    limit: int | None = 10,
    index: SearchIndex | None = None,
) -> list[Hit]:
    """Return the claims that speak of a query, the best first; ties go by id.

    `index` is that of the store, where the caller has it already. Raises UsageError where the query holds no word that
    could be looked for.
    """
    if index is None:
        index = index_of(store)
    tokens = [token for token in tokenize(query) if token.kind != "mark"]
    terms = _terms(index, tokens)
    if not terms and not any(_is_content(token) for token in tokens):
        raise UsageError("the query has no word to look for; give a few words, such as: side effects")
    wanted = scopes(tokens)
    ranked = _ranked(index, terms, wanted, _fitting(store, filters or Filters()), limit)
    floor = -ranked[0][0] * _FLOOR if ranked else 0.0
    keys = frozenset(key for term in terms for key in term.meets)
    return [_hit(store.claims[name], -rank, keys, wanted) for rank, name in ranked if -rank >= floor]


def _is_content(token: Token) -> bool:
    return token.lower not in GLUE and class_of(token.lower) is None


def _fitting(store: Store, filters: Filters) -> Callable[[str], bool]:
    """Return what tells whether a claim, by its id, passes the filters."""

    def fits(name: str) -> bool:
        claim = store.claims[name]
        if filters.standing and claim.standing != filters.standing:
            return False
        if filters.topic and not any(topic.startswith(filters.topic) for topic in claim.topics):
            return False
        sources = [passage.source for passage in claim.passages]
        if filters.source and filters.source not in sources:
            return False
        kinds = (store.sources[name].kind for name in sources if name in store.sources)
        return not filters.kind or filters.kind in kinds

    return fits if filters != Filters() else lambda name: True


# ---- from the words of the query to the words of the store


def _terms(index: SearchIndex, tokens: list[Token]) -> list[_Term]:
    terms: dict[str, _Term] = {}
    skip = False
    for at, token in enumerate(tokens):
        if skip or not _is_content(token):
            skip = False
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        asked = at > 0 and tokens[at - 1].lower == "how"  # "how fast" asks what "how soon" asks
        meets = _meets(index, token.key, _ASKED if asked else _LAY)
        if token.key not in meets and following is not None:  # "anti depressant" for "antidepressant"
            joined = key_of(token.lower + following.lower)
            if index.knows(joined):
                meets, skip = {joined: 1.0}, True
        if not meets and token.kind == "word":
            meets = _repair(index, token.key)
        elif token.kind == "word" and not index.knows(token.key):
            meets = {**_repair(index, token.key), **meets}  # "respitory" looks like a form of "respite"
        if asked and not index.knows(token.key):  # "how quikly": what it is meant for asks what "how soon" asks
            near = {met: _ASKED for meant in tuple(meets) for met in _meets(index, meant, _ASKED)}
            meets = {**near, **meets}
        if meets:
            terms.setdefault(token.key, _term(index, token.key, meets, asked))
    return list(terms.values())


def _term(index: SearchIndex, key: str, meets: Mapping[str, float], asked: bool) -> _Term:
    """Weigh the keys: those that stand in for a word are as rare as all together, or the oddest would win."""
    together = index.rarity(*meets)
    worth = {
        met: weight * (index.rarity(met) if met == key and not asked else together)
        for met, weight in meets.items()
    }
    if asked:
        worth = {met: _QUESTION * value for met, value in worth.items()}
    return _Term(key, worth, max(worth.values()), asked)


def _meets(index: SearchIndex, key: str, lay: float) -> dict[str, float]:
    """Keys of the store that a known word of the query stands for: itself, its stem, its lay neighbours."""
    found = {met: lay for met in lay_keys(key) if index.knows(met)}
    if len(key) >= 5:
        for met in index.with_prefix(key[:5]):
            if _same_stem(key, met):
                found[met] = _SAME_STEM
    if index.knows(key):
        found[key] = 1.0
    return found


def _same_stem(one: str, other: str) -> bool:
    """Whether two keys are forms of one word: approv(e) and approval, addiction and addictiv(e)."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    rest = max(len(one), len(other)) - shared
    return rest <= 4 and (shared >= 6 or (shared >= 5 and shared == min(len(one), len(other))))


def _repair(index: SearchIndex, key: str) -> dict[str, float]:
    """Keys of the store that an unknown word may be meant for: words run together, a slip of the pen."""
    parts = [(key_of(key[:at]), key_of(key[at:])) for at in range(3, len(key) - 2)]
    known = index.known(part for pair in parts for part in pair)
    for pair in parts:
        if known.issuperset(pair):
            return dict.fromkeys(pair, _HALF)
    if len(key) < 4:
        return {}
    if near := _one_slip(index, key):
        return dict.fromkeys(near[:_MEANT], _REPAIRED)
    if len(key) < 7:
        return {}
    from rapidfuzz import process  # only where no word is one slip away: most queries never pay for it
    from rapidfuzz.distance import OSA

    words = [word for length in range(len(key) - 2, len(key) + 3) for word in index.of_length(length)]
    found = process.extract(key, words, scorer=OSA.distance, score_cutoff=2, limit=_MEANT)
    return {word: _REPAIRED**2 for word, _, _ in found}


def _one_slip(index: SearchIndex, key: str) -> list[str]:
    """Return the keys one slip of the pen away, the shortest first, and of these by the letters.

    A slip in a word of seven letters leaves its first three alone or its last three: hardly any word is looked at.
    """
    sizes = (len(key) - 1, len(key), len(key) + 1)
    if len(key) >= 5:
        words: Iterable[str] = index.like(key, 3 if len(key) >= 7 else 2)
    else:
        words = (word for length in sizes for word in index.of_length(length))
    found = {word for word in words if len(word) in sizes and is_one_slip(key, word)}
    return sorted(found, key=lambda word: (len(word), word))


# ---- from words to scores


def _ranked(
    index: SearchIndex,
    terms: list[_Term],
    wanted: set[tuple[str, str]],
    fits: Callable[[str], bool],
    limit: int | None,
) -> list[tuple[float, str]]:
    """Return (score below zero, id) of the best claims, the best first; ties go by id.

    The order of words and what is denied are looked at from the claim that may be the best down to the one that
    cannot rise into the list any more.
    """
    keys = [term.key for term in terms]
    neighbours = set(pairwise(keys))
    most = (1.0 + _ADJACENT * len(neighbours)) * (1.0 + (_DENIED if wanted else 0.0))
    waiting = [(-score * most, number) for number, score in _score(index, terms).items()]
    heapify(waiting)
    found: list[tuple[float, str]] = []
    worst = 0.0
    while waiting and (limit is None or len(found) < limit or round(waiting[0][0], 6) <= worst):
        bound, number = heappop(waiting)
        entry = index.entry(number)
        if not fits(entry.claim):
            continue
        adjacent = len(neighbours & set(pairwise(entry.keys)))
        score = bound / most * (1.0 + _ADJACENT * adjacent) * (1.0 + _said(wanted, entry.scopes))
        insort(found, (round(score, 6), entry.claim))
        if limit is not None:
            del found[limit:]
            worst = found[-1][0]
    return found


def _score(index: SearchIndex, terms: list[_Term]) -> dict[int, float]:
    """Return the claims that hold words of the query, by number, with a score of which only the claim's own is missing.

    Where more claims hold the words than are looked at, the rarest words choose, and of the others only what those
    claims hold counts.
    """
    total = sum(term.mass for term in terms) or 1.0
    scores: dict[int, float] = {}
    priors: dict[int, float] = {}
    covered: dict[int, float] = {}
    left = MOST
    for term in sorted(terms, key=lambda term: index.holders(*term.meets)):  # stable: of equals, the earlier word
        holders = index.holders(*term.meets)
        left -= holders
        known = scores if left < 0 and scores else None
        if known is not None and holders > TOO_MANY:
            break
        best: dict[int, float] = {}
        for key, worth in term.meets.items():
            posting = index.posting(key)
            if posting is None:
                continue
            strengths = posting.asked if term.asked else posting.strengths
            held: Iterable[tuple[int, float]] = zip(posting.numbers, strengths, strict=True)
            if known is not None:
                table = dict(held)
                held = [(number, table[number]) for number in known.keys() & table.keys()]
            else:
                priors.update(zip(posting.numbers, posting.priors, strict=True))
            for number, strength in held:
                value = worth * strength
                if value > best.get(number, 0.0):
                    best[number] = value
        for number, value in best.items():
            scores[number] = scores.get(number, 0.0) + value
            covered[number] = covered.get(number, 0.0) + term.mass
    # a claim that meets all of the query outranks one that meets its rarest word alone
    return {number: score * covered[number] / total * priors[number] for number, score in scores.items()}


def _said(wanted: set[tuple[str, str]], scopes: frozenset[tuple[str, str]]) -> float:
    """What it is worth that a claim denies or quantifies as the query does, best of the same word."""
    if wanted & scopes:
        return _DENIED
    names = {name for name, _ in wanted}
    return 0.3 if any((name, "*") in scopes for name in names) else 0.0


def _hit(claim: Claim, score: float, keys: frozenset[str], wanted: set[tuple[str, str]]) -> Hit:
    names = {name for name, _ in wanted}
    matched: dict[str, None] = {}
    for text in (claim.statement, *passage_texts(claim)):
        for token in tokenize(text):
            if token.key in keys or (token.kind == "word" and class_of(token.lower) in names):
                matched.setdefault(token.text)
    return Hit(claim, score, tuple(matched))

"""Where the clauses of a sentence begin and end, for reading what each asserts.

No parser: borders are marks, conjunctions with a subject and a verb after them, and relative words. Scopes have
borders of their own (`clauses`), since a negation may end where an assertion goes on. The words are `en/segments.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ketakb.language.openers import BREAKS, LOOK, opener_at
from ketakb.language.segment_words import has_verb, is_verb, word_sets
from ketakb.language.tokens import Token
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with one predicate, as token indices, half-open."""

    first: int
    last: int
    opener: str = ""
    """The word or mark that begins it: which, but, :, ...; empty for the first."""


def split_clauses(
    tokens: Sequence[Token], subjects: frozenset[int] = frozenset(), actions: frozenset[int] = frozenset()
) -> list[Clause]:
    """Return the clauses of one sentence, in order, covering all its tokens.

    `subjects` are indices of tokens at which something begins that could be a subject (a drug, a receptor); `actions`
    of those at which a verb of the lexicon begins.
    """
    cuts: list[tuple[int, str]] = []
    depth = 0
    openers = _openers()
    for at, token in enumerate(tokens):
        if token.kind != "mark":
            if token.lower not in openers:
                continue  # as nearly all words
        elif token.text in "([":
            depth += 1
            continue
        elif token.text in ")]":
            depth = max(0, depth - 1)
            continue
        if at and not depth and (opener := opener_at(tokens, at, subjects, actions)):
            begun = cuts[-1][0] if cuts else 0
            if opener in ("and", "or", ",") and _is_subject_so_far(tokens, begun, at, subjects):
                continue  # "A and B are": one subject
            if opener in ("and", "or", ",") and _goes_on_listing(tokens, begun, at, subjects, actions):
                continue  # "X for A, B and C is": what X is for
            if opener in ("and", "or") and _is_asked_still(tokens, begun, at, actions):
                continue  # "How X works in A and B is not known": one subject
            if opener in ("before", "until") and tokens[begun].lower == "it":
                continue  # "it is weeks before X works"
            if opener in ("and", "or") and _is_one_of_two(tokens, begun, at):
                continue  # "A relative or friend must"
            if opener == "or" and tokens[at - 1].kind != "mark" and not has_verb(tokens[begun:at]):
                continue  # "Disease of the heart or brain is"
            if opener == "that" and _is_cleft(tokens[begun:at]):
                continue  # "It was in 1962 that X was made" is one clause
            if opener == "," and _leads_in(tokens[begun:at]):
                continue  # "As a sedative, X works fast": what is fronted belongs to what follows
            if opener not in _PREPOSITIONS or has_verb(tokens[begun:at]):
                cuts.append((at, opener))
    cuts = [cut for number, cut in enumerate(cuts) if not _is_inserted(tokens, cuts, number)]
    starts = [(0, ""), *cuts]
    ends = [at for at, _ in cuts] + [len(tokens)]
    return [Clause(first, last, opener) for (first, opener), last in zip(starts, ends, strict=True) if first < last]


@cache
def _openers() -> frozenset[str]:
    """Return the words that may begin a clause."""
    sets = word_sets()
    return sets["always"] | sets["with_subject"] | {"that", "whom", "which", "nor"}


_INSERTED = frozenset({"when", "if", "where", "as", "although", "though", "while", "once", "which", "who", "that"})
_ASIDE = 12


def _is_inserted(tokens: Sequence[Token], cuts: Sequence[tuple[int, str]], number: int) -> bool:
    """Whether a clause only stands between a subject and its verb: "Relief, when it comes, shows within a day".

    So does one behind what a subject is called: "The illness, one of those that X is used for, affects many".
    """
    at, opener = cuts[number]
    begun = cuts[number - 1][0] if number else 0
    if opener not in _INSERTED or at - begun > LOOK or has_verb(tokens[begun:at]):
        return False
    if "," not in [token.text for token in (tokens[begun:at] if opener == "that" else tokens[at - 2 : at])]:
        return False
    end = cuts[number + 1][0] if number + 1 < len(cuts) else len(tokens)
    closing = next((n for n in range(at + 1, min(at + _ASIDE, end - 1)) if tokens[n].text == ","), 0)
    if not closing:
        return False
    sets = word_sets()
    after = (
        closing + 2 if tokens[closing + 1].lower.endswith("ly") or tokens[closing + 1].lower == "often" else closing + 1
    )
    return after < end and is_verb(tokens[after], sets)


def _is_subject_so_far(tokens: Sequence[Token], first: int, last: int, subjects: frozenset[int]) -> bool:
    """Whether a clause up to here only names things, and so may go on to name more before its verb."""
    sets = word_sets()
    named = False
    for place in range(first, last):
        token = tokens[place]
        if place in subjects:
            named = True
        elif token.lower in _OPENING or not _may_name(token, sets):
            return False  # "In A and B ...", "A raises B and ..."
    return named


def _goes_on_listing(
    tokens: Sequence[Token], first: int, last: int, subjects: frozenset[int], actions: frozenset[int]
) -> bool:
    """Whether a clause without a verb so far has named, behind a preposition, things to which more are added."""
    at = next((n for n in range(last - 1, first - 1, -1) if tokens[n].lower in _FOR_WHAT), -1)
    if at < 0 or last - at < 2 or not any(place in subjects for place in range(at + 1, last)):
        return False
    sets = word_sets()
    for place in range(first, last):
        if (place in actions or is_verb(tokens[place], sets)) and tokens[place - 1].lower not in _ARTICLES:
            return False  # else "the use of X for A"
    before = tokens[at - 1].lower if at > first else ""
    if before.endswith(("s", "ed")) and not before.endswith(("ions", "ments")):
        return False  # a verb of no list: "X helps with A"
    return all(_may_name(token, sets) for token in tokens[at + 1 : last])


def _is_asked_still(tokens: Sequence[Token], first: int, last: int, actions: frozenset[int]) -> bool:
    """Whether a clause begins with "how", "why" and has had but one verb: what it asks is a subject without a verb."""
    words = tokens[first:last]
    while words and words[0].lower in _EXACTLY:
        words = words[1:]
    if len(words) < 2 or words[0].lower not in _ASKING or words[1].lower in word_sets()["auxiliaries"]:
        return False
    start, sets = last - len(words), word_sets()
    verbs = [n for n in range(start + 1, last) if n in actions or is_verb(tokens[n], sets)]
    return len(verbs) == 1 and tokens[-1].text != "?"


_ASKING = frozenset({"how", "why", "what", "whether"})
_EXACTLY = frozenset({"exactly", "precisely", "just", "but", "and", "yet", "quite", ","})
_FOR_WHAT = frozenset({"for", "in", "against"})


def _is_one_of_two(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a clause up to here is but an article with a noun: what is joined to it shares its verb."""
    words = tokens[first:last]
    if len(words) != 2 or words[0].lower not in _ARTICLES:
        return False
    return _may_name(words[1], word_sets())


_ARTICLES = frozenset({"a", "an", "the", "your", "our", "any", "some", "every"})


def _may_name(token: Token, sets: dict[str, frozenset[str]]) -> bool:
    """Whether a token may belong to the name of a thing: no verb, nothing that ends like one, no strong mark."""
    if token.kind == "word":
        return not is_verb(token, sets) and not token.lower.endswith(("s", "ed", "ing", "ly"))
    return token.kind == "mark" and token.text not in BREAKS


_OPENING = frozenset(
    {"in", "for", "with", "like", "unlike", "as", "when", "if", "after", "before", "while", "because", "since", "under",
     "to", "that", "which", "who", "where", "although", "though", "but", "so", "than", "from", "at", "on", "by"}
)
_USED = frozenset({"given", "taken", "used", "added", "injected", "infused", "swallowed", "snorted", "combined"})
_LEADS = frozenset({"in", "for", "as", "with", "under", "at", "by", "compared", "since"})
_PREPOSITIONS = frozenset({"for", "after", "before", "since", "until"})

_CLEFT = frozenset({"in", "on", "until", "since", "during", "around", "about", "after", "before"})


def _is_cleft(tokens: Sequence[Token]) -> bool:
    """Whether a stretch only says when what follows was so: "It was not until 1985"."""
    if len(tokens) < 3 or tokens[0].lower != "it" or tokens[1].lower not in ("was", "is"):
        return False
    return any(token.lower in _CLEFT for token in tokens[2:5]) and any(token.kind == "number" for token in tokens[2:])


def _leads_in(tokens: Sequence[Token]) -> bool:
    """Whether a stretch before a comma only says of what follows when, as what or how it was used."""
    if tokens[0].lower in _LEADS:
        apart = [t.lower for t in tokens[:2]] in (["in", "contrast"], ["as", "opposed"])
        return not apart and not _acts(tokens)  # "In contrast to X, it ..." is read like "Unlike X, it ..."
    return tokens[0].lower in _USED and not _acts(tokens[1:])


def _acts(tokens: Sequence[Token]) -> bool:
    """Whether something is done in a stretch, if only in passing: "by blocking it"."""
    sets = word_sets()
    return any(is_verb(token, sets) or token.lower.endswith("ing") for token in tokens)



"""Where clauses end once it is known what their words name, and which of them belong together."""

from __future__ import annotations

from ketakb.extract.lexicon import AGENT_KINDS, Mention
from ketakb.language.openers import TELLING
from ketakb.language.quantities import Quantity
from ketakb.language.scopes import Scope
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token, key_of
from ketakb.language.units import MINUTES
from ketakb.values import replace

_BEGINNING = frozenset(
    {"drug", "treatment", "receptor", "transmitter", "target", "effect", "people", "condition"}
)


def beginnings(kinds: dict[str, str], tokens: list[Token], mentions: list[Mention]) -> frozenset[int]:
    """Return the indices of tokens of names that could be subjects; in "A B works" the verb is none."""
    names = [m for m in mentions if kinds.get(m.concept) in _BEGINNING]
    ends = {m.last for m in names}
    verbs = word_sets()["verbs"]
    return frozenset(
        place
        for m in names
        if not (m.last - m.first == 1 and m.first in ends and tokens[m.first].key in verbs)
        for place in range(m.first, m.last)
    )


def ended_by_clauses(
    scopes: list[Scope], clauses: list[Clause], kinds: dict[str, str], mentions: list[Mention]
) -> list[Scope]:
    """Return scopes, those of "no" ended where another clause begins with whom it is about: "no X and Y can"."""
    if len(clauses) < 2 or not any(scope.category == "negation" for scope in scopes):
        return scopes
    named = {m.first for m in mentions if kinds.get(m.concept) in AGENT_KINDS}
    borders = [c.first for c in clauses if c.opener == "and" and c.first + 1 in named]
    if not borders:
        return scopes
    return [
        replace(scope, last=min([scope.last, *(b for b in borders if scope.cue_last < b < scope.last)]))
        if scope.category == "negation" and scope.kind == "determiner"
        else scope
        for scope in scopes
    ]


_PARTING = frozenset(("but", "because", "while", "whereas", "although", "though", "and", "so", "yet", "however"))
_STARTING = frozenset(("that", "when", "where"))
_KNOWING = frozenset(map(key_of, ("know", "realise", "realize", "aware", "learn")))
_FRONTED = 9
"""Longest stretch before a comma that only says when: "Within a day of the first dose, ..."."""


def may_be_timed(clauses: list[Clause]) -> bool:
    """Whether `with_times` may join any of some clauses: it leaves all others alone, whatever their numbers."""
    return any(clause.opener in (",", "before", "until") for clause in clauses[1:])


def with_times(clauses: list[Clause], tokens: list[Token], quantities: list[Quantity]) -> list[Clause]:
    """Return clauses, those joined of which one only says when the other is: "Within a day, ...", "... two months

    before you notice it".
    """
    verbs = word_sets()
    kept: list[Clause] = []
    for clause in clauses:
        last = kept[-1] if kept else None
        times = [q for q in quantities if last and last.first <= q.first < last.last and q.unit in MINUTES]
        if last is None or not times:
            kept.append(clause)
            continue
        fronted = (
            len(kept) == 1
            and clause.opener == ","
            and last.last - last.first <= _FRONTED
            and times[0].first - last.first <= 1
            and (times[0].role == "within" or times[0].last >= last.last - 1)
            and not any(
                t.lower in verbs["auxiliaries"] or t.key in verbs["verbs"] for t in tokens[last.first : last.last]
            )
        )
        ahead = clause.opener in ("before", "until") and times[-1].last >= clause.first
        if fronted or ahead:
            kept[-1] = Clause(last.first, clause.last, last.opener)
        else:
            kept.append(clause)
    return kept


def whole_clauses(
    clauses: list[Clause], tokens: list[Token], mentions: list[Mention], names: frozenset[int]
) -> list[Clause]:
    """Return clauses, those joined that part a wording ("as long as you need", "nobody that it can't help").

    A wording whose gap runs over a border (", but", "because") or holds a name ("no doubt that X is") parts nothing,
    nor does one that ends with the "that" of what somebody is told ("we tell every patient that X").
    """
    if len(clauses) < 2:
        return clauses
    kept: list[Clause] = []
    wordings = [m for m in mentions if not m.gapped or (m.concept.startswith("en:") and not m.tag)]

    def joins(mention: Mention, at: int) -> bool:
        if not mention.first < at < mention.last:
            return False
        opener = tokens[at].lower
        if opener in _PARTING and (mention.gapped or mention.last == at + 1):
            return False  # "takes weeks to work because": the joining word is the next clause's
        if mention.gapped and tokens[at].kind == "mark":
            return False
        if mention.gapped and opener in _STARTING and any(n in names for n in range(at, mention.last)):
            return False
        told = tokens[at].lower == "that" and mention.last == at + 1
        told_of = any(t.key in TELLING for t in tokens[max(0, at - 6) : at])
        return not (told and (told_of or tokens[at - 1].key in _KNOWING))

    for clause in clauses:
        if kept and any(joins(m, clause.first) for m in wordings):
            kept[-1] = Clause(kept[-1].first, clause.last, kept[-1].opener)
        else:
            kept.append(clause)
    return kept

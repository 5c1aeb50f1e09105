"""Verbs left out: "X raises A. So does Y.", "A has approval and B does not", "neither does B".

What the short clause leaves out stands in the clause or sentence before it. That one is read again with the agent of
the short clause in the place of its own, and, where the short clause denies, turned round.
"""

from __future__ import annotations

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.text import Span
from ketakb.values import dataclass, replace

_DENYING: Final = frozenset({"neither", "nor"})
_TOO: Final = frozenset({"too", "also", "as", "well", "either", "though", "however", "certainly", "still"})
_LEADING: Final = frozenset(
    {"and", "but", "while", "whereas", "though", "although", ",", ";", ":", "–", "—", "-", "yet"}
)
_JOINED: Final = 3
"""Tokens behind an agent within which another one acts with it."""
_LONGEST: Final = 9
"""More words than that are a clause that says something itself."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A short clause, and what it repeats."""

    antecedent: Sentence
    """The clause before it with the short clause's agent in it."""
    negated: bool
    """True where it says of its agent the opposite of what the antecedent says of another."""
    span: Span
    """The short clause."""


def echoes(lexicon: Lexicon, sentence: Sentence, before: Sentence | None) -> list[Echo]:
    """Return the short clauses of a sentence that leave out their verb, each with what it repeats.

    `before` is the sentence before it in the same block, or None. Spans are of the document.
    """
    found: list[Echo] = []
    if sentence.concepts.isdisjoint(lexicon.of_kinds[AGENT_KINDS]):
        return found
    for number, clause in enumerate(sentence.clauses):
        if clause.last - clause.first > _LONGEST:
            continue
        agent = _only_agent(lexicon, sentence, clause)
        if agent is None:
            continue
        denies = _denies(sentence, clause, agent)
        if denies is None:
            continue
        source, place = (sentence, number - 1) if number else (before, -1)
        if source is None or not source.clauses:
            continue
        antecedent = _with_agent(lexicon, source, source.clauses[place], agent)
        if antecedent is not None:
            end = clause.last - (sentence.tokens[clause.last - 1].kind == "mark")
            named = (n for n in range(clause.first, end) if sentence.tokens[n].lower not in _LEADING)
            first = next(named, clause.first)
            turned = denies != _is_denied(source, source.clauses[place])
            found.append(Echo(antecedent, turned, sentence.place(first, end)))
    return found


def _only_agent(lexicon: Lexicon, sentence: Sentence, clause: Clause) -> Mention | None:
    """Return the one agent of a clause that names nothing else of the store."""
    named = [
        m
        for m in sentence.mentions
        if clause.first <= m.first and m.last <= clause.last and not m.concept.startswith(("en:", "rel:"))
    ]
    agents = [m for m in named if lexicon.kinds.get(m.concept) in AGENT_KINDS]
    spans = {(m.first, m.last) for m in agents}
    others = [m for m in named if (m.first, m.last) not in spans and not any(a.near(m) for a in agents)]
    return agents[0] if len(spans) == 1 and not others else None


def _denies(sentence: Sentence, clause: Clause, agent: Mention) -> bool | None:
    """Return whether a short clause denies ("X does not", "nor does X"), or None where its verb is not left out."""
    auxiliaries = word_sets()["auxiliaries"]
    tokens = sentence.tokens
    before = [t.lower for t in tokens[clause.first : agent.first] if t.lower not in _LEADING and t.lower != "the"]
    after = [t.lower for t in tokens[agent.last : clause.last] if t.kind != "mark"]
    if len(before) == 2 and before[1] in auxiliaries and not [w for w in after if w not in _TOO]:
        return {"so": False, "as": False}.get(before[0], True if before[0] in _DENYING else None)
    if before or not after or after[0] not in auxiliaries:
        return None
    rest = [word for word in after[1:] if word not in _TOO]
    if after[0].endswith("n't") or after[0] == "cannot":
        return True if not rest else None
    return {(): False, ("not",): True}.get(tuple(rest))


def _is_denied(source: Sentence, clause: Clause) -> bool:
    return any(
        (s.category == "negation" and clause.first <= s.cue_first < clause.last)
        or (s.category == "denial" and s.cue_first <= clause.first and clause.last <= s.last + 1)  # "a myth that"
        for s in source.scopes
    )


def _with_agent(lexicon: Lexicon, source: Sentence, clause: Clause, agent: Mention) -> Sentence | None:
    """Return a clause as a sentence of its own with another agent in the place of its first, or None without one."""
    inside = [n for n, m in enumerate(source.mentions) if clause.first <= m.first and m.last <= clause.last]
    own = next(
        (
            source.mentions[n]
            for n in inside
            if lexicon.kinds.get(source.mentions[n].concept) in AGENT_KINDS and n not in source.contrasted
        ),
        None,
    )
    if own is None or own.concept == agent.concept:
        return None
    joined = range(own.last, own.last + _JOINED)  # "A and B both do it, C does not"
    others = {n for n in inside if lexicon.kinds.get(source.mentions[n].concept) in AGENT_KINDS}
    beside = {n for n in others if source.mentions[n].first in joined}
    kept = (m for n, m in enumerate(source.mentions) if n not in beside)
    elsewhere = [m for m in kept if (m.first, m.last) != (own.first, own.last)]
    mentions = sorted([*elsewhere, replace(own, concept=agent.concept)], key=lambda m: (m.first, -m.last, m.concept))
    return source.within(clause, mentions)

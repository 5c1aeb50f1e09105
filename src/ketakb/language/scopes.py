"""Scopes: which words of a sentence a negation, a hedge, a denial ... reaches.

The idea is ConText (Harkema et al. 2009, after NegEx, Chapman et al. 2001): a cue reaches forward or backward
until a terminator or a clause border. Two negations of one thing cancel.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ketakb.hints import Final
from ketakb.language.cues import find_cues
from ketakb.language.reach import Limits
from ketakb.language.tokens import Token
from ketakb.values import dataclass, replace

# Cues looked at inside one scope; more is no sentence, and would cost the square of its length.
_MOST_INSIDE: Final = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """What one cue reaches. Indices are of the tokens of the sentence, half-open."""

    category: str
    """One of cues.CATEGORIES."""
    kind: str
    """verbal, determiner, adverbial, preposition, prefix, suffix, noun or clausal."""
    cue: str
    """The cue as it stands, in lower case."""
    cue_first: int
    cue_last: int
    first: int
    last: int
    strength: str = "single"
    """single, or double where it and another negation cancel."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a piece of a sentence is meant."""

    negated: bool
    certainty: str
    """asserted, or the first that holds of denied, questioned, conditional, attributed, hedged."""
    about: str
    """current, past or other (somebody else)."""
    cues: tuple[Scope, ...]
    """The scopes that reach it."""


_TELLS: Final = frozenset({"question"})
"""What a cue ends that makes a question tell what it asks: "Did you know that ...?"."""


def find_scopes(tokens: Sequence[Token]) -> list[Scope]:
    """Return the scopes in the tokens of one sentence, in the order of their cues.

    A scope holds its cue only where the cue reaches both ways; otherwise it begins or ends beside it. A cue
    of two categories ("hardly") gives two scopes. Linear in the sentence, but for a logarithm.
    """
    cues = find_cues(tokens)
    if not cues:
        return []
    limits = Limits(tokens, cues)
    scopes: list[Scope] = []
    for found in cues:
        text = " ".join(token.lower for token in tokens[found.first : found.last])
        for category in found.cue.categories:
            if category == "question" and any(other.cue.terminates == _TELLS for other in cues):
                continue
            first, last = limits.reach(found, category)
            if first < last:
                kind = found.cue.kind
                scopes.append(Scope(category, kind, text, found.first, found.last, first, last))
    return _mark_doubles(_without_echoes(tokens, scopes))


def _without_echoes(tokens: Sequence[Token], scopes: list[Scope]) -> list[Scope]:
    """Return scopes without a denial that repeats a negation: "It does not cure; that is a myth" takes nothing back.

    It is left open instead: "It does not harm; that is a myth" may mean the other. Reports keep their denial.
    """
    echoes = [
        scope
        for scope in scopes
        if scope.category == "denial"
        and scope.last <= scope.cue_first
        and tokens[scope.cue_first - 1].lower in ("that", "this", "it")
        and any(one.category == "negation" and one.last <= scope.last for one in scopes)
    ]
    if not echoes or any(one.category in ("attribution", "question") for one in scopes):
        return scopes
    return [replace(one, category="condition") if one in echoes else one for one in scopes]


def status_at(scopes: Sequence[Scope], first: int, last: int) -> Status:
    """Return how the tokens first to last (half-open) are meant, given the scopes of their sentence.

    A cue inside the range says nothing about the range ("lungs show no opacities" as a whole is asserted).
    """
    cues = tuple([scope for scope in scopes if _reaches(scope, first, last)])
    if not cues:
        return _PLAIN
    negations = [scope for scope in cues if scope.category == "negation"]
    denials = [scope for scope in cues if scope.category == "denial"]
    # "It is hardly a myth that": the denial is taken back, and the negation has done its work on it.
    lifted = [scope for scope in denials if scope.strength == "double"]
    spent = [outer for outer in negations if any(_holds_cue(outer, inner) for inner in lifted)]
    beyond = [scope for scope in scopes if scope.strength == "double" and scope not in cues]
    count = 0
    for scope in negations:
        if scope not in spent:
            # "Nausea has not resolved": what cancels the cue stands after the thing and does not reach it.
            count += 1 + sum(outer.category == "negation" and _holds_cue(outer, scope) for outer in beyond)
    present = {scope.category for scope in cues if scope not in lifted}
    certainty = next((name for category, name in _CERTAINTY if category in present), "asserted")
    about = "other" if "other" in present else "past" if "past" in present else "current"
    return Status(count % 2 == 1, certainty, about, cues)


def _reaches(scope: Scope, first: int, last: int) -> bool:
    if scope.category == "condition" and scope.kind == "clausal" and scope.cue_first < first < scope.cue_last:
        return True  # words of the cue itself are as open as what it reaches: "by no means clear that"
    if scope.first == scope.cue_first == first and last < scope.cue_last:
        return True  # of "need not" it is the need that is denied
    return (
        scope.first < last and first < scope.last and not (scope.cue_first < last and first < scope.cue_last)
    )


_PLAIN: Final = Status(False, "asserted", "current", ())
_CERTAINTY: Final = (
    ("denial", "denied"),
    ("question", "questioned"),
    ("condition", "conditional"),
    ("attribution", "attributed"),
    ("hedging", "hedged"),
)


def _mark_doubles(scopes: Sequence[Scope]) -> list[Scope]:
    """Mark negations that cancel, and denials that a negation takes back."""
    negations = [(at, scope) for at, scope in enumerate(scopes) if scope.category == "negation"]
    by_cue = [scope.cue_first for scope in scopes]
    double: set[int] = set()
    for at, outer in negations:
        begin, end = bisect_left(by_cue, outer.first), bisect_left(by_cue, outer.last)
        for inner in range(begin, min(end, begin + _MOST_INSIDE)):
            if not _holds_cue(outer, scopes[inner]) or scopes[inner].category not in ("negation", "denial"):
                continue
            double |= {at, inner}
    return [replace(scope, strength="double") if at in double else scope for at, scope in enumerate(scopes)]


def _holds_cue(outer: Scope, inner: Scope) -> bool:
    """Whether the cue of inner lies in the scope of outer."""
    return (
        outer.cue_first != inner.cue_first and outer.first <= inner.cue_first and inner.cue_last <= outer.last
    )

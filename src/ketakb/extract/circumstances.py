"""Where and when a clause says that something holds, and whether it only reports one study."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.language.quantities import Quantity
from ketakb.language.scopes import Status
from ketakb.language.segments import Clause
from ketakb.model import TimeRef

PAST = "past"
"""Relative time of a statement on an unnamed time before."""
_UNTIL = frozenset({"until", "before"})
_WERE = frozenset({"was", "were", "had"})
_BACK = 6


def jurisdictions(lexicon: Lexicon, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the jurisdictions that mentions name: countries and the bodies that belong to them."""
    found: dict[str, None] = {}
    for mention in mentions:
        for wider in lexicon.closure.get(mention.concept, ()):
            if lexicon.kinds.get(wider) == "jurisdiction":
                found[lexicon.store.entities[wider].label] = None
    return tuple(found)


def time_of(
    sentence: Sentence, clause: Clause, anchor: Mention, mentions: Sequence[Mention], quantities: Sequence[Quantity], status: Status
) -> TimeRef | None:
    """Return the time for which a clause says that something held, or None where it speaks of today.

    "In 2019 it was approved with a pill" gives the year, "until 2019 it was experimental" its end,
    "at first it was approved ..." only that it is past.
    """
    dated = next((q for q in quantities if q.unit == "date" and q.low is not None), None)
    if dated is not None:
        year = str(int(dated.low or 0))
        before = sentence.tokens[max(clause.first, dated.first - 2) : dated.first]
        ahead = {token.lower for token in before}
        if ahead & _UNTIL or dated.role in _UNTIL:
            return TimeRef(None, year)
        if _past_tense(sentence, clause, anchor) and "since" not in ahead and dated.role not in ("since", "from"):
            return TimeRef(year, year)
    if status.about == "past" or any(m.concept == "en:formerly" for m in mentions):
        return TimeRef(relative=PAST)
    return None


def _past_tense(sentence: Sentence, clause: Clause, anchor: Mention) -> bool:
    """Whether the word in question stands in the past: "was approved", "approved" without a form of be."""
    tokens = sentence.tokens
    for place in range(anchor.first, max(clause.first, anchor.first - _BACK) - 1, -1):
        lower = tokens[place].lower
        if lower in _WERE:
            return True
        if lower in ("is", "are", "has", "have", "been", "may", "can", "must", "will"):
            return False
    return tokens[anchor.first].lower.endswith("ed")

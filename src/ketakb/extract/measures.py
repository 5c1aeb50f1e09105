"""Which number of a clause measures what a frame speaks of, and what it is worth as a value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ketakb.assertion import Value
from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.extract.relatives import head_of_relative
from ketakb.extract.schedules import is_rate
from ketakb.extract.sentence import Sentence
from ketakb.extract.spoken import About
from ketakb.language.quantities import Quantity
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token
from ketakb.language.units import MINUTES
from ketakb.terms import Slot

_LONG = frozenset({"hour", "day", "week", "month", "speed"})
UNIT_FAMILIES: Mapping[str, frozenset[str]] = {
    "time": _LONG | {"second", "minute", "year"},
    "short-time": _LONG | {"second", "minute"},
    "long-time": _LONG,
    "stretch": frozenset({"day", "week", "month"}),
    "moments": frozenset({"second", "minute"}),
    "prompt": frozenset({"second", "minute", "hour", "day", "speed"}),
    "hours": frozenset({"minute", "hour"}),
    "days": frozenset({"day", "week", "month", "year"}),
    "weeks": frozenset({"day", "week"}),
    "share": frozenset({"percent"}),
    "person": frozenset({"person"}),
    "population": frozenset({"person", "count"}),
    "count": frozenset({"count"}),
    "rate": frozenset({"count"}),
    "money": frozenset({"dollar", "pound", "euro"}),
    "dose": frozenset({"mg", "mg/kg", "mcg", "ml"}),
    "date": frozenset({"date"}),
    "age": frozenset({"age"}),
}
_FAST, _SLOW = Value(None, 1.0, "day"), Value(1.0, None, "week")
_INSTEAD = frozenset(
    {"not", "versus", "vs", "v", "instead", "rather", "opposed", "unlike", "against", "compared"}
)
_LINKING = frozenset({"of", "than", "to", "as", "with", "just", "only", ".", "in", "the", "about", "within"})
_BARRING = frozenset(
    ["who", "whom", "whose", "which", "that", "where", "when", "if", "because", "than", "unlike", "while",
    "whereas", "although"]
)
_NAMING = frozenset({"a", "an", "the", "its"})
_GROUP_REACH = 6
_TYING = frozenset({"on", "given", "after", "receiving", "taking", "got", "had", "treated", "assigned", "for"})
_PARTING = frozenset({"than", "to", "who", "that", "when", "respond", "responded", "improved", "remitted", "relapsed"})
_TOWARDS = frozenset({"within", "after"})
_POPULATION = 100_000
"""From this size on a number of people is one of a country."""


def choose(
    lexicon: Lexicon,
    sentence: Sentence,
    clause: Clause,
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    slot: Slot,
    anchors: Sequence[Mention],
    about: About,
    subject: str,
) -> Quantity | None:
    """Return the quantity that fills a slot, or None where it is doubtful what the numbers measure.

    `anchors` are the mentions that make the clause speak of the frame's matter. A number that stands nearer
    to a rival ("a 40-minute infusion"), is put aside ("hours, not weeks") or is another agent's is left.
    """
    tokens = sentence.tokens
    inside = _of_unit(slot, quantities)
    fitting = [q for q in inside if _fits(q, slot)]
    if not fitting:
        return None
    explicit = [m for m in about.explicit if clause.first <= m.first < clause.last]
    if len(explicit) > 1 and len(inside) == len(explicit) and any(t.lower == "respectively" for t in tokens):
        order = [m.concept for m in explicit]
        return inside[order.index(subject)] if subject in order else None
    rivals = lexicon.of(slot.rivals, mentions) if slot.rivals else []
    kept = []
    for quantity in fitting:
        if slot.unit == "share" and quantity.first and tokens[quantity.first - 1].lower == "by":
            continue  # "cut scores by 30%" is a change
        if _put_aside(tokens, quantity) or (quantity.adverb and quantity.unit == "second"):
            continue
        if slot.unit == "share" and subject and (agent := group_of(lexicon, tokens, mentions, quantity)):
            if lexicon.counts_as(agent.concept, (subject,)) or lexicon.counts_as(subject, (agent.concept,)):
                kept.append(quantity)
            continue  # "64% on X, 28% on Y": each figure is its own group's
        if any(_takes(tokens, rival, quantity, anchors) for rival in rivals):
            continue
        if explicit and subject and not _owned(tokens, quantity, anchors, explicit[0]):
            continue
        if any(q.unit == "count" and (q.low or 0) > 1 and q.last == quantity.first and q.of_word for q in quantities):
            continue  # "six infusions in two weeks": the time that they fill
        if subject in lexicon.family and head_of_relative(lexicon, tokens, mentions, quantity.first):
            continue
        kept.append(quantity)
    if kept and anchors and len(quantities) > 1:
        first, last = conjunct(tokens, clause, anchors[0].first)
        near = [q for q in quantities if first <= q.first < last]
        if any(q.unit == kept[0].unit or (q.unit in MINUTES and kept[0].unit in MINUTES) for q in near):
            kept = [q for q in kept if q in near]  # "starts within hours, lasts a week": to each verb its own
    return min(kept, key=lambda q: (_nearest(anchors, q), q.first), default=None)


def may_fill(slot: Slot, quantities: Sequence[Quantity]) -> bool:
    """Whether `choose` may return one of these quantities."""
    return any([_fits(q, slot) for q in _of_unit(slot, quantities)])


def _of_unit(slot: Slot, quantities: Sequence[Quantity]) -> list[Quantity]:
    units = UNIT_FAMILIES.get(slot.unit, frozenset((slot.unit,)))
    return [q for q in quantities if q.unit in units and is_rate(q) == (slot.unit == "rate")]


def conjunct(tokens: Sequence[Token], clause: Clause, at: int) -> tuple[int, int]:
    """Return the stretch around a place that has one of several verbs: "tested in 1960 | and approved in 1970"."""
    verbs = word_sets()
    cuts = [
        place
        for place in range(clause.first + 1, clause.last - 1)
        if tokens[place].lower in _JOINTS
        and (tokens[place + 1].lower in verbs["auxiliaries"] or _is_finite(tokens[place + 1], verbs))
    ]
    before = [cut for cut in cuts if cut <= at]
    after = [cut for cut in cuts if cut > at]
    return (before[-1] if before else clause.first), (after[0] if after else clause.last)


def _is_finite(token: Token, verbs: dict[str, frozenset[str]]) -> bool:
    return token.key in verbs["verbs"] and token.lower.endswith(("s", "ed"))


_JOINTS = frozenset((",", "and", "but", "then"))


def group_of(
    lexicon: Lexicon, tokens: Sequence[Token], mentions: Sequence[Mention], quantity: Quantity
) -> Mention | None:
    """Return what those had of whom a share is: "30% of inpatients given X", "28% after X", "9% on X"."""
    for mention in mentions:
        if mention.first < quantity.last or lexicon.kinds.get(mention.concept) not in AGENT_KINDS:
            continue
        gap = tokens[quantity.last : mention.first]
        if not gap or len(gap) > _GROUP_REACH or any(t.kind in ("mark", "number") and t.text != "-" for t in gap):
            return None
        ties = [n for n, t in enumerate(gap) if t.lower in _TYING or (not n and t.lower == "with")]
        if not ties or any(t.lower in _PARTING for t in gap):
            return None
        return mention
    return None


def value_of(quantity: Quantity) -> Value:
    """Return a quantity of a text as the value of an assertion."""
    if quantity.unit == "speed":
        return _FAST if quantity.role == "fast" else _SLOW
    large = quantity.unit == "count" and not quantity.of_word and (quantity.high or quantity.low or 0) >= _POPULATION
    return Value(quantity.low, quantity.high, "person" if large else quantity.unit, None, quantity.approx)


def turned_of(value: Value) -> Value | None:
    """Return the other side of a bound that is denied: "not more than a week" is a week at most; None without one."""
    if value.unit in ("date", "speed", "year") or (value.low is None) == (value.high is None):
        return None  # "not for ever" says nothing of how long
    return Value(value.high, value.low, value.unit, value.of, value.approx)


def rest_of(value: Value) -> Value:
    """Return the share of all the others: "a third do not" says that two thirds do."""
    if value.unit != "percent":
        return value
    low = None if value.high is None else 100 - value.high
    high = None if value.low is None else 100 - value.low
    return Value(low, high, value.unit, value.of, value.approx)


def _takes(tokens: Sequence[Token], rival: Mention, quantity: Quantity, anchors: Sequence[Mention]) -> bool:
    """Whether a rival takes a number for itself: it stands nearer to it than all that the frame asks for.

    "Within" and "after" look forward to an event: a noun takes such a number only as "within a two-hour
    visit" or "after years of illness".
    """
    if any(m.first <= rival.first and rival.last <= m.last for m in anchors):
        return False
    if quantity.first <= rival.first and rival.last <= quantity.last:
        return False  # a word of the number itself: "by the end of the first day"
    if quantity.role in _TOWARDS and (rival.first >= quantity.last or not rival.concept.startswith("en:")):
        gap = tokens[quantity.last : rival.first]
        return rival.first >= quantity.last and (not gap or (len(gap) == 1 and gap[0].lower in ("-", "of")))
    return _gap(rival, quantity) <= _nearest(anchors, quantity)


def _fits(quantity: Quantity, slot: Slot) -> bool:
    if slot.unit == "population" and (quantity.high or quantity.low or 0) < _POPULATION:
        return False
    if slot.unit in ("rate", "dose") and quantity.per in ("second", "minute", "hour"):
        return False
    return (not slot.role or quantity.role in slot.role) and (
        not slot.of or (quantity.of_word or "") in slot.of
    )


def _gap(mention: Mention, quantity: Quantity) -> int:
    return max((quantity.core or quantity.first) - mention.last, mention.first - quantity.last, 0)


def _nearest(mentions: Sequence[Mention], quantity: Quantity) -> float:
    return min((_gap(m, quantity) for m in mentions), default=math.inf)


def _put_aside(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Whether a number is named only to say that it is another: "hours, not weeks", "rather than in
    weeks"."""
    at = quantity.first - 1
    while at >= 0 and tokens[at].lower in _LINKING and quantity.first - at <= 3:
        at -= 1
    if quantity.unit == "date" and quantity.role in ("until", "before") and at >= 0 and tokens[at].lower == "not":
        return False  # "not until 1970" gives the year
    return at >= 0 and tokens[at].lower in _INSTEAD


def _owned(tokens: Sequence[Token], quantity: Quantity, anchors: Sequence[Mention], agent: Mention) -> bool:
    """Whether an agent that stands behind both number and anchor is tied to them, and not in an aside."""
    behind = max([quantity.last, *(m.last for m in anchors if m.first < agent.first)])
    if agent.first <= quantity.first or any(m.first >= agent.first for m in anchors):
        return True
    gap = tokens[behind : agent.first]
    if len(gap) > 2 and gap[0].lower in _NAMING and gap[-1].text == ",":
        gap = gap[:-1]  # "approved a new medicine, X": X is the name of what was approved
    return not any(t.lower in _BARRING or t.text in ",;:" for t in gap)

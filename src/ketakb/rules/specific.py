"""Of several readings of one clause, those that tell most: the understood, the most specific, the list as a list.

An editor files a clause under the most specific topic that fits. Which topics are wider than which is the store's
to say: `yields_to` and `lists` in the settings of a topic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ketakb.assertion import Assertion
from ketakb.compare.judge import Judgement
from ketakb.model import Store
from ketakb.results import Reading
from ketakb.text import Span

_ALARMING = frozenset({"contradicted", "stale"})


def most_telling(store: Store, judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return the judgements in their order, without those that another on the same words makes idle.

    What alarms is left out only beside an alarm on the same thing. The cost grows with the readings that overlap.
    """
    pairs = list(_overlapping(judgements))
    covered: dict[int, set[str]] = {}
    for one, other in pairs:
        if _list_from(store, one.judged.reading) is not None and _list_from(store, other.judged.reading) is None:
            covered.setdefault(id(one.judged.reading), set()).update(other.judged.reading.assertion.objects)
    idle = {id(one) for one, other in pairs if _yields(store, one, other, covered)}
    return [one for one in judgements if id(one) not in idle]


def _overlapping(judgements: Sequence[Judgement]) -> Iterator[tuple[Judgement, Judgement]]:
    """Return each pair of judgements on overlapping words, both ways round."""
    ordered = sorted(judgements, key=lambda one: one.judged.reading.span)
    for number, one in enumerate(ordered):
        end = one.judged.reading.span.end
        after = number + 1  # and no slice, which would copy all that follow
        while after < len(ordered) and (other := ordered[after]).judged.reading.span.start < end:
            yield one, other
            yield other, one
            after += 1


def _yields(store: Store, one: Judgement, other: Judgement, covered: dict[int, set[str]]) -> bool:
    """Whether a judgement is idle beside another on the same words."""
    a, b = one.judged.reading, other.judged.reading
    if _is_repeated(one, other) or _is_but_a_part(a.assertion, b.assertion):
        return True
    if not a.assertion.negated and _are_opposed(a.assertion, b.assertion) and _core(a).overlaps(_core(b)):
        return True  # the same words cannot say a thing and its opposite: who does not see the "not" has misread them
    if one.judged.verdict in _ALARMING:
        # one fault, told under the narrower topic
        alarming = other.judged.verdict in _ALARMING
        return alarming and _list_from(store, a) is not None and _is_listed(store, a, b, covered)
    if a.assertion.topic == b.assertion.topic:
        return one.judged.verdict == "unsupported" != other.judged.verdict
    if other.judged.verdict == "unsupported":
        return False
    topic = store.topics.get(a.assertion.topic)
    wider = topic.settings.get("yields_to") if topic else None
    if isinstance(wider, tuple) and b.assertion.topic.startswith(wider):
        clause = topic is not None and topic.settings.get("yields_in") == "clause"
        if clause or _core(a).overlaps(_core(b)):
            return True
    return _is_listed(store, a, b, covered)


def _is_but_a_part(one: Assertion, other: Assertion) -> bool:
    """Whether one drops the number that alone is denied: "there is no proof that it works within a minute"."""
    both = one.negated and other.negated and one.subject == other.subject
    return both and one.value is None and other.value is not None and other.value.unit != "date"


def _are_opposed(one: Assertion, other: Assertion) -> bool:
    """Whether two say and deny one thing."""
    if one.negated == other.negated or one.topic != other.topic:
        return False
    x, y = ((a.subject, a.relation, a.objects, a.value, a.quantifier) for a in (one, other))
    return x == y


def _core(reading: Reading) -> Span:
    """Return where the words stand that a reading rests on, but for its subject: "X does A and B" says two things."""
    places = [place for concept, place in reading.triggers if concept != reading.assertion.subject]
    if not places:
        return reading.span
    return Span(min(place.start for place in places), max(place.end for place in places))


def _is_repeated(one: Judgement, other: Judgement) -> bool:
    """Whether the other says the same on the same or more words; of two equal ones the later frame gives way."""
    a, b = one.judged.reading, other.judged.reading
    if one.judged.verdict != other.judged.verdict or not b.span.covers(a.span):
        return False
    x, y = a.assertion, b.assertion
    if (x.topic, x.subject, x.relation, x.negated, x.value) != (y.topic, y.subject, y.relation, y.negated, y.value):
        return False
    if not set(x.objects) <= set(y.objects):
        return False
    return (a.span, x.objects) != (b.span, y.objects) or a.frame > b.frame


def _is_listed(store: Store, one: Reading, other: Reading, covered: dict[int, set[str]]) -> bool:
    """Whether one of two readings that share an object belongs to the other's topic: a list, or one thing of a list."""
    if not _shares(store, one, other):
        return False
    longest = _list_from(store, one)
    if longest is not None:
        return not _is_list(store, one, covered, longest)
    longest = _list_from(store, other)
    return longest is not None and _is_list(store, other, covered, longest)


def _is_list(store: Store, listed: Reading, covered: dict[int, set[str]], longest: int) -> bool:
    """Whether a list stands as one: long enough, or with a thing that no narrower reading on its words speaks of."""
    objects, known = listed.assertion.objects, covered.get(id(listed), set())
    return len(objects) >= longest or any(
        not any(store.is_a(a, b) or store.is_a(b, a) for b in known) for a in objects
    )


def _list_from(store: Store, reading: Reading) -> int | None:
    """Return from how many objects on a clause is a list of its topic; None where the topic takes no lists."""
    topic = store.topics.get(reading.assertion.topic)
    found = topic.settings.get("lists") if topic else None
    return int(found) if isinstance(found, (int, float)) else None


def _shares(store: Store, one: Reading, other: Reading) -> bool:
    return any(store.is_a(a, b) or store.is_a(b, a) for a in one.assertion.objects for b in other.assertion.objects)

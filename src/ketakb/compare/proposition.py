"""Propositions: what a thing does, is, causes, is approved for, allows. Direction, target, presence and the like.

The logic is that of monotone quantifiers: "no side effects" meets "nausea occurs", since nausea is a side effect;
"no bladder harm" does not meet "side effects occur". INDRA compares participants before polarity in the same way.
"""

from __future__ import annotations

from ketakb.assertion import Assertion
from ketakb.compare.outcome import Outcome, agreement, apart, conflict
from ketakb.model import Store
from ketakb.terms import Topic


def compare_propositions(store: Store, topic: Topic, one: Assertion, two: Assertion) -> Outcome:
    """Return whether two assertions without comparable numbers can both stand."""
    kind = topic.comparator
    if (exclusive := _exclusive(store, one, two)) is not None:
        return exclusive
    if one.relation is None or two.relation is None:
        return apart("relation")
    related, opposed = _relations(store, one.relation, two.relation)
    if not related:
        return apart("relation")
    if "all" in (one.quantifier, two.quantifier) and (whole := _universal(one, two)) is not None:
        return whole
    first, second = _exists(one), _exists(two)
    if first and second:
        return _both(store, topic, one, two, opposed, kind)
    if not first and not second:
        if opposed:
            return apart("relation")
        if "none" in (one.quantifier, two.quantifier) and {one.quantifier, two.quantifier} & {"most", "some"}:
            return apart("quantifier")  # "most do not" does not bear out "none does"
        return agreement(kind) if _share(store, one.objects, two.objects) else apart("object")
    positive, negative = (one, two) if first else (two, one)
    if opposed:
        # "blocks" bears out "does not activate"; "does not activate" says nothing for "blocks"
        borne_out = positive is two and _share(store, positive.objects, negative.objects)
        return agreement(kind) if borne_out else apart("relation")
    if not _as_narrow(store, positive.relation or "", negative.relation or ""):
        return apart("relation")
    if _meets(store, positive.objects, negative.objects):
        if _partly(positive, negative):
            return apart("quantifier")
        if negative.qualifier("population") and not positive.qualifier("population"):
            return apart("population")  # what is denied of one group may be so of others
        if _open_question(store, positive):
            return apart("evidence")
        return conflict(kind, _DENIED_ALL if negative.quantifier == "none" else _DENIED)
    return apart("object")


_DENIED = "one says that it is so, the other that it is not"
_DENIED_ALL = "one says that there are none, the other that there are"


def _partly(positive: Assertion, negative: Assertion) -> bool:
    """Whether both can be so of a part: "some insurers cover it", "most do not"."""
    parts = (positive.quantifier, negative.quantifier)
    return negative.negated and (parts in {("some", "some"), ("some", "most"), ("most", "some")})


def _open_question(store: Store, assertion: Assertion) -> bool:
    """Whether an assertion itself says that the evidence is at most mixed, so that a failed trial is part of it."""
    scale = store.scales.get("evidence", ())
    said = assertion.qualifier("evidence")
    return bool(said) and said[0] in scale and scale.index(said[0]) <= len(scale) // 2


def _exists(assertion: Assertion) -> bool:
    return not (assertion.negated or assertion.quantifier == "none") or (
        assertion.negated and assertion.quantifier == "none"
    )


def _relations(store: Store, one: str, two: str) -> tuple[bool, bool]:
    """Return whether two relations are comparable, and whether they are opposites."""
    if one == two:
        return True, False
    first, second = store.relations.get(one), store.relations.get(two)
    if first is None or second is None:
        return False, False
    if first.polarity * second.polarity == -1 and (
        two == first.opposite or one == second.opposite or set(first.broader) & set(second.broader)
    ):
        return True, True
    wider_one, wider_two = _wider(store, one), _wider(store, two)
    return bool(wider_one & wider_two), False


def _wider(store: Store, relation: str) -> set[str]:
    found = {relation}
    for wider in store.relations[relation].broader if relation in store.relations else ():
        found |= _wider(store, wider)
    return found


def _as_narrow(store: Store, positive: str, negative: str) -> bool:
    """Whether what is asserted is an instance of what is denied ("blocks" of "acts on")."""
    if negative in _wider(store, positive):
        return True
    first, second = store.relations.get(positive), store.relations.get(negative)
    if not first or not second or not first.opposite or not second.opposite:
        # "is combined with" is no case of "requires", though both are cases of "permits"
        return False
    return first.polarity == second.polarity != 0 and bool(set(first.broader) & set(second.broader))


def _share(store: Store, one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if not one or not two:
        return True
    return any(store.is_a(a, b) or store.is_a(b, a) for a in one for b in two)


def _meets(store: Store, positive: tuple[str, ...], negative: tuple[str, ...]) -> bool:
    """Whether something asserted falls under something denied."""
    if not negative:
        return True
    if not positive:
        return False
    return any(store.is_a(a, b) for a in positive for b in negative)


def _both(store: Store, topic: Topic, one: Assertion, two: Assertion, opposed: bool, kind: str) -> Outcome:
    if _share(store, one.objects, two.objects):
        if opposed:
            same = "they say opposite things of the same target" if one.objects else "the one rules out the other"
            return conflict("order" if kind == "order" else "direction", same)
        if _evidence_apart(store, one, two):
            return conflict("status", "they rate the evidence differently")
        if _polarity(store, one) and not _polarity(store, two) and one.relation != two.relation:
            return apart("relation")  # "acts on" bears out neither "blocks" nor "activates"
        return agreement(kind)
    if topic.settings.get("single_target") and _same_kind(store, one, two):
        if _one_of_most(store, one, two) or _one_of_most(store, two, one):
            return apart("quantifier")
        return conflict("target", "they name different things, and only one can be right")
    return apart("object")


def _one_of_most(store: Store, group: Assertion, one: Assertion) -> bool:
    """Whether the second is about what the first says only of most, or a member of it: it may be the exception."""
    if group.quantifier not in ("most", "some") or not group.subject or not one.subject:
        return False
    return one.quantifier != group.quantifier and store.is_a(one.subject, group.subject)


def _polarity(store: Store, assertion: Assertion) -> int:
    relation = store.relations.get(assertion.relation or "")
    return relation.polarity if relation else 0


def _same_kind(store: Store, one: Assertion, two: Assertion) -> bool:
    kinds = {store.entities[o].kind for o in (*one.objects, *two.objects) if o in store.entities}
    return (len(kinds) == 1 or kinds == {"receptor", "target"}) and one.relation == two.relation


def _evidence_apart(store: Store, one: Assertion, two: Assertion) -> bool:
    scale = store.scales.get("evidence", ())
    first, second = one.qualifier("evidence"), two.qualifier("evidence")
    if not first or not second or first[0] not in scale or second[0] not in scale:
        return False
    return abs(scale.index(first[0]) - scale.index(second[0])) >= 2


def _universal(one: Assertion, two: Assertion) -> Outcome | None:
    """Compare "all" with "all", "not all", "most", "some"; anything else is left to the other rules."""
    if one.quantifier == two.quantifier == "all":
        if one.negated != two.negated:
            return conflict("presence", "one says that it holds for all, the other that it does not")
        return agreement("presence")
    bounded = one if one.quantifier == "all" else two
    if bounded.negated:
        # "does not work for everyone" says nothing against "works"
        return apart("quantifier")
    other = two if bounded is one else one
    if other.quantifier in ("most", "some") and _share_objects(one, two):
        # whoever states a fact of some, or of most, says that it is not so of all
        return conflict("presence", f"one says that it holds for all, the other for {other.quantifier} only")
    return None


def _share_objects(one: Assertion, two: Assertion) -> bool:
    return not one.objects or not two.objects or bool(set(one.objects) & set(two.objects))


def _exclusive(store: Store, one: Assertion, two: Assertion) -> Outcome | None:
    """Compare "only X" with something else that also is so."""
    for sole, other in ((one, two), (two, one)):
        if sole.only == "object" and sole.objects and other.objects and sole.relation == other.relation:
            if not _exists(sole):
                continue
            inside = [o for o in other.objects if any(store.is_a(o, s) or store.is_a(s, o) for s in sole.objects)]
            if _exists(other) and not inside:
                return conflict("exclusivity", "one says that it is the only one, the other names another")
        if sole.only and sole.only not in ("subject", "object"):
            allowed, said = sole.qualifier(sole.only), other.qualifier(sole.only)
            if allowed and said and sole.relation == other.relation and _exists(other) and _exists(sole):
                if _share(store, sole.objects, other.objects) and not set(said) <= set(allowed):
                    return conflict("exclusivity", "one says that it is the only way, the other names another")
        if sole.only == "subject" and sole.subject and other.subject and sole.relation == other.relation:
            if (
                sole.subject != other.subject
                and _exists(other)
                and _exists(sole)
                and _share(store, sole.objects, other.objects)
            ):
                return conflict("exclusivity", "one says that it is the only one, the other names another")
    return None

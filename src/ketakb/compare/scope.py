"""Whether two assertions speak of the same thing: subjects, jurisdictions and qualifiers."""

from __future__ import annotations

from ketakb.assertion import Assertion
from ketakb.model import Store
from ketakb.terms import Topic

_EXCLUDING = ("population", "indication", "species", "dose", "course", "measure", "setting", "use", "outcome", "route")


def axis_apart(store: Store, topic: Topic, one: Assertion, two: Assertion) -> str | None:
    """Return the axis on which two assertions are not comparable, or None where they are."""
    if not subjects_fit(store, topic, one.subject, two.subject):
        return "subject"
    if one.qualifiers and two.qualifiers and (axis := _qualifier_apart(store, one, two)) is not None:
        return axis
    if one.value and two.value and one.value.of and two.value.of and not _related(store, one.value.of, two.value.of):
        return "what is counted"
    if one.than and two.than and not _related(store, one.than, two.than):
        return "what it is compared with"
    return None


def _qualifier_apart(store: Store, one: Assertion, two: Assertion) -> str | None:
    first, second = dict(one.qualifiers), dict(two.qualifiers)
    both = first.keys() & second.keys()
    if "jurisdiction" in both and _disjoint(first["jurisdiction"], second["jurisdiction"]):
        return "jurisdiction"
    for key in _EXCLUDING:
        if key in both and key not in (one.only, two.only) and _disjoint(first[key], second[key], store):
            return key
    return None


def subjects_fit(store: Store, topic: Topic, one: str | None, two: str | None) -> bool:
    """Whether two subjects are compared under a topic: the same, or broader and narrower where it says `family`."""
    if one is None or two is None or one == two:
        return True
    if topic.settings.get("subjects", "family") == "separate":
        return False
    return _related(store, one, two)


def _related(store: Store, one: str, two: str) -> bool:
    return store.is_a(one, two) or store.is_a(two, one)


def _disjoint(one: tuple[str, ...], two: tuple[str, ...], store: Store | None = None) -> bool:
    """Whether both sides say something and nothing of it fits."""
    if not one or not two or not set(one).isdisjoint(two):
        return False
    if store is None:
        return True
    return not any(_related(store, a, b) for a in one for b in two)

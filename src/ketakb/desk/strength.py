"""How much stronger or weaker one assertion is than another of the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from ketakb.assertion import Assertion, Value
from ketakb.language.units import MINUTES, convert
from ketakb.model import Store
from ketakb.results import Reading
from ketakb.values import dataclass

_CERTAINTY = {"asserted": 2, "attributed": 1, "hedged": 0}
_QUANTITY = {"some": 1, None: 2, "most": 2, "all": 3}  # what is said plainly is mostly meant of most
_OPEN = float("inf")


@dataclass(frozen=True, slots=True)
class Step:
    """One way in which the new version says more, or less."""

    stronger: bool
    told: str
    """A clause: what was lost, raised or widened."""


def steps_between(store: Store, old: Reading | None, new: Reading | None) -> Iterator[Step]:
    """Yield the ways in which one reading is stronger or weaker than another of the same thing."""
    if old is None or new is None:
        return
    one, other = old.assertion, new.assertion
    yield from _certainty(one, other)
    yield from _quantifier(one, other)
    if one.only != other.only:
        stronger = other.only is not None
        yield Step(stronger, "“only” was added" if stronger else "“only” was taken away")
    yield from _value(store, one, other)
    yield from _limits(one, other)
    if more := [o for o in other.objects if o not in one.objects]:
        yield Step(True, f"more is named: {_labels(store, more)}")
    if less := [o for o in one.objects if o not in other.objects]:
        yield Step(False, f"no longer named: {_labels(store, less)}")


def _labels(store: Store, names: list[str]) -> str:
    return ", ".join(store.entities[name].label if name in store.entities else name for name in names)


def _certainty(one: Assertion, other: Assertion) -> Iterator[Step]:
    before, after = _CERTAINTY.get(one.certainty, 2), _CERTAINTY.get(other.certainty, 2)
    names = {0: "a hedge", 1: "the attribution"}
    if after > before:
        yield Step(True, f"{names[before]} was lost")
    elif after < before:
        yield Step(False, f"{names[after]} was added")


def _quantifier(one: Assertion, other: Assertion) -> Iterator[Step]:
    if one.quantifier == other.quantifier:
        return
    if "none" in (one.quantifier, other.quantifier):
        stronger = other.quantifier == "none"
        yield Step(stronger, "it is now said of none" if stronger else "it is no longer said of none")
        return
    before, after = _QUANTITY.get(one.quantifier, 2), _QUANTITY.get(other.quantifier, 2)
    if before != after:
        said = f"{one.quantifier or 'unquantified'} became {other.quantifier or 'unquantified'}"
        yield Step(after > before, f"the quantifier was {'raised' if after > before else 'lowered'}: {said}")


def _value(store: Store, one: Assertion, other: Assertion) -> Iterator[Step]:
    if one.value == other.value:
        return
    if one.value is None or other.value is None:
        stronger = one.value is None
        yield Step(stronger, "a figure was added" if stronger else "a figure was taken away")
        return
    ends = convert(one.value.low, one.value.high, one.value.unit, other.value.unit)
    if ends is None or (
        ends == (other.value.low, other.value.high) and one.value.approx == other.value.approx
    ):
        return
    said = f"{shown(one.value)} became {shown(other.value)}"
    low, high = ends[0] or 0.0, _OPEN if ends[1] is None else ends[1]
    new_low, new_high = other.value.low or 0.0, _OPEN if other.value.high is None else other.value.high
    if (low, high) == (new_low, new_high):
        yield Step(one.value.approx, f"“about” was {'lost' if one.value.approx else 'added'}")
        return
    topic = store.topics.get(one.topic)
    if topic is not None and topic.settings.get("reading") == "typical":  # of a time to wait, less is more
        stronger = (new_high, new_low) < (high, low)
        yield Step(stronger, f"the time became {'shorter' if stronger else 'longer'}: {said}")
    elif new_low <= low and new_high >= high:
        yield Step(True, f"the bound was widened: {said}")
    elif new_low >= low and new_high <= high:
        yield Step(False, f"the bound was narrowed: {said}")
    else:
        stronger = new_low + min(new_high, 1e12) > low + min(high, 1e12)
        yield Step(stronger, f"the figure was {'raised' if stronger else 'lowered'}: {said}")


def shown(value: Value) -> str:
    """Return a value as messages show it: "up to 2 week", "40 to 60 percent"."""
    low, high = (None if end is None else f"{end:g}" for end in (value.low, value.high))
    about = "about " if value.approx else ""
    unit = value.unit + "s" if value.unit in MINUTES and (value.high or value.low) != 1 else value.unit
    if low is None or high is None:
        return f"{about}{f'up to {high}' if low is None else f'{low} or more'} {unit}"
    return f"{about}{low if low == high else f'{low} to {high}'} {unit}"


def _limits(one: Assertion, other: Assertion) -> Iterator[Step]:
    """Yield which limits were taken away or added: for whom, in which dose, where, under whose eyes."""
    before, after = dict(one.qualifiers), dict(other.qualifiers)
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            yield Step(True, f"a limit was lost: {key} {', '.join(before[key])}")
        elif key not in before:
            yield Step(False, f"a limit was added: {key} {', '.join(after[key])}")

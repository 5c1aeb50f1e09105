"""Assertions in plain words, for messages."""

from __future__ import annotations

from ketakb.model import Assertion, Store, Value

_NO_LABEL = "it"


def describe(store: Store, assertion: Assertion) -> str:
    """Return an assertion as one plain clause: "ketamine activates NMDA receptors"."""
    subject = label(store, assertion.subject) if assertion.subject else _NO_LABEL
    relation = store.relations.get(assertion.relation or "")
    verb = relation.label if relation else (assertion.relation or "is")
    if assertion.negated:
        verb = negate(verb)
    objects = join([label(store, o) for o in assertion.objects])
    if assertion.quantifier == "none" and objects and not assertion.negated:
        objects = f"no {objects}"
    words = [subject, verb, objects]
    if assertion.than:
        words.append(label(store, assertion.than))
    if assertion.value:
        words.append(describe_value(assertion.value))
    if assertion.quantifier == "all" and not objects:
        words.append("in everyone")
    return " ".join(word for word in words if word)


def label(store: Store, entity: str | None) -> str:
    """Return how messages call an entity."""
    found = store.entities.get(entity or "")
    return found.label if found else (entity or "")


def negate(verb: str) -> str:
    """Return a verb phrase of the third person with "not"."""
    head, _, rest = verb.partition(" ")
    if head in ("is", "was", "has", "can", "must", "may"):
        return f"{head} not {rest}".strip() if head != "has" else f"does not have {rest}".strip()
    stem = head[:-3] + "y" if head.endswith("ies") else head[:-2] if head.endswith(("sses", "shes", "ches", "xes", "oes")) else head[:-1] if head.endswith("s") else head
    return f"does not {stem} {rest}".strip()


def join(words: list[str]) -> str:
    """Return words joined by commas and "and"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def describe_value(value: Value) -> str:
    """Return a value in words: "40 to 60 minutes", "up to 12 hours", "at least 2"."""
    unit = {"date": "", "count": "", "percent": "%", "dollar": "dollars", "person": "people"}.get(value.unit)
    if unit is None:
        unit = value.unit if value.low == value.high == 1 or "/" in value.unit or value.unit == "mg" else value.unit + "s"
    low = None if value.low is None else _number(value.low)
    high = None if value.high is None else _number(value.high)
    if low is not None and high is not None:
        text = low if low == high else f"{low} to {high}"
    elif high is not None:
        text = f"up to {high}"
    elif low is not None:
        text = f"at least {low}"
    else:
        return ""
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".strip()


def _number(value: float) -> str:
    if value >= 1_000_000:
        return f"{value / 1_000_000:g} million"
    if value >= 10_000:
        return f"{value:,.0f}"
    return f"{value:g}"

"""From what was read to assertions, frames and wording rules."""

from __future__ import annotations

from ketakb.assertion import Assertion, Phase, TimeRef, Value
from ketakb.hints import Any
from ketakb.language.tokens import key_of
from ketakb.terms import Frame, Slot, WordingRule
from ketakb.yamlio.spec import Item


def unpack_assertion(topic: str, item: Item) -> Assertion:
    """Return the assertion that an `assert` mapping describes."""
    return Assertion(topic, **assertion_fields(item))


def assertion_fields(item: Item) -> dict[str, Any]:
    """Return the fields of an Assertion that a mapping sets, by their names in the class: `objects`, ..."""
    fields: dict[str, Any] = {}
    for key, value in item.items():
        if key == "object":
            fields["objects"] = value
        elif key == "value":
            if "unit" in value:
                fields[key] = Value(
                    value.get("low"),
                    value.get("high"),
                    value["unit"],
                    value.get("of"),
                    value.get("approx", False),
                )
        elif key == "time":
            fields[key] = TimeRef(value.get("from"), value.get("to"), value.get("relative"))
        elif key == "phases":
            fields[key] = tuple(_phase(phase) for phase in value if phase.get("rate"))
        elif key == "qualifiers":
            fields[key] = tuple(sorted(value.items()))
        else:
            fields[key] = value
    return fields


def _phase(item: Item) -> Phase:
    rate = item["rate"]
    return Phase(item.get("from"), item.get("to"), rate[0], rate[-1])


def unpack_frame(item: Item, number: int) -> Frame:
    """Return a frame; without an `id` it is called by its number, from 1, in its topic or rule."""
    slot = item.get("value")
    return Frame(
        id=item.get("id") or f"frame-{number}",
        subject=item.get("subject", ()),
        subject_from=item.get("subject_from", "resolved"),
        relation=item.get("relation", ()),
        object=item.get("object", ()),
        having=item.get("having", ()),
        lacking=item.get("lacking", ()),
        anchor=item.get("anchor", ()),
        value=_slot(slot) if slot and "unit" in slot else None,
        within=item.get("within", "clause"),
        gives=assertion_fields(item["gives"]) if "gives" in item else {},
        needs_negation=item.get("negated"),
        reported=item.get("reported"),
        exact=item.get("exact", False),
        parted_by=item.get("parted_by", ()),
        predicate=item.get("predicate", False),
        reads=tuple(sorted(item.get("reads", {}).items())),
    )


def _slot(item: Item) -> Slot:
    of = tuple(key_of(word) for word in item.get("of", ()))
    return Slot(item["unit"], item.get("role", ()), of, item.get("rivals", ()))


def unpack_frames(items: tuple[Item, ...], number: int = 1) -> tuple[Frame, ...]:
    """Return frames, numbered from `number` where they have no id."""
    return tuple(unpack_frame(item, at) for at, item in enumerate(items, number))


def unpack_wording(item: Item, layer: str) -> WordingRule:
    """Return a wording rule; keys that were wrong are empty in it."""
    document = item.get("document", {})
    return WordingRule(
        id=item["id"],
        rule=item.get("rule", ""),
        title=item.get("title", ""),
        message=item.get("message", ""),
        severity=item.get("severity", "note"),
        verdict=item.get("verdict", "unsupported"),
        topic=item.get("topic"),
        frames=unpack_frames(item.get("frames", ())),
        scope=item.get("scope", "document" if document else "span"),
        document=dict(document),
        kinds=item.get("kinds", ()),
        jurisdictions=item.get("jurisdictions", ()),
        severity_by=dict(item.get("severity_by", {})),
        because=item.get("because", ""),
        suggest=item.get("suggest"),
        prefer=tuple((one["for"], one["write"]) for one in item.get("prefer", ()) if "for" in one and "write" in one),
        claims=item.get("claims", ()),
        fires=item.get("fires", ()),
        silent=item.get("silent", ()),
        layer=layer,
    )

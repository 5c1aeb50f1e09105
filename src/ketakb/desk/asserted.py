"""An assertion as the `assert` mapping of a claim: what the loader unpacks, packed again."""

from __future__ import annotations

from ketakb.assertion import Assertion, Phase
from ketakb.assertion import Value as Amount
from ketakb.yamlio.render import Value


def asserted(assertion: Assertion) -> dict[str, Value]:
    """Return an assertion as a mapping with the keys of claims.yaml; what is not said is left out."""
    time = assertion.time
    found: dict[str, Value] = {
        "subject": assertion.subject,
        "relation": assertion.relation,
        "object": _one_or_many(assertion.objects),
        "negated": assertion.negated or None,
        "quantifier": assertion.quantifier,
        "only": assertion.only,
        "certainty": assertion.certainty if assertion.certainty != "asserted" else None,
        "attributed": assertion.attributed,
        "than": assertion.than,
        "value": _amount(assertion.value) if assertion.value else None,
        "time": _without_none({"from": time.start, "to": time.end, "relative": time.relative}) if time else None,
        "phases": [_phase(phase) for phase in assertion.phases] or None,
        "qualifiers": {key: _one_or_many(values) for key, values in assertion.qualifiers} or None,
    }
    return _without_none(found)


def _amount(value: Amount) -> dict[str, Value]:
    # an open end is written out: nobody should have to know that a key left out means one
    ends: dict[str, Value] = {"low": value.low, "high": value.high, "unit": value.unit}
    return ends | _without_none({"of": value.of, "approx": value.approx or None})


def _phase(phase: Phase) -> dict[str, Value]:
    rate: Value = phase.low if phase.low == phase.high else [phase.low, phase.high]
    return {"from": phase.start, "to": phase.end, "rate": rate}


def _one_or_many(values: tuple[str, ...]) -> Value:
    return values[0] if len(values) == 1 else list(values) or None


def _without_none(mapping: dict[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in mapping.items() if value is not None}

"""Which number measures what, schedules read from text, and intervals in any unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb.assertion import Assertion, Phase, Value
from ketakb.compare.numbers import bounds, compare_phases, compare_typical
from ketakb.extract.measures import value_of
from ketakb.extract.schedules import phases_of
from ketakb.language.quantities import find_quantities
from ketakb.language.tokens import tokenize
from ketakb.language.units import MINUTES, convert


def phases(text: str) -> list[tuple[float | None, float | None, float, float]]:
    tokens = tokenize(text)
    return [(p.start, p.end, p.low, p.high) for p in phases_of(tokens, find_quantities(tokens))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("given twice a week in weeks 1 to 4, weekly in weeks 5 to 8", [(1, 4, 2, 2), (5, 8, 1, 1)]),
        ("twice a week for the first month, then weekly", [(1, 4, 2, 2), (5, None, 1, 1)]),
        ("twice a week for four weeks, then weekly", [(1, 4, 2, 2), (5, None, 1, 1)]),
        ("in the first four weeks there are two doses a week", [(1, 4, 2, 2)]),
        ("given every day", [(None, None, 7, 7)]),
        ("twice a week at first, then weekly for a while, then every other week", []),
        ("given for four weeks", []),
    ],
)
def test_phases(text: str, expected: list[tuple[float | None, float | None, float, float]]) -> None:
    assert phases(text) == expected


def test_a_speed_is_a_value() -> None:
    fast, slow = (
        value_of(find_quantities(tokenize(text))[0]) for text in ("it works rapidly", "it works slowly")
    )
    assert (fast.high, fast.unit) == (1.0, "day")
    assert (slow.low, slow.unit) == (1.0, "week")


@pytest.mark.parametrize(
    ("rate", "answer"), [(7.0, "conflict"), (2.0, "agreement"), (1.0, "agreement"), (0.02, "conflict")]
)
def test_a_rate_without_weeks(rate: float, answer: str) -> None:
    known = Assertion("t", phases=(Phase(1, 4, 2, 2), Phase(5, 8, 1, 1), Phase(9, None, 0.5, 1)))
    assert compare_phases(Assertion("t", phases=(Phase(None, None, rate, rate),)), known).answer == answer


TIMES = st.sampled_from(sorted(MINUTES))
AMOUNTS = st.floats(0.5, 500, allow_nan=False)


@given(AMOUNTS, AMOUNTS, TIMES, TIMES, AMOUNTS, AMOUNTS)
def test_the_unit_does_not_change_a_verdict(
    a: float, b: float, unit: str, other: str, c: float, d: float
) -> None:
    said, known = Value(min(a, b), max(a, b), unit), Value(min(c, d), max(c, d), "hour")
    converted = convert(said.low, said.high, unit, other)
    assert converted is not None
    low, high = converted
    if low is None or high is None or min(low, high) < 1e-6:
        return
    one, two = compare_typical(said, known, False), compare_typical(Value(low, high, other), known, False)
    if one.answer != two.answer:  # only right on the edge
        first, second = bounds(said, True), bounds(Value(low, high, other), True)
        assert first == pytest.approx(second, rel=1e-6)
    else:
        assert one.why == two.why


@given(AMOUNTS, AMOUNTS, TIMES)
def test_a_figure_agrees_with_itself(a: float, b: float, unit: str) -> None:
    value = Value(min(a, b), max(a, b), unit)
    assert compare_typical(value, value, False).agrees

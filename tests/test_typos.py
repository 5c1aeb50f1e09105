"""Slips of the pen are repaired only where one term is clearly meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb.language.typos import Speller, distance

TERMS = ["ketamine", "esketamine", "receptor", "receptors", "depression", "serotonin", "antagonist", "sedation"]
KNOWN = ["repression", "reception", "expression", "impression", "sedition", "session"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ketmaine", "ketamine"),
        ("ketamin", "ketamine"),
        ("ketammine", "ketamine"),
        ("esketamien", "esketamine"),
        ("recpetor", "receptor"),
        ("deppression", "depression"),
        ("depresion", "depression"),
        ("serotinin", "serotonin"),
        ("antagonsit", "antagonist"),
        ("antagonst", "antagonist"),
    ],
)
def test_a_slip_is_repaired(written: str, meant: str) -> None:
    assert Speller(TERMS, KNOWN).meant(written) == meant


@pytest.mark.parametrize(
    "word",
    ["ketamine", "repression", "reception", "sedition", "session", "protagonist", "keratin", "depart", "x", "a1b2c3d4"],
)
def test_another_word_is_left_alone(word: str) -> None:
    assert Speller(TERMS, KNOWN).meant(word) is None


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_distance_is_symmetric_and_bounded(one: str, two: str) -> None:
    edits = distance(one, two)
    assert edits == distance(two, one)
    assert abs(len(one) - len(two)) <= edits <= max(len(one), len(two))
    assert (edits == 0) == (one == two)


@given(st.sampled_from([t for t in TERMS if len(t) >= 8]), st.integers(1, 6))
def test_one_letter_left_out_is_found_or_ambiguous(term: str, at: int) -> None:
    written = term[:at] + term[at + 1 :]
    speller = Speller([term], [])
    assert speller.meant(written) in (term, None if written == term else term)

"""Where sentences end: each stop that ends one, and its twin that does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb.language.sentences import split_sentences

# Sentences are parted by |.
ROWS = """
It works. |It is safe.
Dr. Smith said so. |It works.
Take 0.5 mg/kg over 40 min. |Then rest.
The dose is 0.5 mg. |Rest.
See Fig. 2 there. |See the fig. |It shows much.
It acts on receptors, e.g. NMDA. |Others follow.
One drug vs. Another drug.
In the U.S. Food and Drug law it is so.
It is sold in the U.S. |It is legal.
Come at 8 a.m. |The clinic is open.
Come at 8 a.m. on Monday.
Does it work?! |Yes.
"Does it work?" he asked. |"Yes." |She left.
It works (see below). |It is safe.
(It works.) |It is safe.
Well... it works. |Then... |Yes.
Wait… what? |Yes.
Take vitamin C. |It is safe.
J. F. Smith came. |John F. Kennedy came.
1. Take it. |2. Rest.
No. 5 is safe. |He says no. |Then five.
St. John's wort helps. |It is sold.
On Jan. 5 it came. |It was cold.
“It works.” |Then he left.
It has few effects.|The dose matters.
Visit example.com today. |Read on.
Node.Js is not a drug.
Neck: supple. |No rash.
Soft, nontender, no mass. |Ext: no edema.
Pain, nausea, etc. are common. |Rest.
It helps. |it works.
Smith et al. found it. |Jones et al. |The rest.
Версия готова. |Она работает.
有效。|安全。
¿Funciona? |Sí.
It costs $5.50. |Buy it.
i.e. it works
She has a Ph.D. in law. |She is here.
""".strip().splitlines()


@pytest.mark.parametrize("row", ROWS)
def test_split(row: str) -> None:
    text = row.replace("|", "")
    found = [text[span.start : span.end] for span in split_sentences(text)]
    assert found == [part.strip() for part in row.split("|")]


def test_a_blank_line_ends_a_sentence() -> None:
    text = "one\n \ntwo\nthree"
    assert [text[span.start : span.end] for span in split_sentences(text)] == ["one", "two\nthree"]


def test_only_the_block_is_read() -> None:
    text = "Before. It works. It is safe. After."
    assert [text[span.start : span.end] for span in split_sentences(text, 8, 29)] == [
        "It works.",
        "It is safe.",
    ]


@pytest.mark.parametrize("piece", [".", " ", "a. ", "\n ", "?) "])
def test_a_long_line_is_linear(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    assert len(split_sentences(text)) <= len(text)


@given(st.text(alphabet=st.sampled_from("aB1.?!… \n\"')(，。,;é-\u00a0"), max_size=60) | st.text(max_size=60))
def test_sentences_are_disjoint_ordered_and_complete(text: str) -> None:
    last = 0
    for span in split_sentences(text):
        assert span.start >= last and span.end > span.start
        assert not text[last : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        last = span.end
    assert not text[last:].strip()

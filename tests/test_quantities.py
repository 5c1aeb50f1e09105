"""Quantities: a table of wordings, twins that must stay silent, and properties."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from counted import grows
from ketakb.errors import KetakbError
from ketakb.language import quantity_words
from ketakb.language.quantities import Quantity, find_quantities
from ketakb.language.tokens import tokenize
from ketakb.language.units import convert, to_minutes

# text | low | high | unit | role | further fields
TABLE = """
relief within 2 hours | - | 2 | hour | within
it works in 40 minutes | - | 40 | minute | within
starts in under 10 minutes | - | 10 | minute | within | open_high=True
felt in less than an hour | - | 1 | hour | within | open_high=True
by six weeks most had relapsed | - | 6 | week | within
inside of a day | - | 1 | day | within
works in minutes | 1 | 59 | minute | within
within hours | 1 | 24 | hour | within
results in days | 1 | 10 | day | within
within days | 1 | 7 | day | within
gone within weeks | 1 | 8 | week | within
within months | 1 | 12 | month | within
within a couple of hours | 2 | 3 | hour | within | approx=True
in a few minutes | 2 | 5 | minute | within
within several days | 3 | 7 | day | within
in a matter of hours | 1 | 24 | hour | within
within the first week | - | 1 | week | within
in the first 24 hours | - | 24 | hour | within
in as little as 40 minutes | 40 | 40 | minute | within
within four to six weeks | 4 | 6 | week | within
within a 24-hour window | - | 24 | hour | within
in about an hour | - | 1 | hour | within | approx=True
takes four to six weeks to work | 4 | 6 | week | takes
it can take weeks or months | 1 | 52.18 | week | takes
it takes hours | 1 | 24 | hour | takes
24 hours later | 24 | 24 | hour | after
after three days | 3 | 3 | day | after
two weeks after the last visit | 2 | 2 | week | after
a month from now | 1 | 1 | month | after
a day later | 1 | 1 | day | after
weeks later | 1 | 8 | week | after
two hours before the visit | 2 | 2 | hour | before
five years ago | 5 | 5 | year | ago
lasts up to two weeks | - | 2 | week | for
it lasted more than seven days | 7 | - | day | for | open_low=True
lasting between 40 and 60 minutes | 40 | 60 | minute | for
lasts a week or longer | 1 | - | week | for
for at least 24 hours | 24 | - | hour | for
for over two weeks | 2 | - | week | for
it lasts a day or two | 1 | 2 | day | for
lasts anywhere from 2 to 4 hours | 2 | 4 | hour | for
for up to one year | - | 1 | year | for
for many weeks | 4 | 30 | week | for
for decades | 20 | 60 | year | for
for more than five decades | 50 | - | year | for
for years | 1 | 20 | year | for
given over 40 minutes | 40 | 40 | minute | over
over two to three weeks | 2 | 3 | week | over
over a two-week period | 2 | 2 | week | over
over the next day or two | 1 | 2 | day | over
over the past 50 years | 50 | 50 | year | past
at 24 hours | 24 | 24 | hour | at
until 12 weeks | 12 | 12 | week | until
40-60 minutes | 40 | 60 | minute | bare
40 to 60 min | 40 | 60 | minute | bare
30–40 minutes | 30 | 40 | minute | bare
30 – 40 minutes | 30 | 40 | minute | bare
a 40-minute visit | 40 | 40 | minute | bare
after a 40-minute visit | 40 | 40 | minute | bare
40- to 60-minute visits | 40 | 60 | minute | bare
a 2-h drip | 2 | 2 | hour | bare
12h | 12 | 12 | hour | bare
40 mins | 40 | 40 | minute | bare
3 wks | 3 | 3 | week | bare
6 mo | 6 | 6 | month | bare
2 yrs | 2 | 2 | year | bare
30 sec | 30 | 30 | second | bare
hours or days | 1 | 168 | hour | bare
two or three weeks | 2 | 3 | week | bare
a day or two | 1 | 2 | day | bare
two weeks to a month | 2 | 4.3486 | week | bare
40 minutes to an hour | 40 | 60 | minute | bare
from a few hours to several days | 2 | 168 | hour | bare
several weeks or even months | 3 | 52.18 | week | bare
days, weeks or even months later | 1 | 365.28 | day | after
the better part of a year | 0.6 | 1 | year | bare
a month and a half | 1.5 | 1.5 | month | bare
an hour and a half | 1.5 | 1.5 | hour | bare
half an hour | 0.5 | 0.5 | hour | bare
a half-hour | 0.5 | 0.5 | hour | bare
three quarters of an hour | 0.75 | 0.75 | hour | bare
1 hour and 30 minutes | 1.5 | 1.5 | hour | bare
one and a half hours | 1.5 | 1.5 | hour | bare
1½ hours | 1.5 | 1.5 | hour | bare
½ an hour | 0.5 | 0.5 | hour | bare
twenty-four hours | 24 | 24 | hour | bare
six or more weeks | 6 | - | week | bare
12 hours or less | - | 12 | hour | bare
no more than 12 hours | - | 12 | hour | bare
an hour or so | 1 | 1 | hour | bare | approx=True
about 40ish minutes | 40 | 40 | minute | bare | approx=True
a fortnight | 2 | 2 | week | bare
24 hours a day | 24 | 24 | hour | bare | per='day'
it works immediately | 0 | 60 | second | within | adverb=True
helps right away | 0 | 60 | second | within | adverb=True
in seconds | 0 | 60 | second | within | adverb=True
gone overnight | 6 | 14 | hour | within | adverb=True
the same day | 0 | 1 | day | within | adverb=True
the next day | 1 | 1 | day | after | adverb=True
works quickly | - | - | speed | fast | adverb=True
gradually | - | - | speed | slow | adverb=True
gone for good | 50 | - | year | for | adverb=True
permanently | 50 | - | year | for | adverb=True
lifelong | 50 | - | year | for | adverb=True
once a week | 1 | 1 | count | every | per_week=(1, 1)
twice weekly | 2 | 2 | count | every | per_week=(2, 2)
daily | 1 | 1 | count | every | per_week=(7, 7)
once-daily | 1 | 1 | count | every | per_week=(7, 7)
weekly | 1 | 1 | count | every | per='week', per_week=(1, 1)
fortnightly | 0.5 | 0.5 | count | every | per_week=(0.5, 0.5)
every other week | 0.5 | 0.5 | count | every | per_week=(0.5, 0.5)
every two weeks | 0.5 | 0.5 | count | every | per_week=(0.5, 0.5)
once every two to four weeks | 0.25 | 0.5 | count | every | per_week=(0.25, 0.5)
every few weeks | 0.2 | 0.5 | count | every | per_week=(0.2, 0.5)
once or twice weekly | 1 | 2 | count | every | per_week=(1, 2)
three times a week | 3 | 3 | count | every | per_week=(3, 3)
up to three times a week | - | 3 | count | every | per_week=(0, 3)
at least twice a week | 2 | - | count | every | per_week=(2, float('inf'))
2-3 infusions per week | 2 | 3 | count | every | per_week=(2, 3), of_word='infusion'
2 sessions/week | 2 | 2 | count | every | per_week=(2, 2)
one infusion every two weeks | 0.5 | 0.5 | count | every | per_week=(0.5, 0.5)
six infusions | 6 | 6 | count | bare | of_word='infusion'
at least six sessions | 6 | - | count | bare | of_word='session'
after six infusions | 6 | 6 | count | after
within six sessions | - | 6 | count | within
at least two different antidepressants | 2 | - | count | bare | of_word='antidepressant'
two or more antidepressants | 2 | - | count | bare
more than 5 trials | 5 | - | count | bare | open_low=True
dozens of clinical trials | 24 | 99 | count | bare
a handful of sessions | 3 | 6 | count | bare
between four and six visits | 4 | 6 | count | bare
three times more effective | 3 | 3 | count | multiple
one session | 1 | 1 | count | bare
zero side effects | 0 | 0 | count | bare
two invented zorbles | 2 | 2 | count | bare
about 16 million American adults each year | 16e6 | 16e6 | person | bare | per='year', of_word='adult'
16 to 17 million people | 16e6 | 17e6 | person | bare
the 1,148 patients | 1148 | 1148 | person | bare
half a million people | 5e5 | 5e5 | person | bare
16m people | 16e6 | 16e6 | person | bare
millions of Americans | 2e6 | 999e6 | person | bare
a hundred and fifty patients | 150 | 150 | person | bare
2000 patients | 2000 | 2000 | person | bare
some 280 million worldwide | 280e6 | 280e6 | count | bare | approx=True
100 % | 100 | 100 | percent | bare
100% | 100 | 100 | percent | bare
nearly 70 percent | 70 | 70 | percent | bare | approx=True
over 40 percent of patients | 40 | - | percent | bare | open_low=True, of_word='patient'
up to 70% | - | 70 | percent | bare
20% to 30% | 20 | 30 | percent | bare
20-30 per cent | 20 | 30 | percent | bare
one in six adults | 16.6667 | 16.6667 | percent | bare | of_word='adult'
6 out of 10 people | 60 | 60 | percent | bare
1-in-5 adults | 20 | 20 | percent | bare
17 of 20 patients | 85 | 85 | percent | bare
about a third of patients | 33.3333 | 33.3333 | percent | bare
two-thirds | 66.6667 | 66.6667 | percent | bare
half to three quarters of patients | 50 | 75 | percent | bare
more than half of adults | 50 | - | percent | bare
half the patients | 50 | 50 | percent | bare
2 to 1 | 2 | 2 | ratio | bare
from 0.5 to 1 mg/kg | 0.5 | 1 | mg/kg | bare
0.5 mg per kilogram | 0.5 | 0.5 | mg/kg | bare
56 mg or 84 mg | 56 | 84 | mg | bare
56 or 84 mg | 56 | 84 | mg | bare
.5 mg | 0.5 | 0.5 | mg | bare
50 µg | 50 | 50 | mcg | bare
10 ml | 10 | 10 | ml | bare
$400 to $1,200 per infusion | 400 | 1200 | dollar | bare | per='infusion'
$400-$800 | 400 | 800 | dollar | bare
$1.5k | 1500 | 1500 | dollar | bare
$7,000+ a year | 7000 | - | dollar | bare | per='year'
400 dollars | 400 | 400 | dollar | bare
£200 | 200 | 200 | pound | bare
€200 | 200 | 200 | euro | bare
in 2019 | 2019 | 2019 | date | in | iso='2019'
since 1970 | 1970 | 1970 | date | since
by 2030 | 2030 | 2030 | date | by
on 5 March 2019 | 2019 | 2019 | date | on | iso='2019-03-05'
March 5, 2019 | 2019 | 2019 | date | bare | iso='2019-03-05'
in May 2020 | 2020 | 2020 | date | in | iso='2020-05'
2019-03-05 | 2019 | 2019 | date | bare | iso='2019-03-05'
the 1960s | 1960 | 1969 | date | bare
since the early 1990s | 1990 | 1994 | date | since | approx=True
the late 1990s | 1995 | 1999 | date | bare
from 2016 to 2019 | 2016 | 2019 | date | in
adults 18 and over | 18 | - | age | bare
aged 12 to 17 | 12 | 17 | age | bare
patients under 18 | - | 18 | age | bare | open_high=True
18-year-old | 18 | 18 | age | bare
18 years of age or older | 18 | - | age | bare
between the ages of 18 and 65 | 18 | 65 | age | bare
children under the age of 12 | - | 12 | age | bare
over-65s | 65 | - | age | bare
the third session | 3 | 3 | count | position | of_word='session'
the 3rd infusion | 3 | 3 | count | position
the second week | 2 | 2 | week | position
day 28 | 28 | 28 | day | position
week 5 | 5 | 5 | week | position
weeks 1 to 4 | 1 | 4 | week | position
weeks 5-8 | 5 | 8 | week | position
by week 4 | 4 | 4 | week | position
""".strip().splitlines()

SILENT = """
the drug has a short half-life
no one can minimize it
one of the reasons
one can tell
one-to-one sessions
one day you will see
a second opinion and a minute amount
arrive in time
over the years
after hours
Schedule III and Schedule 3 patients
Phase 3 trials
5-HT receptors
COVID-19 patients
call (559) 425-1118 days
559-425-1118 patients
Fresno, CA 93720 patients
dial 988 times
see https://example.org/3-weeks/5-days
www.example.com/2-weeks
mail 7days@example.com
version 2.1.3 weeks
at 10:30 patients arrive
open 24/7
a 120/80 reading
you may go
in May we met
May 5th
1900 Main Street
daily life
at the moment
all at once
do not fast
for good reason
the day after tomorrow
the second half
half as many
a third dose-finder
some people
the first time
Title 21 weeks
95% CI
2² patients
"""


def parse_row(row: str) -> tuple[str, float | None, float | None, str, str, dict[str, object]]:
    cells = [cell.strip() for cell in row.split("|")]
    ends = [None if cell == "-" else float(cell) for cell in cells[1:3]]
    more = eval(f"dict({cells[5]})") if len(cells) > 5 else {}
    return cells[0], ends[0], ends[1], cells[3], cells[4], more


def find(text: str) -> list[Quantity]:
    return find_quantities(tokenize(text))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.split(" | ")[0])
def test_wordings(row: str) -> None:
    text, low, high, unit, role, more = parse_row(row)
    found = find(text)
    assert len(found) == 1, found
    quantity = found[0]
    assert (quantity.unit, quantity.role) == (unit, role)
    assert quantity.low == (None if low is None else pytest.approx(low, rel=1e-3))
    assert quantity.high == (None if high is None else pytest.approx(high, rel=1e-3))
    for name, value in more.items():
        assert getattr(quantity, name) == value, name


@pytest.mark.parametrize("text", SILENT.strip().splitlines())
def test_twins_stay_silent(text: str) -> None:
    assert [q for q in find(text) if q.role != "position"] == []


def test_several_in_one_sentence() -> None:
    text = "Given twice a week for 4 weeks, over 40 minutes; 70% respond within 24 hours."
    found = [text[q.start : q.end] for q in find(text)]
    assert found == ["twice a week", "for 4 weeks", "over 40 minutes", "70%", "within 24 hours"]


def test_span_holds_the_bound_words() -> None:
    text = "It works for at least two weeks, or more."
    (quantity,) = find(text)
    assert text[quantity.start : quantity.end] == "for at least two weeks"


def test_units() -> None:
    assert to_minutes(2, "hour") == 120
    assert to_minutes(1, "month") == pytest.approx(30.44 * 1440)
    assert convert(1, None, "day", "hour") == (24, None)
    assert convert(1, 2, "day", "mg") is None
    assert convert(1, 2, "percent", "percent") == (1, 2)


def test_unknown_keys_are_rejected() -> None:
    raw = yaml.safe_load(Path(quantity_words._PATH).read_text(encoding="utf-8"))
    with pytest.raises(KetakbError, match="nonsense"):
        quantity_words.build({**raw, "nonsense": 1})
    with pytest.raises(KetakbError, match="colour"):
        quantity_words.build({**raw, "after": [{"words": ["x"], "colour": "red"}]})
    with pytest.raises(KetakbError, match="quotation"):
        quantity_words.build({**raw, "stops": [True]})


PIECES = st.sampled_from(
    [
        "a",
        "an",
        "the",
        "one",
        "two",
        "half",
        "third",
        "of",
        "in",
        "to",
        "-",
        "–",
        "/",
        ".",
        ",",
        "$",
        "%",
        "½",
        "40",
        "2019",
        "1,148",
        "0.5",
        "mg",
        "kg",
        "week",
        "weeks",
        "day",
        "hours",
        "every",
        "other",
        "once",
        "twice",
        "times",
        "or",
        "more",
        "and",
        "over",
        "under",
        "up",
        "at",
        "least",
        "within",
        "about",
        "million",
        "patients",
        "aged",
        "18",
        "old",
        "second",
        "first",
        "few",
        "several",
        "(",
        ")",
        "²",
        "5-HT",
        "s",
        "early",
        "March",
        "1960s",
        "per",
        "point",
        "hundred",
        "dozen",
        "between",
        "ages",
        "+",
        "~",
        "for",
        "good",
        "next",
        "not",
    ]
)


@given(st.lists(PIECES, max_size=30), st.sampled_from([" ", "", "\u00a0"]))
def test_spans_lie_in_the_text(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    tokens = tokenize(text)
    found = find_quantities(tokens)
    floor = 0
    for quantity in found:
        assert floor <= quantity.first <= quantity.core < quantity.last <= len(tokens)
        assert (
            quantity.start == tokens[quantity.first].start and quantity.end == tokens[quantity.last - 1].end
        )
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        floor = quantity.last


@given(st.text(max_size=200))
def test_never_crashes(text: str) -> None:
    assert all(0 <= q.start < q.end <= len(text) for q in find(text))


UNITS = st.sampled_from(
    ["minutes", "hours", "days", "weeks", "months", "percent", "mg", "patients", "infusions"]
)


@given(st.integers(2, 900), st.integers(1, 90), UNITS, st.sampled_from(["to", "or", "-", "–"]))
def test_notations_agree(low: int, more: int, unit: str, joint: str) -> None:
    high = low + more
    tied = f"{low}{joint}{high}" if joint in "-–" else f"{low} {joint} {high}"
    for text in (
        f"It is {tied} {unit}.",
        f"between {low} and {high} {unit}",
        f"about {low} to {high} {unit}",
    ):
        (quantity,) = find(text)
        assert (quantity.low, quantity.high) == (low, high)
        assert str(low) in text[quantity.start : quantity.end]


@pytest.mark.parametrize(
    "piece", ["between 2 and ", "1-", "every two ", "up to a ", "two hundred and ", "half ", "weeks, "]
)
def test_linear(piece: str) -> None:
    assert grows(lambda times: find_quantities(tokenize(piece * times)), 200) < 2.1

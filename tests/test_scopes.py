"""What negation, hedging, denial ... reach. Each row has its silent twin: the same words, meant otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb.language.scopes import Status, find_scopes, status_at
from ketakb.language.tokens import tokenize


def status(marked: str) -> Status:
    """How the words between < and > are meant."""
    before, rest = marked.split("<", 1)
    target, after = rest.split(">", 1)
    tokens = tokenize(before + target + after)
    first, last = len(before), len(before) + len(target)
    inside = [at for at, token in enumerate(tokens) if token.start < last and first < token.end]
    return status_at(find_scopes(tokens), inside[0], inside[-1] + 1)


NEGATED = """
The drug does not cause <nausea>.
The drug does not cause headache, dizziness or <nausea>.
The drug doesn’t cause <nausea>.
The drug cannot cure <depression>.
It has no <side effects>.
It works without <side effects>.
Without <treatment>, relapse is common.
Neither <rats> nor mice responded.
Neither rats nor <mice> responded.
It neither blocks <alpha> nor activates beta.
There is a lack of <evidence>.
In the absence of <symptoms>, nothing is done.
The patient denies <chest pain>.
The patient denies fever and decreased <appetite>.
She is free of <pain>.
A <fracture> was ruled out.
<Rales> were not heard.
<Fever> and chills were not seen.
His <nausea> has resolved.
<Nausea> - none.
It is a <risk>-free treatment.
It is non-<addictive>.
It is no longer <approved>.
It fails to <work>.
It is far from <safe>.
It is anything but <safe>.
It hardly <works>.
It rarely <works>.
Nobody <relapsed>.
No one <relapsed>.
None of the patients <relapsed>.
It never <works>.
Under no circumstances does it <heal>.
It works, but it is not <legal>.
It blocks alpha but not <beta>.
Not <all> patients respond.
It is not a <cure>.
There is no <guarantee> that it works.
It is not due to <infection>.
It is not <an opioid>, it is an anesthetic.
There is no known <cure>.
It showed no signs of <toxicity>.
No murmurs, rubs, <gallops>.
No carotid bruits, increased <pressure>, or swelling.
No fever, chills or <rash> were reported.
Negative for <infection>.
The trial found no evidence of <harm>.
It is not <effective> or safe.
It may not <work>.
Do not <drive> afterwards.
They can't <drive>.
It isn't <safe>.
There was no pain, no <fever>.
She was not noted to have <edema>.
""".strip().splitlines()

NOT_NEGATED = """
The drug does cause <nausea>.
The drug does not cause headache, but it causes <nausea>.
The drug does not cause headache; <nausea> is common.
The drug does not cause headache, and it relieves <nausea>.
The drug does not block alpha and activates <beta>.
It has no side effects and quickly relieves <pain>.
Without treatment, <relapse> is common.
It works without side effects, which <patients> like.
It is not without <side effects>.
It never fails to <work>.
No one denies that it <works>.
It is not untrue that it <works>.
Not only does it block alpha, it also relieves <pain>.
It is not only <safe> but also effective.
It is not just <safe>.
No doubt it <works>.
It takes no more than <two hours>.
There is no fever, the <abdomen> is soft.
No rales were heard and heart <sounds> are regular.
She denies fever, she has a <cough>.
His <nausea> has not resolved.
A <fracture> was found, infection was ruled out.
The risk is not small because the <dose> is high.
It has no effect except <drowsiness>.
It has no effect apart from <drowsiness>.
It is not approved, although it is <legal>.
It has not worked since the <dose> was lowered.
It is nothing but <water>.
Not all patients <respond>.
It causes <nausea> without vomiting.
It blocks <alpha> but not beta.
No change in <appetite> was seen.
It was noted on <examination>.
There is no pain, with <swelling> at night.
It is free of charge and <safe>.
It is quite <safe>.
The drug (not a steroid) relieves <pain>.
The label does not mention pain (it mentions <anxiety>).
It is less than <ideal>.
A little <pain> is normal.
It does not work if <alcohol> is drunk.
It was negative for infection and positive for <drugs>.
It is a myth that it causes <addiction>.
It does not start working until <day two>.
It is not uncommon to feel <nausea>.
It is no myth that it <works>.
Gram negative <rods> were seen.
There is no guarantee that it <works>.
It does not always <work>.
It is not <risk>-free.
""".strip().splitlines()

CERTAINTY = [
    ("hedged", "It may cause <harm>."),
    ("asserted", "In May 2019 it caused <harm>."),
    ("asserted", "It causes <harm>."),
    ("hedged", "It possibly causes <harm>."),
    ("hedged", "It appears to cause <harm>."),
    ("asserted", "It may cause nausea, but it relieves <pain>."),
    ("hedged", "<Infection> cannot be ruled out."),
    ("asserted", "<Infection> was ruled out."),
    ("hedged", "There is no evidence that it <works>."),
    ("hedged", "There is little evidence that it <works>."),
    ("asserted", "There is evidence and it <works>."),
    ("denied", "It is a myth that it causes <addiction>."),
    ("denied", "It is a common misconception that it causes <addiction>."),
    ("denied", "Contrary to the claim that it causes <addiction>, it does not."),
    ("asserted", "Contrary to popular belief, it causes <addiction>."),
    ("denied", "That it causes <addiction> is a myth."),
    ("denied", "It is false that it causes <addiction>."),
    ("denied", "It is not true that it causes <addiction>."),
    ("denied", "There is no truth to the rumor that it causes <addiction>."),
    ("denied", "Some wrongly believe it causes <addiction>."),
    ("denied", "The idea that it causes <addiction> has been debunked."),
    ("denied", "It is a mistaken belief that it causes <addiction>."),
    ("asserted", "It is not a myth that it causes <addiction>."),
    ("asserted", "It is a myth; it does cause <harm>."),
    ("attributed", "Some people say it causes <addiction>."),
    ("attributed", "According to the label, it causes <addiction>."),
    ("attributed", "It causes <addiction>, according to the label."),
    ("attributed", "Critics claim it causes <addiction>."),
    ("attributed", "Forum posts claim it causes <addiction>."),
    ("asserted", "Critics claim much, but it relieves <pain>."),
    ("questioned", "We ask whether <nausea> occurs."),
    ("questioned", "Does it cause <addiction>?"),
    ("asserted", "It does cause <addiction>."),
    ("conditional", "If it causes <nausea>, call us."),
    ("conditional", "If you have rash, fever or <nausea>, call us."),
    ("asserted", "If it causes rash, <nausea> passes."),
    ("conditional", "Call us unless <nausea> stops."),
    ("conditional", "It is unknown whether <nausea> occurs."),
    ("conditional", "In case of <nausea>, stop."),
    ("conditional", "Were it to cause <nausea>, stop."),
    ("asserted", "They were able to treat <nausea>."),
    ("conditional", "It is safe provided that <nausea> stops."),
]

ABOUT = [
    ("past", "She has a history of <asthma>."),
    ("past", "Until 2019, it was <banned>."),
    ("past", "It used to be <banned>."),
    ("current", "It is used to treat <asthma>."),
    ("past", "It was formerly <banned>."),
    ("current", "She has <asthma>."),
    ("other", "Family history of <asthma>."),
    ("other", "Her mother had <asthma>."),
    ("current", "Her mother had asthma, but she has <eczema>."),
    ("current", "Pregnant mothers get <asthma>."),
]

CATEGORY = [
    ("contrast", "Unlike <opioids>, it is safe.", True),
    ("contrast", "Unlike opioids, it is <safe>.", False),
    ("contrast", "It blocks alpha rather than <beta>.", True),
    ("contrast", "It blocks <alpha> rather than beta.", False),
    ("contrast", "It is used instead of <beta>.", True),
    ("contrast", "It is faster than <beta>.", True),
    ("future", "It will be <approved>.", True),
    ("future", "It is <approved>.", False),
    ("recommendation", "It should be <taken> at night.", True),
    ("recommendation", "It is <taken> at night.", False),
    ("recommendation", "It may only be <taken> at night.", True),
    ("recommendation", "It must be <taken> at night.", True),
]


@pytest.mark.parametrize("row", NEGATED)
def test_negated(row: str) -> None:
    assert status(row).negated


@pytest.mark.parametrize("row", NOT_NEGATED)
def test_not_negated(row: str) -> None:
    assert not status(row).negated


@pytest.mark.parametrize(("certainty", "row"), CERTAINTY)
def test_certainty(certainty: str, row: str) -> None:
    assert status(row).certainty == certainty


@pytest.mark.parametrize(("about", "row"), ABOUT)
def test_about(about: str, row: str) -> None:
    assert status(row).about == about


@pytest.mark.parametrize(("category", "row", "there"), CATEGORY)
def test_category(category: str, row: str, there: bool) -> None:
    assert (category in {scope.category for scope in status(row).cues}) is there


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("determiner", "It has no <effects>."),
        ("verbal", "It does not <work>."),
        ("preposition", "It works without <pain>."),
        ("prefix", "It is non-<toxic>."),
        ("suffix", "It is <pain>-free."),
        ("adverbial", "It never <works>."),
    ],
)
def test_kind_of_negation(kind: str, row: str) -> None:
    assert {scope.kind for scope in status(row).cues if scope.category == "negation"} == {kind}


def test_negations_that_cancel_are_double() -> None:
    assert {scope.strength for scope in status("It is not without <risk>.").cues} == {"double"}


def test_long_sentence_is_read_in_time() -> None:
    tokens = tokenize("no pain, and not if (it may or may not help) or " * 20_000)
    assert len(find_scopes(tokens)) > 20_000


WORDS = st.lists(
    st.sampled_from(
        [
            "no",
            "not",
            "without",
            "never",
            "may",
            "if",
            "unlike",
            "than",
            "denies",
            "but",
            "and",
            "or",
            ",",
            ";",
            "(",
            ")",
            "it",
            "drug",
            "causes",
            "pain",
            "is",
            "fever",
            "resolved",
            "-",
            "free",
            "non",
            "myth",
            "that",
            "a",
            "says",
            "?",
            "which",
            "history",
            "of",
            "neither",
            "nor",
            "rather",
            "hardly",
            "absent",
            "was",
        ]
    ),
    max_size=25,
)


@given(WORDS)
def test_scopes_lie_in_the_sentence_beside_their_cue(words: list[str]) -> None:
    tokens = tokenize(" ".join(words))
    for scope in find_scopes(tokens):
        assert 0 <= scope.first < scope.last <= len(tokens)
        assert 0 <= scope.cue_first < scope.cue_last <= len(tokens)
        assert scope.first <= scope.cue_last and scope.cue_first <= scope.last


@given(WORDS, WORDS)
def test_a_terminator_never_lengthens_a_scope(before: list[str], after: list[str]) -> None:
    plain = tokenize(" ".join([*before, "xyz", *after]))
    stopped = tokenize(" ".join([*before, "xyz", ";", *after]))
    at = len(tokenize(" ".join(before))) + 1
    reach = {
        (s.category, s.cue_first): s for s in find_scopes(plain) if s.cue_last <= at and s.first <= at - 1
    }
    for scope in find_scopes(stopped):
        other = reach.get((scope.category, scope.cue_first))
        if other and other.cue_last == scope.cue_last:
            own = at < scope.last  # the mark put in lies inside: a border in a bracket ends nothing outside it
            assert scope.last - own <= max(other.last, at)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    tokens = tokenize(text)
    assert status_at(find_scopes(tokens), 0, len(tokens)).certainty

"""The second reading: weights learned from annotated copy, beside what the rules find."""

from __future__ import annotations

import shutil
from functools import cache
from itertools import combinations
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb.app import AuditOptions, audit_documents, check_store
from ketakb.errors import StoreError
from ketakb.extract.lexicon import Mention
from ketakb.extract.weighing import telling_features
from ketakb.language.tokens import tokenize
from ketakb.model import Store
from ketakb.reports.json_audit import document_fields
from ketakb.results import DocumentReport
from ketakb.store.learned import BITS, LENT, PAIRED, TOPIC_BITS, Weights, bucket_of, bucket_of_pair, packed
from ketakb.store.locate import default_store
from ketakb.terms import Learned
from ketakb.values import replace

AS_OF = "2026-11-22"
WRONG = "It blocks GABA receptors in the brain."
PAGE = (
    "Our practice has looked after adults with severe depression since we opened our doors in the old town hall. "
    f"We use ketamine in a calm room with a nurse beside you. {WRONG} "
    "The drip takes about forty minutes, and somebody must drive you home afterwards."
)


@cache
def shipped() -> Store:
    """Return the store of the package, read from its folder."""
    return check_store(default_store(), AS_OF)[0]


def with_numbers(**numbers: float) -> Store:
    """Return the store with other limits."""
    store = shipped()
    assert store.learned is not None
    named = {name.replace("_", "-"): value for name, value in numbers.items()}
    return replace(store, learned=replace(store.learned, numbers={**store.learned.numbers, **named}))


def audited(store: Store, text: str, linked: bool = True) -> DocumentReport:
    """Return what is found in a draft."""
    return audit_documents(store, [("draft.md", text)], AuditOptions(AS_OF, linked=linked)).documents[0]


def told(report: DocumentReport) -> set[tuple[str, str, str]]:
    """Return rule, severity and words of the findings on places."""
    return {(f.rule, f.severity, report.text[f.span.start : f.span.end]) for f in report.findings if f.span}


@given(
    st.lists(st.integers(0, (1 << 32) - 1), min_size=1, max_size=80),
    st.lists(st.integers(0, (1 << 32) - 1), max_size=40),
    st.randoms(use_true_random=False),
)
def test_odds_are_the_sums_of_the_weights_of_the_buckets(own: list[int], lent: list[int], chance: object) -> None:
    """Added as one number or one by one, weights come to the same."""
    from array import array
    from random import Random

    assert isinstance(chance, Random)
    topics, most = 5, (1 << TOPIC_BITS) - 1
    met = sorted({one & most for one in (*own, *lent)})
    rows = {bucket: {t: chance.randint(-128, 127) for t in range(topics) if chance.random() < 0.7} for bucket in met}
    doubt = memoryview(bytearray(1 << BITS)).cast("b")
    for one in (*own, *lent):
        doubt[one & len(doubt) - 1] = chance.randint(-128, 127)
    counts = bytes(len(rows.get(bucket, ())) for bucket in range(1 << TOPIC_BITS))
    named = bytes(topic for bucket in met for topic in rows[bucket])
    values = bytes(weight % 256 for bucket in met for weight in rows[bucket].values())
    numbers = {"bias": -1.0, "step": 0.5, "topic-step": 0.25, "topic-from": -1e9}
    names, biases = tuple("abcde"), (0.0, 1.0, -1.0, 0.5, 2.0)
    learned = Learned("", numbers, {}, names, biases, packed(doubt.tobytes()), packed(counts + named + values))
    weights = Weights(learned)
    groups = ((own, 1.0), (lent, LENT))
    wanted = -1.0 + sum(0.5 * w * doubt[h & len(doubt) - 1] / sqrt(len(found)) for found, w in groups for h in found)
    assert weights.doubt(array("I", own), array("I", lent), array("I")) == pytest.approx(wanted)
    odds = dict(weights.topics(array("I", own), array("I", lent)))
    for number, (name, bias) in enumerate(zip(names, biases, strict=True)):
        total = sum(0.25 * w * rows[h & most].get(number, 0) / sqrt(len(found)) for found, w in groups for h in found)
        assert odds[name] == pytest.approx(bias + total)


@given(st.lists(st.sampled_from(["approved", "depression", "licensed", "#", "c:pain", "never"]), unique=True))
def test_pairs_of_telling_words_are_weighed_in_whichever_order(telling: list[str]) -> None:
    """Two words have one bucket together; a clause with one telling word has no pair."""
    from array import array

    pairs = list(combinations(telling, 2))
    doubt = memoryview(bytearray(1 << BITS)).cast("b")
    for number, (one, two) in enumerate(pairs):
        assert bucket_of_pair(one, two) == bucket_of_pair(two, one)
        doubt[bucket_of_pair(one, two)] = number - 5
    good = shipped().learned
    assert good is not None
    weights = Weights(replace(good, numbers={"bias": 0.25, "step": 2.0}, doubt=packed(doubt.tobytes())))
    total = sum(doubt[bucket_of_pair(two, one)] for one, two in pairs)
    wanted = 0.25 + (2.0 * PAIRED * total / sqrt(len(pairs)) if pairs else 0.0)
    for words in (telling, telling[::-1]):
        assert weights.doubt(array("I"), array("I"), weights.hashed(words)) == pytest.approx(wanted)


def test_what_words_count_adds_up_to_what_the_clause_counts() -> None:
    """Told alone, without neighbours and concepts, the shares of words are the odds of the clause."""
    good = shipped().learned
    assert good is not None
    weights = Weights(good)
    words = ["approved", "cure", "forever", "pain"]
    hashes = weights.hashed(words)
    odds = weights.doubt(hashes, weights.hashed([]), hashes) - good.numbers["bias"]
    assert sum(weights.counting(words, len(words))) == pytest.approx(odds)
    assert weights.counting(words[::-1], 4) == pytest.approx(weights.counting(words, 4)[::-1])
    assert weights.counting([], 0) == []


def test_a_raised_clause_tells_the_words_that_counted_most() -> None:
    """They stand in the clause, as it writes them."""
    report = audited(with_numbers(raise_from=-99.0), PAGE)
    told = [f for f in report.findings if f.rule == "KB503" and "most by “" in f.why]
    assert told
    for finding in told:
        assert finding.span is not None
        clause = report.text[finding.span.start : finding.span.end].lower()
        words = finding.why.partition("most by “")[2].removesuffix("”").split("”, “")
        assert 1 <= len(words) <= 3
        assert all(word in clause for word in words)


def test_words_that_say_little_are_not_looked_at_in_pairs() -> None:
    """Nor word classes of the language: of them a clause has dozens."""
    tokens = tokenize("It is not approved for approved use in 2019, but 3 of us do use it.")
    names = ["en:permit", "depression", "depression", *(f"c{number}" for number in range(20))]
    told = telling_features(tokens, [Mention(name, 0, 1, 1) for name in names])
    assert told[:4] == ["not", tokens[3].key, "for", "use"]
    assert {"y201", "#"} <= {*told}
    assert told[-10:] == ["c:depression", *(f"c:c{number}" for number in range(9))]
    assert not {"is", "in", "it", "c:en:permit"} & {*told}
    assert len(told) == len(set(told))


def test_a_finding_held_for_unlikely_becomes_a_note_and_says_why() -> None:
    """With every finding held for unlikely, the alarm is still there, as a note."""
    by_rules = told(audited(with_numbers(least_words=1e9), PAGE))
    assert ("KB201", "error", "blocks GABA receptors") in {(r, s, w.removeprefix("It ")) for r, s, w in by_rules}
    report = audited(with_numbers(note_below=99.0, raise_from=99.0), PAGE)
    (found,) = [f for f in report.findings if f.rule == "KB201"]
    assert found.severity == "note"
    assert "seldom wrong" in found.why


def test_a_clause_that_only_the_weights_mind_is_told_with_the_claim_nearest_to_it() -> None:
    """The clause has evidence beside it, and no clause is told that a rule has told already."""
    report = audited(with_numbers(raise_from=-99.0), PAGE)
    raised = [f for f in report.findings if f.rule == "KB503"]
    assert raised
    assert all(f.evidence and f.severity == "warning" and f.span is not None for f in raised)
    alarms = [f.span for f in report.findings if f.rule != "KB503" and f.severity != "note" and f.span]
    assert not any(f.span.overlaps(span) for f in raised if f.span for span in alarms)
    assert not any(f.rule == "KB503" for f in audited(with_numbers(raise_from=99.0), PAGE).findings)


def test_a_short_draft_is_left_to_the_rules() -> None:
    """A single sentence is not weighed, whatever the limits are."""
    store = with_numbers(note_below=99.0, raise_from=-99.0)
    draft = f"Ketamine. {WRONG}"
    assert told(audited(store, draft)) == told(audited(replace(store, learned=None), draft))


def test_a_store_without_weights_is_read_by_its_rules() -> None:
    """Nothing is weighed, and nothing is told twice."""
    plain = audited(replace(shipped(), learned=None), PAGE)
    assert plain.told is None or plain.told == plain.judged
    assert "KB503" not in {f.rule for f in plain.findings}


def test_machines_are_told_what_a_clause_repeats_of_a_claim_and_people_see_the_same_findings() -> None:
    """What is tied to claims by weights alone changes no finding."""
    store = with_numbers(link_from=-99.0, link_doubt=99.0, topic_from=-99.0)
    report = audited(store, PAGE)
    assert report.told is not None
    added = [one for one in report.told if one not in report.judged]
    assert added
    assert all(one.verdict == "supported" and one.claims[0].claim in store.claims for one in added)
    assert len(document_fields(report, store)["assertions"]) == len(report.told)
    assert audited(store, PAGE, linked=False).findings == report.findings


def test_what_is_right_only_in_passing_is_not_tied() -> None:
    """With no topic likely anywhere, machines are told of no supported assertion."""
    report = audited(with_numbers(topic_from=99.0, link_from=99.0), PAGE)
    assert any(one.verdict == "supported" for one in report.judged)
    assert report.told is not None
    assert not any(one.verdict == "supported" for one in report.told)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "AAAA",
        "ké!",
        packed(b"short"),
        packed(b"\1" * (1 << TOPIC_BITS)),
        packed(bytes(9 << 20)),
        packed(bytes(1 << TOPIC_BITS)) + "x: [",
    ],
    ids=["empty", "cut short", "no base64", "too small", "entries missing", "too large", "more behind it"],
)
def test_damaged_weights_are_told(raw: str) -> None:
    """They are no reason for a traceback."""
    good = shipped().learned
    assert good is not None
    with pytest.raises(StoreError, match="damaged"):
        Weights(replace(good, by_topic=raw)).check()


@pytest.mark.parametrize("raw", ["", "no base64 !", packed(b"short"), packed(bytes(9 << 20))])
def test_damaged_weights_of_words_are_told(raw: str) -> None:
    """Those are needed at once."""
    good = shipped().learned
    assert good is not None
    with pytest.raises(StoreError, match="damaged"):
        Weights(replace(good, doubt=raw))


def test_a_store_with_damaged_weights_has_a_problem_with_its_place(tmp_path: Path) -> None:
    """The store is read without them, and `check` says where they stand."""
    shutil.copytree(default_store(), tmp_path / "kb")
    file = tmp_path / "kb" / "learned.yaml"
    text = file.read_text(encoding="utf-8")
    head, _, _ = text.partition("doubt: |\n")
    file.write_text(f"{head}doubt: AAAA\nby_topic: AAAA\n", encoding="utf-8")
    store, problems = check_store(tmp_path / "kb", AS_OF)
    assert store.learned is None
    (found,) = [p for p in problems if p.path.endswith("learned.yaml")]
    assert "damaged" in found.message
    assert found.line == head.count("\n") + 1


def test_features_of_every_text_have_a_bucket() -> None:
    """Half a surrogate pair too."""
    assert 0 <= bucket_of("\ud800") < 1 << BITS


def test_a_book_is_left_to_the_rules() -> None:
    """What its clauses are made of would take too much room."""
    long = (PAGE + "\n\n") * 1100
    store = with_numbers(note_below=99.0, raise_from=-99.0)
    report = audited(store, long, linked=False)
    assert not any(f.rule == "KB503" for f in report.findings)
    assert any(f.rule == "KB201" and f.severity == "error" for f in report.findings)


@given(st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1), max_size=9))
def test_features_together_have_the_buckets_that_each_has(features: list[str]) -> None:
    good = shipped().learned
    assert good is not None
    assert [one & (1 << BITS) - 1 for one in Weights(good).hashed(features)] == [bucket_of(one) for one in features]

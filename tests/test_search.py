"""Search: what comes first, what is forgiven, what is filtered."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace

import pytest

import made
from ketakb.app import check_store
from ketakb.errors import UsageError
from ketakb.kept_rows import Held
from ketakb.language.typos import distance, is_one_slip
from ketakb.search import Filters, _one_slip, search
from ketakb.search_index import SearchIndex
from ketakb.search_rows import _spelled
from ketakb.store.load import load_store
from ketakb.store.locate import default_store


def ids(query: str, filters: Filters | None = None, limit: int | None = 10) -> list[str]:
    return [hit.claim.id for hit in search(made.STORE, query, filters, limit=limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("blocks nmda receptors", "nmda-blocks"),
        ("stimulates nmda", "nmda-activates"),
        ("how fast does it work", "onset-hours"),
        ("how quickly does it work", "onset-hours"),
        ("conventional antidepressants", "onset-conventional"),
        ("spravto approval", "esketamine-trd"),
        ("treatment resistent depresion", "esketamine-trd"),
        ("no side effects", "side-effects-none"),
        ("side effects", "side-effects-list"),
        ("adverse effects", "side-effects-list"),
        ("sideeffects", "side-effects-list"),
        ("n-methyl-d-aspartate", "nmda-blocks"),
    ],
)
def test_first(query: str, first: str) -> None:
    assert ids(query)[0] == first


def test_a_denial_is_answered_by_what_denies_and_what_lists() -> None:
    assert ids("no side effects")[:2] == ["side-effects-none", "side-effects-list"]


def test_negation_alone_finds_nothing_it_has_no_word_for() -> None:
    assert "ssri-no-benefit" not in ids("no side effects")


def test_accepted_before_rejected_where_both_say_as_much() -> None:
    assert ids("ketamine nmda receptors")[:2] == ["nmda-blocks", "nmda-activates"]


def test_matched_are_the_words_as_they_stand_there() -> None:
    best = search(made.STORE, "stimulate nmda")[0]
    assert best.matched == ("stimulates", "NMDA")


def test_unknown_words_find_nothing() -> None:
    assert ids("roses") == []


@pytest.mark.parametrize("query", ["", "  ", "?!", "the of it", "no"])
def test_a_query_without_a_word_to_look_for_is_refused(query: str) -> None:
    with pytest.raises(UsageError, match="no word to look for"):
        search(made.STORE, query)


@pytest.mark.parametrize(
    ("query", "filters", "expected"),
    [
        ("ketamine", Filters(topic="safety"), {"side-effects-list", "side-effects-none"}),
        ("ketamine", Filters(topic="safety/side-effects", standing="rejected"), {"side-effects-none"}),
        ("ketamine", Filters(source="ad-1"), {"nmda-activates", "side-effects-none"}),
        ("conventional", Filters(kind="review"), {"onset-conventional"}),
        ("ketamine", Filters(topic="nowhere"), set()),
    ],
)
def test_filters(query: str, filters: Filters, expected: set[str]) -> None:
    assert set(ids(query, filters, None)) == expected


def test_limit_and_order_do_not_depend_on_the_order_of_claims() -> None:
    turned = replace(made.STORE, claims=dict(reversed(made.STORE.claims.items())))
    every = search(made.STORE, "ketamine", limit=None)
    assert [hit.claim.id for hit in search(turned, "ketamine", limit=None)] == [hit.claim.id for hit in every]
    assert search(made.STORE, "ketamine", limit=2) == every[:2]
    scores = [hit.score for hit in every]
    assert scores == sorted(scores, reverse=True)


def test_an_empty_store_finds_nothing() -> None:
    assert search(replace(made.STORE, claims={}), "side effects") == []


def test_rapidfuzz_is_loaded_only_for_a_word_two_slips_away() -> None:
    code = (
        "import sys; sys.path.insert(0, {path!r}); import made; from ketakb.search import search\n"
        "search(made.STORE, 'sdie efects'); print('rapidfuzz' in sys.modules)\n"
        "search(made.STORE, 'effectts sideefecs'); print('rapidfuzz' in sys.modules)"
    ).format(path=str(made.__file__).rpartition("/")[0])
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


def test_one_slip_is_a_distance_of_one() -> None:
    chance = random.Random(5)
    for _ in range(20_000):
        one = "".join(chance.choice("abc") for _ in range(chance.randint(1, 6)))
        two = "".join(chance.choice("abc") for _ in range(chance.randint(1, 6)))
        assert is_one_slip(one, two) is (distance(one, two) == 1), (one, two)


def test_a_word_is_repaired_to_what_is_nearest_of_all_words() -> None:
    chance = random.Random(3)
    words = sorted({"".join(chance.choice("abcd") for _ in range(chance.randint(3, 10))) for _ in range(800)})
    index = SearchIndex(Held([("search", "", [1]), *_spelled(words)]))
    for _ in range(600):
        word = chance.choice(words)
        at = chance.randrange(len(word) - 1)
        key = chance.choice(
            (
                word[:at] + "x" + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
        near = [other for other in sorted(words, key=lambda w: (len(w), w)) if is_one_slip(key, other)]
        assert len(key) < 4 or _one_slip(index, key) == near


def test_a_word_that_looks_like_a_form_of_another_is_repaired_too() -> None:
    # "respit..." is how "respite" begins, which stands for relief
    store, _ = check_store(default_store(), "2026-11-22")
    found = search(store, "respitory")
    assert found and "safety/respiratory" in found[0].claim.topics


def test_a_slip_in_the_word_that_is_asked_for_changes_no_answer() -> None:
    store = load_store(default_store())[0]
    right = [hit.claim.id for hit in search(store, "how quickly does ketamine work", limit=3)]
    assert [hit.claim.id for hit in search(store, "how quikly does ketamine work", limit=3)] == right

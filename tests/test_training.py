"""The annotated copy that weights are learned from: each piece is whole, and the weights are of this copy."""

from __future__ import annotations

import json
from pathlib import Path

from ketakb.store.load import load_store
from ketakb.store.locate import default_store

COPY = Path(__file__).parents[1] / "training" / "copy.jsonl"
PIECES = [json.loads(line) for line in COPY.read_text(encoding="utf-8").splitlines()]
VERDICTS = {"supported", "unverifiable", "contradicted", "overclaim", "stale", "doubtful"}


def test_each_item_marks_words_of_its_piece_under_a_topic_of_the_store() -> None:
    topics = load_store(default_store())[0].topics
    for piece in PIECES:
        assert piece["group"]
        for item in piece["items"]:
            assert 0 <= item["start"] < item["end"] <= len(piece["text"]), piece["text"]
            assert item["topic"] in topics
            assert item["verdict"] in VERDICTS


def test_no_piece_stands_there_twice() -> None:
    texts = [(piece["text"], piece["items"][0]["start"] if piece["group"] == "seeds" else 0) for piece in PIECES]
    assert len(texts) == len(set(texts))


def test_the_weights_that_ship_are_of_this_copy() -> None:
    learned = load_store(default_store())[0].learned
    assert learned is not None
    assert learned.made_of.startswith(f"{len(PIECES)} pieces of annotated copy ")

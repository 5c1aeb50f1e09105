"""Stores of any size about things that do not exist: the same for the same seed.

    python benchmarks/speed/stores.py FOLDER [--claims 1000] [--seed 1]

Twenty claims make a topic. Each topic has words of its own: a drug, four receptors, five groups of people; a claim says
what the drug does to one receptor in one group, so that three words tell it from all others. One claim in ten says the
opposite of its neighbour and is rejected with a reason, and one in a hundred is contradicted without one, so that an
audit of the store finds settled and open conflicts. Each topic rests on two sources.
"""

from __future__ import annotations

import argparse
import pickle
import random
from dataclasses import dataclass
from pathlib import Path

A_TOPIC = 20
A_FILE = 1000
_ONSETS = (*"bdfgklmnprstvz", "bl", "br", "dr", "fl", "gr", "kl", "pl", "st", "tr")
_VOWELS = (*"aeiou", "ai", "ea", "ou")
_CODAS = ("", "l", "m", "n", "r", "s", "x")
_STORE = """\
name: made-up
title: Things that do not exist
language: en
jurisdiction: US
copy_kind: editorial
kinds: [label, review, trial, news]
weak_from: news
"""
_RELATIONS = """\
relations:
  blocks: {label: blocks, polarity: -1, opposite: activates, classes: [block]}
  activates: {label: activates, polarity: 1, opposite: blocks, classes: [activate]}
entities:
"""


@dataclass(frozen=True)
class Said:
    """One claim, and the three words that tell it from all others."""

    id: str
    topic: int
    statement: str
    words: tuple[str, str, str]
    yaml: str


class _Words:
    """Invented words, none twice."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.seen = chance, set[str]()

    def new(self) -> str:
        while True:
            parts = [self.chance.choice(_ONSETS) + self.chance.choice(_VOWELS) for _ in range(3)]
            word = "".join(parts) + self.chance.choice(_CODAS)
            if word not in self.seen:
                self.seen.add(word)
                return word


def write_store(folder: Path, count: int, seed: int = 1) -> list[Said]:
    """Write a store of so many claims; return what they say."""
    chance = random.Random(f"{seed}/{count}")
    words = _Words(chance)
    (folder / "claims").mkdir(parents=True, exist_ok=True)
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "store.yaml").write_text(_STORE, encoding="utf-8")
    entities, topics, claims = [_RELATIONS], [], []
    for number in range((count + A_TOPIC - 1) // A_TOPIC):
        drug, receptors, groups = words.new(), [words.new() for _ in range(4)], [words.new() for _ in range(5)]
        entities.append(f"  {drug}: {{label: {drug}, kind: drug, names: [{drug}]}}\n")
        for kind, noun, named in (("receptor", "receptor", receptors), ("people", "patient", groups)):
            entities += [f"  {w}: {{label: {w} {noun}s, kind: {kind}, names: [{w} {noun}, {w}]}}\n" for w in named]
        topics.append(_topic(number, drug, receptors))
        for half in "ab":
            _source(folder, number, half, drug)
        pairs = [(receptor, group) for receptor in receptors for group in groups]
        for at, pair in enumerate(pairs[: count - number * A_TOPIC]):
            claims.append(_claim(chance, number, at, drug, *pair))
    (folder / "vocabulary.yaml").write_text("".join(entities), encoding="utf-8")
    (folder / "topics.yaml").write_text("".join(topics), encoding="utf-8")
    for start in range(0, len(claims), A_FILE):
        text = "".join(claim.yaml for claim in claims[start : start + A_FILE])
        (folder / "claims" / f"part-{start // A_FILE:04}.yaml").write_text(text, encoding="utf-8")
    return claims


def said_in(count: int, folder: Path, seed: int = 1) -> list[Said]:
    """Return the claims of a store in a folder, which is written first where it is not there."""
    done = folder / "claims.pickle"
    if not done.exists():
        done.parent.mkdir(parents=True, exist_ok=True)
        done.write_bytes(pickle.dumps(write_store(folder, count, seed)))
    return list(pickle.loads(done.read_bytes()))


def _topic(number: int, drug: str, receptors: list[str]) -> str:
    return (
        f"made/t{number:05}:\n  title: What {drug} does\n  question: Which receptors does {drug} block?\n"
        "  comparator: direction\n  settings: {subjects: family}\n  needs: [subject, relation, object]\n  frames:\n"
        f"    - {{id: action, subject: [{drug}], relation: [blocks, activates], object: [{', '.join(receptors)}]}}\n"
    )


def _claim(chance: random.Random, number: int, at: int, drug: str, receptor: str, group: str) -> Said:
    name = f"c{number:05}-{at:02}"
    other = at % 10 == 9  # what contradicts its neighbours: of the same receptor, and in no one group
    if other:
        statement = f"{drug.capitalize()} activates {receptor} receptors, reports on {group} patients say."
        asserted = f"{{subject: {drug}, relation: activates, object: {receptor}}}"
    else:
        statement = f"{drug.capitalize()} blocks {receptor} receptors in {group} patients."
        asserted = f"{{subject: {drug}, relation: blocks, object: {receptor}, qualifiers: {{population: {group}}}}}"
    standing = "rejected" if other and chance.random() < 0.9 else "accepted"
    because = "  because: The reports were never confirmed.\n" if standing == "rejected" else ""
    text = (
        f"- id: {name}\n  topic: made/t{number:05}\n  statement: {statement}\n  assert: {asserted}\n"
        f"  standing: {standing}\n{because}  prefer: {statement}\n  passages:\n"
        f"    - {{source: s{number:05}{'ab'[at % 2]}, says: seen in {chance.randint(12, 900)} patients, "
        "locator: abstract}\n"
        "  review: {by: project, on: 2026-11-01, review_by: 2027-11-01}\n"
    )
    return Said(name, number, statement, (drug, receptor, group), text)


def _source(folder: Path, number: int, half: str, drug: str) -> None:
    kind = {"a": "review", "b": "trial"}[half]
    (folder / "sources" / f"s{number:05}{half}.md").write_text(
        f"---\ntitle: A {kind} of {drug}\npublisher: Journal of Things\nkind: {kind}\n"
        f"doi: 10.1000/{number}{half}\npublished: 2019\ntext: summary\n---\nWhat {drug} was seen to do.\n",
        encoding="utf-8",
    )


def main() -> None:
    """Write a store as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_store(given.folder, given.claims, given.seed)


if __name__ == "__main__":
    main()

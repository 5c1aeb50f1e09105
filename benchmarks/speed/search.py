"""Search in a large generated store: known-item queries with one slip of the pen, timed one by one.

    python benchmarks/speed/search.py [--claims N] [--queries N] [--keep DIR]

Every claim joins a rare name with common words; a query is three or four words of one claim, one of them mistyped.
Goals: the claim among the first five in 98 of 100 queries, 95 of 100 queries within 10 ms.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from ketakb import kept
from ketakb.assertion import Assertion
from ketakb.model import Claim, Passage, Source, Store
from ketakb.search import search
from ketakb.search_index import GLUE, index_rows
from ketakb.store.backed import backed_store, store_rows
from ketakb.terms import Entity, Topic

PARTS = ["ba", "co", "di", "fu", "ga", "hel", "jin", "kor", "lu", "mor", "ne", "pra", "quo", "ris", "sol", "tam"]
VERBS = ["blocks", "raises", "lowers", "treats", "worsens", "prevents", "follows", "needs", "delays", "mimics"]
NOUNS = ["sleep", "mood", "pain", "memory", "pulse", "appetite", "anxiety", "weight", "vision", "balance", "fever"]
WHO = ["adults", "children", "veterans", "nurses", "patients", "volunteers", "women", "men", "students", "seniors"]
WHEN = ["within hours", "after weeks", "over months", "at night", "before surgery", "during therapy", "for days"]


def made(number: int, chance: random.Random) -> Store:
    """Return a store of so many claims."""
    names = sorted({"".join(chance.choices(PARTS, k=chance.randint(3, 5))) for _ in range(max(40, number // 8))})
    topics = [f"topic/{noun}" for noun in NOUNS]
    claims = []
    for at in range(number):
        name, noun = chance.choice(names), chance.choice(NOUNS)
        other = chance.choice(names)
        statement = (
            f"{name.capitalize()} {chance.choice(VERBS)} {noun} in {chance.choice(WHO)} {chance.choice(WHEN)}, "
            f"more than {other} does in trial {at}."
        )
        claims.append(
            Claim(
                f"c{at}",
                statement,
                Assertion(f"topic/{noun}", "zed"),
                standing="accepted",
                passages=(Passage("one", says=f"{name} and {noun} were studied with {other}."),),
                path="claims.yaml",
                line=at,
            )
        )
    return Store(
        name="large",
        title="Large",
        language="en",
        jurisdiction="US",
        copy_kind="editorial",
        kinds=("trial",),
        weak_from="trial",
        entities={"zed": Entity("zed", "zed", "drug", ("zed",))},
        relations={},
        scales={},
        topics={name: Topic(name, name, f"What of {name[6:]}?", "direction", path="t.yaml") for name in topics},
        claims={claim.id: claim for claim in claims},
        sources={"one": Source("one", "One", "trial", path="sources/one.md")},
        subject="zed",
    )


def query(claim: Claim, chance: random.Random) -> str:
    """Return words of a claim, its name among them, one mistyped."""
    words = [word.strip(".,").lower() for word in claim.statement.split()]
    rest = [word for word in words[1:] if word not in GLUE and word.isalpha() and word != "more"]
    chosen = [words[0], words[-4] if words[-4].isalpha() else rest[-1], *chance.sample(rest[:4], 2), words[-1]]
    chosen = list(dict.fromkeys(chosen))
    at = chance.choice([n for n, word in enumerate(chosen) if len(word) > 4 and word.isalpha()])
    chosen[at] = slip(chosen[at], chance)
    return " ".join(chosen)


def slip(word: str, chance: random.Random) -> str:
    """Return a word with one letter left out, doubled, changed or swapped with the next."""
    at = chance.randrange(1, len(word) - 1)
    other = chance.choice("aeiourstln")
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def main() -> int:
    """Print recall and times; 0 where both goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    asked = parser.parse_args()
    chance = random.Random(5)
    store = made(asked.claims, chance)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.sqlite"
        places = {"claims.yaml": "0/claims.yaml", "t.yaml": "0/t.yaml", "sources/one.md": "0/sources/one.md"}
        begun = time.perf_counter()
        kept.write(file, [*store_rows(store, places), *index_rows(store)])
        print(f"kept: {asked.claims} claims, {file.stat().st_size / 1e6:.0f} MB, {time.perf_counter() - begun:.0f} s")
        claims = chance.sample(list(store.claims.values()), asked.queries)
        found, times = 0, []
        for claim in claims:
            words = query(claim, chance)
            fresh = backed_store(kept.Kept(file), Path(folder), (Path(folder),))
            begun = time.perf_counter()
            hits = search(fresh, words, limit=5)
            times.append(time.perf_counter() - begun)
            found += claim.id in [hit.claim.id for hit in hits]
    times.sort()
    recall, late = found / len(claims), times[int(len(times) * 0.95)]
    print(f"among the first five: {recall:.3f} (goal 0.98)")
    print(f"median {times[len(times) // 2] * 1000:.1f} ms, 95th percentile {late * 1000:.1f} ms (goal 10)")
    return int(recall < 0.98 or late > 0.010)


if __name__ == "__main__":
    sys.exit(main())

"""Search in a large store with one slip of the pen: how fast, and is the claim found? Peers on the same queries.

    python benchmarks/speed/search_scale.py [--claims 100000] [--queries 500] [--folder FOLDER]

A query is the three words that tell one claim from all others, one of them with one letter changed, left out, doubled
or exchanged with its neighbour. Two of the words are right and leave at most five claims, so that recall@5 asks little
of anybody; recall@1 tells who made sense of the third. Times are of the processor, so that a busy machine counts less.
Peers that are not installed are passed over: tantivy, bm25s (pip install tantivy bm25s), rapidfuzz. They are given the
statements only.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from measure import KETAKB, row, run, side_by_side, times
from stores import Said, said_in

Find = Callable[[str], Sequence[str]]


def slip(chance: random.Random, word: str) -> str:
    """Return a word with one letter wrong."""
    at = chance.randrange(len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz".replace(word[at], "")) + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    return word[:at] + (word[at] * 2 if kind == 2 else word[at + 1] + word[at]) + word[at + (1 if kind == 2 else 2) :]


def queries_of(claims: Sequence[Said], count: int) -> list[tuple[str, str]]:
    """Return so many queries, each with the id of the claim that it means."""
    chance = random.Random(count)
    found = []
    for claim in chance.sample(list(claims), count):
        words = list(claim.words)
        at = chance.randrange(3)
        words[at] = slip(chance, words[at])
        found.append((" ".join(words), claim.id))
    return found


def ketakb(folder: Path, claims: Sequence[Said]) -> Find:
    """Return the search of ketakb, of a store that is loaded."""
    from ketakb.api import Store, search

    store = Store.load(folder)
    return lambda query: [hit.claim.id for hit in search(query, store, limit=5)]


def fts5(folder: Path, claims: Sequence[Said]) -> Find:
    """Return SQLite's full-text search alone, any word of the query."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE said USING fts5(id UNINDEXED, statement)")
    base.executemany("INSERT INTO said VALUES (?, ?)", ((claim.id, claim.statement) for claim in claims))
    ask = "SELECT id FROM said WHERE said MATCH ? ORDER BY rank LIMIT 5"
    return lambda query: [name for (name,) in base.execute(ask, (" OR ".join(query.split()),))]


def tantivy(folder: Path, claims: Sequence[Said]) -> Find:
    """Return tantivy with every word of the query within one edit."""
    import tantivy as peer

    builder = peer.SchemaBuilder()
    schema = builder.add_text_field("id", stored=True).add_text_field("statement").build()
    index = peer.Index(schema)
    writer = index.writer()
    for claim in claims:
        writer.add_document(peer.Document(id=[claim.id], statement=[claim.statement]))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(query: str) -> list[str]:
        words = [
            (peer.Occur.Should, peer.Query.fuzzy_term_query(schema, "statement", word, distance=1))
            for word in query.split()
        ]
        hits = searcher.search(peer.Query.boolean_query(words), 5).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return find


def bm25s(folder: Path, claims: Sequence[Said]) -> Find:
    """Return bm25s: whole words only."""
    import bm25s as peer

    model = peer.BM25()
    model.index(peer.tokenize([claim.statement for claim in claims], show_progress=False), show_progress=False)

    def find(query: str) -> list[str]:
        found, _ = model.retrieve(peer.tokenize(query, show_progress=False), k=5, show_progress=False)
        return [claims[at].id for at in found[0]]

    return find


def rapidfuzz(folder: Path, claims: Sequence[Said]) -> Find:
    """Return rapidfuzz over all statements."""
    from rapidfuzz import fuzz, process

    statements = [re.sub(r"[.,]", "", claim.statement.lower()) for claim in claims]

    def find(query: str) -> list[str]:
        return [claims[at].id for _, _, at in process.extract(query, statements, scorer=fuzz.token_set_ratio, limit=5)]

    return find


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["KETAKB_CACHE_DIR"] = str(Path(name) / "own")
        folder = (given.folder or Path(name)) / str(given.claims)
        with ProcessPoolExecutor(1, get_context("spawn")) as beside:  # a child counts the memory of who starts it
            queries = beside.submit(_queries, folder, given.claims, given.queries).result()
        _whole_processes(folder, queries, Path(name) / "cache")
        print()
        claims = said_in(given.claims, folder)
        row(f"{given.claims:,} claims", "median ms", "p95 ms", "recall@1", "recall@5", "made ready, s")
        row(*["---"] * 6)
        for peer in (ketakb, fts5, tantivy, bm25s, rapidfuzz):
            _measure(peer, folder, claims, queries)


def _queries(folder: Path, claims: int, count: int) -> list[tuple[str, str]]:
    return queries_of(said_in(claims, folder), count)


def _whole_processes(folder: Path, queries: list[tuple[str, str]], cache: Path) -> None:
    store = ("--store", str(folder))
    floor = (sys.executable, str(Path(__file__).with_name("floor.py")))
    search = (*KETAKB, "search", *queries[0][0].split(), *store)
    compiled = run((*KETAKB, "topics", *store), cache)
    indexed = run(search, cache)
    best = side_by_side({"search": search, "floor": floor}, 20, cache)
    again, least = best["search"], best["floor"]
    kept = sum(file.stat().st_size for file in cache.iterdir())
    row("whole process", "CPU s", "over the floor", "MB")
    row(*["---"] * 4)
    for what, cost in (
        ("floor: typer and sqlite3", least),
        ("the first command: reads and compiles", compiled),
        ("the first search: makes the index", indexed),
        ("a search", again),
    ):
        row(what, f"{cost.cpu:.2f}", times(cost.cpu / least.cpu), f"{cost.memory / 1e6:.0f}")
    print(f"\nkept: {kept / 1e6:.0f} MB; the store itself: {_size(folder) / 1e6:.0f} MB")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for ending in ("*.yaml", "*.md") for file in folder.rglob(ending))


def _measure(
    peer: Callable[[Path, Sequence[Said]], Find], folder: Path, claims: Sequence[Said], queries: list[tuple[str, str]]
) -> None:
    begin = time.process_time()
    try:
        find = peer(folder, claims)
    except ImportError:
        row(peer.__name__, "not installed", "", "", "", "")
        return
    find(queries[0][0])
    ready = time.process_time() - begin
    asked = queries if peer is not rapidfuzz else queries[:30]
    spent, first, hits = [], 0, 0
    for query, wanted in asked:
        begin = time.process_time()
        found = find(query)
        spent.append((time.process_time() - begin) * 1000)
        hits += wanted in found
        first += [wanted] == list(found[:1])
    spent.sort()
    median, high = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
    recall = f"{first / len(asked):.0%}", f"{hits / len(asked):.0%}"
    row(peer.__name__, f"{median:.1f}", f"{high:.1f}", *recall, f"{ready:.1f}")


if __name__ == "__main__":
    main()

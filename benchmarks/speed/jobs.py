"""Many pages read by one process and by two, and on a Dask cluster of two where dask is there.

    python benchmarks/speed/jobs.py [--pages 500] [--words 1000] [--jobs 2] [--dask]

The results must be the same to the byte. Also told: memory for a quarter of the pages and for all of them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from measure import KETAKB, row, run, times
from pages import claims_of, write_pages


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dask", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(folder / "all", given.pages, claims_of(), given.words)
        write_pages(folder / "some", given.pages // 4, claims_of(), given.words)
        command = (*KETAKB, "audit", str(folder / "all"), "--as-of", "2026-11-22", "--format", "jsonl")
        run((*KETAKB, "audit", str(next((folder / "some").rglob("*.md")))), folder / "cache")
        ways = {"--jobs 1": ("--jobs", "1"), f"--jobs {given.jobs}": ("--jobs", str(given.jobs))}
        if given.dask:
            ways["--engine dask"] = ("--engine", "dask", "--jobs", str(given.jobs))
        costs, first = {}, b""
        pages = f"{given.pages:,} pages of {given.words:,} words"
        row(pages, "wall s", "CPU ms a page", "faster than --jobs 1", "same bytes")
        row(*["---"] * 5)
        for way, options in ways.items():
            out = folder / "out.jsonl"
            costs[way] = run((*command, *options, "-o", str(out)), folder / "cache")
            first = first or out.read_bytes()
            wall = costs[way].wall
            faster = times(costs["--jobs 1"].wall / wall)
            same = "yes" if out.read_bytes() == first else "NO"
            row(way, round(wall, 1), round(costs[way].cpu * 1000 / given.pages), faster, same)
        few = (*KETAKB, "audit", str(folder / "some"), "--format", "jsonl", "--jobs", "1", "-o", str(folder / "few"))
        memory = run(few, folder / "cache").memory
        print(
            f"\nmemory: {memory / 1e6:.0f} MB for {given.pages // 4} pages, "
            f"{costs['--jobs 1'].memory / 1e6:.0f} MB for {given.pages}"
        )


if __name__ == "__main__":
    main()

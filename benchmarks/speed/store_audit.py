"""An audit of the store itself: ten times the claims on ten times the topics, in time and memory.

    python benchmarks/speed/store_audit.py [--claims 10000] [--folder FOLDER]

The store is made up (stores.py) and grows from a tenth of --claims to ten times that number. Linear is 10x. The first
run compiles the store and keeps what it worked out; later ones read that.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from measure import KETAKB, Cost, row, run, times
from stores import said_in


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        cache = Path(name) / "cache"
        row("claims", "first audit, CPU s", "over a tenth", "MB", "later audit, CPU s", "over a tenth", "MB")
        row(*["---"] * 7)
        before: tuple[Cost, Cost] | None = None
        for claims in (given.claims // 10, given.claims, given.claims * 10):
            said_in(claims, folder / str(claims))
            command = (*KETAKB, "audit", "--store", str(folder / str(claims)))
            shutil.rmtree(cache, ignore_errors=True)
            costs = run(command, cache), run(command, cache)
            cells = [f"{claims:,}"]
            for at, cost in enumerate(costs):
                over = times(cost.cpu / before[at].cpu) if before else ""
                cells += [f"{cost.cpu:.1f}", over, f"{cost.memory / 1e6:.0f}"]
            row(*cells)
            before = costs


if __name__ == "__main__":
    main()

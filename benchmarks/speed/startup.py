"""What one search and one audit of a page cost as whole processes, over a typer command that does nothing.

    pip install -e . proselint     # the first run takes what the build compiled
    python benchmarks/speed/startup.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from measure import KETAKB, ROOT, row, run, side_by_side, times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    commands = {
        "floor: typer and sqlite3": (sys.executable, str(Path(__file__).with_name("floor.py"))),
        "ketakb search": (*KETAKB, "search", "side efects"),
        "ketakb audit, one page": (*KETAKB, "audit", str(ROOT / "examples" / "clinic-post.md")),
        "ketakb --version": (*KETAKB, "--version"),
    }
    proselint = shutil.which("proselint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if proselint:
        commands["proselint, the same page"] = (proselint, "check", str(ROOT / "examples" / "clinic-post.md"))
    else:
        print("proselint is not installed: left out", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        best = side_by_side(commands, rounds, Path(folder) / "cache")
        first = run(commands["ketakb audit, one page"], Path(folder) / "other")
    floor = best["floor: typer and sqlite3"]
    row("whole process", "wall ms", "CPU ms", "over the floor (CPU)")
    row("---", "---", "---", "---")
    for name, cost in (*best.items(), ("ketakb audit, the first run on a machine", first)):
        row(name, round(cost.wall * 1000), round(cost.cpu * 1000), times(cost.cpu / floor.cpu))


if __name__ == "__main__":
    main()

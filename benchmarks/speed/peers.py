"""One page, and many, read by whole processes: ketakb beside the linters of prose that people run on such pages.

    python benchmarks/speed/peers.py [--pages 100] [--rounds 5] [--node FOLDER]

Peers: proselint (pip install proselint), and below FOLDER/node_modules write-good and textlint with the rules of
write-good (npm install --prefix FOLDER write-good textlint textlint-rule-write-good). What is not there is passed
over. They look for other things than ketakb does; what is compared is what a page costs whoever waits for it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measure import KETAKB, ROOT, row, side_by_side, times
from pages import claims_of, write_pages

_OURS = "ketakb audit"


def commands_for(node: Path | None, files: Sequence[str]) -> dict[str, tuple[str, ...] | None]:
    """Return the command of each tool on some files; None for one that is not installed."""
    beside = shutil.which("proselint", path=str(Path(sys.executable).parent)) or shutil.which("proselint")
    return {
        _OURS: (*KETAKB, "audit", *files, "--jobs", "1", "-f", "concise"),
        "proselint": (beside, "check", *files) if beside else None,
        "write-good": (found, *files) if (found := _node(node, "write-good")) else None,
        "textlint": (found, "--rule", "write-good", *files) if (found := _node(node, "textlint")) else None,
    }


def _node(folder: Path | None, name: str) -> str | None:
    return shutil.which(name, path=str(folder / "node_modules" / ".bin")) if folder else shutil.which(name)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--node", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(folder / "pages", given.pages, claims_of())
        many = [str(path) for path in sorted((folder / "pages").rglob("*.md"))]
        one = [str(ROOT / "examples" / "clinic-post.md")]
        costs = []
        for files in (one, many):
            there = {name: command for name, command in commands_for(given.node, files).items() if command}
            rounds = given.rounds if files is one else max(1, given.rounds // 2)
            costs.append(side_by_side(there, rounds, folder / "cache", range(256)))  # some tell how much they found
        many_of = f"{given.pages} pages, CPU ms each"
        row("whole process", "one page, CPU ms", "over ketakb", many_of, "over ketakb", "MB")
        row(*["---"] * 6)
        for name in commands_for(given.node, one):
            if name not in costs[0]:
                row(name, "not installed", "", "", "", "")
                continue
            cells: list[object] = [name]
            for best, count in zip(costs, (1, given.pages), strict=True):
                cells += [round(best[name].cpu * 1000 / count), times(best[name].cpu / best[_OURS].cpu)]
            row(*cells, f"{costs[1][name].memory / 1e6:.0f}")


if __name__ == "__main__":
    main()

"""Right statements must pass, wrong ones must be flagged: the reference facts read as drafts of one line.

    python benchmarks/quality/statements.py FOLDER [--misses N] [--as KIND]

FOLDER holds facts.yaml: facts, each with `id`, `topic`, `statement`, and wrong statements under
`copy_errors`. All lines are audited in one run against the shipped store. The wrong statements of facts
marked `disputed` are left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

GOALS = {"right statements that pass": 0.97, "wrong statements that are flagged": 0.70}


def lines(facts: list[dict[str, Any]]) -> dict[str, tuple[bool, str, str]]:
    """Return (right, topic, text) of every line, by the name of its draft."""
    found: dict[str, tuple[bool, str, str]] = {}
    for number, fact in enumerate(facts):
        found[f"r{number:04}.txt"] = (True, fact["topic"], fact["statement"])
        if not fact.get("disputed"):
            for at, wrong in enumerate(fact.get("copy_errors") or ()):
                found[f"w{number:04}-{at}.txt"] = (False, fact["topic"], wrong)
    return found


def audit(drafts: dict[str, tuple[bool, str, str]], kind: str) -> dict[str, list[dict[str, Any]]]:
    """Return the errors and warnings of every draft, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, _, text) in drafts.items():
            (Path(folder) / name).write_text(text.strip() + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "ketakb", "audit", folder, "--format", "json", "--as", kind]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"ketakb exited with {run.returncode}: {run.stderr[-1000:]}")
    documents = json.loads(run.stdout)["documents"]
    return {
        Path(document["path"]).name: [
            f for f in document["findings"] if f["severity"] in ("error", "warning")
        ]
        for document in documents
    }


def main() -> int:
    """Print both shares, the topics that do worst, and the misses that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="print so many misses of each kind"
    )
    parser.add_argument("--as", dest="kind", default="editorial", help="kind of copy the lines are read as")
    options = parser.parse_args()
    path = options.folder / "facts.yaml"
    if not path.is_file():
        print(f"{path} is not there; nothing was measured")
        return 0
    import yaml

    drafts = lines(yaml.safe_load(path.read_text(encoding="utf-8")))
    found = audit(drafts, options.kind)
    reached = True
    for right, (title, goal) in zip((True, False), GOALS.items(), strict=True):
        mine = {name: draft for name, draft in drafts.items() if draft[0] is right}
        missed = [name for name in mine if bool(found[name]) is right]
        share = 1 - len(missed) / max(len(mine), 1)
        reached &= share >= goal
        print(f"{title:36} {share:.3f}  ({len(mine) - len(missed)} of {len(mine)}, goal {goal:.2f})")
        topics = Counter(mine[name][1] for name in missed).most_common(8)
        print("    most missed: " + ", ".join(f"{topic} {number}" for topic, number in topics))
        for name in missed[: options.misses]:
            print(f"  {name} [{mine[name][1]}] {mine[name][2]}")
            for finding in found[name]:
                print(f"      {finding['severity']} {finding['rule']}: {finding['message']}")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())

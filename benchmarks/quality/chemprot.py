"""Direction against ChemProt: does the one thing of a sentence act for or against the other?

    python benchmarks/quality/chemprot.py FOLDER [--misses N]

FOLDER holds chemprot-*.jsonl: a sentence with << A >> and [[ B ]] marked, and a label. The two are replaced
by invented names of a store of two entities, and all sentences go through one `ketakb parse`. As the data does
not say which of the two acts, each sentence is read twice, with either as the drug.

The answer is the polarity (negation turns it round) of the relation between the two, in either order; where
readings differ, that of the shortest stretch which names both. Where no relation joins the two, it is that of
the relation nearest to either of them. No relation at all is no answer. Every third row is set aside: its
misses are never shown.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

DOWN = ("INHIBITOR", "ANTAGONIST", "DOWNREGULATOR", "INDIRECT-DOWNREGULATOR")
UP = ("ACTIVATOR", "AGONIST", "UPREGULATOR", "INDIRECT-UPREGULATOR")
NAMES = ("alphazine", "betareceptor")
STORE = {
    "store.yaml": "name: two\ntitle: Two invented things\nlanguage: en\njurisdiction: US\ncopy_kind: editorial\n"
    "subject: alpha\nkinds: [review, news]\nweak_from: news\n",
    "vocabulary.yaml": "entities:\n"
    "  alpha: {label: alphazine, kind: drug, names: [alphazine]}\n"
    "  beta: {label: betareceptor, kind: receptor, names: [betareceptor]}\n"
    "relations:\n"
    "  acts-on: {label: acts on, polarity: 0, classes: [target]}\n"
    "  blocks: {label: blocks, polarity: -1, opposite: activates, broader: [acts-on], classes: [block, lower]}\n"
    "  activates: {label: activates, polarity: 1, opposite: blocks, broader: [acts-on], classes: [activate, raise]}\n"
    "scales: {}\n",
    "topics.yaml": "invented/action:\n  title: Action\n  question: What does it do?\n  comparator: direction\n"
    "  needs: [subject, relation, object]\n"
    "  frames:\n    - {id: action, subject: [alpha], relation: [blocks, activates, acts-on], object: [beta]}\n",
    "claims.yaml": "[]\n",
    "wording.yaml": "[]\n",
}


def masked(text: str, drug_first: bool) -> str:
    """The sentence with invented names in place of the marked ones."""
    one, two = NAMES if drug_first else reversed(NAMES)
    text = re.sub(r"<<.*?>>", one, text)
    return re.sub(r"\[\[.*?\]\]", two, text)


def parse(texts: list[str]) -> list[dict[str, Any]]:
    """The texts as `ketakb parse` reads them, one document each."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store")
        store.mkdir()
        (store / "sources").mkdir()
        for name, content in STORE.items():
            (store / name).write_text(content, encoding="utf-8")
        drafts = Path(folder, "texts")
        drafts.mkdir()
        for number, text in enumerate(texts):
            (drafts / f"{number:05}.txt").write_text(text + "\n", encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "ketakb",
            "parse",
            str(drafts),
            "--store",
            str(store),
            "--format",
            "json",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr or f"ketakb parse ended with {done.returncode}")
    return sorted(json.loads(done.stdout)["documents"], key=lambda document: str(document["path"]))


def answer(readings: list[dict[str, Any]]) -> int:
    """The direction that the readings of one sentence agree on best: -1, 1, or 0 for none."""
    joined: list[tuple[bool, int, int]] = []
    nearest: list[tuple[int, int]] = []
    for document in readings:
        for sentence in document["sentences"]:
            places = [(m["start"], m["end"]) for m in sentence["mentions"]]
            if len({m["entity"] for m in sentence["mentions"]}) < 2:
                continue
            for relation in sentence["relations"]:
                sign = -relation["polarity"] if relation["negated"] else relation["polarity"]
                start, end = relation["start"], relation["end"]
                if not sign:
                    continue
                if {relation["subject"], relation["object"]} == {"alpha", "beta"}:
                    covered = {
                        m["entity"] for m in sentence["mentions"] if start <= m["start"] and m["end"] <= end
                    }
                    joined.append((len(covered) < 2, end - start, sign))
                gap = min(max(start - last, first - end, 0) for first, last in places)
                nearest.append((gap, sign))
    if joined:
        return min(joined)[-1]
    return min(nearest)[-1] if nearest else 0


def figures(rows: list[tuple[int, int]]) -> str:
    """Share answered and share right of (expected, found) pairs."""
    given = sum(found != 0 for _, found in rows)
    right = sum(expected == found for expected, found in rows)
    total = max(len(rows), 1)
    return (
        f"rows {len(rows):5}  answered {given / total:.3f}  right of answers {right / max(given, 1):.3f}"
        f"  right of all {right / total:.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--misses", type=int, default=0, help="show this many misses, none of the rows set aside"
    )
    options = parser.parse_args()
    files = sorted(options.folder.glob("chemprot-*.jsonl"))
    if not files:
        print(f"skipped: no chemprot-*.jsonl in {options.folder}", file=sys.stderr)
        return 0
    rows: list[tuple[int, bool, str]] = []
    for file in files:
        for index, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            sign = -1 if row["label"] in DOWN else 1 if row["label"] in UP else 0
            if sign:
                rows.append((sign, index % 3 == 2, row["text"]))
    documents = parse([masked(text, first) for _, _, text in rows for first in (True, False)])
    worked: list[tuple[int, int]] = []
    aside: list[tuple[int, int]] = []
    misses = []
    for number, (sign, kept_aside, text) in enumerate(rows):
        pair = (sign, answer(documents[2 * number : 2 * number + 2]))
        (aside if kept_aside else worked).append(pair)
        if not kept_aside and pair[0] != pair[1]:
            misses.append(f"{pair[0]:+} read {pair[1]:+}: {text}")
    print("worked on  ", figures(worked))
    print("set aside  ", figures(aside))
    print("all        ", figures(worked + aside))
    for line in misses[: options.misses]:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Negation against the NegEx test kit: is the condition of each clinical sentence read as negated?

    python benchmarks/quality/negex.py FOLDER [--misses N]

FOLDER holds negex-*.tsv (line number, condition, sentence, Negated | Affirmed | Possible, ...). The conditions
become the entities of a small store, all sentences go through one `ketakb parse`, and the answer is whether
the mention of the condition is negated there (one that is only hedged away counts as possible). Figures are
given for all rows and apart for every third one, which is not looked at when cues are written.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

Row = tuple[str, str, str, str]
STORE = (
    "name: conditions\ntitle: Conditions\nlanguage: en\njurisdiction: US\ncopy_kind: editorial\n"
    "kinds: [review, news]\nweak_from: news\n"
)


def parse(rows: list[Row]) -> list[dict[str, Any]]:
    """The sentences as `ketakb parse` reads them, one document each, with a store that names the conditions."""
    ids = {name: f"c{number}" for number, name in enumerate(sorted({folded(row[1]) for row in rows}))}
    written: dict[str, set[str]] = {name: {name} for name in ids}
    for row in rows:
        if bare := " ".join(re.sub(r"[()|?*]", " ", row[1].lower()).split()):
            written[folded(row[1])].add(bare)  # with its commas and slashes
    with tempfile.TemporaryDirectory() as folder:
        store, drafts = Path(folder, "store"), Path(folder, "texts")
        (store / "sources").mkdir(parents=True)
        drafts.mkdir()
        (store / "store.yaml").write_text(STORE, encoding="utf-8")
        entities = "".join(
            f"  {key}: {{label: {json.dumps(name)}, kind: condition, names: {json.dumps(sorted(written[name]))}}}\n"
            for name, key in ids.items()
        )
        (store / "vocabulary.yaml").write_text(
            f"entities:\n{entities}relations: {{}}\nscales: {{}}\n", encoding="utf-8"
        )
        (store / "topics.yaml").write_text(
            "invented/any:\n  title: Any\n  question: What is it?\n  comparator: presence\n"
            "  needs: [subject]\n  frames: []\n",
            encoding="utf-8",
        )
        for name in ("claims.yaml", "wording.yaml"):
            (store / name).write_text("[]\n", encoding="utf-8")
        for number, row in enumerate(rows):
            (drafts / f"{number:05}.txt").write_text(row[2] + "\n", encoding="utf-8")
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
    documents = sorted(json.loads(done.stdout)["documents"], key=lambda document: str(document["path"]))
    return [dict(document, id=ids[folded(row[1])]) for document, row in zip(documents, rows, strict=True)]


def folded(condition: str) -> str:
    """The condition as the store names it: its words in lower case."""
    return " ".join(re.findall(r"[a-z0-9]+", condition.lower()))


def negated(document: dict[str, Any], row: Row) -> bool:
    """Whether the condition, in capitals where it occurs more than once, is negated in its sentence."""
    span = locate(row[2], row[1])
    if span is None:
        return False
    mentions = [m for sentence in document["sentences"] for m in sentence["mentions"]]
    near = [m for m in mentions if m["start"] < span[1] and span[0] < m["end"]]
    own = [m for m in near if m["entity"] == document["id"]] or near
    # What is only hedged away ("unlikely") counts as possible.
    return bool(own) and own[0]["negated"] and own[0]["certainty"] != "hedged"


def locate(sentence: str, condition: str) -> tuple[int, int] | None:
    """Where the condition stands: in capitals if it does, else in any case."""
    pattern = r"\s+".join(map(re.escape, condition.split()))
    for marked in (r"\s+".join(re.escape(word.upper()) for word in condition.split()), "(?i)" + pattern):
        if match := re.search(marked, sentence):
            return match.span()
    return None


def figures(rows: list[tuple[bool, bool]]) -> str:
    """Precision, recall and F1 of (expected, found) pairs."""
    hits = sum(expected and found for expected, found in rows)
    wanted = sum(expected for expected, _ in rows)
    given = sum(found for _, found in rows)
    precision, recall = hits / max(given, 1), hits / max(wanted, 1)
    f1 = 2 * hits / max(given + wanted, 1)
    counts = f"rows {len(rows):5}  negated {wanted:4}"
    return f"{counts}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="show this many misses, none of the rows set aside")
    options = parser.parse_args()
    files = sorted(options.folder.glob("negex-*.tsv"))
    if not files:
        print(f"skipped: no negex-*.tsv in {options.folder}", file=sys.stderr)
        return 0
    worked: list[tuple[bool, bool]] = []
    aside: list[tuple[bool, bool]] = []
    misses = []
    rows: list[tuple[int, Row]] = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            lines = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
        rows += [(index, (line[0], line[1], line[2], line[3])) for index, line in enumerate(lines)]
    for (index, row), document in zip(rows, parse([row for _, row in rows]), strict=True):
        pair = (row[3] == "Negated", negated(document, row))
        (aside if index % 3 == 2 else worked).append(pair)
        if index % 3 != 2 and pair[0] != pair[1]:
            misses.append(f"{row[0]}: {row[3]}, read {'negated' if pair[1] else 'not'}: {row[1]} | {row[2]}")
    print("worked on  ", figures(worked))
    print("set aside  ", figures(aside))
    print("all        ", figures(worked + aside))
    for line in misses[: options.misses]:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Negation against the NegEx test kit: is the condition of each clinical sentence read as negated?

    python benchmarks/quality/negex.py FOLDER [--misses N]

FOLDER holds negex-*.tsv (line number, condition, sentence, Negated | Affirmed | Possible, ...). Figures are
given for all rows and apart for every third one, which is not looked at when cues are written.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path

from ketakb.language.scopes import find_scopes, status_at
from ketakb.language.sentences import split_sentences
from ketakb.language.tokens import tokenize


def negated(sentence: str, condition: str) -> bool:
    """Whether the condition, in capitals where it occurs more than once, is negated in the sentence."""
    span = locate(sentence, condition)
    if span is None:
        return False
    for part in split_sentences(sentence):
        if part.start <= span[0] < part.end:
            tokens = tokenize(sentence, part.start, part.end)
            inside = [at for at, token in enumerate(tokens) if token.start < span[1] and span[0] < token.end]
            status = status_at(find_scopes(tokens), inside[0], inside[-1] + 1)
            # What is only hedged away ("unlikely") counts as possible.
            return status.negated and status.certainty != "hedged"
    return False


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
    parser.add_argument(
        "--misses", type=int, default=0, help="show this many misses, none of the rows set aside"
    )
    options = parser.parse_args()
    files = sorted(options.folder.glob("negex-*.tsv"))
    if not files:
        print(f"skipped: no negex-*.tsv in {options.folder}", file=sys.stderr)
        return 0
    worked: list[tuple[bool, bool]] = []
    aside: list[tuple[bool, bool]] = []
    misses = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
        for index, (number, condition, sentence, status, *_) in enumerate(rows):
            pair = (status == "Negated", negated(sentence, condition))
            (aside if index % 3 == 2 else worked).append(pair)
            if index % 3 != 2 and pair[0] != pair[1]:
                read = "negated" if pair[1] else "not"
                misses.append(f"{number}: {status}, read {read}: {condition} | {sentence}")
    print("worked on  ", figures(worked))
    print("set aside  ", figures(aside))
    print("all        ", figures(worked + aside))
    for line in misses[: options.misses]:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Learn the weights of a store's second reading from annotated copy, and write its learned.yaml.

    pip install scikit-learn
    python training/train.py                      # training/copy.jsonl -> data/learned.yaml

Copy is read with the store as it is, so train anew when its word lists have changed much. Weights of words are learned
from all copy. How much they count beside the findings of rules is learned from copy that no rule was written for
(`fresh`), each part weighed by what the others taught.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from ketakb.app import check_store
from ketakb.compare.index import index_claims
from ketakb.extract.compiled import compile_store
from ketakb.extract.document import read_document
from ketakb.extract.weighing import Weighed
from ketakb.readers.choose import read_as
from ketakb.rules.drafts import judge_document
from ketakb.rules.second import SecondReading, record_key
from ketakb.store.learned import BITS, LENT, PAIRED, TOPIC_BITS, bucket_of, bucket_of_pair, packed
from ketakb.terms import Learned
from ketakb.values import replace

ROOT = Path(__file__).parent.parent
PROBLEMS = {"contradicted", "overclaim", "stale"}
NEUTRAL = {"unverifiable", "doubtful"}
SIGNS = ("doubt", "stale", "promise", "status", "other", "alarm", "record", "named", "outside", "supported")
STRENGTH = 6.0
"""Inverse of the penalty on weights of words, as multiples of their log-count ratios."""
TOPIC_STRENGTH = 8.0
FOLDS = 6


class Recorder:
    """Stands in for weights: notes what each clause is made of."""

    def __init__(self) -> None:
        self.words: list[dict[int, float]] = []
        self.topics: list[dict[int, float]] = []

    def hashed(self, features: Iterable[str]) -> list[str]:
        """Return features as they are."""
        return list(features)

    def doubt(self, own: Sequence[str], lent: Sequence[str], telling: Sequence[str]) -> float:
        """Note a clause, and return the number of its row."""
        words: dict[int, float] = defaultdict(float)
        topics: dict[int, float] = defaultdict(float)
        for features, share in ((own, 1.0), (lent, LENT)):
            for feature in features:
                words[bucket_of(feature)] += share / math.sqrt(len(features))
                topics[bucket_of(feature, TOPIC_BITS)] += share / math.sqrt(len(features))
        pairs = list(combinations(telling, 2))
        for one, two in pairs:
            words[bucket_of_pair(one, two)] += PAIRED / math.sqrt(len(pairs))
        self.words.append(dict(words))
        self.topics.append(dict(topics))
        return float(len(self.words) - 1)


@dataclass
class Clause:
    """One clause of annotated copy."""

    row: int
    group: str
    fresh: bool
    problem: bool
    neutral: bool
    topics: frozenset[str]
    """Of the items in it that are no problem."""
    marked: frozenset[str]
    """Of those that are."""
    signs: dict[str, float] = field(default_factory=dict)


def overlaps(item: dict[str, Any], start: int, end: int) -> bool:
    """Whether an item touches a stretch of its text."""
    return item["start"] < end and start < item["end"]


def read(
    records: Sequence[dict[str, Any]], as_of: str
) -> tuple[csr_matrix, csr_matrix, list[Clause], Counter[str]]:
    """Return the clauses of records: what they are made of, for odds and for topics, what is known; and the record."""
    store, problems = check_store(ROOT / "data", as_of)
    if any(problem.severity == "error" and Path(problem.path).name != "learned.yaml" for problem in problems):
        raise SystemExit("the store is not sound: run `ketakb check`")
    store = replace(store, learned=None)
    recorder = Recorder()
    lexicon = replace(compile_store(store), weights=recorder)
    index = index_claims(store, datetime.date.fromisoformat(as_of))
    kept = []
    record: Counter[str] = Counter()
    for one in records:
        document = read_as("copy.md", one["text"])
        reading = read_document(lexicon, document)
        draft = judge_document(index, document.text, reading, store.copy_kind, store.jurisdiction)
        kept.append((one, document.text, reading.weighed, draft))
        frames = {(j.reading.span, j.reading.assertion.topic): j.reading.frame for j in draft.judged}
        for finding in draft.findings:
            if finding.span is None or finding.severity not in ("error", "warning"):
                continue
            right = [i for i in one["items"] if i["verdict"] in PROBLEMS]
            if any(overlaps(item, finding.span.start, finding.span.end) for item in right):
                record[record_key(finding, frames)] += 1
    clauses = []
    known = replace_record(store, record)
    for one, text, weighed, draft in kept:
        second = SecondReading(replace(index, store=known), text, weighed, None)
        for clause, signs in second.signs_of(draft.judged, draft.findings):
            clauses.append(labelled(one, clause, signs))
    rows = [clause.row for clause in clauses]
    return matrix(recorder.words, BITS)[rows], matrix(recorder.topics, TOPIC_BITS)[rows], clauses, record


def replace_record(store: Any, record: Counter[str]) -> Any:
    """Return a store that knows how often its frames were right."""
    return replace(store, learned=Learned("", {}, {name: float(n) for name, n in record.items()}, (), (), "", ""))


def labelled(record: dict[str, Any], clause: Weighed, signs: dict[str, float]) -> Clause:
    """Return a clause with what annotators said of it."""
    items = [item for item in record["items"] if overlaps(item, clause.span.start, clause.span.end)]
    return Clause(
        int(clause.doubt),
        record["group"],
        bool(record.get("fresh")),
        any(item["verdict"] in PROBLEMS for item in items),
        any(item["verdict"] in NEUTRAL for item in items),
        frozenset(item["topic"] for item in items if item["verdict"] not in PROBLEMS),
        frozenset(item["topic"] for item in items if item["verdict"] in PROBLEMS),
        signs,
    )


def matrix(rows: Sequence[dict[int, float]], bits: int) -> csr_matrix:
    """Return rows as a sparse matrix over all buckets."""
    places = np.cumsum([0, *(len(row) for row in rows)])
    columns = [bucket for row in rows for bucket in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((values, columns, places), shape=(len(rows), 1 << bits))


@dataclass(frozen=True)
class Fitted:
    """Weights of a linear model."""

    weights: np.ndarray
    bias: float

    def odds(self, x: csr_matrix) -> np.ndarray:
        """Return the log-odds of rows."""
        return x @ self.weights + self.bias


def fitted_by_ratio(x: csr_matrix, y: np.ndarray) -> Fitted:
    """Return a logistic regression over log-count ratios: what stands about as often on both sides counts little."""
    ones = (x > 0).astype(float)
    with_it = np.asarray(ones[y].sum(axis=0)).ravel()
    without = np.asarray(ones[~y].sum(axis=0)).ravel()
    share = float(y.mean())
    ratio = np.log((with_it + share) / y.sum()) - np.log((without + 1 - share) / (~y).sum())
    model = fitted(x.multiply(ratio[None, :]).tocsr(), y, STRENGTH)
    return Fitted(model.coef_[0] * ratio, float(model.intercept_[0]))


def fitted(x: csr_matrix, y: np.ndarray, strength: float) -> LogisticRegression:
    """Return a logistic regression."""
    return LogisticRegression(C=strength, solver="liblinear", intercept_scaling=10.0).fit(x, y)


def folds(clauses: Sequence[Clause]) -> Iterator[set[str]]:
    """Yield groups of fresh copy to be left out, each once."""
    groups = sorted({clause.group for clause in clauses if clause.fresh})
    for number in range(min(FOLDS, len(groups))):
        yield set(groups[number::FOLDS])


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("copy", nargs="*", type=Path, default=[ROOT / "training" / "copy.jsonl"])
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "learned.yaml")
    parser.add_argument("--as-of", default=datetime.date.today().isoformat())
    options = parser.parse_args()
    records = [json.loads(line) for path in options.copy for line in path.read_text(encoding="utf-8").splitlines()]
    x, by_words, clauses, record = read(records, options.as_of)
    plain = np.array([clause.problem or not clause.neutral for clause in clauses])
    problem = np.array([clause.problem for clause in clauses])
    fresh = np.array([clause.fresh for clause in clauses])
    groups = np.array([clause.group for clause in clauses])
    topics = sorted({topic for clause in clauses for topic in clause.topics | clause.marked})

    # how much the words count beside the findings
    doubt = np.zeros(len(clauses))
    by_topic = np.full((len(clauses), len(topics)), -9.0)
    labels = np.array([[topic in clause.topics for topic in topics] for clause in clauses])
    spoken = np.array([[topic in clause.topics | clause.marked for topic in topics] for clause in clauses])
    for left in folds(clauses):
        out = np.isin(groups, list(left))
        doubt[out] = fitted_by_ratio(x[~out & plain], problem[~out & plain]).odds(x[out])
        for number in range(len(topics)):
            if spoken[~out, number].sum() >= 5:
                model = fitted(by_words[~out], spoken[~out, number], TOPIC_STRENGTH)
                by_topic[out, number] = model.decision_function(by_words[out])
    signs = np.array([[clause.signs.get(name, 0.0) for name in SIGNS] for clause in clauses])
    signs[:, 0] = doubt
    beside = fitted(signs[fresh & plain], problem[fresh & plain], 1.0)

    # the weights themselves, from everything
    words = fitted_by_ratio(x[plain], problem[plain])
    step, table = steps(words.weights)
    topic_models = [fitted(by_words, spoken[:, number], TOPIC_STRENGTH) for number in range(len(topics))]
    topic_step, packed_topics = by_bucket(np.array([model.coef_[0] for model in topic_models]))
    numbers = {
        "bias": words.bias,
        "step": step,
        "topic-step": topic_step,
        "topic-from": -2.5,
        "base": float(beside.intercept_[0]),
        **{f"sign-{name}": float(weight) for name, weight in zip(SIGNS, beside.coef_[0], strict=True)},
        "note-below": -1.3,
        "raise-from": -0.2,
        "link-from": 0.9,
        "link-doubt": 0.0,
        "least-words": 30,
    }
    count = len(records), len(clauses), int(problem.sum())
    made_of = f"{count[0]} pieces of annotated copy with {count[1]} clauses, of which {count[2]} are marked"
    write(options.out, made_of, numbers, record, topics, topic_models, table, packed_topics)
    odds = beside.decision_function(signs)
    report(clauses, fresh, odds, doubt, by_topic, labels, problem, signs)


def steps(weights: np.ndarray) -> tuple[float, bytes]:
    """Return weights as signed bytes, and what one step is worth."""
    step = float(np.abs(weights).max()) / 127
    return step, np.rint(weights / step).astype(np.int8).tobytes()


def by_bucket(weights: np.ndarray) -> tuple[float, bytes]:
    """Return the weights of topics that matter as bytes, bucket after bucket, and what one step is worth."""
    step = float(np.abs(weights).max()) / 127
    small = np.rint(weights / step).astype(np.int8)
    least = 4
    counts, topics, values = bytearray(), bytearray(), bytearray()
    for column in range(small.shape[1]):
        kept = np.nonzero(np.abs(small[:, column].astype(int)) >= least)[0]
        counts.append(len(kept))
        topics += bytes(kept.tolist())
        values += small[kept, column].tobytes()
    return step, bytes(counts + topics + values)


def write(
    path: Path,
    made_of: str,
    numbers: dict[str, float],
    record: Counter[str],
    topics: Sequence[str],
    models: Sequence[LogisticRegression],
    table: bytes,
    packed_topics: bytes,
) -> None:
    """Write learned.yaml, whole or not at all."""
    lines = [
        "# yaml-language-server: $schema=../docs/schema/learned.schema.json",
        "# Written by training/train.py; not to be edited.",
        f"made_of: {made_of}",
        "numbers:",
        *(f"  {name}: {value:.6f}" for name, value in numbers.items()),
        "record:",
        *(f"  {json.dumps(name)}: {count}" for name, count in sorted(record.items())),
        "topics:",
        *(f"  {name}: {float(model.intercept_[0]):.4f}" for name, model in zip(topics, models, strict=True)),
        "doubt: |",
        *(f"  {line}" for line in packed(table).splitlines()),
        "by_topic: |",
        *(f"  {line}" for line in packed(packed_topics).splitlines()),
    ]
    new = path.with_suffix(".new")
    new.write_text("\n".join(lines) + "\n", encoding="utf-8")
    new.replace(path)


def report(clauses, fresh, odds, doubt, by_topic, labels, problem, signs) -> None:
    """Print how right the second reading was on copy left out."""
    alarm = signs[:, SIGNS.index("alarm")] > 0
    neutral = np.array([clause.neutral for clause in clauses])
    for low in (-99, -3, -2.5, -2, -1.7, -1.5, -1.3, -1, -0.7, -0.5):
        told = fresh & alarm & (odds > low)
        right, wrong = (told & problem).sum(), (told & ~problem & ~neutral).sum()
        print(f"note-below {low:5}: precision {right / max(1, right + wrong):.3f} {right} of {right + wrong}")
    for high in (1, 0.6, 0.3, 0, -0.2, -0.4, -0.6):
        told = fresh & ~alarm & (odds > high)
        right, wrong = (told & problem).sum(), (told & ~problem & ~neutral).sum()
        print(f"raise-from {high:5}: precision {right / max(1, right + wrong):.3f} {right} of {right + wrong}")
    print(f"fresh problems {(fresh & problem).sum()} of {fresh.sum()} clauses")
    for least in (-0.4, 0, 0.4, 0.85, 1.4):
        told = (by_topic > least) & fresh[:, None] & (doubt < 0)[:, None]
        print(f"link-from {least:5}: precision {(told & labels).sum() / max(1, told.sum()):.3f}"
              f" recall {(told & labels).sum() / (labels & fresh[:, None]).sum():.3f}")


if __name__ == "__main__":
    main()

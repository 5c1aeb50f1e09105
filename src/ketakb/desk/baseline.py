"""A baseline: the findings that stood when a team began, so that only new ones are reported."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ketakb.desk.paths import path_in
from ketakb.errors import UsageError
from ketakb.hints import Any
from ketakb.results import DocumentReport
from ketakb.text import read_text
from ketakb.values import dataclass

SCHEMA = "ketakb.baseline/1"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings by draft and fingerprint, and how often each stood."""

    file: Path
    found: dict[str, Counter[str]]

    def of(self, draft: str) -> Counter[str]:
        """Return how often each fingerprint stood in a draft."""
        return Counter(self.found.get(path_in(self.file, draft), ()))


def read_baseline(file: Path) -> Baseline:
    """Return the baseline in a file. Raises UsageError where it is none."""
    text = read_text(file)
    try:
        data: Any = json.loads(text)
        if data["schema"] != SCHEMA:
            raise KeyError("schema")
        found: dict[str, Counter[str]] = {}
        for one in data["findings"]:
            found.setdefault(str(one["path"]), Counter())[str(one["fingerprint"])] += int(one["count"])
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{file}:{error.lineno}:{error.colno}: {error.msg}; write the baseline anew"
        ) from None
    except (KeyError, TypeError, ValueError, RecursionError):
        message = f"{file}: is no baseline ({SCHEMA}); `ketakb audit PATH --write-baseline {file}` writes one"
        raise UsageError(message) from None
    return Baseline(file, found)


def write_baseline(file: Path, documents: Iterable[DocumentReport]) -> int:
    """Write the findings of drafts, and return how many there are."""
    from ketakb.desk.files import put

    entries: list[dict[str, Any]] = []
    for document in documents:
        path = path_in(file, document.path)
        counts = Counter(finding.fingerprint for finding in document.findings)
        rules = {finding.fingerprint: finding for finding in document.findings}
        for mark, count in counts.items():
            span = rules[mark].span
            text = " ".join(document.text[span.start : span.end].split()) if span else None
            one = {"path": path, "rule": rules[mark].rule, "fingerprint": mark, "count": count, "text": text}
            entries.append(one)
    entries.sort(key=lambda one: (one["path"], one["rule"], one["fingerprint"]))
    put(file, {"schema": SCHEMA, "findings": entries})
    return sum(one["count"] for one in entries)

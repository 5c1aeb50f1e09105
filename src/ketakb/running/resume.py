"""Which drafts were read before, so that a run goes on where one ended: digests and counts, no text.

The file is JSON lines: first what all was read with, then a line for each draft as it was finished. It is begun anew
where the store, the configuration, the version or what is asked for has changed. Another day alone changes nothing,
unless a claim begins or ceases to hold in between, or the year ends, by which texts are read.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from ketakb.compare.index import ClaimIndex
from ketakb.errors import UsageError
from ketakb.hints import Any, BinaryIO
from ketakb.results import Totals
from ketakb.running.work import Finished, Job
from ketakb.text import decode

SCHEMA = "ketakb.resume/1"
_COUNTS = ("errors", "warnings", "notes", "silenced")


class Resume:
    """What was read before, and where what is read now is noted."""

    def __init__(self, stream: BinaryIO, known: dict[str, tuple[str, Totals]], cut: int | None = None) -> None:
        """Take the file, at whose end lines are added, and what it holds by path."""
        self._stream, self._known = stream, known
        self.cut = cut
        """Line at the end of the file that was cut short and left out; None where none was."""

    def known(self, path: str) -> str | None:
        """Return the mark of a draft as it was last read; None where it was not."""
        return self._known[path][0] if path in self._known else None

    def totals(self, path: str) -> Totals:
        """Return what was found in a draft when it was last read."""
        return self._known[path][1]

    def note(self, finished: Finished) -> None:
        """Note a draft whose results have been written."""
        counts = asdict(finished.totals)
        line = {"path": finished.path, "mark": finished.mark, **{name: counts[name] for name in _COUNTS}}
        self._stream.write(json.dumps(line).encode() + b"\n")
        self._stream.flush()


@contextlib.contextmanager
def resuming(file: Path, job: Job, version: str) -> Iterator[Resume]:
    """Open the file of a run. Raises UsageError where it holds something else or cannot be written."""
    try:
        raw = file.read_bytes() if file.exists() else b""
        whole = raw[: raw.rfind(b"\n") + 1]
        lines = decode(whole, str(file)).splitlines()
        head = _head(job, version)
        known = _lines(file, lines) if _goes_on(file, lines, raw, head, job) else None
        with file.open("r+b" if file.exists() else "x+b") as stream:
            stream.truncate(len(whole) if known is not None else 0)
            stream.seek(0, 2)
            if known is None:
                stream.write(json.dumps(head).encode() + b"\n")
                stream.flush()
            cut = len(lines) + 1 if known is not None and len(whole) < len(raw) else None
            yield Resume(stream, known or {}, cut)
    except OSError as error:
        raise UsageError(f"{file}: cannot be used for --resume: {error.strerror or error}") from error


def _head(job: Job, version: str) -> dict[str, Any]:
    desk, options = job.desk, job.options
    asked = {
        "kind": options.kind,
        "jurisdiction": options.jurisdiction,
        "cite": options.cite,
        "select": job.select,
        "ignore": job.ignore,
        "baseline": _digest(desk.baseline.file.read_bytes()) if desk.baseline else None,
    }
    return {
        "schema": SCHEMA,
        "version": version,
        "store": job.store.digest,
        "configuration": desk.config.digest,
        "asked": _digest(json.dumps(asked, sort_keys=True).encode()),
        "as_of": options.as_of,
    }


def _digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _goes_on(file: Path, lines: list[str], raw: bytes, head: dict[str, Any], job: Job) -> bool:
    """Whether what the file holds still counts. Raises UsageError where it is no such file."""
    if not raw:
        return False
    try:
        held = json.loads(lines[0])
        if held["schema"] != SCHEMA:
            raise ValueError
        then = datetime.date.fromisoformat(held["as_of"])
    except (IndexError, ValueError, KeyError, TypeError, RecursionError):
        message = f"{file}: holds something else than what --resume writes ({SCHEMA}); name another file"
        raise UsageError(message) from None
    same = all(held.get(name) == value for name, value in head.items() if name != "as_of")
    return same and _same_day(job, then, datetime.date.fromisoformat(head["as_of"]))


def _same_day(job: Job, then: datetime.date, now: datetime.date) -> bool:
    """Whether texts are read alike on two days."""
    before, after = ClaimIndex(job.store, then), ClaimIndex(job.store, now)
    dated = [claim for claim in job.store.claims.values() if claim.valid_from or claim.valid_to]
    return then.year == now.year and all(before.in_force(claim) == after.in_force(claim) for claim in dated)


def _lines(file: Path, lines: list[str]) -> dict[str, tuple[str, Totals]]:
    known = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            held = json.loads(line)
            counts = {name: held[name] for name in _COUNTS}
            if not all(type(count) is int and count >= 0 for count in counts.values()):
                raise ValueError
            if not (isinstance(held["path"], str) and isinstance(held["mark"], str)):
                raise ValueError
        except (ValueError, KeyError, TypeError, RecursionError):
            message = f"{file}:{number}: is no line that --resume writes; remove the file to read all drafts again"
            raise UsageError(message) from None
        known[held["path"]] = (held["mark"], Totals(**counts, documents=1))
    return known

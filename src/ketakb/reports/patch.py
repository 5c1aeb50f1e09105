"""Edits as a patch: unified, with names as given, for `patch -p0` and `git apply -p0`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from ketakb.desk.edits import Edit
from ketakb.hints import IO
from ketakb.reports.paper import safe
from ketakb.results import DocumentReport, Finding
from ketakb.text import LineIndex
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Mended:
    """A draft with the edits that are proposed for it."""

    report: DocumentReport
    path: str
    """As the patch names it."""
    edits: tuple[Edit, ...]


def write(drafts: Iterable[Mended], stream: IO[str]) -> None:
    """Write the edits of drafts as one patch; above each draft's part stands why, in lines that begin with `#`."""
    for draft in drafts:
        if draft.edits:
            _write_draft(draft, stream)


def _write_draft(draft: Mended, stream: IO[str]) -> None:
    before = draft.report.text
    lines = LineIndex(before)
    findings = {finding.fingerprint: finding for finding in draft.report.findings}
    for edit in draft.edits:
        place = lines.position(edit.span.start)
        name = _name(findings.get(edit.fingerprint))
        stream.write(f"# {safe(draft.report.path)}:{place.line}:{place.column}: {name}{safe(edit.why)}\n")
    after = applied(before, draft.edits)
    # a name with white space ends in a tab, as GNU diff writes it
    name = f"{draft.path}\t" if any(letter.isspace() for letter in draft.path) else draft.path
    for line in difflib.unified_diff(_lines(before), _lines(after), name, name, lineterm="\n"):
        ending = "" if line.endswith("\n") else "\n\\ No newline at end of file\n"
        stream.write(line + ending)


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits made that do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = edit.applied(text)
    return text


def _name(finding: Finding | None) -> str:
    return f"{finding.rule} {finding.name}: " if finding else ""


def _lines(text: str) -> list[str]:
    """Return lines as `patch` counts them: only a line feed ends one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines

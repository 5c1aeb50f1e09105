"""What `audit --diff` prints: replacements that fit by construction, as a patch. Nothing is written to a draft."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ketakb.errors import UsageError
from ketakb.hints import TYPE_CHECKING
from ketakb.values import replace

if TYPE_CHECKING:
    from ketakb.cli.backend import Question
    from ketakb.model import Store
    from ketakb.reports.patch import Mended
    from ketakb.results import AuditReport, DocumentReport

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def check_diffable(paths: Sequence[str]) -> None:
    """Check, before the work is done, that a patch can name what it changes. Raises UsageError."""
    if not paths:
        raise UsageError("--diff needs PATHs: it proposes replacements in drafts")
    if "-" in paths:
        raise UsageError("--diff: standard input has no name to patch; give it one with --stdin-filename")


def write_diff(report: AuditReport, store: Store, question: Question, out: Path | None, notes: bool) -> None:
    """Write the patch to a file or to standard output, and on standard error how much it holds."""
    from ketakb.cli import output
    from ketakb.reports import patch

    left_out = [path for path in (one.path for one in report.documents) if _why_not(path)]
    for path in left_out:
        output.tell(f"{path}: {_why_not(path)}")
    reports = [_counting(one, notes) for one in report.documents if one.path not in left_out]
    drafts = _mended(reports, store, question)
    output.put(out, lambda stream: patch.write(drafts, stream), exact=True)
    number = sum(len(draft.edits) for draft in drafts)
    findings = sum(len(one.findings) for one in reports)
    output.tell(f"{_count(number, 'replacement')} proposed for {_count(findings, 'finding')}; no draft was changed")
    if any(draft.edits and not _is_local(draft.path) for draft in drafts):
        output.tell("patch refuses files outside the current folder: run it there, or name the file to it")


def _counting(report: DocumentReport, notes: bool) -> DocumentReport:
    """Return a report with the findings that are to be mended."""
    return report if notes else replace(report, findings=tuple(f for f in report.findings if f.severity != "note"))


def _mended(reports: list[DocumentReport], store: Store, question: Question) -> list[Mended]:
    from ketakb.cli import backend
    from ketakb.reports.patch import Mended

    edits = backend.propose_edits(store, reports, question)
    return [Mended(one, _named(one.path), found) for one, found in zip(reports, edits, strict=True)]


def _why_not(path: str) -> str | None:
    """Return why no patch can be made of a draft; None where one can."""
    if path.lower().endswith(".docx"):
        return "a Word file cannot be patched; --annotate writes a copy with comments"
    try:
        with Path(path).open("rb") as file:
            return "a UTF-16 file cannot be patched; save it as UTF-8" if file.read(2) in _UTF_16 else None
    except OSError:
        return None  # standard input under a name


def _named(path: str) -> str:
    """Return a path as patch takes it: from the current folder where the file lies beneath it."""
    given = Path(path)
    if given.is_absolute() and given.is_relative_to(Path.cwd()):
        return given.relative_to(Path.cwd()).as_posix()
    return given.as_posix()


def _is_local(path: str) -> bool:
    return not Path(path).is_absolute() and ".." not in Path(path).parts


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

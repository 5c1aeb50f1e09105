"""From a finding to the edit that settles it: only where it fits by construction, and never a sentence of its own.

An edit takes the place of one term, one number or one verb. Whatever needs more is the editor's work, so most findings
have none. Each is made on a copy of the draft and read again before it is proposed; see `ketakb.desk.edits`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ketakb.desk.edits import Edit, is_settled
from ketakb.desk.fix_numbers import fix_number
from ketakb.desk.fix_terms import fix_first, fix_target, fix_term
from ketakb.desk.fix_words import fix_relation
from ketakb.desk.fixable import Clause, clause_of
from ketakb.extract.lexicon import Lexicon
from ketakb.readers.choose import read_as
from ketakb.readers.document import Document
from ketakb.results import DocumentReport, Finding
from ketakb.text import Span
from ketakb.values import replace

Reread = Callable[[str], DocumentReport]
"""Audits another text of the draft as the draft itself was: same path, day, kind of copy and jurisdiction."""

_MARKUP = re.compile(r"[<>&*_`\\\[\]|{}~#\n]")
"""What could be read as markup in one of the formats that edits are made in."""

_FIXERS: tuple[Callable[[Clause], Edit | None], ...] = (fix_term, fix_relation, fix_target, fix_number)


def candidate(lexicon: Lexicon, document: Document, report: DocumentReport, finding: Finding) -> Edit | None:
    """Return the edit that would settle a finding of a report on a document, not yet tried; None where none fits."""
    if finding.span is None:
        edit = fix_first(lexicon.store, document, finding)
        return edit if edit is not None and _is_plain(document, edit) else None
    clause = clause_of(lexicon, document, report, finding)
    tried = (fixer(clause) for fixer in _FIXERS) if clause else ()
    return next((edit for edit in tried if edit is not None and _is_plain(document, edit)), None)


def propose(
    lexicon: Lexicon, document: Document, report: DocumentReport, finding: Finding, reread: Reread
) -> Edit | None:
    """Return the edit that settles a finding, tried by reading the draft again with it; None where none does."""
    edit = candidate(lexicon, document, report, finding)
    if edit is None or not is_settled(report, reread(edit.applied(report.text)), finding, edit):
        return None
    return edit


def propose_all(
    lexicon: Lexicon, report: DocumentReport, findings: Sequence[Finding], reread: Reread
) -> tuple[Edit, ...]:
    """Return edits for some findings of a report, by place: no two touch, and each was tried with those before it."""
    now = report
    made: list[Edit] = []
    for finding in findings:
        here = _found_again(now, finding, made)
        edit = propose(lexicon, read_as(now.path, now.text), now, here, reread) if here else None
        if edit is not None and not _touches(edit, made):
            made.append(edit)
            now = reread(edit.applied(now.text))
    return tuple(sorted((_as_first(edit, made[:number]) for number, edit in enumerate(made)), key=lambda e: e.span))


def _found_again(now: DocumentReport, finding: Finding, made: Sequence[Edit]) -> Finding | None:
    """Return a finding as it stands in a report on the draft with some edits made; None where its words changed."""
    span = finding.span
    for edit in made:
        span = span and edit.moved(span)
    return next((one for one in now.findings if (one.span, one.fingerprint) == (span, finding.fingerprint)), None)


def _touches(edit: Edit, made: Sequence[Edit]) -> bool:
    """Whether an edit lies on or beside one that was made before it."""
    for number, other in enumerate(made):
        written = Span(other.span.start, other.span.start + len(other.replacement))
        for later in made[number + 1 :]:
            written = later.moved(written)
        if edit.span.start <= written.end and written.start <= edit.span.end:
            return True
    return False


def _as_first(edit: Edit, made: Sequence[Edit]) -> Edit:
    """Return an edit with its place in the draft as it was before any was made."""
    span = edit.span
    for other in reversed(made):
        span = other.before(span)
    return replace(edit, span=span)


def _is_plain(document: Document, edit: Edit) -> bool:
    """Whether what is replaced stands in the file as it is read: no markup lies inside, and something changes."""
    start, end = edit.span.start, edit.span.end
    before = document.text[start:end]
    if before != document.plain[start:end] or before == edit.replacement or "\n" in before:
        return False
    return _MARKUP.search(edit.replacement) is None


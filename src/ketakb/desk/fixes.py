"""From a finding to the edit that settles it: only where it fits by construction, and never a sentence of its own.

An edit takes the place of one term, one number or one verb. Whatever needs more is the editor's work, so most findings
have none. Each is made on a copy of the draft and read again before it is proposed; see `ketakb.desk.edits`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ketakb.desk.edits import Edit, is_settled
from ketakb.desk.fix_words import fix_relation
from ketakb.desk.fixable import Clause, clause_of
from ketakb.extract.lexicon import Lexicon
from ketakb.readers.document import Document
from ketakb.results import DocumentReport, Finding

Reread = Callable[[str], DocumentReport]
"""Audits another text of the draft as the draft itself was: same path, day, kind of copy and jurisdiction."""

_MARKUP = re.compile(r"[<>&*_`\\\[\]|{}~#\n]")
"""What could be read as markup in one of the formats that edits are made in."""

_FIXERS: tuple[Callable[[Clause], Edit | None], ...] = (fix_relation,)


def candidate(lexicon: Lexicon, document: Document, report: DocumentReport, finding: Finding) -> Edit | None:
    """Return the edit that would settle a finding of a report on a document, not yet tried; None where none fits."""
    clause = clause_of(lexicon, document, report, finding)
    if clause is None:
        return None
    for fixer in _FIXERS:
        edit = fixer(clause)
        if edit is not None and _is_plain(document, edit):
            return edit
    return None


def propose(
    lexicon: Lexicon, document: Document, report: DocumentReport, finding: Finding, reread: Reread
) -> Edit | None:
    """Return the edit that settles a finding, tried by reading the draft again with it; None where none does."""
    edit = candidate(lexicon, document, report, finding)
    if edit is None or not is_settled(report, reread(edit.applied(report.text)), finding, edit):
        return None
    return edit


def propose_all(
    lexicon: Lexicon, document: Document, report: DocumentReport, findings: Sequence[Finding], reread: Reread
) -> tuple[Edit, ...]:
    """Return edits for some findings of a report, by place; no two overlap, and each holds beside the others."""
    found: list[Edit] = []
    for finding in findings:
        edit = propose(lexicon, document, report, finding, reread)
        if edit is not None and not any(_touch(edit, other) for other in found):
            found.append(edit)
    return tuple(sorted(found, key=lambda edit: edit.span))


def _is_plain(document: Document, edit: Edit) -> bool:
    """Whether what is replaced stands in the file as it is read: no markup lies inside, and something changes."""
    start, end = edit.span.start, edit.span.end
    before = document.text[start:end]
    if before != document.plain[start:end] or before == edit.replacement or "\n" in before:
        return False
    return _MARKUP.search(edit.replacement) is None


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end

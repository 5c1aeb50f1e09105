"""Remarks in a draft: `<!-- ketakb: ignore KB204 reason -->` silences a rule in the block that it belongs to.

That is the block on whose line the remark stands, else the next one. Before all text it also silences
findings on the document as a whole.
"""

from __future__ import annotations

import re

from ketakb.desk.idle import idle
from ketakb.readers.document import Document
from ketakb.results import DocumentReport, Finding, Silence, Silenced
from ketakb.rules.registry import all_rules
from ketakb.text import LineIndex, Span
from ketakb.values import replace

_PREFIX = re.compile(r"KB\d{1,3}\Z", re.IGNORECASE)


def heed_remarks(report: DocumentReport, document: Document) -> DocumentReport:
    """Return a report without what remarks silence, and with a finding for each idle one."""
    findings, silenced, idles = list(report.findings), list(report.silenced), []
    lines = LineIndex(document.text)
    for span, given, reason in document.ignores:
        prefixes, wrong = rule_names(given)
        if wrong or not reason:
            idles.append(idle(_unfit(given, wrong), span))
            continue
        block = _block_of(document, span)
        hit = [f for f in findings if f.rule.startswith(prefixes) and _covers(f, block, document, span)]
        if not hit:
            message = f"This remark silences nothing: {given} reports nothing here. Remove it."
            idles.append(idle(message, span))
        silence = Silence("remark", reason, f"{report.path}:{lines.position(span.start).line}")
        findings = [finding for finding in findings if finding not in hit]
        silenced += [Silenced(finding, silence) for finding in hit]
    return replace(report, findings=(*findings, *idles), silenced=tuple(silenced))


def rule_names(given: str) -> tuple[tuple[str, ...], str]:
    """Return prefixes of rules from ids, prefixes or names parted by commas, and the first that is none."""
    names = {rule.name: rule.id for rule in all_rules().values()}
    found = []
    for part in given.strip(",").split(","):
        prefix = names.get(part.lower(), part.upper())
        if not _PREFIX.match(prefix):
            return (), part or given
        found.append(prefix)
    return tuple(found), ""


def _unfit(given: str, wrong: str) -> str:
    if wrong:
        return (
            f"This remark silences nothing: “{wrong}” is no rule; write KB204 or its name, then the reason."
        )
    return f"This remark silences nothing: it gives no reason; write why behind {given}."


def _block_of(document: Document, remark: Span) -> Span | None:
    """Return the block that a remark belongs to: around it or on its line, else the next one."""
    blocks = [block.span for block in document.blocks if block.span.start < block.span.end]
    for span in blocks:
        if span.overlaps(remark) or _one_line(document.plain, span, remark):
            return span
    return next((span for span in sorted(blocks) if span.start >= remark.end), None)


def _one_line(plain: str, block: Span, remark: Span) -> bool:
    first, second = sorted((block, remark))
    between = plain[first.end : second.start]
    return "\n" not in between and not between.strip()


def _covers(finding: Finding, block: Span | None, document: Document, remark: Span) -> bool:
    if finding.span is None:
        return not document.plain[_front_end(document) : remark.start].strip()
    return block is not None and finding.span.overlaps(block)


def _front_end(document: Document) -> int:
    """Return where the front matter ends, whose published values stay readable; 0 where there is none."""
    text = document.text
    end = text.find("\n" + text.lstrip("\ufeff")[:3], 3) if document.front else -1
    return end + 4 if end >= 0 else 0

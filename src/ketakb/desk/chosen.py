"""Which rules are reported, by the beginnings of their ids."""

from __future__ import annotations

from dataclasses import replace

from ketakb.results import DocumentReport


def choose_in(document: DocumentReport, select: tuple[str, ...], ignore: tuple[str, ...]) -> DocumentReport:
    """Return a document with only the rules that begin with a prefix of `select` and with none of `ignore`."""
    if not select and not ignore:
        return document
    found = tuple(finding for finding in document.findings if kept(finding.rule, select, ignore))
    silenced = tuple(one for one in document.silenced if kept(one.finding.rule, select, ignore))
    return replace(document, findings=found, silenced=silenced)


def kept(rule: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Whether a rule is reported."""
    return (not select or rule.startswith(select)) and not (ignore and rule.startswith(ignore))

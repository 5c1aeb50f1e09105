"""Recorded pages held against the store: for a person and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from ketakb.desk.record import Page
from ketakb.hints import IO
from ketakb.reports.jsonio import dump
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import count_of, paper, quoted

SCHEMA = "ketakb.recheck/1"


def write(pages: Sequence[Page], stream: IO[str], options: ReportOptions) -> None:
    """Write the pages that are affected, each reason with the line that rests on it."""
    out = paper(stream, options)
    affected = [page for page in pages if page.reasons]
    for page in affected:
        by = f" by {page.reviewer}" if page.reviewer else ""
        out.line((page.path, "path"), f" signed off on {page.signed}{by} ({page.record})")
        for reason in page.reasons:
            place = f"line {reason.line}: " if reason.line else ""
            words = f" {quoted(reason.text)}" if reason.text else ""
            out.line(
                place, (f"claim {reason.claim} {reason.kind}: ", "warning"), reason.told, words, indent=2
            )
    for page in pages:
        if page.edited:
            out.line((page.path, "path"), f" was edited after its sign-off on {page.signed}; audit it again")
    if not options.quiet:
        are = "page rests" if len(affected) == 1 else "pages rest"
        told = f"{len(affected)} {are} on claims that changed, ran out or were overruled since"
        out.line((f"{count_of(len(pages), 'page')} recorded: {told}", "bold"))


def write_json(pages: Sequence[Page], as_of: str, stream: IO[str]) -> None:
    """Write every page."""
    found = [{**asdict(page), "affected": bool(page.reasons)} for page in pages]
    summary = {"pages": len(pages), "affected": sum(bool(page.reasons) for page in pages)}
    dump({"schema": SCHEMA, "as_of": as_of, "pages": found, "summary": summary}, stream)

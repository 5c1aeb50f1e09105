"""``ketakb audit``: drafts against the store, or the store against itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ketakb.cli.options import (
    AsOfOption,
    AuditFormat,
    CopyKind,
    FailOn,
    FailOnOption,
    IgnoreOption,
    Jurisdiction,
    NoColorOption,
    NotesOption,
    QuietOption,
    SelectOption,
    StoreOption,
    WhyOption,
    as_of_date,
    report_options,
    rule_prefixes,
)

if TYPE_CHECKING:
    from ketakb.cli.backend import Question
    from ketakb.cli.inputs import Inputs
    from ketakb.model import Store
    from ketakb.reports.options import ReportOptions
    from ketakb.results import AuditReport


def audit(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Drafts; - for standard input.")
    ] = None,
    store: StoreOption = None,
    format: Annotated[
        AuditFormat, typer.Option("--format", "-f", help="How to print.", case_sensitive=False)
    ] = AuditFormat.TEXT,
    kind: Annotated[
        CopyKind | None, typer.Option("--as", help="What drafts are read as; default: as the store says.")
    ] = None,
    jurisdiction: Annotated[
        Jurisdiction | None, typer.Option("--jurisdiction", help="Whose rules apply.", case_sensitive=False)
    ] = None,
    as_of: AsOfOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    fail_on: FailOnOption = FailOn.WARNING,
    notes: NotesOption = False,
    why: WhyOption = False,
    open_only: Annotated[bool, typer.Option("--open", help="Of the conflicts, only the open ones.")] = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Find what contradicts the store in drafts, or in the store itself.

    With PATHs, which may be files, folders or patterns, each draft is read and each statement that
    contradicts an accepted claim, repeats a rejected one, promises too much or is out of date is reported.
    Without a PATH, the claims of the store are compared with each other.

    Every draft's report says how many sentences were read. What was not read was not checked, and no
    finding does not mean that a text is right.

    \b
    Examples:
      ketakb audit page.md
      ketakb audit posts/ --as editorial --jurisdiction UK
      ketakb audit 'drafts/**/*.md' --format concise --fail-on error
      pbpaste | ketakb audit -
      ketakb audit --open

    Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 could not be done.
    """
    from ketakb.cli import backend, chosen, output
    from ketakb.cli.inputs import Inputs, gather

    question = backend.Question(as_of_date(as_of), kind, jurisdiction)
    rules = rule_prefixes(select, "--select"), rule_prefixes(ignore, "--ignore")
    inputs = gather(paths) if paths else Inputs()
    opened = backend.open_store(store)
    report = chosen.choose(_report(opened, paths, inputs, question), *rules)
    options = report_options(no_color=no_color, notes=notes, why=why, open_only=open_only, quiet=quiet)
    _print(report, opened, format, options)
    for message in inputs.failed:
        output.tell(message)
    raise typer.Exit(2 if inputs.failed else chosen.status(report, fail_on))


def _report(store: Store, paths: list[str] | None, inputs: Inputs, question: Question) -> AuditReport:
    from ketakb.cli import backend

    if not paths:
        return backend.audit_store(store, question)
    report = backend.audit_documents(store, inputs.documents, question)
    return replace(report, skipped=(*report.skipped, *inputs.skipped))


def _print(report: AuditReport, store: Store, format: AuditFormat, options: ReportOptions) -> None:
    from ketakb.cli.output import emit

    match format:
        case AuditFormat.JSON:
            from ketakb.reports.json_audit import write
        case AuditFormat.CONCISE:
            from ketakb.reports.concise import write
        case AuditFormat.TEXT:
            from ketakb.reports.text import write
    emit(lambda stream: write(report, store, stream, options))

"""``ketakb audit``: drafts against the store, or the store against itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketakb.cli.options import (
    AsOfOption,
    AuditFormat,
    CopyKind,
    ExcludeOption,
    FailOn,
    FailOnOption,
    IgnoreOption,
    Jurisdiction,
    NoColorOption,
    NotesOption,
    QuietOption,
    SelectOption,
    StdinNameOption,
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
    cite: Annotated[
        bool, typer.Option("--cite", help="Suggest a source for what is right and cites nothing.")
    ] = False,
    exclude: ExcludeOption = None,
    stdin_filename: StdinNameOption = None,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", metavar="OUT.docx", help="Write a copy of a Word file with comments."),
    ] = None,
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
      ketakb audit page.md --cite
      ketakb audit page.docx --annotate page-commented.docx
      ketakb audit --open

    Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 could not be done.
    """
    from ketakb.cli import backend, chosen, output
    from ketakb.cli.inputs import Inputs, gather

    question = backend.Question(as_of_date(as_of), kind, jurisdiction, cite)
    rules = rule_prefixes(select, "--select"), rule_prefixes(ignore, "--ignore")
    inputs = gather(paths, exclude or (), stdin_filename) if paths else Inputs()
    if annotate is not None:
        _one_word_file(inputs, annotate)
    opened = backend.open_store(store)
    report = chosen.choose(_report(opened, paths, inputs, question), *rules)
    options = report_options(no_color=no_color, notes=notes, why=why, open_only=open_only, quiet=quiet)
    if annotate is not None:
        _annotate(report, annotate, notes)
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


def _one_word_file(inputs: Inputs, out: Path) -> None:
    """Check, before the work is done, that --annotate can be."""
    from ketakb.errors import UsageError

    paths = [path for path, _ in inputs.documents]
    if len(paths) != 1 or not paths[0].lower().endswith(".docx") or not Path(paths[0]).is_file():
        raise UsageError("--annotate needs exactly one PATH, a Word file (.docx)")
    if out.suffix.lower() != ".docx":
        raise UsageError(f"--annotate {out}: the copy is a Word file too; end its name in .docx")
    if out.exists() and out.samefile(paths[0]):
        raise UsageError(f"--annotate {out}: that is the draft itself; name another file")


def _annotate(report: AuditReport, out: Path, notes: bool) -> None:
    from ketakb.errors import UsageError
    from ketakb.reports.docx_comments import annotate

    document = report.documents[0]
    commented = annotate(Path(document.path).read_bytes(), document, report.as_of, notes)
    try:
        out.write_bytes(commented)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror or error}") from error


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

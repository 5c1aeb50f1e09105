"""``ketakb audit``: drafts against the store, or the store against itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ketakb.cli.options import (
    AsOfOption,
    AuditFailOnOption,
    AuditFormat,
    ExcludeOption,
    IgnoreOption,
    JurisdictionOption,
    KindOption,
    NoColorOption,
    NotesOption,
    OutOption,
    QuietOption,
    SelectOption,
    StdinNameOption,
    StoreOption,
    WhyOption,
    as_of_date,
    report_options,
    rule_prefixes,
)
from ketakb.values import dataclass, replace

if TYPE_CHECKING:
    from ketakb.cli.backend import Question
    from ketakb.cli.desk import Chosen
    from ketakb.cli.inputs import Inputs
    from ketakb.desk.silence import Desk
    from ketakb.model import Store
    from ketakb.reports.options import ReportOptions
    from ketakb.results import AuditReport


def audit(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Files, folders or patterns; - for standard input.")
    ] = None,
    store: StoreOption = None,
    format: Annotated[
        AuditFormat, typer.Option("--format", "-f", help="How to print.", case_sensitive=False)
    ] = AuditFormat.TEXT,
    kind: KindOption = None,
    jurisdiction: JurisdictionOption = None,
    as_of: AsOfOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    fail_on: AuditFailOnOption = None,
    notes: NotesOption = False,
    why: WhyOption = False,
    open_only: Annotated[
        bool, typer.Option("--open", help="Without PATH: only conflicts that nobody has settled.")
    ] = False,
    cite: Annotated[bool, typer.Option("--cite", help="Suggest a source for what is right and cites nothing.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Print replacements that fit as a patch, and change nothing.")
    ] = False,
    exclude: ExcludeOption = None,
    force_exclude: Annotated[
        bool, typer.Option("--force-exclude", help="Leave out files that fit even where they are named; for hooks.")
    ] = False,
    stdin_filename: StdinNameOption = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate", metavar="OUT.docx", help="Of a Word file: write a copy with the findings as comments."
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Leave out findings that stood when FILE was written."),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline", metavar="FILE", help="Write what is found now, for --baseline; exit status 0."
        ),
    ] = None,
    show_ignored: Annotated[bool, typer.Option("--show-ignored", help="Show what was silenced too, and why.")] = False,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Write a record of this audit, which `ketakb recheck` reads."),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", metavar="NAME", help="Who signs the page off; with --record.")
    ] = None,
    out: OutOption = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Find what contradicts the store in drafts, or in the store itself.

    With PATHs, which may be files, folders or patterns, each draft is read and each statement that
    contradicts an accepted claim, repeats a rejected one, promises too much or is out of date is reported.
    Without a PATH, the claims of the store are compared with each other.

    Every draft's report says how many sentences were read. What was not read was not checked, and no
    finding does not mean that a text is right.

    ketakb.toml, or [tool.ketakb] in pyproject.toml, found upwards from the drafts, sets the store and more;
    decisions.yaml beside the drafts silences what was decided (`ketakb decide`). `ketakb config` shows both.

    \b
    Examples:
      ketakb audit page.md
      ketakb audit page.md --format html -o review.html
      ketakb audit posts/ --as editorial --jurisdiction UK
      ketakb audit 'drafts/**/*.md' --format concise --fail-on error
      pbpaste | ketakb audit -
      ketakb audit page.md --cite
      ketakb audit page.md --diff > page.patch
      ketakb audit page.docx --annotate page-commented.docx
      ketakb audit page.md --record page.signoff.json --reviewer "Dr A. Example"
      ketakb audit posts/ --format sarif > ketakb.sarif
      ketakb audit --open

    Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 it could not be done.
    """
    from ketakb.cli import backend, desk, output
    from ketakb.cli.inputs import Inputs, gather

    if (record or write_baseline) and not paths:
        raise typer.BadParameter("name the drafts", param_hint="--record" if record else "--write-baseline")
    if reviewer is not None and record is None:
        raise typer.BadParameter("it goes with --record", param_hint="--reviewer")
    if diff and format is not AuditFormat.TEXT:
        raise typer.BadParameter("it prints a patch, in no other format; leave --format out", param_hint="--diff")
    config = desk.config_of(paths)
    rules = rule_prefixes(select, "--select"), rule_prefixes(ignore, "--ignore")
    counts = desk.chosen(config, *rules, fail_on)
    day = as_of_date(as_of)
    left_out = desk.exclusion(config, exclude)
    inputs = gather(paths, left_out, stdin_filename, force=force_exclude) if paths else Inputs()
    if paths and not inputs.documents:
        output.tell(f"all that was named is left out by {left_out.said_by}; nothing was audited")
        raise typer.Exit(0)
    if annotate is not None:
        _one_word_file(inputs, annotate)
    if diff:
        from ketakb.cli import fixing

        fixing.check_diffable(inputs)
    opened = backend.open_store(store, config)
    question = backend.Question(day, kind, jurisdiction, cite, desk.placed(config, inputs))
    options = report_options(
        no_color=no_color,
        notes=notes,
        why=why,
        open_only=open_only,
        quiet=quiet,
        show_ignored=show_ignored,
    )
    run = _Run(opened, inputs, question, desk.desk_for(opened, day, config, baseline), counts)
    streamed = format is AuditFormat.JSONL and bool(paths) and out is None
    report = run.stream(options) if streamed else run.report(bool(paths))
    if diff:
        fixing.write_diff(report, opened, question, out, notes)
    elif not streamed:
        _print(report, opened, format, options, out)
    if annotate is not None:
        _annotate(report, annotate, notes)
    if record is not None:
        _record(record, run, report, reviewer)
    if write_baseline is not None:
        from ketakb.desk import baseline as baselines

        number = baselines.write_baseline(write_baseline, report.documents)
        output.tell(f"{write_baseline}: {number} findings written")
    for message in inputs.failed:
        output.tell(message)
    failing = 0 if write_baseline else run.status(report)
    raise typer.Exit(2 if inputs.failed else failing)


@dataclass(frozen=True, slots=True)
class _Run:
    """One audit: what is read, and what of it counts."""

    store: Store
    inputs: Inputs
    question: Question
    desk: Desk
    counts: Chosen

    def report(self, drafts: bool) -> AuditReport:
        """Return the audit of the drafts, or of the store."""
        from ketakb.cli import backend

        if not drafts:
            return self._settled(backend.audit_store(self.store, self.question))
        report = backend.audit_documents(self.store, self.inputs.documents, self.question)
        return self._settled(replace(report, skipped=(*report.skipped, *self.inputs.skipped)))

    def stream(self, options: ReportOptions) -> AuditReport:
        """Write a line for each draft as soon as it is read, then the summary; return the audit."""
        from ketakb.cli import backend, output
        from ketakb.desk import chosen
        from ketakb.reports import jsonl

        documents = []
        for document in backend.audit_each(self.store, self.inputs.documents, self.question):
            documents.append(document)
            settled = chosen.choose_in(self.desk.settle(document), self.counts.select, self.counts.ignore)
            output.emit(partial(jsonl.write_document, settled, self.store), exact=True)
        report = backend.audit_of(self.store, documents, self.question)
        report = self._settled(replace(report, skipped=(*report.skipped, *self.inputs.skipped)))
        output.emit(lambda stream: jsonl.write_summary(report, self.store, stream, options), exact=True)
        return report

    def _settled(self, report: AuditReport) -> AuditReport:
        from ketakb.cli import desk
        from ketakb.desk import chosen

        return chosen.choose(desk.settle(report, self.desk), self.counts.select, self.counts.ignore)

    def status(self, report: AuditReport) -> int:
        """Return the exit status."""
        from ketakb.desk import chosen

        return chosen.status(report, self.counts.fail_on)


def _record(file: Path, run: _Run, report: AuditReport, reviewer: str | None) -> None:
    import ketakb
    from ketakb.desk.record import write_record

    asked = {
        "select": list(run.counts.select),
        "ignore": list(run.counts.ignore),
        "fail_on": run.counts.fail_on,
    }
    write_record(file, report, run.store, run.desk.config, asked, reviewer, ketakb.__version__)


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
        raise UsageError(f"{out}: cannot be written: {error.strerror or error}; name another place") from error


def _print(report: AuditReport, store: Store, format: AuditFormat, options: ReportOptions, out: Path | None) -> None:
    from ketakb.cli.output import put

    match format:
        case AuditFormat.JSON:
            from ketakb.reports.json_audit import write
        case AuditFormat.JSONL:
            from ketakb.reports.jsonl import write
        case AuditFormat.SARIF:
            from ketakb.reports.sarif import write
        case AuditFormat.GITHUB:
            from ketakb.reports.github import write
        case AuditFormat.MARKDOWN:
            from ketakb.reports.markdown import write
        case AuditFormat.HTML:
            from ketakb.reports.html.page import write
        case AuditFormat.CONCISE:
            from ketakb.reports.concise import write
        case AuditFormat.TEXT:
            from ketakb.reports.text import write
    exact = format in (AuditFormat.JSON, AuditFormat.JSONL, AuditFormat.SARIF, AuditFormat.HTML)
    put(out, lambda stream: write(report, store, stream, options), exact=exact)

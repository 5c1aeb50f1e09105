"""``ketakb audit``: drafts against the store, or the store against itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ketakb.cli.declared import Argument, BadValueError, Option
from ketakb.cli.options import (
    AsOfOption,
    AuditFailOnOption,
    AuditFormat,
    Engine,
    EngineOption,
    ExcludeOption,
    IgnoreOption,
    JobsOption,
    JurisdictionOption,
    KindOption,
    NoCacheOption,
    NoColorOption,
    NotesOption,
    OutOption,
    QuietOption,
    ResumeOption,
    SchedulerOption,
    SelectOption,
    StdinNameOption,
    StoreOption,
    WhyOption,
    as_of_date,
    report_options,
    rule_prefixes,
)
from ketakb.hints import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from ketakb.cli.desk import Chosen
    from ketakb.model import Store
    from ketakb.reports.options import ReportOptions
    from ketakb.results import AuditReport
    from ketakb.running.work import Job


_Paths = Annotated[
    list[str] | None, Argument(metavar="[PATH]...", help="Files, folders or patterns; - for standard input.")
]
_Format = Annotated[
    AuditFormat, Option("--format", "-f", help="How to print.", case_sensitive=False)
]
_OpenOnly = Annotated[bool, Option("--open", help="Without PATH: only conflicts that nobody has settled.")]
_Cite = Annotated[bool, Option("--cite", help="Suggest a source for what is right and cites nothing.")]
_Diff = Annotated[bool, Option("--diff", help="Print replacements that fit as a patch, and change nothing.")]
_ForceExclude = Annotated[
    bool, Option("--force-exclude", help="Leave out files that fit even where they are named; for hooks.")
]
_Annotate = Annotated[
    Path | None,
    Option("--annotate", metavar="OUT.docx", help="Of a Word file: write a copy with the findings as comments."),
]
_Baseline = Annotated[
    Path | None,
    Option("--baseline", metavar="FILE", help="Leave out findings that stood when FILE was written."),
]
_WriteBaseline = Annotated[
    Path | None,
    Option("--write-baseline", metavar="FILE", help="Write what is found now, for --baseline; exit status 0."),
]
_ShowIgnored = Annotated[bool, Option("--show-ignored", help="Show what was silenced too, and why.")]
_Record = Annotated[
    Path | None,
    Option("--record", metavar="FILE", help="Write a record of this audit, which `ketakb recheck` reads."),
]
_Reviewer = Annotated[
    str | None, Option("--reviewer", metavar="NAME", help="Who signs the page off; with --record.")
]


def audit(
    paths: _Paths = None,
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    format: _Format = AuditFormat.TEXT,
    kind: KindOption = None,
    jurisdiction: JurisdictionOption = None,
    as_of: AsOfOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    fail_on: AuditFailOnOption = None,
    notes: NotesOption = False,
    why: WhyOption = False,
    open_only: _OpenOnly = False,
    cite: _Cite = False,
    diff: _Diff = False,
    exclude: ExcludeOption = None,
    force_exclude: _ForceExclude = False,
    stdin_filename: StdinNameOption = None,
    annotate: _Annotate = None,
    baseline: _Baseline = None,
    write_baseline: _WriteBaseline = None,
    show_ignored: _ShowIgnored = False,
    record: _Record = None,
    reviewer: _Reviewer = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    resume: ResumeOption = None,
    engine: EngineOption = Engine.LOCAL,
    scheduler: SchedulerOption = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> int:
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
      ketakb audit posts/ --format jsonl --resume posts.state >> posts.jsonl
      ketakb audit --open

    A file of JSON lines, {"id": ..., "text": ...} each, holds many drafts; the ending of an id says how it is read.
    Ctrl-C ends a run with what is finished; --resume FILE notes what was read, and passes it over the next time.

    Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 could not be done, 130 interrupted.
    """
    from ketakb.cli import backend, desk, output
    from ketakb.cli.inputs import RECORDS, Named, find
    from ketakb.desk import chosen

    if (record or write_baseline) and not paths:
        raise BadValueError("name the drafts", "--record" if record else "--write-baseline")
    if reviewer is not None and record is None:
        raise BadValueError("it goes with --record", "--reviewer")
    if diff and format is not AuditFormat.TEXT:
        raise BadValueError("it prints a patch, in no other format; leave --format out", "--diff")
    if resume is not None and (file := record or write_baseline or annotate or out):
        raise BadValueError(f"{file} would lack the drafts that are passed over", "--resume")
    if scheduler is not None and engine is not Engine.DASK:
        raise BadValueError("it goes with --engine dask", "--scheduler")
    config = desk.config_of(paths)
    rules = rule_prefixes(select, "--select"), rule_prefixes(ignore, "--ignore")
    counts = desk.chosen(config, *rules, fail_on)
    day = as_of_date(as_of)
    left_out = desk.exclusion(config, exclude)
    found = find(paths, left_out, stdin_filename, force=force_exclude, also=RECORDS) if paths else []
    named = [one.path for one in found if isinstance(one, Named)]
    if paths and not named:
        output.tell(f"all that was named is left out by {left_out.said_by}; nothing was audited")
        return 0
    if annotate is not None:
        _one_word_file(named, annotate)
    if diff:
        from ketakb.cli import fixing

        fixing.check_diffable(named)
    opened = backend.open_store(store, config)
    machine = format in (AuditFormat.JSON, AuditFormat.JSONL)
    question = backend.Question(day, kind, jurisdiction, cite, linked=machine)
    options = report_options(
        no_color=no_color,
        notes=notes,
        why=why,
        open_only=open_only,
        quiet=quiet,
        show_ignored=show_ignored,
    )
    silencing = desk.desk_for(opened, day, config, baseline)
    if not paths:
        report = desk.settle(backend.audit_store(opened, question), silencing)
        report = chosen.choose(report, counts.select, counts.ignore)
        _print(report, opened, format, options, out)
        return chosen.status(report, counts.fail_on)
    from ketakb.cli import many
    from ketakb.cli.taking import How

    streaming = format is AuditFormat.JSONL
    whole = bool(record or write_baseline or annotate) or not streaming
    job = many.job_of(opened, question, silencing, counts, lines=not whole)
    how = How(jobs, engine is Engine.DASK, scheduler, resume, not quiet, no_color)
    if streaming:
        outcome = many.write_lines(job, found, how, options, out)
    else:
        with many.reading(job, found, how) as outcome:
            if diff:
                fixing.write_diff(outcome.report, opened, question, out, notes)
            else:
                _print(outcome.report, opened, format, options, out)
    if not outcome.interrupted:
        report = outcome.report
        if annotate is not None:
            _annotate(report, annotate, notes)
        if record is not None:
            _record(record, job, report, counts, reviewer)
        if write_baseline is not None:
            from ketakb.desk import baseline as baselines

            number = baselines.write_baseline(write_baseline, report.documents)
            output.tell(f"{write_baseline}: {number} findings written")
    return many.close(outcome, "never" if write_baseline else counts.fail_on)


def _record(file: Path, job: Job, report: AuditReport, counts: Chosen, reviewer: str | None) -> None:
    import ketakb
    from ketakb.desk.record import write_record

    asked = {"select": list(counts.select), "ignore": list(counts.ignore), "fail_on": counts.fail_on}
    write_record(file, report, job.store, job.desk.config, asked, reviewer, ketakb.__version__)


def _one_word_file(paths: Sequence[str], out: Path) -> None:
    """Check, before the work is done, that --annotate can be."""
    from ketakb.errors import UsageError

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

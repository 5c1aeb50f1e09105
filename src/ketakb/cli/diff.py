"""``ketakb diff``: what a new version of a draft mends, says more strongly, and loses."""

from __future__ import annotations

from ketakb.cli.declared import Argument
from ketakb.cli.options import (
    AsOfOption,
    AuditFailOnOption,
    JurisdictionOption,
    KindOption,
    NoCacheOption,
    NoColorOption,
    NotesOption,
    PlainFormat,
    PlainFormatOption,
    QuietOption,
    StoreOption,
    as_of_date,
    report_options,
)
from ketakb.hints import Annotated


def diff(
    old: Annotated[str, Argument(metavar="OLD", help="The version before.")],
    new: Annotated[str, Argument(metavar="NEW", help="The version after.")],
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    format: PlainFormatOption = PlainFormat.TEXT,
    kind: KindOption = None,
    jurisdiction: JurisdictionOption = None,
    as_of: AsOfOption = None,
    fail_on: AuditFailOnOption = None,
    notes: NotesOption = False,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> int:
    """Compare two versions of a draft: findings, statements, and risks that went missing.

    It says which findings were mended, which are new and which remain; what is added, what is said more
    strongly ("may" lost, a limit widened, "some" made "all") or less; and which risks and disclosures the
    new version no longer has. Decisions and configuration count as in an audit.

    \b
    Examples:
      ketakb diff page-v1.md page-v2.md
      ketakb diff old.docx new.docx --format json

    Exit status: 0 nothing new at or above --fail-on, 1 a new finding, or a risk or disclosure that went
    missing, 2 it could not be done.
    """
    from ketakb.cli import backend, desk
    from ketakb.cli.inputs import gather
    from ketakb.cli.output import emit
    from ketakb.desk import chosen
    from ketakb.desk.diff import diff as compared
    from ketakb.errors import UsageError
    from ketakb.reports.diff_text import write, write_json

    day = as_of_date(as_of)
    config = desk.config_of([new])
    counts = desk.chosen(config, (), (), fail_on)
    opened = backend.open_store(store, config)
    settled = desk.desk_for(opened, day, config, None)
    documents = []
    for path in (old, new):
        inputs = gather([path])
        if inputs.failed or len(inputs.documents) != 1:
            raise UsageError(inputs.failed[0] if inputs.failed else f"{path}: name one draft, not a folder")
        question = backend.Question(day, kind, jurisdiction, placed=desk.placed(config, inputs))
        report = backend.audit_documents(opened, inputs.documents, question)
        report = chosen.choose(desk.settle(report, settled), counts.select, counts.ignore)
        documents.append(report.documents[0])
    changes = compared(documents[0], documents[1], opened)
    if format is PlainFormat.JSON:
        emit(lambda stream: write_json(changes, opened, stream), exact=True)
    else:
        options = report_options(no_color=no_color, notes=notes, quiet=quiet)
        emit(lambda stream: write(changes, stream, options))
    worse = any(chosen.reaches(finding.severity, counts.fail_on) for finding in changes.found)
    return int(worse or (bool(changes.missing) and counts.fail_on != "never"))

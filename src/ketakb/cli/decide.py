"""``ketakb decide``: write what was decided on a finding."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ketakb.cli.declared import Argument, Option
from ketakb.cli.options import (
    AsOfOption,
    CopyKind,
    JurisdictionOption,
    NoCacheOption,
    QuietOption,
    StoreOption,
    Verdict,
    as_of_date,
    day_after,
)
from ketakb.hints import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from ketakb.results import DocumentReport, Finding

_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?:?", re.DOTALL)


def decide(
    draft: Annotated[
        str,
        Argument(metavar="DRAFT:LINE", help="File and line of the finding; only the file for one on the whole text."),
    ],
    verdict: Annotated[Verdict, Option("--as", help="What was decided.", case_sensitive=False)],
    by: Annotated[str, Option("--by", metavar="NAME", help="Who decided.")],
    because: Annotated[str, Option("--because", metavar="TEXT", help="Why.")],
    rule: Annotated[
        str | None,
        Option(
            "--rule",
            autocompletion="rules",
            metavar="RULE",
            help="Which finding, where several stand there: KB204.",
        ),
    ] = None,
    expires: Annotated[
        str | None,
        Option("--expires", metavar="DATE", help="Until when: a date, 90d, 6m, 1y."),
    ] = None,
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    kind: Annotated[
        CopyKind | None,
        Option("--read-as", help="What kind of copy the draft is, as --as of an audit."),
    ] = None,
    jurisdiction: JurisdictionOption = None,
    as_of: AsOfOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write what was decided on one finding into decisions.yaml, so that audits report it no longer.

    The nearest decisions.yaml in the folder of the draft or above it is written; where there is none, a new
    one beside the draft. A decision holds for exactly that finding: when its words or the claim that stands
    against them change, or --expires has passed, the finding is reported again.

    \b
    Examples:
      ketakb decide page.md:12 --as false-alarm --by Ann --because "A myth."
      ketakb decide page.md:12 --as deferred --by Ed --because Asked --expires 9d
      ketakb decide page.md --rule KB601 --as accepted --by Ann --because "An ad."

    Exit status: 0 written, 2 there is no such finding, or it could not be written.
    """
    from ketakb.cli import backend, desk, output
    from ketakb.cli.inputs import gather
    from ketakb.desk import decisions
    from ketakb.errors import UsageError

    day = as_of_date(as_of)
    for option, given in (("--by", by), ("--because", because)):
        if not given.strip():
            raise UsageError(f"{option}: write {'the name of who decided' if option == '--by' else 'why'}")
    until = None if expires is None else day_after(expires, day, "--expires")
    path, line, column = _place(draft)
    config = desk.config_of([path])
    inputs = gather([path])
    if inputs.failed:
        raise UsageError(inputs.failed[0])
    if len(inputs.documents) != 1 or not Path(path).is_file():
        raise UsageError(f"{path}: name one draft, then :LINE")
    opened = backend.open_store(store, config)
    question = backend.Question(day, kind, jurisdiction, placed=desk.placed(config, inputs))
    report = backend.audit_documents(opened, inputs.documents, question)
    document = report.documents[0]
    finding = _one(document, path, line, column, rule)
    words = {"verdict": str(verdict), "by": by.strip(), "because": because.strip()}
    file, made = decisions.decide(opened, path, document.text, finding, on=day, expires=until, **words)
    if not quiet:
        held = f" until {made.expires}" if made.expires else ""
        told = f"{os.path.relpath(file)}: {finding.rule} {finding.name} in {path} is {made.verdict}{held}\n"
        output.emit(lambda stream: stream.writelines([told]))


def _place(given: str) -> tuple[str, int | None, int | None]:
    """Return path, line and column of `page.md:12:3`; a file whose name ends so is taken by its name."""
    if Path(given).is_file():
        return given, None, None
    match = _PLACE.fullmatch(given)
    if match is None:
        return given, None, None
    line, column = match["line"], match["column"]
    return match["path"], int(line) if line else None, int(column) if column else None


def _one(document: DocumentReport, path: str, line: int | None, column: int | None, rule: str | None) -> Finding:
    """Return the one finding that is meant. Raises UsageError, which lists them, where it is not one."""
    from ketakb.errors import UsageError
    from ketakb.text import LineIndex

    lines = LineIndex(document.text)
    found: list[Finding] = []
    for finding in document.findings:
        if rule is not None and rule.lower() not in (finding.rule.lower(), finding.name):
            continue
        if finding.span is None:
            if line is None:
                found.append(finding)
            continue
        first, last = lines.position(finding.span.start), lines.position(finding.span.end)
        if line is not None and first.line <= line <= last.line and column in (None, first.column):
            found.append(finding)
    if len({(finding.rule, finding.fingerprint) for finding in found}) == 1:
        return found[0]
    where = f"{path}:{line}" if line else f"{path} as a whole"
    if not found:
        raise UsageError(f"{where}: no finding stands here; `ketakb audit {path} --notes` lists them")
    names = ", ".join(
        f"{one.rule} at column {lines.position(one.span.start).column}" if one.span else one.rule for one in found
    )
    raise UsageError(f"{where}: {len(found)} findings stand here ({names}); add :COLUMN or --rule")

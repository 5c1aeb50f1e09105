"""``ketakb explain``: what a rule reports, and why."""

from __future__ import annotations

from ketakb.cli.declared import Argument
from ketakb.cli.options import NoColorOption, report_options
from ketakb.hints import Annotated


def explain(
    rule: Annotated[str | None, Argument(autocompletion="rules", metavar="[RULE]", help="Id or name: KB201.")] = None,
    no_color: NoColorOption = False,
) -> None:
    """Explain a rule, with texts that it reports and texts that it leaves alone; without RULE, list them all.

    \b
    Examples:
      ketakb explain
      ketakb explain KB201
      ketakb explain absolute-promise

    Exit status: 0 shown, 2 there is no such rule.
    """
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.errors import UsageError
    from ketakb.reports.rule_text import write, write_list

    pages = backend.rules()
    options = report_options(no_color=no_color)
    if rule is None:
        emit(lambda stream: write_list(pages, stream, options))
        return
    page = next((p for p in pages if rule.lower() in (p.id.lower(), p.name)), None)
    if page is None:
        raise UsageError(f"{rule}: no such rule; `ketakb explain` lists them")
    emit(lambda stream: write(page, stream, options))

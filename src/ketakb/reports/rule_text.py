"""The page of one rule: what it reports, how severe it is, and texts that make it fire or stay silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketakb.hints import IO
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import paper
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a rule tells about itself."""

    id: str
    """KB201 ..."""
    name: str
    """Kebab-case name."""
    severity: str
    """error, warning or note."""
    title: str
    """One line: what it reports."""
    explanation: str
    """Plain paragraphs, separated by empty lines."""
    fires: Sequence[str] = ()
    """Texts that it reports."""
    silent: Sequence[str] = ()
    """Texts that look alike and are left alone."""


def write(rule: RulePage, stream: IO[str], options: ReportOptions) -> None:
    """Write the page of one rule."""
    out = paper(stream, options)
    out.line((f"{rule.id} {rule.name}", "path"), " ", (rule.severity, rule.severity))
    out.line(rule.title)
    for paragraph in rule.explanation.strip().split("\n\n"):
        out.line()
        out.line(" ".join(paragraph.split()))
    for title, examples in (("Reported:", rule.fires), ("Left alone:", rule.silent)):
        if examples:
            out.line()
            out.line((title, "bold"))
            for example in examples:
                out.line(example.strip(), indent=2)


def write_list(rules: Iterable[RulePage], stream: IO[str], options: ReportOptions) -> None:
    """Write one line a rule."""
    out = paper(stream, options)
    for rule in sorted(rules, key=lambda r: r.id):
        out.line((f"{rule.id} ", "path"), f"{rule.name}: ", (rule.title, "dim"))

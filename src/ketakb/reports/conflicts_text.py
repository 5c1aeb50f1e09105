"""Conflicts as a person reads them: open ones first with both passages, settled ones last and short."""

from __future__ import annotations

from ketakb.model import Passage
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import Paper, Piece, count_of, quoted
from ketakb.reports.tally import statuses
from ketakb.results import AuditReport, Conflict, Side

_PASSAGES = 3  # passages of one side that are shown
_WINNERS = 2  # claims named that overrule one


def write_conflicts(out: Paper, report: AuditReport, options: ReportOptions) -> None:
    """Write the conflicts of the store, or those inside and between drafts."""
    conflicts = [c for c in report.conflicts if _is_between(c) and _shown(c, options)]
    loud = [c for c in conflicts if c.status == "open"]
    if not options.open_only:
        loud += [c for c in conflicts if c.status == "contested"]
    if conflicts and report.documents and not options.quiet:
        out.line()
    for conflict in loud:
        _conflict(out, conflict)
        out.line()
    settled = [c for c in conflicts if c.status == "settled"]
    if settled and not options.open_only:
        out.line(("Settled", "bold"))
        for group in _by_loser(settled):
            _settled(out, group)
        out.line()
    if not options.quiet and not report.documents:
        _closing(out, report, options)


def _is_between(conflict: Conflict) -> bool:
    """Whether the sides are claims, or stand in two drafts; what is inside one draft is a finding there."""
    left, right = conflict.sides
    return left.claim is not None or right.claim is not None or left.path != right.path


def _shown(conflict: Conflict, options: ReportOptions) -> bool:
    return options.notes or conflict.severity != "note"


def _conflict(out: Paper, conflict: Conflict) -> None:
    out.line(
        (f"{conflict.status} ", conflict.severity if conflict.status == "open" else "note"),
        (conflict.severity, conflict.severity),
        (f" {conflict.rule} {conflict.kind} ", "dim"),
        (conflict.topic, "path"),
        (f" {conflict.id}", "dim"),
    )
    out.line(conflict.message, indent=2)
    left, right = (_side(side) for side in conflict.sides)
    out.pair(left, right, indent=2)
    if conflict.because:
        out.line(("because: ", "good"), conflict.because, indent=2)


def _side(side: Side) -> list[list[Piece]]:
    if side.claim is None:
        return [[(f"{_place(side)} ", "path"), (quoted(side.text or ""), "")]]
    claim = side.claim
    lines: list[list[Piece]] = [
        [(f"{claim.id} ", "path"), (f"({claim.standing}) ", "dim"), (claim.statement, "")]
    ]
    for passage in claim.passages[:_PASSAGES]:
        lines.append([(f"- {_passage(passage)}", "dim")])
    if more := max(0, len(claim.passages) - _PASSAGES):
        lines.append([(f"- and {count_of(more, 'more passage')}", "dim")])
    return lines


def _passage(passage: Passage) -> str:
    line = f":{passage.line}" if passage.line else ""
    where = f"{passage.source}{line}"
    if passage.quote:
        return f"{where}: {quoted(passage.quote)}"
    locator = f", {passage.locator}" if passage.locator else ""
    return f"{where}{locator}: {passage.says or ''} (our summary)"


def _place(side: Side) -> str:
    return ":".join(str(part) for part in (side.path, side.line, side.column) if part) + ":"


def _by_loser(settled: list[Conflict]) -> list[list[Conflict]]:
    """Gather the conflicts that one claim lost for one reason, in the order of the first of each."""
    groups: dict[tuple[str, str | None, str], list[Conflict]] = {}
    for conflict in settled:
        groups.setdefault((conflict.topic, conflict.because, _loser(conflict)[0]), []).append(conflict)
    return list(groups.values())


def _loser(conflict: Conflict) -> tuple[str, int]:
    """Return the side that was overruled, and its place; the conflict itself where none is a claim."""
    for at, side in enumerate(conflict.sides):
        if side.claim and side.claim.standing in ("rejected", "superseded"):
            return side.claim.id, at
    return conflict.id, 0


def _settled(out: Paper, group: list[Conflict]) -> None:
    first = group[0]
    lost = _loser(first)[1]
    winners = [conflict.sides[1 - _loser(conflict)[1]] for conflict in group]
    winners.sort(key=lambda side: side.claim is None or side.claim.standing != "accepted")
    others = [_name(side) for side in winners]
    more = f" and {len(others) - _WINNERS} more" if len(others) > _WINNERS else ""
    reason = f": {first.because}" if first.because else ""
    pair = f"{_name(first.sides[lost])} / {', '.join(others[:_WINNERS])}{more}"
    out.line((f"{first.topic} ", "dim"), pair, (reason, "dim"), indent=2)


def _name(side: Side) -> str:
    return f"{side.claim.id} ({side.claim.standing})" if side.claim else _place(side).rstrip(":")


def _closing(out: Paper, report: AuditReport, options: ReportOptions) -> None:
    notes = sum(conflict.severity == "note" for conflict in report.conflicts)
    shown = [conflict for conflict in report.conflicts if _shown(conflict, options)]
    counts = statuses(tuple(shown))
    numbers = ", ".join(f"{counts[status]} {status}" for status in ("open", "contested", "settled"))
    folded = (
        f"; {count_of(notes, 'small difference')} not shown (--notes shows all)" if notes and not options.notes else ""
    )
    where = f"{count_of(report.claims, 'claim')} of {count_of(report.sources, 'source')}"
    out.line((f"{count_of(len(shown), 'conflict')} in {where}: {numbers}{folded}", "bold"))
    if report.not_comparable:
        axes = sorted(report.not_comparable.items(), key=lambda item: (-item[1], item[0]))
        pairs = count_of(sum(report.not_comparable.values()), "pair")
        named = ", ".join(f"{axis} {number}" for axis, number in axes)
        out.line((f"{pairs} on one topic not comparable: {named}", "dim"))

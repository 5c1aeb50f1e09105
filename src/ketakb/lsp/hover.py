"""What an editor shows under the pointer: the finding with its claim and evidence, or what supports a statement."""

from __future__ import annotations

from collections.abc import Iterable

from ketakb.lsp.bench import Audited
from ketakb.reports.markdown import cited, code, escaped
from ketakb.reports.paper import count_of
from ketakb.reports.tally import ordered, silence_said, told_evidence
from ketakb.results import Evidence, Finding, Judged, Silenced
from ketakb.text import Span


def hover_of(audited: Audited, offset: int, first_line: Span) -> tuple[str, Span] | None:
    """Return Markdown for an offset and the span that it speaks of; None where there is nothing to say.

    Findings on the whole document speak on the first line, where their diagnostics stand.
    """
    report = audited.report
    findings = [one for one in ordered(report) if _holds(one.span or first_line, offset)]
    silenced = [one for one in report.silenced if one.finding.span and _holds(one.finding.span, offset)]
    if findings or silenced:
        parts = [_finding(one, audited) for one in findings] + [_silenced(one) for one in silenced]
        spans = [one.span or first_line for one in (*findings, *(other.finding for other in silenced))]
        return "\n\n---\n\n".join(parts), _narrowest(spans)
    supported = [
        one for one in report.judged if one.verdict == "supported" and _holds(one.reading.span, offset) and one.claims
    ]
    if not supported:
        return None
    nearest = _narrowest([one.reading.span for one in supported])
    one = next(one for one in supported if one.reading.span == nearest)
    return _supported(one, audited), nearest


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def _narrowest(spans: Iterable[Span]) -> Span:
    return min(spans, key=lambda span: span.end - span.start)


def _finding(finding: Finding, audited: Audited) -> str:
    times = f" ({finding.count} times)" if finding.count > 1 else ""
    lines = [f"**{finding.rule} {finding.name}** · {finding.severity}{times}", escaped(finding.message)]
    if finding.suggestion:
        lines.append(f"**Write:** {escaped(finding.suggestion)}")
    lines += [_evidence(item, audited) for item in told_evidence(finding)]
    if finding.why:
        lines.append(f"*Why:* {escaped(finding.why)}")
    return "\n\n".join(lines)


def _supported(judged: Judged, audited: Audited) -> str:
    from ketakb.rules.evidence import evidence_of

    store = audited.ready.store
    names = [one.claim for one in judged.claims if one.stance == "agrees"]
    agreeing = [store.claims[name] for name in names if name in store.claims]
    agreeing.sort(key=lambda claim: claim.standing != "accepted")
    told = f"**Supported** by {count_of(len(agreeing), 'claim')} of the store"
    head = f"{told} · {escaped(judged.reading.assertion.topic)}"
    return "\n\n".join([head, *(_evidence(item, audited) for item in evidence_of(store, agreeing))])


def _silenced(one: Silenced) -> str:
    told = f"**{one.finding.rule} {one.finding.name}** · not reported ({escaped(silence_said(one.silence))})"
    return f"{told}\n\n{escaped(one.finding.message)}"


def _evidence(item: Evidence, audited: Audited) -> str:
    claim = audited.ready.store.claims.get(item.claim)
    standing = f" ({claim.standing})" if claim else ""
    held = f"Claim {code(item.claim)}{standing}: {escaped(item.statement)}"
    return f"{held}\n\n> {cited(item)}" if item.passage else held

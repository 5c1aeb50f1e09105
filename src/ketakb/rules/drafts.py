"""All findings on one document: judged readings, wording, self-contradictions; sorted, each fault said once."""

from __future__ import annotations

import datetime

from ketakb.compare.index import ClaimIndex
from ketakb.compare.judge import Judgement, judge
from ketakb.compare.within import Clash, find_clashes
from ketakb.extract.document import DocumentReading
from ketakb.model import Store
from ketakb.results import Finding, Judged, Reading, Related
from ketakb.rules.evidence import fingerprint
from ketakb.rules.judged import finding_of, say
from ketakb.rules.registry import all_rules
from ketakb.rules.specific import most_telling
from ketakb.rules.wording import wording_findings
from ketakb.text import Span
from ketakb.values import dataclass, replace

_SEVERITY = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as judged."""

    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]


def judge_document(
    index: ClaimIndex, text: str, reading: DocumentReading, kind: str, jurisdiction: str
) -> Draft:
    """Return every reading of a document with its verdict, and the findings for its editor."""
    store = index.store
    judgements = [judge(index, _placed(store, one, jurisdiction)) for one in reading.readings]
    judgements = most_telling(store, judgements)
    findings = [found for one in judgements if (found := finding_of(store, text, one)) is not None]
    findings += wording_findings(store, text, reading, kind, jurisdiction)
    findings = _with_own_contradictions(store, text, judgements, findings, index.as_of)
    return Draft(tuple(one.judged for one in judgements), tuple(_said_once(text, findings)))


def _placed(store: Store, reading: Reading, jurisdiction: str) -> Reading:
    """Return a reading with the jurisdiction that the text is read for, where its topic is one of law."""
    topic = store.topics.get(reading.assertion.topic)
    if (
        topic is None
        or topic.settings.get("jurisdictions") != "separate"
        or reading.assertion.qualifier("jurisdiction")
    ):
        return reading
    qualifiers = tuple(sorted((*reading.assertion.qualifiers, ("jurisdiction", (jurisdiction,)))))
    return replace(reading, assertion=replace(reading.assertion, qualifiers=qualifiers))


def _with_own_contradictions(
    store: Store, text: str, judgements: list[Judgement], findings: list[Finding], as_of: datetime.date
) -> list[Finding]:
    """Add where a text contradicts itself: beside the side that the store contradicts, else at the later place."""
    for clash in find_clashes(store, [one.judged for one in judgements], as_of):
        findings = _told(store, text, clash, findings)
    return findings


def _told(store: Store, text: str, clash: Clash, findings: list[Finding]) -> list[Finding]:
    first, second = clash.one, clash.two
    wrong = [one for one in (first, second) if one.verdict in ("contradicted", "stale")]
    if wrong:
        for one, other in ((first, second), (second, first)):
            if one in wrong and other not in wrong:
                beside = Related(other.reading.span, f"but here: {say(store, other.reading)}")
                findings = [_beside(finding, one, beside) for finding in findings]
        return findings
    if "supported" in (first.verdict, second.verdict):
        return findings  # what the store supports stands; the other place has a note of its own
    rule = all_rules()["KB212"]
    a, b = sorted((first.reading, second.reading), key=lambda reading: reading.span)
    words = text[b.span.start : b.span.end]
    own = Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.severity,
        verdict="contradicted",
        topic=b.assertion.topic,
        message=f"This says that {say(store, b)}; earlier the text says that {say(store, a)}.",
        why=f"{a.frame} against {b.frame}",
        span=b.span,
        related=(Related(a.span, f"here: {say(store, a)}"),),
        fingerprint=fingerprint(rule.id, words, []),
    )
    return [*findings, own]


def _beside(finding: Finding, judged: Judged, related: Related) -> Finding:
    """Return the finding on a judged reading with the other place beside it, up to three of them."""
    fits = finding.span == judged.reading.span and finding.verdict == judged.verdict
    if not fits or related in finding.related or len(finding.related) >= 3:
        return finding
    return replace(finding, related=(*finding.related, related))


def _said_once(text: str, findings: list[Finding]) -> list[Finding]:
    """Return findings by place, one for each fault, repeats of the same words counted."""
    order = sorted(findings, key=lambda f: (_SEVERITY[f.severity], f.rule[:3] != "KB3", _length(f)))
    kept: list[Finding] = []
    for finding in order:
        if any(_covers(other, finding) for other in kept):
            continue
        same = next(
            (
                n
                for n, other in enumerate(kept)
                if other.fingerprint == finding.fingerprint and other.span != finding.span
            ),
            None,
        )
        if same is not None and finding.span is not None and finding.severity == "note":
            kept[same] = replace(kept[same], count=kept[same].count + 1)
            continue
        kept.append(finding)
    return sorted(kept, key=lambda f: (f.span is None, f.span or Span(0, 0), f.rule))


def _length(finding: Finding) -> int:
    return finding.span.end - finding.span.start if finding.span else 0


def _covers(kept: Finding, new: Finding) -> bool:
    """Whether a finding that is kept already tells of the same fault."""
    if kept.span is None or new.span is None:
        return kept.fingerprint == new.fingerprint
    if not kept.span.overlaps(new.span):
        return False
    return kept.topic == new.topic or (kept.severity != "note" and new.severity == "note")

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
from ketakb.rules.registry import heading_of
from ketakb.rules.second import SecondReading
from ketakb.rules.specific import most_telling
from ketakb.rules.wording import wording_findings
from ketakb.store.learned import Weights
from ketakb.text import Span
from ketakb.values import dataclass, replace

_SET_RIGHT = 200
"""Characters within which what others say is set right."""
_SEVERITY = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as judged."""

    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    told: tuple[Judged, ...] | None
    """What of it machines are told: less what is right in passing, and what it likely repeats of claims besides."""


def judge_document(
    index: ClaimIndex,
    text: str,
    reading: DocumentReading,
    kind: str,
    jurisdiction: str,
    weights: Weights | None = None,
    linked: bool = False,
) -> Draft:
    """Return every reading of a document with its verdict, and the findings for its editor.

    `weights` are those that its clauses were weighed with; `linked`: whether machines are told what it asserts.
    """
    store = index.store
    judgements = [judge(index, _placed(store, one, jurisdiction)) for one in reading.readings]
    judgements = [one for one in judgements if not _is_wrong_guess(store, one)]
    judgements = most_telling(store, judgements)
    findings = [found for one in judgements if (found := finding_of(store, text, one)) is not None]
    own = [one.judged for one in judgements]
    told = tuple(
        one
        for one in reading.wording
        if one[1].guessed != "others" and not _is_set_right(store, one[0].wording, one[1], own)
    )
    findings += wording_findings(store, text, replace(reading, wording=told), kind, jurisdiction)
    findings = _with_own_contradictions(store, text, judgements, findings, index.as_of)
    judged = tuple([one.judged for one in judgements])
    second = SecondReading(index, text, reading.weighed, weights, reading.main)
    findings = second.findings(judged, findings)
    return Draft(judged, tuple(_said_once(findings)), tuple(second.links(judged)) if linked else None)


def _is_wrong_guess(store: Store, judgement: Judgement) -> bool:
    """Whether a statement would be wrong of those whom it is only likely about: then it is taken to be of others.

    Those of one family differ only in topics that keep them apart.
    """
    reading = judgement.judged.reading
    if not reading.guessed or judgement.judged.verdict not in ("contradicted", "stale"):
        return False
    topic = store.topics.get(reading.assertion.topic)
    return reading.guessed == "others" or (topic is not None and topic.settings.get("subjects") == "separate")


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
    found = list(findings)
    places: dict[tuple[Span | None, str], list[int]] = {}
    for number, finding in enumerate(found):
        places.setdefault((finding.span, finding.verdict), []).append(number)
    taken_back: set[int] = set()
    for clash in find_clashes(store, [one.judged for one in judgements], as_of):
        if _is_corrected(clash):
            taken_back.update(places.get((clash.one.reading.span, clash.one.verdict), ()))
        own = _told(store, text, clash, found, places)
        if own is not None:
            places.setdefault((own.span, own.verdict), []).append(len(found))
            found.append(own)
    judged = [one.judged for one in judgements]
    set_right = {
        (one.reading.assertion.topic, one.reading.span)
        for one in judged
        if one.verdict in ("contradicted", "stale")
        and _is_answered(one.reading, one.reading.assertion.topic, judged)
    }
    return [
        finding
        for number, finding in enumerate(found)
        if number not in taken_back and (finding.topic, finding.span) not in set_right
    ]


def _is_answered(said: Reading, topic: str, judged: list[Judged]) -> bool:
    """Whether the author says what is right of a topic behind what others are said to say.

    "Many believe that it is a new drug. It was patented in the 1960s." The two need not speak of the same thing.
    """
    return said.assertion.certainty == "attributed" and any(
        one.verdict == "supported"
        and one.reading.assertion.topic == topic
        and one.reading.assertion.certainty != "attributed"
        and 0 <= one.reading.span.start - said.span.end <= _SET_RIGHT
        for one in judged
    )


def _is_set_right(store: Store, wording: str | None, said: Reading, judged: list[Judged]) -> bool:
    topic = next((rule.topic for rule in store.wording if rule.id == wording), None)
    return topic is not None and _is_answered(said, topic, judged)


def _is_corrected(clash: Clash) -> bool:
    """Whether what others are said to say is set right behind it: "Some say it raises X. In fact it lowers X."."""
    one, two = clash.one, clash.two
    return (
        one.reading.assertion.certainty == "attributed"
        and one.verdict == "contradicted"
        and two.verdict == "supported"
        and two.reading.assertion.certainty != "attributed"
        and 0 <= two.reading.span.start - one.reading.span.end <= _SET_RIGHT
    )


def _told(
    store: Store, text: str, clash: Clash, found: list[Finding], places: dict[tuple[Span | None, str], list[int]]
) -> Finding | None:
    """Put one side of a contradiction beside the findings on the other, or return a finding of its own.

    `places` are the numbers of findings by place and verdict.
    """
    first, second = clash.one, clash.two
    wrong = [one for one in (first, second) if one.verdict in ("contradicted", "stale")]
    if wrong:
        for one, other in ((first, second), (second, first)):
            if one in wrong and other not in wrong:
                beside = Related(other.reading.span, f"but here: {say(store, other.reading)}")
                for number in places.get((one.reading.span, one.verdict), ()):
                    found[number] = _beside(found[number], beside)
        return None
    if "supported" in (first.verdict, second.verdict):
        return None  # what the store supports stands; the other place has a note of its own
    rule = heading_of("KB212")
    a, b = sorted((first.reading, second.reading), key=lambda reading: reading.span)
    words = text[b.span.start : b.span.end]
    return Finding(
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


def _beside(finding: Finding, related: Related) -> Finding:
    """Return a finding with another place beside it, up to three of them."""
    if related in finding.related or len(finding.related) >= 3:
        return finding
    return replace(finding, related=(*finding.related, related))


def _said_once(findings: list[Finding]) -> list[Finding]:
    """Return findings by place, one for each fault, repeats of the same words counted. Linear, but for sorting."""
    order = sorted(findings, key=lambda f: (_SEVERITY[f.severity], f.rule[:3] != "KB3", _length(f)))
    kept: list[Finding] = []
    near: dict[int, list[int]] = {}
    """Numbers of those that are kept, by stretches of the text that they touch."""
    same: dict[str, list[int]] = {}
    """The same by fingerprint."""
    nowhere: set[str] = set()
    """Fingerprints of those that are kept and stand nowhere."""
    for finding in order:
        alike = same.setdefault(finding.fingerprint, [])
        stretches = _stretches(finding)
        if finding.fingerprint in nowhere or (finding.span is None and alike):
            continue
        if any(_covers(kept[number], finding) for at in stretches for number in near.get(at, ())):
            continue
        if finding.span is not None and finding.severity == "note":
            number = next((n for n in alike if kept[n].span != finding.span), None)
            if number is not None:
                kept[number] = replace(kept[number], count=kept[number].count + 1)
                continue
        for at in stretches:
            near.setdefault(at, []).append(len(kept))
        if finding.span is None:
            nowhere.add(finding.fingerprint)
        alike.append(len(kept))
        kept.append(finding)
    return sorted(kept, key=lambda f: (f.span is None, f.span or Span(0, 0), f.rule))


_STRETCH = 256
"""Code points of a stretch: few findings touch one."""


def _stretches(finding: Finding) -> range:
    """Return the numbers of the stretches that a finding touches."""
    if finding.span is None:
        return range(0)
    return range(finding.span.start // _STRETCH, finding.span.end // _STRETCH + 1)


def _length(finding: Finding) -> int:
    return finding.span.end - finding.span.start if finding.span else 0


def _covers(kept: Finding, new: Finding) -> bool:
    """Whether a finding that is kept already tells of the same fault."""
    if kept.span is None or new.span is None or not kept.span.overlaps(new.span):
        return False
    return kept.topic == new.topic or (kept.severity != "note" and new.severity == "note")

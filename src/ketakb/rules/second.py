"""The second reading: findings and readings held against what clauses like these were in annotated copy.

Rules read a clause closely and one at a time, and go wrong where copy is put together in ways that no frame foresaw.
Weights learned from annotated copy (`extract.weighing`) see a clause as a whole. Where the two differ widely, a finding
becomes a note; where the weights alone are sure, the clause is told as one to look at (KB503), or tied to the claim
that it repeats. How far each is trusted was worked out on copy that no rule had been written for.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from ketakb.compare.index import ClaimIndex
from ketakb.extract.weighing import Weighed, telling_words
from ketakb.language.tokens import tokenize
from ketakb.model import Claim
from ketakb.results import Finding, Judged, Linked, Reading
from ketakb.rules.evidence import evidence_of, fingerprint
from ketakb.rules.registry import heading_of
from ketakb.store.learned import Weights
from ketakb.text import Span
from ketakb.values import replace

Frames = Mapping[tuple[Span | None, str | None], str]
"""Frames that readings rest on, by place and topic."""
LIKELY = "likely"
"""Name, instead of a frame's, of a reading that rests on weights alone."""
_RULE = "KB503"
_ALARMS = ("error", "warning")
_KINDS = {
    "KB401": "stale",
    "KB402": "stale",
    "KB301": "promise",
    "KB303": "promise",
    "KB206": "status",
    "KB204": "status",
}
"""What findings are weighed as; those of other rules that hold copy against claims are `other`."""
_OTHERS = frozenset(f"KB2{number:02}" for number in range(1, 12))
_SHORT = 60
"""Words that the pieces have on average of which weights are learned."""
_NEAR = 3
"""Topics, the likeliest first, of which one may give the claim that stands beside a clause."""
_TELLING = 4
"""Letters from which on a word says what a statement is about."""
_TOLD = 3
"""Words that are told to have counted most."""
_FAR = 12
"""Words of a clause outside of a finding, beyond which more do not count."""


class SecondReading:
    """The clauses of a document as they were weighed, with what its rules found."""

    def __init__(
        self,
        index: ClaimIndex,
        text: str,
        weighed: Sequence[Weighed],
        weights: Weights | None,
        main: str | None = None,
    ) -> None:
        """`main` is what the text is mainly about: a clause that names nobody is taken to speak of it."""
        self._weights, self._main = weights, main
        self._index, self._store, self._text = index, index.store, text
        self._claims: dict[str, list[Claim]] = {}
        self._spoken: dict[int, tuple[tuple[str, float], ...]] = {}
        self._weighed = sorted(weighed, key=lambda one: one.span)
        self._starts = [one.span.start for one in self._weighed]
        learned = index.store.learned
        self._numbers: Mapping[str, float] = learned.numbers if learned else {}
        self._record: Mapping[str, float] = learned.record if learned else {}
        if sum([one.words for one in self._weighed]) < self._numbers.get("least-words", 0.0):
            self._weighed, self._starts = [], []  # too little to tell what the words around a statement make of it

    def findings(self, judged: Sequence[Judged], findings: Iterable[Finding]) -> list[Finding]:
        """Return findings, those in doubt as notes, with those on clauses that look wrong and were not told."""
        found = list(findings)
        if not self._weighed:
            return found
        frames = _frames(judged)
        alarms = [self._signs(one, frames) for one in found]
        odds = self._odds(judged, [signs for signs in alarms if signs is not None])
        told = [
            self._in_doubt(one) if signs is not None and self._is_doubtful(signs, odds) else one
            for one, signs in zip(found, alarms, strict=True)
        ]
        places = [one.span for one in told if one.span is not None and one.severity in _ALARMS]
        known = {at for span in places for at in self._at(span)}
        least = self._numbers.get("raise-from", math.inf) + self._caution()
        for number in range(len(self._weighed)):
            if odds[number] >= least and number not in known:
                told += self._raised(number)
        return told

    def _caution(self) -> float:
        """Return how much surer it must be of a clause of a long text: of many clauses some look wrong by chance."""
        words = sum([one.words for one in self._weighed])
        return math.log(max(words / _SHORT, 1.0))

    def links(self, judged: Sequence[Judged]) -> list[Judged]:
        """Return what was judged, without what is right only in passing, with what clauses likely repeat of claims.

        What is in passing: words of a topic that the clause does not look to be about.
        """
        if not self._weighed:
            return list(judged)
        return [one for one in judged if not self._is_in_passing(one)] + self._likely(judged)

    def _is_in_passing(self, one: Judged) -> bool:
        at = self._at(one.reading.span) if one.verdict == "supported" else range(0)
        topic = one.reading.assertion.topic
        return bool(at) and not any(topic == name for number in at for name, _ in self._topics(number))

    def _likely(self, judged: Sequence[Judged]) -> list[Judged]:
        read = {
            (one.reading.assertion.topic, at)
            for one in judged
            if one.verdict == "supported"
            for at in self._at(one.reading.span)
        }
        least, most = self._numbers.get("link-from", math.inf), self._numbers.get("link-doubt", 0.0)
        found = []
        for number, one in enumerate(self._weighed):
            if one.doubt > most:
                continue
            for topic, odds in self._topics(number):
                if odds >= least and (topic, number) not in read and (claim := self._nearest(one, topic)) is not None:
                    found.append(_repeating(one, topic, claim))
        return found

    def _at(self, span: Span) -> range:
        """Return the numbers of the clauses that a span touches."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        while first < len(self._weighed) and self._weighed[first].span.end <= span.start:
            first += 1
        return range(first, max(first, bisect_left(self._starts, span.end)))

    def signs_of(self, judged: Sequence[Judged], findings: Iterable[Finding]) -> list[tuple[Weighed, dict[str, float]]]:
        """Return the clauses, each with all that its odds are made up of: for learning how much each counts."""
        frames = _frames(judged)
        alarms = [signs for one in findings if (signs := self._signs(one, frames)) is not None]
        return list(zip(self._weighed, self._made_of(judged, alarms), strict=True))

    def _signs(
        self, finding: Finding, frames: Frames
    ) -> tuple[Span, str, float] | None:
        """Return place, kind and record of a finding that may be in doubt, or None."""
        kind = _KINDS.get(finding.rule) or ("other" if finding.rule in _OTHERS else None)
        if kind is None or finding.span is None or finding.severity not in _ALARMS:
            return None
        if finding.layer and finding.layer != self._store.layers[0]:
            return None  # a house's own rule is told as the house wrote it
        return finding.span, kind, self._record.get(record_key(finding, frames), 0.0)

    def _made_of(
        self, judged: Sequence[Judged], alarms: Iterable[tuple[Span, str, float]]
    ) -> list[dict[str, float]]:
        made = [{"doubt": one.doubt} for one in self._weighed]
        for one in judged:
            if one.verdict == "supported":
                for at in self._at(one.reading.span):
                    made[at]["supported"] = 1.0
        for span, kind, record in alarms:
            inside = len(self._text[span.start : span.end].split())
            for at in self._at(span):
                signs, clause = made[at], self._weighed[at]
                signs[kind] = signs["alarm"] = 1.0
                signs["record"] = max(signs.get("record", 0.0), math.log1p(record))
                signs["named"] = float(clause.named)
                signs["outside"] = min(_FAR, abs(clause.words - inside)) / 6
        return made

    def _odds(self, judged: Sequence[Judged], alarms: Iterable[tuple[Span, str, float]]) -> list[float]:
        """Return for each clause the log-odds that an editor would mark it."""
        weights = {name.removeprefix("sign-"): one for name, one in self._numbers.items() if name.startswith("sign-")}
        base = self._numbers.get("base", 0.0)
        return [
            base + sum([weights.get(name, 0.0) * value for name, value in signs.items()])
            for signs in self._made_of(judged, alarms)
        ]

    def _is_doubtful(self, signs: tuple[Span, str, float], odds: Sequence[float]) -> bool:
        near = [odds[at] for at in self._at(signs[0])]
        return bool(near) and max(near) < self._numbers.get("note-below", -math.inf)

    def _in_doubt(self, finding: Finding) -> Finding:
        why = f"{finding.why}; a note, since copy that is put like this is seldom wrong"
        return replace(finding, severity="note", why=why)

    def _topics(self, number: int) -> tuple[tuple[str, float], ...]:
        """Return the topics that a clause may speak of, worked out once."""
        found = self._spoken.get(number)
        if found is None:
            one = self._weighed[number]
            found = () if self._weights is None else self._weights.topics(one.own, one.lent)
            self._spoken[number] = found
        return found

    def _raised(self, number: int) -> list[Finding]:
        one = self._weighed[number]
        topic, claims = self._fitting(number)
        if not claims or topic is None:
            return []  # nothing could be shown beside it
        rule = heading_of(_RULE)
        known = claims[0].statement.rstrip(".")
        return [
            Finding(
                rule=rule.id,
                name=rule.name,
                severity=rule.severity,
                verdict="unsupported",
                topic=topic,
                message=f"Look at this again: statements put like it were often wrong. What is known: {known}.",
                why=f"{topic}:{LIKELY}; no rule reads it; {self._tells(one)}",
                span=one.span,
                suggestion=next((claim.prefer for claim in claims if claim.prefer), None),
                evidence=evidence_of(self._store, claims),
                fingerprint=fingerprint(rule.id, self._text[one.span.start : one.span.end], [claims[0].id]),
            )
        ]

    def _tells(self, one: Weighed) -> str:
        """Return which words of a clause count most."""
        words = telling_words(tokenize(self._text, one.span.start, one.span.end))
        if self._weights is None or not words:
            return "weighed by its words as one that editors mark"
        counts = zip(self._weights.counting(list(words), len(one.own)), words.values(), strict=True)
        most = [word for count, word in sorted(counts, key=lambda pair: -pair[0])[:_TOLD] if count > 0]
        told = ", ".join(f"“{word}”" for word in most)
        return f"weighed by its words as one that editors mark, most by {told or 'how they stand together'}"

    def _fitting(self, number: int) -> tuple[str | None, list[Claim]]:
        """Return the likeliest topic with claims on whom a clause is about, and these; else the likeliest with any."""
        one = self._weighed[number]
        likeliest = [(topic, self._ranked(one, topic)) for topic, _ in self._topics(number)[:_NEAR]]
        spoken = self._spoken_of(one)
        about = [pair for pair in likeliest if pair[1] and pair[1][0].assertion.subject in spoken]
        return next(iter(about or [pair for pair in likeliest if pair[1]]), (None, []))

    def _spoken_of(self, one: Weighed) -> frozenset[str]:
        """Return all that a clause mentions, wider terms included; who names nobody speaks of the text's subject."""
        spoken = one.concepts if one.named or self._main is None else one.concepts.union((self._main,))
        return frozenset().union(*[self._wider(concept) for concept in spoken])

    def _nearest(self, one: Weighed, topic: str) -> Claim | None:
        return next(iter(self._ranked(one, topic)), None)

    def _ranked(self, one: Weighed, topic: str) -> list[Claim]:
        """Return the accepted claims under a topic that mention most of what a clause does, the nearest first.

        Of two as near the shorter, which says less besides.
        """
        if topic not in self._claims:
            held = (claim for claim in self._index.under(topic) if claim.standing == "accepted")
            self._claims[topic] = [claim for claim in held if self._index.in_force(claim) == "now"]
        wide = self._spoken_of(one)
        words = _words(self._text[one.span.start : one.span.end])
        near = [(most, claim) for claim in self._claims[topic] if (most := _shared(wide, claim))]
        near = [(most + len(words & _words(claim.statement)), claim) for most, claim in near]
        return [claim for _, claim in sorted(near, key=lambda pair: (-pair[0], len(pair[1].statement)))]

    def _wider(self, concept: str) -> Iterable[str]:
        known = self._store.closure
        found = known.get(concept) if known is not None else self._store.ancestors(concept)
        return found or (concept,)


def _words(text: str) -> set[str]:
    return {word for word in text.lower().replace(",", " ").replace(".", " ").split() if len(word) >= _TELLING}


def _shared(concepts: frozenset[str], claim: Claim) -> int:
    said = claim.assertion
    return 2 * len(concepts.intersection(said.objects)) + 3 * (said.subject in concepts)


def _repeating(one: Weighed, topic: str, claim: Claim) -> Judged:
    assertion = replace(claim.assertion, topic=topic)
    reading = Reading(assertion, one.span, f"{topic}:{LIKELY}")
    return Judged(reading, "supported", (Linked(claim.id, "agrees", "by its words"),))


def _frames(judged: Iterable[Judged]) -> Frames:
    return {(one.reading.span, one.reading.assertion.topic): one.reading.frame for one in judged}


def record_key(finding: Finding, frames: Frames) -> str:
    """Return the name under which it is kept how often findings like this one were right."""
    frame = frames.get((finding.span, finding.topic))
    return f"{finding.rule} {frame or finding.topic}"

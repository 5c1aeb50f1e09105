"""What an audit, a search or a reading comes to: frozen values that reports print and nothing changes."""

from __future__ import annotations

import bisect
from collections.abc import Mapping

from ketakb.assertion import Assertion
from ketakb.model import Claim
from ketakb.text import Span
from ketakb.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim with the passage that stands behind a finding."""

    claim: str
    statement: str
    source: str | None
    """Source id, or None for a claim without passages."""
    kind: str | None
    title: str | None
    year: str | None
    link: str | None
    """DOI or URL that can be opened."""
    passage: str | None
    quoted: bool
    """True where `passage` is verbatim, False where it is our summary."""
    layer: str = ""
    """Name of the store that the claim comes from: of a client's layer, or the one beneath."""
    overrules: str | None = None
    """Id of the claim of the store beneath that this one replaces."""
    because: str | None = None
    """Why it does."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an editor is told about a draft."""

    rule: str
    """KB201 ..."""
    name: str
    """Kebab-case name of the rule."""
    severity: str
    """error, warning or note."""
    verdict: str
    """supported, contradicted, overclaim, stale, contested, unsupported or incomplete."""
    topic: str | None
    message: str
    """One plain sentence: what the text says and what stands against it."""
    why: str
    """Trigger words and scopes, for --why."""
    span: Span | None = None
    """None where scope is document."""
    suggestion: str | None = None
    """Wording to use instead."""
    evidence: tuple[Evidence, ...] = ()
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    """Stable over moves of the clause: digest of rule, folded clause text and claims."""
    count: int = 1
    """How often the same finding stands in the document."""
    layer: str = ""
    """For a finding of a wording rule: name of the store that the rule comes from."""

    @property
    def scope(self) -> str:
        """`span`, or `document` for a finding on the whole text."""
        return "document" if self.span is None else "span"


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a finding is not reported."""

    how: str
    """remark (in the draft), per-file-ignores (of the configuration), decision or baseline."""
    because: str
    place: str
    """Where it is written: `file:line`."""
    verdict: str = ""
    """Of a decision: accepted, false-alarm or deferred."""
    by: str | None = None
    on: str | None = None
    until: str | None = None
    """ISO date up to which it holds, that day included; None without end."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that was made and is not reported."""

    finding: Finding
    silence: Silence


@dataclass(frozen=True, slots=True)
class Linked:
    """How one claim of the store stands to an assertion of a draft."""

    claim: str
    stance: str
    """agrees, contradicts or not-comparable."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An assertion that was read in a draft, with the words it was read from."""

    assertion: Assertion
    span: Span
    """The shortest clause that carries it."""
    frame: str
    """topic and frame that recognised it."""
    triggers: tuple[tuple[str, Span], ...] = ()
    """(concept or cue, where): the words that it rests on."""
    polarity: int = 0
    """Sign of the relation as read, before negation."""
    one_study: bool = False
    """True where the sentence tells what one study found, which says nothing of the rest."""
    guessed: str = ""
    """Where it is only likely whom it is about, whom else it may be about: "others", or "kin" of the same family."""


@dataclass(frozen=True, slots=True)
class Cite:
    """A source that a statement could cite."""

    source: str
    claim: str
    """The claim that the source supports and the statement repeats."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading held against the store."""

    reading: Reading
    verdict: str
    claims: tuple[Linked, ...] = ()
    cite: Cite | None = None
    """For a supported statement that cites nothing, where it was asked for."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence on topic that was not understood."""

    span: Span


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a document was read."""

    sentences: int
    on_topic: int
    read: int
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """All about one audited document."""

    path: str
    text: str
    digest: str
    kind: str
    """Kind of copy it was read as."""
    jurisdiction: str
    coverage: Coverage
    judged: tuple[Judged, ...] = ()
    findings: tuple[Finding, ...] = ()
    places: tuple[tuple[int, str], ...] = ()
    """Where lines mean little to a person (Word): from which offset on, and what it is called there."""
    silenced: tuple[Silenced, ...] = ()
    """Findings that somebody decided not to be told of."""
    concepts: frozenset[str] = frozenset()
    """All that the text mentions, wider terms included."""
    told: tuple[Judged, ...] | None = None
    """What was judged as machines are told it: without what is right in passing, with what the text likely repeats of
    claims. None where that is the same."""

    def locator(self, offset: int) -> str | None:
        """Return what a person calls a place ("Side effects, paragraph 2"); None where its line says it."""
        at = bisect.bisect_right(self.places, offset, key=lambda place: place[0]) - 1
        return self.places[at][1] if at >= 0 else None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: a claim of the store, or a place in a draft."""

    claim: Claim | None = None
    path: str | None = None
    span: Span | None = None
    line: int | None = None
    """1-based line of the first word; None where `path` is."""
    text: str | None = None
    """The words."""
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that cannot both stand."""

    id: str
    rule: str
    kind: str
    """Comparator that found it: direction, target, interval ..."""
    topic: str
    severity: str
    status: str
    """open, settled or contested."""
    message: str
    sides: tuple[Side, Side]
    because: str | None = None
    """What settled it."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was found, in one document or in many."""

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    silenced: int = 0
    documents: int = 0

    def __add__(self, other: Totals) -> Totals:
        """Return what was found in both."""
        return Totals(
            self.errors + other.errors,
            self.warnings + other.warnings,
            self.notes + other.notes,
            self.silenced + other.silenced,
            self.documents + other.documents,
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not audited, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What `ketakb audit` comes to."""

    as_of: str
    """ISO date that the audit is made for."""
    store_name: str
    store_digest: str
    claims: int
    sources: int
    kind: str
    """Kind of copy, as asked for or as the store says."""
    jurisdiction: str
    documents: tuple[DocumentReport, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    not_comparable: Mapping[str, int] = field(default_factory=dict)
    """Pairs on one topic that were not compared, by the axis that differs."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result."""

    claim: Claim
    score: float
    matched: tuple[str, ...]
    """Words of the claim or its passages that matched, as they stand there."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of the user's cache."""

    path: str
    size: int
    """Bytes."""
    of: str
    """What it was made of: the folder of a store, or what else in words."""

"""A small store and reports, made by hand, for tests of what only prints or ranks values."""

from __future__ import annotations

from dataclasses import replace

from ketakb.assertion import Assertion, Value
from ketakb.model import Claim, Passage, Problem, Review, Source, Store
from ketakb.parsed import Cue, Mention, ParsedDocument, ParsedSentence, Quantity, Related
from ketakb.results import (
    AuditReport,
    Conflict,
    Coverage,
    DocumentReport,
    Evidence,
    Finding,
    Hit,
    Judged,
    Linked,
    Reading,
    Side,
    Silence,
    Silenced,
    Skipped,
    Unread,
)
from ketakb.results import Related as See
from ketakb.terms import Entity, Relation, Topic
from ketakb.text import Span


def _entity(name: str, label: str, *names: str, broader: tuple[str, ...] = ()) -> Entity:
    return Entity(name, label, "drug", names or (label,), broader=broader)


def _claim(
    name: str, statement: str, said: Assertion, standing: str, *passages: Passage, because: str | None = None
) -> Claim:
    return Claim(
        name,
        statement,
        said,
        standing=standing,
        because=because,
        passages=passages,
        path="data/claims.yaml",
        line=7,
    )


SOURCES = {
    source.id: source
    for source in (
        Source(
            "label-1", "Prescribing information", "label", published="2023", url="https://example.org/label"
        ),
        Source("review-1", "How it works", "review", published="2018", doi="10.1000/1"),
        Source("ad-1", "Feel better today", "marketing", publisher="A clinic", verbatim=True),
    )
}
ENTITIES = {
    entity.id: entity
    for entity in (
        _entity("ketamine", "ketamine", "ketamine"),
        _entity("esketamine", "esketamine", "esketamine", "spravato", broader=("ketamine",)),
        _entity("nmda-receptor", "NMDA receptors", "nmda receptor", "n methyl d aspartate receptor"),
        _entity("side-effect", "side effects", "side effect", "(adverse|unwanted) effect"),
        _entity("nausea", "nausea", "nausea", broader=("side-effect",)),
        _entity("dissociation", "dissociation", broader=("side-effect",)),
        _entity("trd", "treatment-resistant depression", "treatment resistant depression"),
        _entity("ssri", "SSRIs", "ssri", "conventional antidepressant"),
    )
}
RELATIONS = {
    relation.id: relation
    for relation in (
        Relation("blocks", "blocks", -1, "activates", classes=("block",)),
        Relation("activates", "activates", 1, "blocks", classes=("activate",)),
        Relation("causes", "causes", 1),
        Relation("starts-within", "starts to work within"),
        Relation("approved-for", "is approved for", 1),
    )
}
TOPICS = {
    topic.id: topic
    for topic in (
        Topic(
            "mechanism/nmda-receptor",
            "NMDA receptors",
            "What does ketamine do at NMDA receptors?",
            "direction",
        ),
        Topic(
            "onset/antidepressant", "Onset of the benefit", "How soon does ketamine lift mood?", "interval"
        ),
        Topic(
            "onset/conventional",
            "Onset of conventional drugs",
            "How long until other drugs work?",
            "interval",
        ),
        Topic("safety/side-effects", "Side effects", "What side effects does ketamine have?", "presence"),
        Topic("approval/esketamine", "Approval of esketamine", "What is esketamine approved for?", "status"),
    )
}
_NMDA, _SIDE = "mechanism/nmda-receptor", "safety/side-effects"
CLAIMS = {
    claim.id: claim
    for claim in (
        Claim(
            "nmda-blocks",
            "Ketamine blocks NMDA receptors.",
            Assertion(_NMDA, "ketamine", "blocks", ("nmda-receptor",)),
            standing="accepted",
            because="Label and reviews agree.",
            prefer="Ketamine blocks (antagonises) NMDA receptors.",
            passages=(
                Passage("review-1", says="a channel blocker at the NMDA receptor", locator="abstract"),
                Passage("label-1", says="an NMDA receptor antagonist", locator="section 12.1"),
            ),
            review=Review("project", "2026-11-21", "2027-11-21"),
            path="data/claims.yaml",
            line=3,
        ),
        _claim(
            "nmda-activates",
            "Ketamine stimulates NMDA receptors.",
            Assertion(_NMDA, "ketamine", "activates", ("nmda-receptor",)),
            "rejected",
            Passage("ad-1", quote="it stimulates your NMDA receptors", line=12),
            because="The label and reviews say the opposite.",
        ),
        _claim(
            "onset-hours",
            "Ketamine lifts mood within hours.",
            Assertion("onset/antidepressant", "ketamine", "starts-within", value=Value(None, 24, "hour")),
            "accepted",
            Passage("review-1", says="mood improves within a day"),
        ),
        _claim(
            "onset-conventional",
            "Conventional antidepressants work after several weeks.",
            Assertion("onset/conventional", "ssri", "starts-within", value=Value(2, 8, "week")),
            "accepted",
            Passage("review-1", says="several weeks"),
        ),
        _claim(
            "side-effects-list",
            "Common side effects are nausea and dissociation.",
            Assertion(_SIDE, "ketamine", "causes", ("nausea", "dissociation")),
            "accepted",
            Passage("label-1", says="nausea, dissociation"),
        ),
        _claim(
            "side-effects-none",
            "Ketamine has no side effects.",
            Assertion(_SIDE, "ketamine", "causes", ("side-effect",), quantifier="none"),
            "rejected",
            Passage("ad-1", quote="patients don’t experience any side effects", line=20),
        ),
        _claim(
            "esketamine-trd",
            "Esketamine is approved for treatment-resistant depression.",
            Assertion("approval/esketamine", "esketamine", "approved-for", ("trd",)),
            "accepted",
            Passage("label-1", says="indicated in adults with treatment-resistant depression"),
        ),
        _claim(
            "ssri-no-benefit",
            "No single conventional drug works for every patient.",
            Assertion("onset/conventional", "ssri", "starts-within", negated=True),
            "unreviewed",
        ),
    )
}
STORE = Store(
    name="made",
    title="A store made by hand",
    language="en",
    jurisdiction="US",
    copy_kind="clinic-page",
    kinds=("label", "review", "marketing"),
    weak_from="marketing",
    entities=ENTITIES,
    relations=RELATIONS,
    scales={},
    topics=TOPICS,
    claims=CLAIMS,
    sources=SOURCES,
    layers=("made",),
    subject="ketamine",
    digest="sha256:00",
)

TEXT = (
    "# Hope\n\n"
    "Ketamine stimulates NMDA receptors [bold]today[/bold]. It has no side effects.\n"
    "It may lift mood. Ask \x1b[31mus\x1b[0m about the gut.\n"
)
_SUMMARY = Evidence(
    "nmda-blocks",
    "Ketamine blocks NMDA receptors.",
    "review-1",
    "review",
    "How it works",
    "2018",
    "https://doi.org/10.1000/1",
    "a channel blocker at the NMDA receptor",
    False,
    "made",
)
_QUOTE = Evidence(
    "nmda-activates",
    "Ketamine stimulates NMDA receptors.",
    "ad-1",
    "marketing",
    "Feel better today",
    None,
    None,
    "it stimulates your NMDA receptors",
    True,
    "made",
)
_ONLY_AD = Evidence(
    "side-effects-none",
    "Ketamine has no side effects.",
    "ad-1",
    "marketing",
    "Feel better today",
    "2019",
    None,
    "patients don’t experience any side effects",
    True,
    "made",
)


def span(words: str, text: str = TEXT) -> Span:
    """Return where words stand in the text."""
    at = text.index(words)
    return Span(at, at + len(words))


READING = Reading(
    Assertion(_NMDA, "ketamine", "activates", ("nmda-receptor",), qualifiers=(("dose", ("low",)),)),
    span("Ketamine stimulates NMDA receptors"),
    "mechanism/nmda-receptor#direction",
    (("activates", span("stimulates")), ("nmda-receptor", span("NMDA receptors"))),
    1,
)
FINDINGS = (
    Finding(
        "KB201",
        "opposite-direction",
        "error",
        "contradicted",
        _NMDA,
        "The text says that ketamine activates NMDA receptors; it blocks them.",
        "activates against blocks",
        span("Ketamine stimulates NMDA receptors"),
        "Ketamine blocks (antagonises) NMDA receptors.",
        (_QUOTE, _SUMMARY),
        (See(span("It may lift mood"), "this says otherwise"),),
        "f1",
    ),
    Finding(
        "KB301",
        "overclaim",
        "warning",
        "overclaim",
        _SIDE,
        "No drug is free of side effects.",
        "quantifier none",
        span("It has no side effects"),
        None,
        (_ONLY_AD,),
        fingerprint="f2",
        count=2,
    ),
    Finding(
        "KB501",
        "unsupported",
        "note",
        "unsupported",
        "onset/antidepressant",
        "No claim of the store supports this.",
        "",
        span("It may lift mood"),
        fingerprint="f3",
    ),
    Finding(
        "KB601",
        "missing-disclosure",
        "warning",
        "incomplete",
        None,
        "The page names benefits and no risk.",
        "",
        None,
        "Name the common side effects.",
        fingerprint="f4",
    ),
)
DOCUMENT = DocumentReport(
    "draft.md",
    TEXT,
    "sha256:11",
    "clinic-page",
    "US",
    Coverage(5, 4, 3, (Unread(span("about the gut")),)),
    (Judged(READING, "contradicted", (Linked("nmda-blocks", "contradicts", "opposite"),)),),
    FINDINGS,
)
CLEAN = DocumentReport("clean.md", "It lifts mood.\n", "sha256:22", "clinic-page", "US", Coverage(22, 22, 14))
FOREIGN = DocumentReport(
    "garden.md", "Roses need sun.\n", "sha256:33", "clinic-page", "US", Coverage(1, 0, 0)
)
CONFLICTS = (
    Conflict(
        "c1",
        "KB201",
        "direction",
        _NMDA,
        "error",
        "settled",
        "One side blocks, the other activates.",
        (Side(CLAIMS["nmda-blocks"]), Side(CLAIMS["nmda-activates"])),
        "The label and reviews say the opposite.",
    ),
    Conflict(
        "c2",
        "KB205",
        "presence",
        _SIDE,
        "error",
        "open",
        "One side lists side effects, the other knows none.",
        (Side(CLAIMS["side-effects-list"]), Side(CLAIMS["side-effects-none"])),
    ),
    Conflict(
        "c3",
        "KB203",
        "interval",
        "onset/antidepressant",
        "warning",
        "contested",
        "Both are said with good evidence.",
        (Side(CLAIMS["onset-hours"]), Side(CLAIMS["onset-conventional"])),
        "Studies differ.",
    ),
    Conflict(
        "c4",
        "KB204",
        "quantity",
        "onset/conventional",
        "note",
        "open",
        "Two figures inside the accepted range.",
        (Side(CLAIMS["onset-conventional"]), Side(CLAIMS["ssri-no-benefit"])),
    ),
)


def audit_report(*documents: DocumentReport, **more: object) -> AuditReport:
    """Return an audit report of these documents."""
    fields: dict[str, object] = {
        "as_of": "2026-11-21",
        "store_name": "made",
        "store_digest": "sha256:00",
        "claims": len(CLAIMS),
        "sources": len(SOURCES),
        "kind": "clinic-page",
        "jurisdiction": "US",
        "documents": documents,
    }
    return AuditReport(**{**fields, **more})  # type: ignore[arg-type]


DRAFTS = audit_report(
    DOCUMENT,
    CLEAN,
    FOREIGN,
    conflicts=(
        Conflict(
            "d1",
            "KB203",
            "interval",
            "onset/antidepressant",
            "warning",
            "open",
            "Two drafts give two times.",
            (
                Side(None, "draft.md", span("It may lift mood"), 4, "It may lift mood", 1, 4, 17),
                Side(None, "clean.md", Span(0, 13), 1, "It lifts mood", 1, 1, 14),
            ),
        ),
    ),
    skipped=(Skipped("logo.png", ".png; not a text"),),
)
SILENCED = audit_report(
    replace(
        DOCUMENT,
        findings=FINDINGS[1:],
        silenced=(
            Silenced(
                FINDINGS[0],
                Silence(
                    "decision",
                    "Quoted as a <myth>.",
                    "decisions.yaml:3",
                    "deferred",
                    "Dr A. Example",
                    "2026-11-20",
                    "2026-12-31",
                ),
            ),
        ),
    )
)
WHOLE_STORE = audit_report(conflicts=CONFLICTS, not_comparable={"subject": 2, "jurisdiction": 5})
HITS = [
    Hit(CLAIMS["nmda-activates"], 3.5, ("stimulates", "NMDA")),
    Hit(CLAIMS["nmda-blocks"], 1.25, ("NMDA",)),
]
PROBLEMS = [
    Problem(
        "KB107",
        "data/claims.yaml",
        4,
        11,
        "unknown topic `mechanism/nmd`; did you mean `mechanism/nmda-receptor`?",
    ),
    Problem("KB101", "data/a.yaml", 1, 1, "cannot be read"),
    Problem("KB121", "data/claims.yaml", 3, 3, "the review of nmda-blocks was due on 2026-01-01", "warning"),
    Problem("KB123", "data/sources/ad-1.md", 1, 1, "no claim uses this source", "note"),
]
_SENTENCE = "Within 2 hours it may not block [NMDA] receptors."
PARSED = [
    ParsedDocument(
        "draft.md",
        _SENTENCE + "\n",
        (
            ParsedSentence(
                Span(0, len(_SENTENCE)),
                (Mention("nmda-receptor", span("[NMDA] receptors", _SENTENCE), True, "hedged"),),
                (Cue("negation", span("not", _SENTENCE), span("block [NMDA] receptors", _SENTENCE)),),
                (
                    Related(
                        "blocks", -1, "ketamine", "nmda-receptor", span("block", _SENTENCE), True, "hedged"
                    ),
                ),
                (Quantity(Value(None, 2, "hour"), span("Within 2 hours", _SENTENCE)),),
                ("`it` stands for ketamine, the subject of the document",),
            ),
        ),
        (
            Reading(
                Assertion(_NMDA, "ketamine", "blocks", ("nmda-receptor",), negated=True, certainty="hedged"),
                span("it may not block [NMDA] receptors", _SENTENCE),
                "mechanism/nmda-receptor#direction",
                (("blocks", span("block", _SENTENCE)),),
                -1,
            ),
        ),
    )
]

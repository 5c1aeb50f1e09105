"""The central values. All are frozen; nothing here reads or writes anything.

The shape of an Assertion follows INDRA's separation of statement and evidence: what is said (Assertion)
is kept apart from who says it in which words (Passage), and a Claim joins the two with a standing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ketakb.text import Span
from ketakb.values import dataclass, field

if TYPE_CHECKING:
    from ketakb.kept import Kept

Pairs = tuple[tuple[str, tuple[str, ...]], ...]
"""A small frozen mapping: sorted (key, values) pairs."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file of the store, told where it is."""

    rule: str
    """Rule id, such as KB101."""
    path: str
    """File, as the user would type it."""
    line: int
    """1-based line; 1 where the file as a whole is meant."""
    column: int
    """1-based column."""
    message: str
    """What is wrong, and what to write instead."""
    severity: str = "error"
    """error, warning or note."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number or an interval of numbers. An open end is None."""

    low: float | None
    """Lower end in `unit`, or None."""
    high: float | None
    """Upper end in `unit`, or None."""
    unit: str
    """second, minute, hour, day, week, month, year | person, percent, count | mg, mg/kg | dollar | date-year ..."""
    of: str | None = None
    """What the number is of: an entity id (us-adults, world, trd-patients), or None."""
    approx: bool = False
    """True for "about", "nearly", "some"."""


@dataclass(frozen=True, slots=True)
class TimeRef:
    """When a statement says that it holds."""

    start: str | None = None
    """ISO date (YYYY, YYYY-MM or YYYY-MM-DD) from which, or None."""
    end: str | None = None
    """ISO date until which, or None."""
    relative: str | None = None
    """A date that moves with the day of reading: last-year, recent, newest, now, in-trials; or None."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a schedule."""

    start: float | None
    """First week, 1-based, or None."""
    end: float | None
    """Last week, inclusive, or None where it goes on."""
    low: float
    """Fewest treatments a week."""
    high: float
    """Most treatments a week."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What one clause or one claim asserts: the one normal form that comparators see."""

    topic: str
    """Topic key, such as mechanism/nmda-receptor."""
    subject: str | None = None
    """Entity id of what it is about."""
    relation: str | None = None
    """Relation id."""
    objects: tuple[str, ...] = ()
    """Entity ids of the other argument; several where the text coordinates them."""
    negated: bool = False
    """True for "does not"."""
    quantifier: str | None = None
    """none, some, most, all; None where the text does not say."""
    only: str | None = None
    """subject, object or the name of a qualifier that is said to be the sole one."""
    certainty: str = "asserted"
    """asserted, hedged, attributed; denied, questioned and conditional clauses assert nothing."""
    attributed: str | None = None
    """To whom a statement is attributed, in the words of the text."""
    than: str | None = None
    """Entity id of the other side of a comparison."""
    value: Value | None = None
    """The number that is asserted."""
    time: TimeRef | None = None
    """When the text says that it holds."""
    phases: tuple[Phase, ...] = ()
    """A schedule."""
    qualifiers: Pairs = ()
    """route, dose, population, indication, setting, jurisdiction, with, ..."""

    def qualifier(self, key: str) -> tuple[str, ...]:
        """Return the values of one qualifier, or an empty tuple."""
        for name, values in self.qualifiers:
            if name == key:
                return values
        return ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim is said: a verbatim quote, or our summary with a locator."""

    source: str
    """Source id."""
    quote: str | None = None
    """Verbatim words of a source whose text is kept, at most 300 characters."""
    says: str | None = None
    """Our own words for what a source says whose text is not kept."""
    locator: str | None = None
    """Where in the source: abstract, section 5.1, page 3."""
    span: Span | None = None
    """Where the quote stands in the text of the source, once found."""
    line: int | None = None
    """1-based line of the quote in the source's file, once found."""


@dataclass(frozen=True, slots=True)
class Review:
    """Who looked at a claim, when, and what they looked at."""

    by: str | None = None
    """Reviewer's name; `project` for what ships."""
    on: str | None = None
    """ISO date of the review."""
    review_by: str | None = None
    """ISO date after which it must be looked at again."""
    fingerprint: str | None = None
    """Digest of the claim, its passages and sources as reviewed."""
    state: str | None = None
    """`needed` where a statement rests on knowledge that nobody has confirmed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion of the store, with its standing and its passages."""

    id: str
    statement: str
    """One plain sentence."""
    assertion: Assertion
    also: tuple[str, ...] = ()
    """Further topics under which it is compared."""
    standing: str = "unreviewed"
    """accepted, rejected, contested, superseded or unreviewed."""
    because: str | None = None
    """Why it stands so."""
    prefer: str | None = None
    """Wording that an editor can paste."""
    valid_from: str | None = None
    """ISO date from which the house holds it true, where the world changed."""
    valid_to: str | None = None
    """ISO date until which."""
    passages: tuple[Passage, ...] = ()
    review: Review = Review()
    overrules: str | None = None
    """Id of the claim of the store beneath that this one, of a layer, replaces."""
    layer: str = ""
    """Name of the store that the claim comes from."""
    path: str = ""
    """File it stands in."""
    line: int = 0
    """1-based line of its `id`."""

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics under which it is compared."""
        return (self.assertion.topic, *self.also)


@dataclass(frozen=True, slots=True)
class Source:
    """One document that claims rest on."""

    id: str
    title: str
    kind: str
    """A rung of the store's ladder: label, statute, regulator, ... marketing."""
    publisher: str | None = None
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None
    published: str | None = None
    """ISO date or year."""
    retrieved: str | None = None
    rights: str | None = None
    retracted: bool = False
    superseded_by: str | None = None
    review_by: str | None = None
    verbatim: bool = False
    """True where the text below is the source's own; False where it is our summary."""
    text: str = ""
    """The text after the front matter."""
    text_line: int = 1
    """1-based line of the file on which the text begins."""
    path: str = ""
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that text speaks of."""

    id: str
    label: str
    """How messages call it."""
    kind: str
    """drug, receptor, transmitter, target, condition, effect, body, route, setting, people, form or notion."""
    names: tuple[str, ...] = ()
    """Phrases in the phrase grammar of docs/store-format.md; case and inflection do not matter."""
    abbreviations: tuple[str, ...] = ()
    """Names that count only with these capitals."""
    broader: tuple[str, ...] = ()
    """Ids of wider terms."""
    excludes: tuple[str, ...] = ()
    """Phrases that contain a name but mean something else."""
    evokes: str | None = None
    """Entity that a text means where it names only this: the infusion, the spray."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one thing does to another, or is."""

    id: str
    label: str
    """The verb as messages print it: "blocks"."""
    polarity: int = 0
    """-1, 0 or +1."""
    opposite: str | None = None
    classes: tuple[str, ...] = ()
    """Word classes of the package that express it: block, activate, raise, lower, cause, ..."""
    words: tuple[str, ...] = ()
    """Further verbs of this subject, in the phrase grammar."""
    nouns: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """What a frame asks of a number: its family of units and the part it plays."""

    unit: str
    """time, share, count, person, year, money, dose, rate."""
    role: tuple[str, ...] = ()
    """Parts it may play (onset, duration, since, per, bare ...); empty for any."""
    of: tuple[str, ...] = ()
    """Nouns of which it must be the number ("infusion"); empty for any."""
    rivals: tuple[str, ...] = ()
    """Concepts that take a number for themselves where they stand nearer to it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a clause is recognised as speaking of a topic, and what it then asserts."""

    id: str
    subject: tuple[str, ...] = ()
    """Entities, narrower ones included, one of which the clause must be about; empty: no matter."""
    subject_from: str = "resolved"
    """resolved (pronouns and the document's subject count), explicit (named in the clause) or mentioned."""
    relation: tuple[str, ...] = ()
    """Relations, one of which the clause must express between subject and object."""
    object: tuple[str, ...] = ()
    """Entities, narrower ones included, that fill the object."""
    having: tuple[tuple[str, ...], ...] = ()
    """Every group must be mentioned in the clause; a group is a list of alternatives."""
    lacking: tuple[str, ...] = ()
    """None of these may be mentioned."""
    anchor: tuple[str, ...] = ()
    """The concept whose negation and certainty are those of the assertion; default the relation or first group."""
    value: Slot | None = None
    within: str = "clause"
    """clause or sentence: where the groups are looked for."""
    gives: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the assertion that the frame sets itself."""
    needs_negation: bool | None = None
    """True: only where the anchor is negated; False: only where it is not."""
    reported: bool | None = None
    """True: only where the text reports a study; False: only where it does not."""
    reads: Pairs = ()
    """Qualifiers that mentions fill: course -> (course-single, course-series)."""
    exact: bool = False
    """Whether the subject must be one of `subject` itself, not narrower."""
    parted_by: tuple[str, ...] = ()
    """Concepts that part an object behind them from the word in question: "approved for X and used for Y"."""
    predicate: bool = False
    """Whether the object must be what the subject is said to be: "is an X", "a type of X", ", an X,"."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A comparison key."""

    id: str
    title: str
    question: str
    """The question that its claims answer, in plain words."""
    comparator: str
    """Name of a module of ketakb.compare."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """subjects, reading, tolerance, single_target, unit, scale ..."""
    needs: tuple[str, ...] = ()
    """Fields that `assert` must have."""
    frames: tuple[Frame, ...] = ()
    layer: str = ""
    path: str = ""
    """File it was last defined in."""
    line: int = 0
    """1-based line of its key there."""


@dataclass(frozen=True, slots=True)
class WordingRule:
    """An editorial rule of the subject."""

    id: str
    rule: str
    """The rule of the package under which it is reported: KB301 overclaim, KB601 missing-disclosure ..."""
    title: str
    message: str
    """One plain sentence for the finding."""
    severity: str
    verdict: str
    """overclaim, stale, unsupported or incomplete."""
    topic: str | None
    frames: tuple[Frame, ...] = ()
    scope: str = "span"
    """span or document."""
    document: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For scope document: any, all, none: lists of concepts that the document must or must not mention."""
    kinds: tuple[str, ...] = ()
    """Kinds of copy it applies to; empty for all."""
    jurisdictions: tuple[str, ...] = ()
    severity_by: Mapping[str, str] = field(default_factory=dict)
    """Severity for a kind of copy or a jurisdiction, over the usual one."""
    because: str = ""
    """Source of the duty."""
    suggest: str | None = None
    """What to write instead."""
    prefer: tuple[tuple[str, str], ...] = ()
    """(words, words that can stand in their place): what `audit --diff` puts in."""
    claims: tuple[str, ...] = ()
    """Claims shown as evidence."""
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """A loaded store, its layers merged."""

    name: str
    title: str
    language: str
    jurisdiction: str
    copy_kind: str
    """Kind of copy that a draft is read as where nothing says otherwise."""
    kinds: tuple[str, ...]
    """The ladder of source kinds, strongest first."""
    weak_from: str
    """The first kind of the ladder that counts as weak."""
    entities: Mapping[str, Entity]
    relations: Mapping[str, Relation]
    scales: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, Topic]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    wording: tuple[WordingRule, ...] = ()
    layers: tuple[str, ...] = ()
    """Names, the base first."""
    subject: str | None = None
    """Entity that a document is about where it does not say."""
    digest: str = ""
    """Digest of all files it was read from."""
    root: str = ""
    """Folder of the top layer."""
    kept: Kept | None = None
    """The file that it is read from, and what was compiled of it with it; None where it was read from its folder."""

    def ancestors(self, entity: str) -> tuple[str, ...]:
        """Return the entity and all its broader terms, nearest first."""
        seen: dict[str, None] = {entity: None}
        queue = [entity]
        while queue:
            found = self.entities.get(queue.pop(0))
            for wider in found.broader if found else ():
                if wider not in seen:
                    seen[wider] = None
                    queue.append(wider)
        return tuple(seen)

    def is_a(self, entity: str | None, wider: str | None) -> bool:
        """Whether one entity is the other or narrower than it."""
        if entity is None or wider is None:
            return False
        return entity == wider or wider in self.ancestors(entity)

    def strength(self, kind: str) -> int:
        """Return the rung of a source kind, 0 the strongest; an unknown kind is the weakest."""
        return self.kinds.index(kind) if kind in self.kinds else len(self.kinds)

    def is_weak(self, kind: str) -> bool:
        """Whether sources of this kind cannot settle anything."""
        return self.strength(kind) >= self.strength(self.weak_from)

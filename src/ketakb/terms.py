"""What a store knows of its subject's words: entities, relations, topics, and the frames that recognise them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ketakb.assertion import Pairs
from ketakb.hints import Any
from ketakb.values import dataclass, field


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
    frames: Sequence[Frame] = ()
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
    frames: Sequence[Frame] = ()
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
class Learned:
    """Weights as they are kept: text, and numbers by name."""

    made_of: str
    """One line: what it was learned from."""
    numbers: Mapping[str, float]
    """Steps, biases, how much the findings of rules count, and from where on something is told."""
    record: Mapping[str, float]
    """How often findings by a frame were right in what it was learned from, by rule and frame."""
    topics: tuple[str, ...]
    biases: tuple[float, ...]
    """Of the topics."""
    doubt: str
    """Packed: for each bucket a signed byte."""
    by_topic: str
    """Packed: for each bucket the number of its entries, then of all entries the topic, then of all the weight."""

"""How a text was read, as `ketakb parse` shows it: frozen values that the reading side fills."""

from __future__ import annotations

from ketakb.assertion import Value
from ketakb.results import Reading
from ketakb.text import Span
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing of the vocabulary that a sentence names."""

    entity: str
    span: Span
    negated: bool = False
    certainty: str = "asserted"
    """asserted, hedged, denied, questioned, conditional or attributed."""
    about: str = "current"
    """current, past or other."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that changes how what stands near it is meant, and how far it reaches."""

    kind: str
    """negation, hedge, denial, attribution, question, condition, contrast ..."""
    span: Span
    scope: Span


@dataclass(frozen=True, slots=True)
class Related:
    """A relation between two things, as read."""

    relation: str
    polarity: int
    subject: str | None
    object: str | None
    span: Span
    negated: bool = False
    certainty: str = "asserted"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or interval, as read."""

    value: Value
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """One sentence and what was found in it."""

    span: Span
    mentions: tuple[Mention, ...] = ()
    cues: tuple[Cue, ...] = ()
    relations: tuple[Related, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    why: tuple[str, ...] = ()
    """Why something was, or was not, understood; for a person."""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One text as it was read."""

    path: str
    text: str
    sentences: tuple[ParsedSentence, ...] = ()
    readings: tuple[Reading, ...] = ()

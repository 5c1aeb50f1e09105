"""The values of a store as JSON and back. What is read back is checked: a wrong shape never becomes a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ketakb.kept import DamagedError
from ketakb.model import (
    Assertion,
    Claim,
    Entity,
    Frame,
    Passage,
    Phase,
    Relation,
    Review,
    Slot,
    Source,
    TimeRef,
    Topic,
    Value,
    WordingRule,
)
from ketakb.text import Span

Decode = Callable[[Any], Any]
"""From what JSON held to a value. Raises DamagedError."""


def encoded(value: Any) -> Any:
    """Return a value of the store as JSON holds it: a list of its fields, in order. Raises ValueError for others."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, tuple | list):
        return [encoded(one) for one in value]
    if isinstance(value, Mapping):
        return {key: encoded(one) for key, one in value.items()}
    names = getattr(value, "__match_args__", None)
    if names is None:
        raise ValueError(f"a store holds no {type(value).__name__}")
    return [encoded(getattr(value, name)) for name in names]


def text(value: Any) -> str:
    """Return a text."""
    if type(value) is not str:
        raise DamagedError("no text")
    return value


def flag(value: Any) -> bool:
    """Return a truth value."""
    if type(value) is not bool:
        raise DamagedError("neither true nor false")
    return value


def whole(value: Any) -> int:
    """Return an integer."""
    if type(value) is not int:
        raise DamagedError("no whole number")
    return value


def number(value: Any) -> float:
    """Return a number, an integer as one."""
    if type(value) is not float and type(value) is not int:
        raise DamagedError("no number")
    return value


def maybe(of: Decode) -> Decode:
    """Return what reads a value that may be missing."""
    return lambda value: None if value is None else of(value)


def many(of: Decode) -> Decode:
    """Return what reads a tuple."""

    def read(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise DamagedError("no list")
        return tuple([of(one) for one in value])

    return read


def texts(value: Any) -> tuple[str, ...]:
    """Return a tuple of texts."""
    if type(value) is not list or any(type(one) is not str for one in value):
        raise DamagedError("no list of texts")
    return tuple(value)


def mapping(of: Decode) -> Decode:
    """Return what reads a mapping from texts."""

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise DamagedError("no mapping")
        return {key: of(one) for key, one in value.items()}

    return read


def pair(value: Any) -> tuple[str, tuple[str, ...]]:
    """Return a text with its texts."""
    if type(value) is not list or len(value) != 2:
        raise DamagedError("no pair")
    return text(value[0]), texts(value[1])


def record(cls: type, **fields: Decode) -> Decode:
    """Return what reads a value of a class; its fields come in the order of the class."""
    if tuple(fields) != cls.__match_args__:  # type: ignore[attr-defined]
        raise TypeError(f"{cls.__name__} has other fields than its decoder, or in another order")
    readers = tuple(fields.values())

    def read(value: Any) -> Any:
        if type(value) is not list or len(value) != len(readers):
            raise DamagedError(f"no {cls.__name__}")
        return cls(*[of(one) for of, one in zip(readers, value, strict=True)])

    return read


def _setting(value: Any) -> Any:
    if type(value) is list:
        return texts(value)
    if type(value) in (str, int, float, bool):
        return value
    raise DamagedError("no setting")


def _given(value: Any) -> dict[str, Any]:
    """Return the fields that a frame sets itself."""
    if type(value) is not dict:
        raise DamagedError("no mapping")
    return {key: _GIVEN.get(key, _setting)(one) for key, one in value.items()}


_words, _number = maybe(text), maybe(number)
_pairs = many(pair)
_value = record(Value, low=_number, high=_number, unit=text, of=_words, approx=flag)
_time = record(TimeRef, start=_words, end=_words, relative=_words)
_phase = record(Phase, start=_number, end=_number, low=number, high=number)
_GIVEN: dict[str, Decode] = {"value": _value, "time": _time, "phases": many(_phase), "qualifiers": _pairs}
_span = record(Span, start=whole, end=whole)
_assertion = record(
    Assertion,
    topic=text,
    subject=_words,
    relation=_words,
    objects=texts,
    negated=flag,
    quantifier=_words,
    only=_words,
    certainty=text,
    attributed=_words,
    than=_words,
    value=maybe(_value),
    time=maybe(_time),
    phases=many(_phase),
    qualifiers=_pairs,
)
_passage = record(
    Passage,
    source=text,
    quote=_words,
    says=_words,
    locator=_words,
    span=maybe(_span),
    line=maybe(whole),
)
_review = record(Review, by=_words, on=_words, review_by=_words, fingerprint=_words, state=_words)
_slot = record(Slot, unit=text, role=texts, of=texts, rivals=texts)

frame = record(
    Frame,
    id=text,
    subject=texts,
    subject_from=text,
    relation=texts,
    object=texts,
    having=many(texts),
    lacking=texts,
    anchor=texts,
    value=maybe(_slot),
    within=text,
    gives=_given,
    needs_negation=maybe(flag),
    reported=maybe(flag),
    reads=_pairs,
    exact=flag,
    parted_by=texts,
    predicate=flag,
)
claim = record(
    Claim,
    id=text,
    statement=text,
    assertion=_assertion,
    also=texts,
    standing=text,
    because=_words,
    prefer=_words,
    valid_from=_words,
    valid_to=_words,
    passages=many(_passage),
    review=_review,
    overrules=_words,
    layer=text,
    path=text,
    line=whole,
)
source = record(
    Source,
    id=text,
    title=text,
    kind=text,
    publisher=_words,
    url=_words,
    doi=_words,
    pmid=_words,
    published=_words,
    retrieved=_words,
    rights=_words,
    retracted=flag,
    superseded_by=_words,
    review_by=_words,
    verbatim=flag,
    text=text,
    text_line=whole,
    path=text,
    layer=text,
)
entity = record(
    Entity,
    id=text,
    label=text,
    kind=text,
    names=texts,
    abbreviations=texts,
    broader=texts,
    excludes=texts,
    evokes=_words,
)
relation = record(
    Relation,
    id=text,
    label=text,
    polarity=whole,
    opposite=_words,
    classes=texts,
    words=texts,
    nouns=texts,
    broader=texts,
)
topic = record(
    Topic,
    id=text,
    title=text,
    question=text,
    comparator=text,
    settings=mapping(_setting),
    needs=texts,
    frames=many(frame),
    layer=text,
    path=text,
    line=whole,
)
wording = record(
    WordingRule,
    id=text,
    rule=text,
    title=text,
    message=text,
    severity=text,
    verdict=text,
    topic=_words,
    frames=many(frame),
    scope=text,
    document=mapping(texts),
    kinds=texts,
    jurisdictions=texts,
    severity_by=mapping(text),
    because=text,
    suggest=_words,
    claims=texts,
    fires=texts,
    silent=texts,
    layer=text,
)

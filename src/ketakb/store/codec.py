"""The values of a store as JSON and back. What is read back is checked: a wrong shape never becomes a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ketakb.assertion import Assertion, Phase, TimeRef, Value
from ketakb.hints import Any
from ketakb.kept_rows import DamagedError
from ketakb.model import Claim, Passage, Review, Source
from ketakb.terms import Entity, Frame, Learned, Relation, Slot, Topic, WordingRule
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


_TEXT = frozenset({str})


def texts(value: Any) -> tuple[str, ...]:
    """Return a tuple of texts."""
    if type(value) is not list or not _TEXT.issuperset(map(type, value)):
        raise DamagedError("no list of texts")
    return tuple(value)


def mapping(of: Decode) -> Decode:
    """Return what reads a mapping from texts."""

    def read(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise DamagedError("no mapping")
        plain = _TYPES.get(of)
        if plain is None:
            return {key: of(one) for key, one in value.items()}
        if not plain.issuperset(map(type, value.values())):
            raise DamagedError("a mapping to something else")
        return value.copy()

    return read


def pair(value: Any) -> tuple[str, tuple[str, ...]]:
    """Return a text with its texts."""
    if type(value) is not list or len(value) != 2:
        raise DamagedError("no pair")
    return text(value[0]), texts(value[1])


def record(cls: type, **fields: Decode) -> Decode:
    """Return what reads a value of a class, given the fields whose annotation does not say how.

    Raises TypeError where an annotation is none of _BY_TYPE.
    """
    names = cls.__match_args__  # type: ignore[attr-defined]
    readers = [fields.get(name) or _BY_TYPE.get(cls.__annotations__[name]) for name in names]
    if None in readers:
        name = names[readers.index(None)]
        raise TypeError(f"{cls.__name__}.{name}: say in {__name__} how it is read from JSON")
    types = [_TYPES.get(of) for of in readers]  # type: ignore[arg-type]
    deep = [(at, of) for at, of in enumerate(readers) if types[at] is None]
    right: set[tuple[type, ...]] = set()  # what the fields of values that were read were: there are few such rows

    def read(value: Any) -> Any:
        if type(value) is not list:
            raise DamagedError(f"no {cls.__name__}")
        shape = tuple(map(type, value))
        if shape not in right:
            fitting = zip(shape, types, strict=False)
            if len(shape) != len(types) or any(known is not None and one not in known for one, known in fitting):
                raise DamagedError(f"no {cls.__name__}")
            right.add(shape)
        found = value.copy()
        for at, of in deep:
            found[at] = of(value[at])  # type: ignore[misc]
        return cls(*found)

    return read


def _two(value: Any) -> tuple[str, ...]:
    found = texts(value)
    if len(found) != 2:
        raise DamagedError("not two texts")
    return found


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


def _apart(value: Any) -> Any:
    """Return frames that who reads the rest has put there."""
    if type(value) is list:
        raise DamagedError("frames that do not stand apart")
    return value


_NONE = type(None)
_PLAIN: dict[str, tuple[Decode, frozenset[type]]] = {
    "str": (text, frozenset({str})),
    "bool": (flag, frozenset({bool})),
    "int": (whole, frozenset({int})),
    "float": (number, frozenset({float, int})),
    **{
        f"{name} | None": (maybe(of), frozenset({*types, _NONE}))
        for name, of, types in (
            ("str", text, {str}),
            ("bool", flag, {bool}),
            ("int", whole, {int}),
            ("float", number, {float, int}),
        )
    },
}
_TYPES: dict[Decode, frozenset[type]] = dict(_PLAIN.values())
"""What a value may be that is itself what is read of it; the others have to be looked into."""

_BY_TYPE: dict[str, Decode] = {
    **{name: of for name, (of, _) in _PLAIN.items()},
    "tuple[str, ...]": texts,
    "tuple[tuple[str, ...], ...]": many(texts),
    "tuple[tuple[str, str], ...]": many(_two),
    "Pairs": many(pair),
    "Mapping[str, str]": mapping(text),
    "Mapping[str, float]": mapping(number),
    "tuple[float, ...]": many(number),
    "Mapping[str, tuple[str, ...]]": mapping(texts),
    "Mapping[str, object]": mapping(_setting),
    "Mapping[str, Any]": _given,
}
"""How fields are read, by their annotation. What is made up of others joins them below."""

for _class in (Span, Value, TimeRef, Phase, Slot, Assertion, Passage, Review, Frame):
    _read = record(_class)
    _BY_TYPE |= {
        _class.__name__: _read,
        f"{_class.__name__} | None": maybe(_read),
        f"tuple[{_class.__name__}, ...]": many(_read),
    }
_GIVEN: dict[str, Decode] = {
    "value": _BY_TYPE["Value"],
    "time": _BY_TYPE["TimeRef"],
    "phases": _BY_TYPE["tuple[Phase, ...]"],
    "qualifiers": _BY_TYPE["Pairs"],
}
claim = record(Claim)
source = record(Source)
entity = record(Entity)
relation = record(Relation)
frame = _BY_TYPE["Frame"]
topic = record(Topic, frames=_apart)
wording = record(WordingRule, frames=_apart)
learned = maybe(record(Learned))

"""The plain reading of a command line, for those that are as plain as most: a command, words, options with values.

It reads what typer would read, from the same declarations, or it says that it does not: where anything is unusual or
wrong, on help, and while a shell completes, typer is asked. What it saves is the time to load typer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path

from ketakb.cli.commands import COMMANDS, function_of
from ketakb.cli.declared import Argument, Option
from ketakb.hints import Any

Call = tuple[Callable[..., int | None], dict[str, Any]]
"""The function of a command, and what it is called with; what was not given keeps its default."""

_EXPANDED = frozenset("*?[~$%")
"""Marks that typer replaces in words on Windows, where no shell does."""


class _UnusualError(Exception):
    """A line that is not as plain as that."""


def plain_call(line: Sequence[str], environ: Mapping[str, str] = os.environ) -> Call | None:
    """Return what a command line calls, or None where typer has to read it.

    Callbacks of options are not called yet; see `notify`.
    """
    if not line or line[0] not in COMMANDS or "_KETAKB_COMPLETE" in environ:
        return None
    if os.name == "nt" and any(not _EXPANDED.isdisjoint(word) for word in line):
        return None
    function = function_of(line[0])
    try:
        return function, _read(function, line[1:])
    except _UnusualError:
        return None


def notify(call: Call) -> None:
    """Call the callbacks of the options that were given."""
    function, given = call
    for name, value in given.items():
        _, declared = declaration_of(function, name)
        if isinstance(declared, Option) and declared.callback is not None:
            declared.callback(value)


def declaration_of(function: Callable[..., Any], name: str) -> tuple[Any, Argument | Option]:
    """Return the type of a parameter of a command, and how it was declared."""
    annotation = function.__annotations__[name]
    if isinstance(annotation, str):
        space = function.__globals__
        found = space.get(annotation)  # most are a name
        annotation = eval(annotation, space) if found is None else found  # as typing.get_type_hints does
    return annotation.__origin__, annotation.__metadata__[0]


def _args(kind: Any) -> tuple[Any, ...]:
    """Return what stands in brackets behind a type, or is joined in it."""
    found: tuple[Any, ...] = getattr(kind, "__args__", ())
    return found


def _is_list(kind: Any) -> bool:
    return getattr(kind, "__origin__", None) is list


def _read(function: Callable[..., Any], words: Sequence[str]) -> dict[str, Any]:
    options: dict[str, tuple[str, Any, Option]] = {}
    places: list[tuple[str, Any]] = []
    names = [name for name in function.__annotations__ if name != "return"]
    for name in names:
        kind, declared = declaration_of(function, name)
        if isinstance(declared, Option):
            options.update((one, (name, kind, declared)) for one in declared.names)
        else:
            places.append((name, kind))
    given: dict[str, Any] = {}
    free: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word == "-":
            free.append(word)
            continue
        option, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if option not in options:
            raise _UnusualError
        name, kind, declared = options[option]
        if kind is bool:
            if equals:
                raise _UnusualError
            given[name] = True
            continue
        if not equals:
            value = next(rest, "")
            if value.startswith("-") and value != "-":
                raise _UnusualError
        _take(given, name, kind, value, declared.settings)
    _place(given, places, free)
    optional = len(function.__defaults__ or ())
    if any(name not in given for name in names[: len(names) - optional]):
        raise _UnusualError  # it has to be there
    return given


def _place(given: dict[str, Any], places: Sequence[tuple[str, Any]], free: Sequence[str]) -> None:
    """Give words without a name to the arguments, in order."""
    at = 0
    for name, kind in places:
        several = any(map(_is_list, (kind, *_args(kind))))
        taken = free[at:] if several else free[at : at + 1]
        for word in taken:
            _take(given, name, kind, word, {})
        at += len(taken)
    if at < len(free):
        raise _UnusualError


def _take(given: dict[str, Any], name: str, kind: Any, word: str, settings: Mapping[str, Any]) -> None:
    """Add a value to what is given. Raises _UnusualError for one that the kind does not have."""
    alternatives = (kind,) if isinstance(kind, type) else tuple(one for one in _args(kind) if one is not type(None))
    if _is_list(kind) or (alternatives and _is_list(alternatives[0])):
        (inner,) = _args(kind if _is_list(kind) else alternatives[0])
        given.setdefault(name, []).append(_value(inner, word, settings))
    elif len(alternatives) == 1 and name not in given:
        given[name] = _value(alternatives[0], word, settings)
    else:
        raise _UnusualError


def _value(kind: Any, word: str, settings: Mapping[str, Any]) -> Any:
    if not word:
        raise _UnusualError
    if kind is str or kind is Path:
        return kind(word)
    if kind is int:
        if not (word.isascii() and word.isdecimal()) or len(word) > 9 or int(word) < settings.get("min", 0):
            raise _UnusualError
        return int(word)
    if isinstance(kind, type) and issubclass(kind, Enum) and word in kind._value2member_map_:
        return kind(word)
    raise _UnusualError

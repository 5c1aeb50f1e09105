"""The phrase grammar of docs/store-format.md: what a phrase is made of, and the wordings it stands for.

``x?`` is optional, ``(x|y)`` a choice, ``(x|y)?`` an optional choice, ``*`` a gap of up to three words.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import Any

from ketakb.kept import DamagedError
from ketakb.language.tokens import tokenize

GAP = "*"
_PART = re.compile(r"[()|?*]|[^\s()|?*]+")
MOST_VARIANTS = 20000

Pattern = list[Any]
"""What stands one after the other: token keys, gaps, and choices, [may be missing, pattern, pattern ...]."""


class PhraseError(ValueError):
    """A phrase that does not follow the grammar."""


def parse(phrase: str) -> Pattern:
    """Return what a phrase is made of.

    Raises PhraseError for one that is empty, unbalanced or stands for more than 20,000 sequences.
    """
    parts = _PART.findall(phrase)
    if "".join(parts) != phrase.replace(" ", ""):
        raise PhraseError(f"cannot read the phrase {phrase!r}; it may hold words, ( | ), ? and *")
    patterns, at = _choice(phrase, parts, 0)
    if at < len(parts):
        raise PhraseError(f"a bracket too many in the phrase {phrase!r}")
    whole = patterns[0] if len(patterns) == 1 else [[False, *patterns]]
    if not keys_of(whole):
        raise PhraseError(f"the phrase {phrase!r} is empty")
    if _count(whole) > MOST_VARIANTS:
        raise PhraseError(f"the phrase {phrase!r} stands for over {MOST_VARIANTS} wordings; split it")
    return whole


def _choice(phrase: str, parts: list[str], at: int) -> tuple[list[Pattern], int]:
    """Read alternatives up to a closing bracket or the end; return them and the index after them."""
    patterns: list[Pattern] = [[]]
    while at < len(parts) and parts[at] != ")":
        part = parts[at]
        at += 1
        if part == "|":
            patterns.append([])
            continue
        if part == "(":
            inner, at = _choice(phrase, parts, at)
            if at >= len(parts):
                raise PhraseError(f"a bracket is not closed in the phrase {phrase!r}")
            at += 1
        else:
            inner = [[GAP] if part == "*" else list(_keys(part))]
        if at < len(parts) and parts[at] == "?":
            patterns[-1].append([True, *inner])
            at += 1
        elif len(inner) == 1:
            patterns[-1] += inner[0]
        else:
            patterns[-1].append([False, *inner])
    return patterns, at


@lru_cache(maxsize=16384)
def _keys(words: str) -> tuple[str, ...]:
    """Return the keys of plain words; hyphens are dropped, as they are in the text."""
    return tuple(GAP if t.text == "*" else t.key for t in tokenize(words) if t.text != "-")


def _count(pattern: Pattern) -> int:
    """Return for how many sequences a pattern stands, those that are the same counted apart."""
    count = 1
    for item in pattern:
        if type(item) is list:
            count *= item[0] + sum(map(_count, item[1:]))
    return count


def keys_of(pattern: Pattern) -> set[str]:
    """Return all keys of a pattern, a gap included."""
    found: set[str] = set()
    for item in pattern:
        if type(item) is list:
            found.update(*map(keys_of, item[1:]))
        else:
            found.add(item)
    return found


def needed(pattern: Pattern) -> set[str]:
    """Return keys of which every wording of a pattern holds one: the fewest; empty where there are none."""
    groups = [_needed(item) for item in pattern]
    return min((group for group in groups if group), key=len, default=set())


def _needed(item: Any) -> set[str]:
    if type(item) is not list:
        return set() if item == GAP else {item}
    groups = [] if item[0] else [needed(one) for one in item[1:]]
    return set().union(*groups) if groups and all(groups) else set()


def require_pattern(pattern: Any) -> None:
    """Raise DamagedError for what was kept and is no pattern."""
    for item in pattern:
        if type(item) is list:
            if type(item[0]) is not bool:
                raise DamagedError("no choice")
            for one in item[1:]:
                if type(one) is not list:
                    raise DamagedError("no pattern")
                require_pattern(one)
        elif type(item) is not str:
            raise DamagedError("no key")


def wordings(pattern: Pattern, known: Container[str] | None = None) -> list[tuple[str, ...]]:
    """Return the sequences of token keys that a pattern stands for; only those of `known` keys, where given."""
    if known is not None:  # most phrases of a page end here
        for item in pattern:
            if type(item) is str and item not in known and item != GAP:
                return []
    rows: list[tuple[str, ...]] = [()]
    for item in pattern:
        if type(item) is list:
            inner: list[tuple[str, ...]] = [()] if item[0] else []
            for one in item[1:]:
                inner += wordings(one, known)
            rows = [first + second for first in rows for second in inner]
        else:
            rows = [(*first, item) for first in rows]
        if not rows:
            return []
    return rows


def expand(phrase: str) -> list[tuple[str, ...]]:
    """Return all sequences of token keys that a phrase stands for, sorted. Raises PhraseError."""
    return sorted(set(wordings(parse(phrase))) - {()})

"""The phrase grammar of docs/store-format.md: what a phrase is made of, and the wordings it stands for.

``x?`` is optional, ``(x|y)`` a choice, ``(x|y)?`` an optional choice, ``*`` a gap of up to three words, ``n't``
any verb that ends so.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache

from ketakb.hints import Any
from ketakb.language.tokens import tokenize

GAP = "*"
_PART = re.compile(r"[()|?*]|[^\s()|?*]+")
MOST_VARIANTS = 100000
_NOT = "n't"
_WITH_NOT = ("do", "does", "did", "is", "are", "was", "were", "ca", "could", "wo", "would", "has", "have", "should")

Pattern = list[Any]
"""What stands one after the other: token keys, gaps, and choices, [may be missing, pattern, pattern ...]."""


class PhraseError(ValueError):
    """A phrase that does not follow the grammar."""


def parse(phrase: str) -> Pattern:
    """Return what a phrase is made of.

    Raises PhraseError for one that is empty, unbalanced or stands for more than 100,000 sequences.
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
            inner = [[GAP]] if part == "*" else _contracted() if part == _NOT else [list(_keys(part))]
        if at < len(parts) and parts[at] == "?":
            patterns[-1].append([True, *inner])
            at += 1
        elif len(inner) == 1:
            patterns[-1] += inner[0]
        else:
            patterns[-1].append([False, *inner])
    return patterns, at


@lru_cache(maxsize=1)
def _contracted() -> list[Pattern]:
    """Return what the bare ending "n't" stands for: each verb with it, as a text holds one word for both."""
    return [list(_keys(f"{verb}n't")) for verb in _WITH_NOT]


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
    return min(needs(pattern), key=len, default=set())


def needs(pattern: Pattern) -> list[set[str]]:
    """Return groups of keys of which every wording of a pattern holds one each, in the order of the pattern."""
    return [group for item in pattern if (group := _needed(item))]


def _needed(item: Any) -> set[str]:
    if type(item) is not list:
        return set() if item == GAP else {item}
    groups = [] if item[0] else [needed(one) for one in item[1:]]
    return set().union(*groups) if groups and all(groups) else set()


def anchors(pattern: Pattern, common: Mapping[str, int]) -> set[str]:
    """Return what every wording of a pattern holds one of, chosen so that few texts hold any: keys, and pairs of keys
    that stand side by side, `a b`. Empty where there is nothing like that. `common` tells how common keys are.
    """
    found = []
    for at, item in enumerate(pattern):
        if item == GAP or (type(item) is list and item[0]):
            continue
        if type(item) is list:
            inside = [anchors(one, common) for one in item[1:]]
            if all(inside):
                found.append(set().union(*inside))
        else:
            found.append({item})
        ends, after = _edge([item], -1), _edge(pattern[at + 1 :], 0)
        if ends and after and len(ends) * len(after) <= _MOST_PAIRS:
            found.append({f"{one} {two}" for one in ends for two in after})
    return min(found, key=lambda group: sum(_met(one, common) for one in group), default=set())


_MOST_PAIRS = 12
_BESIDE = 10
"""How many texts hold a word, for each in which it stands beside a certain other one."""


def _met(anchor: str, common: Mapping[str, int]) -> float:
    """Return how many texts hold a key or a pair, roughly."""
    one, pair, two = anchor.partition(" ")
    return min(common[one], common[two]) / _BESIDE if pair else common[one]


def _edge(pattern: Pattern, side: int) -> set[str]:
    """Return the keys that a pattern may begin with (side 0) or end with (-1); empty where that may be anything."""
    found: set[str] = set()
    for item in pattern if side == 0 else reversed(pattern):
        if item == GAP:
            return set()
        if type(item) is not list:
            return found | {item}
        for one in item[1:]:
            edge = _edge(one, side)
            if not edge:
                return set()
            found |= edge
        if not item[0]:
            return found
    return set()


def write(pattern: Pattern) -> str:
    """Return a pattern as text: what stands in it parted by blanks, `a b|c (? d e | f ) g? *`."""
    return " ".join(_written(item) if type(item) is list else item for item in pattern)


def _written(choice: list[Any]) -> str:
    branches: list[Pattern] = choice[1:]
    words = "|".join(sorted({one[0] for one in branches if len(one) == 1 and type(one[0]) is str}))
    longer = [write(one) for one in branches if len(one) != 1 or type(one[0]) is not str]
    if not longer:
        return words + ("?" if choice[0] else "")
    if words:
        longer.insert(0, words)
    return f"({'?' if choice[0] else ''} {' | '.join(dict.fromkeys(longer))} )"


def written_keys(text: str) -> set[str]:
    """Return all keys of a written pattern, a gap included."""
    return set(text.translate(_APART).split())


_APART = str.maketrans("(|?)", "    ")


Node = dict[Any, Any]
"""A place in a tree of keys: the places behind it, by key."""


def grown(root: Node, text: str, known: set[str]) -> list[Node]:
    """Let a tree grow by the sequences of known token keys that a written pattern stands for, a gap being a key.

    Return the places where these end, some twice, and the root for the empty one. Any text is a pattern.
    """
    return _grown([root], iter(text.split()), known)


def _grown(start: list[Node], parts: Iterator[str], known: set[str]) -> list[Node]:
    """Return where what stands before the closing bracket ends, from some places on."""
    before: list[Node] = []
    nodes = start
    for part in parts:
        if part == "|":  # the signs of a pattern come before the keys, as a text may hold such marks too
            before += nodes
            nodes = start
        elif part == ")":
            break
        elif part in known and part != "(":
            nodes = [node.setdefault(part, {}) for node in nodes]
        else:
            if part[0] == "(":
                longer = _grown(nodes, parts, known)
            else:
                keys = known.intersection(part.removesuffix("?").split("|"))
                longer = [node.setdefault(key, {}) for node in nodes for key in keys]
            nodes = nodes + longer if part[-1] == "?" else longer
    return before + nodes


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

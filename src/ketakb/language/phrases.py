"""Many phrases looked for in one pass: a trie over token keys, with gaps.

A pass costs the length of the text, whatever the number of phrases; so does making ready for a text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ketakb.kept import DamagedError, Row, Rows
from ketakb.language.patterns import GAP, Pattern, keys_of, needed, parse, wordings
from ketakb.language.tokens import Token, tokenize

GAP_WORDS = 3
_HYPHENS = "-‐‑"


class Match(NamedTuple):
    """One phrase found."""

    concept: str
    """Id that the phrase stands for."""
    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    gapped: bool = False
    """True where words of the text that are not of the phrase lie inside."""
    tag: str = ""
    """What the phrase was filed under: verb, noun, agent, name, exclude ..."""


class PhraseBook:
    """Phrases that are collected, to be looked up by a PhraseTrie."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[_Phrase]] = {}
        self._count = 0

    def add(self, phrase: str, concept: str, tag: str = "", case: bool = False) -> None:
        """File a phrase under a concept; with `case` its words count only as written. Raises PhraseError."""
        written = tuple(t.text for t in tokenize(phrase) if t.text != "-") if case else None
        pattern = parse(phrase)
        row = (self._count, pattern, concept, tag, written)
        self._count += 1
        for key in needed(pattern) or ("",):
            self._by_key.setdefault(key, []).append(row)

    def trie(self) -> PhraseTrie:
        """Return the phrases for looking them up."""
        return GrowingTrie(self._by_key)

    def nodes(self) -> Iterator[Row]:
        """Yield the rows of a KeptTrie: all wordings laid out, by their first keys, as many as part them enough."""
        trie = self.trie()
        trie.meet(key for phrases in self._by_key.values() for phrase in phrases for key in keys_of(phrase[1]))
        rows = [row for first, node in trie.root.items() for row in _rows_of(first, node)]
        yield from sorted(rows, key=lambda row: row[1])  # as they lie in the file, so that its pages are full


_INLINE = 12
"""Nodes behind a child up to which it stands in the row of its parent, from the second word on."""


def _rows_of(path: str, node: dict[Any, Any]) -> Iterator[Row]:
    """Yield the row of a node, and before it those of its children that have a row of their own."""
    here: dict[str, Any] = {}
    apart = []
    for key, child in node.items():
        if key == "":
            here[key] = child
        elif key != 0:
            if (" " in path or key == GAP) and _size(child) <= _INLINE:
                here[key] = _nested(child)
            else:
                apart.append(key)
                yield from _rows_of(f"{path} {key}", child)
    yield "node", path, [here, " ".join(apart)]


def _size(node: dict[Any, Any]) -> int:
    return 1 + sum(_size(child) for key, child in node.items() if key not in ("", 0))


def _nested(node: dict[Any, Any]) -> dict[str, Any]:
    """Return a node and all behind it as JSON holds them."""
    return {key: one if key == "" else _nested(one) for key, one in node.items() if key != 0}


_Phrase = tuple[int, Pattern, str, str, tuple[str, ...] | None]


class PhraseTrie:
    """A set of phrases, each standing for a concept: a tree of token keys, with what ends at each under ""."""

    def __init__(self, root: dict[Any, Any]) -> None:
        self.root = root

    def meet(self, keys: Iterable[str]) -> None:
        """Make ready for text of these token keys. `find` does so too; once for a whole text is cheaper."""

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return every match, by first token; of one concept and tag at one place the longest.

        Hyphens inside a phrase are passed over. A gap does not cross a mark.
        """
        self.meet([token.key for token in tokens])
        found: list[Match] = []
        root = self.root
        keys: list[str | None] = [token.key for token in tokens]
        keys.append(None)
        loose = root.get(GAP)  # of phrases that begin with a gap
        if loose is not None and loose.keys().isdisjoint(keys):
            loose = None
        for first, key in enumerate(keys):
            node = root.get(key)
            if node is None:
                continue
            after = keys[first + 1]
            if loose is not None or after in node or "" in node or GAP in node or after == "-":
                found.extend(_from(tokens, keys, first, node, loose))
        return found


def _from(
    tokens: Sequence[Token], keys: list[str | None], first: int, node: dict[Any, Any], loose: dict[Any, Any] | None
) -> Iterable[Match]:
    """Return the matches that begin with a token, given the node behind its key and that of a gap that comes first."""
    best: dict[tuple[str, str], Match] = {}
    # (token index, node, words left in the current gap, a gap has swallowed a word)
    stack: list[tuple[int, dict[Any, Any], int, bool]] = []
    at, gap, gapped = first + 1, 0, False
    if loose is not None:
        stack.append((at, node, gap, gapped))
        at, node, gap = first, loose, GAP_WORDS
    while True:
        ends = node.get("")
        key = keys[at]
        if ends and not (at > first and tokens[at - 1].text in _HYPHENS):  # no match ends in a hyphen
            for concept, tag, written in ends:
                if written is not None and not _as_written(tokens, first, at, written):
                    continue
                known = best.get((concept, tag))
                if known is None or at > known.last or (at == known.last and known.gapped and not gapped):
                    best[concept, tag] = Match(concept, first, at, gapped, tag)
        if key is not None:
            if key == "-" and at > first and tokens[at].text in _HYPHENS:
                at += 1
                continue
            step, through = node.get(key), node.get(GAP)
            through_mark = not gap or tokens[at].kind == "mark"
            if step is not None and through is None and through_mark:  # the usual way: one word after the other
                at, node, gap = at + 1, step, 0
                continue
            if step is not None:
                stack.append((at + 1, step, 0, gapped))
            if through is not None:
                stack.append((at, through, GAP_WORDS, gapped))
            if not through_mark:
                at, gap, gapped = at + 1, gap - 1, True
                continue
        if not stack:
            return best.values()
        at, node, gap, gapped = stack.pop()


def _as_written(tokens: Sequence[Token], first: int, last: int, written: tuple[str, ...]) -> bool:
    return [t.text for t in tokens[first:last] if t.text != "-"] == list(written)


class GrowingTrie(PhraseTrie):
    """Phrases in memory. Of their wordings only those are laid out whose words have all been met: a page has few."""

    def __init__(self, by_key: Mapping[str, list[_Phrase]]) -> None:
        """`by_key` are the phrases by keys that they cannot do without; "" for those that have none."""
        super().__init__({})
        self._by_key = by_key
        self._met: set[str] = set()
        self._holding: dict[str, list[_Phrase]] | None = None

    def meet(self, keys: Iterable[str]) -> None:
        """Lay out the wordings that have become possible."""
        new = set(keys) - self._met
        if not new:
            return
        first = not self._met
        self._met |= new
        found: dict[int, _Phrase] = {}
        if first:  # a wording holds one of the keys that its phrase cannot do without
            for key in ("", *new):
                for phrase in self._by_key.get(key, ()):
                    found[phrase[0]] = phrase
        else:  # a wording that has become possible holds a new key
            holding = self._all_holding()
            for key in new:
                for phrase in holding.get(key, ()):
                    found[phrase[0]] = phrase
        for number in sorted(found):
            self._lay(found[number])

    def _all_holding(self) -> dict[str, list[_Phrase]]:
        """Return the phrases by each of their keys."""
        if self._holding is None:
            self._holding = {}
            phrases = {phrase[0]: phrase for row in self._by_key.values() for phrase in row}
            for phrase in phrases.values():
                for key in keys_of(phrase[1]):
                    self._holding.setdefault(key, []).append(phrase)
        return self._holding

    def _lay(self, phrase: _Phrase) -> None:
        """Lay out the wordings of a phrase that are possible now; what is there already is passed over."""
        number, pattern, concept, tag, written = phrase
        for keys in wordings(pattern, self._met):
            if not keys:
                continue
            node = self.root
            for key in keys:
                node = node.setdefault(key, {})
            # the order of the book, in whichever order texts brought the words up
            numbers: list[int] = node.setdefault(0, [])
            place = bisect_left(numbers, number)
            if place == len(numbers) or numbers[place] != number:
                numbers.insert(place, number)
                node.setdefault("", []).insert(place, (concept, tag, written))


class KeptTrie(PhraseTrie):
    """Phrases in kept rows: of the tree only those branches are read that a text begins to follow."""

    def __init__(self, rows: Rows) -> None:
        """`rows` are those of PhraseBook.nodes."""
        super().__init__(_Root(rows))
        self._rows = rows

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return every match; see PhraseTrie. Rows of another shape are noticed where they are followed."""
        for _ in range(2):
            try:
                found = super().find(tokens)
                if all(type(match.concept) is type(match.tag) is str for match in found):
                    return found
            except (AttributeError, TypeError, ValueError, LookupError):
                pass
            self._rows.distrust()
            self.root = _Root(self._rows)
        return super().find(tokens)


class _Root(dict[Any, Any]):
    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def get(self, key: Any, default: Any = None) -> Any:
        found = self[key]
        return default if found is None else found

    def __missing__(self, key: Any) -> Any:
        self[key] = None
        if type(key) is str:
            self[key] = self._rows.one("node", key, lambda row: _Branch(self._rows, key, row))
        return self[key]

    def __contains__(self, key: object) -> bool:
        return self[key] is not None


class _Branch(dict[Any, Any]):
    """A node of which some children are rows of their own, read when they are asked for."""

    def __init__(self, rows: Rows, path: str, row: Any) -> None:
        here, apart = row
        if type(here) is not dict or type(apart) is not str:
            raise DamagedError("no node")
        super().__init__(here)
        self._rows, self._path, self._apart = rows, path, frozenset(apart.split())

    def get(self, key: Any, default: Any = None) -> Any:
        found = super().get(key)
        if found is None and key in self._apart:
            path = f"{self._path} {key}"
            found = self[key] = self._rows.sure("node", path, lambda row: _Branch(self._rows, path, row))
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._apart

    def keys(self) -> Any:
        return super().keys() | self._apart

"""Many phrases looked for in one pass: a trie over token keys, with gaps.

A pass costs the length of the text, whatever the number of phrases; so does making ready for a text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ketakb.hints import Any, Final
from ketakb.kept_rows import DamagedError, Rows
from ketakb.language.gaps import GAP_WORDS, Ends, ends_from, is_in_vain
from ketakb.language.patterns import GAP, grown, written_keys
from ketakb.language.tokens import Token
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """One phrase found."""

    concept: str
    """Id that the phrase stands for."""
    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    tag: str = ""
    """What the phrase was filed under: verb, noun, agent, name, exclude ..."""
    gapped: bool = False
    """True where words of the text that are not of the phrase lie inside."""

    def near(self, other: Match) -> bool:
        """Whether the two share a token."""
        return self.first < other.last and other.first < self.last


_Line = tuple[int, str, str, str, str, str]
"""A phrase as it is kept: its number in the book, what it stands for, its tag, the words it needs, its pattern where
that is more than these, and its words where they count as written.

What it needs are groups of keys, `a b|c`: of each a wording holds one. So most phrases are passed over unread.
"""

_Where = int | tuple[int, int, bool]
"""Where a phrase of one word stands, or where others begin and end, and whether they are gapped."""
_MOST_MADE: Final = 20_000


def read_row(row: Any) -> tuple[list[str], list[_Line]]:
    """Return the keys that a row begins with, and its phrases. Raises DamagedError or ValueError for another shape.

    Any text is a pattern.
    """
    if type(row) is not str:
        raise DamagedError("no phrases")
    fields = row.split(BETWEEN)
    count = len(fields) // _FIELDS
    if len(fields) != count * _FIELDS + 1 or row.count("(") > _MOST_BRACKETS * (count + 1):
        raise DamagedError("no phrases")
    numbers = map(int, fields[1::_FIELDS])
    return fields[0].split(" ") if fields[0] else [], list(
        zip(numbers, fields[2::6], fields[3::6], fields[4::6], fields[5::6], fields[6::6], strict=True)
    )


BETWEEN: Final = "\x7f"
"""Stands between the fields of phrases: JSON holds it as it is, so that a row is read in one go, and no phrase does."""
_FIELDS: Final = 6
_MOST_BRACKETS = 200
_NO_KEYS: Final[frozenset[str]] = frozenset()


class PhraseTrie:
    """A set of phrases, each standing for a concept: a tree of token keys, with what ends at each under "".

    Of their wordings only those are laid out whose words have all been met: a page has few.
    """

    def __init__(self, sources: Sequence[Rows]) -> None:
        """`sources` hold the rows of books whose phrases have numbers of their own."""
        self._root: dict[Any, Any] = {}
        self._sources = sources
        self._met = {GAP}
        self._pairs: dict[str, set[str]] = {}
        """Of the keys met, those behind them that make a pair under which there are phrases that were not read yet."""
        self._read: set[int] = set()
        """Numbers of the phrases of all keys met."""
        self._laid: set[int] = set()
        self._by_key: dict[str, dict[int, _Line]] = {}
        """These phrases by keys that, once met, may make them possible; but for those of `_unfiled`."""
        self._unfiled: list[tuple[_Line, str]] = []
        """Phrases with the group of keys that they wait for; "" for those that are laid out, which may have more."""
        self._made: list[dict[_Where, list[Match]]] = []
        """What was found before of the phrases that end at a node, under 1 of each node of which something was."""
        self._many = 0

    def meet(self, keys: Sequence[str]) -> None:
        """Make ready for text of these token keys, in its order. `find` does so too; once for a whole text is cheaper.

        The wordings are laid out that have become possible.
        """
        new: set[str] = set() if self._met.issuperset(keys) else set(keys) - self._met
        first = not self._read
        self._met |= new
        # a wording that has become possible holds a new key, or a new pair that its phrase cannot do without
        found = self._waiting(new) if new and not first else {}
        if new:
            self._take(["", *new] if first else list(new), found)
        pairs = self._pairs_in(keys)
        if pairs:
            self._take(pairs, found)
        for line in found.values():
            missing = self._missing(line[3])
            if missing or line[0] not in self._laid:
                self._unfiled.append((line, missing))
            if not missing:
                self._laid.add(line[0])
                self._lay(line)

    def _take(self, keys: Sequence[str], found: dict[int, _Line]) -> None:
        """Add the phrases under some keys or pairs that were not read yet, and note the pairs that keys make."""
        for source in self._sources:
            for key, (behind, lines) in source.some("phrase", keys, read_row):
                if behind:
                    self._pairs.setdefault(key, set()).update(behind)
                for line in lines:
                    if line[0] not in self._read:
                        self._read.add(line[0])
                        found[line[0]] = line

    def _pairs_in(self, keys: Sequence[str]) -> list[str]:
        """Return the pairs of keys, side by side but for hyphens, under which there may be more phrases, each once."""
        known = self._pairs
        waiting = [pair for pair in pairwise(keys) if pair[1] in known.get(pair[0], _NO_KEYS)]
        if "-" in keys:
            tied = pairwise([key for key in keys if key != "-"])
            waiting += [pair for pair in tied if pair[1] in known.get(pair[0], _NO_KEYS)]
        found = []
        for one, two in waiting:
            if two in known[one]:  # else the same pair stands there twice
                known[one].remove(two)
                found.append(f"{one} {two}")
        return found

    def _missing(self, groups: str) -> str:
        """Return the first of some groups of which no key has been met, or ""."""
        for group in groups.split(" "):
            if group not in self._met and ("|" not in group or self._met.isdisjoint(group.split("|"))):
                return group
        return ""

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return every match, by first token; of one concept and tag at one place the longest.

        Hyphens inside a phrase are passed over. A gap does not cross a mark.
        """
        said = [token.key for token in tokens]
        if "-" in said or not self._met.issuperset(said):
            self.meet(said)
        found = self._found(tokens, said)
        if found is None:
            self.meet(said)
            found = self._found(tokens, said)
        return found or []

    def _found(self, tokens: Sequence[Token], said: list[str]) -> list[Match] | None:
        """Return every match of what is laid out; None where there may be more under a pair of keys not read yet."""
        keys: list[str | None] = [*said, None]
        found: list[Match] = []
        root, pairs = self._root, self._pairs
        reach = GAP_WORDS + 1 + said.count("-")
        fore = root.get(GAP)  # of phrases that begin with a gap
        if fore is not None and fore.keys().isdisjoint(keys):
            fore = None
        for first, key in enumerate(said):
            then = keys[first + 1]
            if key in pairs and then in pairs[key]:
                return None
            node = root.get(key)
            if node is None:
                continue
            loose = None if fore is None or is_in_vain(fore, keys, first, reach) else fore
            if (
                loose is None
                and then not in node
                and then != "-"
                and (GAP not in node or is_in_vain(node[GAP], keys, first + 1, reach))
            ):
                # the usual ways: the word alone is a phrase, or only the first of one that does not follow
                if "" in node:
                    known = node[1].get(first) if 1 in node else None
                    found += self._ended(tokens, first, first + 1, False, node) if known is None else known
                continue
            ends = ends_from(tokens, keys, first, node, loose, reach)
            if len(ends) == 1:
                found += self._ended(tokens, first, *ends[0])
            elif ends:
                found += self._longest(tokens, first, ends)
        return found

    def _ended(
        self, tokens: Sequence[Token], first: int, last: int, gapped: bool, node: dict[Any, Any]
    ) -> list[Match]:
        """Return the phrases that end at a node, each concept and tag once.

        They are kept: the same words stand at the same places of other sentences.
        """
        where = (first, last, gapped) if gapped or last > first + 1 else first
        if 1 in node:
            known: list[Match] | None = node[1].get(where)
            if known is not None:
                return known
        found: dict[tuple[str, str], Match] = {}
        as_written = False
        for concept, tag, written in node[""]:
            if written is not None:
                as_written = True
                if not _as_written(tokens, first, last, written):
                    continue
            if (concept, tag) not in found:
                found[concept, tag] = Match(concept, first, last, tag, gapped)
        matches = [*found.values()]
        if not as_written:
            if 1 not in node:
                node[1] = {}
                self._made.append(node[1])
            elif self._many >= _MOST_MADE:
                for made in self._made:
                    made.clear()
                self._many = 0
            self._many += 1
            node[1][where] = matches
        return matches

    def _longest(self, tokens: Sequence[Token], first: int, ends: Sequence[Ends]) -> Iterable[Match]:
        """Return the phrases that end at any of some nodes, the longest of each concept and tag."""
        best: dict[tuple[str, str], Match] = {}
        for at, gapped, node in ends:
            for match in self._ended(tokens, first, at, gapped, node):
                name = match.concept, match.tag
                known = best.get(name)
                if known is None or at > known.last or (at == known.last and known.gapped and not gapped):
                    best[name] = match
        return best.values()

    def _waiting(self, new: set[str]) -> dict[int, _Line]:
        """Return those of the phrases read before that these keys may make possible, or give more wordings."""
        before = self._met - new
        for line, missing in self._unfiled:
            for key in missing.split("|") if missing else written_keys(_pattern(line)) - before:
                self._by_key.setdefault(key, {})[line[0]] = line
        self._unfiled = []
        found: dict[int, _Line] = {}
        for key in new:
            found |= self._by_key.pop(key, {})
        return found

    def _lay(self, line: _Line) -> None:
        """Lay out the wordings of a phrase that are possible now; what is there already is passed over."""
        number, concept, tag, groups, pattern, exact = line
        end = (concept, tag, exact.split(" ") if exact else None)
        if pattern or "|" in groups:
            nodes = grown(self._root, pattern or groups, self._met)
        else:  # one wording, all words of which were met
            node = self._root
            for key in groups.split(" "):
                node = node.setdefault(key, {})
            nodes = [node]
        for node in nodes:
            if "" not in node:
                if node is not self._root:
                    node[""], node[0] = [end], [number]
                continue
            # the order of the book, in whichever order texts brought the words up
            numbers: list[int] = node[0]
            place = bisect_left(numbers, number)
            if place == len(numbers) or numbers[place] != number:
                numbers.insert(place, number)
                node[""].insert(place, end)
                if 1 in node:
                    node[1].clear()


def _pattern(line: _Line) -> str:
    return line[4] or line[3]


def _as_written(tokens: Sequence[Token], first: int, last: int, written: list[str]) -> bool:
    return [t.text for t in tokens[first:last] if t.text != "-"] == written

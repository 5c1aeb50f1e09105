"""Many phrases looked for in one pass: a trie over token keys, with gaps.

A pass costs the length of the text, whatever the number of phrases; so does making ready for a text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ketakb.kept import DamagedError, Held, Row, Rows
from ketakb.language.patterns import GAP, Pattern, keys_of, needed, parse, wordings
from ketakb.language.tokens import Token, tokenize
from ketakb.values import dataclass

GAP_WORDS = 3


@dataclass(frozen=True, slots=True)
class Match:
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
        self._by_key: dict[str, list[list[Any]]] = {}
        self._count = 0

    def add(self, phrase: str, concept: str, tag: str = "", case: bool = False) -> None:
        """File a phrase under a concept; with `case` its words count only as written. Raises PhraseError."""
        written = [t.text for t in tokenize(phrase) if t.text != "-"] if case else None
        pattern = parse(phrase)
        row = [self._count, pattern, concept, tag, written]
        self._count += 1
        for key in needed(pattern) or ("",):
            self._by_key.setdefault(key, []).append(row)

    def rows(self) -> Iterator[Row]:
        """Yield a row for each key that a phrase cannot do without: the phrases, in the order they were added."""
        for key, phrases in self._by_key.items():
            yield "phrase", key, phrases

    def trie(self) -> PhraseTrie:
        """Return the phrases for looking them up."""
        return PhraseTrie(Held(self.rows()))


def _phrases(row: Any) -> list[_Phrase]:
    found = []
    for number, pattern, concept, tag, written in row:
        if type(number) is not int or not type(concept) is type(tag) is str or not _is_pattern(pattern):
            raise DamagedError("no phrase")
        if written is not None and any(type(word) is not str for word in written):
            raise DamagedError("no words")
        found.append((number, pattern, concept, tag, tuple(written) if written is not None else None))
    return found


def _is_pattern(value: Any) -> bool:
    if type(value) is not list:
        return False
    for item in value:
        if type(item) is list:
            if not item or type(item[0]) is not bool or not all(map(_is_pattern, item[1:])):
                return False
        elif type(item) is not str:
            return False
    return True


_Phrase = tuple[int, Pattern, str, str, tuple[str, ...] | None]


class PhraseTrie:
    """A set of phrases, each standing for a concept.

    Of the thousands of wordings only those are laid out whose words have all been met: a page has few of them.
    """

    def __init__(self, rows: Rows) -> None:
        """`rows` are those of a PhraseBook."""
        self._rows = rows
        self._root: dict[Any, Any] = {}
        self._met: set[str] = set()
        self._holding: dict[str, list[_Phrase]] | None = None

    def meet(self, keys: Iterable[str]) -> None:
        """Make ready for text of these token keys. `find` does so too; once for a whole text is cheaper."""
        new = set(keys) - self._met
        if not new:
            return
        first = not self._met
        self._met |= new
        found: dict[int, _Phrase] = {}
        if first:  # a wording holds one of the keys that its phrase cannot do without
            for key in ("", *new):
                for phrase in self._rows.one("phrase", key, _phrases) or ():
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
            phrases = {phrase[0]: phrase for _, row in self._rows.all("phrase", _phrases) for phrase in row}
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
            node = self._root
            for key in keys:
                node = node.setdefault(key, {})
            # the order of the book, in whichever order texts brought the words up
            numbers: list[int] = node.setdefault(0, [])
            place = bisect_left(numbers, number)
            if place == len(numbers) or numbers[place] != number:
                numbers.insert(place, number)
                node.setdefault("", []).insert(place, (concept, tag, written))

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return every match, by first token; of one concept and tag at one place the longest.

        Hyphens inside a phrase are passed over. A gap does not cross a mark.
        """
        self.meet([token.key for token in tokens])
        found: list[Match] = []
        root = self._root
        for first, token in enumerate(tokens):
            if token.key in root:
                found.extend(self._from(tokens, first, root))
        return found

    def _from(self, tokens: Sequence[Token], first: int, root: dict[str, object]) -> Iterable[Match]:
        best: dict[tuple[str, str], Match] = {}
        # (token index, node, words left in the current gap, a gap has swallowed a word)
        stack: list[tuple[int, dict[str, object], int, bool]] = [(first, root, 0, False)]
        size = len(tokens)
        while stack:
            at, node, gap, gapped = stack.pop()
            ends = node.get("")
            if ends and not (at > first and tokens[at - 1].text in "-‐‑"):  # no match ends in a hyphen
                for concept, tag, written in ends:  # type: ignore[attr-defined]
                    if written is not None and not _as_written(tokens, first, at, written):
                        continue
                    known = best.get((concept, tag))
                    if known is None or at > known.last or (at == known.last and known.gapped and not gapped):
                        best[concept, tag] = Match(concept, first, at, gapped, tag)
            if at >= size:
                continue
            token = tokens[at]
            if token.text in "-‐‑" and at > first:
                stack.append((at + 1, node, gap, gapped))
                continue
            step = node.get(token.key)
            if step is not None:
                stack.append((at + 1, step, 0, gapped))  # type: ignore[arg-type]
            through = node.get(GAP)
            if through is not None:
                follow: dict[str, object] = through  # type: ignore[assignment]
                stack.append((at, follow, GAP_WORDS, gapped))
            if gap and token.kind != "mark":
                stack.append((at + 1, node, gap - 1, True))
        return best.values()


def _as_written(tokens: Sequence[Token], first: int, last: int, written: tuple[str, ...]) -> bool:
    return tuple(t.text for t in tokens[first:last] if t.text != "-") == written

"""Many phrases looked for in one pass: a trie over token keys, with optional words, choices and gaps.

The phrase grammar is that of docs/store-format.md: ``x?`` is optional, ``(x|y)`` a choice, ``(x|y)?`` an optional
choice, ``*`` a gap of up to three words. A pass costs the length of the text, whatever the number of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ketakb.language.tokens import Token, tokenize
from ketakb.values import dataclass

GAP = "*"
GAP_WORDS = 3
_PART = re.compile(r"[()|?*]|[^\s()|?*]+")
MOST_VARIANTS = 2000


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


class PhraseError(ValueError):
    """A phrase that does not follow the grammar."""


def expand(phrase: str) -> list[tuple[str, ...]]:
    """Return the sequences of token keys that a phrase stands for.

    Raises PhraseError for one that is empty, unbalanced or stands for more than 2000 sequences.
    """
    parts = _PART.findall(phrase)
    if "".join(parts) != phrase.replace(" ", ""):
        raise PhraseError(f"cannot read the phrase {phrase!r}; it may hold words, ( | ), ? and *")
    wordings, at = _choice(phrase, parts, 0)
    if at < len(parts):
        raise PhraseError(f"a bracket too many in the phrase {phrase!r}")
    found = set(wordings)
    found.discard(())
    if not found:
        raise PhraseError(f"the phrase {phrase!r} is empty")
    return sorted(found)


def _choice(phrase: str, parts: list[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    """Read alternatives up to a closing bracket or the end; return them and the index after them."""
    options: list[tuple[str, ...]] = []
    row: list[tuple[str, ...]] = [()]
    while at < len(parts) and parts[at] != ")":
        part = parts[at]
        at += 1
        if part == "|":
            options += row
            row = [()]
            continue
        if part == "(":
            inner, at = _choice(phrase, parts, at)
            if at >= len(parts):
                raise PhraseError(f"a bracket is not closed in the phrase {phrase!r}")
            at += 1
        else:
            inner = [(GAP,)] if part == "*" else [_keys(part)]
        if at < len(parts) and parts[at] == "?":
            inner = [*inner, ()]
            at += 1
        row = [one + two for one in row for two in inner]
        if len(row) + len(options) > MOST_VARIANTS:
            raise PhraseError(f"the phrase {phrase!r} stands for over {MOST_VARIANTS} wordings; split it")
    return options + row, at


def _keys(words: str) -> tuple[str, ...]:
    """Return the keys of plain words; hyphens are dropped, as they are in the text."""
    return tuple(GAP if t.text == "*" else t.key for t in tokenize(words) if t.text != "-")


class PhraseTrie:
    """A set of phrases, each standing for a concept."""

    def __init__(self) -> None:
        self._root: dict[str, object] = {}

    def add(self, phrase: str, concept: str, tag: str = "", case: bool = False) -> None:
        """File a phrase under a concept; with `case` its words count only as written. Raises PhraseError."""
        written = tuple(t.text for t in tokenize(phrase) if t.text != "-") if case else None
        for keys in expand(phrase):
            node = self._root
            for key in keys:
                node = node.setdefault(key, {})  # type: ignore[assignment]
            ends: list[tuple[str, str, tuple[str, ...] | None]] = node.setdefault("", [])  # type: ignore[assignment]
            if (concept, tag, written) not in ends:
                ends.append((concept, tag, written))

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Return every match, by first token; of one concept and tag at one place the longest.

        Hyphens inside a phrase are passed over. A gap does not cross a mark.
        """
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

"""The rows of `en/cues.yaml`: what a group of cue phrases does, and how its phrases are packed into a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from ketakb.hints import Any, Final
from ketakb.language.tokens import key_of
from ketakb.values import dataclass

CATEGORIES: Final = frozenset(
    [
        "negation",
        "hedging",
        "denial",
        "attribution",
        "question",
        "condition",
        "contrast",
        "past",
        "other",
        "future",
        "recommendation",
    ]
)
_OPTIONS: Final = frozenset(
    {"category", "kind", "direction", "max", "sealed", "fronted", "head", "exact", "terminates"}
    | {"opens", "closes", "itself", "phrases"}
)
_GRAMMAR: Final = frozenset(
    ["not", "no", "but", "for", "nor", "her", "his", "may", "can", "than", "then", "quit"]
)
BETWEEN: Final = "\x7f"
"""Stands between phrases: JSON holds it as it is, so that a table is read in one go."""

_CONTRACTED: Final = {
    "be": "isn't|aren't|wasn't|weren't", "is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't",
    "have": "hasn't|haven't|hadn't", "has": "hasn't", "had": "hadn't", "do": "don't|doesn't|didn't", "does": "doesn't",
    "did": "didn't", "can": "can't|cannot", "could": "couldn't", "will": "won't", "would": "wouldn't",
    "should": "shouldn't", "must": "mustn't", "need": "needn't",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """What a group of cue phrases does."""

    categories: tuple[str, ...]
    """Of CATEGORIES; empty for a pseudo-cue or a mere terminator."""
    kind: str
    """verbal, determiner, adverbial, preposition, prefix, suffix, noun or clausal."""
    direction: str
    """forward, backward or both."""
    reach: int | None
    """Longest scope in tokens; 0 for the rest of a hyphenated word; None for as far as the clause goes."""
    sealed: bool
    """Whether the scope ends at a clause border."""
    fronted: bool
    """Whether a comma closes it at the head of a sentence."""
    head: bool
    """Whether it is a cue only at the head of a clause."""
    terminates: frozenset[str]
    """Categories of scopes that end where it stands."""
    opens: bool = False
    """Whether it names what somebody says or believes, so that a cue that closes may follow: "the idea that"."""
    closes: bool = False
    """Whether it is a cue only behind one that opens: "has been dropped" says nothing of a drug."""
    itself: bool = False
    """Whether it reaches its own words too: in "need not" it is the need that is denied."""


def form_of(lower: str, key: str) -> str:
    """Return by what a word is compared: its key, or the word itself where its key is that of a word of grammar.

    "Noted" is not "not", "here" is not "her".
    """
    return lower if key in _GRAMMAR else key


def _table_key(form: str, exact: bool) -> str:
    """Return the key of the words of a form; the key of a key may be another: "false", "fals", "fal"."""
    key = key_of(form)
    return key if exact or key in _GRAMMAR else form


def packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cues as JSON holds them: groups, phrases, and the numbers of phrases by the key of the first word.

    A phrase is the number of its group, 1 where words count as written, how many words are the cue, and the words.
    """
    table: dict[str, list[int]] = {}
    groups: list[dict[str, Any]] = []
    phrases: list[str] = []
    for number, group in enumerate(data["cues"]):
        exact = bool(group.get("exact"))
        cue_of(group)
        groups.append({name: value for name, value in group.items() if name != "phrases"})
        lines = [line.split() for line in group["phrases"].splitlines()]
        for parts in (*lines, *(short for line in lines if (short := _contracted(line)))):
            for words, cue_length in _variants(parts, exact):
                for first in sorted({_table_key(word, exact) for word in words[0]}):
                    table.setdefault(first, []).append(len(phrases))
                written = " ".join("|".join(sorted(one)) for one in words)
                phrases.append(f"{number} {exact:d} {cue_length} {written}")
    for numbers in table.values():
        numbers.sort(key=lambda number: -phrases[number].count(" "))  # longest first; of equals, the earlier row
    together = {key: " ".join(map(str, numbers)) for key, numbers in table.items()}
    return {"groups": groups, "phrases": BETWEEN.join(phrases), "table": together}


def cue_of(group: Mapping[str, Any]) -> Cue:
    """Return what a group of the file says, but for its phrases. Raises ValueError for what it may not say."""
    if unknown := set(group) - _OPTIONS:
        raise ValueError(f"cues.yaml: unknown option {sorted(unknown)}")
    named = group["category"]
    categories = tuple(named) if isinstance(named, list) else (named,)
    categories = tuple(name for name in categories if name not in ("pseudo", "terminator"))
    ends = group.get("terminates", [])
    terminates = CATEGORIES if ends == "all" else frozenset(ends)
    if unknown := (set(categories) | terminates) - CATEGORIES:
        raise ValueError(f"cues.yaml: unknown category {sorted(unknown)}")
    return Cue(
        categories,
        group.get("kind", "clausal"),
        group.get("direction", "forward"),
        group.get("max"),
        group.get("sealed", True),
        group.get("fronted", False),
        group.get("head", False),
        terminates,
        group.get("opens", False),
        group.get("closes", False),
        group.get("itself", False),
    )


def _contracted(parts: Sequence[str]) -> list[str]:
    """Return a phrase with its verb and "not" in one word: "have not be? show to", "hasn't|haven't be? show to"."""
    for at, part in enumerate(parts[:-1]):
        if parts[at + 1] == "not" and not part.endswith("?"):
            short = [_CONTRACTED[verb] for verb in part.split("|") if verb in _CONTRACTED]
            if short:
                return [*parts[:at], "|".join(short), *parts[at + 2 :]]
    return []


def _variants(parts: Sequence[str], exact: bool) -> Iterator[tuple[tuple[frozenset[str], ...], int]]:
    """The phrase with and without each word that may be missing, and how many of its words are the cue."""
    choices: list[tuple[str | None, ...]] = [
        (part[:-1], None) if part.endswith("?") and len(part) > 1 else (part,) for part in parts
    ]
    for kept in product(*choices):
        written = [part for part in kept if part is not None]
        cue_length = written.index(">") if ">" in written else len(written)
        words = tuple(_alternatives(part, exact) for part in written if part != ">")
        if words:
            yield words, cue_length


@cache
def _alternatives(part: str, exact: bool) -> frozenset[str]:
    return frozenset(word if exact else form_of(word, key_of(word)) for word in part.split("|"))

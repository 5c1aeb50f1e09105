"""Where the clauses of a sentence begin and end, for reading what each asserts.

No parser: borders are marks, conjunctions with a subject and a verb after them, and relative words. Scopes have
borders of their own (`clauses`), since a negation may end where an assertion goes on. The words are `en/segments.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ketakb.kept import Held
from ketakb.language.english import from_list
from ketakb.language.phrases import PhraseBook, PhraseTrie, lines_of
from ketakb.language.tokens import Token, key_of
from ketakb.values import dataclass

_BREAKS = frozenset(";:—…")
_LOOK = 9


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with one predicate, as token indices, half-open."""

    first: int
    last: int
    opener: str = ""
    """The word or mark that begins it: which, but, :, ...; empty for the first."""


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """Return the one-word lists of `en/segments.yaml`, as written; the verbs as token keys."""
    sets, _ = _lists()
    return sets


@cache
def phrase_sets() -> PhraseTrie:
    """Return the phrases of `en/segments.yaml` in one trie: contrast, rebuttal and `anaphor:KIND`."""
    _, phrases = _lists()
    return PhraseTrie([Held(("phrase", key, lines) for key, lines in phrases.items())])


@cache
def _lists() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    return from_list("segments", _built, _packed)


def _built(packed: Mapping[str, Any]) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    for lines in packed["phrases"].values():
        lines_of(lines)
    return {name: frozenset(words) for name, words in packed["sets"].items()}, dict(packed["phrases"])


def _packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lists of the file as they are used: words in sets, phrases in rows."""
    sets = {
        name: list(data[name]) for name in ("always", "with_subject", "pronouns", "auxiliaries", "myth_labels")
    }
    sets["others"] = [key_of(word) for word in data["others"]]
    sets["verbs"] = [key_of(verb) for verb in data["verbs"]]
    book = PhraseBook()
    for name in ("contrast", "rebuttal", "unasserted"):
        for phrase in data[name]:
            book.add(phrase, name)
    for kind, phrases in data["anaphors"].items():
        for phrase in phrases:
            book.add(phrase, f"anaphor:{kind}")
    return {"sets": sets, "phrases": {key: lines for _, key, lines in book.rows()}}


def split_clauses(tokens: Sequence[Token], subjects: frozenset[int] = frozenset()) -> list[Clause]:
    """Return the clauses of one sentence, in order, covering all its tokens.

    `subjects` are indices of tokens at which something begins that could be a subject (a drug, a receptor).
    """
    cuts: list[tuple[int, str]] = []
    depth = 0
    for at, token in enumerate(tokens):
        if token.text in "([":
            depth += 1
        elif token.text in ")]":
            depth = max(0, depth - 1)
        elif at and not depth and (opener := _opener(tokens, at, subjects)):
            begun = cuts[-1][0] if cuts else 0
            if opener in ("and", "or", "nor", ",") and _is_subject_so_far(tokens, begun, at, subjects):
                continue  # "A and B are": one subject
            if opener not in _PREPOSITIONS or _has_verb(tokens[begun:at]):
                cuts.append((at, opener))
    starts = [(0, ""), *cuts]
    ends = [at for at, _ in cuts] + [len(tokens)]
    return [Clause(first, last, opener) for (first, opener), last in zip(starts, ends, strict=True) if first < last]


def _is_subject_so_far(tokens: Sequence[Token], first: int, last: int, subjects: frozenset[int]) -> bool:
    """Whether a clause up to here only names things, and so may go on to name more before its verb."""
    sets = word_sets()
    named = False
    for place in range(first, last):
        token = tokens[place]
        if place in subjects:
            named = True
        elif token.lower in _OPENING or not _may_name(token, sets):
            return False  # "In A and B ...", "A raises B and ..."
    return named


def _may_name(token: Token, sets: dict[str, frozenset[str]]) -> bool:
    """Whether a token may belong to the name of a thing: no verb, nothing that ends like one, no strong mark."""
    if token.kind == "word":
        return not _is_verb(token, sets) and not token.lower.endswith(("s", "ed", "ing", "ly"))
    return token.kind == "mark" and token.text not in _BREAKS


_OPENING = frozenset(
    {"in", "for", "with", "like", "unlike", "as", "when", "if", "after", "before", "while", "because", "since", "under",
     "to", "that", "which", "who", "where", "although", "though", "but", "so", "than", "from", "at", "on", "by"}
)
_PREPOSITIONS = frozenset({"for", "after", "before", "since", "until"})


def _has_verb(tokens: Sequence[Token]) -> bool:
    """Whether a clause is complete; else "the approval of X for Y came" goes on: what follows is of its subject."""
    sets = word_sets()
    return any(_is_verb(token, sets) for token in tokens)


def _opener(tokens: Sequence[Token], at: int, subjects: frozenset[int]) -> str:
    token = tokens[at]
    sets = word_sets()
    if token.kind == "mark":
        if token.text in _BREAKS:
            return token.text
        if token.text in "–-" and _spaced(tokens, at):
            return "–"
        if token.text == "," and _starts_clause(tokens, at + 1, subjects, comma=True):
            return ","
        return ""
    if token.kind != "word":
        return ""
    if token.lower == "while" and at + 1 < len(tokens) and tokens[at + 1].lower.endswith("ing"):
        return ""  # "while driving"
    if token.lower == "yet" and tokens[at - 1].kind != "mark" and tokens[at - 1].lower != "and":
        return ""  # "has not yet been"
    if token.lower in sets["always"]:
        joins = token.lower == "but" and (_all_but(tokens, at) or _corrects(tokens, at))
        return "" if joins else token.lower
    if token.lower in sets["with_subject"] and _starts_clause(tokens, at + 1, subjects, comma=False):
        return token.lower
    return ""


def _all_but(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "but" belongs to "all but", "anything but", "nothing but"."""
    return at > 0 and tokens[at - 1].lower in {"all", "anything", "nothing", "none", "everything"}


def _corrects(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "but" puts one thing in another's place within a clause: "blocks not A but B", "not only A but B"."""
    sets = word_sets()
    back = next((n for n in range(at - 1, max(-1, at - 8), -1) if tokens[n].lower == "not"), -1)
    if back < 1 or tokens[back - 1].lower in sets["auxiliaries"]:
        return False
    if any(t.key in sets["verbs"] or t.lower in sets["auxiliaries"] or t.kind == "mark" for t in tokens[back + 1 : at]):
        return False
    for token in tokens[at + 1 : at + _LOOK]:
        if token.kind == "mark" and token.text not in "-/":
            break
        if token.lower in sets["auxiliaries"] or token.lower in sets["pronouns"]:
            return False
    return True


def _spaced(tokens: Sequence[Token], at: int) -> bool:
    return 0 < at < len(tokens) - 1 and tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start


def _starts_clause(tokens: Sequence[Token], at: int, subjects: frozenset[int], comma: bool) -> bool:
    """Whether a subject and then a verb follow at this place."""
    sets = word_sets()
    if at >= len(tokens) or tokens[at].kind != "word":
        return False
    head = tokens[at]
    if comma and head.lower in sets["with_subject"] | sets["always"]:
        return False  # the conjunction itself will cut
    pronoun = head.lower in sets["pronouns"]
    if pronoun and at + 1 < len(tokens) and _is_verb(tokens[at + 1], sets):
        return True
    if head.lower in sets["auxiliaries"] and "'" in head.lower and "n't" not in head.lower:
        return True
    seen_subject = pronoun
    for place in range(at, min(at + _LOOK, len(tokens))):
        token = tokens[place]
        if token.kind == "mark" and token.text not in "-‑'()":
            return False
        if token.lower == "to" and tokens[at - 1].lower == "for":
            return False  # "it takes a day for X to work" is one clause
        if place in subjects:
            seen_subject = True
        elif token.lower in sets["auxiliaries"]:
            return seen_subject or (place > at and not comma)
        elif token.key in sets["verbs"] and place > at and seen_subject and not token.lower.endswith(("ing", "ion")):
            return True
        elif (
            (token.lower in {"of", "to", "in", "with", "by", "than"} and not seen_subject)
            or token.lower in sets["always"]
            or token.lower in {"and", "or"}
        ):
            return False
    return False


def _is_verb(token: Token, sets: dict[str, frozenset[str]]) -> bool:
    return token.lower in sets["auxiliaries"] or token.key in sets["verbs"]

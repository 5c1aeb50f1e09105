"""Where a clause of a sentence ends, found by commas, conjunctions, subjects and finite verbs; no parser.

A rule that has to guess keeps the clause going: a list is more common than a second subject.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ketakb.hints import Final
from ketakb.language.english import from_list
from ketakb.language.tokens import Token, key_of
from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """Words by which the border of a clause is found."""

    subjects: frozenset[str]
    determiners: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    auxiliaries: frozenset[str]
    base_auxiliaries: frozenset[str]
    pasts: frozenset[str]
    base_verbs: frozenset[str]
    verbs: frozenset[str]
    """As keys."""
    nouns_too: frozenset[str]
    """As keys."""


@cache
def clause_words() -> ClauseWords:
    """Return the packaged words. Read once."""
    return from_list("clauses", _clause_words)


def _clause_words(data: Mapping[str, str]) -> ClauseWords:
    words = {name: frozenset(text.split()) for name, text in data.items()}
    words["base_verbs"] = words["verbs"]
    for name in ("verbs", "nouns_too"):
        words[name] = frozenset(map(key_of, words[name]))
    return ClauseWords(**words)


_COMMA_LIKE: Final = (",", "–", "—", "(")
_BEFORE_BASE: Final = ("to", "not", ",", "and", "or", "nor", "that")
_AFTER_NOUN: Final = ("in", "of", ",", ".", "and", "or")
_FRONTING: Final = frozenset(
    ("in", "on", "at", "by", "since", "after", "before", "during", "until", "within", "for", "with", "under", "from")
)
_FRONTED: Final = 6
_DEGREES: Final = ("much", "many", "far", "long", "little", "few", "often", "well")
_PARTING: Final = (",", ";", ":", "(", ")", "–", "—", "?")


@dataclass(frozen=True, slots=True)
class Border:
    """A place between two clauses."""

    first: int
    """Index of the token at which the clause before has ended."""
    last: int
    """Index of the first token of the next clause."""
    doubt: str = ""
    """What else may follow instead of a clause.

    subject: "no rubs or gallops are heard"; participle: "no pain and reduced appetite"; empty: nothing."""


def finite_verbs(tokens: Sequence[Token]) -> list[bool]:
    """Return for each token of a sentence whether it is a verb that carries a clause."""
    words, carrying = clause_words(), _carrying()
    return [
        (token.lower in carrying or token.key in words.verbs) and is_finite(tokens, at, words)
        for at, token in enumerate(tokens)
    ]


@cache
def _carrying() -> frozenset[str]:
    """Return the words that may carry a clause without being a verb of the lists."""
    words = clause_words()
    return words.auxiliaries | words.pasts | words.base_auxiliaries


def clause_borders(tokens: Sequence[Token], verbs: Sequence[bool]) -> list[Border]:
    """Return the borders between the clauses of a sentence, in order, given its finite verbs. Linear."""
    words = clause_words()
    found: list[Border] = []
    parting = [
        at
        for at, token in enumerate(tokens)
        if token.key in _COMMA_LIKE
        or token.lower in words.conjunctions
        or (token.key == "-" and _is_dash(tokens, at))
    ]
    if not parting:
        return found
    reader = _Reader(tokens, verbs)
    at = 0
    for begin in parting:
        if begin < at:
            continue  # the conjunction behind a comma
        at = begin + 1
        if tokens[begin].key in _COMMA_LIKE or tokens[begin].lower not in words.conjunctions:
            while at < len(tokens) and tokens[at].lower in words.conjunctions:
                at += 1
            border = reader.after_comma(begin, at)
        elif begin:
            border = reader.after_conjunction(begin, at)
        else:
            continue
        if border:
            found.append(border)
    return found


def _is_dash(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a hyphen with a space on either side, which is how a dash is typed."""
    if tokens[at].key != "-" or not 0 < at < len(tokens) - 1:
        return False
    return tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start


def is_finite(tokens: Sequence[Token], at: int, words: ClauseWords) -> bool:
    """Whether a token is a verb that carries a clause, as far as its form and its neighbours tell."""
    token = tokens[at]
    lower = token.lower
    after = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    if lower in words.auxiliaries or lower in words.pasts:
        return token.text != "May" or not after.isdigit()  # "In May 2017, it was approved": the month
    before = tokens[at - 1].lower if at else ","
    base_follows = before in words.auxiliaries or before in _BEFORE_BASE
    if lower in words.base_auxiliaries:
        return not base_follows
    if token.key not in words.verbs:
        return False
    if lower.endswith("s") and not lower.endswith("ss"):
        noun = after in _AFTER_NOUN or before in words.determiners
        return not (noun and token.key in words.nouns_too)
    if _is_participle(lower):
        return before not in words.auxiliaries and before not in ("be", "been", "not", "or") and after != "by"
    return lower in words.base_verbs and token.key not in words.nouns_too and not base_follows


def _is_participle(lower: str) -> bool:
    return lower.endswith("ed")


class _Reader:
    """The sentence with what every border needs to look up, so that none has to search for it."""

    def __init__(self, tokens: Sequence[Token], verbs: Sequence[bool]) -> None:
        words = clause_words()
        self.tokens, self.words, self.verbs = tokens, words, verbs
        count = len(tokens)
        self.segment_end = [count] * (count + 1)
        self.next_verb_or_relative = [count] * (count + 1)
        self.next_or = [count] * (count + 1)
        for at in range(count - 1, -1, -1):
            token = tokens[at]
            parts = token.kind == "mark" and token.key in _PARTING
            relative = token.lower == "that" or token.lower in words.relatives
            self.segment_end[at] = at if parts else self.segment_end[at + 1]
            self.next_verb_or_relative[at] = (
                at if self.verbs[at] or relative else self.next_verb_or_relative[at + 1]
            )
            self.next_or[at] = at if token.lower in ("or", "nor") else self.next_or[at + 1]

    def verb_after(self, begin: int) -> int | None:
        """The finite verb of the segment from begin on, unless a relative clause comes first."""
        at = self.next_verb_or_relative[begin]
        if at == begin and self.tokens[at].lower == "that":
            at = self.next_verb_or_relative[begin + 1]
        return at if at < self.segment_end[begin] and self.verbs[at] else None

    def begins_fronted(self, at: int) -> bool:
        """Whether a clause begins with when or where it holds: "and in 2023 it warned", "and in mice, it failed"."""
        if self.tokens[at].lower not in _FRONTING:
            return False
        for place in range(at + 1, min(at + 1 + _FRONTED, len(self.tokens))):
            token = self.tokens[place]
            if token.lower in self.words.subjects:
                return True
            if self.verbs[place] or token.lower in self.words.conjunctions or token.lower in self.words.relatives:
                return False
        return False

    def after_comma(self, begin: int, at: int) -> Border | None:
        """The border at the comma begin, where a clause starts at at."""
        if at >= len(self.tokens):
            return None
        lower = self.tokens[at].lower
        if lower in self.words.subjects or lower in self.words.relatives:
            return Border(begin, at)
        if at - begin > 1 and self.begins_fronted(at):
            return Border(begin, at)
        if at - begin > 1 and self.tokens[at - 1].lower == "so" and lower != "as" and lower not in _DEGREES:
            return Border(begin, at)  # "it does not slow X, so surgeons used it"
        verb = self.verb_after(at)
        if verb is None:
            return None
        if verb == at and _is_participle(self.tokens[at].lower):
            return Border(begin, at, "participle")
        return Border(begin, at, "subject" if self.next_or[at - 1] < verb else "")

    def after_conjunction(self, begin: int, at: int) -> Border | None:
        """The border at the conjunction begin, where a clause starts at at."""
        if at >= len(self.tokens):
            return None
        lower, conjunction = self.tokens[at].lower, self.tokens[begin].lower
        if conjunction == "so" and lower in _DEGREES:
            return None  # "not so much as"
        if lower in self.words.subjects or conjunction == "so":
            return Border(begin, at)
        if conjunction in ("and", "but") and self.begins_fronted(at):
            return Border(begin, at)
        if conjunction != "and":
            return None
        # An adverb may stand between: "and also works", "and quickly relieves".
        head = at + 1 if lower in ("also", "then") or lower.endswith("ly") else at
        if head < len(self.tokens) and self.verbs[head]:
            return Border(begin, at, "participle" if _is_participle(self.tokens[head].lower) else "")
        if self.verb_after(at) is None:
            return None
        return Border(begin, at, "" if lower in self.words.determiners else "subject")

"""A clause as the search for arguments sees it: its things, its relation words, what lies between."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token, key_of
from ketakb.values import dataclass

JOINING: Final = frozenset({"and", "or", ",", "/", "&", "nor"})
_PARTING: Final = frozenset(
    {
        "are",
        "because",
        "but",
        "by",
        "for",
        "from",
        "hence",
        "is",
        "so",
        "than",
        "then",
        "through",
        "thus",
        "to",
        "via",
        "which",
        "while",
        "with",
    }
)
_GLOSS: Final = 9
"""Brackets of up to so many tokens explain the word before them."""
_NOT_OBJECTS: Final = frozenset({"route", "setting", "people", "body-public", "notion"})
OBLIQUE: Final = frozenset(
    {
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "like",
        "near",
        "of",
        "on",
        "onto",
        "through",
        "to",
        "under",
        "upon",
        "via",
        "with",
        "within",
    }
)
_LIGHT: Final = frozenset(
    {
        "a",
        "all",
        "an",
        "any",
        "certain",
        "each",
        "its",
        "most",
        "other",
        "several",
        "some",
        "such",
        "that",
        "the",
        "their",
        "these",
        "this",
        "those",
    }
)

_CARRIERS: Final = frozenset(
    key_of(word)
    for word in [
        "dose",
        "administration",
        "infusion",
        "injection",
        "treatment",
        "pretreatment",
        "cotreatment",
        "therapy",
        "exposure",
        "use",
        "application",
        "addition",
        "concentration",
        "amount",
        "course",
        "supplementation",
        "ingestion",
        "incubation",
        "stimulation",
        "challenge",
        "drip",
        "shot",
        "spray",
        "intake",
        "introduction",
        "presence",
    ]
)
"""Nouns that only say how or how much of a drug is given."""
_GIVING: Final = frozenset(
    {"low", "high", "single", "repeated", "oral", "intravenous", "acute", "chronic", "small", "large"}
)
_LIGHT_OR_GIVING: Final = _LIGHT | _GIVING
_NAMING: Final = frozenset(
    {"known", "called", "named", "termed", "dubbed", "labelled", "labeled", "namely", "abbreviated"}
)
_POSSESSIVE: Final = frozenset({"its", "their", "his", "her", "our", "your"})
_FOR_EXAMPLE: Final = frozenset({"such", "as", "like", "including", "namely", "especially", "notably", ","})
_NAMED_WITH: Final = frozenset(
    {
        "a",
        "also",
        "an",
        "as",
        "by",
        "doctors",
        "is",
        "often",
        "scientists",
        "that",
        "the",
        "type",
        "usually",
        "which",
        ",",
    }
)


@dataclass(slots=True)
class Stage:
    """A clause with its things and relation words, as the search for arguments sees it."""

    lexicon: Lexicon
    sentence: Sentence
    clause: Clause
    things: list[Mention]
    words: list[Mention]

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the whole sentence."""
        return self.sentence.tokens

    def gap(self, first: int, last: int) -> list[Token]:
        """Return the tokens between two places, what stands in brackets left out."""
        kept: list[Token] = []
        depth = 0
        for token in self.tokens[first:last]:
            if token.text in "([":
                depth += 1
            elif token.text in ")]":
                depth = max(0, depth - 1)
            elif not depth:
                kept.append(token)
        return kept

    def behind_gloss(self, at: int) -> int:
        """Return the place behind a word of brackets that begin there: "blocks (antagonises) X"; else the place."""
        if at >= len(self.tokens) or self.tokens[at].text not in "([":
            return at
        for place in range(at + 1, min(at + _GLOSS, len(self.tokens))):
            if self.tokens[place].text in ")]":
                return place + 1
        return len(self.tokens)

    def kind(self, mention: Mention) -> str:
        """Return the kind of a thing."""
        return self.lexicon.kinds.get(mention.concept, "")

    def acts(self, mention: Mention) -> bool:
        """Whether a thing is of a kind that acts."""
        return self.kind(mention) in AGENT_KINDS

    def is_object(self, mention: Mention) -> bool:
        """Whether a thing is of a kind that can be acted on."""
        return self.kind(mention) not in _NOT_OBJECTS

    def is_instead(self, mention: Mention) -> bool:
        """Whether a thing stands right behind "instead of", "rather than"."""
        return any(
            sign.concept == "contrast"
            and sign.last - sign.first > 1
            and 0 <= mention.first - sign.last <= 1
            and all(t.lower in _LIGHT for t in self.tokens[sign.last : mention.first])
            for sign in self.sentence.signs
        )

    def is_oblique(self, mention: Mention) -> bool:
        """Whether a preposition stands before a thing, articles and adjectives of quantity aside."""
        at = mention.first - 1
        while at >= self.clause.first and self.tokens[at].lower in _LIGHT:
            at -= 1
        return at >= self.clause.first and self.tokens[at].lower in OBLIQUE

    def is_carried(self, mention: Mention) -> bool:
        """Whether a thing stands behind a noun that is no doer of its own: "a dose of X", "treatment with X"."""
        at = mention.first - 1
        while at >= self.clause.first and self.tokens[at].lower in _LIGHT_OR_GIVING:
            at -= 1
        return (
            at > self.clause.first
            and self.tokens[at].lower in ("of", "with", "to")
            and self.tokens[at - 1].key in _CARRIERS
        )

    def coordinated(self, first: Mention, others: Sequence[Mention]) -> list[Mention]:
        """Return a thing and those joined to it by commas, and, or."""
        found = [first]
        for other in others:
            if self.is_instead(other):
                break
            last = found[-1]
            if other.first < last.last:
                if other.first >= last.first and other.last >= last.last:
                    found.append(other)
                continue
            gap = self.gap(last.last, other.first)
            if any(one.lower == "part" and two.lower == "of" for one, two in zip(gap, gap[1:], strict=False)):
                break  # "X, part of the Y system"
            if any(t.lower in _NAMING for t in gap) and all(t.lower in _NAMING | _NAMED_WITH for t in gap):
                found.append(other)  # "a receptor known as X"
                continue
            if gap and all(t.lower in _FOR_EXAMPLE for t in gap):
                found.append(other)  # "transmitters such as X"
                continue
            corrects = any(t.lower == "but" for t in gap) and self._is_denied(last)
            if len(gap) > 5 or not (corrects or any(t.lower in JOINING for t in gap)):
                break
            parts = any(t.lower in _PARTING and not (corrects and t.lower == "but") for t in gap)
            if parts or self.verb_between(last, other) or self._begins_anew(gap, last, other):
                break
            found.append(other)
        return found

    def _begins_anew(self, gap: Sequence[Token], last: Mention, other: Mention) -> bool:
        """Whether a further statement begins between two things: "blocks X, a surge of Y follows"."""
        if len(gap) > 2 and gap[0].text == "," and gap[1].lower in _POSSESSIVE:
            return True  # "While it raises X, its effect on Y"
        return [t.lower for t in gap[:2]] in ([",", "a"], [",", "an"]) and any(
            w.tag == "nouns" and last.last <= w.first and w.last <= other.first for w in self.words
        )

    def _is_denied(self, mention: Mention) -> bool:
        """Whether "not" stands right before a thing: "blocks not A but B"."""
        before = self.tokens[max(self.clause.first, mention.first - 3) : mention.first]
        return any(t.lower == "not" for t in before)

    def verb_within(self, first: int, last: int) -> bool:
        return any(w.tag == "verbs" and first < w.first and w.last <= last for w in self.words)

    def verb_between(self, one: Mention, two: Mention) -> bool:
        return any(w.tag == "verbs" and one.last <= w.first and w.last <= two.first for w in self.words)

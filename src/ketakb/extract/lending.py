"""What a sentence takes over from others: the illness that a bare question names, or that "one" stands for.

An item of a list takes over what its lead or its heading says: "You should not have it if you: - are pregnant".
"""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.segment_words import word_sets
from ketakb.language.tokens import Token

_OWNING: Final = frozenset({"had", "have", "has", "having", "with", "after"})
_ARTICLES: Final = frozenset({"a", "an", "the"})
_ASKING: Final = frozenset({"how", "what", "when", "why", "where", "which", "who", "whose"})
_LABELS: Final = frozenset({"q", "a", "question", "answer"})
_LENT: Final = "condition"
"""Kind of the things that are lent."""


def named_before(lexicon: Lexicon, before: Sentence, sentence: Sentence) -> list[str]:
    """Return the conditions that `before` names, where `sentence` names none and speaks of them.

    It does so behind a question for a case ("A fall last year?", "Have you had one?"), or with "one" ("people who
    have had one").
    """
    if not (_names_case(lexicon, before) or _has_one(sentence)) or _conditions(lexicon, sentence):
        return []
    return _conditions(lexicon, before)


def lent_by(lead: Sentence) -> list[str]:
    """Return the concepts that a lead lends to its items; words that it denies are left out."""
    return [
        m.concept
        for m in lead.mentions
        if not m.concept.startswith(("en:", "rel:")) or not lead.status(m.first, m.last).negated
    ]


def behind_label(tokens: Sequence[Token]) -> int:
    """Return the place of the first token behind "Q:", "A:", "Question:" at the head of a sentence, else 0."""
    labelled = len(tokens) > 2 and tokens[0].lower in _LABELS and tokens[1].text in (":", ".", ")", "-")
    return 2 if labelled else 0


def speaks_for_items(heading: Sentence) -> bool:
    """Whether a heading asks or says for whom something is: "Who should not have it"."""
    return heading.kind == "heading" and any(sign.concept == "lending" for sign in heading.signs)


def asks_who(sentence: Sentence) -> bool:
    """Whether a sentence asks who it is."""
    tokens = sentence.tokens
    return bool(tokens) and tokens[-1].text == "?" and tokens[behind_label(tokens)].lower == "who"


def has_verb(sentence: Sentence) -> bool:
    """Whether a sentence has a verb that the word lists know."""
    sets = word_sets()
    tokens = sentence.tokens
    words = [(at, token) for at, token in enumerate(tokens) if token.kind == "word"]
    return any(
        token.lower in sets["auxiliaries"]
        or (token.key in sets["verbs"] and not (at and tokens[at - 1].lower in _ARTICLES))  # "a known X", "a start"
        for at, token in words
    )


def _names_case(lexicon: Lexicon, before: Sentence) -> bool:
    """Whether a question names no drug and asks for no figure or reason: whoever says yes is who is spoken of next."""
    tokens = before.tokens
    if not tokens or tokens[-1].text != "?" or tokens[behind_label(tokens)].lower in _ASKING:
        return False
    return before.concepts.isdisjoint(lexicon.of_kinds[AGENT_KINDS])


def _has_one(sentence: Sentence) -> bool:
    words = [token.lower for token in sentence.tokens]
    return "one" in words and any(two == "one" and one in _OWNING for one, two in zip(words, words[1:], strict=False))


def _conditions(lexicon: Lexicon, sentence: Sentence) -> list[str]:
    """Return the conditions that a sentence names; what something is only meant for ("X for pain") is left out."""
    tokens = sentence.tokens
    return [
        m.concept
        for m in sentence.mentions
        if lexicon.kinds.get(m.concept) == _LENT and not (m.first and tokens[m.first - 1].lower == "for")
    ]

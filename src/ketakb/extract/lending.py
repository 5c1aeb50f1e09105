"""What a sentence takes over from the one before it: the illness that a bare question names, or that "one" stands for."""

from __future__ import annotations

from typing import Final

from ketakb.extract.lexicon import Lexicon
from ketakb.extract.sentence import Sentence
from ketakb.language.segments import word_sets

_OWNING: Final = frozenset({"had", "have", "has", "having", "with", "after"})
_LENT: Final = "condition"
"""Kind of the things that are lent."""


def named_before(lexicon: Lexicon, before: Sentence, sentence: Sentence) -> list[str]:
    """Return the conditions that `before` names, where `sentence` names none and speaks of them.

    It does so behind a question without a verb ("A fall last year?"), or with "one" ("people who have had one").
    """
    asked = bool(before.tokens) and before.tokens[-1].text == "?" and not has_verb(before)
    if not (asked or _has_one(sentence)) or _conditions(lexicon, sentence):
        return []
    return _conditions(lexicon, before)


def has_verb(sentence: Sentence) -> bool:
    """Whether a sentence has a verb that the word lists know."""
    sets = word_sets()
    words = (token for token in sentence.tokens if token.kind == "word")
    return any(token.lower in sets["auxiliaries"] or token.key in sets["verbs"] for token in words)


def _has_one(sentence: Sentence) -> bool:
    words = [token.lower for token in sentence.tokens]
    return any(two == "one" and one in _OWNING for one, two in zip(words, words[1:], strict=False))


def _conditions(lexicon: Lexicon, sentence: Sentence) -> list[str]:
    return [m.concept for m in sentence.mentions if lexicon.kinds.get(m.concept) == _LENT]

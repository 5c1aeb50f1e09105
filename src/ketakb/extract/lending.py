"""What a sentence takes over from others: the illness that a bare question names, or that "one" stands for.

An item of a list takes over what its lead or its heading says: "You should not have it if you: - are pregnant".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ketakb.extract.lexicon import Lexicon
from ketakb.extract.sentence import Sentence
from ketakb.language.segments import word_sets
from ketakb.readers.document import Block

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


def lent_by(lead: Sentence) -> list[str]:
    """Return the concepts that a lead lends to its items; words that it denies are left out."""
    return [
        m.concept
        for m in lead.mentions
        if not m.concept.startswith(("en:", "rel:")) or not lead.status(m.first, m.last).negated
    ]


def heading_of(placed: Sequence[tuple[Block, Sentence]], block: Block) -> Sentence | None:
    """Return what stands over a list item, where that asks or says for whom something is: "Who should not have it"."""
    if block.kind != "item" or block.lead >= 0:
        return None
    above = next((s for b, s in reversed(placed) if b.kind != "item"), None)
    if above is None or not any(sign.concept == "lending" for sign in above.signs):
        return None
    return above


def asks_who(sentence: Sentence) -> bool:
    """Whether a sentence asks who it is."""
    tokens = sentence.tokens
    return bool(tokens) and tokens[-1].text == "?" and tokens[0].lower == "who"


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

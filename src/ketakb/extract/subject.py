"""Whom a whole text is about: the one it names most, or whom its words stand for."""

from __future__ import annotations

from collections import Counter

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon
from ketakb.extract.sentence import Sentence

_BY = 4
"""Within so many words of "the infusion" another drug is what is infused."""
_TOPICAL_KINDS = frozenset({"condition", "effect", "receptor", "transmitter"})


_SNIPPET = 4
"""Sentences up to which a text may leave out what it is about."""


def main_subject(lexicon: Lexicon, sentences: list[Sentence]) -> str | None:
    """Return the member of the store's family that a document is about, or None where it names none.

    The first heading that names one decides, else the one named most, the store's own subject winning ties.
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for mention in sentence.mentions:
            if mention.concept in lexicon.family:
                if sentence.kind == "heading" and not counts:
                    return mention.concept
                counts[mention.concept] += 1
    if not counts:
        return _evoked_by(lexicon, sentences)
    subject = lexicon.store.subject
    return max(counts, key=lambda e: (counts[e], e == subject, e))


def _evoked_by(lexicon: Lexicon, sentences: list[Sentence]) -> str | None:
    """Return whom the words of a text that does not name it stand for ("one infusion keeps depression away").

    Other drugs must be spoken of less often, and not beside such a word.

    "The drug", "this medicine" is the store's own subject.

    Beside them the text must speak of a condition or an effect that the store knows; a text of one sentence need not.
    """
    evoked: Counter[str] = Counter()
    topical = len(sentences) == 1
    others = 0
    for sentence in sentences:
        drugs = [m for m in sentence.mentions if lexicon.kinds.get(m.concept) == "drug"]
        others += len({(m.first, m.last) for m in drugs})
        for mention in sentence.mentions:
            topical = topical or lexicon.kinds.get(mention.concept) in _TOPICAL_KINDS
            if evokes := lexicon.evoking.get(mention.concept):
                if any(-_BY <= mention.first - drug.last <= _BY for drug in drugs):
                    return None  # "an infusion of lithium"
                evoked[evokes] += 1
        for sign in sentence.signs:
            # "the drug", not "it"
            if sign.concept == "anaphor:agent" and sign.last - sign.first > 1 and lexicon.store.subject:
                evoked[lexicon.store.subject] += 1
    if not evoked and _of_the_house(lexicon, sentences):
        return lexicon.store.subject
    if others >= sum(evoked.values()):
        return None
    return max(evoked, key=lambda e: (evoked[e], e)) if topical and evoked else None


def _of_the_house(lexicon: Lexicon, sentences: list[Sentence]) -> bool:
    """Whether a snippet that names no agent tells how its own patients fare: "Side effects? None. Our clients relax.".

    A longer text would name what it offers: one that does not is on something that the store has no name for.
    """
    if len(sentences) > _SNIPPET:
        return False
    kinds = {lexicon.kinds.get(m.concept) for sentence in sentences for m in sentence.mentions}
    if "effect" not in kinds or not kinds.isdisjoint(AGENT_KINDS):
        return False
    return any(
        lexicon.kinds.get(m.concept) == "people" and m.first and sentence.tokens[m.first - 1].lower == "our"
        for sentence in sentences
        for m in sentence.mentions
    )

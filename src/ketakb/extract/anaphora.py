"""What "this receptor", "the channel" and "blocks it" refer back to, as further mentions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ketakb.extract.lexicon import ANAPHOR, TARGET_KINDS, Lexicon, Mention
from ketakb.extract.reversal import undone
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.tokens import key_of

_PRONOUNS: Final = frozenset({"it", "them", "these", "those"})
_ACTS: Final = frozenset({"en:block", "en:activate", "en:target", "en:prevent"})
_AMOUNTS: Final = frozenset({"en:lower", "en:raise"})
_BRINGING: Final = frozenset(map(key_of, ("have", "has", "cause", "bring", "produce", "give", "carry")))
_NAMING: Final = 3
_SHARES: Final = frozenset({"even", "yet", "still", "more", "most", "many", "much", "all", "some", "both", "of"})
_SHARE_WORDS: Final = 4
_PARTICULAR: Final = frozenset({"transporter", "enzyme", "pump", "kinase"})
"""Nouns by which only a thing is meant that has them in a name."""


def resolve_targets(lexicon: Lexicon, sentence: Sentence, known: Mapping[str, str]) -> None:
    """Add mentions for words that point back to a receptor, transmitter or other target.

    `known` holds what earlier sentences spoke of, by kind; what this sentence named before goes first.
    """
    found = [
        *_noun_phrases(lexicon, sentence, known),
        *_pronouns(lexicon, sentence, known),
        *_elliptical(lexicon, sentence),
        *undone(lexicon, sentence, known),
    ]
    if not found:
        return
    sentence.add(found)


def _noun_phrases(lexicon: Lexicon, sentence: Sentence, known: Mapping[str, str]) -> Iterator[Mention]:
    """Read "this receptor", unless the name stands within it or right behind ("the receptor called X")."""
    for sign in sentence.signs:
        kind = sign.concept.removeprefix("anaphor:")
        if kind not in TARGET_KINDS:
            continue
        targets = [m for m in sentence.mentions if lexicon.kinds.get(m.concept) in TARGET_KINDS]
        if any(m.first < sign.last + _NAMING and sign.first < m.last for m in targets):
            continue
        concept = _antecedent(lexicon, sentence, known, sign.first, kind)
        if concept and _is_called(lexicon, concept, sentence.tokens[sign.last - 1].lower):
            yield Mention(concept, sign.first, sign.last, ANAPHOR)


def _is_called(lexicon: Lexicon, concept: str, head: str) -> bool:
    """Whether a thing can be meant by a noun: "the transporter" is no enzyme."""
    if head not in _PARTICULAR:
        return True
    return any(head in name for name in lexicon.store.entities[concept].names)


def _pronouns(lexicon: Lexicon, sentence: Sentence, known: Mapping[str, str]) -> Iterator[Mention]:
    """Read "it" and "them" where a verb of action takes them as its object."""
    tokens = sentence.tokens
    for word in [m for m in sentence.mentions if m.tag == "verbs"]:
        moves = word.gapped and word.concept.startswith("rel:")  # "moving them off"
        if not (moves or word.concept in _ACTS or word.concept in _AMOUNTS):
            continue
        places = range(word.first + 1, word.last + 1) if word.gapped else range(word.last, word.last + 1)
        if not word.gapped:
            past = word.last
            while past < len(tokens) and past - word.last < _SHARE_WORDS and tokens[past].lower in _SHARES:
                past += 1
            if past > word.last and tokens[past - 1].lower == "of":  # "strips away even more of them"
                places = range(past, past + 1)
        for at in places:
            if word.concept in _AMOUNTS and at < len(tokens) and tokens[at].lower != "them":
                continue  # "makes it harder": often no thing at all
            if at >= len(tokens) or tokens[at].lower not in _PRONOUNS:
                continue
            if (
                tokens[at].lower in ("these", "those")
                and at + 1 < len(tokens)
                and tokens[at + 1].kind == "word"
            ):
                continue
            concept = _antecedent(lexicon, sentence, known, word.first, "any")
            if concept and tokens[word.first].key != "use":  # "use it" is said of a drug
                yield Mention(concept, at, at + 1, ANAPHOR)
            break


def _elliptical(lexicon: Lexicon, sentence: Sentence) -> Iterator[Mention]:
    """Read "does not cause any" as of the effects that the sentence named before."""
    tokens = sentence.tokens
    for at in range(2, len(tokens)):
        if tokens[at].lower != "any" or (at + 1 < len(tokens) and tokens[at + 1].kind != "mark"):
            continue
        if tokens[at - 1].key not in _BRINGING:
            continue
        named = [m for m in sentence.mentions if m.last <= at - 1 and lexicon.kinds.get(m.concept) == "effect"]
        if named:
            yield Mention(named[-1].concept, at, at + 1, ANAPHOR)


def _antecedent(
    lexicon: Lexicon, sentence: Sentence, known: Mapping[str, str], before: int, kind: str
) -> str | None:
    for mention in reversed(sentence.mentions):
        found = lexicon.kinds.get(mention.concept)
        if mention.last <= before and found in TARGET_KINDS and kind in ("any", found):
            return mention.concept
    return known.get(kind)

"""Titles: a line that only names what the text below it is about asserts nothing by naming it."""

from __future__ import annotations

from ketakb.extract.lexicon import OwnedFrame
from ketakb.extract.sentence import Sentence
from ketakb.language.segment_words import word_sets


def is_title(sentence: Sentence) -> bool:
    """Whether a sentence only names what the text below it is about: it has no verb, no number, denies nothing."""
    if sentence.kind not in ("heading", "paragraph") or sentence.context or sentence.tokens[-1].kind == "mark":
        return False
    sets = word_sets()
    verbs = any(t.lower in sets["auxiliaries"] or t.key in sets["verbs"] for t in sentence.tokens)
    return not verbs and not sentence.scopes and not sentence.quantities


def is_bare(owned: OwnedFrame) -> bool:
    """Whether a frame rests on names alone, without a word on what is said of them."""
    frame = owned.frame
    words = [concept for group in (*frame.having, frame.anchor) for concept in group]
    return owned.wording is None and not frame.relation and not any(word.startswith("en:") for word in words)

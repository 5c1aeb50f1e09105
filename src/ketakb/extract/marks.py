"""Sentences that are put up to be taken back, asked or answered, marked before they are read."""

from __future__ import annotations

from ketakb.extract.answers import answer_of
from ketakb.extract.refuted import refutes, takes_back
from ketakb.extract.sentence import Sentence
from ketakb.language.segment_words import word_sets
from ketakb.readers.document import Block, Document

_DOUBTING = frozenset({"true", "really", "fact", "false", "right", "correct"})
"""First words of a short question that doubts what stands before it: "True or false?"."""
_LABEL = 3
"""Longest label before a question: "Q12."."""
_QUESTIONS = 3
_POINTING = frozenset({"it", "they", "this", "that", "we"})
_RELUCTANT = frozenset({"alas", "sadly", "unfortunately", "but", "regrettably"})
_BARE = 4
"""Most words of a refusal that only a verb and "not" tell: "Sadly, it does not."."""
_FLAT = 6
"""A refusal of up to so many words stands for itself."""


def mark_denied(sentences: list[Sentence]) -> None:
    """Mark what is attributed to others and then taken back ("Some say X. In fact Y."), or flatly refused ("Rot!")."""
    for one, two in zip(sentences, sentences[1:], strict=False):
        if not two.signs and not asks(two) and len([t for t in two.tokens if t.kind == "word"]) > _BARE:
            continue
        refused = any(sign.concept == "rebuttal" and sign.last >= len(two.tokens) - 1 for sign in two.signs)
        if refused and one.tokens[0].text in "\"“”":
            one.quoted = True  # '"X." We hear that weekly, and it is wrong.'
        one.quoted = one.quoted or takes_back(one)
        if asks(two) and two.tokens[0].lower in _DOUBTING and len(two.tokens) <= _FLAT:
            one.quoted = True
        one.quoted = one.quoted or refutes(two, one) or (_takes_back(two) and not asks(one))
        lead = next((sign for sign in two.signs if sign.concept == "rebuttal" and sign.first == 0), None)
        if lead is None:
            continue
        words = sum(token.kind == "word" for token in two.tokens)
        if any(scope.category == "attribution" for scope in one.scopes) or _flat(two, lead.last, words):
            one.quoted = True


def _takes_back(sentence: Sentence) -> bool:
    """Whether a sentence says no more than that what stands before it is not so: "It does not.", "We cannot."."""
    words = [token.lower for token in sentence.tokens if token.kind == "word"]
    words = words[1:] if words and words[0] in _RELUCTANT else words
    if not 2 <= len(words) <= 3 or words[0] not in _POINTING or words[1] not in word_sets()["auxiliaries"]:
        return False
    return words[2] == "not" if len(words) == 3 else words[1] == "cannot" or words[1].endswith("n't")


def _flat(sentence: Sentence, last: int, words: int) -> bool:
    """Whether a sentence is no more than a refusal of what was said: "That is nonsense."."""
    return words <= _FLAT and last >= words - 1 and sentence.tokens[0].lower not in ("in", "actually", "it")


def mark_quoted(document: Document, placed: list[tuple[Block, Sentence]]) -> None:
    """Mark what is put up only to be taken back, behind the label "Myth:", below it or in a column headed so, and

    what is warned against or imagined: "Avoid a clinic that promises ...", "Imagine a drug that ...".
    """
    labels = word_sets()["myth_labels"]
    waiting = False
    for block, sentence in placed:
        first = next((token.lower for token in sentence.tokens if token.kind == "word"), "")
        header = document.plain[block.header.start : block.header.end].lower() if block.header else ""
        labelled = bool(first) and first.rstrip("s") in labels
        alone = labelled and sum(token.kind == "word" for token in sentence.tokens) == 1
        parted = labelled and any(token.text in ":–—-.)" for token in sentence.tokens[1:4])
        unasserted = bool(sentence.signs) and any(
            sign.concept == "unasserted" and sign.first == 0 for sign in sentence.signs
        )
        sentence.quoted = (
            sentence.quoted
            or waiting
            or parted
            or unasserted
            or (bool(header) and any(word.strip(" :s") in labels for word in header.split()))
        )
        waiting = alone
    for _, sentence in placed:
        if sentence.label is not None and sentence.label.quoted:
            sentence.label, sentence.context = None, []  # a myth lends nothing to what refutes it


def asked_first(placed: list[tuple[Block, Sentence]]) -> frozenset[int]:
    """Return the numbers of the questions with which paragraphs begin, where several do: a list of questions."""
    found = []
    for number, (block, sentence) in enumerate(placed):
        begun = number and placed[number - 1][0] is block
        after_label = begun and len(placed[number - 1][1].tokens) <= _LABEL and (
            number < 2 or placed[number - 2][0] is not block
        )
        if block.kind == "paragraph" and (not begun or after_label) and asks(sentence):
            found.append(number)
    return frozenset(found) if len(found) >= _QUESTIONS else frozenset()


def mark_asked(sentences: list[Sentence]) -> None:
    """Mark row labels that cells of their row answer with yes or no: such a label asserts nothing by itself."""
    for sentence in sentences:
        if sentence.label is not None and answer_of(sentence) is not None:
            sentence.label.quoted = True


def asks(sentence: Sentence) -> bool:
    return bool(sentence.tokens) and sentence.tokens[-1].text == "?"


def wonders(sentence: Sentence) -> bool:
    """Whether a sentence puts a question, be it an indirect one: "People ask whether it is so."."""
    if asks(sentence):
        return True
    if "whether" not in " ".join([token.lower for token in sentence.tokens]):
        return False  # what a scope's cue says stands in the sentence: most need none of their scopes read
    return any(s.category in ("question", "condition") and "whether" in s.cue for s in sentence.scopes)


def presumes(sentence: Sentence) -> bool:
    """Whether a question takes for granted what it asks about: "Why does it never do harm?"."""
    words = [token.lower for token in sentence.tokens[:2]]
    return words[:1] == ["why"] and words[1:] in (["is"], ["are"], ["does"], ["do"], ["did"], ["has"], ["have"])

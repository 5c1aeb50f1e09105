"""What an answer makes of the question before it: "None.", "Not at all.", "It can be.", "Yes, completely.".

The wordings are under `answers` in `language/en/segments.yaml`. An answer stands for itself: behind its words the
sentence ends or goes on after a mark. What limits it ("No, not usually") is left to whoever reads on.
"""

from __future__ import annotations

from ketakb.extract.lending import behind_label
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.segment_words import answer_sets, word_sets
from ketakb.values import dataclass

WHOLLY: Final = "en:wholly-so"
"""Concept that a question gets where it is answered with a word for all of it: "Completely."."""
UNDER_CARE: Final = "en:under-care"
"""Concept of use with proper care, which an answer may make its proviso: "Not when it is supervised."."""
NOT_SO_WITH_CARE: Final = "en:not-so-with-care"
"""Concept that a question gets where it is answered with no for such use."""
NOT_SO: Final = "en:not-so"
"""Concept that a question gets where it is answered with no; the wording rules that ask for it may judge it."""
_OPENING: Final = frozenset(
    {"well", "so", "in", "short", "luckily", "fortunately", "thankfully", "honestly", "frankly", ","}
)
_SHORT: Final = 3
"""Most words ahead of a bare verb: "X is not.", "Heavy use does."."""
_OF: Final = frozenset({"with", "from", "on"})
_PROVISO: Final = frozenset(
    ["when", "if", "as", "so", "under", "in", "with", "at", "where", "while", "provided", "by"]
)
_TURN: Final = frozenset({"but", "although", "though", "however", "without"})
_LEAD: Final = 7
"""Most words ahead of an answer that comes last: "With long, heavy use it can."."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sentence answers."""

    yes: bool
    wholly: bool = False
    """True for a word that leaves nothing out: "One hundred percent."."""
    echoes: bool = False
    """True for a yes that repeats the verb, and so asserts whatever the question denies: "There is.", "It does."."""
    guarded: bool = False
    """True for a no that holds for use with proper care: "Not under supervision."."""


def answer_of(sentence: Sentence) -> Answer | None:
    """Return what a sentence answers, or None where it is no answer that stands for itself."""
    tokens = sentence.tokens
    if not tokens or tokens[-1].text == "?":
        return None
    begin = behind_label(tokens)
    while begin < len(tokens) and tokens[begin].lower in _OPENING:
        begin += 1
    end = len(tokens)
    while end and tokens[end - 1].kind == "mark":
        end -= 1
    found = [sign for sign in answer_sets().find(tokens) if sign.last >= end or tokens[sign.last].kind == "mark"]
    heads = [sign for sign in found if sign.first == begin]
    if not heads and tokens[begin : begin + 1] and tokens[begin].lower == "yes":
        return Answer(True, echoes=True)  # "Yes it does"
    if _with_care(sentence, begin):
        return Answer(False, guarded=True)
    if heads:
        named = {sign.concept for sign in heads}
        if "limited" in named:
            return None
        if "no" in named:
            return Answer(False)
        behind = [sign for sign in found if sign.first <= max(head.last for head in heads) + 1]
        rest = {sign.concept for sign in behind}
        if "no" in rest or "limited" in rest:
            return None
        verbs = word_sets()["auxiliaries"]
        return Answer(True, "wholly" in rest, any(tokens[sign.last - 1].lower in verbs for sign in behind))
    if _denies_of(sentence, begin):
        return Answer(False)
    tail = [sign for sign in found if sign.last == end and begin < sign.first <= begin + _LEAD]
    tail = [sign for sign in tail if not sign.concept.startswith("tail-") or sign.first <= begin + _SHORT]
    for sign in sorted(tail, key=lambda one: one.first):
        ahead = (scope for scope in sentence.scopes if scope.cue_first < sign.first)
        if not any(scope.category in ("negation", "denial", "attribution") for scope in ahead):
            if sign.concept in ("yes", "tail-yes"):
                return Answer(True, echoes=True)
            if sign.concept == "tail-no" or (sign.concept == "no" and sign.last - sign.first > 1):
                return Answer(False)
    return None


def _with_care(sentence: Sentence, begin: int) -> bool:
    """Whether a no is for use with care: "Not when it is supervised.", "In our hands, no."."""
    if UNDER_CARE not in sentence.concepts:
        return False
    words = [token.lower for token in sentence.tokens[begin:] if token.kind == "word"]
    if len(words) < 3 or _TURN & set(words):
        return False
    if words[0] == "no":
        words = words[1:]
    ahead = words[0] == "not" and words[1] in _PROVISO
    return ahead or (words[0] in _PROVISO and (words[-1] in ("no", "not") or words[-1].endswith("n't")))


def _denies_of(sentence: Sentence, begin: int) -> bool:
    """Whether a sentence denies of a drug what was asked: "Not with X.", "Not from our X"."""
    words = [token.lower for token in sentence.tokens[begin : begin + 2]]
    named = {m.first for m in sentence.mentions if not m.concept.startswith(("en:", "rel:"))}
    return len(words) == 2 and words[0] == "not" and words[1] in _OF and bool(named & set(range(begin + 2, begin + 5)))

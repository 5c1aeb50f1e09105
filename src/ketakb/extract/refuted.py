"""What others are said to say, and the next sentence refuses: "People say it does harm. That is an old wives' tale."

Who refuses it says the opposite. The wordings are under `refutation` in `language/en/segments.yaml`; those under
`contradiction` there take back what is said flatly, too: "Ads call it safe. Its label says otherwise."
"""

from __future__ import annotations

from ketakb.extract.sentence import Sentence
from ketakb.language.phrases import Match
from ketakb.values import replace

_OPEN = ("unless", "if", "until", "who", "whoever", "anyone", "anybody")
_NONE = ("nothing", "nobody", "not", "no", "never", "none", "few", "little", "cannot", "don't", "doesn't")
_LEFT_OPEN = frozenset((*_OPEN, *_NONE))
_PRONOUNS = frozenset(("it", "they", "you", "we", "this", "that", "he", "she"))
_SHORT = 4


def refutes(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence does no more than refuse what the one before it reports of others, or takes it back."""
    for sign in sentence.signs:
        if sign.concept == "contradiction":
            return _stands(sentence, sign)
    if not any(sign.concept == "refutation" for sign in sentence.signs) and not _is_short_no(sentence):
        return False
    return any(scope.category == "attribution" for scope in before.scopes)


def _is_short_no(sentence: Sentence) -> bool:
    """Whether a sentence is no more than "They are not.", "You cannot.", "It doesn't."."""
    closing = next((token.lower for token in reversed(sentence.tokens) if token.kind == "word"), "")
    if closing not in ("not", "cannot") and not closing.endswith("n't"):
        return False
    words = [token.lower for token in sentence.tokens if token.kind == "word"]
    ends = bool(words) and (words[-1] in ("not", "cannot") or words[-1].endswith("n't"))
    return ends and len(words) <= _SHORT and words[0] in _PRONOUNS and sentence.tokens[-1].text != "?"


def takes_back(sentence: Sentence) -> bool:
    """Whether the last of several clauses takes back the rest: "Ads call it safe, but its label says otherwise"."""
    found = [sign for sign in sentence.signs if sign.concept == "contradiction"]
    if not found or len(sentence.clauses) < 2:
        return False
    return found[-1].first > sentence.clauses[-1].first and _stands(sentence, found[-1])


def _stands(sentence: Sentence, sign: Match) -> bool:
    """Whether what takes back is not left open itself: "unless the label says otherwise"."""
    begin = max((clause.first for clause in sentence.clauses if clause.first <= sign.first), default=0)
    return all(token.lower not in _LEFT_OPEN for token in sentence.tokens[begin : sign.first])


def as_stated(reported: Sentence) -> Sentence:
    """Return what others are said to say as a statement of its own."""
    scopes = [scope for scope in reported.scopes if scope.category != "attribution"]
    return replace(reported, _scopes=scopes, quoted=False)

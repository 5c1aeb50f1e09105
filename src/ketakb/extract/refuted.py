"""What others are said to say, and the next sentence refuses: "People say it does harm. That is an old wives' tale."

Who refuses it says the opposite. The wordings are under `refutation` in `language/en/segments.yaml`.
"""

from __future__ import annotations

from ketakb.extract.sentence import Sentence
from ketakb.values import replace


def refutes(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence does no more than refuse what the one before it reports of others."""
    if not sentence.signs or not any(sign.concept == "refutation" for sign in sentence.signs):
        return False
    return any(scope.category == "attribution" for scope in before.scopes)


def as_stated(reported: Sentence) -> Sentence:
    """Return what others are said to say as a statement of its own."""
    scopes = [scope for scope in reported.scopes if scope.category != "attribution"]
    return replace(reported, _scopes=scopes, quoted=False)

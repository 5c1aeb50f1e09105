"""How a clause looks to one who has seen many that editors have marked: a linear model over its words and mentions.

It knows no frames and no grammar, so it errs in other places than they do: what both see is more often so, and what it
alone sees is worth a second look. The store brings the weights (`learned.yaml`), worked out by logistic regression over
log-count ratios (Wang and Manning 2012) from annotated copy; features are hashed into a table of fixed size (Weinberger
et al. 2009), so that no word list is kept.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Sequence

from ketakb.extract.lexicon import Mention
from ketakb.extract.sentence import Sentence
from ketakb.language.quantity_value import Quantity
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token
from ketakb.store.learned import Weights
from ketakb.text import Span
from ketakb.values import dataclass

_LEAST = 2
"""A clause of fewer words is not weighed."""
_LONGEST = 80
"""Words of a clause that are looked at: a list may go on for pages."""
_SHORTEST = 3
_WORDS, _CONCEPTS = 20, 10
"""What is looked at in pairs: that many words of so many letters or more, and that many concepts of the store."""
_NUMBER = "#"
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Weighed:
    """One clause as it was weighed."""

    span: Span
    doubt: float
    """Log-odds that an editor would mark it, by its words alone."""
    own: array[int]
    lent: array[int]
    """Hashes of its own features, and of those that the other clauses of its sentence lend it."""
    concepts: frozenset[str]
    """All that it mentions."""
    words: int
    named: bool
    """Whether it names the store's subject, or what is narrower."""


def weigh(weights: Weights, sentence: Sentence, family: frozenset[str]) -> list[Weighed]:
    """Return the clauses of a sentence weighed. Its cost grows with the number of their words."""
    clauses = [clause for clause in sentence.clauses if clause.first < clause.last]
    mentioned = [_within(clause, sentence.mentions) for clause in clauses]
    found = []
    for number, clause in enumerate(clauses):
        tokens = sentence.tokens[clause.first : min(clause.last, clause.first + _LONGEST)]
        words = sum(token.kind == "word" for token in tokens)
        if words < _LEAST:
            continue
        features = own_features(sentence, clause, tokens, mentioned[number])
        others = {f"T:{m.concept}": None for other, ms in enumerate(mentioned) if other != number for m in ms}
        own, lent = weights.hashed(features), weights.hashed(others)
        concepts = frozenset([m.concept for m in mentioned[number]])
        span = sentence.place(clause.first, clause.last)
        doubt = weights.doubt(own, lent, weights.hashed(telling_features(tokens, mentioned[number])))
        found.append(Weighed(span, doubt, own, lent, concepts, words, not concepts.isdisjoint(family)))
    return found


def _within(clause: Clause, mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.first >= clause.first and m.last <= clause.last][:_LONGEST]


def own_features(
    sentence: Sentence, clause: Clause, tokens: Sequence[Token], mentions: Iterable[Mention]
) -> list[str]:
    """Return what is looked at in a clause, each once: words and pairs, concepts, what is denied of them, numbers."""
    words = ["^", *map(_word, tokens), "$"]
    features = words + [f"{one}_{two}" for one, two in zip(words, words[1:], strict=False)]
    scopes = [scope for scope in sentence.scopes if scope.first < clause.last and clause.first < scope.last]
    denied = [scope for scope in scopes if scope.category == "negation"]
    for mention in mentions:
        features.append(f"c:{mention.concept}")
        if any(scope.first <= mention.first < scope.last for scope in denied):
            features.append(f"n:{mention.concept}")
    features += [f"s:{scope.category}" for scope in scopes]
    for quantity in sentence.quantities:
        if quantity.first >= clause.first and quantity.last <= clause.last:
            features += _amounts(quantity)
    return list(dict.fromkeys(features))


def telling_features(tokens: Iterable[Token], mentions: Iterable[Mention]) -> list[str]:
    """Return the features of which each two say more than either: "approved" with "depression"."""
    told = list(telling_words(tokens))
    concepts = dict.fromkeys([mention.concept for mention in mentions if ":" not in mention.concept])
    return told + [f"c:{concept}" for concept in concepts][:_CONCEPTS]


def telling_words(tokens: Iterable[Token]) -> dict[str, str]:
    """Return the words that are looked at in pairs, each with how it first stands in the text."""
    words: dict[str, str] = {}
    for token in tokens:
        word = _word(token)
        if len(word) >= _SHORTEST or word == _NUMBER:
            words.setdefault(word, token.lower)
            if len(words) == _WORDS:
                break
    return words


def _word(token: Token) -> str:
    if token.kind != "number":
        return token.key if token.kind == "word" else token.lower
    return f"y{token.lower[:3]}" if _YEAR.fullmatch(token.lower) else _NUMBER


def _amounts(quantity: Quantity) -> tuple[str, ...]:
    amount = quantity.low if quantity.low is not None else quantity.high
    size = "" if amount is None else str(int(math.log2(abs(amount) + 1)))
    unit, role = quantity.unit, quantity.role
    return f"q:{unit}:{role}", f"q:{unit}:{role}:{size}", f"q:{unit}:{size}"

"""What experimenters did to a target, and what then did not happen: "When A was blocked, the drug no longer worked".

The first tells nothing of what the drug does to the target, and the second nothing of what it does without that.
"""

from __future__ import annotations

from ketakb.extract.lexicon import Lexicon
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.segments import Clause

_OPENERS: Final = frozenset({"when", "once", "after", "if", "where", "unless", "whenever"})
_BE_FORMS: Final = frozenset({"is", "are", "was", "were", "been", "being", "be", "got", "get"})


def experiment(lexicon: Lexicon, sentence: Sentence) -> Clause | None:
    """Return the clause that says what was done to a target, by nobody named, while another clause denies something."""
    if len(sentence.clauses) < 2 or not any(scope.category == "negation" for scope in sentence.scopes):
        return None
    for clause in sentence.clauses:
        first = clause.first + (sentence.tokens[clause.first].kind == "mark")
        if first >= clause.last or sentence.tokens[first].lower not in _OPENERS:
            continue
        inside = [m for m in sentence.mentions if clause.first <= m.first and m.last <= clause.last]
        if any(m.concept in lexicon.family for m in inside):
            continue  # "once X has blocked it": the drug does it
        for mention in inside:
            before = sentence.tokens[mention.first - 1].lower
            if mention.concept in lexicon.polarity and mention.tag and before in _BE_FORMS:
                denied = sentence.status(mention.first, mention.last).negated
                return None if denied else clause
    return None

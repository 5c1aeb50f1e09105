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
    opened = [clause for clause in sentence.clauses if _is_opened(sentence, clause)]
    if not opened or len(sentence.clauses) < 2 or not any(scope.category == "negation" for scope in sentence.scopes):
        return None
    for clause in opened:
        inside = [m for m in sentence.mentions if clause.first <= m.first and m.last <= clause.last]
        if any(m.concept in lexicon.family for m in inside):
            continue  # "once X has blocked it": the drug does it
        for mention in inside:
            before = sentence.tokens[mention.first - 1].lower
            if mention.concept in lexicon.polarity and mention.tag and before in _BE_FORMS:
                denied = sentence.status(mention.first, mention.last).negated
                return None if denied else clause
    return None


def _is_opened(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause begins with a word that says when or where."""
    first = clause.first + (sentence.tokens[clause.first].kind == "mark")
    return first < clause.last and sentence.tokens[first].lower in _OPENERS

"""The "it" or "the drug" that a clause has as its subject, and what only stands beside it."""

from __future__ import annotations

from ketakb.extract.lexicon import Mention
from ketakb.extract.sentence import Sentence
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token, key_of

OBLIQUE = frozenset(
    ["with", "alongside", "beside", "plus", "without", "on", "to", "another", "other", "adding", "add", "whatever"]
)
"""Words before an agent that is only named beside the subject."""
_GOVERNING = OBLIQUE | {
    "about", "after", "against", "around", "at", "before", "between", "by", "during", "for", "from", "in", "into",
    "like", "of", "over", "than", "through", "under", "unlike", "upon",
}
_THE = frozenset({"the", "this", "that"})
_THE_DRUG = frozenset(
    map(key_of, ("drug", "medicine", "medication", "treatment", "therapy", "compound", "substance", "agent"))
)
_BE = frozenset({"is", "was", "being"})
_JOINED = frozenset({"and", "but", "so", "yet", "while", "whereas", "because", "since", "although", "though", "that"})
_IT = frozenset({"it", "it's"})
_RELATIVE_OF_CLEFT = frozenset({"that", "which", "who"})
_POINTING_ON = frozenset({"that", "which", "who", "whether", "if", "when", "because", "how", "why"})
_ADVERBS = frozenset({"also", "often", "still", "never", "not", "even", "only", "just", "usually", "then", "too"})
_TAKES = frozenset(map(key_of, ("take", "need", "require", "follow", "turn")))
"""Verbs of an "it" that stands for nothing: "it takes tablets weeks", "it turns out tablets ..."."""


def it_as_subject(sentence: Sentence, clause: Clause) -> int:
    """Return the token index of the "it" or "the drug" a clause is about ("Mixed with wine it ..."); -1 for none.

    An "it" that stands for nothing ("it takes tablets weeks", "it is tablets that") or is acted on is none.
    """
    sets = word_sets()
    tokens = sentence.tokens
    for at in range(clause.first, clause.last):
        named = tokens[at].key in _THE_DRUG and at > clause.first and tokens[at - 1].lower in _THE
        if not named and tokens[at].lower not in _IT:
            continue
        begin = at - 1 if named else at
        before = tokens[begin - 1] if begin > clause.first else None
        if before is not None and (before.lower in _GOVERNING or before.key in sets["verbs"]):
            continue
        if named and before is not None and before.kind == "word" and before.lower not in _JOINED:
            continue  # "patients on the drug take"
        after = at + 1
        while after < clause.last and tokens[after].lower in _ADVERBS:
            after += 1
        if after >= clause.last or tokens[after].kind != "word":
            return -1
        verb = tokens[after]
        finite = verb.lower in sets["auxiliaries"] or (
            verb.key in sets["verbs"] and verb.lower.endswith(("s", "ed"))
        ) or verb.lower in sets["pasts"]
        if not (finite or tokens[at].lower == "it's"):
            continue
        if any(t.key in _TAKES for t in tokens[after : after + 3]):
            return -1
        return at
    return -1


def is_beside_it(sentence: Sentence, clause: Clause, mention: Mention, subject: int) -> bool:
    """Whether an agent only stands beside the "it" that its clause is about: "unlike A and B, it ...", "it is no A"."""
    tokens = sentence.tokens
    if mention.first > subject:
        between = tokens[subject + 1 : mention.first]
        if len(between) == 1 and between[0].lower in _BE:
            return False  # "the drug was X"
        return not is_singled_out(tokens, mention) and not any(t.lower in _POINTING_ON for t in between)
    ahead = [t.lower for t in tokens[mention.last : subject]]
    return not any(word in word_sets()["auxiliaries"] for word in ahead)


def is_singled_out(tokens: list[Token], mention: Mention) -> bool:
    """Whether a sentence is cleft to stress an agent: "it is tablets that need weeks"; "it is an X that" says what."""
    after = tokens[mention.last].lower if mention.last < len(tokens) else ""
    ahead = [t.lower for t in tokens[max(0, mention.first - 2) : mention.first]]
    return after in _RELATIVE_OF_CLEFT and (
        ahead in (["it", "is"], ["it", "was"]) or ahead[-1:] == ["it's"]
    )

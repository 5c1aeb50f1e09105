"""Whom words point back to that name nobody: "these drugs", "the other", "they"."""

from __future__ import annotations

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token, key_of

OTHERS: Final = "others"
KIN: Final = "kin"
_SEVERAL: Final = frozenset({"these", "those", "such", "both"})
_DRUGS: Final = frozenset(
    key_of(word)
    for word in (
        "drugs", "medicines", "medications", "meds", "agents", "pills", "prescriptions", "tablets", "antidepressants"
    )
)
_OPENERS: Final = frozenset({"and", "but", "while", "whereas"})
_BEHIND: Final = 3
_GOING_ON: Final = frozenset({"and", "or", "but", "which", "that", "who", "by", "to"})
_MANY: Final = frozenset({"they", "these", "those", "their", "them", "such", "both"})
_LARGE: Final = frozenset(
    {"most", "many", "some", "other", "standard", "usual", "ordinary", "common", "all", "few", "older", "existing"}
)
_NAMING: Final = 5
_RELATIVE_LOOK: Final = 8
_RELATIVE: Final = frozenset({"that", "which"})
_SAYING_WHICH: Final = frozenset(
    {"that", "which", "used", "approved", "available", "for", "now", "most", "we", "doctors"}
)
_OWN: Final = frozenset({"our", "my", "your", "its"})
_WITHIN: Final = frozenset({"of", "in", "on", "for", "with", "to", "by", "from", "as", "like", "and", "or"})
_FORM: Final = ["in", "the", "form", "of"]
_ONE: Final = frozenset({"it", "its", "this", "that"})
_POINTED: Final = {("one",): 0, ("the", "first"): 0, ("the", "other"): 1, ("the", "second"): 1}


def these(lexicon: Lexicon, sentence: Sentence, clause: Clause, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom "these drugs" at the head of a clause are, of those that the sentence before named.

    Those that are many by their name ("SSRIs") are meant, else all of two or more; of one drug nothing is said.
    """
    words = _words(sentence, clause)[: 1 + _BEHIND]
    if not words or words[0].lower not in _SEVERAL or not any(t.key in _DRUGS for t in words[1:]):
        return ()
    many = tuple(agent for agent in named if lexicon.store.entities[agent].label.endswith("s"))
    return many or (named if len(named) >= 2 else ())


def they(
    lexicon: Lexicon, sentence: Sentence, clause: Clause, recent: tuple[str, ...], named: tuple[str, ...]
) -> tuple[str, ...]:
    """Return whom "They ..." means where one drug is spoken of, and the sentence before named others that are many."""
    words = _words(sentence, clause)[:1]
    if not words or words[0].lower != "they":
        return ()
    labels = lexicon.store.entities
    if any(agent in labels and labels[agent].label.endswith("s") for agent in recent):
        return ()
    return tuple(agent for agent in named if labels[agent].label.endswith("s"))


def in_the_form_of(lexicon: Lexicon, sentence: Sentence) -> Mention | None:
    """Return the agent as which another is spoken of in a sentence: "In the form of X, Y is approved"."""
    if [t.lower for t in sentence.tokens[: len(_FORM)]] != _FORM:
        return None
    return next(
        (m for m in sentence.mentions if m.first == len(_FORM) and lexicon.kinds.get(m.concept) in AGENT_KINDS), None
    )


def goes_on(clause: Clause) -> bool:
    """Whether a clause goes on about those of the one before it: "and ...", "which ...", a second verb."""
    return clause.opener in _GOING_ON


def points_to_many(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause says "they", "these", "their": it is about more than one drug."""
    return any(t.lower in _MANY for t in _words(sentence, clause)[:_BEHIND])


def points_to_one(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause begins with "it", "this": it is about what was named last."""
    return any(t.lower in _ONE for t in _words(sentence, clause)[:1])


def names_by_pronoun(sentence: Sentence, clause: Clause) -> bool:
    """Whether a pronoun of a clause, wherever it stands, points to what was spoken of: "For X it still has to be"."""
    return any(t.lower in _ONE or t.lower in _MANY for t in sentence.tokens[clause.first : clause.last])


def is_of_drugs_at_large(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause begins with drugs in general: "Most medicines ...", "Today's drugs", "The two drugs that"."""
    words = _words(sentence, clause)[:_NAMING]
    at = next((at for at, t in enumerate(words) if t.key in _DRUGS and t.lower.endswith("s")), -1)
    if at < 0:
        return False
    ahead = [t for t in words[:at] if t.lower not in _LARGE]
    if [t.lower for t in ahead] == ["the"]:
        return words[at + 1 : at + 2] != [] and words[at + 1].lower in _SAYING_WHICH
    sets = word_sets()
    return not any(
        t.lower in _SEVERAL or t.lower in _OWN or t.lower in sets["auxiliaries"] or t.lower in sets["always"]
        or t.key in sets["verbs"] or t.lower in _WITHIN
        for t in ahead
    )


def is_what_drugs_do(sentence: Sentence, clause: Clause, anchor: int) -> bool:
    """Whether a word stands in what is said of drugs in general beside another: "sooner than drugs that need weeks"."""
    tokens = sentence.tokens
    for at in range(anchor - 1, max(clause.first - 1, anchor - _RELATIVE_LOOK, 0), -1):
        if tokens[at].kind == "mark":
            return False
        if tokens[at].lower in _RELATIVE:
            return tokens[at - 1].key in _DRUGS and tokens[at - 1].lower.endswith("s")
    return False


def one_of_pair(sentence: Sentence, clause: Clause, pair: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom "One needs weeks; the other does not" points to, after a sentence that named two."""
    if len(pair) < 2:
        return ()
    words = _words(sentence, clause)[:4]
    sets = word_sets()
    for lead, number in _POINTED.items():
        rest = words[len(lead) :]
        if tuple(t.lower for t in words[: len(lead)]) != lead or not rest:
            continue
        finite = rest[0].key in sets["verbs"] and rest[0].lower.endswith("s")
        if finite or rest[0].lower in sets["auxiliaries"]:
            return pair[number : number + 1]
    return ()


def agreeing(lexicon: Lexicon, sentence: Sentence, clause: Clause, pair: tuple[str, ...]) -> tuple[str, ...]:
    """Return the agents of a pair that fit a pronoun in number: "they" the SSRIs, "it" the one drug."""
    if len(pair) < 2:
        return ()
    first = sentence.tokens[clause.first].lower
    second = sentence.tokens[clause.first + 1].lower if clause.first + 1 < clause.last else ""
    if first in ("this", "that") and second in word_sets()["auxiliaries"]:
        return pair[-1:]  # "this" points to what was named last
    if any(token.lower == "them" for token in sentence.tokens[clause.first : clause.first + 3]):
        first = "them"  # "; allow them several weeks"
    if first not in ("they", "these", "it", "them"):
        return ()
    plural = first != "it"
    labels = lexicon.store.entities
    fitting = [agent for agent in pair if labels[agent].label.endswith("s") == plural]
    return tuple(fitting[:1]) if len(fitting) == 1 else ()


def _words(sentence: Sentence, clause: Clause) -> list[Token]:
    """Return the words of a clause, without the one that joins it to another."""
    words = [t for t in sentence.tokens[clause.first : clause.last] if t.kind == "word"]
    while words and words[0].lower in _OPENERS:
        words = words[1:]
    return words

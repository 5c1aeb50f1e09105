"""Whether a word says what the subject of its clause is: "X is an A", "X belongs with the As", "An old A, X ..."."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token

_KIND_WORDS = frozenset(
    [
        "kind",
        "type",
        "class",
        "form",
        "group",
        "family",
        "sort",
        "category",
        "member",
        "kinds",
        "types",
        "classes",
        "forms",
        "members",
    ]
)
_COPULAS = frozenset(
    {"as", "called", "named", "considered", "termed", "labelled", "labeled", "become", "remain", "into"}
)
_RANKED = frozenset({"belong", "sit", "rank", "rang", "group", "clas", "list", "fil", "count", "lump", "put", "number"})
_PREDICATE_REACH = 16


def is_predicate(lexicon: Lexicon, sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Whether a mention is what something is said to be: "is a X", "a type of X", "classed as X", ", a X,".

    Read leftwards from the mention to the word that settles it; a preposition or another verb says no.
    """
    tokens = sentence.tokens
    kinds = lexicon.kinds
    agents = {m.last - 1 for m in sentence.mentions if kinds.get(m.concept) in ("drug", "treatment")}
    kind = kinds.get(mention.concept)
    same_list = {
        place for m in sentence.mentions if kinds.get(m.concept) == kind for place in range(m.first, m.last)
    }
    if _opens_with(lexicon, sentence, clause, mention):
        return True
    article = False
    place = mention.first - 1
    while place >= max(clause.first, mention.first - _PREDICATE_REACH):
        token = tokens[place]
        lower = token.lower
        if token.key == "be" or lower in _COPULAS or lower in ("isn't", "aren't", "wasn't", "it's", "they're"):
            return True
        if lower in ("a", "an"):
            article = True
        elif lower == "this" and place >= mention.first - 2:
            return _ends_phrase(tokens, mention.last)
        elif lower == "of":
            if place == 0 or tokens[place - 1].lower not in (*_KIND_WORDS, "first"):
                return False
        elif lower == "to":
            if not any(t.key == "belong" for t in tokens[max(clause.first, place - 2) : place]):
                return False
            return True
        elif token.text == ":":
            return any(t.lower in _KIND_WORDS for t in tokens[max(0, place - 3) : place])
        elif token.text in (",", "(", "–", "—"):
            if article and place - 1 in agents and place - 1 not in same_list:
                return True
        elif lower in ("with", "among", "amongst", "alongside"):
            return any(t.key in _RANKED for t in tokens[max(clause.first, place - 3) : place])
        elif place not in same_list and (
            lower in _GOVERNING or (lower.endswith("ing") and not (place and tokens[place - 1].text == "-"))
        ):
            return False
        place -= 1
    if clause.opener in (":", "–", "—") and clause.first:
        return any(t.lower in _KIND_WORDS for t in tokens[max(0, clause.first - 3) : clause.first])
    return False


def _opens_with(lexicon: Lexicon, sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Whether a clause is, or begins with, a noun that says what its subject is: "A X.", "A X, it has ..."."""
    tokens = sentence.tokens
    if clause.first or tokens[0].lower not in ("a", "an") or mention.first > _NOUN_REACH:
        return False
    ahead = tokens[1 : mention.first]
    if any(t.kind != "word" or t.lower in _GOVERNING or t.lower in _NO_ADJECTIVES for t in ahead):
        return False
    after = tokens[mention.last] if mention.last < len(tokens) else None
    if after is None or after.text == ".":
        return True
    if after.text == ",":
        named = (m.first for m in sentence.mentions if lexicon.kinds.get(m.concept) in ("drug", "treatment"))
        return mention.last + 1 in named or [t.lower for t in tokens[mention.last + 1 :][:1]] == ["it"]
    sets = word_sets()
    verbs = any(t.lower in sets["auxiliaries"] for t in tokens[mention.last : clause.last])
    return after.lower in ("for", "in", "that", "which", "used", "and") and not verbs


_NOUN_REACH = 6
_NO_ADJECTIVES = frozenset(("of", "in", "on", "for", "to", "with", "and", "or", "than", "like", "as", "by", "from"))


def _ends_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun ends before a place: "this sedative acts", but not "this sedative effect"."""
    if at >= len(tokens) or tokens[at].kind == "mark":
        return True
    sets, lower = word_sets(), tokens[at].lower
    return (
        lower in sets["auxiliaries"] or lower in _AFTER_NOUN or (tokens[at].key in sets["verbs"] and lower[-1] == "s")
    )


_AFTER_NOUN = frozenset(
    ("and", "that", "which", "to", "in", "for", "from", "with", "on", "at", "by", "may", "can", "also")
)
_GOVERNING = frozenset(
    [
        "need",
        "needs",
        "require",
        "requires",
        "for",
        "with",
        "from",
        "than",
        "like",
        "unlike",
        "in",
        "on",
        "at",
        "by",
        "that",
        "which",
        "who",
        "when",
        "where",
        "while",
        "between",
        "beside",
        "plus",
        "against",
        "over",
        "off",
        "without",
        "via",
        "about",
        "after",
        "before",
        "during",
        "under",
        "through",
        "replace",
        "replaces",
        "given",
        "added",
        "combined",
        "mixed",
        "cause",
        "causes",
        "treat",
        "treats",
        "help",
        "helps",
        "block",
        "blocks",
    ]
)

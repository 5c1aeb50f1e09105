"""What a lay reader types, and which words are looked for. General English, no subject's terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from ketakb.language.tokens import Token, key_of
from ketakb.model import Claim

# Words that carry no subject. Negations and quantifiers are kept apart: they re-rank, see search.py.
_GLUE = """
a an the of to in on at by for from with and or as is are be am was were been it its this that these those
i you your we our they their he she his her my me us do does did doing what which who whom how when where why
if than then so can could will would should may might must about into over there here
"""
GLUE = frozenset(_GLUE.split())

_CLASSES = {
    "none": "no not none never without nothing nobody zero neither nor cannot",
    "all": "all every everyone everybody any anyone always completely fully totally entirely",
    "most": "most mostly usually generally majority",
    "only": "only sole solely exclusively alone",
}
CLASSES = {word: name for name, words in _CLASSES.items() for word in words.split()}
"""Negation and quantifier words, and the class of each."""
_GROUPS = (
    "fast quick rapid soon speedy prompt swift onset immediate instant minutes hours",
    "work act effective effect help respond response",
    "last lasting duration long-lasting stay persist",
    "cost price pay expensive afford cheap dollar fee bill",
    "safe danger dangerous risk risky harm harmful hazard safety",
    "approve approved approval legal licensed authorised authorized licence",
    "kid child children minor teen teenager adolescent pediatric young",
    "old elderly senior older geriatric",
    "doctor physician clinician provider prescriber",
    "addictive addiction addicted hooked habit dependence abuse misuse",
    "heal cure fix permanent",
    "high trip dissociation dissociative hallucination",
    "pee urine bladder urinary",
    "brain neuron synapse",
    "drive driving car",
    "home house mail",
    "mix combine combination together alcohol",
    "often frequency schedule session weekly week times",
    "much many dose amount number",
    "better superior stronger compare comparison",
    "job lasting benefit improve improvement relief",
    "allergic contraindicated contraindication eligible avoid exclude",
    "pregnant pregnancy breastfeeding",
    "common prevalence share percent",
    "drug medication medicine treatment",
    "old-fashioned conventional traditional standard usual",
    "sleepy drowsy tired sedation",
    "heart cardiac cardiovascular blood pressure",
    "breathe breathing respiratory",
    "forget memory cognitive cognition",
    "invent make made create develop synthesise synthesize discover origin",
    "wait stay watch monitor monitoring observe observation",
    "same identical form version kind derived",
)


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group in _GROUPS:
        keys = {key_of(word) for word in group.split()}
        for key in keys:
            table.setdefault(key, set()).update(keys - {key})
    return {key: frozenset(others) for key, others in table.items()}


def lay_keys(key: str) -> frozenset[str]:
    """Return the keys of words that mean nearly the same in a question."""
    table = _table()
    return table.get(key) or table.get(key.removesuffix("ly"), frozenset())


def content_keys(tokens: Iterable[Token]) -> list[str]:
    """Return the keys of the words and numbers that carry a subject."""
    return [t.key for t in tokens if t.kind != "mark" and t.lower not in GLUE and class_of(t.lower) is None]


def class_of(word: str) -> str | None:
    """Return the negation or quantifier class of a word in lower case, or None."""
    if word.endswith("n't"):
        return "none"
    return CLASSES.get(word)


def passage_texts(claim: Claim) -> Iterator[str]:
    """Yield what the passages of a claim say: quotes and summaries."""
    for passage in claim.passages:
        for text in (passage.quote, passage.says):
            if text:
                yield text


def scopes(tokens: list[Token]) -> set[tuple[str, str]]:
    """Return the negation and quantifier words of a text as (class, key of a word that follows closely)."""
    found = set()
    for at, token in enumerate(tokens):
        if name := class_of(token.lower):
            found |= {(name, key) for key in content_keys(tokens[at + 1 : at + 4])}
    return found

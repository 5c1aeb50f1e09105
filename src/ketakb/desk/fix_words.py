"""Edits of a verb: what a text says is turned round where an accepted claim says the opposite of the same thing."""

from __future__ import annotations

import re

from ketakb.assertion import Assertion
from ketakb.desk.edits import Edit
from ketakb.desk.fixable import Clause, limits_of
from ketakb.extract.lexicon import Mention
from ketakb.language.english import word_classes
from ketakb.language.inflect import article_for, base_of_third, cased_like, form_of, plural, verb_forms
from ketakb.model import Claim
from ketakb.terms import Relation
from ketakb.text import Span

_WORD = re.compile(r"[a-z]+")


def fix_relation(clause: Clause) -> Edit | None:
    """Return the edit that puts the opposite verb in place of the one that a clause uses, in the same form."""
    if clause.judged is None:
        return None
    reading = clause.judged.reading
    assertion = reading.assertion
    relation = clause.store.relations.get(assertion.relation or "")
    target = clause.store.relations.get(relation.opposite or "") if relation else None
    if relation is None or target is None or assertion.negated or assertion.quantifier == "none":
        return None
    claim = next((one for one in clause.claims if _says_opposite(clause, one, assertion, target)), None)
    words = [(name, span) for name, span in reading.triggers if clause.lexicon.polarity.get(name)]
    if claim is None or len(words) != 1:
        return None
    concept, span = words[0]
    mention = clause.mention_at(span, concept)
    if mention is None:
        return None
    found = clause.text[span.start : span.end]
    word = _in_same_form(mention, found.lower(), relation, target)
    if word is None:
        return None
    place, replacement = with_article(clause, span, cased_like(word, found))
    why = f"“{word}” for “{found}”: {claim.statement} ({claim.id})"
    return Edit(place, replacement, why, clause.finding.fingerprint)


def with_article(clause: Clause, span: Span, word: str) -> tuple[Span, str]:
    """Return a place and what is written there, "a" and "an" before it put right where the new word needs it."""
    before = [token for token in clause.sentence.tokens if token.end <= span.start]
    if not before or before[-1].lower not in ("a", "an") or before[-1].lower == article_for(word):
        return span, word
    article = before[-1]
    between = clause.text[article.end : span.start]
    return Span(article.start, span.end), f"{cased_like(article_for(word), article.text)}{between}{word}"


def _says_opposite(clause: Clause, claim: Claim, assertion: Assertion, target: Relation) -> bool:
    """Whether a claim says, without any limit that the draft does not state, the opposite of the same objects."""
    said = claim.assertion
    return (
        said.relation == target.id
        and not said.negated
        and said.quantifier is None
        and said.only is None
        and said.certainty == "asserted"
        and set(assertion.objects) <= set(said.objects)
        and limits_of(clause, claim) <= clause.limits
    )


def _in_same_form(mention: Mention, found: str, relation: Relation, target: Relation) -> str | None:
    """Return the word of the opposite relation in the form of the word found; None where that is not known."""
    if mention.concept.removeprefix("en:") not in (*relation.classes[:1], mention.concept):
        return None  # "blocks glutamate" is read as lowering it, and need not mean that
    if mention.tag == "verbs":
        head, label = found.split()[0], target.label
        form = form_of(head, _bases(mention, relation))
        return verb_forms(base_of_third(label)).get(form) if form and _WORD.fullmatch(label) else None
    if mention.tag not in ("nouns", "agents") or not mention.concept.startswith("en:"):
        return None
    name, opposite = mention.concept.removeprefix("en:"), next(iter(target.classes), "")
    known = _plain_words(name, mention.tag)
    word = next(iter(_plain_words(opposite, mention.tag)), None)
    last = found.split()[-1]
    if word is None or last in known:
        return word
    return plural(word) if last in map(plural, known) else None


def _bases(mention: Mention, relation: Relation) -> set[str]:
    """Return the words that a verb found may be a form of."""
    if mention.concept.startswith("en:"):
        phrases = [phrase for phrase, tag in _phrases(mention.concept.removeprefix("en:")) if tag == "verbs"]
    else:
        phrases = list(relation.words)
    return {word for phrase in phrases for word in _WORD.findall(phrase)}


def _phrases(name: str) -> tuple[tuple[str, str], ...]:
    found = word_classes().get(name)
    return found.phrases if found else ()


def _plain_words(name: str, tag: str) -> list[str]:
    """Return the words of a class that are written without any choice or gap, in the order of the file."""
    return [phrase for phrase, kind in _phrases(name) if kind == tag and _WORD.fullmatch(phrase)]

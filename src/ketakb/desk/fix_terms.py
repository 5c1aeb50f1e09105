"""Edits of a term: what a wording rule writes instead, and the name of the right thing for that of the wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketakb.assertion import Assertion
from ketakb.compare.describe import label
from ketakb.desk.edits import Edit
from ketakb.desk.fix_words import with_article
from ketakb.desk.fixable import Clause, limits_of
from ketakb.language.inflect import cased_like, form_of, plural, verb_forms
from ketakb.language.tokens import Token, tokenize
from ketakb.model import Claim, Store
from ketakb.readers.document import Document
from ketakb.results import Finding
from ketakb.rules.evidence import fingerprint
from ketakb.terms import WordingRule
from ketakb.text import Span

_ARTICLES = ("the ", "an ", "a ")
_ENDS = frozenset(
    {"and", "at", "because", "but", "by", "for", "in", "on", "so", "that", "to", "when", "which", "while"}
)
"""Words behind a name that show that no more of it follows: "block monoamine oxidase in the brain"."""


def fix_term(clause: Clause) -> Edit | None:
    """Return the edit that writes what a wording rule prefers in place of the term it found in a clause."""
    rule = _rule_of(clause.store, clause.finding, clause.text)
    if rule is None or clause.finding.span is None:
        return None
    place = clause.finding.span
    tokens = [t for t in clause.sentence.tokens if place.start <= t.start and t.end <= place.end]
    found = _instead(rule, tokens)
    if found is None:
        return None
    span, word = found
    words = clause.text[span.start : span.end]
    place, replacement = with_article(clause, span, cased_like(word, words))
    return Edit(place, replacement, _because(rule, word, words), clause.finding.fingerprint, supported=False)


def fix_first(store: Store, document: Document, finding: Finding) -> Edit | None:
    """Return the edit for a rule on the whole text: at the first place, headings last, where its term stands."""
    rule = _rule_of(store, finding, document.text) if finding.span is None else None
    if rule is None or not rule.prefer:
        return None
    for block in sorted(document.blocks, key=lambda block: block.kind == "heading"):
        found = _instead(rule, tokenize(document.plain, block.span.start, block.span.end))
        if found is not None:
            span, word = found
            words = document.text[span.start : span.end]
            return Edit(span, word, _because(rule, word, words), finding.fingerprint, supported=False)
    return None


def fix_target(clause: Clause) -> Edit | None:
    """Return the edit that names what an accepted claim names, where a clause says the same of another thing."""
    if clause.judged is None:
        return None
    reading = clause.judged.reading
    assertion = reading.assertion
    claim = next((one for one in clause.claims if _names_another(clause, one, assertion)), None)
    place = next((span for name, span in reading.triggers if (name,) == assertion.objects), None)
    if claim is None or place is None or clause.mention_at(place, assertion.objects[0]) is None:
        return None
    tokens = [t for t in clause.sentence.tokens if place.start <= t.start and t.end <= place.end]
    own = [t.key for t in tokenize(label(clause.store, assertion.objects[0]).removeprefix("the "))]
    name = label(clause.store, claim.assertion.objects[0])
    if [t.key for t in tokens[: len(own)]] != own:
        return None
    span = Span(tokens[0].start, tokens[len(own) - 1].end)
    if len(tokens) == len(own) and not _alike(tokens[-1], name) and not _is_end(clause, span):
        return None
    span, name = _determined(clause, span, name)
    found = clause.text[span.start : span.end]
    why = f"“{name}” for “{found}”: {claim.statement} ({claim.id})"
    place, replacement = with_article(clause, span, name)
    return Edit(place, replacement, why, clause.finding.fingerprint)


def _rule_of(store: Store, finding: Finding, text: str) -> WordingRule | None:
    """Return the wording rule with a preferred wording that made a finding."""
    words = text[finding.span.start : finding.span.end] if finding.span else ""
    for rule in store.wording:
        if rule.prefer and fingerprint(rule.rule, words, [rule.id]) == finding.fingerprint:
            return rule
    return None


def _because(rule: WordingRule, word: str, words: str) -> str:
    return f"“{word}” for “{words}”: {rule.title} ({rule.id})"


def _instead(rule: WordingRule, tokens: Sequence[Token]) -> tuple[Span, str] | None:
    """Return where the first term of a rule stands and what is written there; as it stands before inflected."""
    for exact in (True, False):
        for term, instead in rule.prefer:
            wanted = tokenize(term)
            for at in range(len(tokens) - len(wanted) + 1):
                there = tokens[at : at + len(wanted)]
                word = instead if _is_written(there, wanted) else None if exact else _inflected(there, wanted, instead)
                if word is not None:
                    return Span(there[0].start, there[-1].end), word
    return None


def _is_written(there: Iterable[Token], wanted: Iterable[Token]) -> bool:
    return all(one.lower == other.lower for one, other in zip(there, wanted, strict=True))


def _inflected(there: Sequence[Token], wanted: Sequence[Token], instead: str) -> str | None:
    """Return the preferred words in the form of those found: a plural at the end, or a verb at the beginning."""
    head, _, rest = instead.partition(" ")
    if not rest and _is_written(there[:-1], wanted[:-1]) and there[-1].lower == plural(wanted[-1].lower):
        return plural(instead)
    if _is_written(there[1:], wanted[1:]):
        form = form_of(there[0].lower, [wanted[0].lower])
        verb = verb_forms(head).get(form) if form else None
        return f"{verb} {rest}".strip() if verb else None
    return None


def _names_another(clause: Clause, claim: Claim, assertion: Assertion) -> bool:
    """Whether a claim says of one other thing just what a draft says of one thing, with no limit left unsaid."""
    said = claim.assertion
    return (
        said.relation == assertion.relation
        and len(said.objects) == len(assertion.objects) == 1
        and said.objects != assertion.objects
        and not (said.negated or assertion.negated or said.quantifier or said.only or said.value)
        and clause.store.is_a(assertion.subject, said.subject)
        and limits_of(clause, claim) <= clause.limits
    )


def _alike(last: Token, name: str) -> bool:
    """Whether a name ends in the same word as the one that it replaces, so that any word may follow."""
    return tokenize(name)[-1].lower == last.lower


def _is_end(clause: Clause, span: Span) -> bool:
    """Whether a name ends where a span does: a mark follows, or a word that is no part of a name."""
    following = next((t for t in clause.sentence.tokens if t.start >= span.end), None)
    return following is None or following.text in ".,;:!?)" or following.lower in _ENDS


def _determined(clause: Clause, span: Span, name: str) -> tuple[Span, str]:
    """Let the article of a name take the place of the one in the text."""
    article = next((one for one in _ARTICLES if name.startswith(one)), "")
    before = [t for t in clause.sentence.tokens if t.end <= span.start]
    if article and before and before[-1].lower in ("the", "a", "an"):
        return Span(before[-1].start, span.end), cased_like(name, before[-1].text)
    return span, name

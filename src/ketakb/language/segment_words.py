"""The words of `en/segments.yaml`: those by which clauses are told apart, and wordings of answers and rebuttals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from ketakb.hints import Any
from ketakb.kept_rows import Held, Row
from ketakb.language.english import from_file, from_list
from ketakb.language.phrases import PhraseTrie
from ketakb.language.tokens import Token, key_of


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """Return the one-word lists of `en/segments.yaml`, as written; the verbs as token keys."""
    return {name: frozenset(words) for name, words in _lists()["sets"].items()}


@cache
def phrase_sets() -> PhraseTrie:
    """Return the phrases of `en/segments.yaml` in one trie: contrast, rebuttal, lending and `anaphor:KIND`."""
    return _trie("phrases")


@cache
def answer_sets() -> PhraseTrie:
    """Return the wordings of answers in one trie: yes, no, wholly and limited."""
    return _trie("answers")


def _trie(name: str) -> PhraseTrie:
    return PhraseTrie([Held(_in_rows(_lists(), name), lambda: _in_rows(from_file("segments", _packed), name))])


def _in_rows(lists: Mapping[str, Any], name: str) -> Iterator[Row]:
    return (("phrase", key, value) for key, value in lists[name].items())


@cache
def _lists() -> dict[str, Any]:
    return from_list("segments", _built, _packed)


def _built(packed: dict[str, Any]) -> dict[str, Any]:
    """Return what was packed. Raises what does not fit; phrases are looked at when they are asked for."""
    if not all(type(word) is str for words in packed["sets"].values() for word in words):
        raise ValueError("no words")
    if not {dict} == set(map(type, (packed["phrases"], packed["answers"]))):
        raise ValueError("no phrases")
    return packed


def _packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lists of the file as they are used: words in sets, phrases in rows."""
    names = ("always", "with_subject", "pronouns", "auxiliaries", "pasts", "myth_labels")
    sets = {name: list(data[name]) for name in names}
    sets["others"] = [key_of(word) for word in data["others"]]
    for name in ("verbs", "occurring"):
        sets[name] = [key_of(verb) for verb in data[name]]
    lists = ("contrast", "rebuttal", "refutation", "contradiction", "lacked", "unasserted", "lending")
    phrases = {name: data[name] for name in lists}
    phrases |= {f"anaphor:{kind}": found for kind, found in data["anaphors"].items()}
    return {"sets": sets, "phrases": _rows(phrases), "answers": _rows(data["answers"])}


def _rows(phrases: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    from ketakb.language.phrase_book import PhraseBook

    book = PhraseBook()
    for name, found in phrases.items():
        for phrase in found:
            book.add(phrase, name)
    return {key: value for _, key, value in book.rows()}


def has_verb(tokens: Sequence[Token]) -> bool:
    """Whether a clause is complete; else "the approval of X for Y came" goes on: what follows is of its subject."""
    sets = word_sets()
    return any(is_verb(token, sets) and (token.key == token.lower or token.lower[-3:] != "ing") for token in tokens)


def is_verb(token: Token, sets: dict[str, frozenset[str]]) -> bool:
    """Whether a token is an auxiliary or a verb of the lists, which are those of `word_sets`."""
    if token.text == "May":
        return False  # but for the first word of an item, the month
    return token.lower in sets["auxiliaries"] or token.key in sets["verbs"]

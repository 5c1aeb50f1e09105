"""Forms of English words: which form of a verb a word is, and the same form of another verb.

Only regular forms are made. What English forms in a way of its own ("drive, drove, driven") has no past here, so that
a caller who needs it learns that there is none and writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ketakb.language.english import read_data

BASE, THIRD, ING, PAST = "base", "third", "ing", "past"

_VOWELS = "aeiou"
_SIBILANT = re.compile(r"(s|x|z|ch|sh|o)$")
_ONE_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy][^aeiouywx]")


def verb_forms(base: str) -> dict[str, str]:
    """Return the forms of a verb by name: base, third ("blocks"), ing ("blocking") and past ("blocked").

    The past is also the participle; it is left out for a verb that forms it in a way of its own.
    """
    found = {BASE: base, THIRD: plural(base), ING: _stem(base, ing=True) + "ing"}
    if base not in _irregular():
        stem = _stem(base, ing=False)
        found[PAST] = stem + ("d" if stem.endswith("e") else "ed")
    return found


def form_of(word: str, bases: Iterable[str]) -> str | None:
    """Return which form a word in lower case is of one of some verbs; None where it is none, or may be two."""
    forms = {name for base in bases for name, form in verb_forms(base).items() if form == word}
    if len(forms) != 1 or (BASE in forms and word in _irregular() and word[-1] in "td"):
        return None  # "cut" and "shut" are base and past
    return forms.pop()


def base_of_third(word: str) -> str:
    """Return the verb of which a word in lower case is the third person: "blocks" gives "block"."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word.removesuffix("s")


def plural(noun: str) -> str:
    """Return the plural of a regular noun, or the third person of a verb: the two are formed alike."""
    if len(noun) > 1 and noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if _SIBILANT.search(noun) else "s")


def cased_like(word: str, model: str) -> str:
    """Return a word with the capitals of another: all of them, the first, or none changed."""
    letters = [letter for letter in model if letter.isalpha()]
    if len(letters) > 3 and all(letter.isupper() for letter in letters):
        return word.upper()
    if letters and letters[0].isupper():
        return word[:1].upper() + word[1:]
    return word


def article_for(word: str) -> str:
    """Return "a" or "an", by the first letter, or by its name for a word of capitals: "an NMDA blocker"."""
    first = word[:1]
    if word[:2].isupper():
        return "an" if first in "AEFHILMNORSX" else "a"
    return "an" if first.lower() in _VOWELS else "a"


def _stem(base: str, ing: bool) -> str:
    """Return what -ing or -ed is put behind."""
    if base.endswith("ie"):
        return base[:-2] + "y" if ing else base
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] if ing else base
    if not ing and len(base) > 1 and base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "i"
    if _ONE_SYLLABLE.fullmatch(base) and len(base) > 2:
        return base + base[-1]
    return base


@cache
def _irregular() -> frozenset[str]:
    return frozenset(read_data("inflection")["irregular_past"])

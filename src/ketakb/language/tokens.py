"""Tokens: words, numbers and marks of a text, each with its offsets and a key that ignores form.

The key of a word is what phrases are matched by: lower case, British and American spelling folded, inflection
(-s, -ed, -ing, irregular verbs) cut off. It is not a dictionary form; it only has to be the same on both sides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ketakb import later
from ketakb.values import dataclass

_TOKEN = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?|0,\d{1,2}(?!\d)|\d+\.\d+|\d+(?=\D|$)"  # numbers
    r"|[A-Za-zÀ-ÖØ-öø-ÿΑ-ωﬀ-ﬆ]+(?:['’ʼ][A-Za-z]+)*"  # words, apostrophes inside
    r"|\([RS]\)(?=[-‐‑ ])"  # the name of a mirror form
    r"|\S"  # one mark: letters and digits were taken
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark."""

    start: int
    """Offset of its first code point in the text."""
    end: int
    """Offset after its last code point."""
    text: str
    """As it stands."""
    lower: str
    """Lower case, apostrophes straight."""
    key: str
    """Form-free key for phrases; the mark itself for a mark."""
    kind: str
    """word, number or mark."""


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of text[start:end], with offsets into the whole text. Linear in the length."""
    forms = _FORMS
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        piece, lower, key, kind = forms[match[0]]
        found.append(Token(match.start(), match.end(), piece, lower, key, kind))
    return found


Forms = tuple[str, str, str, str]
"""Text, lower case, key and kind of a word, number or mark."""


class _Forms(dict[str, Forms]):
    """The forms of each word, number and mark seen: a text says the same few words again."""

    def __missing__(self, piece: str) -> Forms:
        if len(self) >= _MOST_FORMS:
            self.clear()
        found = self[piece] = _forms_of(piece)
        return found


_MOST_FORMS = 65536
_FORMS = _Forms()


def _forms_of(piece: str) -> Forms:
    if piece[0].isalpha():
        lower = piece.lower().replace("’", "'").replace("ʼ", "'")
        plural = len(piece) > 3 and piece.endswith("s") and piece[:-1].isupper()  # SSRIs, MAOIs
        return piece, lower, key_of(lower[:-1] if plural else lower), "word"
    if piece[0].isdigit():
        return piece, piece, piece, "number"
    if len(piece) == 3:
        return piece, piece.lower(), piece[1].lower(), "word"  # "(R)-"
    return piece, piece, _MARKS.get(piece, piece), "mark"


def forms_in(text: str) -> list[Forms]:
    """Return the words, numbers and marks that a text holds, in its order."""
    forms = _FORMS
    return [forms[piece] for piece in _TOKEN.findall(text)]


_MARKS = {"‐": "-", "‑": "-", "‒": "-", "–": "–", "—": "—", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"'}

_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is am are was were been being 's're",
        "have": "has had having",
        "do": "does did done doing",
        "take": "took taken taking",
        "give": "gave given giving",
        "make": "made making",
        "begin": "began begun beginning",
        "become": "became",
        "break": "broke broken",
        "bring": "brought",
        "buy": "bought",
        "choose": "chose chosen",
        "come": "came",
        "cut": "cutting",
        "draw": "drew drawn",
        "drive": "drove driven",
        "fall": "fell fallen",
        "feel": "felt",
        "find": "found",
        "forget": "forgot forgotten",
        "get": "got gotten",
        "go": "goes went gone",
        "grow": "grew grown",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "lead": "led",
        "leave": "left leaving",
        "let": "letting",
        "lose": "lost losing",
        "mean": "meant",
        "meet": "met",
        "put": "putting",
        "rise": "rose risen",
        "run": "ran running",
        "say": "said says",
        "see": "saw seen",
        "seek": "sought",
        "send": "sent",
        "set": "setting",
        "shrink": "shrank shrunk",
        "shut": "shutting",
        "show": "shown",
        "speak": "spoke spoken",
        "spend": "spent",
        "spring": "sprang sprung",
        "stand": "stood",
        "stick": "stuck",
        "swear": "swore sworn",
        "think": "thought",
        "throw": "threw thrown",
        "understand": "understood",
        "wear": "wore worn wearing",
        "write": "wrote written",
        "die": "dies died dying",
        "lie": "lay lain lying",
        "man": "men",
        "woman": "women",
        "use": "uses used using",
        "tie": "ties tied tying",
        "ease": "eases eased easing",
        "child": "children",
        "person": "persons people",
        "life": "lives",
        "less": "lesser",
    }.items()
    for form in forms.split()
}
# Words whose ending is not an inflection.
_WHOLE = frozenset(
    [
        "this",
        "is",
        "as",
        "us",
        "its",
        "his",
        "was",
        "has",
        "plus",
        "thus",
        "always",
        "perhaps",
        "yes",
        "ms",
        "is",
        "was",
        "does",
        "during",
        "nothing",
        "something",
        "anything",
        "everything",
        "morning",
        "evening",
        "being",
        "bed",
        "red",
        "need",
        "seed",
        "speed",
        "indeed",
        "nasal",
        "series",
        "species",
        "diabetes",
        "iris",
        "bias",
        "less",
        "unless",
        "across",
        "process",
        "access",
        "success",
        "illness",
        "ness",
        "hundred",
        "sacred",
        "naked",
        "wing",
        "ring",
        "king",
        "thing",
        "sing",
        "bring",
        "spring",
        "string",
        "swing",
        "basis",
        "sepsis",
        "analysis",
        "diagnosis",
        "psychosis",
        "crisis",
        "thesis",
        "news",
        "lens",
        "gas",
        "bus",
        "virus",
        "status",
        "campus",
        "depress",
        "rems",
        "ces",
        "noted",
        "quite",
        "here",
        "ones",
    ]
)
_SPELLINGS = (
    (r"anaesth", "anesth"),
    (r"aemi", "emi"),
    (r"haem", "hem"),
    (r"paed", "ped"),
    (r"oedema", "edema"),
    (r"foet", "fet"),
    (r"diarrhoea", "diarrhea"),
    (r"behaviour", "behavior"),
    (r"favour", "favor"),
    (r"colour", "color"),
    (r"honour", "honor"),
    (r"tumour", "tumor"),
    (r"centre", "center"),
    (r"programme", "program"),
    (r"licenc", "licens"),
    (r"isation", "ization"),
    (r"(?<=[a-z]{3})is(e|ed|es|ing|er)$", r"iz\1"),
    (r"(?<=[a-z]{3})ys(e|ed|es|ing)$", r"yz\1"),
    (r"ogue", "og"),
    (r"ll(ed|ing|er)$", r"l\1"),
)
_SPELLED = later.compile("|".join(pattern for pattern, _ in _SPELLINGS))
"""Tells in one look that a word has none of them, as hardly any has."""


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """Return the form-free key of one word, given in lower case."""
    if word in _IRREGULAR:
        return _finish(_IRREGULAR[word])
    if word.endswith("'s"):
        word = word[:-2]
    elif word.endswith("s'"):
        word = word[:-1]
    if len(word) <= 3 or word in _WHOLE:
        return word
    if _SPELLED.search(word):
        for pattern, by in _SPELLINGS:
            word = word.replace(pattern, by) if pattern.isalpha() else re.sub(pattern, by, word)
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word in _IRREGULAR:
        return _finish(_IRREGULAR[word])
    if word in _WHOLE:
        return word
    if word.endswith("ied") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 5 and _has_vowel(word[:-3]):
        word = word[:-3]
    elif word.endswith("ed") and len(word) > 4 and not word.endswith("eed") and _has_vowel(word[:-2]):
        word = word[:-2]
    return _finish(word)


def _finish(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)

"""Where the clauses of a sentence begin and end, for reading what each asserts.

No parser: borders are marks, conjunctions with a subject and a verb after them, and relative words. Scopes have
borders of their own (`clauses`), since a negation may end where an assertion goes on. The words are `en/segments.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from ketakb.hints import Any
from ketakb.kept import Held, Row
from ketakb.language.english import from_file, from_list
from ketakb.language.phrase_book import PhraseBook
from ketakb.language.phrases import PhraseTrie
from ketakb.language.tokens import Token, key_of
from ketakb.values import dataclass

_BREAKS = frozenset(";:—…→⇒")
_LOOK = 9


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with one predicate, as token indices, half-open."""

    first: int
    last: int
    opener: str = ""
    """The word or mark that begins it: which, but, :, ...; empty for the first."""


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
    sets["verbs"] = [key_of(verb) for verb in data["verbs"]]
    lists = ("contrast", "rebuttal", "refutation", "contradiction", "lacked", "unasserted", "lending")
    phrases = {name: data[name] for name in lists}
    phrases |= {f"anaphor:{kind}": found for kind, found in data["anaphors"].items()}
    return {"sets": sets, "phrases": _rows(phrases), "answers": _rows(data["answers"])}


def _rows(phrases: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    book = PhraseBook()
    for name, found in phrases.items():
        for phrase in found:
            book.add(phrase, name)
    return {key: value for _, key, value in book.rows()}


def split_clauses(
    tokens: Sequence[Token], subjects: frozenset[int] = frozenset(), actions: frozenset[int] = frozenset()
) -> list[Clause]:
    """Return the clauses of one sentence, in order, covering all its tokens.

    `subjects` are indices of tokens at which something begins that could be a subject (a drug, a receptor); `actions`
    of those at which a verb of the lexicon begins.
    """
    cuts: list[tuple[int, str]] = []
    depth = 0
    openers = _openers()
    for at, token in enumerate(tokens):
        if token.kind != "mark":
            if token.lower not in openers:
                continue  # as nearly all words
        elif token.text in "([":
            depth += 1
            continue
        elif token.text in ")]":
            depth = max(0, depth - 1)
            continue
        if at and not depth and (opener := _opener(tokens, at, subjects, actions)):
            begun = cuts[-1][0] if cuts else 0
            if opener in ("and", "or", ",") and _is_subject_so_far(tokens, begun, at, subjects):
                continue  # "A and B are": one subject
            if opener in ("and", "or", ",") and _goes_on_listing(tokens, begun, at, subjects, actions):
                continue  # "X for A, B and C is": what X is for
            if opener in ("and", "or") and _is_asked_still(tokens, begun, at, actions):
                continue  # "How X works in A and B is not known": one subject
            if opener in ("before", "until") and tokens[begun].lower == "it":
                continue  # "it is weeks before X works"
            if opener in ("and", "or") and _is_one_of_two(tokens, begun, at):
                continue  # "A relative or friend must"
            if opener == "or" and tokens[at - 1].kind != "mark" and not _has_verb(tokens[begun:at]):
                continue  # "Disease of the heart or brain is"
            if opener == "that" and _is_cleft(tokens[begun:at]):
                continue  # "It was in 1962 that X was made" is one clause
            if opener == "," and _leads_in(tokens[begun:at]):
                continue  # "As a sedative, X works fast": what is fronted belongs to what follows
            if opener not in _PREPOSITIONS or _has_verb(tokens[begun:at]):
                cuts.append((at, opener))
    cuts = [cut for number, cut in enumerate(cuts) if not _is_inserted(tokens, cuts, number)]
    starts = [(0, ""), *cuts]
    ends = [at for at, _ in cuts] + [len(tokens)]
    return [Clause(first, last, opener) for (first, opener), last in zip(starts, ends, strict=True) if first < last]


@cache
def _openers() -> frozenset[str]:
    """Return the words that may begin a clause."""
    sets = word_sets()
    return sets["always"] | sets["with_subject"] | {"that", "whom", "which", "nor"}


_INSERTED = frozenset({"when", "if", "where", "as", "although", "though", "while", "once", "which", "who", "that"})
_ASIDE = 12


def _is_inserted(tokens: Sequence[Token], cuts: Sequence[tuple[int, str]], number: int) -> bool:
    """Whether a clause only stands between a subject and its verb: "Relief, when it comes, shows within a day".

    So does one behind what a subject is called: "The illness, one of those that X is used for, affects many".
    """
    at, opener = cuts[number]
    begun = cuts[number - 1][0] if number else 0
    if opener not in _INSERTED or at - begun > _LOOK or _has_verb(tokens[begun:at]):
        return False
    if "," not in [token.text for token in (tokens[begun:at] if opener == "that" else tokens[at - 2 : at])]:
        return False
    end = cuts[number + 1][0] if number + 1 < len(cuts) else len(tokens)
    closing = next((n for n in range(at + 1, min(at + _ASIDE, end - 1)) if tokens[n].text == ","), 0)
    if not closing:
        return False
    sets = word_sets()
    after = (
        closing + 2 if tokens[closing + 1].lower.endswith("ly") or tokens[closing + 1].lower == "often" else closing + 1
    )
    return after < end and _is_verb(tokens[after], sets)


def _is_subject_so_far(tokens: Sequence[Token], first: int, last: int, subjects: frozenset[int]) -> bool:
    """Whether a clause up to here only names things, and so may go on to name more before its verb."""
    sets = word_sets()
    named = False
    for place in range(first, last):
        token = tokens[place]
        if place in subjects:
            named = True
        elif token.lower in _OPENING or not _may_name(token, sets):
            return False  # "In A and B ...", "A raises B and ..."
    return named


def _goes_on_listing(
    tokens: Sequence[Token], first: int, last: int, subjects: frozenset[int], actions: frozenset[int]
) -> bool:
    """Whether a clause without a verb so far has named, behind a preposition, things to which more are added."""
    at = next((n for n in range(last - 1, first - 1, -1) if tokens[n].lower in _FOR_WHAT), -1)
    if at < 0 or last - at < 2 or not any(place in subjects for place in range(at + 1, last)):
        return False
    sets = word_sets()
    for place in range(first, last):
        if (place in actions or _is_verb(tokens[place], sets)) and tokens[place - 1].lower not in _ARTICLES:
            return False  # else "the use of X for A"
    before = tokens[at - 1].lower if at > first else ""
    if before.endswith(("s", "ed")) and not before.endswith(("ions", "ments")):
        return False  # a verb of no list: "X helps with A"
    return all(_may_name(token, sets) for token in tokens[at + 1 : last])


def _is_asked_still(tokens: Sequence[Token], first: int, last: int, actions: frozenset[int]) -> bool:
    """Whether a clause begins with "how", "why" and has had but one verb: what it asks is a subject without a verb."""
    words = tokens[first:last]
    while words and words[0].lower in _EXACTLY:
        words = words[1:]
    if len(words) < 2 or words[0].lower not in _ASKING or words[1].lower in word_sets()["auxiliaries"]:
        return False
    start, sets = last - len(words), word_sets()
    verbs = [n for n in range(start + 1, last) if n in actions or _is_verb(tokens[n], sets)]
    return len(verbs) == 1 and tokens[-1].text != "?"


_ASKING = frozenset({"how", "why", "what", "whether"})
_EXACTLY = frozenset({"exactly", "precisely", "just", "but", "and", "yet", "quite", ","})
_FOR_WHAT = frozenset({"for", "in", "against"})
_ARTICLES = frozenset({"the", "a", "an", "its", "this"})


def _is_one_of_two(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a clause up to here is but an article with a noun: what is joined to it shares its verb."""
    words = tokens[first:last]
    if len(words) != 2 or words[0].lower not in _ARTICLES:
        return False
    return _may_name(words[1], word_sets())


_ARTICLES = frozenset({"a", "an", "the", "your", "our", "any", "some", "every"})


def _may_name(token: Token, sets: dict[str, frozenset[str]]) -> bool:
    """Whether a token may belong to the name of a thing: no verb, nothing that ends like one, no strong mark."""
    if token.kind == "word":
        return not _is_verb(token, sets) and not token.lower.endswith(("s", "ed", "ing", "ly"))
    return token.kind == "mark" and token.text not in _BREAKS


_OPENING = frozenset(
    {"in", "for", "with", "like", "unlike", "as", "when", "if", "after", "before", "while", "because", "since", "under",
     "to", "that", "which", "who", "where", "although", "though", "but", "so", "than", "from", "at", "on", "by"}
)
_SPANS = frozenset(
    {"year", "month", "week", "night", "spring", "summer", "autumn", "fall", "winter", "decade", "century"}
)
_USED = frozenset({"given", "taken", "used", "added", "injected", "infused", "swallowed", "snorted", "combined"})
_POINTING = frozenset({"former", "latter", "other"})
_LEADS = frozenset({"in", "for", "as", "with", "under", "at", "by", "compared", "since"})
_PREPOSITIONS = frozenset({"for", "after", "before", "since", "until"})


_CLEFT = frozenset({"in", "on", "until", "since", "during", "around", "about", "after", "before"})


def _is_cleft(tokens: Sequence[Token]) -> bool:
    """Whether a stretch only says when what follows was so: "It was not until 1985"."""
    if len(tokens) < 3 or tokens[0].lower != "it" or tokens[1].lower not in ("was", "is"):
        return False
    return any(token.lower in _CLEFT for token in tokens[2:5]) and any(token.kind == "number" for token in tokens[2:])


def _leads_in(tokens: Sequence[Token]) -> bool:
    """Whether a stretch before a comma only says of what follows when, as what or how it was used."""
    if tokens[0].lower in _LEADS:
        return not _acts(tokens)
    return tokens[0].lower in _USED and not _acts(tokens[1:])


def _acts(tokens: Sequence[Token]) -> bool:
    """Whether something is done in a stretch, if only in passing: "by blocking it"."""
    sets = word_sets()
    return any(_is_verb(token, sets) or token.lower.endswith("ing") for token in tokens)


def _has_verb(tokens: Sequence[Token]) -> bool:
    """Whether a clause is complete; else "the approval of X for Y came" goes on: what follows is of its subject."""
    sets = word_sets()
    return any(_is_verb(token, sets) and (token.key == token.lower or token.lower[-3:] != "ing") for token in tokens)


def _opener(tokens: Sequence[Token], at: int, subjects: frozenset[int], actions: frozenset[int]) -> str:
    token = tokens[at]
    sets = word_sets()
    if token.kind == "mark":
        if token.text in _BREAKS:
            return token.text
        if token.text in "–-" and _spaced(tokens, at):
            return "–"
        if token.text == "," and _starts_clause(tokens, at + 1, subjects, actions, comma=True):
            return ","
        return ""
    if token.kind != "word":
        return ""
    if token.lower == "while" and at + 1 < len(tokens) and tokens[at + 1].lower.endswith("ing"):
        return ""  # "while driving"
    if token.lower == "or" and at + 1 < len(tokens) and tokens[at + 1].lower in ("more", "so", "less", "fewer"):
        return ""  # "six weeks or more"
    if token.lower == "or" and at + 1 < len(tokens) and tokens[at + 1].lower in sets["verbs"]:
        if any(t.lower in ("not", "cannot") or t.lower.endswith("n't") for t in tokens[max(0, at - _LOOK) : at]):
            return ""  # "does not slow A or drop B": one denial of both
    if token.lower == "as" and any(
        t.lower in ("as", "so") for t in (*tokens[max(0, at - 2) : at - 1], *tokens[at + 2 : at + 3])
    ):
        return ""  # "as much as X does"
    if token.lower == "as" and tuple(t.lower for t in tokens[at + 1 : at + 3]) in _AS_A:
        return ""  # "insurers as a rule do not pay"
    if token.lower == "nor" and at + 1 < len(tokens) and tokens[at + 1].key in sets["verbs"]:
        return "nor" if any(t.lower == "neither" for t in tokens[max(0, at - _LOOK) : at]) else ""
    if token.lower == "yet" and tokens[at - 1].kind != "mark" and tokens[at - 1].lower != "and":
        return ""  # "has not yet been"
    if token.lower in sets["always"]:
        joins = token.lower == "but" and (_all_but(tokens, at) or _corrects(tokens, at) or _takes_out(tokens, at))
        return "" if joins else token.lower
    if token.lower == "that" and _is_told(tokens, at, sets):
        return "that"
    if token.lower in ("that", "whom", "which") and _is_undone_by(tokens, at, subjects, sets):
        return token.lower
    if token.lower in sets["with_subject"] and _starts_clause(
        tokens, at + 1, subjects, actions, comma=False
    ):
        return token.lower
    return ""


_AS_A = frozenset({("a", "rule"), ("a", "result"), ("a", "consequence"), ("a", "whole")})


def _is_told(tokens: Sequence[Token], at: int, sets: dict[str, frozenset[str]]) -> bool:
    """Whether a "that" begins what somebody is told: "tell every patient that ...", and not what a thing does."""
    after = tokens[at + 1 : at + 16]
    if len(after) < 3 or after[0].kind != "word" or _is_verb(after[0], sets) or not _has_verb(after):
        return False
    before = tokens[max(0, at - 6) : at]
    return any(t.key in TELLING for t in before) and not any(t.kind == "mark" for t in before[-3:])


_TREATMENTS = frozenset(
    map(key_of, ("treatments", "drugs", "medicines", "medications", "therapies", "pills", "others"))
)


def _is_undone_by(
    tokens: Sequence[Token], at: int, subjects: frozenset[int], sets: dict[str, frozenset[str]]
) -> bool:
    """Whether a "that" begins what a named one does not do to the thing before it: "an illness that X did not ease"."""
    if at and tokens[at - 1].kind == "mark":
        return False
    ahead = range(at + 1, min(at + 4, len(tokens)))
    place = next((n for n in ahead if n in subjects or tokens[n].key in _TREATMENTS), None)
    if place is None:
        return False
    after = tokens[place + 1 : place + 4]
    return any(t.lower in sets["auxiliaries"] or t.lower == "cannot" for t in after) and any(
        t.lower in ("not", "cannot", "never") or t.lower.endswith("n't") for t in after
    )


TELLING = frozenset(map(key_of, (
    "tell", "told", "inform", "remind", "warn", "assure", "teach", "advise", "promise", "show", "explain",
)))
"""Verbs of telling somebody that something is so, as token keys."""


def _all_but(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "but" belongs to "all but", "anything but", "nothing but"."""
    return at > 0 and tokens[at - 1].lower in {"all", "anything", "nothing", "none", "everything"}


def _takes_out(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "but not" only takes something out of what was said: "approved for A but not for B"."""
    if at + 1 >= len(tokens) or tokens[at + 1].lower not in ("not", "never"):
        return False
    rest = tokens[at + 2 : at + _LOOK]
    end = next((n for n, t in enumerate(rest) if t.kind == "mark" and t.text not in "-‑'"), len(rest))
    return end > 0 and not _has_verb(rest[:end]) and rest[0].lower in ("for", "as", "in", "to", "with", "by")


def _corrects(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "but" puts one thing in another's place within a clause: "blocks not A but B", "not only A but B"."""
    sets = word_sets()
    back = next((n for n in range(at - 1, max(-1, at - 8), -1) if tokens[n].lower == "not"), -1)
    if back < 1 or tokens[back - 1].lower in sets["auxiliaries"]:
        return False
    if any(t.key in sets["verbs"] or t.lower in sets["auxiliaries"] or t.kind == "mark" for t in tokens[back + 1 : at]):
        return False
    for token in tokens[at + 1 : at + _LOOK]:
        if token.kind == "mark" and token.text not in "-/":
            break
        if token.lower in sets["auxiliaries"] or token.lower in sets["pronouns"]:
            return False
    return True


def _spaced(tokens: Sequence[Token], at: int) -> bool:
    return 0 < at < len(tokens) - 1 and tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start


def _starts_clause(
    tokens: Sequence[Token], at: int, subjects: frozenset[int], actions: frozenset[int], comma: bool
) -> bool:
    """Whether a subject and then a verb follow at this place."""
    sets = word_sets()
    if at >= len(tokens) or tokens[at].kind != "word":
        return False
    head = tokens[at]
    if not comma and (_is_fronted(tokens, at) or _is_parted(tokens, at) or _is_gapped(tokens, at, subjects)):
        return True
    if comma and (head.lower in sets["with_subject"] or head.lower in sets["always"]):
        return False  # the conjunction itself will cut
    if (
        head.lower == "the"
        and at + 2 < len(tokens)
        and tokens[at + 1].lower in _POINTING
        and _is_verb(tokens[at + 2], sets)
    ):
        return True
    pronoun = head.lower in sets["pronouns"]
    if pronoun and at + 1 < len(tokens) and (head.lower in _NOMINATIVE or _is_verb(tokens[at + 1], sets)):
        return True
    if not comma and tokens[at - 1].lower == "so" and at > 1 and tokens[at - 2].text == ",":
        if head.lower not in _BEHIND_SO:
            return True
    if head.lower in sets["auxiliaries"] and "'" in head.lower and "n't" not in head.lower:
        return True
    seen_subject, depth = pronoun, 0
    for place in range(at, min(at + _LOOK, len(tokens))):
        token = tokens[place]
        depth += (token.text == "(") - (token.text == ")")
        if depth:
            continue  # "BDNF (see below) rises": the verb in brackets is another clause's
        if token.kind == "mark" and (token.text not in "-‑'()" or (token.text == "-" and _spaced(tokens, place))):
            return False
        if token.lower == "to" and tokens[at - 1].lower == "for":
            return False  # "it takes a day for X to work" is one clause
        if place in subjects:
            seen_subject = True
        elif token.lower in sets["auxiliaries"]:
            return seen_subject or (place > at and not comma)
        elif token.lower == "last" and place + 1 < len(tokens) and tokens[place + 1].lower in _SPANS:
            continue  # "approved for X last year"
        elif token.key in sets["verbs"] and place > at and seen_subject and not token.lower.endswith(("ing", "ion")):
            return True
        elif place in actions and place - 1 in subjects and place > at and token.lower.endswith("s"):
            return True  # "X destroys Y": a verb that only the lexicon knows, right behind a name
        elif token.lower == "of" and place > at and not comma and _goes_on_naming(tokens, place + 1, subjects):
            continue  # "heavy use of X can", "about a tenth of patients get"
        elif (
            (token.lower in {"of", "to", "in", "with", "by", "than"} and not seen_subject)
            or token.lower in sets["always"]
            or token.lower in {"and", "or"}
        ):
            return False
    return False


_NOMINATIVE = frozenset({"we", "they", "he", "she", "i"})
"""Pronouns that are nothing but the subject of a verb, whichever it is."""
_BEHIND_SO = frozenset(
    {"that", "far", "much", "many", "long", "to", "as", "called", "on", "forth", "is", "are", "does"}
)
"""What makes of a "so" behind a comma something else than a reason: "so that", "so far", "so does X"."""


def _goes_on_naming(tokens: Sequence[Token], at: int, subjects: frozenset[int]) -> bool:
    """Whether a name stands behind an "of", at most two words on: "of X", "of a single X", "of it"."""
    if at < len(tokens) and tokens[at].lower in ("it", "them", "this", "these"):
        return True
    return any(place in subjects for place in range(at, min(at + 3, len(tokens))))


_FRONTING = frozenset(
    {"in", "on", "at", "by", "since", "after", "before", "during", "until", "within", "for", "with", "under", "from"}
)
_FRONT_WORDS = 6


def _is_fronted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause begins with when or where it holds, and goes on with a pronoun: "and in 2023 it warned"."""
    sets = word_sets()
    if tokens[at].lower not in _FRONTING:
        return False
    for place in range(at + 1, min(at + 1 + _FRONT_WORDS, len(tokens) - 1)):
        token = tokens[place]
        if token.lower in _PERSONAL:
            return _is_verb(tokens[place + 1], sets)
        if _is_verb(token, sets) or token.lower in sets["always"] or token.lower in ("and", "or", "who", "that"):
            return False
    return False


def _is_parted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma, an "and" and a later past verb begin a clause ("..., and approval by X followed in 1970"),

    or a verb with an object pronoun ("... and moved it up in 2014").
    """
    sets = word_sets()
    if tokens[at - 1].lower != "and" or at + 1 >= len(tokens):
        return False
    if tokens[at].lower.endswith("ed") and tokens[at + 1].lower in ("it", "them"):
        return True
    if at < 2 or tokens[at - 2].text != ",":
        return False
    for place in range(at, min(at + _LOOK, len(tokens))):
        token = tokens[place]
        named = token.lower == "and" and place + 1 < len(tokens) and tokens[place + 1].text[:1].isupper()
        if token.kind == "mark" or (token.lower in ("that", "which", "who", "and", "or") and not named):
            return False
        if token.lower in _PAST:
            return place > at and tokens[place - 1].lower not in ("the", "a", "an", "to")
        if _is_verb(token, sets):
            return False
    return False


_RATES = frozenset({"once", "twice", "weekly", "daily", "every"})


def _is_gapped(tokens: Sequence[Token], at: int, subjects: frozenset[int]) -> bool:
    """Whether behind a comma a name and how often begin a clause of their own: "six drips, or X twice a week"."""
    if at < 2 or tokens[at - 2].text != "," or at not in subjects:
        return False
    behind = next((n for n in range(at, len(tokens)) if n not in subjects), len(tokens))
    return behind < len(tokens) and tokens[behind].lower in _RATES


_PAST = frozenset({"followed", "came", "began", "fell", "rose", "was", "were", "went", "took", "had", "has", "have"})
_PERSONAL = frozenset({"it", "they", "he", "she", "we", "you", "i"})


def _is_verb(token: Token, sets: dict[str, frozenset[str]]) -> bool:
    if token.text == "May":
        return False  # but for the first word of an item, the month
    return token.lower in sets["auxiliaries"] or token.key in sets["verbs"]

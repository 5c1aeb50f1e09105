"""What may open a clause: a strong mark, a conjunction with a subject and a verb behind it, a relative word."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.language.segment_words import has_verb, is_verb, word_sets
from ketakb.language.tokens import Token, key_of

BREAKS = frozenset(";:—…→⇒")
"""Marks that always part clauses."""
LOOK = 9
"""How far from where it begins, in tokens, the verb of a clause is looked for."""
_SPANS = frozenset(
    {"year", "month", "week", "night", "spring", "summer", "autumn", "fall", "winter", "decade", "century"}
)
_POINTING = frozenset({"former", "latter", "other"})

_AS_A = frozenset({("a", "rule"), ("a", "result"), ("a", "consequence"), ("a", "whole")})

_TREATMENTS = frozenset(
    map(key_of, ("treatments", "drugs", "medicines", "medications", "therapies", "pills", "others"))
)

TELLING = frozenset(map(key_of, (
    "tell", "told", "inform", "remind", "warn", "assure", "teach", "advise", "promise", "show", "explain",
)))
"""Verbs of telling somebody that something is so, as token keys."""

_NOMINATIVE = frozenset({"we", "they", "he", "she", "i"})
_ASIDE = 18
_RELATIVE = frozenset({"which", "who"})
"""Pronouns that are nothing but the subject of a verb, whichever it is."""
_BEHIND_SO = frozenset(
    {"that", "far", "much", "many", "long", "to", "as", "called", "on", "forth", "is", "are", "does"}
)
"""What makes of a "so" behind a comma something else than a reason: "so that", "so far", "so does X"."""

_FRONTING = frozenset(
    {"in", "on", "at", "by", "since", "after", "before", "during", "until", "within", "for", "with", "under", "from"}
)
_FRONT_WORDS = 6

_RATES = frozenset({"once", "twice", "weekly", "daily", "every"})

_PAST = frozenset({"followed", "came", "began", "fell", "rose", "was", "were", "went", "took", "had", "has", "have"})
_PERSONAL = frozenset({"it", "they", "he", "she", "we", "you", "i"})


def opener_at(tokens: Sequence[Token], at: int, subjects: frozenset[int], actions: frozenset[int]) -> str:
    """Return the word or mark at a place with which a clause may begin, or ""; the rest is as for `split_clauses`."""
    token = tokens[at]
    sets = word_sets()
    if token.kind == "mark":
        if token.text in BREAKS:
            return token.text
        if token.text in "–-" and _spaced(tokens, at):
            return "–"
        if token.text == "," and (
            _starts_clause(tokens, at + 1, subjects, actions, comma=True) or _closes_relative(tokens, at)
        ):
            return ","
        return ""
    if token.kind != "word":
        return ""
    if token.lower == "while" and at + 1 < len(tokens) and tokens[at + 1].lower.endswith("ing"):
        return ""  # "while driving"
    if token.lower == "or" and at + 1 < len(tokens) and tokens[at + 1].lower in ("more", "so", "less", "fewer"):
        return ""  # "six weeks or more"
    if token.lower == "or" and at + 1 < len(tokens) and tokens[at + 1].lower in sets["verbs"]:
        if any(t.lower in ("not", "cannot") or t.lower.endswith("n't") for t in tokens[max(0, at - LOOK) : at]):
            return ""  # "does not slow A or drop B": one denial of both
    if token.lower == "as" and any(
        t.lower in ("as", "so") for t in (*tokens[max(0, at - 2) : at - 1], *tokens[at + 2 : at + 3])
    ):
        return ""  # "as much as X does"
    if token.lower == "as" and tuple(t.lower for t in tokens[at + 1 : at + 3]) in _AS_A:
        return ""  # "insurers as a rule do not pay"
    if token.lower == "nor" and at + 1 < len(tokens) and tokens[at + 1].key in sets["verbs"]:
        return "nor" if any(t.lower == "neither" for t in tokens[max(0, at - LOOK) : at]) else ""
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


def _is_told(tokens: Sequence[Token], at: int, sets: dict[str, frozenset[str]]) -> bool:
    """Whether a "that" begins what somebody is told: "tell every patient that ...", and not what a thing does."""
    after = tokens[at + 1 : at + 16]
    if len(after) < 3 or after[0].kind != "word" or is_verb(after[0], sets) or not has_verb(after):
        return False
    before = tokens[max(0, at - 6) : at]
    return any(t.key in TELLING for t in before) and not any(t.kind == "mark" for t in before[-3:])


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


def _all_but(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "but" belongs to "all but", "anything but", "nothing but"."""
    return at > 0 and tokens[at - 1].lower in {"all", "anything", "nothing", "none", "everything"}


def _takes_out(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "but not" only takes something out of what was said: "approved for A but not for B"."""
    if at + 1 >= len(tokens) or tokens[at + 1].lower not in ("not", "never"):
        return False
    rest = tokens[at + 2 : at + LOOK]
    end = next((n for n, t in enumerate(rest) if t.kind == "mark" and t.text not in "-‑'"), len(rest))
    return end > 0 and not has_verb(rest[:end]) and rest[0].lower in ("for", "as", "in", "to", "with", "by")


def _corrects(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "but" puts one thing in another's place within a clause: "blocks not A but B", "not only A but B"."""
    sets = word_sets()
    back = next((n for n in range(at - 1, max(-1, at - 8), -1) if tokens[n].lower == "not"), -1)
    if back < 1 or tokens[back - 1].lower in sets["auxiliaries"]:
        return False
    if any(t.key in sets["verbs"] or t.lower in sets["auxiliaries"] or t.kind == "mark" for t in tokens[back + 1 : at]):
        return False
    for token in tokens[at + 1 : at + LOOK]:
        if token.kind == "mark" and token.text not in "-/":
            break
        if token.lower in sets["auxiliaries"] or token.lower in sets["pronouns"]:
            return False
    return True


def _spaced(tokens: Sequence[Token], at: int) -> bool:
    return 0 < at < len(tokens) - 1 and tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start


def _closes_relative(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma ends a relative clause, and its head's own verb follows: "X, which is old, was approved"."""
    if at + 1 >= len(tokens) or tokens[at + 1].lower not in word_sets()["auxiliaries"]:
        return False
    for place in range(at - 1, max(0, at - _ASIDE), -1):
        if tokens[place].text == ",":
            return place + 1 < at and tokens[place + 1].lower in _RELATIVE
    return False


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
        and is_verb(tokens[at + 2], sets)
    ):
        return True
    pronoun = head.lower in sets["pronouns"]
    if pronoun and at + 1 < len(tokens) and (head.lower in _NOMINATIVE or is_verb(tokens[at + 1], sets)):
        return True
    if comma and head.lower == "it" and at + 1 < len(tokens) and tokens[at + 1].lower.endswith("s"):
        return True  # ", it repairs": no noun follows an "it"
    if not comma and tokens[at - 1].lower == "so" and at > 1 and tokens[at - 2].text == ",":
        if head.lower not in _BEHIND_SO:
            return True
    if head.lower in sets["auxiliaries"] and "'" in head.lower and "n't" not in head.lower:
        return True
    seen_subject, depth = pronoun, 0
    for place in range(at, min(at + LOOK, len(tokens))):
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


def _goes_on_naming(tokens: Sequence[Token], at: int, subjects: frozenset[int]) -> bool:
    """Whether a name stands behind an "of", at most two words on: "of X", "of a single X", "of it"."""
    if at < len(tokens) and tokens[at].lower in ("it", "them", "this", "these"):
        return True
    return any(place in subjects for place in range(at, min(at + 3, len(tokens))))


def _is_fronted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause begins with when or where it holds, and goes on with a pronoun: "and in 2023 it warned"."""
    sets = word_sets()
    if tokens[at].lower not in _FRONTING:
        return False
    for place in range(at + 1, min(at + 1 + _FRONT_WORDS, len(tokens) - 1)):
        token = tokens[place]
        if token.lower in _PERSONAL:
            return is_verb(tokens[place + 1], sets)
        if is_verb(token, sets) or token.lower in sets["always"] or token.lower in ("and", "or", "who", "that"):
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
    for place in range(at, min(at + LOOK, len(tokens))):
        token = tokens[place]
        named = token.lower == "and" and place + 1 < len(tokens) and tokens[place + 1].text[:1].isupper()
        if token.kind == "mark" or (token.lower in ("that", "which", "who", "and", "or") and not named):
            return False
        if token.lower in _PAST:
            return place > at and tokens[place - 1].lower not in ("the", "a", "an", "to")
        if is_verb(token, sets):
            return False
    return False


def _is_gapped(tokens: Sequence[Token], at: int, subjects: frozenset[int]) -> bool:
    """Whether behind a comma a name and how often begin a clause of their own: "six drips, or X twice a week"."""
    if at < 2 or tokens[at - 2].text != "," or at not in subjects:
        return False
    behind = next((n for n in range(at, len(tokens)) if n not in subjects), len(tokens))
    return behind < len(tokens) and tokens[behind].lower in _RATES

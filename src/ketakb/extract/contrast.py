"""What a clause only compares with: "unlike A, B and C, D works"."""

from __future__ import annotations

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.language.phrases import Match
from ketakb.language.tokens import Token, key_of


def contrasted_in(lexicon: Lexicon, tokens: list[Token], mentions: list[Mention], signs: list[Match]) -> set[int]:
    """Return indices of agents that stand right behind a word of comparison, and those coordinated with them."""
    found: set[int] = set()
    for sign in signs:
        if sign.concept != "contrast" or _gives_example(tokens, sign):
            continue
        reach, fresh = sign.last, True
        for number, mention in enumerate(mentions):
            if mention.first < sign.last or lexicon.kinds.get(mention.concept) not in AGENT_KINDS:
                continue
            gap = tokens[reach : mention.first]
            if len(gap) > (4 if fresh else 2) or any(_parts(token, fresh) for token in gap):
                break
            if tokens[sign.first].lower in ("not", "never") and mention.first > sign.last:
                break
            if (
                not fresh
                and any(token.text == "," for token in gap)
                and not _goes_on(lexicon, tokens, mentions, mention)
            ):
                break
            found.add(number)
            reach, fresh = mention.last, False
    return found


def _goes_on(lexicon: Lexicon, tokens: list[Token], mentions: list[Mention], mention: Mention) -> bool:
    """Whether an agent after a comma is one more of those compared with, and not whom the clause is about.

    "Unlike A, B and C, D works" lists; "Unlike A, B works" and "Unlike A, B and C work" do not.
    """
    agents = {n for m in mentions if lexicon.kinds.get(m.concept) in AGENT_KINDS for n in range(m.first, m.last)}
    joined = False
    for number in range(mention.last, len(tokens)):
        token = tokens[number]
        if token.kind == "mark" and joined:
            return True
        if token.lower in ("and", "or", "&"):
            joined = True
        elif (
            number not in agents and token.text != "," and token.key not in _KINDS_OF_DRUG and token.lower not in _AMONG
        ):
            return False
    return joined


_AMONG = frozenset(("other", "older", "even", "the", "most", "all", "conventional", "traditional", "standard", "usual"))
_KINDS_OF_DRUG = frozenset(map(key_of, (
    "drugs", "medicines", "medications", "tablets", "pills", "antidepressants", "treatments", "agents", "therapies",
    "options", "substances", "compounds", "anesthetics", "capsules",
)))


def _gives_example(tokens: list[Token], sign: Match) -> bool:
    """Whether a "like" names an example and compares nothing: "tablets like X"."""
    before = tokens[sign.first - 1] if sign.first else None
    if before is None or sign.last - sign.first != 1 or tokens[sign.first].lower != "like":
        return False
    return before.key in _KINDS_OF_DRUG and before.lower.endswith("s")


def _parts(token: Token, fresh: bool) -> bool:
    """Whether a token parts a word of comparison from what is compared."""
    if token.kind == "mark":
        return token.text not in ("(", "-") and (fresh or token.text != ",")
    return token.lower in {
        "is",
        "are",
        "was",
        "were",
        "does",
        "do",
        "did",
        "can",
        "may",
        "which",
        "that",
        "has",
        "have",
    }

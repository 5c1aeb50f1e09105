"""What a relative clause inside another is about: of "compared with X that take weeks" the weeks are those of X."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.hints import Final
from ketakb.language.tokens import Token

_RELATIVE: Final = frozenset({"that", "which"})
_PREDICATE: Final = frozenset({"is", "be", "are", "was", "were", "as", "become", "became", "called", "it's"})
_BESIDE: Final = frozenset({"than", "to", "with", "from", "unlike", "over", "against", "versus"})
_MARKS: Final = _PREDICATE | _BESIDE
_LOOK: Final = 6
"""Tokens before a name in which a verb or "as" makes it what another is said to be."""


def head_of_relative(lexicon: Lexicon, tokens: Sequence[Token], mentions: Sequence[Mention], at: int) -> Mention | None:
    """Return the agent, no member of the store's own family, in whose relative clause a token stands, if in any."""
    for mention in mentions:
        if not mention.last < at <= len(tokens) or tokens[mention.last].lower not in _RELATIVE:
            continue
        if lexicon.kinds.get(mention.concept) not in AGENT_KINDS or mention.concept in lexicon.family:
            continue
        if any(t.kind == "mark" and t.text != "-" for t in tokens[mention.last : at]):
            continue
        before = [t.lower for t in tokens[max(0, mention.first - _LOOK) : mention.first] if t.lower in _MARKS]
        if not before or before[-1] in _BESIDE:
            return mention
    return None

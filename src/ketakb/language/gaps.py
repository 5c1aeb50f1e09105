"""The ways of a text through a tree of phrases: word by word, over hyphens, and through gaps as far as they reach."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.hints import Any, Final
from ketakb.language.patterns import GAP
from ketakb.language.tokens import Token, key_of

GAP_WORDS = 3
_BORDERS: Final = frozenset({"whether", "becaus", "although", "unless", "when", "onc", "whil"})
"""Keys of words that no gap crosses: what they begin is another statement."""
_TELLING: Final = frozenset(
    map(
        key_of,
        (
            "know",
            "say",
            "said",
            "believe",
            "think",
            "thought",
            "tell",
            "told",
            "realise",
            "realize",
            "learn",
            "aware",
            "claim",
            "prove",
            "proved",
            "shown",
            "showed",
            "mean",
            "doubt",
            "sure",
            "clear",
            "understand",
            "remember",
            "note",
            "fact",
        ),
    )
)
_HYPHENS = "-‐‑"

Ends = tuple[int, bool, dict[Any, Any]]
"""The place behind the last token, whether words lie inside that are not of the phrases, the node where they end."""


def is_in_vain(through: dict[Any, Any], keys: list[str | None], at: int, reach: int) -> bool:
    """Whether nothing that may stand behind a gap stands in its reach, hyphens that may be passed over included."""
    return "" not in through and GAP not in through and through.keys().isdisjoint(keys[at : at + reach])


def ends_from(
    tokens: Sequence[Token],
    keys: list[str | None],
    first: int,
    node: dict[Any, Any],
    loose: dict[Any, Any] | None,
    reach: int,
) -> list[Ends]:
    """Return where phrases end that begin with a token, given the node behind its key and that of a gap that comes

    first: the place behind the last token, whether a gap was filled, and the node there.
    `reach` is how far from its beginning a gap may end: its words, the one after it, and all hyphens of the sentence.
    """
    found: list[Ends] = []
    # (token index, node, words left in the current gap, a gap has swallowed a word)
    stack: list[tuple[int, dict[Any, Any], int, bool]] = []
    at, gap, gapped = first + 1, 0, False
    if loose is not None:
        stack.append((at, node, gap, gapped))
        at, node, gap = first, loose, GAP_WORDS
    while True:
        key = keys[at]
        if "" in node and not (at > first and tokens[at - 1].text in _HYPHENS):  # no match ends in a hyphen
            found.append((at, gapped, node))
        if key is not None:
            if key == "-" and at > first and tokens[at].text in _HYPHENS:
                at += 1
                continue
            through_mark = not gap or tokens[at].kind == "mark" or key in _BORDERS or _is_told(tokens, at)
            if GAP in node and not is_in_vain(node[GAP], keys, at, reach):
                if key in node:
                    stack.append((at + 1, node[key], 0, gapped))
                stack.append((at, node[GAP], GAP_WORDS, gapped))
            elif key in node:
                if through_mark:  # the usual way: one word after the other
                    at, node, gap = at + 1, node[key], 0
                    continue
                stack.append((at + 1, node[key], 0, gapped))
            if not through_mark:
                at, gap, gapped = at + 1, gap - 1, True
                continue
        if not stack:
            return found
        at, node, gap, gapped = stack.pop()


def _is_told(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "that" begins what somebody knows or says: "many do not know that X works"."""
    return at > 0 and tokens[at].lower == "that" and tokens[at - 1].key in _TELLING

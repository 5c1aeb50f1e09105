"""Which words stand together in brackets."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.hints import Final
from ketakb.language.tokens import Token

_BRACKETS: Final = frozenset("([{)]}")


def insides(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """For each token, the inside of the bracket that it stands in: first token and the closing one."""
    inside = [(0, len(tokens))] * len(tokens)
    if _BRACKETS.isdisjoint([token.key for token in tokens]):
        return inside
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        if token.key in "([{":
            open_at.append(at)
        elif token.key in ")]}" and open_at:
            pairs.append((open_at.pop(), at))
    # Only the innermost pair counts, and pairs close from the inside out.
    for first, last in pairs:
        at = first + 1
        while at < last:
            if inside[at] == (0, len(tokens)):
                inside[at] = (first + 1, last)
                at += 1
            else:
                at = inside[at][1] + 1
    return inside

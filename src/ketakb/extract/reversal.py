"""What one undoes that another did: "stress thins out X, and A reverses this", "X rose, which B prevented".

The verb is read as the opposite of the change spoken of before it, and what points back as the thing that changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ketakb.extract.lexicon import ANAPHOR, TARGET_KINDS, Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.tokens import Token, key_of

CHANGE: Final = "change"
"""Key under which the last change is kept beside the last targets."""
_OPPOSITE: Final = {
    "en:lower": "en:raise",
    "en:end": "en:raise",
    "en:raise": "en:lower",
    "en:block": "en:activate",
    "en:activate": "en:block",
}
CHANGES: Final = frozenset(_OPPOSITE)
"""Concepts of the changes that `change_of` returns."""
_UNDOING: Final = frozenset(
    key_of(word)
    for word in [
        "reverse", "undo", "counteract", "counter", "offset", "abolish", "prevent", "block", "abrogate", "stop", "halt",
        "repair", "restore", "correct", "normalise", "normalize", "inhibit", "suppress", "negate", "nullify", "remedy",
    ]
)  # fmt: skip
_ACTING: Final = frozenset(key_of(word) for word in ("block", "inhibit", "suppress"))
_THIS: Final = frozenset({"this", "that", "these", "those", "such", "the"})
_ALONE: Final = frozenset({"this", "that", "it", "them"})
_CHANGES: Final = frozenset(
    key_of(word)
    for word in [
        "effect", "change", "loss", "damage", "deficit", "decline", "process", "trend", "shrinkage", "harm", "increase",
        "decrease", "rise", "fall", "drop", "reduction", "response", "alteration", "wasting", "pruning", "withering",
    ]
)  # fmt: skip
_LOOK: Final = 5
_POINTING: Final = _THIS - {"the", "that"} | {"an", "both"}
_RELATIVE: Final = frozenset({"which", "this", "that"})


def undone(lexicon: Lexicon, sentence: Sentence, known: Mapping[str, str]) -> Iterator[Mention]:
    """Yield, for each verb that undoes a change, the verb as the opposite change and its object.

    `known` holds the last target (key any) and the last change (key CHANGE) of the sentences before.
    """
    tokens = sentence.tokens
    for at in [at for at, token in enumerate(tokens) if token.key in _UNDOING]:
        place = _object_after(tokens, at) or _subject_before(tokens, at)
        if place is None or (place[1] < len(tokens) and tokens[place[1]].lower == "of"):
            continue  # "abolished the effect of X" is on what X does
        before = [m for m in sentence.mentions if m.last <= min(at, place[0])]
        if _is_doer(tokens, before, at):
            continue
        change = change_of(before) or known.get(CHANGE)
        targets = [m.concept for m in before if lexicon.kinds.get(m.concept) in TARGET_KINDS]
        # "X receptors are activated by Y; Z stops this": what was changed is the receptor
        targets = [t for t in targets if lexicon.kinds.get(t) == "receptor"] or targets
        target = targets[-1] if targets else known.get("any")
        if change is None or target is None or any(m.first < place[1] and place[0] < m.last for m in _things(sentence)):
            continue
        yield Mention(_OPPOSITE[change], at, at + 1, "verbs")
        yield Mention(target, *place, ANAPHOR)


def _is_doer(tokens: Sequence[Token], before: Sequence[Mention], at: int) -> bool:
    """Whether the last change is itself what undoes: "blocking X abolished the effect"."""
    last = next((m for m in reversed(before) if m.concept in _OPPOSITE and m.tag), None)
    if last is None or not tokens[last.last - 1].lower.endswith("ing"):
        return False
    return all(t.kind == "word" and t.lower not in ("and", "but", "which", "that") for t in tokens[last.last : at])


def change_of(mentions: Sequence[Mention]) -> str | None:
    """Return the last change that some mentions speak of, or None."""
    changes = [m for m in mentions if m.concept in _OPPOSITE and m.tag]
    whole = [m for m in changes if not any(_is_within(m, other) for other in changes)]
    return whole[-1].concept if whole else None


def _is_within(mention: Mention, other: Mention) -> bool:
    """Whether a word is only part of another: "makes" of "makes X disappear"."""
    return (
        other.first <= mention.first
        and mention.last <= other.last
        and other.last - other.first > mention.last - mention.first
    )


def _things(sentence: Sentence) -> list[Mention]:
    return [m for m in sentence.mentions if not m.concept.startswith(("en:", "rel:"))]


def _object_after(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the place of "this", "the loss", "such changes" right behind a verb."""
    following = tokens[at + 1 : at + 1 + _LOOK]
    if not following:
        return None
    for number, token in enumerate(following):
        if token.key in _CHANGES and following[0].lower in _THIS:
            return at + 1, at + 2 + number
        if token.kind == "mark":
            break
    if tokens[at].key in _ACTING:
        return None  # "blocks it" acts on the thing itself
    alone = len(following) == 1 or following[1].kind == "mark"
    return (at + 1, at + 2) if following[0].lower in _ALONE and alone else None


def _subject_before(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the place of "which" or "this" in "which was then reversed by"."""
    if not any(t.lower == "by" for t in tokens[at + 1 : at + 3]):
        return None
    for place in range(at - 1, max(-1, at - _LOOK), -1):
        if tokens[place].lower in _RELATIVE:
            return place, place + 1
        if tokens[place].key in _CHANGES and place and tokens[place - 1].lower in _POINTING:
            return place - 1, place + 1
        if tokens[place].kind == "mark":
            break
    return None

"""What the words beside a quantity say about it: its role, its bound, whether it is approximate."""

from __future__ import annotations

from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import Cue, words
from ketakb.values import dataclass

_MOST_CUES = 5
_MOST_PASSED = 4
_OVER = "over"
_BE = frozenset(("is", "are", "was", "were", "be", "been"))
_CLOSING = frozenset(("in", "on"))


@dataclass(frozen=True, slots=True)
class Governing:
    """The cues of one quantity, folded."""

    role: str
    """bare where no word gives one."""
    bound: str | None
    """low, high, exact or None."""
    open: bool
    approx: bool
    first: int
    """Index of the first token, governing words included."""
    last: int
    """Index after the last token, words such as "or more" included."""

    @property
    def governed(self) -> bool:
        """Whether any word makes an interval of it or gives it a role."""
        return self.role != "bare" or self.bound is not None


def govern(stream: Stream, first: int, last: int, floor: int, kind: str) -> Governing:
    """Return what governs a quantity of this kind at first..last; look no further back than `floor`."""
    left, start = _left(stream, first, floor, kind)
    right, end = _right(stream, last, kind)
    cues = [cue for cue in (*left, *right) if cue]
    role = _role(cues, kind)
    bounding = next((cue for cue in cues if _bounds(cue, role, kind)), None)
    return Governing(
        role or "bare",
        bounding.bound if bounding else None,
        bool(bounding and bounding.open),
        any(cue.approx for cue in cues) or {"low", "high"} <= {cue.bound for cue in cues},
        start,
        end,
    )


def _role(cues: list[Cue], kind: str) -> str | None:
    """Return the role that the nearest cue gives; "over" gives way to any other."""
    roles = [cue.role for cue in cues if cue.role]
    other = [role for role in roles if role != _OVER]
    if kind == "time" and roles and roles[0] == _OVER and other and other[0] in ("after", "before"):
        return _OVER
    return next(iter(other or roles), None)


def _bounds(cue: Cue, role: str | None, kind: str) -> bool:
    """Whether a cue bounds the quantity. "For over two weeks" does, "over 40 minutes" does not."""
    if cue.bound is None:
        return False
    return not (cue.role == _OVER and role == _OVER and kind == "time")


def _left(stream: Stream, first: int, floor: int, kind: str) -> tuple[list[Cue], int]:
    """Return the cues that lead up to a token, the nearest first, and where they begin."""
    lists = words()
    found: list[Cue] = []
    start, at, passed = first, first, 0
    while at > floor and len(found) < _MOST_CUES:
        cue = _cue_before(stream, at, floor, kind)
        if cue:
            found.append(cue[0])
            start = at = cue[1]
            passed = 0
            continue
        word = stream.word(at - 1)
        if word not in lists.transparent or passed == _MOST_PASSED:
            break
        if word == "of" and stream.word(at - 2) not in lists.of_after:
            break
        # A dash between words parts them; only a hyphen, which is glued, ties.
        if word == "-" and not (stream.glued(at) and stream.glued(at - 1)):
            break
        at -= 1
        passed += 1
    return found, start


def _cue_before(stream: Stream, end: int, floor: int, kind: str) -> tuple[Cue, int] | None:
    """Return the cue of the longest phrase before a token that fits a quantity of this kind."""
    if stream.word(end - 1) == _OVER and stream.word(end - 2) in _BE:
        return None  # "it is over about an hour later"
    for cues, start in words().before.all_before(stream, end, floor):
        for cue in cues:
            if cue.fits(kind):
                return _over(cue, stream, start, end, kind), start
    return None


def _over(cue: Cue, stream: Stream, start: int, end: int, kind: str) -> Cue:
    """Let "over" before a time be a stretch and, under another role, a lower bound."""
    if cue.role == _OVER and end - start == 1 and stream.word(start) == _OVER and kind == "time":
        return Cue(_OVER, "low", True)
    return cue


def _right(stream: Stream, last: int, kind: str) -> tuple[list[Cue], int]:
    """Return the cues that follow a token, and where they end."""
    found: list[Cue] = []
    at = last
    for _ in range(2):
        if kind == "time" and stream.word(at) in _CLOSING and stream.kind(at + 1) != "word":
            found.append(Cue("after"))  # "forty minutes in, the mood had changed"
            at += 1
            continue
        match = words().after.at(stream, stream.past_hyphen(at))
        cue = next((cue for cue in match[0] if cue.fits(kind)), None) if match else None
        if match is None or cue is None:
            break
        found.append(cue)
        at = match[1]
    return found, at

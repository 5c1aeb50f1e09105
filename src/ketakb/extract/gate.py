"""Which frames may fit a sentence, told from the words it mentions, before anything else is read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, chain

from ketakb.hints import Any, Final
from ketakb.kept_rows import DamagedError, packed, unpacked
from ketakb.language.quantity_signs import signs_of
from ketakb.store import codec
from ketakb.terms import Frame
from ketakb.values import dataclass

_MOST_KNOWN: Final = 20_000
_KINDS: Final = {
    "time": "time",
    "short-time": "time",
    "long-time": "time",
    "moments": "time",
    "stretch": "time",
    "prompt": "time",
    "hours": "time",
    "days": "time",
    "weeks": "time",
    "year": "time",
    "rate": "rate",
    "share": "share",
    "dose": "mass",
}
"""Kind of quantity by the unit of a frame's slot; others have no signs."""


class Lists:
    """Lists of numbers one behind the other in one array: most are never asked for."""

    def __init__(self, row: Any, count: int, below: int) -> None:
        """`row` is what `lists_row` returned, of so many lists of numbers below another. Raises DamagedError."""
        ends, self._numbers = (unpacked("I", codec.text(part)) for part in row)
        self._ends = ends
        if (
            len(ends) != count
            or len(self._numbers) != (ends[-1] if count else 0)
            or ends.tolist() != sorted(ends)
            or max(self._numbers, default=-1) >= below
        ):
            raise DamagedError("no lists of numbers")

    def __getitem__(self, at: int) -> Sequence[int]:
        return self._numbers[self._ends[at - 1] if at else 0 : self._ends[at]]


def lists_row(lists: Sequence[Sequence[int]]) -> list[str]:
    """Return lists of numbers as JSON holds them."""
    return [packed("I", accumulate(map(len, lists))), packed("I", chain.from_iterable(lists))]


@dataclass(frozen=True, slots=True)
class Table:
    """What a Gate tells frames by."""

    count: int
    """Number of frames."""
    concepts: dict[str, int]
    """Concepts of groups, and the number of each."""
    groups: Lists
    """Numbers of the groups that each concept is in."""
    frames: Lists
    """Numbers of the frames that each concept is a key of: those that need a group which it is in, and which is the
    smallest that they need."""
    needs: Lists
    """Numbers of the groups that each frame needs."""
    unkeyed: tuple[int, ...]
    """Frames that need nothing."""
    measured: dict[int, str]
    """Kinds of quantity that frames ask for, as `measure_of` returns them."""


def table_row(frames: Iterable[tuple[Sequence[Iterable[str]], str]]) -> dict[str, Any]:
    """Return as JSON holds it what frames are told by, given the groups and the kind of quantity that each needs."""
    numbers: dict[frozenset[str], int] = {}
    groups: dict[str, list[int]] = {}
    keyed: dict[str, list[int]] = {}
    needs: list[list[int]] = []
    measured: dict[str, list[int]] = {}
    for index, (needed_groups, measure) in enumerate(frames):
        if measure:
            measured.setdefault(measure, []).append(index)
        wanted = [frozenset(group) for group in needed_groups]
        for group in wanted:
            if group not in numbers:
                for concept in sorted(group):
                    groups.setdefault(concept, []).append(len(numbers))
                numbers[group] = len(numbers)
        needs.append([numbers[group] for group in wanted])
        for concept in min(wanted, key=len, default=frozenset()):
            keyed.setdefault(concept, []).append(index)
    return {
        "concepts": list(groups),
        "count": [len(needs), len(numbers)],
        "groups": lists_row(list(groups.values())),
        "frames": lists_row([keyed.get(concept, []) for concept in groups]),
        "needs": lists_row(needs),
        "unkeyed": [at for at, wanted in enumerate(needs) if not wanted],
        "measured": {kind: lists_row([found]) for kind, found in measured.items()},
    }


def read_table(row: Any) -> Table:
    """Return what `table_row` returned as it is asked. Raises DamagedError, or what Python does, for another shape."""
    concepts = codec.texts(row["concepts"])
    frames, groups = map(codec.whole, row["count"])
    needs = Lists(row["needs"], frames, groups)
    unkeyed = tuple(map(codec.whole, row["unkeyed"]))
    if not all(0 <= at < frames for at in unkeyed):
        raise DamagedError("no frames")
    return Table(
        frames,
        dict(zip(concepts, range(len(concepts)), strict=True)),
        Lists(row["groups"], len(concepts), groups),
        Lists(row["frames"], len(concepts), frames),
        needs,
        unkeyed,
        {at: codec.text(kind) for kind, found in row["measured"].items() for at in Lists(found, 1, frames)[0]},
    )


def _bits(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


class _Needs(dict[int, int]):
    """The groups that a frame needs, a bit for each, by its number; filled when asked."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def __missing__(self, frame: int) -> int:
        found = self[frame] = _bits(self._lists[frame])
        return found


class Gate:
    """The groups of concepts that each frame needs: a sentence without one of each group cannot fit it.

    A group is a bit, so that a sentence is one number and a look-up.
    """

    def __init__(self, table: Table, closure: Mapping[str, frozenset[str]]) -> None:
        """`closure` is all that a concept counts as."""
        self._closure = closure
        self._table = table
        self._masks: dict[str, int] = {}
        self._keyed: dict[str, tuple[int, ...]] = {}
        self._needs = _Needs(table.needs)
        self._known: dict[int, tuple[int, ...]] = {}

    def fitting(self, concepts: Iterable[str]) -> tuple[int, ...]:
        """Return the indices, in order, of the frames of which each group is among these concepts or wider ones."""
        mask, masks, keyed = 0, self._masks, self._keyed
        concepts = concepts if isinstance(concepts, set) else set(concepts)
        for concept in concepts:
            if concept not in masks:
                self._learn(concept)
            mask |= masks[concept]
        known = self._known.get(mask)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            needs = self._needs
            may = set(self._table.unkeyed).union(*(keyed[concept] for concept in concepts))
            known = self._known[mask] = tuple(sorted(n for n in may if needs[n] & mask == needs[n]))
        return known

    def measurable(self, fitting: Iterable[int], signs: Callable[[], frozenset[str]], alone: bool) -> list[int]:
        """Return those of some frames that may find the number they ask for, given what tells the signs in a sentence.

        A frame that finds none says nothing, but where several agents are named (`alone` is false) it settles whom
        a clause is about for frames after it; so there only frames that no word calls for are left out.
        """
        measured = self._table.measured
        asked = {kind for index in fitting if (kind := measured.get(index)) is not None}
        missing = {kind for kind in asked if signs_of(kind).isdisjoint(signs())} if asked else asked
        if not missing:
            return [*fitting]
        return [
            index
            for index in fitting
            if measured.get(index) not in missing or not (alone or not self._needs[index])
        ]

    def _learn(self, concept: str) -> None:
        """Note what a concept gives: the bits of its groups, and the frames that it is a key of."""
        mask, table = 0, self._table
        keyed: set[int] = set()
        for wider in self._closure.get(concept, (concept,)):
            at = table.concepts.get(wider)
            if at is not None:
                mask |= _bits(table.groups[at])
                keyed.update(table.frames[at])
        self._masks[concept] = mask
        self._keyed[concept] = tuple(keyed)


def measure_of(frame: Frame) -> str:
    """Return the kind of quantity that a frame asks for, where the words of a sentence tell that it has none; or ""."""
    return _KINDS.get(frame.value.unit, "") if frame.value is not None else ""


def needed(frame: Frame, relation_words: Mapping[str, Iterable[str]]) -> list[frozenset[str]]:
    """Return the groups of concepts of which a sentence must mention one each for a frame to fit it."""
    groups = [frozenset(group) for group in frame.having if group]
    if frame.object:
        groups.append(frozenset(frame.object))
    if frame.relation and frame.object:
        groups.append(frozenset().union(*(relation_words.get(relation, ()) for relation in frame.relation)))
    return groups

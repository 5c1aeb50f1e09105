"""Which frames may fit a sentence, told from the words it mentions, before anything else is read of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ketakb.language.quantity_signs import signs_of
from ketakb.terms import Frame

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


class Gate:
    """The groups of concepts that each frame needs: a sentence without one of each group cannot fit it.

    A group is a bit, so that a sentence is one number and a look-up.
    """

    def __init__(
        self,
        frames: Iterable[tuple[Sequence[Iterable[str]], str]],
        closure: Mapping[str, frozenset[str]],
    ) -> None:
        """`frames` are the groups that each needs, and the kind of quantity, as `measure_of` returns it; `closure` is
        all that a concept counts as.
        """
        self._closure = closure
        self._masks: dict[str, int] = {}
        self._of_group: dict[str, int] = {}
        self._by_concept: dict[str, list[int]] = {}
        self._keyed: dict[str, tuple[int, ...]] = {}
        self._unkeyed: list[int] = []
        self._needs: list[int] = []
        self._measured: dict[int, str] = {}
        self._known: dict[int, tuple[int, ...]] = {}
        self._kinds: set[str] = set()
        """Kinds of quantity that frames ask for."""
        numbers: dict[frozenset[str], int] = {}
        for index, (needs, measure) in enumerate(frames):
            if measure:
                self._measured[index] = measure
                self._kinds.add(measure)
            groups = [frozenset(group) for group in needs]
            need = 0
            for group in groups:
                if group not in numbers:
                    numbers[group] = 1 << len(numbers)
                    for concept in group:
                        self._of_group[concept] = self._of_group.get(concept, 0) | numbers[group]
                need |= numbers[group]
            self._needs.append(need)
            for concept in min(groups, key=len, default=frozenset()):
                self._by_concept.setdefault(concept, []).append(index)
            if not groups:
                self._unkeyed.append(index)

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
            may = set(self._unkeyed).union(*(keyed[concept] for concept in concepts))
            known = self._known[mask] = tuple(sorted(n for n in may if needs[n] & mask == needs[n]))
        return known

    def measurable(self, fitting: Iterable[int], signs: frozenset[str], alone: bool) -> list[int]:
        """Return those of some frames that may find the number they ask for, given the signs in a sentence.

        A frame that finds none says nothing, but where several agents are named (`alone` is false) it settles whom
        a clause is about for frames after it; so there only frames that no word calls for are left out.
        """
        measured = self._measured
        missing = {kind for kind in self._kinds if signs_of(kind).isdisjoint(signs)}
        return [
            index
            for index in fitting
            if measured.get(index) not in missing or not (alone or not self._needs[index])
        ]

    def _learn(self, concept: str) -> None:
        """Note what a concept gives: the bits of its groups, and the frames that it is a key of."""
        mask = 0
        keyed: set[int] = set()
        for wider in self._closure.get(concept, (concept,)):
            mask |= self._of_group.get(wider, 0)
            keyed.update(self._by_concept.get(wider, ()))
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

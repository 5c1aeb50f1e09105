"""Which frames may fit a sentence, told from the words it mentions, before anything else is read of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ketakb.language.units import first_words
from ketakb.model import Frame

_MOST_KNOWN = 20_000


class Gate:
    """The groups of concepts that each frame needs: a sentence without one of each group cannot fit it.

    A group is a bit, so that a sentence is one number and a look-up.
    """

    def __init__(
        self,
        frames: Iterable[tuple[Sequence[Iterable[str]], bool]],
        closure: Mapping[str, frozenset[str]],
    ) -> None:
        """`frames` are the groups that each needs, and whether it is a dose that it asks for; `closure` is all that
        a concept counts as.
        """
        self._closure = closure
        self._masks: dict[str, int] = {}
        self._of_group: dict[str, int] = {}
        self._by_concept: dict[str, list[int]] = {}
        self._keyed: dict[str, tuple[int, ...]] = {}
        self._unkeyed: list[int] = []
        self._dosed: list[int] = []
        self._needs: list[int] = []
        self._known: dict[int, tuple[int, ...]] = {}
        numbers: dict[frozenset[str], int] = {}
        for index, (needs, dosed) in enumerate(frames):
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
                (self._dosed if dosed else self._unkeyed).append(index)

    def fitting(self, concepts: Iterable[str], words: Iterable[str]) -> tuple[int, ...]:
        """Return the indices, in order, of the frames that may fit a sentence.

        `concepts` are those that it mentions and those lent to it, wider ones left out; `words` are its tokens in
        lower case, in which a frame that asks for nothing but a dose wants a unit of one.
        """
        found = self._having(concepts)
        if self._dosed and not first_words("mass").isdisjoint(words):
            return tuple(sorted((*found, *self._dosed)))
        return found

    def _having(self, concepts: Iterable[str]) -> tuple[int, ...]:
        """Return the indices, in order, of the frames of which each group is among these concepts or wider ones."""
        mask, masks, keyed = 0, self._masks, self._keyed
        concepts = set(concepts)
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

    def _learn(self, concept: str) -> None:
        """Note what a concept gives: the bits of its groups, and the frames that it is a key of."""
        mask = 0
        keyed: set[int] = set()
        for wider in self._closure.get(concept, (concept,)):
            mask |= self._of_group.get(wider, 0)
            keyed.update(self._by_concept.get(wider, ()))
        self._masks[concept] = mask
        self._keyed[concept] = tuple(keyed)


def needed(frame: Frame, relation_words: Mapping[str, Iterable[str]]) -> list[frozenset[str]]:
    """Return the groups of concepts of which a sentence must mention one each for a frame to fit it."""
    groups = [frozenset(group) for group in frame.having if group]
    if frame.object:
        groups.append(frozenset(frame.object))
    if frame.relation and frame.object:
        groups.append(frozenset().union(*(relation_words.get(relation, ()) for relation in frame.relation)))
    return groups

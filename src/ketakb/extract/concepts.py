"""Which concepts count as one of others, or are of some kind: worked out when first asked."""

from __future__ import annotations

from collections.abc import Mapping


class Members(dict[tuple[str, ...], frozenset[str]]):
    """All concepts that count as one of those wanted, by what is wanted; filled when asked."""

    def __init__(self, closure: Mapping[str, frozenset[str]]) -> None:
        """`closure` is all that each concept counts as."""
        self._narrower: dict[str, list[str]] = {}
        for concept, wider in closure.items():
            for one in wider:
                self._narrower.setdefault(one, []).append(concept)
        self._known: dict[int, tuple[tuple[str, ...], frozenset[str]]] = {}

    def of(self, wanted: tuple[str, ...]) -> frozenset[str]:
        """Return what `[wanted]` does, at less cost where the same tuple, of a frame, is asked for again."""
        known = self._known.get(id(wanted))
        if known is None or known[0] is not wanted:
            known = self._known[id(wanted)] = (wanted, self[wanted])
        return known[1]

    def __missing__(self, wanted: tuple[str, ...]) -> frozenset[str]:
        found = self[wanted] = frozenset(wanted).union(*(self._narrower.get(one, ()) for one in wanted))
        return found


class OfKinds(dict[frozenset[str], frozenset[str]]):
    """All concepts of some kinds, by the kinds; filled when asked."""

    def __init__(self, kinds: Mapping[str, str], closure: Mapping[str, frozenset[str]]) -> None:
        """`kinds` is the kind of each concept, `closure` all that each counts as."""
        self._kinds, self._closure = kinds, closure
        self._under: dict[str, frozenset[str]] = {}

    def __missing__(self, wanted: frozenset[str]) -> frozenset[str]:
        found = self[wanted] = frozenset(concept for concept, kind in self._kinds.items() if kind in wanted)
        return found

    def under(self, kind: str) -> frozenset[str]:
        """Return the concepts that count as one of a kind."""
        found = self._under.get(kind)
        if found is None:
            of_kind = self[frozenset((kind,))]
            wide = (concept for concept, wider in self._closure.items() if not wider.isdisjoint(of_kind))
            found = self._under[kind] = frozenset(wide)
        return found

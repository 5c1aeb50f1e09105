"""Checks of the merged store cheap enough for every load: ids that exist, a vocabulary that fits together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from ketakb.model import Problem, Store
from ketakb.store.layer import Reading
from ketakb.store.merge import Merged
from ketakb.store.rules import BROADER_CYCLE, OPPOSITE, SCALE_STEP, UNKNOWN_ID
from ketakb.yamlio.context import Reference
from ketakb.yamlio.faults import nearest, shown

WORD_CLASS = "en:"
"""Before the name of a word class of general English, which no store defines."""


Known = Mapping[str, Set[str]]
"""Ids that may be named, by what they name."""


def known_ids(merged: Merged, kinds: Iterable[str]) -> dict[str, Set[str]]:
    """Return the ids of all that is defined but claims."""
    return {
        "entity": merged.entities.keys(),
        "relation": merged.relations.keys(),
        "concept": merged.entities.keys() | merged.relations.keys(),
        "scale": merged.scales.keys(),
        "topic": merged.topics.keys(),
        "source": merged.sources.keys(),
        "kind": frozenset(kinds),
    }


def unsettled(references: Iterable[Reference], known: Known) -> list[Reference]:
    """Return the references to what is not known, or not known yet."""
    return [one for one in references if one.id not in known.get(one.kind, ())]


def check_references(named: Iterable[Reference], known: Known, reading: Reading) -> None:
    """Note every id that is named and not defined."""
    meant: dict[tuple[str, str], str | None] = {}
    for reference in unsettled(named, known):
        sort, name = reference.kind, reference.id
        if sort in reading.torn or (sort == "concept" and name.startswith(WORD_CLASS)):
            continue
        if (sort, name) not in meant:
            meant[sort, name] = nearest(name, sorted(known[sort]))
        near = meant[sort, name]
        what = "entity or relation" if sort == "concept" else "kind of source" if sort == "kind" else sort
        where = {"source": f"add sources/{name[:60]}.md", "kind": "add it to `kinds` in store.yaml"}.get(
            sort, "define it"
        )
        hint = f"did you mean `{near}`?" if near else f"write one that is, or {where}"
        message = f"{shown(name)} is not defined as {'an' if what[0] in 'aeiou' else 'a'} {what}; {hint}"
        reading.problems.append(
            Problem(UNKNOWN_ID, reference.path, reference.line, reference.column, message)
        )


def check_vocabulary(
    store: Store, places: Mapping[tuple[str, str], tuple[str, int, int]], problems: list[Problem]
) -> None:
    """Note one-sided opposites, terms broader than themselves and values off the scale of their topic.

    `places` tells the file, line and column where (sort, id) was defined.
    """
    for relation in store.relations.values():
        other = store.relations.get(relation.opposite or "")
        if other is not None and other.opposite != relation.id:
            says = f"names `{other.opposite}`" if other.opposite else "names none"
            message = f"`{relation.id}` has the opposite `{other.id}`, which {says}; set `opposite` on both"
            problems.append(Problem(OPPOSITE, *places["relation", relation.id], message))
    for sort, things in (("entity", store.entities), ("relation", store.relations)):
        wider = {name: thing.broader for name, thing in things.items()}
        for name in wider:
            if _is_own_ancestor(name, wider):
                message = f"`{name}` is broader than itself; remove one `broader` of the circle"
                problems.append(Problem(BROADER_CYCLE, *places[sort, name], message))
    for claim in store.claims.values():
        topic = store.topics.get(claim.assertion.topic)
        scale = str(topic.settings.get("scale", "")) if topic else ""
        steps = store.scales.get(scale, ())
        for step in claim.assertion.qualifier(scale) if steps else ():
            if step not in steps:
                message = f"{shown(step)} is no step of the scale {scale}; write one of {', '.join(steps)}"
                problems.append(Problem(SCALE_STEP, claim.path, claim.line, 1, message))


def _is_own_ancestor(name: str, wider: Mapping[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    queue = list(wider[name])
    while queue:
        at = queue.pop()
        if at == name:
            return True
        if at not in seen:
            seen.add(at)
            queue += wider.get(at, ())
    return False

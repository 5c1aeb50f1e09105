"""Claims and sources that are not in a store yet, read as the loader reads those that are."""

from __future__ import annotations

import re
import unicodedata

import yaml

from ketakb.hints import Any
from ketakb.model import Problem, Source
from ketakb.store.layer import Reading
from ketakb.store.rules import DUPLICATE_ID
from ketakb.store.sources import source_of
from ketakb.store.specs import CLAIM, SOURCE
from ketakb.values import dataclass, replace
from ketakb.yamlio.compose import Node
from ketakb.yamlio.context import Context, Schema, Type
from ketakb.yamlio.faults import WRONG_VALUE, shown
from ketakb.yamlio.read import read_yaml
from ketakb.yamlio.scalars import Id, Text
from ketakb.yamlio.spec import Item, Key, ListOf, Mapping

PROPOSED = ListOf(
    Mapping("a claim", *(replace(k, required=False) if k.name == "id" else k for k in CLAIM.keys.values()))
)
NEW_SOURCE = Mapping(
    "a new source",
    Key("id", Id(), "name of the source, unique in the store", required=True),
    *SOURCE.keys.values(),
    Key("body", ListOf(Text(), single=True), "its text, a paragraph each", required=True),
)
WITH_SOURCES = Mapping(
    "proposals",
    Key("sources", ListOf(NEW_SOURCE), "sources that the store does not have yet"),
    Key("claims", PROPOSED, "claims that it does not have yet", required=True),
)
_LONGEST = 60
_INSTEAD = {
    "standing": ", then give it one: `ketakb review ID --by NAME --standing accepted`",
    "review": ", then record it: `ketakb review ID --by NAME`",
    "overrules": "; what overrules takes effect at once: write it to claims.yaml with standing and because",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A YAML list of claims, or {sources, claims}, and how messages call the place where it stands."""

    path: str
    text: str


class _ListOrMapping(Type):
    """A list of claims alone, or a mapping that brings their sources too; read into an Item of the mapping."""

    def read(self, node: Node, into: Context) -> Any:
        """Return an Item with `claims` and, where given, `sources`."""
        if isinstance(node, yaml.MappingNode):
            return WITH_SOURCES.read(node, into)
        item = Item(*into.place(node))
        claims = PROPOSED.read(node, into)
        item["claims"] = claims if isinstance(claims, tuple) else ()
        return item

    def schema(self) -> Schema:
        """Return a schema that allows both."""
        return {"anyOf": [PROPOSED.schema(), WITH_SOURCES.schema()]}


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed, as it was read; new claims have no ids yet where none were given."""

    path: str
    into: Context
    claims: tuple[Item, ...]
    sources: tuple[Item, ...]

    def new_sources(self, taken: set[str], layer: str) -> list[Source]:
        """Return the sources for a layer; ids that are taken are problems."""
        return [
            source_of(str(item["id"]), item, "\n\n".join(item.get("body", ())), self.path, layer)
            for item in self.sources
            if _is_new(item, self.into, taken)
        ]

    def new_claims(self, taken: set[str]) -> tuple[Item, ...]:
        """Return the claims, each with an id that is not taken.

        What only a review may give is a problem: a new claim is unreviewed, and overrules nothing.
        """
        given = {str(item["id"]) for item in self.claims if "id" in item}
        for item in self.claims:
            for key, value in (("standing", "unreviewed"), ("review", None), ("overrules", None)):
                if key in item and item[key] != value:
                    message = f"a new claim has no `{key}`; leave it out{_INSTEAD[key]}"
                    self.into.problems.append(Problem(WRONG_VALUE, self.path, *item.place(key), message))
            if "id" not in item and "id" not in item.places:
                item["id"] = new_id(item.get("statement", item.get("topic", "")), taken | given)
                item.places["id"] = (item.line, item.column)
                given.add(item["id"])
        return self.claims


def read_proposed(proposed: Proposed, reading: Reading) -> Proposals:
    """Return proposed claims in their order, and the sources that come with them."""
    into = reading.context(proposed.path)
    found: Item = read_yaml(proposed.text, _ListOrMapping(), into) or Item(1, 1)
    return Proposals(proposed.path, into, tuple(found.get("claims", ())), tuple(found.get("sources", ())))


def _is_new(item: Item, into: Context, sources: set[str]) -> bool:
    """Whether a source can be added; where its id is taken, that is a problem."""
    name = item.get("id")
    if name in sources:
        known = f"{shown(str(name))} is a source of the store already"
        message = f"{known}; give it another id, or leave it out and cite that one"
        into.problems.append(Problem(DUPLICATE_ID, into.path, *item.place("id"), message))
        return False
    if name is not None:
        sources.add(name)
    return name is not None


def new_id(statement: str, taken: set[str]) -> str:
    """Return an id made of the first words of a statement, with a number behind it where it is taken."""
    plain = unicodedata.normalize("NFKD", statement).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    made = ""
    for word in words:
        if made and len(made) + 1 + len(word) > _LONGEST:
            break
        made = f"{made}-{word}" if made else word[:_LONGEST]
    made = made or "claim"
    number, name = 1, made
    while name in taken:
        number += 1
        name = f"{made}-{number}"
    return name


def told(problems: list[Problem], path: str, placed: bool) -> str:
    """Return the errors of proposed claims as lines, with their places where these are of use."""
    lines = []
    for one in problems:
        if one.path == path and one.severity == "error":
            place = f"{path}:{one.line}:{one.column}" if placed else path
            lines.append(f"{place}: {one.message} [{one.rule}]")
    return "\n".join(dict.fromkeys(lines))

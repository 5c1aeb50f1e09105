"""Claims that are not in a store yet, read as the loader reads those that are."""

from __future__ import annotations

import re
import unicodedata

from ketakb.model import Problem
from ketakb.store.layer import Reading
from ketakb.store.specs import CLAIM
from ketakb.values import dataclass, replace
from ketakb.yamlio.faults import WRONG_VALUE
from ketakb.yamlio.read import read_yaml
from ketakb.yamlio.spec import Item, ListOf, Mapping

PROPOSED = ListOf(
    Mapping("a claim", *(replace(k, required=False) if k.name == "id" else k for k in CLAIM.keys.values()))
)
_LONGEST = 60
_INSTEAD = {
    "standing": ", then give it one: `ketakb review ID --by NAME --standing accepted`",
    "review": ", then record it: `ketakb review ID --by NAME`",
    "overrules": "; what overrules takes effect at once: write it to claims.yaml with standing and because",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A YAML list of claims, and how messages call the place where it stands."""

    path: str
    text: str


def read_proposed(proposed: Proposed, reading: Reading, taken: set[str]) -> list[tuple[Item, str]]:
    """Return proposed claims in their order, each with an id; `taken` are the ids that claims have already.

    What only a review may give is a problem: a new claim is unreviewed, and overrules nothing.
    """
    into = reading.context(proposed.path)
    items: tuple[Item, ...] = read_yaml(proposed.text, PROPOSED, into) or ()
    given = {str(item["id"]) for item in items if "id" in item}
    for item in items:
        for key, value in (("standing", "unreviewed"), ("review", None), ("overrules", None)):
            if key in item and item[key] != value:
                message = f"a new claim has no `{key}`; leave it out{_INSTEAD[key]}"
                reading.problems.append(Problem(WRONG_VALUE, proposed.path, *item.place(key), message))
        if "id" not in item and "id" not in item.places:
            item["id"] = new_id(item.get("statement", item.get("topic", "")), taken | given)
            item.places["id"] = (item.line, item.column)
            given.add(item["id"])
    return [(item, proposed.path) for item in items]


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

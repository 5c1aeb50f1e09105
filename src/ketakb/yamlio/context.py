"""What reading a node needs: where it stands, and where problems and references are noted."""

from __future__ import annotations

import yaml

from ketakb.hints import Any, Final
from ketakb.model import Problem
from ketakb.values import dataclass, field
from ketakb.yamlio.compose import Node
from ketakb.yamlio.faults import WRONG_VALUE, shown

Schema = dict[str, Any]


class _Wrong:
    """What a type returns for a value it has reported."""


WRONG: Final = _Wrong()


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that must exist somewhere else, with the place that names it."""

    kind: str
    """What it names: topic, entity, relation, source, claim ..."""
    id: str
    path: str
    line: int
    column: int


@dataclass(slots=True)
class Context:
    """Where a file is being read: collects problems and references on the way."""

    path: str
    shift: int = 0
    """Lines of the file before the text that the nodes count from."""
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def place(self, node: Node) -> tuple[int, int]:
        """Return the 1-based line and column of a node in the file."""
        mark = node.start_mark
        return mark.line + 1 + self.shift, mark.column + 1

    def wrong(self, node: Node, message: str, rule: str = WRONG_VALUE) -> _Wrong:
        """Note a problem at a node."""
        line, column = self.place(node)
        self.problems.append(Problem(rule, self.path, line, column, message))
        return WRONG


class Type:
    """One kind of value."""

    expects: str = "a value"
    """What to write, as messages say it."""

    def read(self, node: Node, into: Context) -> Any:
        """Return the value of a node, or WRONG once its problem is noted in the context."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """Return the JSON Schema of the value."""
        raise NotImplementedError


def is_null(node: Node) -> bool:
    """Whether a node is a plain null: nothing, `~` or `null`."""
    return (
        isinstance(node, yaml.ScalarNode)
        and not node.style
        and node.value in ("", "~", "null", "Null", "NULL")
    )


def kind_of(node: Node) -> str:
    """Return what a node is, as messages say it: a list, a mapping, nothing, a single value."""
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "nothing" if is_null(node) else f"a single value ({shown(str(node.value))})"

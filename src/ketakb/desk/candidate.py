"""A claim that a page makes, proposed to a store."""

from __future__ import annotations

from collections.abc import Mapping

from ketakb.values import dataclass
from ketakb.yamlio.render import Value


@dataclass(frozen=True, slots=True)
class Candidate:
    """One claim that a page makes."""

    place: str
    """path:line:column of its first passage."""
    fields: Mapping[str, Value]
    """As claims.yaml writes them; without id and standing, which `add` gives."""
    remarks: tuple[str, ...]
    """What the store holds beside it, a line each."""
    known: bool
    """Whether an accepted claim says the same."""

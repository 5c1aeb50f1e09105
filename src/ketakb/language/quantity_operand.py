"""The value that readers of numbers hand each other."""

from __future__ import annotations

from ketakb.values import dataclass


@dataclass(frozen=True, slots=True)
class Operand:
    """A number or a pair of ends, with a unit or without."""

    low: float | None
    high: float | None
    unit: str
    """Empty where none is written."""
    kind: str
    """time, share, mass, money, ratio; empty where no unit is written."""
    end: int
    """Index of the token after it."""
    text_unit: str = ""
    scale: float = 1.0
    article: bool = False
    """True for "a week"."""
    weak: bool = False
    """True where it needs a governing word to be a quantity: "weeks", "one day", "some weeks"."""
    one: bool = False
    """True for the word "one"."""
    digits: bool = False
    vague: bool = False
    approx: bool = False
    suffix: int = 0
    """Index of an "or more" between number and unit, where there is one."""
    of: str = ""
    """Key of the people that a share is of, where they stand inside it: "one adult in nine"."""

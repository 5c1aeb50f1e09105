"""What a call costs, as counted work: the same on every machine, however busy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(run: Callable[[], object]) -> int:
    """Return how many lines of Python a call runs through; what C does in one of them is one step."""
    count = 0

    def step(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def grows(run: Callable[[int], object], size: int) -> float:
    """Return how many times as many steps a call takes for twice the size, once it has met that size before."""
    run(size), run(2 * size)
    return steps(lambda: run(2 * size)) / steps(lambda: run(size))

"""Where commands write: standard output, gone quietly when its reader has gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import IO


def emit(write: Callable[[IO[str]], None]) -> None:
    """Write a report to standard output; a reader that stops reading, such as head, is no error."""
    try:
        write(sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        hush()


def hush() -> None:
    """Point standard output at nothing, so that closing it at exit does not fail again."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        pass


def tell(message: str) -> None:
    """Write one line to standard error."""
    from ketakb.reports.paper import safe

    print(f"ketakb: {safe(message)}", file=sys.stderr)

"""Where commands write: a file, or standard output, gone quietly when its reader has gone."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from ketakb.cli.terminal import write_exactly
from ketakb.hints import IO


def emit(write: Callable[[IO[str]], None], *, exact: bool = False) -> None:
    """Write a report to standard output; a reader that stops reading, such as head, is no error.

    What is `exact`, for programs, is written in UTF-8 whatever the terminal can show.
    """
    if exact:
        write_exactly(sys.stdout)
    try:
        write(sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        hush()


def put(file: Path | None, write: Callable[[IO[str]], None], *, exact: bool = False) -> None:
    """Write a report to a file, whole or not at all, or as emit does. Raises UsageError where it cannot be."""
    if file is None or str(file) == "-":
        emit(write, exact=exact)
        return
    import tempfile

    from ketakb.errors import UsageError

    beside = None
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            write(stream)
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)
        Path(beside).replace(file)
        beside = None
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}; name another place") from error
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                Path(beside).unlink()


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

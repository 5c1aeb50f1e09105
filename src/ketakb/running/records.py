"""Drafts in a file of JSON lines: `{"id": ..., "text": ...}`, one after another, never all at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ketakb.errors import UnreadableInputError
from ketakb.running.work import Draft


def read_records(file: Path) -> Iterator[Draft]:
    """Yield the drafts of a file; a line that is none becomes a draft with a fault. Raises UnreadableInputError.

    The ending of an id says how its text is read, as that of a file does: as Markdown where it says nothing.
    """
    try:
        with file.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _draft(file, number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
    except OSError as error:
        raise UnreadableInputError(f"{file}: cannot be read: {error.strerror or error}") from error


def count_records(file: Path) -> int:
    """Return how many lines a file has; 0 where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 0


def _draft(file: Path, number: int, line: bytes) -> Draft:
    place, name = f"{file}:{number}", str(file)
    expected = 'a line is {"id": "...", "text": "..."}'
    try:
        held = json.loads(line)
        path, text = held["id"], held["text"]
    except UnicodeDecodeError:
        return Draft(place, fault=f"{place}: not UTF-8; {expected}", stands_in=name)
    except (ValueError, RecursionError):
        return Draft(place, fault=f"{place}: no JSON; {expected}", stands_in=name)
    except (KeyError, TypeError):
        return Draft(place, fault=f"{place}: no `id` and `text`; {expected}", stands_in=name)
    if not isinstance(text, str) or not ((isinstance(path, str) and path) or type(path) is int):
        fault = f"{place}: `id` is text or a number, `text` is text; {expected}"
        return Draft(place, fault=fault, stands_in=name)
    return Draft(str(path), text, stands_in=name)

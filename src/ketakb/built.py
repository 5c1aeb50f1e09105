"""Files of rows that were made when the package was built, so that the first run need not make them.

They are found in `_built` beside the code, or are not there: nothing depends on them. Each says which code it was made
by, told by its contents, and is not looked at where the code is another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from ketakb.kept import Kept
from ketakb.kept_rows import DamagedError, Row, rewrite
from ketakb.version import __version__

FOLDER = Path(__file__).parent / "_built"
READS = ("language", "language/en", "store", "yamlio", "extract", "")
"""Folders of the package whose code and word lists decide what is compiled."""


def built(name: str) -> Kept | None:
    """Return the rows that were built under a name, `store`, `english` or `english.phrases`; None for none that fit."""
    with suppress(OSError, DamagedError):
        kept = Kept(FOLDER / f"{name}.sqlite", of_package=True)
        if kept.sure("built", "", list) == _made_by():
            return kept
        kept.close()
    return None


def taken(kept: Kept, path: Path, notes: Sequence[Row]) -> bool:
    """Write built rows into the user's cache with notes of their own; return whether that could be."""
    with suppress(OSError, sqlite3.Error, ValueError):
        rewrite(kept.path, notes, path)
        return True
    return False


def build(made: Path, name: str, notes: list[Row]) -> None:
    """Write a file of the user's cache as one of those that the package carries. Raises OSError or sqlite3.Error."""
    file = FOLDER / f"{name}.sqlite"
    rewrite(made, [*notes, ("built", "", _made_by())], file)
    FOLDER.chmod(0o755)  # a cache is its user's, a package everybody's
    file.chmod(0o644)


def _made_by() -> list[str]:
    return [__version__, _contents()]


@cache
def _contents() -> str:
    """Return a digest of the code and the word lists that decide what is compiled."""
    import hashlib

    package = Path(__file__).parent
    whole = hashlib.sha256()
    for folder in READS:
        for path in sorted((package / folder).iterdir()):
            if path.name.endswith((".py", ".yaml")):
                whole.update(f"{folder}/{path.name} ".encode())
                whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()

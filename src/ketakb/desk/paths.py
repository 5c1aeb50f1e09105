"""Where decisions on a draft are kept, and what the draft is called there."""

from __future__ import annotations

import os
from pathlib import Path

FILE = "decisions.yaml"


def find_file(draft: str) -> Path | None:
    """Return the nearest decisions.yaml beside a draft or in a folder above it."""
    folder = Path(os.path.abspath(draft)).parent  # noqa: PTH100 - links stay as they were given
    return next((one / FILE for one in (folder, *folder.parents) if (one / FILE).is_file()), None)


def path_in(file: Path, draft: str) -> str:
    """Return how a draft is called in a file of decisions."""
    start = os.path.abspath(file.parent)  # noqa: PTH100
    return Path(os.path.relpath(os.path.abspath(draft), start)).as_posix()  # noqa: PTH100

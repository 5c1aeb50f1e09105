"""What is kept in the user's cache, for a person and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ketakb.hints import IO
from ketakb.reports.paper import safe
from ketakb.results import KeptFile


def write(folder: Path | None, files: Sequence[KeptFile], cleared: bool, stream: IO[str]) -> None:
    """Write a line for each file, and the folder with the sum."""
    for file in files:
        stream.write(f"{_size(file.size):>9}  {Path(file.path).name}  {safe(file.of)}\n")
    total = sum(file.size for file in files)
    done = "deleted" if cleared else "kept"
    number = f"{len(files)} file{'' if len(files) == 1 else 's'}"
    stream.write(f"{done}: {number}, {_size(total)}, in {safe(str(folder or 'no folder'))}\n")


def write_json(folder: Path | None, files: Sequence[KeptFile], cleared: bool, stream: IO[str]) -> None:
    """Write the same as JSON."""
    found = [{"path": file.path, "bytes": file.size, "of": file.of} for file in files]
    told = {"schema": "ketakb.cache/1", "folder": str(folder) if folder else None, "cleared": cleared, "files": found}
    json.dump(told, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 100_000 else f"{number / 1000:.1f} kB"

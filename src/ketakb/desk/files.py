"""JSON files that the desk writes: at once or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from ketakb.hints import Any


def put(file: Path, value: Any) -> None:
    """Write a value to a file as JSON, in place of what is there. Raises StoreError where it cannot."""
    from ketakb.yamlio.edit import rewrite, write_new

    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if file.exists():
        rewrite(file, lambda _: text)
    else:
        write_new(file, text)

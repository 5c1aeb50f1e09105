"""Literate cases: a heading is a case, its fenced blocks are the draft and the complete expected findings.

    ## It works by blocking
    Why this case is here.
    ```draft
    Ketamine works by stimulating NMDA receptors.
    ```
    ```findings
    1:1 KB201 error "Ketamine works by stimulating NMDA receptors"
    ```

An empty `findings` block says that the draft must stay silent. Only errors and warnings are listed; a block named
`notes` lists notes as well. An optional `options` block holds `key: value` lines: as_of, kind, jurisdiction.
KETAKB_REWRITE=1 writes what was found into the files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_HEADING = re.compile(r"^#{1,6} +(.*)$", re.MULTILINE)
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Case:
    """One case of a file."""

    path: Path
    name: str
    draft: str
    expected: str
    kind: str
    """findings or notes."""
    span: tuple[int, int]
    """Where the expected block's content stands in the file."""
    options: dict[str, str] = field(default_factory=dict)


def read_cases(path: Path) -> list[Case]:
    """Return the cases of one Markdown file."""
    text = path.read_text(encoding="utf-8")
    headings = [m for m in _HEADING.finditer(text) if not _in_fence(text, m.start())]
    cases = []
    for number, heading in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        blocks = {m.group(1): m for m in _FENCE.finditer(text, heading.end(), end)}
        if "draft" not in blocks:
            continue
        kind = "notes" if "notes" in blocks else "findings"
        expected = blocks[kind]
        options = dict(
            line.split(": ", 1) for line in (blocks["options"].group(2).splitlines() if "options" in blocks else [])
        )
        draft = blocks["draft"].group(2)
        cases.append(Case(path, heading.group(1), draft, expected.group(2), kind, expected.span(2), options))
    return cases


def _in_fence(text: str, at: int) -> bool:
    return any(m.start() <= at < m.end() for m in _FENCE.finditer(text))

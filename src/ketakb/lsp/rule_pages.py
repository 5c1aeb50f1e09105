"""Where the page of a rule stands: in docs/rules.md, which an installed ketakb carries with it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HEADING = re.compile(r"## (KB\d{3}) ")


def page_of(rule: str) -> str | None:
    """Return the address of a rule's page, its line as editors open it; None where there is none."""
    return _pages().get(rule)


@cache
def _pages() -> dict[str, str]:
    package = Path(__file__).resolve().parents[1]
    for file in (package / "_docs" / "rules.md", package.parents[1] / "docs" / "rules.md"):
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        found = ((_HEADING.match(line), number) for number, line in enumerate(lines, 1))
        return {match[1]: f"{file.as_uri()}#L{number}" for match, number in found if match}
    return {}

"""docs/rules.md is what the rules say of themselves: the page that editors and reports link to.

KETAKB_GOLDEN=write writes it anew after a change that is meant.
"""

from __future__ import annotations

import os
from pathlib import Path

from ketakb.app import list_rules
from ketakb.lsp.rule_pages import page_of
from ketakb.reports.rule_text import RulePage

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
_HEAD = """\
# Rules

Written from the rules themselves; `ketakb explain RULE` says the same. `--select` and `--ignore` take the beginning of
an id: KB2 are contradictions, KB3 is wording, KB4 what is out of date, KB5 what the store cannot judge, KB6 balance and
disclosure; KB0 and KB1 are about files and the store itself.
"""


def page() -> str:
    return "\n".join([_HEAD, *(_section(rule) for rule in list_rules())])


def _section(rule: RulePage) -> str:
    parts = [f"## {rule.id} {rule.name}", f"{_sentence(rule.title)} Severity: {rule.severity}."]
    parts += [" ".join(part.split()) for part in rule.explanation.strip().split("\n\n")]
    for title, examples in (("Reported:", rule.fires), ("Left alone:", rule.silent)):
        if examples:
            parts += [title, "\n".join(f"- {' '.join(one.split())}" for one in examples)]
    return "\n\n".join(parts) + "\n"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def test_the_page_is_up_to_date() -> None:
    if os.environ.get("KETAKB_GOLDEN") == "write":
        PAGE.write_text(page(), encoding="utf-8")
    assert page() == PAGE.read_text(encoding="utf-8")


def test_every_rule_has_its_place_there() -> None:
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    for rule in list_rules():
        address = page_of(rule.id)
        assert address is not None, rule.id
        assert lines[int(address.rpartition("#L")[2]) - 1] == f"## {rule.id} {rule.name}"
    assert page_of("KB999") is None

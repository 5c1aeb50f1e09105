"""Every format, whole: what is printed is compared with tests/golden/ to the character.

KETAKB_GOLDEN=write writes the files anew after a change that is meant.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

import made
from ketakb.reports import (
    check_text,
    concise,
    github,
    json_audit,
    jsonl,
    lookup_text,
    markdown,
    parse_json,
    parse_text,
    rule_text,
    sarif,
    search_json,
    search_text,
    text,
)
from ketakb.reports.options import ReportOptions
from ketakb.reports.paper import safe
from ketakb.results import AuditReport

GOLDEN = Path(__file__).parent / "golden"
PLAIN = ReportOptions(version="0.1.0")
LOUD = replace(PLAIN, notes=True, why=True)
TERMINAL = replace(PLAIN, terminal=True, color=True, width=70)
WIDE = replace(TERMINAL, width=120, color=False)


PAGE = rule_text.RulePage(
    "KB201",
    "opposite-direction",
    "error",
    "A clause says the opposite of an accepted claim.",
    "It is read word by word,\nscopes included.\n\nA denial of it is silent.",
    ("It stimulates NMDA receptors.",),
    ("It does not stimulate NMDA receptors.",),
)
OTHER = replace(PAGE, id="KB301", name="overclaim")
STORE = made.STORE
CASES: dict[str, Callable[[IO[str]], None]] = {
    "audit.txt": lambda s: text.write(made.DRAFTS, STORE, s, PLAIN),
    "audit-notes-why.txt": lambda s: text.write(made.DRAFTS, STORE, s, LOUD),
    "audit-quiet.txt": lambda s: text.write(made.DRAFTS, STORE, s, replace(PLAIN, quiet=True)),
    "audit-terminal.txt": lambda s: text.write(made.DRAFTS, STORE, s, TERMINAL),
    "audit.json": lambda s: json_audit.write(made.DRAFTS, STORE, s, PLAIN),
    "audit-ignored.txt": lambda s: text.write(made.SILENCED, STORE, s, replace(PLAIN, show_ignored=True)),
    "audit.jsonl": lambda s: jsonl.write(made.DRAFTS, STORE, s, PLAIN),
    "audit.sarif": lambda s: _without_rules(made.SILENCED, s),
    "audit-github.txt": lambda s: github.write(made.DRAFTS, STORE, s, LOUD),
    "audit.md": lambda s: markdown.write(made.SILENCED, STORE, s, replace(PLAIN, show_ignored=True)),
    "conflicts-github.txt": lambda s: github.write(made.WHOLE_STORE, STORE, s, PLAIN),
    "conflicts.md": lambda s: markdown.write(made.WHOLE_STORE, STORE, s, PLAIN),
    "audit-concise.txt": lambda s: concise.write(made.DRAFTS, STORE, s, PLAIN),
    "conflicts.txt": lambda s: text.write(made.WHOLE_STORE, STORE, s, PLAIN),
    "conflicts-open.txt": lambda s: text.write(
        made.WHOLE_STORE, STORE, s, replace(PLAIN, open_only=True, notes=True)
    ),
    "conflicts-terminal-narrow.txt": lambda s: text.write(made.WHOLE_STORE, STORE, s, TERMINAL),
    "conflicts-terminal-wide.txt": lambda s: text.write(made.WHOLE_STORE, STORE, s, WIDE),
    "conflicts-concise.txt": lambda s: concise.write(made.WHOLE_STORE, STORE, s, PLAIN),
    "conflicts.json": lambda s: json_audit.write(made.WHOLE_STORE, STORE, s, PLAIN),
    "search.txt": lambda s: search_text.write("stimulates nmda", made.HITS, STORE, s, PLAIN),
    "search-terminal.txt": lambda s: search_text.write("stimulates nmda", made.HITS, STORE, s, TERMINAL),
    "search-none.txt": lambda s: search_text.write("roses", [], STORE, s, PLAIN),
    "search.json": lambda s: search_json.write("stimulates nmda", made.HITS, STORE, s, PLAIN),
    "check.txt": lambda s: check_text.write(made.PROBLEMS, STORE, s, PLAIN),
    "check-notes.txt": lambda s: check_text.write(made.PROBLEMS, STORE, s, LOUD),
    "parse.txt": lambda s: parse_text.write(made.PARSED, STORE, s, PLAIN),
    "parse.json": lambda s: parse_json.write(made.PARSED, STORE, s, PLAIN),
    "rule.txt": lambda s: rule_text.write(PAGE, s, PLAIN),
    "rules.txt": lambda s: rule_text.write_list([OTHER, PAGE], s, PLAIN),
    "show-claim.txt": lambda s: lookup_text.write_claim(STORE.claims["nmda-blocks"], STORE, s, PLAIN),
    "show-source.txt": lambda s: lookup_text.write_source(STORE.sources["ad-1"], STORE, s, PLAIN),
    "show-topic.txt": lambda s: lookup_text.write_topic(STORE.topics["safety/side-effects"], STORE, s, PLAIN),
    "topics.txt": lambda s: lookup_text.write_topics(STORE, "onset", s, PLAIN),
    "sources.txt": lambda s: lookup_text.write_sources(STORE, None, s, PLAIN),
}


def _without_rules(report: AuditReport, stream: IO[str]) -> None:
    """Write SARIF without the pages of the rules, which have tests of their own."""
    whole = io.StringIO()
    sarif.write(report, STORE, whole, PLAIN)
    found = json.loads(whole.getvalue())
    del found["runs"][0]["tool"]["driver"]["rules"]
    for result in found["runs"][0]["results"]:
        result.pop("ruleIndex", None)
    json.dump(found, stream, indent=2, ensure_ascii=False)


def printed(name: str) -> str:
    stream = io.StringIO()
    CASES[name](stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", CASES)
def test_whole_output(name: str) -> None:
    path = GOLDEN / name
    if os.environ.get("KETAKB_GOLDEN") == "write":
        path.write_text(printed(name), encoding="utf-8")
    assert printed(name) == path.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_case() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_nothing_from_a_document_reaches_the_terminal_raw(name: str) -> None:
    ours = re.compile("\x1b\\[[0-9;]*m")
    assert "\x1b" not in (ours.sub("", printed(name)) if "terminal" in name else printed(name))


def test_a_colour_of_a_document_is_spelled_out() -> None:
    assert safe("a\x1b[31mb\u202ec\x07\r\nd") == "a\\x1b[31mb\\u202ec\\x07 d"


def test_marketing_is_named_only_where_it_is_the_only_evidence() -> None:
    found = json.loads(printed("audit.json"))["documents"][0]["findings"]
    assert [[item["source"] for item in finding["evidence"]] for finding in found] == [
        ["review-1"],
        ["ad-1"],
        [],
        [],
    ]


def test_no_report_approves() -> None:
    for name in CASES:
        if name.startswith("audit"):
            assert not re.search(
                r"\b(all clear|approved|passed|looks good|no problems)\b", printed(name), re.I
            ), name


def _keys(value: object) -> set[str]:
    assert isinstance(value, dict)
    return set(value)


def test_the_audit_contract_has_every_field() -> None:
    report = json.loads(printed("audit.json"))
    assert _keys(report) >= {
        "schema",
        "tool",
        "as_of",
        "store",
        "read_as",
        "documents",
        "conflicts",
        "skipped",
        "summary",
    }
    document = report["documents"][0]
    assert _keys(document) >= {"path", "digest", "coverage", "assertions", "findings"}
    assert _keys(document["coverage"]) >= {"sentences", "on_topic", "read", "unread"}
    assert _keys(document["coverage"]["unread"][0]) >= {"start", "end", "line", "text"}
    place = {"start", "end", "line", "column", "end_line", "end_column", "text", "topic"}
    said = {
        "subject",
        "relation",
        "object",
        "value",
        "negated",
        "certainty",
        "qualifiers",
        "verdict",
        "claims",
    }
    assert _keys(document["assertions"][0]) >= place | said
    finding = {
        "rule",
        "name",
        "severity",
        "verdict",
        "scope",
        "message",
        "why",
        "suggestion",
        "evidence",
        "fingerprint",
    }
    for item in document["findings"]:
        assert _keys(item) >= place | finding
    assert document["findings"][-1]["scope"] == "document"
    assert {document["findings"][-1][name] for name in place - {"topic"}} == {None}
    assert _keys(document["findings"][0]["evidence"][0]) >= {
        "claim",
        "statement",
        "source",
        "kind",
        "passage",
    }
    conflict = json.loads(printed("conflicts.json"))["conflicts"][0]
    assert _keys(conflict) >= {
        "id",
        "rule",
        "kind",
        "topic",
        "severity",
        "status",
        "message",
        "sides",
        "because",
    }
    assert _keys(conflict["sides"][0]) >= {"claim", "statement", "standing", "passages"}
    assert _keys(conflict["sides"][0]["passages"][0]) >= {"source", "kind", "quote", "line"}
    assert report["conflicts"][0]["sides"][0]["path"] == "draft.md"
    assert _keys(report["summary"]) >= {
        "errors",
        "warnings",
        "notes",
        "documents",
        "conflicts",
        "not_comparable",
    }


def test_offsets_point_at_the_words() -> None:
    for item in json.loads(printed("audit.json"))["documents"][0]["findings"]:
        if item["start"] is not None:
            assert made.TEXT[item["start"] : item["end"]] == item["text"]

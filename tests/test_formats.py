"""Formats of an audit for other tools: hostile drafts stay text, SARIF fits its schema, all tell the same."""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import made
from ketakb.app import AuditOptions, audit_documents, check_store
from ketakb.reports import github, jsonl, markdown, sarif
from ketakb.reports.options import ReportOptions
from ketakb.results import AuditReport, DocumentReport, Finding, Silence, Silenced
from ketakb.store.locate import default_store
from ketakb.text import Span

ROOT = Path(__file__).parents[1]
OPTIONS = ReportOptions(version="0.1.0", notes=True)
HOSTILE = (
    "<script>alert(1)</script> [x](http://evil.example) @everyone #12 `code` **b** | a\r\n"
    "::error file=x::boo %0A \x1b[31m {0} http://evil.example www.evil.example ```"
)
_REGION = {
    "type": "object",
    "properties": {
        "startLine": {"type": "integer", "minimum": 1},
        "startColumn": {"type": "integer", "minimum": 1},
        "endLine": {"type": "integer", "minimum": 1},
        "endColumn": {"type": "integer", "minimum": 1},
        "charOffset": {"type": "integer", "minimum": 0},
        "charLength": {"type": "integer", "minimum": 0},
        "snippet": {"$ref": "#/$defs/text"},
    },
    "additionalProperties": False,
}
_LOCATION = {
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": {"$ref": "#/$defs/text"},
        "logicalLocations": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {
                        "uri": {"type": "string", "pattern": r"^[A-Za-z0-9%/._~:-]+$"},
                        "index": {"type": "integer", "minimum": 0},
                    },
                    "additionalProperties": False,
                },
                "region": _REGION,
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
_LEVELS = {"enum": ["none", "note", "warning", "error"]}
SUBSET = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {"text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}},
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "shortDescription", "fullDescription", "help"],
                                            "properties": {
                                                "help": {"$ref": "#/$defs/text"},
                                                "defaultConfiguration": {"properties": {"level": _LEVELS}},
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "invocations": {"items": {"required": ["executionSuccessful"]}},
                    "artifacts": {"items": {"properties": {"location": {"required": ["uri"]}}}},
                    "properties": {"type": "object"},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "kind": {"enum": ["fail", "informational"]},
                                "level": _LEVELS,
                                "message": {"$ref": "#/$defs/text"},
                                "locations": {"type": "array", "items": _LOCATION},
                                "relatedLocations": {"type": "array", "items": _LOCATION},
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "suppressions": {
                                    "items": {
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                                            "justification": {"type": "string"},
                                            "properties": {"type": "object"},
                                        },
                                        "additionalProperties": False,
                                    }
                                },
                                "properties": {"type": "object"},
                            },
                            "additionalProperties": False,
                        },
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
"""What we write of SARIF 2.1.0, checked by hand against the schema of OASIS.

KETAKB_SARIF_SCHEMA names a file with the whole schema (the npm package @microsoft/jest-sarif has it), which
is then checked against too.
"""


def hostile() -> AuditReport:
    finding = replace(
        made.FINDINGS[0],
        message=f"It says: {HOSTILE}",
        suggestion=HOSTILE,
        span=Span(0, len(HOSTILE)),
        evidence=(replace(made.FINDINGS[0].evidence[1], title=HOSTILE, link="javascript:alert(1)"),),
        related=(),
    )
    kept = Silenced(
        finding, Silence("decision", HOSTILE, "decisions.yaml:3", "false-alarm", "Ed", "2026-01-01")
    )
    document = replace(
        made.DOCUMENT, path="a,b::c\n%.md", text=HOSTILE, findings=(finding,), silenced=(kept,), judged=()
    )
    return made.audit_report(document)


@pytest.fixture(scope="module")
def example() -> AuditReport:
    store, _ = check_store(default_store(), "2026-11-21")
    text = (ROOT / "examples" / "clinic-post.md").read_text(encoding="utf-8")
    return audit_documents(store, [("examples/clinic-post.md", text)], AuditOptions("2026-11-21"))


def printed(module: Any, report: AuditReport, options: ReportOptions = OPTIONS) -> str:
    stream = io.StringIO()
    module.write(report, made.STORE, stream, options)
    return stream.getvalue()


def valid(text: str) -> dict[str, Any]:
    found = json.loads(text)
    jsonschema.validate(found, SUBSET)
    if whole := os.environ.get("KETAKB_SARIF_SCHEMA"):
        jsonschema.validate(found, json.loads(Path(whole).read_text(encoding="utf-8")))
    return dict(found["runs"][0])


@pytest.mark.parametrize(
    "report", [made.DRAFTS, made.WHOLE_STORE, hostile()], ids=["drafts", "store", "hostile"]
)
def test_sarif_fits_its_schema(report: AuditReport) -> None:
    run = valid(printed(sarif, report))
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_of_the_example_draft(example: AuditReport) -> None:
    run = valid(printed(sarif, example))
    text = example.documents[0].text
    assert len(run["results"]) == len(example.documents[0].findings)
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"].get("region")
        if region:
            start = region["charOffset"]
            assert text[start : start + region["charLength"]] == region["snippet"]["text"]
            lines = text.split("\n")
            assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(
                region["snippet"]["text"].split("\n")[0]
            )
        assert result["partialFingerprints"][sarif.FINGERPRINT]


def test_sarif_keeps_what_was_silenced_as_suppressions() -> None:
    results = valid(printed(sarif, hostile()))["results"]
    assert [len(result.get("suppressions", ())) for result in results] == [0, 1]
    told = results[1]["suppressions"][0]
    assert told["kind"] == "external" and told["justification"].startswith("false-alarm by Ed on 2026-01-01")


def test_sarif_of_a_word_file_names_the_place_and_no_line() -> None:
    document = replace(made.DOCUMENT, path="Über uns.docx", places=((0, "Hope, paragraph 1"),))
    result = valid(printed(sarif, made.audit_report(document)))["results"][0]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["locations"][0]["logicalLocations"] == [{"name": "Hope, paragraph 1"}]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%C3%9Cber%20uns.docx"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("-", "stdin"),
        ("./a b.md", "a%20b.md"),
        ("/x/y.md", "file:///x/y.md"),
        ("C:\\d.md", "file:///C:%5Cd.md"),
    ],
)
def test_paths_as_uris(path: str, uri: str) -> None:
    assert sarif.uri(path) == uri


def test_a_line_per_document_and_one_for_all(example: AuditReport) -> None:
    lines = [json.loads(line) for line in printed(jsonl, made.DRAFTS).split("\n")[:-1]]
    assert [line["schema"] for line in lines] == [jsonl.DOCUMENT] * 3 + [jsonl.SUMMARY]
    assert lines[-1]["summary"]["errors"] == 1
    strange = replace(made.CLEAN, path="a\u2028b\x85c.md")
    assert len(printed(jsonl, made.audit_report(strange)).splitlines()) == 2


def test_annotations_cannot_be_broken_out_of() -> None:
    out = printed(github, hostile())
    assert out.count("\n") == 2  # one command, and how far it was read
    command, read = out.splitlines()
    assert command.startswith(
        "::error file=a%2Cb%3A%3Cc".replace("%3C", "%3A") + " %25.md,line=1,endLine=2,title="
    )
    assert read.startswith("ketakb: ")
    assert "\x1b" not in out and "%250A" in out


def test_annotations_of_one_line_have_columns() -> None:
    first = printed(github, made.DRAFTS).splitlines()[0]
    assert first.startswith(
        "::error file=draft.md,line=3,col=1,endColumn=35,title=KB201 opposite-direction::The text"
    )
    assert len(printed(github, made.DRAFTS, replace(OPTIONS, notes=False, quiet=True)).splitlines()) == 3


def test_a_comment_shows_hostile_text_as_it_is() -> None:
    out = printed(markdown, hostile(), replace(OPTIONS, show_ignored=True))
    assert "<script" not in out and "javascript:" not in out
    assert not re.search(r"@\w|(?<!&)#\d|://|www\.|(?<!\\)\[x\]|(?<!\\)\*\*b", out)
    assert "\\`code\\`" in out and "`a,b::c %.md`" in out
    assert all(not line.startswith("::") for line in out.splitlines())


def test_a_comment_renders_to_the_words_of_the_draft() -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
    html = parser.render(printed(markdown, hostile()))
    assert "<script" not in html and 'evil.example"' not in html and "<table" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](http://evil.example)" in html


def test_code_spans_of_names_with_backticks() -> None:
    assert markdown.code("a``b") == "``` a``b ```"
    assert markdown.escaped("1. a") == "1\\. a"
    assert markdown.escaped("- a") == "\\- a"


def test_all_formats_tell_the_same_findings_of_the_example(example: AuditReport) -> None:
    findings: tuple[Finding, ...] = example.documents[0].findings
    assert len(findings) > 5
    assert printed(github, example).count("::KB".replace("::", "title=")) == len(findings)
    assert printed(markdown, example).count("\n- **") == len(findings)
    assert len(json.loads(printed(jsonl, example).splitlines()[0])["findings"]) == len(findings)
    for module in (github, markdown):
        assert not re.search(r"\b(all clear|approved by|passed|looks good)\b", printed(module, example), re.I)


def test_a_clean_page_is_never_called_right() -> None:
    clean: DocumentReport = made.CLEAN
    told = printed(markdown, made.audit_report(clean, made.FOREIGN))
    assert "No conflict in what was read: 14 of 22 on-topic sentences were read." in told
    assert "nothing was compared" in told

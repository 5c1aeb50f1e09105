"""Every case of tests/cases, against the store that ships."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cases_format import Case, read_cases
from ketakb.app import AuditOptions, audit_documents, check_store
from ketakb.extract.compiled import compile_store
from ketakb.extract.lexicon import Lexicon
from ketakb.model import Store
from ketakb.store.locate import default_store
from ketakb.text import LineIndex

CASES = [case for path in sorted((Path(__file__).parent / "cases").glob("*.md")) for case in read_cases(path)]
AS_OF = "2026-11-21"


@pytest.fixture(scope="session")
def store() -> Store:
    return check_store(default_store(), AS_OF)[0]


@pytest.fixture(scope="session")
def lexicon(store: Store) -> Lexicon:
    return compile_store(store)


def found(store: Store, lexicon: Lexicon, case: Case) -> str:
    options = AuditOptions(
        case.options.get("as_of", AS_OF), case.options.get("kind", "editorial"), case.options.get("jurisdiction")
    )
    document = audit_documents(store, [("draft.md", case.draft)], options, lexicon).documents[0]
    index = LineIndex(case.draft)
    lines = []
    for finding in document.findings:
        if finding.severity == "note" and case.kind == "findings":
            continue
        if finding.span is None:
            lines.append(f"document {finding.rule} {finding.severity}")
            continue
        place = index.position(finding.span.start)
        words = " ".join(case.draft[finding.span.start : finding.span.end].split())
        lines.append(f'{place.line}:{place.column} {finding.rule} {finding.severity} "{words}"')
    return "".join(line + "\n" for line in lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.stem}: {case.name}")
def test_case(store: Store, lexicon: Lexicon, case: Case) -> None:
    got = found(store, lexicon, case)
    if os.environ.get("KETAKB_REWRITE") and got != case.expected:
        text = case.path.read_text(encoding="utf-8")
        fresh = next(c for c in read_cases(case.path) if c.name == case.name and c.draft == case.draft)
        case.path.write_text(text[: fresh.span[0]] + got + text[fresh.span[1] :], encoding="utf-8")
        return
    assert got == case.expected


def test_there_are_cases() -> None:
    assert len(CASES) > 20

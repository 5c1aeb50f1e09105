"""Copy that does not speak of the store's subject is left alone: general prose and the project's own pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketakb.app import AuditOptions, audit_documents, check_store
from ketakb.model import Store
from ketakb.store.locate import default_store

HERE = Path(__file__).parent
ROOT = HERE.parent
OPTIONS = AuditOptions("2026-11-21")
PROSE = sorted((HERE / "data" / "prose").glob("*.md"))
OWN = [ROOT / "CONTRIBUTING.md", ROOT / "LICENSE"]


@pytest.fixture(scope="module")
def store() -> Store:
    return check_store(default_store(), OPTIONS.as_of)[0]


@pytest.mark.parametrize("path", [*PROSE, *OWN], ids=lambda path: path.name)
def test_other_subjects_are_silent(store: Store, path: Path) -> None:
    document = audit_documents(store, [(path.name, path.read_text(encoding="utf-8"))], OPTIONS).documents[0]
    assert [(f.rule, f.message) for f in document.findings] == []


def test_the_readme_raises_no_alarm(store: Store) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    document = audit_documents(store, [("README.md", text)], OPTIONS).documents[0]
    assert [(f.rule, f.message) for f in document.findings if f.severity != "note"] == []


def test_there_are_ten_pages() -> None:
    assert len(PROSE) >= 10

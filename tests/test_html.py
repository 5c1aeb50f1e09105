"""The review page: whole, self-contained, and nothing of a draft can act on it."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest

from ketakb.app import AuditOptions, audit_documents, audit_store
from ketakb.model import Store
from ketakb.reports.html.page import write
from ketakb.reports.options import ReportOptions
from ketakb.store.load import load_store
from ketakb.store.locate import default_store

HOSTILE = (
    "# <script>alert(1)</script> Ketamine\n\n"
    'Ketamine stimulates NMDA receptors <img src=x onerror="alert(2)"> </style><script>alert(3)</script>.\n\n'
    "[Ketamine has no side effects](javascript:alert(4)) \u202e evil \u2066.\n"
)
VOID = {"meta", "br", "hr", "img", "input", "link", "line", "rect", "circle", "path"}


class Checker(HTMLParser):
    """Holds that elements are nested and closed, and gathers what could load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.scripts = 0
        self.risky: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        for name, value in attrs:
            loads = name in ("src", "srcset", "data", "poster") or (tag == "link" and name == "href")
            if name.startswith("on") or loads or (value or "").lower().startswith(("javascript:", "data:")):
                self.risky.append((tag, name))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open and self.open.pop() == tag


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(default_store())[0]


def page(store: Store, text: str | None) -> str:
    options = AuditOptions("2026-11-21")
    report = audit_documents(store, [("draft.md", text)], options) if text else audit_store(store, options)
    stream = io.StringIO()
    write(report, store, stream, ReportOptions())
    return stream.getvalue()


def checked(html: str) -> Checker:
    checker = Checker()
    checker.feed(html)
    checker.close()
    return checker


def test_nothing_of_a_draft_acts_on_the_page(store: Store) -> None:
    html = page(store, HOSTILE)
    checker = checked(html)
    assert (checker.open, checker.scripts, checker.risky) == ([], 1, [])
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert "default-src &#x27;none&#x27;" in html or "default-src 'none'" in html


def test_the_draft_is_marked_and_explained(store: Store) -> None:
    html = page(store, "Ketamine stimulates NMDA receptors. It is given in a clinic.\n")
    assert "<mark" in html
    assert "Ketamine blocks (antagonises) NMDA receptors." in html
    assert "approves nothing" in html


def test_the_page_of_the_store_is_whole(store: Store) -> None:
    checker = checked(page(store, None))
    assert (checker.open, checker.scripts, checker.risky) == ([], 1, [])

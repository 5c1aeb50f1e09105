"""Citing: sources for what cites nothing, and cited sources that say otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ketakb.app import AuditOptions, audit_documents
from ketakb.cli.main import main
from ketakb.model import Store
from ketakb.results import DocumentReport
from ketakb.rules.references import find_references, keys_of
from ketakb.store.load import load_store
from ketakb.store.locate import default_store

LABEL = "https://pfizermedicalinformation.com/ketamine/clinical-pharmacology"
RIGHT, WRONG = "Ketamine blocks NMDA receptors", "Ketamine stimulates NMDA receptors"


@pytest.fixture(scope="module")
def store() -> Store:
    return load_store(default_store())[0]


def audited(store: Store, text: str, cite: bool = True) -> DocumentReport:
    options = AuditOptions("2026-11-22", "editorial", "US", cite)
    return audit_documents(store, [("draft.md", text)], options).documents[0]


def cites(store: Store, text: str) -> list[str]:
    return [j.cite.source for j in audited(store, text).judged if j.cite is not None]


def reported(store: Store, text: str) -> list[str]:
    found = audited(store, text, cite=False).findings
    return [text[f.span.start : f.span.end] for f in found if f.rule == "KB213" and f.span]


def test_a_supported_sentence_without_a_source_gets_one(store: Store) -> None:
    found = cites(store, f"{RIGHT}.\n")
    assert found
    source = store.sources[found[0]]
    assert not store.is_weak(source.kind)
    assert cites(store, f"{WRONG}.\n") == []


@pytest.mark.parametrize(
    "text",
    [
        f"{RIGHT} ([study](https://example.org/x)).",
        f"{RIGHT} [3].",
        f"{RIGHT}.[3] More.",
        f"{RIGHT}.[2, 4-6]",
        f"{RIGHT}.[^note]",
        f"{RIGHT}.¹²",
        f"{RIGHT} (doi:10.1000/abc).",
        f"{RIGHT} (Zanos et al., 2018).",
        f"{RIGHT} (Domino 2010).",
        f"{RIGHT}. (PMID: 12345678)",
        f"{RIGHT} <sup>3</sup>.",
        f"{RIGHT} [a study][ref].\n\n[ref]: https://example.org/x",
        f"# {RIGHT}\n",
    ],
)
def test_a_sentence_that_cites_is_left_alone(store: Store, text: str) -> None:
    assert cites(store, text + "\n") == []


@pytest.mark.parametrize(
    "text",
    [
        f"{RIGHT}. Its half-life is short [3].",
        f"The trial of Dr Smith (see below) was long [3]. {RIGHT}.",
        f"{RIGHT} (since 1990 or so, in 2010 too).",
        f"[3] {RIGHT}.",
    ],
)
def test_a_neighbour_s_citation_does_not_count(store: Store, text: str) -> None:
    assert cites(store, text + "\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{WRONG} ({LABEL}).", LABEL),
        (f"{WRONG} [as shown]({LABEL}/?utm_source=x).", f"{LABEL}/?utm_source=x"),
        (f"{WRONG}. ({LABEL})", LABEL),
        (f"{WRONG}.[^1]\n\n[^1]: See {LABEL}.", "[^1]"),
        (f"{WRONG} [the label][l].\n\n[l]: {LABEL}", "l"),
        (f"{WRONG} [2].\n\n## References\n\n1. Other, https://example.org\n2. Pfizer. {LABEL}", "[2]"),
        (f"{WRONG} (http://www.{LABEL.partition('//')[2]}#top).", None),
    ],
)
def test_a_cited_source_that_says_otherwise_is_reported(store: Store, text: str, place: str | None) -> None:
    found = reported(store, text + "\n")
    assert len(found) == 1
    assert place is None or found == [place]


@pytest.mark.parametrize(
    "text",
    [
        f"{RIGHT} ({LABEL}).",
        f"{WRONG} (https://example.org/unknown).",
        f"{WRONG}. Its label is long ({LABEL}).",
        f"The label is long ({LABEL}). {WRONG}.",
        f"{WRONG}.[^2]\n\n[^1]: See {LABEL}.",
        f"Does ketamine stimulate NMDA receptors ({LABEL})?",
        f"Ketamine raises blood pressure ({LABEL}).",
    ],
)
def test_other_citations_are_not(store: Store, text: str) -> None:
    assert reported(store, text + "\n") == []


def test_keys_do_not_depend_on_how_a_reference_is_written() -> None:
    assert keys_of("https://doi.org/10.1000/ABC") & keys_of("10.1000/abc")
    assert keys_of("http://www.example.org/a/") == keys_of("https://example.org/a#b")
    assert keys_of("https://pubmed.ncbi.nlm.nih.gov/12345/") & keys_of("PMID 12345")
    assert keys_of("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/") & keys_of(
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC12345"
    )


def test_links_are_cut_where_the_sentence_goes_on() -> None:
    text = "See (https://example.org/a_(b)), doi 10.1000/x(y)z. And [https://example.org/c](https://example.org/d)."
    spans = [text[one.span.start : one.span.end] for one in find_references(text).found]
    assert spans == ["https://example.org/a_(b)", "10.1000/x(y)z", "https://example.org/c"]


def test_a_long_line_of_links_is_read_in_time() -> None:
    assert len(find_references("https://example.org/a) " * 20_000).found) == 20_000
    assert find_references("(" * 200_000 + "[" * 200_000).found == []


def test_the_reports_tell_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f"{RIGHT}. {WRONG} ({LABEL}).\n", encoding="utf-8")
    assert main(["audit", str(draft), "--cite"]) == 1
    out = capsys.readouterr().out
    assert f"{draft}:1:1: cite " in out
    assert "warning KB213 cited-source-disagrees" in out
    main(["audit", str(draft), "--cite", "--format", "json"])
    document = json.loads(capsys.readouterr().out)["documents"][0]
    given = [one["cite"] for one in document["assertions"]]
    assert set(next(one for one in given if one)) == {"source", "claim", "citation", "link"}
    main(["audit", str(draft), "--format", "json"])
    document = json.loads(capsys.readouterr().out)["documents"][0]
    assert [one["cite"] for one in document["assertions"]] == [None] * len(given)

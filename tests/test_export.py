"""Citations: one line to paste, CSL-JSON and BibTeX that other programs read."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from ketakb.cli.main import main
from ketakb.model import Source
from ketakb.reports import bibtex, csl_json
from ketakb.reports.citation import citation
from ketakb.store.load import load_store
from ketakb.store.locate import default_store

ARTICLE = Source(
    "some-2018",
    "Ketamine & {glutamate}: 50% of_it",
    "trial",
    publisher="Journal of A_B",
    url="https://example.org/a_b?c=1&d=2",
    doi="10.1000/x_(y)",
    pmid="123",
    published="2018-03",
    retracted=True,
)
PAGE = Source("page", "What is it?", "marketing", publisher="A clinic.", url="https://example.org/")
CSL_TYPES = {"article-journal", "article-newspaper", "legislation", "webpage", "document"}


def printed(write: object, *sources: Source) -> str:
    stream = io.StringIO()
    write(sources, stream)  # type: ignore[operator]
    return stream.getvalue()


def test_a_citation_is_one_line() -> None:
    assert citation(ARTICLE) == (
        "Ketamine & {glutamate}: 50% of_it. Journal of A_B, 2018. [Retracted] https://doi.org/10.1000/x_(y)"
    )
    assert citation(PAGE) == "What is it? A clinic. https://example.org/"
    assert citation(Source("x", "Title", "label")) == "Title."


def test_csl_json_has_the_types_and_dates_of_its_schema() -> None:
    (item,) = json.loads(printed(csl_json.write, ARTICLE))
    assert item == {
        "id": "some-2018",
        "type": "article-journal",
        "title": "Ketamine & {glutamate}: 50% of_it",
        "container-title": "Journal of A_B",
        "issued": {"date-parts": [[2018, 3]]},
        "DOI": "10.1000/x_(y)",
        "PMID": "123",
        "URL": "https://example.org/a_b?c=1&d=2",
        "note": "Retracted",
    }
    (law,) = json.loads(printed(csl_json.write, replace(PAGE, kind="statute")))
    assert law["type"] == "legislation"


def test_bibtex_is_escaped() -> None:
    text = printed(bibtex.write, ARTICLE, PAGE)
    assert text.startswith("@article{some-2018,\n")
    assert r"title = {{Ketamine \& {\textbraceleft}glutamate{\textbraceright}: 50\% of\_it}}," in text
    assert r"journal = {Journal of A\_B}," in text
    assert "month = mar," in text
    assert "doi = {10.1000/x_(y)}," in text
    assert "\n\n@misc{page,\n" in text
    assert bibtex.escaped("a\\b~c^d\n e") == (r"a{\textbackslash}b{\textasciitilde}c{\textasciicircum}d e")


def entries(text: str) -> dict[str, dict[str, str]]:
    """Read BibTeX by its braces."""
    found: dict[str, dict[str, str]] = {}
    for kind, key, body in re.findall(r"@(\w+)\{([^,\s]+),\n(.*?)\n\}\n", text, re.DOTALL):
        fields = dict(re.findall(r"^  (\w+) = (.*),$", body, re.MULTILINE))
        assert kind in ("article", "misc")
        assert key not in found
        for value in fields.values():
            depth = 0
            for at, letter in enumerate(value):
                depth += (letter == "{") - (letter == "}")
                assert depth > 0 or at == len(value) - 1 or value.isalpha(), value
            assert depth == 0, value
        found[key] = fields
    return found


def test_every_source_of_the_store_that_ships_is_exported(capsys: pytest.CaptureFixture[str]) -> None:
    store, _ = load_store(default_store())
    assert main(["export", "--format", "bibtex"]) == 0
    assert set(entries(capsys.readouterr().out)) == set(store.sources)
    assert main(["export", "--format", "csl-json"]) == 0
    items = json.loads(capsys.readouterr().out)
    assert {item["id"] for item in items} == set(store.sources)
    assert {item["type"] for item in items} <= CSL_TYPES


def test_some_sources_and_an_unknown_one(capsys: pytest.CaptureFixture[str]) -> None:
    store, _ = load_store(default_store())
    first, second = list(store.sources)[:2]
    assert main(["export", "--source", first, "--source", second]) == 0
    assert [item["id"] for item in json.loads(capsys.readouterr().out)] == [first, second]
    assert main(["export", "--source", "nobody"]) == 2
    assert "`ketakb sources` lists them" in capsys.readouterr().err


def test_search_and_show_print_a_citation(capsys: pytest.CaptureFixture[str]) -> None:
    store, _ = load_store(Path(default_store()))
    claim = next(c for c in store.claims.values() if c.standing == "accepted" and c.passages)
    cited = citation(store.sources[claim.passages[0].source])
    assert main(["show", claim.id]) == 0
    assert cited in capsys.readouterr().out
    assert main(["show", claim.passages[0].source]) == 0
    assert cited in capsys.readouterr().out
    assert main(["search", claim.statement, "--limit", "5"]) == 0
    out = capsys.readouterr().out
    assert any(citation(source) in out for source in store.sources.values())
    assert main(["search", claim.statement, "--limit", "1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["passages"][0]["citation"]

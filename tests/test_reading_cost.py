"""What reading costs, as counted work: gates that leave nothing out, and input of any size or shape."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cases_format import read_cases
from counted import grows
from ketakb.app import AuditOptions, audit_documents, check_store, read_as
from ketakb.compare import within
from ketakb.extract import document as document_reading
from ketakb.extract.compiled import compile_store
from ketakb.extract.document import read_document
from ketakb.extract.gate import Gate
from ketakb.extract.lexicon import Lexicon
from ketakb.extract.recent import Recent
from ketakb.extract.show import parsed
from ketakb.language.quantities import find_quantities
from ketakb.language.quantity_signs import signs_in, signs_of
from ketakb.language.quantity_words import words
from ketakb.language.sentences import split_sentences
from ketakb.language.tokens import tokenize
from ketakb.model import Store
from ketakb.store.locate import default_store

_OPTIONS = AuditOptions("2026-11-21")
_KINDS = {
    **dict.fromkeys(("second", "minute", "hour", "day", "week", "month", "year", "speed"), "time"),
    **dict.fromkeys(("mg", "mg/kg", "mcg", "ml"), "mass"),
    "percent": "share",
}
_SAID = "Ketamine blocks NMDA receptors and eases depression within hours, but it does not block AMPA receptors. "


@pytest.fixture(scope="module")
def store() -> Store:
    return check_store(default_store(), "2026-11-21")[0]


@pytest.fixture(scope="module")
def lexicon(store: Store) -> Lexicon:
    return compile_store(store)


def test_the_gate_leaves_out_no_frame_that_fits(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = sorted((Path(__file__).parent / "cases").glob("*.md"))
    drafts = [case.draft for page in pages for case in read_cases(page)][::3]
    documents = [read_as("draft.md", draft) for draft in drafts]
    gated = [read_document(lexicon, document) for document in documents]
    monkeypatch.setattr(Gate, "fitting", lambda gate, concepts: tuple(range(len(lexicon.frames))))
    for document, reading in zip(documents, gated, strict=True):
        open_ = read_document(lexicon, document)
        assert (reading.readings, reading.coverage) == (open_.readings, open_.coverage), document.text


def test_no_frame_that_says_something_is_told_unpromising(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = sorted((Path(__file__).parent / "cases").glob("*.md"))
    by_page = [[case.draft for case in read_cases(page)] for page in pages]
    drafts = [draft for page in by_page for draft in page[::4]]
    # one after the other, so that what is spoken of before, answers and echoes count
    drafts += ["\n\n".join(page[1::4]) for page in by_page] + [" ".join(page[2::4]) for page in by_page]
    documents = [read_as("draft.md", draft) for draft in drafts]
    told = [read_document(lexicon, document) for document in documents]
    monkeypatch.setattr(document_reading, "promising", lambda lexicon, discourse, sentence, frames: (frames, []))
    for document, reading in zip(documents, told, strict=True):
        assert reading == read_document(lexicon, document), document.text


def test_every_quantity_has_a_sign_of_its_kind() -> None:
    lists, chance = words(), random.Random(5)
    vocabulary = [*lists.cardinals, *lists.tens, *lists.scales, *lists.fractions, *lists.rates, *lists.multiples]
    tables = (lists.units, lists.fixed, lists.vague)
    vocabulary += [" ".join(phrase) for table in tables for phrase, _ in table.entries()]
    vocabulary += ["a", "an", "the", "of", "in", "to", "or", "per", "every", "each", "half"]
    vocabulary += ["20", "3.5", "1,200", "%", "-"]
    for _ in range(3000):
        tokens = tokenize(" ".join(chance.choice(vocabulary) for _ in range(chance.randint(1, 9))))
        for quantity in find_quantities(tokens):
            kind = "rate" if quantity.per_week else _KINDS.get(quantity.unit, "")
            own = tokens[quantity.first : quantity.last]
            assert not kind or not signs_of(kind).isdisjoint(signs_in(own)), (kind, [t.text for t in tokens])


def test_the_same_words_are_read_alike_wherever_they_stand(store: Store, lexicon: Lexicon) -> None:
    text = f"# Ketamine\n\n{_SAID}\n\nParking is free.\n\n{_SAID}\n"
    fresh = audit_documents(store, [("a.md", text)], _OPTIONS, compile_store(store)).documents[0]
    again = audit_documents(store, [("a.md", text)] * 2, _OPTIONS, lexicon).documents[1]
    assert fresh == again
    spans = [judged.reading.span for judged in fresh.judged]
    assert len({text[span.start : span.end] for span in spans}) < len(spans)


def test_kept_sentences_are_bounded() -> None:
    recent: Recent[int] = Recent(1000)
    for number in range(1000):
        recent.put(f"{number:010}", number)
    known = [number for number in range(1000) if recent.get(f"{number:010}") is not None]
    assert known[-1] == 999
    assert len(known) <= 100


def test_what_is_read_of_a_sentence_shares_its_places(lexicon: Lexicon) -> None:
    readings = read_document(lexicon, read_as("a.md", "Ketamine works within 2 hours.")).readings
    spans = [span for reading in readings for _, span in (("", reading.span), *reading.triggers)]
    kept = {id(span) for reading in readings for _, span in reading.triggers}
    assert len(readings) > 1 and len(spans) > len(set(spans))
    assert len(kept) == len({span for reading in readings for _, span in reading.triggers})


def test_what_has_no_end_is_cut() -> None:
    text = "ketamine and its effects, " * 2000 + "x" * 9000
    spans = split_sentences(text)
    assert max(span.end - span.start for span in spans) <= 1500
    assert re.sub(r"\s", "", "".join(text[s.start : s.end] for s in spans)) == re.sub(r"\s", "", text)


def test_figures_of_a_list_are_compared_a_bounded_number_of_times(
    store: Store, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [0]
    compare = within.compare

    def counted(*args: object, **options: object) -> object:
        calls[0] += 1
        return compare(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(within, "compare", counted)
    counts = []
    for size in (400, 800):
        calls[0] = 0
        text = "".join(f"- Ketamine works within {number} hours.\n" for number in range(2, size))
        audit_documents(store, [("a.md", text)], _OPTIONS, lexicon)
        counts.append(calls[0])
    assert counts[0] > 0
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", _SAID * 300),
        ("a.txt", _SAID.replace(".", "") * 200),
        ("a.txt", "ketamine " * 4000),
        ("a.txt", "ketamine" * 4000),
        ("a.txt", "ketamine, " * 3000),
        ("a.txt", "ketamine-" * 3000),
        ("a.txt", "not and no effect of it is " * 1000),
        ("a.txt", "1 to 2 " * 4000),
        ("a.txt", "." * 40_000),
        ("a.txt", "(" * 4000 + "ketamine blocks NMDA" + ")" * 4000),
        ("a.md", "[" * 4000),
        ("a.md", "*a **b " * 3000),
        ("a.md", "`a ``b " * 3000),
        ("a.md", ">" * 400 + " Ketamine blocks NMDA receptors.\n"),
        ("a.md", "".join(" " * (2 * level) + "- x\n" for level in range(150))),
        ("a.md", "| a | b |\n|---|---|\n" + "| ketamine | within 2 hours |\n" * 500),
        ("a.md", "- 30 percent of patients responded to ketamine.\n" * 500),
        ("a.html", "<div>" * 4000 + _SAID),
        ("a.html", "<p " * 4000),
    ],
)
def test_odd_shapes_are_read_to_the_end(store: Store, lexicon: Lexicon, path: str, text: str) -> None:
    report = audit_documents(store, [(path, text)], _OPTIONS, lexicon).documents[0]
    assert report.coverage.read <= report.coverage.on_topic <= report.coverage.sentences


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("a.md", lambda size: _SAID * size),
        ("a.txt", lambda size: _SAID.replace(".", "") * size),
        ("a.txt", lambda size: "ketamine, " * 20 * size),
        ("a.md", lambda size: "".join(f"- Ketamine works within {number} hours.\n" for number in range(3 * size))),
        ("a.md", lambda size: "| a | b |\n|---|---|\n" + "| ketamine | within 2 hours |\n" * 3 * size),
        ("a.html", lambda size: "<html><body>" + f"<p>{_SAID}</p>\n" * size),
        ("a.txt", lambda size: "ketamine " * 30 * size),
        ("a.txt", lambda size: "two hundred and " * 50 * size),
        ("a.md", lambda size: "*a **b " * 50 * size),
        ("a.md", lambda size: "[a](b " * 50 * size),
        ("a.md", lambda size: "> " * 200 * size + "\n"),
        ("a.html", lambda size: "<a b='" * 50 * size),
        ("a.html", lambda size: "<table><tr><td>a" * 10 * size),
    ],
    ids=[
        *("one-line", "no-stops", "commas", "items", "table", "html", "one-word", "counts"),
        *("stars", "brackets", "quotes", "html-unclosed", "html-tables"),
    ],
)
def test_text_twice_as_long_costs_twice(
    store: Store, lexicon: Lexicon, path: str, make: Callable[[int], str]
) -> None:
    assert grows(lambda size: audit_documents(store, [(path, make(size))], _OPTIONS, lexicon), 40) < 2.1
    assert grows(lambda size: parsed(lexicon, path, read_as(path, make(size))), 40) < 2.1


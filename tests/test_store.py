"""Loading stores: values, layers, problems with their places, reviews, schemas."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml

from ketakb.assertion import Phase, TimeRef, Value
from ketakb.errors import StoreError
from ketakb.model import Problem, Store
from ketakb.store.integrity import check
from ketakb.store.load import load_store
from ketakb.store.locate import default_store, is_packaged, resolve_store
from ketakb.store.quotes import QuotableText
from ketakb.store.review import fingerprint, suspect
from ketakb.store.rules import RULES
from ketakb.store.schema import rendered, schemas
from ketakb.text import Span

ROOT = Path(__file__).parents[1]
STORE = """\
name: fruit
title: Fruit
subject: apple
kinds: [study, leaflet]
weak_from: leaflet
"""
VOCABULARY = """\
entities:
  apple: {label: apple, kind: drug, names: [apple, (red|green) apple]}
  cough: {label: cough, kind: condition, names: cough}
relations:
  eases: {label: eases, polarity: 1, opposite: worsens, classes: [lower]}
  worsens: {label: worsens, polarity: -1, opposite: eases}
scales:
  evidence: [weak, strong]
"""
TOPICS = """\
effect/cough:
  title: Cough
  question: Does apple ease cough?
  comparator: direction
  settings: {subjects: family, scale: evidence, tolerance: 0.5}
  needs: [subject, relation, object]
  frames:
    - {id: f1, subject: apple, relation: [eases, worsens], object: cough, having: [[en:most, cough], apple]}
    - {subject: apple, value: {unit: time, role: a}, negated: false, gives: {relation: eases, object: cough}}
"""
CLAIMS = """\
- id: eases-cough
  topic: effect/cough
  statement: Apple eases cough.
  assert:
    subject: apple
    relation: eases
    object: [cough]
    value: {low: null, high: 12, unit: hour, approx: true}
    time: {from: 2019, relative: recent}
    phases: [{from: 1, to: 4, rate: 2}, {from: 5, rate: [1, 2]}]
    qualifiers: {evidence: strong, dose: [low, high]}
  standing: accepted
  because: It was tried.
  valid: {from: 2019-03-05}
  passages:
    - {source: page, quote: "apple's juice - it works"}
    - {source: trial, says: it eases, locator: abstract}
  review: {by: project, on: 2026-01-01, review_by: 2027-01-01}
"""
PAGE = (
    "---\ntitle: Page\nkind: leaflet\ntext: verbatim\n---\n\n"
    "One line.\nWe say: apple’s\n   juice – it works.\n"
)
TRIAL = "---\ntitle: Trial\nkind: study\npublished: 2019\ntext: summary\n---\nIt eases cough.\n"


def write(folder: Path, **files: str) -> Path:
    """Write a store; `sources__page` is sources/page.md."""
    for name, text in files.items():
        suffix = ".md" if name.startswith("sources") else ".yaml"
        path = folder / (name.replace("__", "/") + suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def fruit(tmp_path: Path) -> Path:
    return write(
        tmp_path / "fruit",
        store=STORE,
        vocabulary=VOCABULARY,
        topics=TOPICS,
        claims=CLAIMS,
        sources__page=PAGE,
        sources__trial=TRIAL,
    )


def loaded(folder: Path) -> Store:
    store, problems = load_store(folder)
    assert problems == []
    return store


def lines(problems: list[Problem], folder: Path) -> list[str]:
    return [f"{Path(one.path).relative_to(folder)}:{one.line}:{one.column}:{one.rule}" for one in problems]


def test_a_store_is_unpacked(fruit: Path) -> None:
    store = loaded(fruit)
    claim = store.claims["eases-cough"]
    said = claim.assertion
    assert (said.topic, said.subject, said.relation, said.objects) == (
        "effect/cough",
        "apple",
        "eases",
        ("cough",),
    )
    assert said.value == Value(None, 12.0, "hour", None, True)
    assert said.time == TimeRef("2019", None, "recent")
    assert said.phases == (Phase(1, 4, 2, 2), Phase(5, None, 1, 2))
    assert said.qualifiers == (("dose", ("low", "high")), ("evidence", ("strong",)))
    assert (claim.line, claim.layer, claim.valid_from) == (1, "fruit", "2019-03-05")
    quoted, _ = claim.passages
    page = store.sources["page"]
    assert quoted.span is not None
    assert page.text[quoted.span.start : quoted.span.end] == "apple’s\n   juice – it works"
    assert (page.text_line, quoted.line, page.verbatim) == (7, 8, True)
    first, second = store.topics["effect/cough"].frames
    assert first.having == (("en:most", "cough"), ("apple",))
    assert second.id == "frame-2"
    assert second.gives == {"relation": "eases", "objects": ("cough",)}
    assert second.needs_negation is False
    assert store.digest.startswith("sha256:")
    assert store.entities["cough"].names == ("cough",)
    assert check(store, "2026-06-01") == []


def test_claims_may_be_spread_over_a_folder(fruit: Path) -> None:
    more = (
        "- {id: z, topic: effect/cough, statement: S.,\n"
        "   assert: {subject: apple, relation: eases, object: cough}}\n"
    )
    write(fruit, claims__b=more, claims__a=more.replace("id: z", "id: y"))
    assert list(loaded(fruit).claims) == ["eases-cough", "y", "z"]


def test_the_digest_follows_every_file(fruit: Path) -> None:
    before = loaded(fruit).digest
    assert loaded(fruit).digest == before
    write(fruit, sources__trial=TRIAL + "\nMore.\n")
    assert loaded(fruit).digest != before


BROKEN = [
    ("store", "kinds: [study, leaflet]", "kinds: []", "store.yaml:4:8:KB106", "at least 1"),
    ("store", "subject: apple", "subject: appel", "store.yaml:3:10:KB107", "did you mean `apple`?"),
    ("store", "weak_from: leaflet", "weak_from: flyer", "store.yaml:5:12:KB107", "kind of source"),
    ("store", "title: Fruit\n", "", "store.yaml:1:1:KB105", "`title` is missing"),
    ("vocabulary", "kind: drug", "knid: drug", "vocabulary.yaml:2:25:KB104", "did you mean `kind`?"),
    ("vocabulary", "kind: drug", "kind: drog", "vocabulary.yaml:2:31:KB106", "did you mean `drug`?"),
    ("vocabulary", "opposite: eases}", "polarity: 1}", "vocabulary.yaml:6:43:KB103", "stands twice"),
    ("vocabulary", ", opposite: eases}", "}", "vocabulary.yaml:5:3:KB116", "set `opposite` on both"),
    (
        "vocabulary",
        "names: cough}",
        "names: [x], broader: cough}",
        "vocabulary.yaml:3:3:KB117",
        "broader than itself",
    ),
    ("topics", "scale: evidence", "scale: evidense", "topics.yaml:5:39:KB107", "scale"),
    ("topics", "tolerance: 0.5", "tolerance: 50%", "topics.yaml:5:60:KB106", "without signs"),
    (
        "topics",
        "having: [[en:most, cough]",
        "having: [[en:most, coug]",
        "topics.yaml:8:94:KB107",
        "entity or relation",
    ),
    ("topics", "needs: [subject", "needs: [than, subject", "claims.yaml:5:5:KB109", "has no `than`"),
    (
        "claims",
        "topic: effect/cough",
        "topic: effect/couhg",
        "claims.yaml:2:10:KB107",
        "did you mean `effect/cough`?",
    ),
    ("claims", "topic: effect/cough", "topic: effect/cough\n  also: [x]", "claims.yaml:3:10:KB107", "`x`"),
    (
        "claims",
        "subject: apple",
        "subject: pear",
        "claims.yaml:5:14:KB107",
        "`pear` is not defined as an entity",
    ),
    ("claims", "unit: hour", "unit: hours", "claims.yaml:8:40:KB106", "did you mean `hour`?"),
    ("claims", "low: null, high", "low: 13, high", "claims.yaml:8:18:KB110", "low (13) is above high (12)"),
    ("claims", "to: 4", "to: 0", "claims.yaml:10:21:KB110", "exchange"),
    ("claims", "rate: [1, 2]", "rate: [2, 1]", "claims.yaml:10:57:KB110", "[fewest, most]"),
    ("claims", "evidence: strong", "evidence: huge", "claims.yaml:1:1:KB118", "one of weak, strong"),
    (
        "claims",
        "standing: accepted",
        "standing: accept",
        "claims.yaml:12:13:KB106",
        "did you mean `accepted`?",
    ),
    ("claims", "accepted\n  because: It was tried.", "rejected", "claims.yaml:12:13:KB114", "add `because:`"),
    ("claims", "2019-03-05", "2019-13-05", "claims.yaml:14:17:KB106", "is not a date"),
    ("claims", "source: page", "source: pgae", "claims.yaml:16:16:KB107", "did you mean `page`?"),
    ("claims", "it works", "it worked", "claims.yaml:16:29:KB111", "line 8 has `apple’s juice – it works"),
    ("claims", "apple's juice - it works", "q" * 301, "claims.yaml:16:29:KB106", "at most 300"),
    ("claims", "says: it eases", "quote: It eases", "claims.yaml:17:30:KB112", "write `says:`"),
    ("claims", "says: it eases, locator: abstract", "", "claims.yaml:17:16:KB113", "says nothing"),
    (
        "claims",
        "review: {by",
        "overrules: x\n  review: {by",
        "claims.yaml:18:14:KB119",
        "no claim of a store beneath",
    ),
    ("claims", "- id: eases", "- &x a\n- id: eases", "claims.yaml:1:3:KB102", "anchors"),
    ("claims", "[cough]", "[cough", "claims.yaml:7:13:KB102", "not closed"),
    ("sources/trial", "kind: study", "kind: studdy", "sources/trial.md:3:7:KB107", "did you mean `study`?"),
    ("sources/trial", "published: 2019", "published: soon", "sources/trial.md:4:12:KB106", "is not a date"),
    ("sources/trial", "---\ntitle", "title", "sources/trial.md:1:1:KB102", "front matter is missing"),
]


@pytest.mark.parametrize(("name", "old", "new", "place", "part"), BROKEN, ids=lambda value: str(value)[:30])
def test_each_fault_is_found_at_its_place(
    fruit: Path, name: str, old: str, new: str, place: str, part: str
) -> None:
    path = next(fruit.glob(f"{name}.*"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, problems = load_store(fruit)
    assert place in lines(problems, fruit)
    assert part in next(one for one in problems if lines([one], fruit) == [place]).message


def test_a_store_broken_in_many_ways_gives_every_message_at_once(fruit: Path) -> None:
    parts = ["did you mean `apple`?", "kind of source", "did you mean `kind`?", "stands twice", "scale"]
    parts += ["without signs", "entity or relation", "`pear` is not defined as an entity", "exchange"]
    parts += ["did you mean `hour`?", "did you mean `accepted`?", "is not a date", "did you mean `page`?"]
    parts += ["write `says:`", "did you mean `study`?"]
    apart = [case for case in BROKEN if case[4] in parts]
    for name, old, new, _, _ in apart:
        path = next(fruit.glob(f"{name}.*"))
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    store, problems = load_store(fruit)
    found = lines(problems, fruit)
    assert len(apart) >= 12
    assert {case[3] for case in apart} <= set(found)
    assert list(store.claims) == ["eases-cough"]


def test_every_problem_has_a_rule_with_an_explanation() -> None:
    assert all(re.fullmatch(r"KB1\d\d", rule) for rule in RULES)
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name) for rule in RULES.values())
    used = set()
    for path in (ROOT / "src/ketakb").rglob("*.py"):
        if path.parent.name in ("store", "yamlio") and path.name != "rules.py":
            used |= set(re.findall(r'"(KB\d+)"', path.read_text(encoding="utf-8")))
    assert used <= set(RULES)


def test_a_syntax_fault_does_not_make_other_ids_look_undefined(fruit: Path) -> None:
    (fruit / "vocabulary.yaml").write_text("entities: [\n", encoding="utf-8")
    _, problems = load_store(fruit)
    assert {problem.rule for problem in problems} == {"KB102"}


def test_duplicate_claims_are_told_with_the_other_line(fruit: Path) -> None:
    (fruit / "claims.yaml").write_text(CLAIMS + CLAIMS, encoding="utf-8")
    _, problems = load_store(fruit)
    assert lines(problems, fruit) == ["claims.yaml:19:7:KB108"]
    assert "in line 1" in problems[0].message


def test_a_layer_extends_replaces_and_overrules(fruit: Path) -> None:
    layer = write(
        fruit.parent / "client",
        store="name: client\nextends: ../fruit\njurisdiction: UK\n",
        vocabulary="entities:\n  apple: {names: [appel], abbreviations: [AP]}\n"
        "  pear: {label: pear, kind: drug}\n",
        topics="effect/cough:\n  frames:\n    - {id: own, subject: pear}\n",
        claims=(
            "- id: no-ease\n  topic: effect/cough\n  statement: No.\n"
            "  overrules: eases-cough\n  because: We looked.\n"
            "  assert: {subject: pear, relation: eases, object: cough, negated: true}\n"
        ),
    )
    store = loaded(layer)
    assert (store.name, store.title, store.jurisdiction, store.layers) == (
        "client",
        "Fruit",
        "UK",
        ("fruit", "client"),
    )
    assert store.entities["apple"].names == ("apple", "(red|green) apple", "appel")
    assert store.entities["apple"].label == "apple"
    assert [frame.id for frame in store.topics["effect/cough"].frames] == ["f1", "frame-2", "own"]
    assert list(store.claims) == ["no-ease"]
    assert store.claims["no-ease"].layer == "client"
    path = layer / "claims.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  because: We looked.\n", ""), encoding="utf-8")
    assert lines(load_store(layer)[1], layer) == ["claims.yaml:4:14:KB114"]
    path.write_text(CLAIMS, encoding="utf-8")
    assert "KB108" in lines(load_store(layer)[1], layer)[0]


def test_layers_in_a_circle_and_without_a_base_are_told(fruit: Path) -> None:
    write(fruit, store=STORE + "extends: ../client\n")
    layer = write(fruit.parent / "client", store="name: client\nextends: ../fruit\n")
    assert any("leads back" in problem.message for problem in load_store(layer)[1])
    write(layer, store="name: client\nextends: nowhere\n")
    assert lines(load_store(layer)[1], layer) == ["store.yaml:2:10:KB119"]


def test_a_layer_finds_the_store_of_the_package_by_name(tmp_path: Path) -> None:
    layer = write(tmp_path, store="name: client\nextends: ketamine\n")
    store, _ = load_store(layer)
    assert store.layers == ("ketamine", "client")


def test_stores_are_located(fruit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KETAKB_STORE", raising=False)
    assert (default_store() / "store.yaml").is_file()
    assert resolve_store() == default_store()
    assert resolve_store(None, {"KETAKB_STORE": str(fruit)}) == fruit
    assert resolve_store(fruit, {"KETAKB_STORE": "elsewhere"}) == fruit
    assert resolve_store(fruit / "store.yaml") == fruit
    assert not is_packaged(fruit)
    with pytest.raises(StoreError, match="KETAKB_STORE: nowhere is not a store: it does not exist"):
        resolve_store(None, {"KETAKB_STORE": "nowhere"})
    with pytest.raises(StoreError, match=r"has no store\.yaml"):
        load_store(fruit.parent)


def test_quotes_are_found_whatever_their_marks_and_blanks() -> None:
    text = "Say  “it’s\n\tgood” — or\u00a0not."
    made = QuotableText(text)
    assert made.find('"it\'s good" - or not') == Span(5, len(text) - 1)
    assert made.find("it’s") == Span(6, 10)
    assert made.find("bad") is None
    assert made.find("  ") == Span(3, 5)
    near = made.nearest('"it was good" - or')
    assert near is not None
    assert "good" in text[near.start : near.end]
    assert made.nearest("quite another matter of things") is None


def test_a_changed_source_makes_its_claims_suspect(fruit: Path) -> None:
    store = loaded(fruit)
    claim = store.claims["eases-cough"]
    mark = fingerprint(claim, store)
    assert re.fullmatch(r"sha256:[0-9a-f]{16}", mark)
    reviewed = replace(claim, review=replace(claim.review, fingerprint=mark), standing="rejected", line=99)
    assert suspect(reviewed, store, "2027-01-01") == []
    assert suspect(reviewed, store, "2027-01-02") == ["it was to be reviewed by 2027-01-01"]
    assert len(suspect(replace(reviewed, statement="Other."), store, "2026-01-01")) == 1
    trial = replace(
        store.sources["trial"], retracted=True, superseded_by="page", review_by="2025-01-01", text="New."
    )
    later = replace(store, sources={**store.sources, "trial": trial})
    assert len(suspect(reviewed, later, "2026-01-01")) == 4


def test_check_warns_of_what_loading_lets_pass(fruit: Path) -> None:
    text = CLAIMS.replace("    - {source: trial, says: it eases, locator: abstract}\n", "")
    write(fruit, claims=text.replace("review: {", "review: {fingerprint: old, "))
    problems = check(loaded(fruit), "2028-01-01")
    assert [(one.rule, one.severity, one.line) for one in problems] == [
        ("KB121", "warning", 1),
        ("KB122", "warning", 1),
        ("KB123", "note", 1),
        ("KB120", "error", 1),
    ]
    assert "only from leaflet sources" in problems[-1].message


def test_written_schemas_are_those_of_the_specs() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/schema").glob("*.json")}
    assert files == {f"{name}.schema.json": rendered(schema) for name, schema in schemas().items()}


class _Core(yaml.SafeLoader):
    """YAML as editors read it: dates stay text."""


_Core.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("name", ["store", "vocabulary", "topics", "claims", "wording"])
def test_the_schemas_accept_the_store_of_the_package(name: str) -> None:
    schema = schemas()[name]
    jsonschema.Draft202012Validator.check_schema(json.loads(rendered(schema)))
    folder = default_store()
    paths = [folder / f"{name}.yaml", *(folder / name).glob("*.yaml")]
    for path in paths:
        if path.exists():
            data = yaml.load(_with_plain_keys(path.read_text(encoding="utf-8")), _Core)
            jsonschema.validate(data, schema)


def _with_plain_keys(text: str) -> str:
    # YAML 1.1 takes the key `on` for a truth value; editors read YAML 1.2, where it is text
    return re.sub(r"(?<=[{ ])on:", '"on":', text)


def test_the_store_of_the_package_is_sound() -> None:
    _, problems = load_store(default_store())
    assert [f"{one.path}:{one.line}:{one.column}: {one.message}" for one in problems] == []

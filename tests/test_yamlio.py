"""Reading YAML with positions: types, problems, hostile input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketakb.model import Problem
from ketakb.yamlio.compose import compose
from ketakb.yamlio.context import Context, Type
from ketakb.yamlio.read import read_front_matter, read_raw, read_yaml
from ketakb.yamlio.scalars import Choice, Date, Flag, Id, Number, Ref, Sign, Text
from ketakb.yamlio.spec import Key, ListOf, Mapping, Table


def read(text: str, type_: Type) -> tuple[Any, list[Problem]]:
    into = Context("file.yaml")
    return read_yaml(text, type_, into), into.problems


def places(problems: list[Problem]) -> list[tuple[int, int]]:
    return [(problem.line, problem.column) for problem in problems]


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("yes", Text(), "yes"),
        ("1970", Text(), "1970"),
        ("2019-03-05", Text(), "2019-03-05"),
        ("'null'", Text(), "null"),
        ("norway", Id(), "norway"),
        ("true", Flag(), True),
        ("-3.5", Number(), -3.5),
        ("1e3", Number(), 1000.0),
        ("-1", Sign(), -1),
        ("2019", Date(), "2019"),
        ("2019-02", Date(), "2019-02"),
        ("2024-02-29", Date(), "2024-02-29"),
        ("no", Choice("no", "on"), "no"),
        ("a", ListOf(Text(), single=True), ("a",)),
        ("[a, b]", ListOf(Text()), ("a", "b")),
        ("a: 1\nb: null\n", Mapping("m", Key("a", Number()), Key("b", Number())), {"a": 1.0}),
    ],
)
def test_a_right_value_is_read_without_a_problem(text: str, type_: Type, value: object) -> None:
    assert read(text, type_) == (value, [])


@pytest.mark.parametrize(
    ("text", "type_", "part"),
    [
        ("[a]", Text(), "a list stands here; write text"),
        ("''", Text(), "`` is not text; write some"),
        ("abcd", Text(longest=3), "it has 4"),
        ("Side Effect", Id(), "write `side-effect`"),
        ("yes", Flag(), "`yes` is not true or false"),
        ("'true'", Flag(), "true or false"),
        ("70%", Number(), "write 70"),
        ("1e999", Number(), "not a number"),
        ("nan", Number(), "not a number"),
        ("11", Number(low=0, high=10), "from 0 to 10"),
        ("2", Sign(), "-1, 0 or 1"),
        ("2023-02-30", Date(), "`2023-02-30` is not a date"),
        ("2023", Date(day=True), "YYYY-MM-DD"),
        ("5 March 2019", Date(), "write it like 2026-11-21"),
        ("acepted", Choice("accepted", "rejected"), "did you mean `accepted`?"),
        ("a: b", ListOf(Text()), "a mapping stands here"),
        ("[a]", Mapping("a thing", Key("x", Text())), "write a thing"),
        ("!!python/object:os.system x", Text(), "tag"),
        ("~", ListOf(Text(), single=True), "nothing stands here"),
        ("[]", ListOf(Text(), least=1), "at least 1"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(text: str, type_: Type, part: str) -> None:
    value, problems = read(text, type_)
    assert value in (None, ())
    assert len(problems) == 1
    assert part in problems[0].message


def test_every_problem_of_a_mapping_is_found_at_its_place() -> None:
    thing = Mapping(
        "a thing", Key("id", Id(), required=True), Key("size", Number()), Key("tags", ListOf(Text()))
    )
    value, problems = read("size: big\nsise: 3\nsize: 4\ntags:\n  - [x]\n  - y\n? [k]\n: v\n", thing)
    assert places(problems) == [(1, 7), (2, 1), (3, 1), (5, 5), (7, 3), (1, 1)]
    assert "did you mean `size`?" in problems[1].message
    assert "first in line 1" in problems[2].message
    assert value == {"tags": ("y",)}


def test_references_carry_the_place_that_names_them() -> None:
    into = Context("f.yaml")
    read_yaml("- a\n- b\n", ListOf(Ref("topic")), into)
    assert [(one.kind, one.id, one.line, one.column) for one in into.references] == [
        ("topic", "a", 1, 3),
        ("topic", "b", 2, 3),
    ]


def test_one_broken_item_does_not_hide_the_others() -> None:
    items = ListOf(Mapping("a thing", Key("id", Id(), required=True), Key("n", Number())))
    text = "- id: a\n- id: [\n- id: c\n  n: x\n- id: 'd\n- id: e\n"
    value, problems = read(text, items)
    assert [item["id"] for item in value] == ["a", "c", "e"]
    assert {problem.line for problem in problems} >= {2, 4, 5}


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("a: b: c\n", 1, 5, "colon"),
        ("a: [b, c\n", 1, 4, "not closed"),
        ("a: 'b\nc: d", 1, 4, "never closed"),
        ("a:\n\tb: c\n", 2, 1, "a tab"),
        ("- a\nb: c\n", 2, 1, "begin it with `- `"),
        ('a: "\\q"\n', 1, 5, "escape"),
        ("a: x\x07", 1, 5, "U+0007"),
        ("--- a\n--- b\n", 2, 1, "second document"),
        ("a: &x b\n", 1, 4, "anchors and aliases (`&x`)"),
        ("a: *x\n", 1, 4, "anchors and aliases (`*x`)"),
        ("[" * 100_000, 1, 41, "nested deeper"),
        ("- " * 100_000, 1, 81, "nested deeper"),
        ("".join(f"{' ' * depth}a:\n" for depth in range(500)), 41, 41, "nested deeper"),
    ],
)
def test_syntax_problems_are_told_in_plain_words(text: str, line: int, column: int, part: str) -> None:
    _, problems = compose(text, "f.yaml", 1)
    assert part in problems[0].message
    assert places(problems)[0] == (line, column)


def test_a_billion_laughs_are_refused_at_the_first_alias() -> None:
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    _, problems = compose(text, "f.yaml")
    assert 1 <= len(problems) <= 20
    assert all("anchors" in problem.message for problem in problems)


def test_phrases_with_stars_are_no_aliases() -> None:
    root, problems = compose('names: [rems certified *, a * b, "(x) * (y)", R&D]\n', "f.yaml")
    assert problems == []
    assert root is not None


def test_long_lines_and_large_files_end() -> None:
    text, problems = read("a: " + "x " * 500_000, Mapping("m", Key("a", Text())))
    assert problems == []
    assert len(text["a"]) == 999_999
    _, problems = compose("x" * 20_000_001, "f.yaml")
    assert "too large" in problems[0].message


@pytest.mark.parametrize(
    ("raw", "line", "part"),
    [(b"a\0b", 1, "binary"), (b"a: b\nc: \xe9\n", 2, "not UTF-8"), (b"\xff\xfea", 1, "UTF-16")],
)
def test_other_encodings_are_a_problem_not_an_error(tmp_path: Path, raw: bytes, line: int, part: str) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(raw)
    into = Context(str(path))
    assert read_raw(path, into) is None
    assert into.problems[0].line == line
    assert part in into.problems[0].message
    assert str(path) not in into.problems[0].message


def test_a_byte_order_mark_and_dos_lines_keep_places_right(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes("\ufeffa: x\r\nn: é\r\n".encode())
    into = Context(str(path))
    found = read_raw(path, into)
    assert found is not None
    read_yaml(found[1], Mapping("m", Key("a", Text()), Key("n", Number())), into)
    assert places(into.problems) == [(2, 4)]


def test_front_matter_counts_lines_of_the_file() -> None:
    into = Context("s.md")
    text = "---\ntitle: x\nkind: 3 4\n---\n\nText\n"
    item, end = read_front_matter(text, Mapping("m", Key("title", Text()), Key("kind", Number())), into)
    assert item == {"title": "x"}
    assert places(into.problems) == [(3, 7)]
    assert text[end:] == "\nText\n"


@pytest.mark.parametrize("text", ["no front matter", "---\ntitle: x\n", "", "--- x\n---\n"])
def test_missing_front_matter_is_a_problem(text: str) -> None:
    into = Context("s.md")
    assert read_front_matter(text, Mapping("m", Key("title", Text())), into) == (None, 0)
    assert "`---`" in into.problems[0].message


_ANY = Mapping(
    "m", Key("a", ListOf(Text(), single=True)), Key("b", Table("t", Mapping("e", Key("c", Date()))))
)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:- \n\t[]{}'\"#&*!|>%@`,?~é\u2028\ud800\x00\x85", max_size=60))
def test_nothing_raises_whatever_a_file_holds(text: str) -> None:
    into = Context("f.yaml")
    read_yaml(text, ListOf(_ANY), into)
    read_yaml(text, _ANY, into)
    for problem in into.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message

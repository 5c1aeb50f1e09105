"""Edits change one thing and keep every other byte; writing is done at once or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ketakb.errors import StoreError, UnreadableInputError, UsageError
from ketakb.yamlio.edit import append_items, rewrite, set_mappings, set_value
from ketakb.yamlio.render import flow

CLAIMS = """\
# claims of this store
- id: one     # the first
  statement: "A: b"
  standing: unreviewed   # to do
  passages:
    - {source: s, quote: 'x'}

# between
- id: two
  standing:
  because: >
    long
    text
- {id: three, standing: accepted}
"""


@pytest.mark.parametrize(
    ("id_", "key", "value", "old", "new"),
    [
        ("one", "standing", "accepted", "standing: unreviewed ", "standing: accepted "),
        ("one", "statement", "C", 'statement: "A: b"', "statement: C"),
        ("one", "because", "x: y", "quote: 'x'}\n", "quote: 'x'}\n  because: \"x: y\"\n"),
        ("two", "standing", "rejected", "standing:\n", "standing: rejected\n"),
        ("two", "because", "short", ">\n    long\n    text\n", "short\n"),
        ("two", "prefer", "p", "    text\n", "    text\n  prefer: p\n"),
        ("three", "standing", "contested", "accepted}", "contested}"),
        ("three", "because", "a, b", "accepted}", 'accepted, because: "a, b"}'),
        ("one", "standing", True, "unreviewed ", "true "),
        ("one", "standing", "true", "unreviewed ", '"true" '),
    ],
)
def test_one_value_is_set(id_: str, key: str, value: str | bool, old: str, new: str) -> None:
    assert set_value(CLAIMS, id_, key, value) == CLAIMS.replace(old, new, 1)


def test_a_nested_mapping_is_added_then_replaced() -> None:
    once = set_mappings(CLAIMS, "review", {"one": {"by": "project", "on": "2026-11-21"}})
    assert once == CLAIMS.replace("'x'}\n", "'x'}\n  review: {by: project, on: 2026-11-21}\n", 1)
    again = set_mappings(once, "review", {"one": {"by": "A. Editor"}})
    assert again == CLAIMS.replace("'x'}\n", "'x'}\n  review: {by: A. Editor}\n", 1)


def test_an_item_is_appended() -> None:
    new = {
        "id": "four",
        "assert": {"subject": "a", "object": ["b", "c"]},
        "passages": [{"source": "s", "says": "t"}],
    }
    added = append_items(CLAIMS, [new])
    assert added == CLAIMS + (
        "- id: four\n  assert: {subject: a, object: [b, c]}\n  passages:\n    - {source: s, says: t}\n"
    )


@pytest.mark.parametrize("text", ["", "# only a comment\n", "[]\n", "# c\n[]\n", "# c\n[]", "\ufeff"])
def test_an_item_is_appended_to_an_empty_file(text: str) -> None:
    assert (
        append_items(text, [{"id": "a"}])
        == text.replace("[]", "").strip("\n") + "\n" * ("#" in text) + "- id: a\n"
    )


def test_dos_lines_a_missing_last_line_break_and_a_byte_order_mark_are_kept() -> None:
    text = "\ufeff- id: a\r\n  n: é"
    assert append_items(text, [{"id": "b"}]) == text + "\r\n- id: b\r\n"
    assert set_value(text, "a", "x", "y") == text + '\r\n  x: "y"'


def test_what_cannot_be_done_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean `three`"):
        set_value(CLAIMS, "thre", "standing", "x")
    with pytest.raises(UsageError, match="is there already"):
        append_items(CLAIMS, [{"id": "one"}])
    with pytest.raises(StoreError, match="by hand"):
        set_mappings(CLAIMS, "passages", {"one": {"a": "b"}})
    with pytest.raises(StoreError, match="line 2"):
        set_value("- id: [\n", "a", "b", "c")
    with pytest.raises(StoreError, match="list of items"):
        set_value("id: a\n", "a", "b", "c")
    with pytest.raises(StoreError):
        append_items("- id: a\n...\n", [{"id": "b"}])


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@settings(max_examples=200, deadline=None)
@given(WORDS)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert yaml.load(f"[{flow(text)}]", yaml.BaseLoader) == [text]
    assert yaml.safe_load(f"{{k: {flow(text)}}}")["k"] in (text, *_dates(text))


def _dates(text: str) -> list[object]:
    value = yaml.safe_load(text) if text[:4].isdigit() and "\n" not in text else None
    return [value] if value is not None else []


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Claims files in many styles: comments, blank lines, quotes, flow and block, DOS lines."""
    ids = draw(st.lists(st.sampled_from([f"c{n}" for n in range(9)]), min_size=1, max_size=5, unique=True))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = draw(st.sampled_from(["", "\ufeff", "# head\n", "\n\n"]))
    for name in ids:
        lines = [f"- id: {draw(st.sampled_from([name, repr(name)]))}{draw(st.sampled_from(['', '  # c']))}"]
        lines += draw(
            st.lists(
                st.sampled_from(
                    [
                        "  standing: accepted",
                        "  standing: 'é'  # c",
                        "  because: |\n    a\n    b",
                        "  also: [a, b]",
                        "  prefer:",
                        "  assert: {x: {y: 1}}",
                        "  passages:\n    - {s: t}\n    - s: u\n      v: w",
                        "",
                        "  # comment",
                        "  statement: two\n    lines",
                    ]
                ),
                unique_by=lambda line: line.split(":")[0] if line.strip()[:1] not in ("", "#") else object(),
                max_size=6,
            )
        )
        text += "\n".join(lines) + "\n"
    text = text[: draw(st.sampled_from([len(text), len(text) - 1]))]
    return text.replace("\n", newline), ids


@settings(max_examples=400, deadline=None)
@given(files(), st.data(), st.sampled_from(["standing", "because", "prefer", "statement", "new"]), WORDS)
def test_an_edit_keeps_every_other_byte(
    made: tuple[str, list[str]], data: st.DataObject, key: str, value: str
) -> None:
    text, ids = made
    id_ = data.draw(st.sampled_from(ids))
    new = set_value(text, id_, key, value)
    before, after = (_loaded(one) for one in (text, new))
    next(item for item in before if item["id"] == id_)[key] = value.rstrip("\n")
    assert after == before
    # what both have in common at the two ends is all but one stretch within one item
    head = _common(text, new)
    tail = _common(text[head:][::-1], new[head:][::-1])
    cut = text[head : len(text) - tail]
    assert "- id:" not in cut
    assert cut.count("\n") <= 2
    assume(new != text)
    assert set_value(new, id_, key, value) == new


def _loaded(text: str) -> list[dict[str, object]]:
    # whether a block of text ends with a line break depends on what comes after it; no reader minds
    items: list[dict[str, object]] = yaml.load(text, yaml.BaseLoader)
    return [{k: v.rstrip("\n") if isinstance(v, str) else v for k, v in item.items()} for item in items]


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


@settings(max_examples=200, deadline=None)
@given(files(), WORDS)
def test_an_appended_item_leaves_the_text_before_it(made: tuple[str, list[str]], value: str) -> None:
    text, _ = made
    new = append_items(text, [{"id": "new", "because": value, "passages": [{"says": value}]}])
    assert new.startswith(text)
    assert yaml.load(new, yaml.BaseLoader)[-1] == {
        "id": "new",
        "because": value,
        "passages": [{"says": value}],
    }


def test_rewrite_is_atomic_and_keeps_permissions(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(CLAIMS.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    rewrite(link, lambda text: set_value(text, "one", "standing", "accepted"))
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.read_bytes() == CLAIMS.replace("unreviewed", "accepted", 1).replace("\n", "\r\n").encode()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["claims.yaml", "link.yaml"]


def test_a_failed_rewrite_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(CLAIMS, encoding="utf-8")

    def meddle(text: str) -> str:
        path.write_text("other", encoding="utf-8")
        return text + "# x\n"

    with pytest.raises(UsageError):
        rewrite(path, lambda text: set_value(text, "nobody", "standing", "x"))
    assert path.read_text(encoding="utf-8") == CLAIMS
    with pytest.raises(StoreError, match="meanwhile"):
        rewrite(path, meddle)
    assert path.read_text(encoding="utf-8") == "other"
    with pytest.raises(UnreadableInputError):
        rewrite(tmp_path / "none.yaml", str)
    path.write_bytes(b"\xe9")
    with pytest.raises(UnreadableInputError, match="UTF-8"):
        rewrite(path, str)
    assert [one.name for one in tmp_path.iterdir()] == ["claims.yaml"]

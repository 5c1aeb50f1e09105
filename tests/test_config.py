"""The configuration: found upwards, wrong keys told with their place, the command line first."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb.cli.main import main
from ketakb.desk.config import find_config, read_config
from ketakb.desk.config_spec import SETTINGS
from ketakb.desk.toml_places import toml_places
from ketakb.errors import UsageError

ROOT = Path(__file__).parents[1]
WRONG = "Ketamine stimulates NMDA receptors.\n"
DAY = ("--as-of", "2026-11-21")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KETAKB_STORE", raising=False)
    (tmp_path / "posts" / "ads").mkdir(parents=True)
    (tmp_path / "posts" / "page.md").write_text(WRONG)
    (tmp_path / "posts" / "ads" / "ad.md").write_text(WRONG)
    return tmp_path


def test_the_nearest_file_above_the_draft_counts(folder: Path) -> None:
    (folder / "ketakb.toml").write_text('fail-on = "error"\n')
    (folder / "posts" / "pyproject.toml").write_text("[project]\nname = 'ketakb-pages'\n")
    assert find_config(Path("posts/page.md")).fail_on == "error"
    (folder / "posts" / "pyproject.toml").write_text("[tool.ketakb]\nfail-on = 'never'\n")
    assert find_config(Path("posts/page.md")).fail_on == "never"
    assert find_config(folder).fail_on == "error"


def test_exclude_counts_from_the_folder_of_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ketakb.toml").write_text('exclude = ["posts/ads/"]\n')
    for start, *paths in ((folder, "posts"), (folder, "."), (folder, "posts/*"), (folder / "posts", ".")):
        os.chdir(start)
        assert main(["audit", *paths, *DAY]) == 1
        out = capsys.readouterr().out
        assert "page.md:1:1" in out
        assert "ad.md:1" not in out
    os.chdir(folder)
    assert main(["audit", "posts/ads/ad.md", *DAY]) == 1  # it was asked for
    assert main(["audit", "posts/ads/ad.md", "--force-exclude", *DAY]) == 0


def test_all_settings(folder: Path) -> None:
    text = """
store = "ours"
kind = "editorial"
select = ["KB2", "KB3"]
ignore = ["KB501"]
exclude = ["old/"]
fail-on = "note"
[jurisdiction]
"**" = "US"
"uk/**" = "UK"
[severities]
KB3 = "warning"
KB301 = "error"
[per-file-ignores]
"posts/ads/**" = ["KB601"]
"""
    (folder / "ketakb.toml").write_text(text)
    config = find_config(Path("posts/page.md"))
    assert config.store == folder / "ours"
    assert config.placed("posts/page.md") == ("editorial", "US")
    assert config.placed("uk/page.md") == ("editorial", "UK")
    assert config.placed("../elsewhere.md") == (None, None)
    assert (config.severity("KB301"), config.severity("KB302"), config.severity("KB201")) == (
        "error",
        "warning",
        None,
    )
    assert config.silenced("posts/ads/ad.md") == [("posts/ads/**", ("KB601",))]
    assert config.lines["per-file-ignores/posts/ads/**"] == 15


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nseverties = "x"\n', "2:1: unknown key `severties`; did you mean `severities`?"),
        ("frobnicate = 1\n", "1:1: unknown key `frobnicate`; the keys are store, kind"),
        ('fail-on = "eror"\n', "1:11: `eror` is not a value of `fail-on`; did you mean `error`?"),
        ('select = ["KB2",\n  "X"]\n', "2:3: `X` is no rule; write KB2 or KB201"),
        ('[per-file-ignores]\n"a.md" = "KB2"\n', "2:10: `a.md` is a list"),
        ('[severities]\nKBX = "error"\n', "2:1: `KBX` is no rule"),
        ('kind = {"a/**" = "add"}\n', "1:18: `add` is not a value of `kind`; did you mean `ad`?"),
        ("store = \n", "1:9: Invalid value"),
        ("store = 3\nexclude = 2", "1:9: `store` is text in quotation marks (and 1 more)"),
    ],
)
def test_errors_are_told_with_their_place(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    (folder / "ketakb.toml").write_text(text)
    assert main(["audit", "posts/page.md"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"ketakb: ketakb.toml:{message}"), error
    assert error.count("\n") == 1


def test_errors_in_pyproject_too(folder: Path) -> None:
    file = folder / "pyproject.toml"
    file.write_text('[project]\nname = "x"\n[tool.ketakb]\nignor = ["KB5"]\n')
    with pytest.raises(
        UsageError, match=r"pyproject\.toml:4:1: unknown key `ignor`; did you mean `ignore`\?"
    ):
        read_config(file)


def test_the_command_line_wins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ketakb.toml").write_text('fail-on = "never"\nkind = "editorial"\nselect = ["KB5"]\n')
    assert main(["audit", "posts/page.md", "--format", "json", *DAY]) == 0
    document = json.loads(capsys.readouterr().out)["documents"][0]
    assert document["read_as"]["kind"] == "editorial" and not document["findings"]
    asked = ["--as", "ad", "--select", "KB2", "--fail-on", "error"]
    assert main(["audit", "posts/page.md", "--format", "json", *DAY, *asked]) == 1
    document = json.loads(capsys.readouterr().out)["documents"][0]
    assert document["read_as"]["kind"] == "ad" and len(document["findings"]) == 1


def test_front_matter_comes_before_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ketakb.toml").write_text('kind = "editorial"\n')
    (folder / "posts" / "page.md").write_text("---\nkind: leaflet\n---\n" + WRONG)
    main(["audit", "posts", "--format", "json", *DAY])
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert {d["path"]: d["read_as"]["kind"] for d in documents} == {
        "posts/ads/ad.md": "editorial",
        "posts/page.md": "leaflet",
    }


def test_the_store_of_the_file_is_used_by_every_command(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ketakb.toml").write_text('store = "ours"\n')
    assert main(["topics"]) == 2
    error = capsys.readouterr().err
    assert "ketakb.toml: " in error and "ours is not a store" in error
    assert main(["init", "ours", "--extends", "default"]) == 0
    assert main(["check", "--fail-on", "never"]) == 0
    capsys.readouterr()
    assert main(["audit", "posts/page.md", "--format", "json", *DAY]) == 1
    assert json.loads(capsys.readouterr().out)["store"]["name"] == "ours"


def test_two_configurations_in_one_audit_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "posts" / "ads" / "ketakb.toml").write_text('fail-on = "error"\n')
    assert main(["audit", "posts/page.md", "posts/ads/ad.md"]) == 2
    assert "audit them apart" in capsys.readouterr().err


def test_config_prints_what_applies_and_from_where(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ketakb.toml").write_text('fail-on = "error"\n[per-file-ignores]\n"posts/ads/**" = ["KB6"]\n')
    assert main(["config", "posts/ads/ad.md"]) == 0
    out = capsys.readouterr().out
    assert "fail-on: error (ketakb.toml:1)" in out
    assert "silenced by posts/ads/**: KB6 (ketakb.toml:3)" in out
    assert "select: - (built in)" in out
    assert main(["config", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "ketakb.config/1"


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for name in SETTINGS:
        assert f"`{name}`" in page, name


def test_without_configuration_nothing_is_loaded(folder: Path) -> None:
    never = ("tomllib", "pathspec", "ketakb.reports.sarif", "ketakb.desk.record", "ketakb.desk.decisions")
    code = "import sys; from ketakb.cli.main import main; main(['audit', 'posts/page.md']); "
    code += f"print([name for name in {never} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


_KEY = st.text("ab-_.é \"'\\#=[]", min_size=1, max_size=5)


@given(
    st.recursive(
        st.text("ab\"'\\#\n]}", max_size=5) | st.integers(), lambda of: st.lists(of, max_size=3), max_leaves=6
    ),
    _KEY,
)
def test_places_of_any_value(value: object, key: str) -> None:
    text = f"x = 1\n{json.dumps(key)} = {json.dumps(value)}  # end\ny = 2\n[t]\nz = '''a\n]'''\nw = 3\n"
    tomllib.loads(text)
    keys, _ = toml_places(text)
    assert keys[("y",)].line == 3 and keys[(key,)].line == 2 and keys[("t", "w")].line == 7
    assert re.fullmatch(r"1", str(keys[("t", "w")].column))

"""The package carries its store and word lists compiled; they are taken where they fit, and never missed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ketakb import building, built, room
from ketakb.extract.compiled import compile_store
from ketakb.language import english
from ketakb.language.tokens import tokenize
from ketakb.search import Filters, search
from ketakb.store.load import load_store
from test_cache import STORE, main_file, opened, statements, write_store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the build makes of a small store."""
    there = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KETAKB_CACHE_DIR", "")  # as it was, once done
        patch.setattr(built, "FOLDER", there / "_built")
        patch.setattr(room, "_off", False)
        english._kept.cache_clear()
        building.build(write_store(there / "small", STORE))
        english._kept.cache_clear()
    return there


@pytest.fixture
def small(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The store again, elsewhere, an empty cache, and what was built beside the code."""
    shutil.copytree(made / "_built", tmp_path / "_built")
    monkeypatch.setattr(built, "FOLDER", tmp_path / "_built")
    monkeypatch.setenv("KETAKB_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(room, "_off", False)
    english._kept.cache_clear()
    yield write_store(tmp_path / "small", STORE)
    english._kept.cache_clear()


@pytest.fixture
def nothing_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ketakb.store.load.load_store", lambda *_, **__: pytest.fail("the store was read"))
    monkeypatch.setattr("ketakb.search_rows.index_rows", lambda store: pytest.fail("the index was made"))
    monkeypatch.setattr("ketakb.language.english._read", lambda name: pytest.fail(f"{name}.yaml was read"))


def same(path: Path) -> None:
    """Assert that a store from the cache, and what is compiled of it, are those of the folder."""
    store, (plain, _) = opened(path), load_store(path)
    assert {**store.claims} == {**plain.claims} and {**store.entities} == {**plain.entities}
    assert [hit.claim.id for hit in search(store, "knob", Filters())] == ["zed-blocks"]
    tokens = tokenize("Zed tablets never switched the knob receptor off, it is said.")
    assert compile_store(store).trie.find(tokens) == compile_store(plain).trie.find(tokens)


@pytest.mark.usefixtures("nothing_read")
def test_the_first_run_reads_neither_the_store_nor_the_word_lists(small: Path) -> None:
    store = opened(small)
    assert statements(store) == ["Zed blocks the knob."]
    assert store.claims["zed-blocks"].path == str(small / "claims.yaml")
    compile_store(store)
    assert [hit.claim.id for hit in search(store, "knob", Filters())] == ["zed-blocks"]
    for path in Path(english.__file__).parent.glob("en/*.yaml"):
        english.read_data(path.stem)
    assert main_file(small.parent / "cache").is_file()
    assert opened(small).kept is not None


def test_what_was_built_is_what_is_read(small: Path) -> None:
    same(small)


def test_it_is_taken_over_once(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(small)
    monkeypatch.setattr("ketakb.cache.built", lambda name: pytest.fail("it was asked for again"))
    assert statements(opened(small)) == ["Zed blocks the knob."]


@pytest.mark.usefixtures("nothing_read")
def test_without_a_cache_folder_it_is_used_where_it_is(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small.parent / "file").write_text("")
    monkeypatch.setenv("KETAKB_CACHE_DIR", str(small.parent / "file" / "cache"))
    store = opened(small)
    assert store.kept is not None and store.kept.path.parent == built.FOLDER
    compile_store(store)


@pytest.mark.parametrize("name", ["claims.yaml", "topics.yaml", "sources/a-label.md"])
def test_another_store_is_read_itself(name: str, small: Path) -> None:
    file = small / name
    file.write_text(file.read_text() + ("\n" if name.endswith(".yaml") else "Twice.\n"))
    same(small)
    assert opened(small).digest == load_store(small)[0].digest
    write_store(small, {"claims/more.yaml": STORE["claims.yaml"].replace("zed-blocks", "zed-more")})
    assert set(opened(small).claims) == {"zed-blocks", "zed-more"}


def test_other_code_does_not_use_it(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "_contents", lambda: "another")
    assert all(built.built(name) is None for name in ("store", "search", "english"))
    same(small)


@pytest.mark.parametrize("name", ["store", "search", "english", "english.phrases"])
@pytest.mark.parametrize("harm", ["missing", "cut", "empty", "folder", "rows"])
def test_what_is_missing_or_damaged_is_made(name: str, harm: str, small: Path) -> None:
    file = built.FOLDER / f"{name}.sqlite"
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:5000])
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "rows":
        was, now = (b"zed-blocks", b"zed-stocks") if name == "search" else (b"knob", b"door")
        file.write_bytes(file.read_bytes().replace(was, now))
    else:
        file.unlink()
        if harm == "folder":
            file.mkdir()
    same(small)


def test_the_package_works_where_nothing_was_built(small: Path) -> None:
    shutil.rmtree(built.FOLDER)
    same(small)


def test_a_store_with_mistakes_is_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "FOLDER", tmp_path / "_built")
    store = write_store(tmp_path / "small", {**STORE, "claims.yaml": "- id: 1\n  what: is this\n"})
    command = [sys.executable, "-m", "ketakb.building", str(store)]
    src = Path(built.__file__).parents[1]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(src), "PATH": ""})
    assert run.returncode and not built.FOLDER.exists()

"""An installed ketakb finds its store, wherever it is run: as a wheel, and from a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "examples" / "clinic-post.md"
FIND = "from ketakb.store.locate import default_store; print(default_store())"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this tree, made by its own build backend without an environment of its own."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return folder / run.stdout.split()[-1]


def test_the_wheel_carries_the_whole_store(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {
        f"ketakb/_data/{path.relative_to(ROOT / 'data')}"
        for path in (ROOT / "data").rglob("*")
        if path.is_file()
    }
    assert data <= names
    code = {f"ketakb/{p.relative_to(ROOT / 'src/ketakb')}" for p in (ROOT / "src/ketakb").rglob("*.yaml")}
    assert code <= names
    assert "ketakb/_docs/rules.md" in names
    assert {f"ketakb/_built/{name}.sqlite" for name in ("store", "search", "english", "english.phrases")} <= names


def test_an_installed_wheel_finds_its_store_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
    ]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    code = f"import sys; sys.path.insert(0, {str(site)!r}); {FIND}"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(run.stdout.strip()) == site / "ketakb" / "_data"
    searched = subprocess.run(
        [sys.executable, "-m", "ketakb", "search", "side effects", "--limit", "1"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (searched.returncode, searched.stderr) == (0, "")
    env = {"PYTHONPATH": f"{site}{os.pathsep}{os.pathsep.join(sys.path)}", "KETAKB_CACHE_DIR": str(tmp_path / "cache")}
    code = "import sys; from ketakb.cli.main import main; main(sys.argv[1:]); sys.exit('yaml' in sys.modules)"
    first = subprocess.run([sys.executable, "-c", code, "audit", str(PAGE)], cwd=tmp_path, env=env, check=False)
    assert first.returncode == 0, "what the wheel carries compiled was not used"


def test_a_checkout_finds_its_store_elsewhere(tmp_path: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {FIND}"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(run.stdout.strip()) == ROOT / "data"

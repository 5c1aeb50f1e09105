"""What a shell is offered behind the beginning of a command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def offered(line: str, folder: Path, shell: str = "bash") -> list[str]:
    """Return what the command offers for a line that is being typed, as the scripts of typer ask for it."""
    words = line.split()
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "_KETAKB_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - (not line.endswith(" "))),
        "_TYPER_COMPLETE_ARGS": line,
    }
    environ.pop("KETAKB_STORE", None)
    command = [sys.executable, "-m", "ketakb"]
    run = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    return [one for one in run.stdout.splitlines() if one]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    house = tmp_path / "house"
    (house / "sources").mkdir(parents=True)
    (house / "store.yaml").write_text("name: house\nextends: default\n")
    held = '- id: "nmda-of-the-house"\n  topic: t\n  statement: We hold it so.\n- id: last\n'
    (house / "claims.yaml").write_text(held)
    (house / "sources" / "house-style.md").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("ketakb ", {"audit", "search", "lsp"}),
        ("ketakb show nmda-antag", {"nmda-antagonist-label"}),
        ("ketakb show safety/side", {"safety/side-effects"}),
        ("ketakb topics saf", {"safety", "safety/side-effects"}),
        ("ketakb topics safety/s", {"safety/side-effects"}),
        ("ketakb search x --source strivemd", {"strivemd-trd"}),
        ("ketakb search x --standing ", {"accepted", "unreviewed"}),
        ("ketakb sources --kind la", {"label"}),
        ("ketakb review nmda-antag", {"nmda-antagonist-label"}),
        ("ketakb explain KB20", {"KB201"}),
        ("ketakb explain opp", {"opposite-direction"}),
        ("ketakb audit --ignore KB5,KB20", {"KB5,KB201"}),
        ("ketakb audit --format s", {"sarif"}),
        ("ketakb show --store house nmda-of", {"nmda-of-the-house"}),
        ("ketakb show --store house las", {"last"}),
        ("ketakb search x --store house --source house", {"house-style"}),
    ],
)
def test_what_begins_so_is_offered(line: str, some: set[str], folder: Path) -> None:
    found = offered(line, folder)
    assert some <= set(found)
    typed = "" if line.endswith(" ") else line.split()[-1]
    assert all(one.startswith(typed) for one in found)


def test_a_shell_that_can_shows_what_an_id_says(folder: Path) -> None:
    found = "\n".join(offered("ketakb show --store house nmda-of", folder, "zsh"))
    assert '"nmda-of-the-house":"We hold it so."' in found
    assert "opposite-direction" in "\n".join(offered("ketakb explain KB201", folder, "zsh"))


def test_what_is_broken_offers_nothing_and_says_nothing(folder: Path) -> None:
    assert offered("ketakb show --store nowhere nmda", folder) == []
    (folder / "ketakb.toml").write_text("store = [\n")
    assert offered("ketakb show nmda", folder) == []
    (folder / "house" / "store.yaml").write_bytes(b"\xff\xfe\x00")
    assert offered("ketakb show --store house xyz", folder) == []

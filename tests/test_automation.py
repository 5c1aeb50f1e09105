"""What runs ketakb unasked: the hooks for pre-commit and the action for GitHub, run as those do."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ketakb.cli.main import main
from ketakb.cli.options import AuditFormat, CopyKind, FailOn, Jurisdiction
from ketakb.readers.choose import SUFFIXES

ROOT = Path(__file__).parents[1]
HOOKS: dict[str, Any] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WRONG = "Ketamine stimulates NMDA receptors.\n"
RIGHT = "Ketamine blocks NMDA receptors.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KETAKB_STORE", raising=False)
    (tmp_path / "archive").mkdir()
    (tmp_path / "page.md").write_text(WRONG)
    (tmp_path / "good.html").write_text(f"<p>{RIGHT}</p>")
    (tmp_path / "archive" / "old.md").write_text(WRONG)
    return tmp_path


def run_hook(name: str, *files: str) -> int:
    """Run the command of a hook as pre-commit does, with the files that its pattern lets through."""
    hook = HOOKS[name]
    command = [*hook["entry"].split()[1:], *hook.get("args", ())]
    passed = [file for file in files if re.search(hook["files"], file)]
    return main([*command, *(passed if hook.get("pass_filenames", True) else ())])


def test_the_hook_takes_every_kind_of_file_that_is_read() -> None:
    pattern = re.compile(HOOKS["ketakb-audit"]["files"])
    for suffix in SUFFIXES:
        assert pattern.search(f"posts/page{suffix}"), suffix
        assert pattern.search(f"posts/page{suffix.upper()}"), suffix
    assert not any(pattern.search(name) for name in ("page.py", "md", "page.md.bak"))


def test_the_hook_audits_what_a_commit_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_hook("ketakb-audit", "good.html", "setup.py") == 0
    assert run_hook("ketakb-audit", "good.html", "page.md") == 1
    assert capsys.readouterr().out.startswith("page.md:1:1: error: ")
    (folder / "ketakb.toml").write_text('exclude = ["archive/", "page.md"]\n')
    assert run_hook("ketakb-audit", "archive/old.md", "page.md") == 0
    told = "ketakb: all that was named is left out by exclude in ketakb.toml; nothing was audited\n"
    assert capsys.readouterr() == ("", told)
    assert run_hook("ketakb-audit", "archive/old.md", "good.html") == 0


def test_the_hook_checks_a_store_of_the_repository(folder: Path) -> None:
    (folder / "house").mkdir()
    (folder / "ketakb.toml").write_text('store = "house"\n')
    (folder / "house" / "store.yaml").write_text("name: house\nextends: default\n")
    pattern = re.compile(HOOKS["ketakb-check"]["files"])
    changed = ["house/store.yaml", "house/claims/a.yaml", "house/sources/b.md", "claims.yaml", "ketakb.toml"]
    assert all(pattern.search(name) for name in changed)
    assert not any(pattern.search(name) for name in ("house/notes.md", "my-store.yaml", "claims/a.md"))
    assert run_hook("ketakb-check", "house/store.yaml") == 0
    (folder / "house" / "store.yaml").write_text("name: house\nextends: elsewhere\n")
    assert run_hook("ketakb-check", "house/store.yaml") == 1


@pytest.mark.skipif(importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed")
def test_pre_commit_runs_the_hooks(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The hooks as pre-commit reads them; only their environment is this one, so that no network is needed."""
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("home")),
        "PYTHONPATH": str(ROOT / "src"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)

    hook = {**HOOKS["ketakb-audit"], "language": "system"}
    hook["entry"] = hook["entry"].replace("ketakb", f"{sys.executable} -m ketakb", 1)
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (folder / "ketakb.toml").write_text('exclude = ["archive/"]\n')
    assert run("git", "init", "-q").returncode == 0
    run("git", "add", ".")
    manifest = run(sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert (manifest.returncode, manifest.stdout) == (0, "")
    failed = run(sys.executable, "-m", "pre_commit", "run", "--all-files")
    assert failed.returncode == 1
    assert "page.md:1:1: error: " in failed.stdout
    assert "old.md" not in failed.stdout
    (folder / "page.md").write_text(RIGHT)
    run("git", "add", ".")
    assert run(sys.executable, "-m", "pre_commit", "run").returncode == 0


def step(name: str) -> dict[str, Any]:
    return next(one for one in ACTION["runs"]["steps"] if one.get("name") == name)


def run_step(name: str, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub runs its bash, with inputs as given or by default."""
    given = {key: value.get("default", "") for key, value in ACTION["inputs"].items()} | inputs
    env = {}
    for variable, expression in step(name)["env"].items():
        match = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", expression)
        assert match, expression
        env[variable] = given[match[1]]
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    python = bin_folder / "python"
    python.write_text(f'#!/bin/sh\n[ "$2" = pip ] && echo "$@" && exit\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    environ = {
        **env,
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_ACTION_PATH": "/here",
    }
    script = folder / "script.sh"
    script.write_text(step(name)["run"])
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def test_the_action_is_sound() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for one in ACTION["runs"]["steps"]:
        assert ("uses" in one) != ("run" in one)
        if "run" in one:
            assert one["shell"] == "bash"
            assert "${{" not in one["run"], "what comes from outside goes through the environment"
    for name, given in ACTION["inputs"].items():
        assert given["description"], name
        assert isinstance(given["default"], str), name
    told = {name: given["description"] for name, given in ACTION["inputs"].items()}
    assert all(kind in told["profile"] for kind in CopyKind)
    assert all(kind in told["jurisdiction"] for kind in Jurisdiction)
    assert all(kind in told["fail-on"] for kind in FailOn)
    assert {"github", "sarif"} <= {str(one) for one in AuditFormat}


def test_the_action_installs_itself_or_a_version(folder: Path) -> None:
    assert run_step("Install ketakb", folder).stdout.split()[-1] == "/here"
    assert run_step("Install ketakb", folder, version="0.1.0").stdout.split()[-1] == "ketakb==0.1.0"


def test_the_action_annotates(folder: Path) -> None:
    done = run_step("Audit", folder, paths="page.md\n\ngood.html\n")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=page.md,line=1,col=1,")
    assert run_step("Audit", folder, paths="good.html", profile="editorial", jurisdiction="UK").returncode == 0
    assert run_step("Audit", folder, **{"fail-on": "never"}).returncode == 0
    wrong = run_step("Audit", folder, paths="$(touch harm)\n--output=harm")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("ketakb: $(touch harm): no such file or folder; ")
    assert not (folder / "harm").exists()


def test_the_action_writes_sarif(folder: Path) -> None:
    done = run_step("Audit", folder, format="sarif", **{"fail-on": "never"})
    assert (done.returncode, done.stdout) == (0, "")
    assert (folder / "output").read_text() == "sarif=ketakb.sarif\n"
    assert '"ruleId": "KB201"' in (folder / "ketakb.sarif").read_text()
    assert ACTION["outputs"]["sarif"]["value"] == "${{ steps.audit.outputs.sarif }}"

"""Many drafts: several processes, JSON lines of drafts, interruption, going on where a run ended, a cluster."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ketakb
from ketakb import app
from ketakb.cli.main import main
from ketakb.cli.options import AuditFormat
from ketakb.desk.silence import Desk
from ketakb.extract import compiled
from ketakb.running import local
from ketakb.running.work import Draft, Job
from ketakb.store.load import load_store

STORE = Path(__file__).parents[1] / "examples" / "stores" / "isotretinoin"
SAID = (
    "Isotretinoin lowers sebum.",
    "Isotretinoin raises sebum.",
    "Isotretinoin is an antibiotic.",
    "Isotretinoin does not cause birth defects.",
    "Isotretinoin cures acne in everyone.",
    "The weather was fine.",
)
DAY = "2026-11-22"


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of twelve drafts that contradict the store and each other, one of which cannot be read."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "posts"
    folder.mkdir()
    for number in range(12):
        said = [SAID[(number + at) % len(SAID)] for at in range(1 if number < 6 else 3)]
        (folder / f"p{number:02}.md").write_text(f"# Draft {number}\n\n" + "\n\n".join(said) + "\n", encoding="utf-8")
    (folder / "p05x.md").write_bytes(b"\xff\x00binary")
    (folder / "image.png").write_bytes(b"png")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def audit(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["audit", "--store", str(STORE), "--as-of", DAY, *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return audit


def lines_of(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def paths_of(out: str) -> list[str]:
    return [line["path"] for line in lines_of(out)[:-1]]


@pytest.mark.parametrize("format", list(AuditFormat))
def test_jobs_change_nothing(format: AuditFormat, drafts: Path, run: Any) -> None:
    one = run("posts", "--format", format, "--jobs", "1")
    assert run("posts", "--format", format, "--jobs", "2") == one
    assert one[0] == 2 and "p05x.md: looks binary" in one[2] and one[1]


def test_order_and_contradictions_between_drafts(drafts: Path, run: Any) -> None:
    _, out, _ = run("posts", "--format", "jsonl", "--jobs", "3")
    assert paths_of(out) == [f"posts/p{number:02}.md" for number in range(12)]
    conflicts = lines_of(out)[-1]["conflicts"]
    assert any(len({side["path"] for side in one["sides"]}) == 2 for one in conflicts)
    assert all(side["column"] and side["end_line"] for one in conflicts for side in one["sides"])
    whole = json.loads(run("posts", "--format", "json")[1])
    assert [{"schema": "ketakb.audit-document/1", **one} for one in whole["documents"]] == lines_of(out)[:-1]
    assert (whole["conflicts"], whole["summary"]) == (conflicts, lines_of(out)[-1]["summary"])
    assert [one["path"] for one in whole["skipped"]] == ["posts/image.png", "posts/p05x.md"]


def test_lines_to_a_file_are_the_same(drafts: Path, run: Any) -> None:
    out = run("posts", "--format", "jsonl")[1]
    assert run("posts", "--format", "jsonl", "-o", "all.jsonl")[1] == ""
    assert Path("all.jsonl").read_text(encoding="utf-8") == out
    record = ("--record", "signed.json", "--reviewer", "A. Example")
    assert run("posts", "--format", "jsonl", *record)[1] == out
    assert len(json.loads(Path("signed.json").read_text())["documents"]) == 12


def test_how_many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "processors", lambda: 4)
    assert [local.jobs_for(number) for number in (0, 1, 15, 16, 31, 1000)] == [1, 1, 1, 2, 3, 4]


def test_a_process_that_is_killed_costs_one_draft() -> None:
    store, _ = load_store(STORE)
    job = Job(store, app.AuditOptions(DAY), Desk(store, DAY), lines=True)

    def drafts() -> Iterator[Draft]:
        for number in range(8):
            yield Draft(f"p{number}.md", SAID[1] * (200 if number == 1 else 1))
            if number == 1:
                time.sleep(0.3)
                for process in multiprocessing.active_children():
                    os.kill(process.pid or 0, signal.SIGKILL)

    finished = list(local.read_in_processes(job, drafts(), 1))
    assert [one.path for one in finished] == [f"p{number}.md" for number in range(8)]
    faults = [one.fault for one in finished if one.fault]
    assert len(faults) <= 1 and all("killed" in fault for fault in faults)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked only there")
def test_forked_processes_compile_nothing(
    drafts: Path, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KETAKB_CACHE_DIR", str(tmp_path / "cache"))
    one = run("posts", "--format", "jsonl", "--jobs", "1")

    def never(*rows: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(compiled, "lexicon_rows", never)
    assert run("posts", "--format", "jsonl", "--jobs", "2") == one


def test_json_lines_of_drafts(drafts: Path, run: Any) -> None:
    held = [{"id": "a.md", "text": SAID[1]}, {"id": 7, "text": SAID[2]}, {"id": "b.html", "text": f"<p>{SAID[3]}</p>"}]
    bad = ["not json", "[1]", '{"id": "x"}', '{"id": "", "text": "x"}', '{"id": "x", "text": 1}', ""]
    Path("in.jsonl").write_text("\n".join([*map(json.dumps, held), *bad]), encoding="utf-8")
    status, out, err = run("in.jsonl", "posts/p00.md", "--format", "jsonl")
    assert (status, paths_of(out)) == (2, ["a.md", "7", "b.html", "posts/p00.md"])
    assert all(line["findings"] for line in lines_of(out)[:3])
    assert [line.partition(": ")[2].partition(": ")[0] for line in err.splitlines()] == [
        f"in.jsonl:{number}" for number in range(4, 9)
    ]
    assert run("in.jsonl", "posts/p00.md", "--format", "jsonl", "--jobs", "2") == (status, out, err)
    Path("none.jsonl").write_text("\n")
    status, out, err = run("none.jsonl")
    assert (status, out, err.count("\n")) == (2, "", 1) and "none.jsonl" in err
    assert run("posts")[2].count("jsonl") == 0


def test_files_of_json_lines_are_read_where_they_are_named(drafts: Path, run: Any) -> None:
    (drafts / "in.jsonl").write_text(json.dumps({"id": "a.md", "text": SAID[1]}))
    assert "a.md" not in paths_of(run("posts", "--format", "jsonl")[1])
    assert paths_of(run("posts/*.jsonl", "--format", "jsonl")[1]) == ["a.md"]


# ---- going on where a run ended


def resumed(run: Any, *more: str) -> tuple[int, list[str], str]:
    status, out, err = run("posts", "--format", "jsonl", "--resume", "state", *more)
    return status, paths_of(out), err


def test_resume_reads_what_changed(drafts: Path, run: Any) -> None:
    (drafts / "p05x.md").unlink()
    status, paths, _ = resumed(run)
    assert (status, len(paths)) == (1, 12)
    state = Path("state").read_text()
    assert not any(said in state for said in SAID)  # digests and counts, no text
    status, paths, err = resumed(run)
    assert (status, paths) == (1, []) and "12 drafts unchanged" in err
    skipped = lines_of(run("posts", "--format", "jsonl", "--resume", "state")[1])[-1]["skipped"]
    assert len(skipped) == 13 and "unchanged since it was read" in skipped[1]["reason"]
    (drafts / "p03.md").write_text(SAID[0])
    assert resumed(run, "--jobs", "2")[1] == ["posts/p03.md"]
    assert resumed(run)[1] == []
    (drafts / "decisions.yaml").write_text("[]\n")
    assert len(resumed(run)[1]) == 12
    assert Path("state").read_text().count("ketakb.resume/1") == 1


@pytest.mark.parametrize("how", ["kind", "select", "configuration", "version", "store", "year"])
def test_resume_reads_all_where_more_changed(
    how: str, drafts: Path, run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert len(resumed(run)[1]) == 12
    more: tuple[str, ...] = ()
    if how == "kind":
        more = ("--as", "ad")
    elif how == "select":
        more = ("--select", "KB2")
    elif how == "configuration":
        Path("ketakb.toml").write_text('[severities]\nKB201 = "note"\n')
    elif how == "version":
        monkeypatch.setattr("ketakb.__version__", "99")
    elif how == "store":
        import shutil

        shutil.copytree(STORE, tmp_path / "other")
        with (tmp_path / "other" / "vocabulary.yaml").open("a") as stream:
            stream.write("# later\n")
        more = ("--store", "other")
    else:
        more = ("--as-of", "2027-01-02")
    assert len(resumed(run, *more)[1]) == 12
    assert resumed(run, *more)[1] == []
    if how != "year":
        return
    assert resumed(run, "--as-of", "2027-01-03")[1] == []  # no claim begins or ends in between


def test_resume_takes_no_other_file(drafts: Path, run: Any) -> None:
    for held in (b"My notes\n", b'{"schema": "ketakb.record/1"}\n', b"[" * 9000 + b"\n", b"\xff\xfe\x00", b"{}", b"\0"):
        Path("state").write_bytes(held)
        status, out, err = run("posts", "--format", "jsonl", "--resume", "state")
        assert (status, out, err.count("\n")) == (2, "", 1), held
        assert Path("state").read_bytes() == held
    for where in ("nowhere/state", "posts"):
        status, out, err = run("posts", "--resume", where)
        assert (status, out, err.count("\n")) == (2, "", 1) and where in err
    for more in (("-o", "x.txt"), ("--record", "x.json"), ("--write-baseline", "x.json")):
        assert run("posts", "--resume", "state", *more)[0] == 2


def test_resume_forgives_a_line_that_was_cut_and_no_other(drafts: Path, run: Any) -> None:
    resumed(run)
    whole = Path("state").read_bytes()
    Path("state").write_bytes(whole[:-20])
    _, paths, err = resumed(run)
    assert paths == ["posts/p11.md"] and "state:13: cut short" in err
    assert Path("state").read_bytes() == whole
    lines = whole.splitlines(keepends=True)
    for bad in (b"{}\n", b"x\n", b'{"path": 1, "mark": "", "errors": -1, "warnings": 0, "notes": 0, "silenced": 0}\n'):
        Path("state").write_bytes(b"".join([*lines[:3], bad, *lines[4:]]))
        status, out, err = run("posts", "--format", "jsonl", "--resume", "state")
        assert (status, out, err.count("\n")) == (2, "", 1) and "state:4: is no line" in err


# ---- Ctrl-C


def disturbed(command: list[str], disturb: Callable[[subprocess.Popen[bytes]], None]) -> tuple[int, str, str]:
    """Run a command, and do something to it as soon as its first line is there."""
    with Path("out").open("wb") as out, Path("err").open("wb") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
        while process.poll() is None and b"\n" not in Path("out").read_bytes():
            time.sleep(0.01)
        disturb(process)
        status = process.wait(timeout=300)
    return status, Path("out").read_text(encoding="utf-8"), Path("err").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT between processes")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_leaves_what_is_finished(jobs: str, drafts: Path, run: Any) -> None:
    for number in range(80):
        (drafts / f"q{number:03}.md").write_text(" ".join(SAID) * 4, encoding="utf-8")
    command = [sys.executable, "-m", "ketakb", "audit", "posts", "--store", str(STORE), "--format", "jsonl"]
    command += ["--as-of", DAY, "--jobs", jobs, "--resume", "state"]
    status, out, err = disturbed(command, lambda process: process.send_signal(signal.SIGINT))
    *documents, summary = lines_of(out)
    assert status == 130 and "Traceback" not in err
    done = len(documents)
    assert 0 < done < 92 and f"interrupted: {done} of 93 drafts were read" in err
    assert summary["summary"]["documents"] == done
    left = [one["path"] for one in summary["skipped"] if one["reason"].startswith("interrupted")]
    unreadable = {"posts/p05x.md"} & {one["path"] for one in summary["skipped"]} - set(left)
    assert done + len(left) + len(unreadable) == 93
    assert len(Path("state").read_text().splitlines()) == 1 + done
    rest = paths_of(run("posts", "--format", "jsonl", "--resume", "state")[1])
    assert sorted([*(one["path"] for one in documents), *rest]) == sorted(
        str(path.relative_to(drafts.parent)) for path in drafts.glob("*.md") if path.name != "p05x.md"
    )


# ---- elsewhere


def test_a_store_can_be_sent_elsewhere() -> None:
    store = ketakb.Store.load(STORE)
    sent = pickle.loads(pickle.dumps(store))
    assert ketakb.audit(SAID[1], sent, as_of=DAY) == ketakb.audit(SAID[1], store, as_of=DAY)
    assert ketakb.audit(SAID[1], sent, as_of=DAY).documents[0].findings


def test_the_code_of_the_docs_finds_something() -> None:
    page = (Path(__file__).parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("\nspark.")[0]
    scope: dict[str, Any] = {}
    exec(code, scope)
    line = json.loads(next(scope["found"]([("a.md", "Ketamine stimulates NMDA receptors.")])))
    assert (line["id"], line["rule"]) == ("a.md", "KB201")


# ---- a cluster


def test_dask_is_asked_for_where_it_is_not_there(
    drafts: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "ketakb.running.ready", raising=False)
    status, out, err = run("posts", "--engine", "dask")
    assert (status, out) == (2, "") and "pip install 'ketakb[dask]'" in err and err.count("\n") == 1
    assert run("posts", "--scheduler", "tcp://127.0.0.1:1")[0] == 2


def test_a_cluster_that_loses_a_worker_finds_the_same(drafts: Path, run: Any, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    for number in range(40):
        (drafts / f"q{number:03}.md").write_text(" ".join(SAID) * 4, encoding="utf-8")
    here = run("posts", "--format", "jsonl", "--jobs", "1")
    with distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        command = [sys.executable, "-m", "ketakb", "audit", "posts", "--store", str(STORE), "--format", "jsonl"]
        command += ["--as-of", DAY, "--engine", "dask", "--scheduler", cluster.scheduler_address]
        victim = next(iter(cluster.workers.values()))
        assert disturbed(command, lambda _: os.kill(victim.pid, signal.SIGKILL)) == here

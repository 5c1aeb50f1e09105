"""New stores and new claims: what is written, what is refused, and that nothing is half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketakb.cli.main import main
from ketakb.model import Store
from ketakb.store.integrity import check
from ketakb.store.load import load_store
from ketakb.store.proposed import new_id

DAY = "2026-11-22"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([str(one) for one in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def loaded(folder: Path) -> Store:
    store, problems = load_store(folder)
    assert problems == []
    return store


def uncomment(path: Path) -> None:
    """Make the example of a new file count: the remark after the line `#` is the example."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines.index("#")
    path.write_text(
        "\n".join([*lines[:at], *(line[2:] for line in lines[at + 1 :])]) + "\n", encoding="utf-8"
    )


@pytest.fixture
def started(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A new store with its examples uncommented."""
    folder = tmp_path / "headache"
    assert run(capsys, "init", folder)[0] == 0
    for name in ("vocabulary", "topics", "claims", "wording"):
        uncomment(folder / f"{name}.yaml")
    guide = (folder / "sources/README.txt").read_text(encoding="utf-8").splitlines()
    front = "\n".join(line[4:] for line in guide if line.startswith("    ") or not line)
    (folder / "sources/example-label.md").write_text(front.lstrip() + "\n", encoding="utf-8")
    return folder


def test_a_new_store_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    status, out, _ = run(capsys, "init", folder, "--name", "My Café")
    assert status == 0
    assert f"ketakb check --store {folder}" in out
    status, out, _ = run(capsys, "check", "--store", folder, "--fail-on", "note")
    assert status == 0
    assert "my-cafe: 0 claims, 0 sources, 0 topics; 0 errors, 0 warnings, 0 notes" in out
    for path in folder.glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert (folder / first.partition("$schema=")[2]).is_file(), path


def test_the_examples_in_a_new_store_are_right(started: Path) -> None:
    store = loaded(started)
    assert list(store.claims) == ["example-eases-headache"]
    assert check(store, DAY) == []


def test_a_layer_over_the_store_that_ships_and_over_a_folder(
    started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for extends in ("ketamine", "default"):
        assert run(capsys, "init", tmp_path / f"over-{extends}", "--extends", extends)[0] == 0
        store, problems = load_store(tmp_path / f"over-{extends}")
        assert [one for one in problems if one.severity == "error"] == []
        assert store.layers == ("ketamine", f"over-{extends}")
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "init", "deep/ours", "--extends", "headache")[0] == 0
    assert "extends: ../../headache" in (tmp_path / "deep/ours/store.yaml").read_text().replace('"', "")
    assert loaded(tmp_path / "deep/ours").layers == ("headache", "ours")
    uncomment(tmp_path / "deep/ours/claims.yaml")
    minutes = "---\ntitle: Minutes\nkind: guideline\ntext: summary\n---\n\nTwo small trials.\n"
    (tmp_path / "deep/ours/sources/our-minutes.md").write_text(minutes)
    assert list(loaded(tmp_path / "deep/ours").claims) == ["ours-example"]


def test_init_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "claims.yaml").write_text("# mine\n")
    status, _, err = run(capsys, "init", folder)
    assert status == 2
    assert "claims.yaml: is there already; nothing was written" in err
    assert sorted(path.name for path in folder.iterdir()) == ["claims.yaml", "notes.txt"]
    (folder / "claims.yaml").unlink()
    assert run(capsys, "init", folder)[0] == 0
    assert run(capsys, "init", folder)[0] == 2
    assert run(capsys, "init", folder / "notes.txt")[0] == 2
    status, _, err = run(capsys, "init", tmp_path / "over", "--extends", "nowhere")
    assert status == 2
    assert "nowhere is no store" in err
    assert not (tmp_path / "over").exists()


OPTIONS = ("--topic", "effect/headache", "--subject", "example-drug", "--relation", "worsens")
SAID = ("--object", "headache", "--statement", "Example's overuse worsens headache: a warning.")


def test_a_claim_is_added_unreviewed_and_its_conflict_shown(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (started / "claims.yaml").read_text(encoding="utf-8")
    source = ("--source", "example-label", "--says", "Overuse worsens it.", "--locator", "section 4")
    status, out, err = run(capsys, "add", "--store", started, *OPTIONS, *SAID, *source)
    assert (status, err) == (0, "")
    name = "examples-overuse-worsens-headache-a-warning"
    assert f"{name} added to {started}/claims.yaml:" in out
    assert "open example-eases-headache (accepted) Example eases headache." in out
    text = (started / "claims.yaml").read_text(encoding="utf-8")
    assert text.startswith(before)
    claim = loaded(started).claims[name]
    assert claim.standing == "unreviewed"
    assert claim.statement == "Example's overuse worsens headache: a warning."
    assert (claim.passages[0].says, claim.passages[0].locator) == ("Overuse worsens it.", "section 4")
    assert run(capsys, "add", "--store", started, *OPTIONS, *SAID, *source)[0] == 0
    assert f"{name}-2" in loaded(started).claims
    assert run(capsys, "add", "--store", started, *OPTIONS, *SAID, "--id", name)[0] == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("effect/headache", "effect/headach"), "did you mean `effect/headache`?"),
        (("example-drug", "aspirin"), "`aspirin` is not defined as an entity"),
        (("worsens", "worsen"), "did you mean `worsens`?"),
        (("--relation worsens ", ""), "has no `relation`, which topic effect/headache needs"),
        (("--topic effect/headache ", ""), "--topic is missing"),
        (("--says x", "--quote x"), "is kept as a summary, which cannot be quoted"),
        (("--source example-label ", ""), "--source is missing"),
        (("example-label", "example-labe"), "did you mean `example-label`?"),
    ],
)
def test_a_wrong_claim_is_refused_in_the_words_of_the_loader(
    started: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], message: str
) -> None:
    line = f"{' '.join(OPTIONS)} --object headache --statement Some. --source example-label --says x"
    before = (started / "claims.yaml").read_bytes()
    assert change[0] in line
    status, _, err = run(capsys, "add", "--store", started, *line.replace(*change).split())
    assert status == 2
    assert message in err
    assert (started / "claims.yaml").read_bytes() == before


FILE = """\
- topic: effect/headache
  statement: Example eases headache within 2 hours.
  assert:
    subject: example-drug
    relation: eases
    object: [headache]
    value: {low: null, high: 2, unit: hour, approx: true}
    negated: false
    time: {from: 2019-03-05}
  passages:
    - {source: example-label, says: "true", locator: 5}
- id: second
  topic: effect/headache
  statement: Example eases headache.
  assert: {subject: example-drug, relation: eases, object: headache}
"""


def test_claims_are_added_from_a_file(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = started.parent / "new.yaml"
    file.write_text(FILE, encoding="utf-8")
    status, _, err = run(capsys, "add", "--store", started, "--from", file)
    assert (status, err) == (0, "")
    store = loaded(started)
    first = store.claims["example-eases-headache-within-2-hours"]
    value = first.assertion.value
    assert value is not None
    assert (value.low, value.high, value.approx) == (None, 2.0, True)
    assert first.assertion.time is not None and first.assertion.time.start == "2019-03-05"
    assert (first.passages[0].says, first.passages[0].locator) == ("true", "5")
    assert "second" in store.claims


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("relation: eases\n", "relation: ease\n"), "new.yaml:5:15: `ease` is not defined as a relation"),
        (
            ("- id: second", "- id: second\n  standing: accepted"),
            "new.yaml:13:13: a new claim has no `standing`",
        ),
        (("- id: second", "- id: Second!"), "new.yaml:12:7: `Second!` is not an id"),
        (("- id: second", "- id: example-eases-headache"), "is also the id of the claim"),
        (("- id: second", "- id: second\n  review: {by: me}"), "a new claim has no `review`"),
        (("- id: second", "- id: second\n  overrules: example-eases-headache"), "takes effect at once"),
        ((FILE, "nothing: here\n"), "new.yaml:1:1: `claims` is missing in proposals"),
        ((FILE, "# nothing\n"), "holds no claim"),
        (("  assert: {sub", "  assert {sub"), "new.yaml:"),
    ],
)
def test_a_file_with_one_fault_adds_nothing(
    started: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: tuple[str, str],
    message: str,
) -> None:
    monkeypatch.chdir(started.parent)
    Path("new.yaml").write_text(FILE.replace(*change), encoding="utf-8")
    before = (started / "claims.yaml").read_bytes()
    status, _, err = run(capsys, "add", "--store", started, "--from", "new.yaml")
    assert status == 2
    assert message in err
    assert (started / "claims.yaml").read_bytes() == before


def test_a_store_with_a_folder_of_claims_gets_a_file_there(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (started / "claims").mkdir()
    (started / "claims.yaml").rename(started / "claims/first.yaml")
    assert run(capsys, "add", "--store", started, *OPTIONS, *SAID)[0] == 0
    assert (started / "claims/added.yaml").is_file()
    assert run(capsys, "add", "--store", started, *OPTIONS, *SAID, "--id", "other")[0] == 0
    assert len(loaded(started).claims) == 3


def test_ids_are_made_of_the_first_words() -> None:
    assert new_id("Ketamine’s onset: within 40 minutes!", set()) == "ketamines-onset-within-40-minutes"
    assert new_id("Größe", {"groe", "groe-2"}) == "groe-3"
    assert new_id("日本", set()) == "claim"
    assert len(new_id("word " * 100, set())) <= 60

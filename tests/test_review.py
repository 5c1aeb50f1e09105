"""Reviews: what a reviewer is shown, what is recorded, and how a claim becomes suspect, end to end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ketakb import keeping
from ketakb.app import AuditOptions, audit_store
from ketakb.cli.main import main
from ketakb.errors import StoreError, UsageError
from ketakb.model import Store
from ketakb.store.load import load_store
from ketakb.store.review import fingerprint, suspect, upkeep
from ketakb.store.upkeep import Decision, require_writable, year_after

DAY = "2026-11-22"
STORE = """\
name: fruit
title: Fruit
subject: apple
kinds: [study, leaflet]
weak_from: leaflet
"""
VOCABULARY = """\
entities:
  apple: {label: apple, kind: drug, names: [apple]}
  cough: {label: cough, kind: condition, names: cough}
relations:
  eases: {label: eases, polarity: 1, opposite: worsens, classes: [lower]}
  worsens: {label: worsens, polarity: -1, opposite: eases, classes: [raise]}
"""
TOPICS = """\
effect/cough:
  title: Cough
  question: Does apple ease cough?
  comparator: direction
  needs: [subject, relation, object]
"""
CLAIMS = """\
# Remarks stay.

- id: eases-cough   # and this one
  topic: effect/cough
  statement: Apple eases cough.
  assert: {subject: apple, relation: eases, object: cough}
  standing: accepted
  passages:
    - {source: trial, says: It eases cough., locator: abstract}
  review: {by: project, on: 2026-01-01, review_by: 2027-01-01}

- id: worsens-cough
  topic: effect/cough
  statement: Apple worsens cough.
  assert: {subject: apple, relation: worsens, object: cough}
  standing: rejected
  because: The trial says otherwise.
  passages:
    - {source: page, quote: "apple worsens cough"}
  review:
    by: project
    on: 2026-01-01

- id: a-guess
  topic: effect/cough
  statement: Apple eases a cough at night.
  assert: {subject: apple, relation: eases, object: cough}
  standing: accepted
  passages:
    - {source: trial, says: It may help at night.}
  review: {state: needed}
"""
TRIAL = "---\ntitle: Trial\nkind: study\npublished: 2019\ntext: summary\n---\n\nIt eases cough.\n"
PAGE = (
    "---\ntitle: Page\nkind: leaflet\ntext: verbatim\n---\n\n"
    + "Word " * 60
    + "We say apple\nworsens cough, and more. "
    + "Word " * 60
    + "\n"
)


@pytest.fixture
def fruit(tmp_path: Path) -> Path:
    folder = tmp_path / "fruit"
    (folder / "sources").mkdir(parents=True)
    for name, text in (
        ("store", STORE),
        ("vocabulary", VOCABULARY),
        ("topics", TOPICS),
        ("claims", CLAIMS),
    ):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "sources/trial.md").write_text(TRIAL, encoding="utf-8")
    (folder / "sources/page.md").write_text(PAGE, encoding="utf-8")
    return folder


def loaded(folder: Path) -> Store:
    store, problems = load_store(folder)
    assert [one.message for one in problems if one.severity == "error"] == []
    return store


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([str(one) for one in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def statuses(folder: Path, day: str = DAY) -> dict[frozenset[str], str]:
    report = audit_store(loaded(folder), AuditOptions(day))
    return {frozenset(s.claim.id for s in c.sides if s.claim): c.status for c in report.conflicts}


PAIR = frozenset(("eases-cough", "worsens-cough"))


def test_a_claim_is_shown_with_its_passage_in_context_and_its_conflicts(
    fruit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "review", "worsens-cough", "--store", fruit)
    assert status == 0
    assert "We say “apple worsens cough”, and more. Word" in out
    assert "… Word" in out
    assert "Word …" in out
    assert "settled eases-cough (accepted) Apple eases cough." in out
    assert "because: The trial says otherwise." in out
    _, out, _ = run(capsys, "review", "eases-cough", "--store", fruit, "--as-of", "2027-02-01")
    assert "suspect: it was to be reviewed by 2027-01-01" in out
    assert "It eases cough. (our summary)" in out
    assert "Trial. 2019." in out


def test_a_review_changes_its_own_line_and_no_other_byte(
    fruit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "review", "eases-cough", "--store", fruit, "--by", "Dr A", "--as-of", DAY)
    mark = fingerprint(loaded(fruit).claims["eases-cough"], loaded(fruit))
    assert (status, out) == (
        0,
        "eases-cough accepted: reviewed on 2026-11-22 by Dr A, to be reviewed by 2027-11-22\n",
    )
    old = "  review: {by: project, on: 2026-01-01, review_by: 2027-01-01}\n"
    new = f'  review: {{by: Dr A, on: 2026-11-22, review_by: 2027-11-22, fingerprint: "{mark}"}}\n'
    assert (fruit / "claims.yaml").read_text(encoding="utf-8") == CLAIMS.replace(old, new)


def test_a_standing_is_set_with_its_reason_in_one_step(
    fruit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "review", "a-guess", "--store", fruit, "--by", "B", "--standing", "rejected")
    assert status == 2
    assert "without a reason; add --because" in err
    assert (fruit / "claims.yaml").read_text(encoding="utf-8") == CLAIMS
    arguments = ("--by", "B", "--standing", "rejected", "--because", "Only a guess: #1.", "--until", "6m")
    assert run(capsys, "review", "a-guess", "--store", fruit, *arguments, "--as-of", DAY)[0] == 0
    claim = loaded(fruit).claims["a-guess"]
    assert (claim.standing, claim.because) == ("rejected", "Only a guess: #1.")
    assert (claim.review.by, claim.review.review_by, claim.review.state) == ("B", "2027-05-22", None)


def test_a_review_written_on_several_lines_is_replaced(
    fruit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "review", "worsens-cough", "--store", fruit, "--by", "B", "--as-of", DAY)[0] == 0
    text = (fruit / "claims.yaml").read_text(encoding="utf-8")
    assert text.startswith(CLAIMS[: CLAIMS.index("  review:\n    by")])
    assert text.endswith(CLAIMS[CLAIMS.index("\n- id: a-guess") :])
    assert loaded(fruit).claims["worsens-cough"].review.by == "B"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("eases-cough", "--standing", "rejected"), "--by NAME is missing"),
        (("eases-coug", "--by", "B"), "did you mean eases-cough"),
        (("eases-cough", "a-guess", "--by", "B"), "name one claim"),
        (("eases-cough", "--by", " "), "name of the reviewer"),
        (("eases-cough", "--by", "B", "--until", "2026-11-22"), "is no date after 2026-11-22"),
        (("eases-cough", "--by", "B", "--until", "soon"), "YYYY-MM-DD, or 6m"),
        (("--adopt", "--by", "B"), "one of the three"),
        (("--adopt", "--by", "B", "--all", "--topic", "effect"), "one of the three"),
        (("--adopt", "--by", "B", "--topic", "none"), "no claim has a topic"),
        (("--adopt", "--by", "B", "--all", "--standing", "accepted"), "not with --adopt"),
    ],
)
def test_what_cannot_be_recorded_is_told_and_nothing_is_written(
    fruit: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    status, _, err = run(capsys, "review", *arguments, "--store", fruit, "--as-of", DAY)
    assert status == 2
    assert message in err
    assert (fruit / "claims.yaml").read_text(encoding="utf-8") == CLAIMS


def test_adopting_all_leaves_what_needs_a_look(fruit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("review", "--adopt", "--all", "--by", "Dr A", "--store", fruit, "--as-of")
    status, out, _ = run(capsys, *arguments, DAY)
    assert status == 0
    assert "2 claims reviewed by Dr A" in out
    assert "not confirmed by anybody yet: 1 claim" in out
    assert "  a-guess" in out
    store = loaded(fruit)
    assert store.claims["eases-cough"].review.review_by == "2027-01-01"  # the day that lay ahead stays
    assert store.claims["worsens-cough"].review.review_by == "2027-11-22"
    assert upkeep(store, DAY).adopted == {"Dr A": 2}
    status, out, _ = run(capsys, "check", "--store", fruit, "--as-of", DAY)
    assert "2 of 3 claims adopted (2 by Dr A), 0 suspect" in out
    _, out, _ = run(capsys, *arguments, "2027-06-01")
    assert "suspect: 1 claim" in out


def test_a_settled_conflict_reopens_when_what_it_rests_on_changes(
    fruit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert statuses(fruit)[PAIR] == "settled"
    assert run(capsys, "audit", "--store", fruit, "--as-of", DAY)[0] == 0
    for name in ("eases-cough", "worsens-cough"):
        run(capsys, "review", name, "--store", fruit, "--by", "Dr A", "--as-of", DAY)
    assert statuses(fruit)[PAIR] == "settled"
    (fruit / "sources/trial.md").write_text(TRIAL.replace("eases", "hardly eases"), encoding="utf-8")
    assert statuses(fruit)[PAIR] == "open"
    assert run(capsys, "audit", "--store", fruit, "--as-of", DAY)[0] == 1
    _, out, _ = run(capsys, "check", "--store", fruit, "--as-of", DAY)
    assert "`eases-cough`: the claim, a quote or a source was changed after the review of 2026-11-22" in out
    assert "[KB122]" in out
    assert "1 suspect" in out
    run(capsys, "review", "eases-cough", "--store", fruit, "--by", "Dr A", "--as-of", DAY)
    assert statuses(fruit)[PAIR] == "settled"
    assert statuses(fruit, "2028-01-01")[PAIR] == "open"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("retracted: false", "retracted: true"), "KB124"),
        (("superseded_by: null", "superseded_by: page"), "KB124"),
    ],
)
def test_a_withdrawn_source_makes_its_claims_suspect(
    fruit: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], rule: str
) -> None:
    text = TRIAL.replace("text: summary", "retracted: false\nsuperseded_by: null\ntext: summary")
    (fruit / "sources/trial.md").write_text(text.replace(*change), encoding="utf-8")
    assert statuses(fruit)[PAIR] == "open"
    _, out, _ = run(capsys, "check", "--store", fruit, "--as-of", DAY)
    assert out.count(rule) == 2


def test_what_was_so_in_the_past_does_not_mind_a_newer_source(fruit: Path) -> None:
    text = TRIAL.replace("text: summary", "superseded_by: page\ntext: summary")
    (fruit / "sources/trial.md").write_text(text, encoding="utf-8")
    claims = CLAIMS.replace("standing: accepted", "standing: superseded\n  because: Newer.", 1)
    (fruit / "claims.yaml").write_text(claims, encoding="utf-8")
    store = loaded(fruit)
    assert suspect(store.claims["eases-cough"], store, DAY) == []


def test_check_lists_what_runs_out(fruit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for within, found in (("5d", False), ("40d", True), ("6w", True), ("2m", True), ("1y", True)):
        status, out, _ = run(capsys, "check", "--store", fruit, "--as-of", DAY, "--expiring", within)
        assert status == 0
        assert ("`eases-cough` must be reviewed by 2027-01-01" in out) is found, within
    status, _, err = run(capsys, "check", "--store", fruit, "--expiring", "soon")
    assert status == 2
    assert "write 90d, 6w, 3m or 1y" in err


def test_the_store_of_the_package_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (("review", "--adopt", "--all", "--by", "X"), ("add", "--topic", "x", "--statement", "y")):
        status, _, err = run(capsys, *command)
        assert status == 2
        assert "read-only" in err
        assert "ketakb init DIR --extends default" in err


def test_an_installed_store_is_not_written_by_name_either(
    monkeypatch: pytest.MonkeyPatch, fruit: Path
) -> None:
    monkeypatch.setattr("ketakb.store.upkeep.is_packaged", lambda folder: True)
    with pytest.raises(StoreError, match="read-only"):
        require_writable(fruit)


def test_a_layer_keeps_its_reviews_of_what_is_beneath(
    fruit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = fruit.parent / "ours"
    assert run(capsys, "init", layer, "--extends", fruit)[0] == 0
    before = {path: path.read_bytes() for path in fruit.rglob("*") if path.is_file()}
    adopt = ("review", "--adopt", "--all", "--by", "Dr A", "--store", layer, "--as-of", DAY)
    assert run(capsys, *adopt)[0] == 0
    run(capsys, "review", "eases-cough", "--by", "Dr B", "--store", layer, "--as-of", DAY)
    assert {path: path.read_bytes() for path in fruit.rglob("*") if path.is_file()} == before
    store = loaded(layer)
    assert upkeep(store, DAY).adopted == {"Dr A": 1, "Dr B": 1}
    assert (layer / "reviews.yaml").read_text(encoding="utf-8").count("- id:") == 2
    with pytest.raises(UsageError, match="overrules: eases-cough"):
        decision = Decision("Dr B", DAY, standing="rejected", because="No.")
        keeping.record_review(store, [store.claims["eases-cough"]], decision)
    # the claim changes beneath, and the layer is told
    changed = CLAIMS.replace("Apple eases cough.", "Apple eases every cough.")
    (fruit / "claims.yaml").write_text(changed, encoding="utf-8")
    store = loaded(layer)
    assert len(suspect(store.claims["eases-cough"], store, DAY)) == 1
    # a claim that is gone is no error
    (fruit / "claims.yaml").write_text(CLAIMS.split("\n- id: worsens")[0] + "\n", encoding="utf-8")
    _, problems = load_store(layer)
    assert [(one.severity, one.rule) for one in problems] == [("warning", "KB107")]


def test_all_of_the_store_that_ships_can_be_marked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(Path(__file__).parents[1] / "data", data)
    store = loaded(data)
    day = "2026-11-22"
    done = keeping.adopt(store, [], None, True, Decision("project", day))
    after = loaded(data)
    assert len(done.claims) + sum(map(len, done.left.values())) == len(store.claims)
    assert all(after.claims[claim.id].review.fingerprint for claim in done.claims)
    assert upkeep(after, day).suspect == upkeep(store, day).suspect


def test_a_year_after_a_leap_day() -> None:
    assert year_after("2028-02-29") == "2029-02-28"
    assert year_after(DAY) == "2027-11-22"

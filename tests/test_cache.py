"""A store that comes from the cache answers what the store of the folder answers, whatever became of the cache."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from binascii import b2a_base64
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from counted import steps
from ketakb import api, built, cache, kept_rows, room
from ketakb.cli import progress
from ketakb.cli.main import main
from ketakb.compare.index import index_claims
from ketakb.errors import StoreError
from ketakb.extract.compiled import compile_store
from ketakb.kept import Kept
from ketakb.kept_rows import DamagedError, Held
from ketakb.language.english import word_classes
from ketakb.language.patterns import anchors, expand, grown, keys_of, parse, wordings, write, written_keys
from ketakb.language.phrase_book import PhraseBook
from ketakb.language.phrases import PhraseTrie
from ketakb.language.tokens import tokenize
from ketakb.model import Store
from ketakb.store import state
from ketakb.store.load import load_store
from ketakb.store.locate import default_store
from ketakb.store.remembered import Memory
from ketakb.store.specs import CLAIMS, TOPICS, VOCABULARY, WORDING
from ketakb.values import replace
from ketakb.yamlio.context import Context
from ketakb.yamlio.read import read_yaml
from ketakb.yamlio.spec import Entry, Item

PAGE = Path(__file__).parents[1] / "examples"
STORE = {
    "store.yaml": "name: small\ntitle: Small\nsubject: zed\nkinds: [label, news]\nweak_from: news\n",
    "vocabulary.yaml": """\
entities:
  zed: {label: zed, kind: drug, names: ["zed (tablet|pill)?"]}
  knob: {label: the knob, kind: receptor, names: [knob, "knob receptor"]}
relations:
  blocks: {label: blocks, polarity: -1, opposite: activates, classes: [block]}
  activates: {label: activates, polarity: 1, opposite: blocks, classes: [activate]}
""",
    "topics.yaml": """\
mechanism/knob:
  title: Zed and the knob
  question: What does zed do to the knob?
  comparator: direction
  settings: {subjects: family}
  needs: [subject, relation, object]
  frames:
    - {id: action, subject: [zed], relation: [blocks, activates], object: [knob]}
""",
    "claims.yaml": """\
- id: zed-blocks
  topic: mechanism/knob
  statement: Zed blocks the knob.
  assert: {subject: zed, relation: blocks, object: knob}
  standing: accepted
  because: The label says so.
  passages: [{source: a-label, says: it blocks the knob}]
  review: {by: project, on: 2026-01-01}
""",
    "sources/a-label.md": "---\ntitle: Label of zed\nkind: label\ntext: summary\n---\nIt blocks the knob.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an empty cache; nothing comes with the package (tests/test_built.py)."""
    monkeypatch.setattr(built, "FOLDER", tmp_path / "nothing")
    monkeypatch.setenv("KETAKB_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(room, "_off", False)
    yield tmp_path / "cache"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a small store."""
    return write_store(tmp_path / "small", STORE)


@pytest.fixture
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language of a few words, so that a store is compiled in no time."""
    few = {name: one for name, one in word_classes().items() if name in ("block", "activate", "raise", "lower")}
    monkeypatch.setattr("ketakb.extract.compiled.word_classes", lambda: few)


def write_store(there: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_text(text, encoding="utf-8")
    return there


def statements(store: Store) -> list[str]:
    return [claim.statement for claim in store.claims.values()]


def opened(path: Path) -> Store:
    store, problems = cache.open_store(path)
    assert problems == []
    return store


def main_file(folder: Path) -> Path:
    (found,) = folder.glob("small-*.sqlite")
    return found


# ---- the same answers


def test_every_part_of_a_store_is_the_same(folder: Path) -> None:
    read, _ = load_store(default_store())
    cold, warm = opened(default_store()), opened(default_store())
    for store in (cold, warm):
        assert store.kept is not None
        for name in read.__match_args__:  # type: ignore[attr-defined]
            if name not in ("kept", "closure"):
                part, other = getattr(read, name), getattr(store, name)
                assert part == other, name
                if name in ("entities", "relations", "scales", "topics", "claims", "sources"):
                    assert list(part) == list(other) and len(part) == len(other)
    assert warm.closure == {name: frozenset(read.ancestors(name)) for name in read.entities}
    assert pickle.loads(pickle.dumps(warm.closure)) == warm.closure
    under = index_claims(read, __import__("datetime").date(2026, 1, 1)).by_topic
    assert dict(index_claims(warm, __import__("datetime").date(2026, 1, 1)).by_topic) == dict(under)


@pytest.fixture(scope="module")
def kept_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one cache for many commands; each finds what those before it have kept."""
    return tmp_path_factory.mktemp("kept") / "cache"


COMMANDS = [
    ["search", "no sside efects", "-f", "json"],
    ["search", "how fast does it work", "--standing", "accepted", "-f", "json", "-n", "50"],
    ["search", "approved", "--kind", "label", "--topic", "approval"],
    ["audit", "--as-of", "2026-11-21", "-f", "json"],
    ["audit", "PAGES", "--as-of", "2026-11-21", "-f", "json"],
    ["audit", "PAGES", "--as-of", "2026-11-21", "-f", "sarif", "--cite"],
    ["parse", "PAGES", "-f", "json"],
    ["show", "ketamine-blocks-nmda"],
    ["topics"],
    ["sources"],
    ["export"],
]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_answers_are_the_same_to_the_byte(
    arguments: list[str],
    kept_before: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KETAKB_CACHE_DIR", str(kept_before))
    pages = [str(path) for path in sorted(PAGE.rglob("*.md"))[:3]]
    asked = [one for name in arguments for one in (pages if name == "PAGES" else [name])]
    answers = answers_of(asked, capsysbinary, monkeypatch)
    assert kept_before.exists()
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][1]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_the_first_command_on_a_store_answers_the_same(
    arguments: list[str],
    folder: Path,
    small: Path,
    few_words: None,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = small.parent / "page.md"
    page.write_text("Zed activates the knob. Zed tablets block it.\n", encoding="utf-8")
    own = {"PAGES": str(page), "ketamine-blocks-nmda": "zed-blocks", "approval": "mechanism"}
    asked = [own.get(one, one) for one in arguments] + ["--store", str(small)]
    answers = answers_of(asked, capsysbinary, monkeypatch)
    assert folder.exists()
    assert answers[0] == answers[1] == answers[2]


def answers_of(
    asked: list[str], capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[int, bytes, bytes]]:
    """Return exit status, output and messages of a command: without the cache, and twice with it."""
    answers = []
    for extra in (["--no-cache"], [], []):
        monkeypatch.setattr(room, "_off", False)
        answers.append((main([*asked[:1], *extra, *asked[1:]]), *capsysbinary.readouterr()))
    return answers


def test_messages_name_files_as_the_store_was_named(folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(small).claims["zed-blocks"].path == str(small / "claims.yaml")
    monkeypatch.chdir(small.parent)
    store = opened(Path("small"))
    assert (store.claims["zed-blocks"].path, store.root) == (str(Path("small") / "claims.yaml"), "small")
    monkeypatch.chdir(small)
    store = opened(Path())
    assert store.claims["zed-blocks"].path == "claims.yaml"
    assert store.sources["a-label"].path == str(Path("sources") / "a-label.md")
    assert len(list(folder.glob("small-*.sqlite"))) == 1


def test_phrases_are_found_the_same_kept_or_not(folder: Path) -> None:
    store = opened(default_store())
    lexicon = compile_store(store)
    plain = compile_store(load_store(default_store())[0])
    texts = [path.read_text(encoding="utf-8") for path in sorted(PAGE.rglob("*.md"))[:6]]
    texts += [claim.statement for claim in list(store.claims.values())[:200]]
    for text in texts:
        tokens = tokenize(text)
        assert lexicon.trie.find(tokens) == plain.trie.find(tokens)
    assert lexicon.family == plain.family and lexicon.closure == plain.closure and lexicon.kinds == plain.kinds
    assert list(lexicon.frames) == list(plain.frames)


def test_what_a_trie_finds_does_not_depend_on_what_it_met_before() -> None:
    phrases = [phrase for one in list(word_classes().values())[:60] for phrase, _ in one.phrases]
    text = " ".join(" ".join(expand(phrase)[-1]) for phrase in phrases)
    tokens = tokenize(text.replace("*", "so"))

    def book() -> PhraseTrie:
        made = PhraseBook()
        for number, phrase in enumerate(phrases):
            made.add(phrase, f"c{number % 7}")
        return made.trie()

    whole, piecewise = book(), book()
    for token in random.Random(1).sample(tokens, len(tokens)):
        piecewise.meet([token.key])
    assert whole.find(tokens) == piecewise.find(tokens)


def written_wordings(text: str, known: set[str]) -> set[tuple[str, ...]]:
    """Return the ways that a tree grows by a written pattern."""
    root: dict[Any, Any] = {}
    ends = {id(node) for node in grown(root, text, known)}
    found, left = set(), [((), root)]
    while left:
        keys, node = left.pop()
        if id(node) in ends:
            found.add(keys)
        left += [((*keys, key), after) for key, after in node.items()]
    return found


def test_every_wording_holds_an_anchor() -> None:
    phrases = [phrase for one in word_classes().values() for phrase, _ in one.phrases]
    made_up = ("a? b (c d|e)? * f", "(a|b|c) (a|d)?", "no (known|real)? (side|(very)? adverse|) effects")
    for phrase in (*made_up, *phrases[::23]):
        pattern = parse(phrase)
        common = Counter(keys_of(pattern))
        chosen = anchors(pattern, common)
        for wording in expand(phrase)[:500]:
            beside = {f"{one} {two}" for one, two in pairwise(wording)}
            assert not chosen or chosen & {*wording, *beside}, (phrase, wording, chosen)
    assert anchors(parse("a (b|c)"), Counter("abc")) == {"a b", "a c"}
    assert anchors(parse("a b|c"), Counter("abc")) == {"a b", "c"}
    assert anchors(parse("a? b * c"), Counter("aaabbcc")) in ({"b"}, {"c"})
    assert anchors(parse("a?"), Counter("a")) == set()


def test_a_page_reads_the_phrases_that_its_words_stand_in(folder: Path) -> None:
    book = PhraseBook()
    for number, phrase in enumerate(["side effects", "no * effects", "side-by-side", "the (other)? side"]):
        book.add(phrase, f"c{number}")
    asked: list[str] = []

    class Watched(Held):
        def some(self, part: str, keys: Any, decode: Any) -> Any:
            asked.extend(keys if part == "phrase" else ())
            return super().some(part, keys, decode)

    trie = PhraseTrie([Watched(book.rows())])
    assert [match.concept for match in trie.find(tokenize("It has side - effects on the other side."))] == ["c0", "c3"]
    assert "sid effect" in asked and "sid by" not in asked and len(asked) == len(set(asked))
    assert [match.concept for match in trie.find(tokenize("Side by side, no side effects."))] == ["c2", "c1", "c0"]
    assert len(asked) == len(set(asked))


def test_wordings_of_known_words_are_those_of_all() -> None:
    for phrase in ("a? b (c d|e)? * f", "x?", "(a|b|c) (a|d)?", "no (known|real)? (side|(very)? adverse|) effects"):
        pattern = parse(phrase)
        text = write(pattern)
        assert written_keys(text) == keys_of(pattern)
        for known in (keys_of(pattern), keys_of(pattern) - {"a"}, {"no", "effect", "sid", "b", "f"}):
            some = {one for one in wordings(pattern) if known.issuperset({*one} - {"*"})}
            assert set(written_wordings(text, known | {"*"})) == some
        assert sorted({*written_wordings(text, {*keys_of(pattern), "*"})} - {()}) == expand(phrase)


def test_any_text_is_a_pattern() -> None:
    for text in ("", "(", ")", "a ( b", "a ) b", "| | ?", "? a??", "(? | ) (", "a|?|b"):
        grown({}, text, {"a", "b"})
        written_keys(text)


# ---- what was edited is seen at once


def test_an_edit_of_the_same_size_in_the_same_moment_is_seen(folder: Path, small: Path) -> None:
    assert statements(opened(small)) == ["Zed blocks the knob."]
    for text in ("Zed knocks the knob.", "Zed blocks the door."):
        file = small / "claims.yaml"
        before = file.stat()
        file.write_text(STORE["claims.yaml"].replace("Zed blocks the knob.", text), encoding="utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert statements(opened(small)) == [text]


def test_old_files_are_not_read_again(folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(small)
    later = time.time_ns() + 10**10
    monkeypatch.setattr(time, "time_ns", lambda: later)
    assert opened(small).kept is not None  # what was too young to trust is looked at once more, and noted anew
    monkeypatch.setattr("ketakb.store.state.digest_of", lambda path: pytest.fail(f"{path} was read"))
    assert statements(opened(small)) == ["Zed blocks the knob."]


def test_a_start_asks_once_about_each_file_and_reads_no_list_of_them(
    folder: Path, small: Path, few_words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time_ns() + 10**10
    monkeypatch.setattr(time, "time_ns", lambda: later)
    counts = []
    for size in (100, 200):
        source = STORE["sources/a-label.md"]
        write_store(small, {f"sources/more-{number}.md": source for number in range(size)})
        opened(small), opened(small)
        with monkeypatch.context() as quiet:
            quiet.setattr(cache, "noted", lambda *_: pytest.fail("what the files were was read"))
            # the least: a value class of which many were made is compiled once, in whichever run that falls
            counts.append(min(steps(lambda: opened(small)) for _ in range(3)))
    assert 0 < counts[1] - counts[0] <= 100 * 9  # lines of Python for a hundred more files


def test_every_stamp_of_a_file_is_in_the_mark_of_its_folder(small: Path) -> None:
    found = state.files_of(small)
    assert len(found.stamps) == 4 * len(found.names) == 20
    marks = {found.mark(), state.Files(("other", *found.names[1:]), found.stamps).mark()}
    for at in range(len(found.stamps)):
        other = found.stamps[:]
        other[at] ^= 1
        marks.add(state.Files(found.names, other).mark())
    assert len(marks) == 22


@pytest.mark.parametrize("value", ["[]", "[[]]", '[["a", "AAAA"]]', '[["", ""], ["", ""]]', "[1]", "{}"])
def test_a_forged_list_of_files_is_not_believed(value: str, folder: Path, small: Path, few_words: None) -> None:
    opened(small)
    _forged("files", value)(main_file(folder))
    (small / "claims.yaml").touch()
    assert statements(opened(small)) == ["Zed blocks the knob."]


def test_a_time_that_no_clock_shows(folder: Path, small: Path, few_words: None) -> None:
    far = 2**63 + 10**9  # nanoseconds: in the year 2262
    os.utime(small / "claims.yaml", ns=(far, far))
    if (small / "claims.yaml").stat().st_mtime_ns != far:
        pytest.skip("the file system holds no such time")
    assert statements(opened(small)) == statements(opened(small)) == ["Zed blocks the knob."]
    (small / "claims.yaml").write_text(STORE["claims.yaml"].replace("the knob.", "a knob."), encoding="utf-8")
    os.utime(small / "claims.yaml", ns=(far, far))
    assert statements(opened(small)) == ["Zed blocks a knob."]


def test_a_touched_file_makes_no_other_store(folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(small)
    (small / "claims.yaml").touch()
    monkeypatch.setattr("ketakb.store.load.load_store", lambda *_, **__: pytest.fail("the store was read"))
    assert statements(opened(small)) == ["Zed blocks the knob."]


def test_only_the_file_that_changed_is_parsed_again(folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(small)
    from ketakb.store import layer

    parsed: list[str] = []
    real = layer.read_yaml
    monkeypatch.setattr(layer, "read_yaml", lambda text, *rest: parsed.append(text) or real(text, *rest))
    changed = STORE["claims.yaml"].replace("blocks the knob.", "stops the knob.")
    (small / "claims.yaml").write_text(changed, encoding="utf-8")
    store = opened(small)
    assert statements(store) == ["Zed stops the knob."]
    assert [text for text in parsed if not text.startswith("name:")] == [changed]
    assert store == type(store)(**{**{n: getattr(load_store(small)[0], n) for n in _fields()}, "kept": store.kept})


def _fields() -> tuple[str, ...]:
    return Store.__match_args__  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("change", ["add", "delete"])
def test_files_that_come_and_go_are_seen(change: str, folder: Path, small: Path) -> None:
    more = write_store(small, {"claims/more.yaml": STORE["claims.yaml"].replace("zed-blocks", "zed-more")})
    assert set(opened(more).claims) == {"zed-blocks", "zed-more"}
    if change == "add":
        write_store(small, {"claims/yet.yaml": STORE["claims.yaml"].replace("zed-blocks", "zed-yet")})
        assert set(opened(small).claims) == {"zed-blocks", "zed-more", "zed-yet"}
    else:
        (small / "claims" / "more.yaml").unlink()
        assert set(opened(small).claims) == {"zed-blocks"}


def test_an_edited_layer_beneath_is_seen(folder: Path, small: Path, tmp_path: Path) -> None:
    layer = write_store(tmp_path / "ours", {"store.yaml": "name: ours\nextends: ../small\n"})
    assert statements(opened(layer)) == ["Zed blocks the knob."]
    assert opened(layer).claims["zed-blocks"].path == str(layer / "../small" / "claims.yaml")
    file = small / "claims.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("the knob.", "a knob."), encoding="utf-8")
    assert statements(opened(layer)) == ["Zed blocks a knob."]
    shutil.rmtree(small)
    _, problems = cache.open_store(layer)
    assert problems


def test_a_store_with_problems_is_told_every_time_and_not_kept(folder: Path, small: Path) -> None:
    (small / "claims.yaml").write_text("- id: x\n", encoding="utf-8")
    for _ in range(2):
        _, problems = cache.open_store(small)
        assert problems == load_store(small)[1]
    assert not folder.exists() or not list(folder.glob("small*"))


def test_a_store_that_is_edited_while_it_is_read_is_not_kept(
    folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ketakb.store import load

    real = load.load_store

    def slow(path: Path, **rest: object) -> object:
        found = real(path, **rest)  # type: ignore[arg-type]
        (small / "claims.yaml").write_text(STORE["claims.yaml"].replace("the knob.", "it."), encoding="utf-8")
        return found

    monkeypatch.setattr(load, "load_store", slow)
    assert statements(cache.open_store(small)[0]) == ["Zed blocks the knob."]
    monkeypatch.setattr(load, "load_store", real)
    assert statements(opened(small)) == ["Zed blocks it."]


# ---- a cache that cannot be written, or was harmed


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_only_be_read(folder: Path, small: Path) -> None:
    folder.mkdir()
    folder.chmod(0o500)
    assert statements(cache.open_store(small)[0]) == ["Zed blocks the knob."]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), sqlite3.OperationalError("disk is full")])
def test_a_full_disk(
    error: Exception, folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr(kept_rows, "_fill_in_order", full)
    page = small.parent / "page.md"
    page.write_text("Zed activates the knob.\n", encoding="utf-8")
    assert main(["audit", str(page), "--store", str(small), "--format", "concise"]) == 1
    found = capfd.readouterr()
    assert "KB201" in found.out and found.err == ""
    assert list(folder.iterdir()) == []  # nothing half-written stays


@pytest.mark.parametrize("where", ["a file", "nowhere"])
def test_a_cache_folder_that_cannot_be(
    where: str, tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    monkeypatch.setenv("KETAKB_CACHE_DIR", str(tmp_path / "a file" if where == "a file" else "/proc/no/such"))
    assert statements(cache.open_store(small)[0]) == ["Zed blocks the knob."]


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _noise(file: Path) -> None:
    file.write_bytes(random.Random(7).randbytes(20_000))


def _speckled(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    chance = random.Random(3)
    for _ in range(400):
        raw[chance.randrange(200, len(raw))] ^= 1 << chance.randrange(8)
    file.write_bytes(bytes(raw))


def _changed(query: str) -> Callable[[Path], None]:
    def harm(file: Path) -> None:
        base = sqlite3.connect(file)
        base.executescript(query)
        base.commit()
        base.close()

    return harm


def _forged(part: str, value: str) -> Callable[[Path], None]:
    """Put a value with the right checksum into every row of a part: only its shape can give it away."""

    def harm(file: Path) -> None:
        base = sqlite3.connect(file)
        for key, place in base.execute("SELECT key, place FROM kept WHERE part = ?", (part,)).fetchall():
            total = kept_rows.sum_of(part, key, value)
            base.execute("UPDATE kept SET value = ?, sum = ? WHERE part = ? AND key = ?", (value, total, part, key))
            assert place is not None
        base.commit()
        base.close()

    return harm


HARM = {
    "cut short": _cut,
    "emptied": _empty,
    "noise": _noise,
    "speckled": _speckled,
    "another table": _changed("DROP TABLE kept; CREATE TABLE kept (part, key, place, value, sum)"),
    "a view that never ends": _changed(
        "DROP TABLE kept; CREATE VIEW kept AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS part, i AS key, i AS place, i AS value, i AS sum FROM n"
    ),
    "one table more": _changed("CREATE TABLE more (x)"),
    "no rows": _changed("DELETE FROM kept"),
    "no note": _changed("DELETE FROM kept WHERE part = 'note'"),
    "no claims": _changed("DELETE FROM kept WHERE part = 'claims'"),
    "no entries": _changed("DELETE FROM kept WHERE part = 'entry'"),
    "numbers for texts": _changed("UPDATE kept SET value = 1"),
    "bytes for texts": _changed("UPDATE kept SET value = x'00ff' WHERE part != 'note'"),
    "another statement": _changed("UPDATE kept SET value = replace(value, 'blocks', 'clogs')"),
    "wrong checksums": _changed("UPDATE kept SET sum = sum + 1"),
    **{
        f"{part}: {value[:12]}": _forged(part, value)
        for part in (
            *("note", "store", "wording", "claims", "topics", "entities", "lexicon"),
            *("search", "entry", "word", "head"),
        )
        for value in ("{}", "[]", "null", "7", "[" * 100_000, '[["x"],1,{}]')
    },
}


@pytest.mark.parametrize("harm", HARM)
def test_a_harmed_file_is_noticed_and_the_answers_stay(
    harm: str, folder: Path, small: Path, few_words: None, capfd: pytest.CaptureFixture[str]
) -> None:
    page = small.parent / "page.md"
    page.write_text("Zed activates the knob. Zed tablets block it.\n", encoding="utf-8")
    told = ["--store", str(small), "--format", "json"]
    commands = (["audit", str(page), *told, "--as-of", "2026-11-21"], ["search", "knobb", *told], ["audit", *told])

    def answers() -> list[tuple[int, str, str]]:
        return [(main(command), *capfd.readouterr()) for command in commands]

    right = answers()
    assert [status for status, *_ in right] == [1, 0, 0]
    for file in (*folder.glob("*small-*.sqlite"), *folder.glob("english-*.phrases.sqlite")):
        HARM[harm](file)
    assert answers() == right


@pytest.mark.parametrize(
    "value",
    [
        *("{}", "7", "[7]", "[[1]]", '[[1,["a"],7,"",null]]', '[[1,[7],"c","",null]]', '[[1,[["a"]],"c","",null]]'),
        *('[[1,[[true,"a"]],"c","",null]]', '[[1,[[]],"c","",null]]', '[[1,["a"],"c","",7]]'),
    ],
)
def test_harmed_phrases_are_worked_out_anew(value: str, folder: Path, small: Path, few_words: None) -> None:
    text = tokenize("Zed tablets block the knob receptor.")
    right = compile_store(opened(small)).trie.find(text)
    for file in (main_file(folder), *folder.glob("english-*.phrases.sqlite")):
        _forged("phrase", value)(file)
    assert compile_store(opened(small)).trie.find(text) == right


def test_the_search_index_is_made_by_the_first_search(folder: Path, small: Path, few_words: None) -> None:
    def index() -> list[Path]:
        return list(folder.glob("search-small-*.sqlite"))

    main(["audit", "--store", str(small)])
    assert not index()
    search = ["search", "knob", "--store", str(small)]
    main(search)
    (file,) = index()
    made = file.stat().st_ino
    main(search)
    assert index()[0].stat().st_ino == made
    (small / "claims.yaml").write_text(STORE["claims.yaml"].replace("the knob.", "a knob."), encoding="utf-8")
    main(search)
    assert len(index()) == 1 and index()[0].stat().st_ino != made


def test_a_first_run_tells_how_far_it_is(folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_AT_ONCE", 2)
    steps: list[tuple[str, float]] = []

    def told(what: str, share: float) -> None:
        steps.append((what, share))

    store, _ = cache.open_store(small, told)
    cache.index_of(store, told)
    assert list(dict(steps)) == ["reading the store", "keeping the store", "making the search index"]
    for what in dict(steps):
        shares = [share for one, share in steps if one == what]
        assert shares == sorted(shares) and shares[0] > 0 and shares[-1] <= 1
    assert dict(steps)["reading the store"] == 1
    steps.clear()
    cache.index_of(cache.open_store(small, told)[0], told)
    assert steps == []


def test_only_a_terminal_sees_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with progress.telling() as told:
        assert told is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_quiet", False)
    monkeypatch.setattr(progress, "_AFTER", 0)
    with progress.telling() as told:
        assert told is not None
        told("reading the store", 0.25)
        told("reading the store", 0.5)
    assert "reading the store" in capsys.readouterr().err
    progress.hush()
    with progress.telling() as told:
        assert told is None


def test_the_index_of_another_store_is_not_asked(folder: Path, small: Path, tmp_path: Path) -> None:
    files = {**STORE, "claims.yaml": STORE["claims.yaml"].replace("zed-blocks", "zed-other")}
    other = write_store(tmp_path / "other" / "small", files)
    for path in (small, other):
        assert [hit.claim.topics for hit in api.search("knob", api.Store.load(path))] == [("mechanism/knob",)]
    one, two = sorted(folder.glob("search-small-*.sqlite"))
    shutil.copy(one, tmp_path / "kept")
    shutil.copy(two, one)
    shutil.copy(tmp_path / "kept", two)
    found = [api.search("knob", api.Store.load(path))[0].claim.id for path in (small, other)]
    assert found == ["zed-blocks", "zed-other"]


def _bomb() -> str:
    return b2a_base64(zlib.compress(b"[" + b" " * (1 << 20) + b"]"), newline=False).decode()


@pytest.mark.parametrize("value", ["7", "[7]", '"eJw"', '"?"', '{"item": 1}', '[{"item": [1]}, []]', f'"{_bomb()}"'])
def test_harmed_memories_of_files_are_read_anew(
    value: str, folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ketakb.store.remembered._LONGEST", 1 << 16)
    opened(small)
    _forged("parsed", value)(main_file(folder))
    (small / "claims.yaml").write_text(STORE["claims.yaml"].replace("the knob.", "a knob."), encoding="utf-8")
    assert statements(opened(small)) == ["Zed blocks a knob."]


def _seen(value: Any) -> Any:
    """Return what was read, places included, as what can be compared."""
    if isinstance(value, Item):
        return value.line, value.column, value.places, {key: _seen(one) for key, one in value.items()}
    if isinstance(value, Entry):
        return value.id, value.line, value.column, _seen(value.value)
    return [_seen(one) for one in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("name", ["vocabulary.yaml", "topics.yaml", "wording.yaml", "claims/safety.yaml"])
def test_a_file_is_remembered_with_all_its_places(name: str) -> None:
    type_ = {"vocabulary.yaml": VOCABULARY, "topics.yaml": TOPICS, "wording.yaml": WORDING}.get(name, CLAIMS)
    text = (default_store() / name).read_text(encoding="utf-8").replace("\n", "\n\n\n", 40)
    first, again = Context("a"), Context("a")
    memory = Memory()
    found = memory.once("key", first, lambda: read_yaml(text, type_, first))
    remembered = Memory(lambda key: json.loads(json.dumps(memory.made[key])))
    same = remembered.once("key", again, lambda: pytest.fail("it was read again"))
    assert found and _seen(same) == _seen(found) and type(same) is type(found)
    assert again.references == first.references != []


def test_what_a_large_file_was_read_as_is_kept_small(folder: Path, small: Path) -> None:
    many = "".join(STORE["claims.yaml"].replace("zed-blocks", f"zed-{number}") for number in range(200))
    write_store(small, {"claims/many.yaml": many})
    opened(small)
    base = sqlite3.connect(main_file(folder))
    sizes = [size for (size,) in base.execute("SELECT length(value) FROM kept WHERE part = 'parsed'")]
    assert max(sizes) < len(many) / 4
    (small / "claims.yaml").write_text("[]\n", encoding="utf-8")
    assert set(opened(small).claims) == {f"zed-{number}" for number in range(200)}


def test_a_store_that_changed_before_a_harmed_row_was_met_is_not_mixed_up(folder: Path, small: Path) -> None:
    opened(small)
    _forged("claims", "7")(main_file(folder))
    store = opened(small)
    (small / "claims.yaml").write_text(STORE["claims.yaml"].replace("the knob.", "it."), encoding="utf-8")
    with pytest.raises(StoreError, match="was changed while it was read"):
        store.claims["zed-blocks"]


def test_word_lists_that_were_harmed(folder: Path) -> None:
    script = "from ketakb.language.cues import cue_table; print([len(cue_table().get('no').before(None))])"
    right = _python(script)
    (file,) = folder.glob("english-*.sqlite")
    for harm in (
        _cut,
        _noise,
        _forged("list", "7"),
        _forged("list", '{"groups": [], "phrases": "0 0 1 no", "table": {"no": "0"}}'),
        _forged("list", '{"groups": [], "phrases": "nothing", "table": {"no": "0"}}'),
        _forged("list", '{"groups": [], "phrases": "", "table": {"no": "7"}}'),
        _forged("list", '{"groups": [], "phrases": "", "table": {"no": [0]}}'),
    ):
        harm(file)
        assert _python(script) == right


def test_phrases_of_word_lists_that_were_harmed(folder: Path) -> None:
    script = "from ketakb.language import segment_words, tokens as t; "
    script += "print(segment_words.answer_sets().find(t.tokenize('not at all')))"
    right = _python(script)
    assert "no" in right
    (file,) = folder.glob("english-*.sqlite")
    for phrases in ('{"not": "\x7fx"}', '{"not": 7}', '{"": "x\x7fx\x7f\x7f\x7f\x7f\x7f"}', "7"):
        _forged("list", f'{{"sets": {{}}, "phrases": {{}}, "answers": {phrases}}}')(file)
        assert _python(script) == right


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_a_file_of_another_user_is_not_read(folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        pytest.skip("no owners there")
    opened(small)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    if main_file(folder).stat().st_uid == 0:
        pytest.skip("what root wrote is trusted")
    with pytest.raises(DamagedError, match="another user"):
        Kept(main_file(folder))


def test_processes_that_race_all_answer(folder: Path, small: Path) -> None:
    command = [sys.executable, "-m", "ketakb", "search", "knob", "--store", str(small), "--format", "json"]
    for _ in range(3):
        shutil.rmtree(folder, ignore_errors=True)
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
        told = [process.communicate() for process in running]
        assert {process.returncode for process in running} == {0}
        assert len(set(told)) == 1 and told[0][1] == b""
        assert json.loads(told[0][0])["results"][0]["claim"] == "zed-blocks"
        assert not list(folder.glob(".*"))


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="only Linux tells what a process has written")
def test_a_file_of_many_rows_is_written_about_once(tmp_path: Path) -> None:
    def written() -> int:
        return int(Path("/proc/self/io").read_text(encoding="ascii").split("wchar:")[1].split()[0])

    made = random.Random(1)
    rows = [(part, f"{made.random()}", "x" * 300) for part in "dcba" for _ in range(16_000)]
    before = written()
    kept_rows.write(tmp_path / "rows.sqlite", rows)
    bytes_ = written() - before
    assert (tmp_path / "rows.sqlite").stat().st_size > 20_000_000
    assert bytes_ < 4 * (tmp_path / "rows.sqlite").stat().st_size  # as they came, sorted, and in their places


def test_rows_answer_the_same_held_or_kept(tmp_path: Path) -> None:
    rows = [("a", key, {"n": [number, 0.1, None, "é\u2028"]}) for number, key in enumerate("xbcm")] + [("b", "", 1)]
    kept_rows.write(tmp_path / "rows.sqlite", rows)
    for found in (Kept(tmp_path / "rows.sqlite"), Held(rows)):
        assert found.all("a", lambda row: row) == [(key, value) for part, key, value in rows if part == "a"]
        assert found.one("a", "b", dict) == rows[1][2]
        assert found.one("a", "zz", dict) is None and found.one("c", "", dict) is None
        assert sorted(found.some("a", ["m", "zz", "b"], dict)) == [("b", rows[1][2]), ("m", rows[3][2])]
        assert found.some("a", [str(number) for number in range(2000)], dict) == []
        assert found.between("a", "b", "n") == ["b", "c", "m"]
        assert found.one("a", "b\ud800", dict) is None  # half a letter, which no file can hold
        assert found.between("a", "b\ud800", "m\udfff") == ["c", "m"]
        assert found.sure("b", "", int) == 1
        assert sorted(found.there("a", ["m", "zz", "b", "b\ud800"])) == ["b", "m"]
    assert list(Kept(tmp_path / "rows.sqlite").each("a", lambda row: row["n"][0], 4)) == list(
        zip("xbcm", range(4), strict=True)
    )
    with pytest.raises(DamagedError, match="instead of 5"):
        list(Kept(tmp_path / "rows.sqlite").each("a", dict, 5))
    with pytest.raises(DamagedError, match="missing"):
        Kept(tmp_path / "rows.sqlite").sure("c", "", int)
    with pytest.raises(ValueError, match="JSON"):
        kept_rows.write(tmp_path / "rows.sqlite", [("a", "", float("nan"))])
    assert Kept(tmp_path / "rows.sqlite").sure("b", "", int) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
@pytest.mark.parametrize("fate", ["as it was", "replaced", "gone"])
def test_a_forked_process_opens_the_file_anew(fate: str, tmp_path: Path) -> None:
    rows = [("a", name, number) for number, name in enumerate("abc")]
    path = tmp_path / "rows.sqlite"
    kept_rows.write(path, rows)
    one = Kept(path)
    one.mend = lambda: [("a", name, f"{number} anew") for _, name, number in rows]
    connections = [one._base]
    assert one.one("a", "b", str) == "1"
    if fate == "replaced":
        kept_rows.write(path, [("a", "b", "of another store")])
    elif fate == "gone":
        path.unlink()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:  # pragma: no cover
        answer = "failed"
        try:
            answer = f"{one.one('a', 'b', str)} {one.one('a', 'c', str)} {one._base in connections}"
        finally:
            os.write(writing, answer.encode())
            os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    assert os.read(reading, 100).decode() == ("1 2 False" if fate == "as it was" else "1 anew 2 anew False")
    os.close(reading)
    assert one.one("a", "c", str) == "2" and one._base in connections


def test_a_text_with_half_a_letter_is_read_from_a_kept_store(folder: Path, small: Path, few_words: None) -> None:
    text = "Zed \ud83d activates \udc00the knob. Zed\ud800 blocks it."
    cold, warm = api.Store(load_store(small)[0]), [api.Store.load(small) for _ in range(2)][1]
    right = api.audit(text, cold, as_of="2026-11-21").documents
    assert right[0].findings and api.audit(text, warm, as_of="2026-11-21").documents == right
    assert api.search("knob\ud800 zed", warm) == api.search("knob\ud800 zed", cold)


def test_where_the_cache_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KETAKB_CACHE_DIR")
    monkeypatch.setattr(room, "_off", False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert room.cache_folder() == tmp_path / "xdg" / "ketakb"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert room.cache_folder() == tmp_path / ".cache" / "ketakb"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert room.cache_folder() == tmp_path / "Library" / "Caches" / "ketakb"
    room.do_without()
    assert room.cache_folder() is None


def test_cache_info_and_clear(folder: Path, small: Path, few_words: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "info"]) == 0
    assert capsys.readouterr().out == f"kept: 0 files, 0.0 kB, in {folder}\n"
    compile_store(opened(small))
    (folder / "notes.txt").write_text("not ours", encoding="utf-8")
    main(["cache", "info"])
    assert str(small) in capsys.readouterr().out
    main(["cache", "info", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == str(folder) and str(small) in {file["of"] for file in told["files"]}
    assert main(["cache", "clear"]) == 0
    assert "deleted: " in capsys.readouterr().out
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    assert statements(opened(small)) == ["Zed blocks the knob."]


def test_nothing_of_a_draft_is_kept(folder: Path, small: Path, few_words: None) -> None:
    page = small.parent / "page.md"
    page.write_text("Zed activates the knob, said Xylophonia Quux.\n", encoding="utf-8")
    main(["audit", str(page), "--store", str(small)])
    files = list(folder.iterdir())
    assert files and not any(b"Quux" in file.read_bytes() for file in files)


# ---- how much may be there


def _aged(file: Path, days: float, size: int = 10) -> Path:
    with file.open("wb") as stream:
        stream.truncate(size)
    os.utime(file, (time.time() - days * 86_400,) * 2)
    return file


def test_what_was_not_used_for_long_goes_when_a_store_is_written(folder: Path, small: Path) -> None:
    folder.mkdir()
    old = _aged(folder / "other-0123456789abcdef.sqlite", 40)
    recent = _aged(folder / "other-0123456789abcdea.sqlite", 20)
    left = _aged(folder / ".other-0123456789abcdef.sqlite.7-0123456789ab.tmp", 0.5)
    writing = _aged(folder / ".other-0123456789abcdea.sqlite.8-0123456789ab.tmp", 0)
    not_ours = _aged(folder / "notes.txt", 400)
    opened(small)
    assert main_file(folder).exists()
    assert [path.exists() for path in (old, recent, left, writing, not_ours)] == [False, True, False, True, True]


def test_the_folder_does_not_grow_without_bound(folder: Path, small: Path) -> None:
    folder.mkdir()
    files = [_aged(folder / f"other-{day:016x}.sqlite", day, 90_000_000) for day in (1, 2, 3)]
    opened(small)
    assert [file.exists() for file in files] == [True, True, False]
    assert main_file(folder).exists()


def test_an_edited_store_takes_the_place_of_the_one_before(folder: Path, small: Path) -> None:
    for word in ("knob", "wheel", "lever"):
        (small / "claims.yaml").write_text(STORE["claims.yaml"].replace("the knob.", f"a {word}."), encoding="utf-8")
        opened(small)
    assert len(list(folder.glob("small-*"))) == 1


def test_what_is_in_use_is_not_old(folder: Path, small: Path) -> None:
    opened(small)
    os.utime(main_file(folder), (0, 0))
    opened(small)
    assert time.time() - main_file(folder).stat().st_mtime < 60


def test_a_file_that_cannot_be_deleted_stays(folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    old = _aged(folder / "other-0123456789abcdef.sqlite", 40)

    def busy(path: Path, missing_ok: bool = False) -> None:
        if not missing_ok:
            raise PermissionError(13, "another process has it open", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", busy)
        assert statements(opened(small)) == ["Zed blocks the knob."]
    assert old.exists()


def test_frames_that_stand_apart_are_those_of_their_topics(folder: Path) -> None:
    store, plain = opened(default_store()), load_store(default_store())[0]
    assert [topic.frames for topic in store.topics.values()] == [topic.frames for topic in plain.topics.values()]
    topic = next(one for one in store.topics.values() if len(one.frames) > 2)
    same = plain.topics[topic.id].frames
    assert (topic.frames[-1], topic.frames[:2], len(topic.frames)) == (same[-1], same[:2], len(same))
    assert pickle.loads(pickle.dumps(topic)) == replace(plain.topics[topic.id], path=topic.path)
    assert type(pickle.loads(pickle.dumps(topic)).frames) is tuple
    assert [rule.frames for rule in store.wording] == [rule.frames for rule in plain.wording]

"""The language server, driven by a real client over standard input and output, and its parts without one."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketakb.cli.main import main
from ketakb.lsp.bench import Asked, Bench, reads_as
from ketakb.lsp.places import Places

pytest.importorskip("pygls")

from lsprotocol import types
from pygls import uris
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter

DAY = "2026-11-21"
WRONG = "😀 Greetings 👩‍⚕️. Ketamine stimulates NMDA receptors.\n"
HOUSE = """\
- id: bio-hacking
  rule: KB304
  title: A word of fashion
  message: The house does not write "biohacking".
  severity: warning
  verdict: overclaim
  because: House style.
  suggest: Say what is done.
  frames:
    - {id: word, having: [house-biohacking]}
  fires: [This is biohacking with ketamine.]
  silent: [Ketamine is given.]
"""
WAIT = 60  # seconds; only ever reached by a failure


def _converter() -> Any:
    """Return pygls' converter, mended: its own takes an action that has a command for a bare command."""
    converter = default_converter()

    def structure(value: Any, _: Any) -> Any:
        bare = isinstance(value.get("command"), str)
        return converter.structure(value, types.Command if bare else types.CodeAction)

    converter.register_structure_hook(types.Command | types.CodeAction, structure)
    return converter


class Editor(LanguageClient):
    """A client that keeps what the server sends."""

    def __init__(self, *, encodings: list[types.PositionEncodingKind] | None = None) -> None:
        super().__init__("test", "1", converter_factory=_converter)
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.messages: asyncio.Queue[str] = asyncio.Queue()
        self.shown: list[types.ShowDocumentParams] = []
        self.encodings = encodings

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

        @self.feature(types.WINDOW_SHOW_MESSAGE)
        def message(params: types.ShowMessageParams) -> None:
            self.messages.put_nowait(params.message)

        @self.feature(types.WINDOW_LOG_MESSAGE)
        def log(params: types.LogMessageParams) -> None:
            self.messages.put_nowait(params.message)

        @self.feature(types.WINDOW_SHOW_DOCUMENT)
        def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.append(params)
            return types.ShowDocumentResult(success=True)

    async def open(self, path: Path, text: str, language: str = "markdown") -> str:
        uri = uris.from_fs_path(str(path))
        assert uri is not None
        item = types.TextDocumentItem(uri, language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, version: int, text: str) -> None:
        name = types.VersionedTextDocumentIdentifier(version, uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(name, [whole]))

    async def diagnostics(self, version: int | None = None) -> list[types.Diagnostic]:
        """Return what was published next, or next for a version of the text."""
        while True:
            params = await asyncio.wait_for(self.published.get(), WAIT)
            if version in (None, params.version):
                return list(params.diagnostics)

    async def message(self) -> str:
        return await asyncio.wait_for(self.messages.get(), WAIT)

    async def actions(self, uri: str, at: types.Range) -> list[types.CodeAction]:
        name = types.TextDocumentIdentifier(uri)
        asked = types.CodeActionParams(name, at, types.CodeActionContext([]))
        found = await asyncio.wait_for(self.text_document_code_action_async(asked), WAIT)
        return [one for one in found or () if isinstance(one, types.CodeAction)]


def drive(
    play: Callable[[Editor], Awaitable[None]],
    folder: Path,
    *options: str,
    encodings: list[types.PositionEncodingKind] | None = None,
    show: bool = True,
) -> None:
    """Start the server as an editor does, let a test play the editor, and end it."""

    async def run() -> None:
        editor = Editor(encodings=encodings)
        command = (sys.executable, "-m", "ketakb", "lsp", "--stdio", "--as-of", DAY, *options)
        await editor.start_io(*command, cwd=folder)
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        workspace = types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True)
        )
        window = types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=show))
        able = types.ClientCapabilities(general=general, workspace=workspace, window=window)
        await editor.initialize_async(types.InitializeParams(able, root_uri=uris.from_fs_path(str(folder))))
        editor.initialized(types.InitializedParams())
        try:
            await play(editor)
        finally:
            await asyncio.wait_for(editor.shutdown_async(None), WAIT)
            editor.exit(None)
            await asyncio.wait_for(editor.stop(), WAIT)

    asyncio.run(run())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KETAKB_STORE", raising=False)
    return tmp_path


def test_open_change_hover_act_close(folder: Path) -> None:
    draft = folder / "page.md"
    draft.write_text(WRONG, encoding="utf-8")

    async def play(editor: Editor) -> None:
        uri = await editor.open(draft, WRONG)
        (found,) = await editor.diagnostics(1)
        assert (found.code, found.source, found.severity) == ("KB201", "ketakb", types.DiagnosticSeverity.Error)
        assert found.message.startswith("This says that ketamine activates NMDA receptors")
        assert "\nWrite: " in found.message
        # "😀 Greetings 👩‍⚕️. " is 15 code points and, as two of them are astral, 17 UTF-16 units
        start = WRONG.encode("utf-16-le").index("Ketamine".encode("utf-16-le")) // 2
        end = start + len("Ketamine stimulates NMDA receptors")
        assert found.range == types.Range(types.Position(0, start), types.Position(0, end))
        assert found.related_information
        passage = found.related_information[0]
        assert (uris.to_fs_path(passage.location.uri) or "").endswith((".md", ".yaml"))
        assert found.code_description
        assert "rules.md#L" in found.code_description.href

        name = types.TextDocumentIdentifier(uri)
        asked = types.HoverParams(name, types.Position(0, start + 3))
        hover = await editor.text_document_hover_async(asked)
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        for words in ("KB201 opposite-direction", "Claim `nmda-antagonist-label` (accepted)", "**Write:**"):
            assert words in hover.contents.value
        assert hover.range == found.range
        outside = types.HoverParams(name, types.Position(0, 2))
        assert await editor.text_document_hover_async(outside) is None

        actions = await editor.actions(uri, found.range)
        assert [one.title for one in actions] == [
            "Replace “stimulates” with “blocks”",
            "Use the preferred wording: Ketamine blocks (antagonises) NMDA receptors.",
            "Record KB201 here as a false alarm",
            "Record KB201 here as accepted",
            "Record KB201 here as deferred",
        ]
        assert [one.is_preferred for one in actions[:2]] == [True, False]
        assert actions[1].edit and actions[1].edit.document_changes
        (change,) = actions[1].edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        (edit,) = change.edits
        assert isinstance(edit, types.TextEdit)
        assert edit.range == types.Range(types.Position(0, start), types.Position(0, end + 1))
        text = WRONG.replace("Ketamine stimulates NMDA receptors.", edit.new_text)

        editor.change(uri, 2, text)
        assert await editor.diagnostics(2) == []
        editor.change(uri, 3, WRONG.replace("stimulates", "blocks"))
        assert await editor.diagnostics(3) == []
        supported = await editor.text_document_hover_async(asked)
        assert supported is not None
        assert isinstance(supported.contents, types.MarkupContent)
        assert supported.contents.value.startswith("**Supported** by")
        lenses = await editor.text_document_code_lens_async(types.CodeLensParams(name))
        assert lenses and lenses[0].command
        assert "no conflict in what was read; 1 of 1 on-topic sentences" in lenses[0].command.title

        editor.text_document_did_close(types.DidCloseTextDocumentParams(name))
        assert await editor.diagnostics() == []

    drive(play, folder)


def test_a_decision_is_recorded_and_its_reason_asked_for(folder: Path) -> None:
    draft = folder / "page.md"
    draft.write_text(WRONG, encoding="utf-8")

    async def play(editor: Editor) -> None:
        uri = await editor.open(draft, WRONG)
        (found,) = await editor.diagnostics(1)
        action = (await editor.actions(uri, found.range))[2]
        assert action.command is not None
        asked = types.ExecuteCommandParams(action.command.command, action.command.arguments)
        await asyncio.wait_for(editor.workspace_execute_command_async(asked), WAIT)
        assert await editor.diagnostics(1) == []
        assert "recorded as a false alarm in decisions.yaml" in await editor.message()
        (shown,) = editor.shown
        lines = (folder / "decisions.yaml").read_text(encoding="utf-8").split("\n")
        assert shown.selection is not None
        assert "because: Recorded in the editor; write the reason here." in lines[shown.selection.start.line]
        assert "  by: Dr A. Example" in lines
        again = types.ExecuteCommandParams(action.command.command, [{"uri": uri, "rule": "KB201", "as": "accepted"}])
        await asyncio.wait_for(editor.workspace_execute_command_async(again), WAIT)
        assert "no longer reported there" in await editor.message()
        (folder / "decisions.yaml").unlink()
        editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
        assert len(await editor.diagnostics(1)) == 1

    drive(play, folder, "--by", "Dr A. Example")
    assert main(["audit", "page.md", "--as-of", DAY, "-q"]) == 1


def test_a_changed_store_is_read_again_and_a_broken_one_is_told_once(folder: Path) -> None:
    house = folder / "house"
    house.mkdir()
    (house / "store.yaml").write_text("name: house\nextends: default\n")
    words = "entities:\n  house-biohacking: {label: biohacking, kind: notion, names: [biohacking]}\n"
    (house / "vocabulary.yaml").write_text(words)
    (folder / "ketakb.toml").write_text('store = "house"\nexclude = ["archive/"]\n')
    text = "This is biohacking with ketamine.\n"

    async def play(editor: Editor) -> None:
        watched = types.DidChangeWatchedFilesParams([])
        uri = await editor.open(folder / "posts" / "page.md", text)
        assert await editor.diagnostics(1) == []
        (house / "wording.yaml").write_text(HOUSE)
        assert [one.code for one in await editor.diagnostics(1)] == ["KB304"]  # nobody said that a file changed
        (house / "wording.yaml").write_text(HOUSE.replace("rule:", "rul:"))
        editor.workspace_did_change_watched_files(watched)
        assert await editor.diagnostics(1) == []
        assert "wording.yaml:1:3: " in await editor.message()
        editor.change(uri, 2, text * 2)
        assert await editor.diagnostics(2) == []
        (folder / "ketakb.toml").write_text('stoer = "house"\n')
        editor.workspace_did_change_watched_files(watched)
        await editor.diagnostics(2)
        assert "did you mean `store`?" in await editor.message()  # the message before it was not said twice
        (folder / "ketakb.toml").write_text('store = "house"\nexclude = ["archive/"]\n')
        (house / "wording.yaml").write_text(HOUSE)
        editor.workspace_did_change_watched_files(watched)
        assert {one.code for one in await editor.diagnostics(2)} == {"KB304"}
        await editor.open(folder / "archive" / "old.md", text)
        assert await editor.diagnostics(1) == []
        await editor.open(folder / "page.py", text, "python")
        assert await editor.diagnostics(1) == []
        assert editor.messages.empty()

    drive(play, folder)


def test_columns_count_as_the_editor_asks(folder: Path) -> None:
    async def play(editor: Editor) -> None:
        await editor.open(folder / "page.html", f"<p>{WRONG.strip()}</p>", "html")
        (found,) = await editor.diagnostics(1)
        assert found.range.start.character == 3 + WRONG.index("Ketamine")

    drive(play, folder, encodings=[types.PositionEncodingKind.Utf32])


def test_what_a_text_may_hold_breaks_nothing(folder: Path) -> None:
    odd = ["\r\r\n\u2028x\x0bKetamine\u2029", "\ud800 Ketamine stimulates NMDA receptors."]
    texts = ["", "\ufeff", *odd, "---\nkind: [\n"]

    async def play(editor: Editor) -> None:
        uri = await editor.open(folder / "page.md", "")
        await editor.diagnostics(1)
        for version, text in enumerate(texts, 2):
            editor.change(uri, version, text)
            await editor.diagnostics(version)
            assert await editor.actions(uri, types.Range(types.Position(9, 9), types.Position(99, 9))) is not None
        assert editor.messages.empty()
        untitled = types.TextDocumentItem("untitled:Untitled-1", "plaintext", 1, WRONG)
        editor.text_document_did_open(types.DidOpenTextDocumentParams(untitled))
        (found,) = await editor.diagnostics(1)
        actions = await editor.actions("untitled:Untitled-1", found.range)
        titles = [one.title.partition(":")[0] for one in actions]
        assert titles == ["Replace “stimulates” with “blocks”", "Use the preferred wording"]

    drive(play, folder, "--notes")


def test_the_server_ends_when_its_editor_is_gone(folder: Path) -> None:
    async def run() -> int:
        command = (sys.executable, "-m", "ketakb", "lsp")
        pipe = asyncio.subprocess.PIPE
        server = await asyncio.create_subprocess_exec(*command, cwd=folder, stdin=pipe, stdout=pipe)
        assert server.stdin is not None
        server.stdin.close()
        return await asyncio.wait_for(server.wait(), WAIT)

    assert asyncio.run(run()) == 0


def test_a_port_serves_one_editor(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    async def run() -> tuple[int | None, bytes]:
        command = (sys.executable, "-m", "ketakb", "lsp", "--tcp", str(port))
        server = await asyncio.create_subprocess_exec(*command, cwd=folder, stderr=asyncio.subprocess.PIPE)
        editor = Editor()
        for _ in range(WAIT * 5):
            try:
                await editor.start_tcp("127.0.0.1", port)
                break
            except OSError:
                await asyncio.sleep(0.2)
        await editor.initialize_async(types.InitializeParams(types.ClientCapabilities()))
        editor.initialized(types.InitializedParams())
        await editor.open(folder / "page.md", WRONG)
        assert len(await editor.diagnostics(1)) == 1
        await asyncio.wait_for(editor.shutdown_async(None), WAIT)
        editor.exit(None)
        _, error = await asyncio.wait_for(server.communicate(), WAIT)
        return server.returncode, error

    assert asyncio.run(run()) == (0, b"")


def test_without_pygls_there_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    assert main(["lsp"]) == 2
    told = "ketakb: the language server needs pygls; install it: pip install 'ketakb[lsp]'\n"
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tcp", "x"], "write a port, such as 2087"),
        (["--tcp", "0"], "write a port"),
        (["--tcp", "2087", "--stdio"], "exclude each other"),
        (["--as-of", "soon"], "is not a date"),
        (["--tcp", "203.0.113.1:2087"], "cannot listen there"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lsp", *arguments]) == 2
    assert message in capsys.readouterr().err


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\r\n😀\u2028"), max_size=40))
def test_places_lead_back_to_their_offsets(text: str) -> None:
    for encoding in ("utf-8", "utf-16", "utf-32"):
        places = Places(text, encoding)
        rows = text.replace("\r\n", "\n ").replace("\r", "\n").split("\n")
        for offset in range(len(text) + 1):
            line, column = places.place(offset)
            assert line < len(rows)
            inside = text[offset - 1 : offset + 1] == "\r\n"
            assert places.offset(line, column) == (offset - 1 if inside else offset)


def test_places_beyond_the_text_are_its_ends() -> None:
    places = Places("a😀\nb", "utf-16")
    assert [places.offset(*at) for at in ((0, 2), (0, 9), (1, 9), (7, 0))] == [1, 2, 4, 4]
    assert [places.place(at) for at in (2, 3, 99)] == [(0, 3), (1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("path", "language", "read"),
    [
        ("a.md", "plaintext", "a.md"),
        ("a.HTML", "", "a.HTML"),
        ("Untitled-1", "plaintext", "Untitled-1.txt"),
        ("a.njk", "html", "a.njk.html"),
        ("a.log", "plaintext", None),
        ("a.py", "python", None),
    ],
)
def test_what_is_read_and_how(path: str, language: str, read: str | None) -> None:
    assert reads_as(path, language) == read


def test_a_store_is_kept_ready_between_changes(folder: Path) -> None:
    bench = Bench(Asked(as_of=DAY))
    one: Any = bench.audit(str(folder / "a.md"), "markdown", WRONG)
    two: Any = bench.audit(str(folder / "b.md"), "markdown", WRONG)
    assert one.ready is two.ready
    assert bench.mark(str(folder / "a.md")) == bench.mark(str(folder / "b.md"))


def test_the_settings_in_the_documentation_are_sound() -> None:
    page = (Path(__file__).parents[1] / "docs" / "editors.md").read_text(encoding="utf-8")
    settings, tasks = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    assert settings["glspc.server.commandArguments"] == ["lsp", "--stdio"]
    assert tomllib.loads(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0])["language-server"]["ketakb"]
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    golden = (Path(__file__).parent / "golden" / "audit-concise.txt").read_text(encoding="utf-8").splitlines()
    found = [re.match(pattern["regexp"], line) for line in golden]
    assert all(found[at] for at, line in enumerate(golden) if re.match(r"[^ ]+:\d", line))
    assert {match[pattern["severity"]] for match in found if match} >= {"error", "warning"}

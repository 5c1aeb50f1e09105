"""What the language server answers to: drafts opened, changed and closed, hovers, actions and commands."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lsprotocol import types
from pygls import uris

from ketakb.errors import KetakbError
from ketakb.hints import Any
from ketakb.lsp.actions import DECISIONS, RECORD, actions_of, touched
from ketakb.lsp.bench import Bench
from ketakb.lsp.coverage import SHOW, coverage_of, unread_of
from ketakb.lsp.diagnostics import range_of
from ketakb.lsp.hover import hover_of
from ketakb.lsp.places import Places
from ketakb.lsp.server import DELAY, KetakbServer
from ketakb.text import Span

_QUICK = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])


def build_server(bench: Bench, version: str, *, notes: bool = False, by: str | None = None) -> KetakbServer:
    """Return a server, ready to start. `by` is the name that decisions are recorded under, else git's or the user's."""
    server = KetakbServer(bench, version, notes=notes, by=by)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_saved)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_watched)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(_configured)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, _QUICK)(_actions)
    server.feature(types.TEXT_DOCUMENT_CODE_LENS)(_lenses)
    server.command(RECORD)(_record)
    server.command(SHOW)(_show)
    return server


async def _initialized(ls: KetakbServer, params: types.InitializedParams) -> None:
    ls.looking = asyncio.get_running_loop().create_task(ls.keep_looking())


async def _opened(ls: KetakbServer, params: types.DidOpenTextDocumentParams) -> None:
    ls.audit_soon(params.text_document.uri)


async def _changed(ls: KetakbServer, params: types.DidChangeTextDocumentParams) -> None:
    ls.audit_soon(params.text_document.uri, DELAY)


async def _saved(ls: KetakbServer, params: types.DidSaveTextDocumentParams) -> None:
    await ls.look()  # what was saved may be the store, the configuration or the decisions


async def _closed(ls: KetakbServer, params: types.DidCloseTextDocumentParams) -> None:
    ls.forget(params.text_document.uri)


async def _watched(ls: KetakbServer, params: types.DidChangeWatchedFilesParams) -> None:
    await ls.look()


async def _configured(ls: KetakbServer, params: types.DidChangeConfigurationParams) -> None:
    """Take note of the editor's settings: there are none of ours, but editors send them."""


async def _hover(ls: KetakbServer, params: types.HoverParams) -> types.Hover | None:
    draft = await ls.current(params.text_document.uri)
    if draft is None or draft.audited is None:
        return None
    places = Places(draft.audited.report.text, ls.encoding)
    offset = places.offset(params.position.line, params.position.character)
    found = hover_of(draft.audited, offset, places.line(0))
    if found is None:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found[0]), range_of(found[1], places))


async def _actions(ls: KetakbServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    uri = params.text_document.uri
    wanted = params.context.only
    if wanted and not any(types.CodeActionKind.QuickFix.value.startswith(str(getattr(k, "value", k))) for k in wanted):
        return None
    draft = await ls.current(uri)
    if draft is None or draft.audited is None:
        return None
    places = Places(draft.audited.report.text, ls.encoding)
    start, end = params.range.start, params.range.end
    chosen = Span(places.offset(start.line, start.character), places.offset(end.line, end.character))
    workspace = ls.client_capabilities.workspace
    versioned = bool(workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes)
    version = draft.version if versioned else None
    records = Path(ls.path_of(uri)).is_file()
    edits = await ls.edits(draft, touched(draft.audited, chosen, places.line(0)))
    return actions_of(draft.audited, edits, uri, version, ls.encoding, notes=ls.notes, records=records)


async def _lenses(ls: KetakbServer, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    draft = await ls.current(params.text_document.uri)
    told = coverage_of(draft.audited) if draft and draft.audited else None
    if told is None:
        return None
    start = types.Position(0, 0)
    return [types.CodeLens(types.Range(start, start), types.Command(told, SHOW, arguments=[params.text_document.uri]))]


async def _show(ls: KetakbServer, *arguments: Any) -> None:
    """Tell which sentences of a draft were not understood."""
    draft = await ls.current(str(arguments[0])) if arguments else None
    if draft is not None and draft.audited is not None:
        ls.say(unread_of(draft.audited), types.MessageType.Info)


async def _record(ls: KetakbServer, *arguments: Any) -> None:
    """Write a decision, then show where its reason belongs."""
    asked = arguments[0] if arguments and isinstance(arguments[0], dict) else {}
    uri, rule, mark, verdict = (str(asked.get(key, "")) for key in ("uri", "rule", "fingerprint", "as"))
    draft = await ls.current(uri)
    if draft is None or draft.audited is None:
        ls.say("that draft is not open, or cannot be audited; nothing was recorded")
        return
    from ketakb.lsp.record import author, record

    try:
        by = ls.by if ls.by else await asyncio.to_thread(author, Path(ls.path_of(uri)).parent)
        file, line = await asyncio.to_thread(record, draft.audited, rule, mark, verdict, by, ls.bench.today())
    except KetakbError as error:
        ls.say(str(error))
        return
    ls.audit_soon(uri)
    ls.say(f"{rule} recorded as {DECISIONS[verdict]} in {file.name}; write the reason there", types.MessageType.Info)
    window = ls.client_capabilities.window
    there = uris.from_fs_path(str(file))
    if there and window and window.show_document and window.show_document.support:
        place = types.Position(line, 0)
        shown = types.ShowDocumentParams(there, take_focus=True, selection=types.Range(place, place))
        await ls.window_show_document_async(shown)

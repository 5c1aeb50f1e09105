"""The language server itself: what the editor says comes in here, and findings go out.

A draft is audited a moment after its last change, in a thread of its own, so that the editor is never kept waiting.
Whatever goes wrong is told in the editor's own messages; the server goes on.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from ketakb.desk.edits import Edit
from ketakb.errors import KetakbError
from ketakb.hints import Any
from ketakb.lsp.bench import Audited, Bench, Mark
from ketakb.lsp.diagnostics import diagnostics_of
from ketakb.results import Finding
from ketakb.values import dataclass, field

DELAY = 0.4
"""Seconds after the last change of a draft until it is audited."""
LOOK = 2.0
"""Seconds between two looks at the files that findings depend on."""


@dataclass(slots=True)
class Open:
    """A draft that is open in the editor."""

    task: asyncio.Task[None] | None = None
    """The audit that is under way, or waits for the typing to stop."""
    audited: Audited | None = None
    """What was found last; None where nothing could be."""
    version: int | None = -1
    """Version of the draft that this is true of; -1 where it was never audited."""
    mark: Mark = ()
    """State of the files that it depended on."""
    edits: dict[Finding, Edit | None] = field(default_factory=dict)
    """Replacements that were already looked for."""


class KetakbServer(LanguageServer):
    """What the handlers share: the open drafts, and what they are audited with."""

    def __init__(self, bench: Bench, version: str, *, notes: bool, by: str | None) -> None:
        # whole texts, not changes of them: pygls finds the place of a change by other line ends than the protocol's
        super().__init__("ketakb", version, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.bench = bench
        self.notes = notes
        self.by = by
        self.drafts: dict[str, Open] = {}
        self._worker = ThreadPoolExecutor(1, "audit")
        self._told: dict[str, str] = {}
        self.looking: asyncio.Task[None] | None = None

    @property
    def encoding(self) -> str:
        """What columns count in, as agreed with the editor."""
        agreed = self.workspace.position_encoding
        return str(getattr(agreed, "value", agreed) or "utf-16")

    def path_of(self, uri: str) -> str:
        """Return the file of a draft; one that was never saved is taken to lie in the folder that is open."""
        path = uris.to_fs_path(uri) if uri.startswith("file:") else None
        if path is not None:
            return path
        root = self.workspace.root_path or str(Path.cwd())
        return str(Path(root) / uri.rpartition("/")[2].rpartition(":")[2])

    def audit_soon(self, uri: str, delay: float = 0) -> None:
        """Audit a draft after so many seconds, unless it changes before."""
        draft = self.drafts.setdefault(uri, Open())
        if draft.task is not None:
            draft.task.cancel()
        draft.task = asyncio.get_running_loop().create_task(self._audit(uri, draft, delay))

    async def current(self, uri: str) -> Open | None:
        """Return a draft with findings that are true of its text as it is now; None where there are none."""
        draft = self.drafts.get(uri)
        if draft is None:
            return None
        version = self.workspace.get_text_document(uri).version
        if draft.version != version:
            self.audit_soon(uri)
        if draft.task is not None:
            await asyncio.wait([draft.task])
        return draft if draft.audited is not None and draft.version == version else None

    async def edits(self, draft: Open, findings: Sequence[Finding]) -> list[tuple[Finding, Edit | None]]:
        """Return findings of a draft, each with the replacement that settles it; looked for once in each version."""
        audited, known = draft.audited, draft.edits
        for finding in findings:
            if audited is not None and finding not in known:
                known[finding] = await self._edit(audited, finding)
        return [(finding, known.get(finding)) for finding in findings]

    async def _edit(self, audited: Audited, finding: Finding) -> Edit | None:
        try:
            work = partial(self.bench.edit, audited, finding)
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)
        except Exception as error:  # what else can be done about the finding is offered all the same
            self._defect(error)
            return None

    def forget(self, uri: str) -> None:
        """Take a draft that was closed from the list, and its findings from the editor."""
        draft = self.drafts.pop(uri, None)
        if draft is not None and draft.task is not None:
            draft.task.cancel()
        self._told.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    async def look(self) -> None:
        """Audit the open drafts anew whose store, configuration or decisions have changed."""
        for uri, draft in list(self.drafts.items()):
            mark = await self._in_thread(self.bench.mark, self.path_of(uri))
            if mark is not None and mark != draft.mark and draft.version != -1:
                self.audit_soon(uri)

    async def keep_looking(self) -> None:
        """Look again and again; editors that watch files say so earlier."""
        while True:
            await asyncio.sleep(LOOK)
            await self.look()

    def say(self, message: str, type_: types.MessageType = types.MessageType.Error) -> None:
        """Show a message in the editor's window."""
        self.window_show_message(types.ShowMessageParams(type_, f"ketakb: {message}"))

    async def _audit(self, uri: str, draft: Open, delay: float) -> None:
        await asyncio.sleep(delay)
        text = self.workspace.get_text_document(uri)
        path, version = self.path_of(uri), text.version
        mark = await self._in_thread(self.bench.mark, path)
        audited: Audited | None = None
        told = ""
        try:
            work = partial(self.bench.audit, path, text.language_id or "", text.source)
            audited = await asyncio.get_running_loop().run_in_executor(self._worker, work)
        except KetakbError as error:
            told = str(error)
        except Exception as error:
            told = self._defect(error)
        draft.audited, draft.version, draft.mark, draft.edits = audited, version, mark or (), {}
        if told and told != self._told.get(uri):
            self.say(told)
        self._told[uri] = told
        found = diagnostics_of(audited, uri, self.encoding, notes=self.notes) if audited else []
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    async def _in_thread(self, look: Any, path: str) -> Mark | None:
        """Return the state of files; None where even that cannot be told."""
        try:
            found: Mark = await asyncio.get_running_loop().run_in_executor(self._worker, look, path)
        except Exception as error:
            self._defect(error)
            return None
        return found

    def _defect(self, error: Exception) -> str:
        """Log a defect of ours with its trace, and return what to tell of it."""
        trace = "".join(traceback.format_exception(error))
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, trace))
        return f"internal error, please report it: {type(error).__name__}: {error} (the log of the server shows where)"

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tell of an error outside any audit; answers to requests carry theirs themselves."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"ketakb: {error}"))

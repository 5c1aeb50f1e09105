"""What the language server audits with: stores kept ready between changes, settings looked up for every draft.

Nothing here knows the protocol, so all of it can be used and tested without a client.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator
from pathlib import Path

from ketakb.desk.config import Config, find_config
from ketakb.desk.paths import find_file
from ketakb.hints import TYPE_CHECKING
from ketakb.readers.choose import HTML, MARKDOWN, PLAIN, suffix_of
from ketakb.values import dataclass, replace

if TYPE_CHECKING:
    from ketakb.desk.edits import Edit
    from ketakb.extract.lexicon import Lexicon
    from ketakb.model import Store
    from ketakb.readers.document import Document
    from ketakb.results import DocumentReport, Finding

_ENDING_OF = {"markdown": ".md", "mdx": ".md", "plaintext": ".txt", "text": ".txt", "html": ".html", "xhtml": ".html"}
_LONE = re.compile("[\ud800-\udfff]")
"""Half a character, which a file cannot hold and an editor can send; what stands for it is as long."""
Mark = tuple[tuple[str, int, int], ...]
"""Files with the time of their last change and their size: another mark means that something changed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the server was started with; it comes before the configuration of the drafts."""

    store: Path | None = None
    kind: str | None = None
    jurisdiction: str | None = None
    as_of: str | None = None
    """ISO date; None: the day on which a draft is audited."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A store that drafts can be held against."""

    store: Store
    lexicon: Lexicon
    folders: tuple[Path, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Audited:
    """One version of a draft, and what was found in it."""

    document: Document
    report: DocumentReport
    """As the desk settled it: without what was silenced or not asked for."""
    ready: Ready
    name: str
    """A name whose ending says how the draft is read; mostly its own."""
    as_of: str
    """ISO date."""


class Bench:
    """Audits drafts that stand in an editor. Not for use by two threads at once."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._ready: dict[Path, Ready] = {}

    def today(self) -> str:
        """Return the ISO date that drafts are judged by."""
        return self.asked.as_of or datetime.date.today().isoformat()

    def audit(self, path: str, language: str, text: str) -> Audited | None:
        """Return what is found in the text of a draft; None for one that is not read, or that was left out.

        `path` is its file, which need not be there; `language` is what the editor takes it for. Raises KetakbError
        where configuration, decisions or store are broken.
        """
        from ketakb import app
        from ketakb.desk.chosen import choose_in
        from ketakb.desk.silence import Desk

        name = reads_as(path, language)
        if name is None:
            return None
        config = find_config(Path(path))
        if any(config.fits(pattern, path) for pattern in config.exclude):
            return None
        ready = self._ready_for(config)
        day = self.today()
        placed = {path: config.placed(path)}
        options = app.AuditOptions(day, self.asked.kind, self.asked.jurisdiction, placed=placed)
        document = app.read_as(name, _LONE.sub("\ufffd", text))
        found = app.auditor_of(ready.store, options, ready.lexicon).audit(path, document)
        settled = Desk(ready.store, day, config).settle(found)
        chosen = choose_in(settled, self.asked.select or config.select, self.asked.ignore or config.ignore)
        return Audited(document, chosen, ready, name, day)

    def edit(self, audited: Audited, finding: Finding) -> Edit | None:
        """Return the replacement that settles a finding of an audit, tried by reading the draft with it; or None."""
        from ketakb import app

        report = replace(audited.report, path=audited.name)
        options = app.AuditOptions(audited.as_of, report.kind, report.jurisdiction)
        edits = app.propose_edits(audited.ready.store, report, options, [finding], audited.ready.lexicon)
        return next(iter(edits), None)

    def mark(self, path: str) -> Mark:
        """Return the state of all files on which findings in a draft depend, but for the draft itself."""
        from ketakb.errors import KetakbError
        from ketakb.store.load import layer_folders

        names = [found for found in (find_file(path),) if found]
        folders: list[Path] = []
        try:
            config = find_config(Path(path))
            names += [config.path] if config.path else []
            folders = layer_folders(self._folder_of(config))
        except KetakbError:  # broken, or naming what is no store: what mends it lies beside or above the draft
            above = [one / name for one in Path(path).parents for name in ("ketakb.toml", "pyproject.toml")]
            names += [one for one in above if one.is_file()]
        return _mark([*names, *(file for folder in folders for file in _files(folder))])

    def _folder_of(self, config: Config) -> Path:
        from ketakb.desk.stores import store_folder

        return store_folder(self.asked.store, config)

    def _ready_for(self, config: Config) -> Ready:
        """Return the store of a configuration, read again when one of its files changed. Raises StoreError."""
        folder = self._folder_of(config)
        known = self._ready.get(folder)
        if known is not None and known.mark == _mark_of(known.folders):
            return known
        self._ready.pop(folder, None)
        from ketakb.desk.stores import sound_store
        from ketakb.extract.compiled import compile_store
        from ketakb.store.load import layer_folders

        folders = tuple(layer_folders(folder))
        mark = _mark_of(folders)  # before reading: a change while it is read is seen the next time
        store = sound_store(folder)
        self._ready[folder] = Ready(store, compile_store(store), folders, mark)
        return self._ready[folder]


def reads_as(path: str, language: str) -> str | None:
    """Return a name whose ending says how a draft is read; None where it is not read.

    The ending of its own name counts, or, where that says nothing, the language that the editor gives it.
    """
    suffix = suffix_of(path)
    if suffix in MARKDOWN | PLAIN | HTML:
        return path
    ending = _ENDING_OF.get(language.lower())
    return f"{path}{ending}" if ending and (not suffix or language.lower() != "plaintext") else None


def _files(folder: Path) -> Iterator[Path]:
    for part in (folder, folder / "claims", folder / "sources"):
        try:
            yield from (Path(one.path) for one in os.scandir(part) if one.name.endswith((".yaml", ".md")))
        except OSError:
            continue


def _mark_of(folders: tuple[Path, ...]) -> Mark:
    return _mark([file for folder in folders for file in _files(folder)])


def _mark(files: list[Path]) -> Mark:
    found = []
    for file in files:
        try:
            state = file.stat()
        except OSError:
            continue
        found.append((str(file), state.st_mtime_ns, state.st_size))
    return tuple(sorted(found))

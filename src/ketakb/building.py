"""What the build of the package runs, to compile the store and the word lists that it carries:

python -m ketakb.building STORE
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from ketakb import built, cache, cache_notes
from ketakb.errors import StoreError
from ketakb.extract.compiled import compile_store
from ketakb.language import english
from ketakb.language.cues import cue_table
from ketakb.language.segment_words import phrase_sets


def build(path: Path) -> None:
    """Write the files of `ketakb.built` for the store in a folder. Raises StoreError where it has problems."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KETAKB_CACHE_DIR"] = folder
        store, problems = cache.open_store(path)
        if problems or store.kept is None:
            raise StoreError(f"{path}: cannot be compiled; `ketakb check` may say why")
        compile_store(store)
        cue_table()
        phrase_sets()
        english.keep_all()
        built.build(store.kept.path, "store", cache_notes.built_notes(path))
        cache.index_of(store)
        search = cache.search_file(store.kept.path.parent, store)
        built.build(search, "search", [("store", "", store.digest)])
        for name, made in english.kept_files().items():
            built.build(made, name, [])
        store.kept.close()


def build_named() -> None:
    """Build for the store that the last argument of the process names."""
    build(Path(sys.argv[-1]))


if __name__ == "__main__":
    build_named()

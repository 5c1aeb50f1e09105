"""Where stores are: the one of the package, the one that was asked for, the one beneath a layer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ketakb.errors import StoreError

STORE_FILE = "store.yaml"
REVIEWS_FILE = "reviews.yaml"
VARIABLE = "KETAKB_STORE"


def default_store() -> Path:
    """Return the folder of the store that comes with the package.

    A wheel carries it inside the package; in an editable install it is the `data` folder of the repository.
    Raises StoreError where neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_data", package.parents[1] / "data"):
        if (folder / STORE_FILE).is_file():
            return folder
    raise StoreError(
        "the store that comes with ketakb is missing; install ketakb again, or name a store with --store"
    )


def is_packaged(folder: Path) -> bool:
    """Return whether a folder is the store that comes with an installed package, which is not to be written.

    The `data` folder of a repository is that store's source, and may be written.
    """
    return folder.resolve() == Path(__file__).resolve().parents[1] / "_data"


def resolve_store(option: Path | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the store to use: as asked for, else of KETAKB_STORE, else that of the package.

    `environ` stands in for the environment of the process. Raises StoreError where the folder is no store.
    """
    named = (os.environ if environ is None else environ).get(VARIABLE) if option is None else None
    if option is None and not named:
        return default_store()
    folder = option if option is not None else Path(str(named))
    origin = "--store" if option is not None else VARIABLE
    if folder.name == STORE_FILE and folder.is_file():
        folder = folder.parent
    require_store(folder, f"{origin}: ")
    return folder


def is_named(option: Path | None = None, environ: Mapping[str, str] | None = None) -> bool:
    """Return whether the user said which store to use, so that resolve_store takes no default."""
    return option is not None or bool((os.environ if environ is None else environ).get(VARIABLE))


def require_store(folder: Path, origin: str = "") -> None:
    """Raise StoreError, its message beginning with `origin`, unless the folder holds a store."""
    if (folder / STORE_FILE).is_file():
        return
    what = (
        "has no store.yaml" if folder.is_dir() else "is not a folder" if folder.exists() else "does not exist"
    )
    raise StoreError(f"{origin}{folder} is not a store: it {what}; `ketakb init {folder}` writes a new one")


def beneath(extends: str, folder: Path) -> Path | None:
    """Return the folder of the store that a layer extends, or None where there is none.

    `extends` is a path relative to the layer's folder, or `default` or the name of the store of the package.
    """
    there = folder / Path(extends).expanduser()
    if (there / STORE_FILE).is_file():
        return there
    if "/" in extends or "\\" in extends:
        return None
    try:
        packaged = default_store()
    except StoreError:
        return None
    return packaged if extends in ("default", _name_of(packaged)) else None


def _name_of(folder: Path) -> str:
    # one line of a file that is read in full later; a parser would be no more certain
    for line in (folder / STORE_FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith("name:"):
            return line[5:].split("#")[0].strip().strip("\"'")
    return ""

"""Which store a draft is held against, and whether it can be relied on."""

from __future__ import annotations

from pathlib import Path

from ketakb.errors import StoreError
from ketakb.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from ketakb.cache import Told
    from ketakb.desk.config import Config
    from ketakb.model import Store


def named_store(option: Path | None, config: Config) -> Path | None:
    """Return the store that was named as an option, else that of the configuration; None where KETAKB_STORE names one.

    Raises StoreError where the configuration names what is no store.
    """
    from ketakb.store.locate import is_named, require_store

    if is_named(option):
        return option
    if config.store is not None:
        require_store(config.store, f"{config.path}: ")
    return config.store


def store_folder(option: Path | None, config: Config) -> Path:
    """Return the folder of the store to use: as named, as configured, or the built-in one. Raises StoreError."""
    from ketakb.store.locate import resolve_store

    return resolve_store(named_store(option, config))


def sound_store(folder: Path, told: Told | None = None) -> Store:
    """Return the store in a folder. Raises StoreError where it has errors that make its answers worthless.

    `told` hears how far it is where that takes long.
    """
    from ketakb.cache import open_store

    store, problems = open_store(folder, told)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        first = errors[0]
        more = f" ({len(errors)} errors; `ketakb check` lists them)" if len(errors) > 1 else ""
        raise StoreError(f"{first.path}:{first.line}:{first.column}: {first.message} [{first.rule}]{more}")
    return store

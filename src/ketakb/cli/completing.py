"""What a shell suggests behind a command: ids of the store, rules. A suggestion that fails is none, never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import typer

from ketakb.hints import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ketakb.reports.rule_text import RulePage


_Reader: TypeAlias = "Callable[[Path], Iterable[tuple[str, str]]]"


def any_id(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return claims, sources and topics that begin so."""
    from ketakb.store import ids

    return _found(ctx, incomplete, ids.claim_ids, ids.source_ids, ids.topic_ids)


def claims(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return claims that begin so, with what they state."""
    from ketakb.store import ids

    return _found(ctx, incomplete, ids.claim_ids)


def sources(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return sources that begin so."""
    from ketakb.store import ids

    return _found(ctx, incomplete, ids.source_ids)


def topics(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return topics that begin so, with their titles; first those above them, such as safety."""
    from ketakb.store import ids

    found = _found(ctx, incomplete, ids.topic_ids)
    above = {name.partition("/")[0]: "" for name, _ in found if "/" in name and "/" not in incomplete}
    return [*above.items(), *found]


def rules(incomplete: str) -> list[tuple[str, str]]:
    """Return rules that begin so, by id or by name."""
    given = incomplete.lower()
    found = [(rule.id, f"{rule.name}: {rule.title}") for rule in _all_rules() if rule.id.lower().startswith(given)]
    return found or [(rule.name, rule.title) for rule in _all_rules() if rule.name.startswith(given)]


def rule_lists(incomplete: str) -> list[tuple[str, str]]:
    """Return what can stand last in a list of rules parted by commas."""
    before, comma, last = incomplete.rpartition(",")
    return [(f"{before}{comma}{name}", told) for name, told in rules(last)]


def kinds(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return kinds of source that begin so."""
    from ketakb.cli import backend

    try:
        opened = backend.open_store(_store(ctx))
    except Exception:
        return []
    return [(kind, "") for kind in opened.kinds if kind.startswith(incomplete)]


def standings(incomplete: str) -> list[str]:
    """Return standings of a claim that begin so."""
    from ketakb.cli.options import Standing

    return [str(one) for one in Standing if one.startswith(incomplete)]


def _found(ctx: typer.Context, incomplete: str, *readers: _Reader) -> list[tuple[str, str]]:
    try:
        folders = list(_folders(ctx))
        found = {name: told for folder in folders for read in readers for name, told in read(folder)}
    except Exception:  # a broken store, or one that is not there: the command itself will say so
        return []
    return [(name, told) for name, told in found.items() if name.startswith(incomplete)]


def _folders(ctx: typer.Context) -> Iterator[Path]:
    from ketakb.cli import backend
    from ketakb.store.load import layer_folders

    yield from layer_folders(backend.find_store(_store(ctx)))


def _store(ctx: typer.Context) -> Path | None:
    """Return the store that is named on the line so far."""
    named = ctx.params.get("store")
    return Path(named) if named is not None else None


def _all_rules() -> Iterable[RulePage]:
    from ketakb.cli import backend

    return backend.rules()

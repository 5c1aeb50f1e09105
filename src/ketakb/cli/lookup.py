"""``ketakb show``, ``topics`` and ``sources``: look up what the store holds."""

from __future__ import annotations

from ketakb.cli.declared import Argument, Option
from ketakb.cli.options import NoCacheOption, NoColorOption, StoreOption, report_options
from ketakb.hints import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from collections.abc import Iterable


def show(
    name: Annotated[str, Argument(autocompletion="any_id", metavar="ID", help="Id of a claim, a source or a topic.")],
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Show one claim, source or topic with all that the store holds on it.

    \b
    Examples:
      ketakb show safety/side-effects
      ketakb show nmda-antagonist-label
      ketakb show zanos-gould-2018

    Exit status: 0 shown, 2 there is no such id.
    """
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.errors import UsageError
    from ketakb.reports import lookup_text

    opened = backend.open_store(store)
    options = report_options(no_color=no_color)
    if claim := opened.claims.get(name):
        emit(lambda stream: lookup_text.write_claim(claim, opened, stream, options))
    elif source := opened.sources.get(name):
        emit(lambda stream: lookup_text.write_source(source, opened, stream, options))
    elif topic := opened.topics.get(name):
        emit(lambda stream: lookup_text.write_topic(topic, opened, stream, options))
    else:
        known = (*opened.claims, *opened.sources, *opened.topics)
        near = _near(name, known) or "; `ketakb search` finds claims by their words"
        raise UsageError(f"{name}: no claim, source or topic has this id{near}")


def topics(
    prefix: Annotated[
        str,
        Argument(autocompletion="topics", metavar="[PREFIX]", help="Only topics that begin so: safety."),
    ] = "",
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    no_color: NoColorOption = False,
) -> None:
    """List the topics: the question that each answers, and how its claims stand.

    \b
    Examples:
      ketakb topics
      ketakb topics safety

    Exit status: 0 shown, 2 no topic begins so.
    """
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.errors import UsageError
    from ketakb.reports.lookup_text import write_topics

    opened = backend.open_store(store)
    if not any(name.startswith(prefix) for name in opened.topics):
        raise UsageError(
            f"{prefix}: no topic begins so{_near(prefix, opened.topics) or '; `ketakb topics` lists them all'}"
        )
    options = report_options(no_color=no_color)
    emit(lambda stream: write_topics(opened, prefix, stream, options))


def sources(
    store: StoreOption = None,
    no_cache: NoCacheOption = False,
    kind: Annotated[
        str | None,
        Option(
            "--kind",
            metavar="KIND",
            autocompletion="kinds",
            help="Only this kind: label, trial, marketing ...",
        ),
    ] = None,
    no_color: NoColorOption = False,
) -> None:
    """List the sources, the strongest kinds first, and how many claims rest on each.

    \b
    Examples:
      ketakb sources
      ketakb sources --kind label

    Exit status: 0 shown, 2 there is no such kind.
    """
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.errors import UsageError
    from ketakb.reports.lookup_text import write_sources

    opened = backend.open_store(store)
    if kind is not None and kind not in opened.kinds:
        raise UsageError(f"--kind: {kind!r} is none of {', '.join(opened.kinds)}")
    options = report_options(no_color=no_color)
    emit(lambda stream: write_sources(opened, kind, stream, options))


def _near(name: str, known: Iterable[str]) -> str:
    import difflib

    found = difflib.get_close_matches(name, list(known), n=3)
    return f"; did you mean {', '.join(found)}?" if found else ""

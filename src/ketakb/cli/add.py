"""``ketakb add``: write a new claim into a store."""

from __future__ import annotations

from pathlib import Path

from ketakb.cli.declared import Option
from ketakb.cli.options import AsOfOption, NoColorOption, QuietOption, StoreOption, as_of_date, report_options
from ketakb.hints import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from ketakb.store.proposed import Proposed

Said = dict[str, str | list[str] | bool | None]
"""Fields of an assertion."""


def add(
    store: StoreOption = None,
    file: Annotated[Path | None, Option("--from", metavar="FILE", help="A YAML list of claims; - for stdin.")] = None,
    topic: Annotated[
        str | None,
        Option("--topic", metavar="TOPIC", autocompletion="topics", help="Topic under which it is compared."),
    ] = None,
    statement: Annotated[str | None, Option("--statement", metavar="TEXT", help="One plain sentence.")] = None,
    subject: Annotated[
        str | None, Option("--subject", metavar="ENTITY", help="What it is about, of vocabulary.yaml: an entity.")
    ] = None,
    relation: Annotated[
        str | None,
        Option("--relation", metavar="RELATION", help="What is said of it, of vocabulary.yaml: a relation."),
    ] = None,
    object: Annotated[
        list[str] | None, Option("--object", metavar="ENTITY", help="The other side: an entity. Repeatable.")
    ] = None,
    negated: Annotated[bool, Option("--negated", help="It says that this is not so.")] = False,
    source: Annotated[
        str | None,
        Option("--source", metavar="SOURCE", autocompletion="sources", help="Who says so: a source."),
    ] = None,
    quote: Annotated[str | None, Option("--quote", metavar="TEXT", help="In the source's own words.")] = None,
    says: Annotated[str | None, Option("--says", metavar="TEXT", help="In our words, where it is not quoted.")] = None,
    locator: Annotated[str | None, Option("--locator", metavar="TEXT", help="Where in the source.")] = None,
    prefer: Annotated[str | None, Option("--prefer", metavar="TEXT", help="Wording that editors can paste.")] = None,
    name: Annotated[str | None, Option("--id", metavar="ID", help="Its id; default: from the statement.")] = None,
    as_of: AsOfOption = None,
    quiet: QuietOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Write a new claim at the end of the claims file of a store, unreviewed.

    It is checked as `ketakb check` checks a store, before anything is written: topic, entities, relation and
    source must be there, and a quote must stand in the text of its source. What contradicts it is shown.
    Numbers, times and qualifiers are written in a file: --from takes claims in the format of claims.yaml,
    where `id` may be left out, and what `ketakb extract` proposed: claims with their sources.

    \b
    Examples:
      ketakb add --store ours --topic mechanism/nmda-receptor --subject ketamine
        --relation blocks --object nmda-receptor --statement "It blocks them."
        --source zanos-gould-2018 --says "A channel blocker." --locator abstract
      ketakb add --store ours --from new-claims.yaml

    Exit status: 0 added, 2 not right or not possible; then nothing was written.
    """
    from ketakb import keeping
    from ketakb.cli import backend
    from ketakb.cli.output import emit
    from ketakb.errors import UsageError
    from ketakb.reports.review_text import write_added

    passage: dict[str, str | None] = {"source": source, "quote": quote, "says": says, "locator": locator}
    asserted: Said = {"subject": subject, "relation": relation, "object": object or None}
    if negated:
        asserted["negated"] = True
    if file is not None and any((topic, statement, name, prefer, *passage.values(), *asserted.values())):
        raise UsageError("--from brings whole claims; leave the other options out")
    day = as_of_date(as_of)
    folder = backend.find_own_store(store)
    backend.open_store(folder)
    fields = {"id": name, "topic": topic, "statement": statement, "prefer": prefer}
    proposed = _from_file(file) if file is not None else _from_options(fields, asserted, passage)
    _, pages = keeping.add_claims(folder, proposed, day)
    options = report_options(no_color=no_color, quiet=quiet)
    emit(lambda stream: write_added(pages, stream, options))


def _from_file(file: Path) -> Proposed:
    import sys

    from ketakb.store.proposed import Proposed
    from ketakb.text import decode, read_text

    if str(file) == "-":
        return Proposed("standard input", decode(sys.stdin.buffer.read(), "standard input"))
    return Proposed(str(file), read_text(file))


def _from_options(
    fields: dict[str, str | None],
    asserted: Said,
    passage: dict[str, str | None],
) -> Proposed:
    from ketakb.errors import UsageError
    from ketakb.store.adding import from_options

    for option in ("topic", "statement"):
        if not fields[option]:
            raise UsageError(f"--{option} is missing; or bring whole claims: --from FILE")
    if passage["source"] is None and any(passage.values()):
        raise UsageError("--source is missing: say who is quoted")
    if isinstance(asserted["object"], list) and len(asserted["object"]) == 1:
        asserted = {**asserted, "object": asserted["object"][0]}
    said = {key: value for key, value in asserted.items() if value is not None}
    told = {key: value for key, value in passage.items() if value is not None}
    return from_options({**fields, "assert": said, "passages": [told] if told else []})

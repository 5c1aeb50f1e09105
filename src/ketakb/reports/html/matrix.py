"""Topics against sources: which source agrees with what the house accepts, contradicts it, or is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ketakb.model import Claim, Source, Store
from ketakb.reports.html.build import Markup, folded, items, join, tag
from ketakb.reports.html.sources import anchor_of
from ketakb.reports.html.words import CELLS, STANDINGS, group, topic
from ketakb.reports.paper import count_of, shortened
from ketakb.results import AuditReport

Cells = Mapping[tuple[str, str], list[Claim]]
_TITLE = 70  # code points of a source's title
_STATEMENTS = 160  # code points of what a source says, shown when a field is pointed at


def matrix(report: AuditReport, store: Store) -> Markup:
    """Return the documents kept word for word in one table, and all sources in one folded table a group of topics."""
    cells = _cells(store)
    troubled = {
        side.claim.id
        for one in report.conflicts
        if one.status == "open" and one.severity != "note"
        for side in one.sides
        if side.claim
    }
    legend = [
        join([tag("span", sign, class_=f"cell {name}", aria_hidden="true"), f" {words}"])
        for name, (sign, words) in CELLS.items()
    ]
    parts = [items([*legend, "An empty field: the source is silent on the topic."], "legend inline")]
    verbatim = [source for source in store.sources.values() if source.verbatim]
    used = {name for _, name in cells}
    verbatim = [source for source in verbatim if source.id in used]
    if verbatim:
        topics = [name for name in store.topics if any((name, source.id) in cells for source in verbatim)]
        parts.append(
            _by_topic(
                f"The {count_of(len(verbatim), 'document')} kept word for word",
                topics,
                verbatim,
                cells,
                troubled,
                store,
            )
        )
    groups: dict[str, list[str]] = defaultdict(list)
    for name in store.topics:
        groups[group(name)].append(name)
    parts.append(_choice(store, groups, {name for name, _ in cells}))
    for title, names in groups.items():
        if any(key in names for key, _ in cells):
            parts.append(_by_source(title, names, cells, troubled, store))
    return join(parts)


def _choice(store: Store, groups: Mapping[str, list[str]], told: set[str]) -> Markup:
    """Return the choice of sources and of a topic; it appears only where the script runs."""
    options = [tag("option", "All topics", value="")]
    options += [
        tag("option", f"{title}: {topic(store, name)}", value=name)
        for title, names in groups.items()
        for name in names
        if name in told
    ]
    return tag(
        "form",
        tag("label", "Topic ", tag("select", *options, name="topic")),
        tag("label", "Source ", tag("input", type="search", name="words", size="18")),
        tag("label", tag("input", type="checkbox", name="against"), " Only what contradicts"),
        tag("output", "", aria_live="polite"),
        class_="filter still",
        hidden=True,
        aria_label="Filter the tables of all sources",
        data_tables=True,
    )


def _cells(store: Store) -> dict[tuple[str, str], list[Claim]]:
    cells: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in store.claims.values():
        for name in claim.topics:
            for source in dict.fromkeys(passage.source for passage in claim.passages):
                cells[name, source].append(claim)
    return dict(cells)


def _by_topic(
    title: str, topics: list[str], sources: list[Source], cells: Cells, troubled: set[str], store: Store
) -> Markup:
    heads = [tag("th", _linked(source, by=True), scope="col", class_="name") for source in sources]
    rows, last = [], ""
    for name in sorted(topics, key=lambda name: (group(name), name)):
        if group(name) != last:
            last = group(name)
            rows.append(tag("tr", tag("th", last, scope="colgroup", colspan=str(len(sources) + 1), class_="group")))
        fields = (_field(cells.get((name, source.id), ()), troubled) for source in sources)
        rows.append(tag("tr", tag("th", topic(store, name), scope="row"), *fields))
    corner = tag("th", "Topic", scope="col")
    return tag(
        "div",
        _table(title, tag("tr", corner, *heads), rows),
        class_="wide matrix",
        tabindex="0",
        role="region",
        aria_label=title,
    )


def _by_source(title: str, names: list[str], cells: Cells, troubled: set[str], store: Store) -> Markup:
    """Return the table of one group: sources by kind, the strongest first, but for those that are silent on all."""
    names = [name for name in names if any(key == name for key, _ in cells)]
    speaking = {source for key, source in cells if key in names and source in store.sources}
    sources = sorted(
        (store.sources[name] for name in speaking), key=lambda one: (store.strength(one.kind), one.title.lower())
    )
    heads = [tag("th", topic(store, name), scope="col", class_="name", data_topic=name) for name in names]
    rows, last = [], ""
    for source in sources:
        if source.kind != last:
            last = source.kind
            rows.append(
                tag(
                    "tr",
                    tag("th", last.capitalize(), scope="colgroup", colspan=str(len(names) + 1), class_="group"),
                    class_="kind",
                )
            )
        fields = (_field(cells.get((name, source.id), ()), troubled) for name in names)
        rows.append(tag("tr", tag("th", _linked(source), scope="row"), *fields))
    table = _table(title, tag("tr", tag("th", "Source", scope="col"), *heads), rows)
    silent = len(store.sources) - len(sources)
    rest = tag(
        "p",
        f"{count_of(silent, 'further source')} {'is' if silent == 1 else 'are'} silent on all of this.",
        class_="dim",
    )
    told = f"{title}: {count_of(len(names), 'topic')}, {count_of(len(sources), 'source')}"
    region = tag("div", table, class_="wide matrix", tabindex="0", role="region", aria_label=told)
    return folded(told, region, rest if silent else None, class_="bysource")


def _linked(source: Source, by: bool = False) -> Markup:
    year = f" ({source.published[:4]})" if source.published else ""
    name = tag("a", shortened(source.title, _TITLE) + year, href=f"#{anchor_of(source.id)}")
    return join([name, tag("span", source.publisher, class_="dim by")]) if by and source.publisher else name


def _table(title: str, head: Markup, rows: Iterable[Markup]) -> Markup:
    return tag(
        "table", tag("caption", title, class_="unseen"), tag("thead", head), tag("tbody", *rows), class_="matrix"
    )


def _field(claims: Iterable[Claim], troubled: set[str]) -> Markup:
    """Return a field: a sign for each way in which the source stands to what is accepted, the worst first."""
    said = list(claims)
    if not said:
        return tag("td")
    ways = {
        "open" if claim.id in troubled and claim.standing == "accepted" else STANDINGS.get(claim.standing, "unreviewed")
        for claim in said
    }
    signs = [
        tag("span", sign, class_=f"cell {name}", role="img", aria_label=words)
        for name, (sign, words) in CELLS.items()
        if name in ways
    ]
    return tag("td", *signs, title=shortened(" / ".join(claim.statement for claim in said), _STATEMENTS))

"""Charts as inline SVG, each bar with its words in the text beside it: times on a logarithmic axis, dates."""

from __future__ import annotations

import math
from collections import defaultdict

from ketakb.assertion import Value
from ketakb.model import Claim, Store
from ketakb.reports.html.build import Markup, join, tag
from ketakb.reports.html.sides import passages_of
from ketakb.reports.html.words import CELLS, STANDINGS, amount
from ketakb.reports.html.words import topic as title_of
from ketakb.values import dataclass

_SECONDS = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "week": 604800.0,
    "month": 2629800.0,
    "year": 31557600.0,
}
_TICKS = (
    (1, "1 s"), (10, ""), (60, "1 min"), (600, ""), (3600, "1 h"), (21600, ""), (86400, "1 day"), (259200, ""),
    (604800, "1 wk"), (2629800, "1 mo"), (7889400, ""), (31557600, "1 yr"), (315576000, "10 yr"),
)  # fmt: skip
_DATED = ("status", "permission", "target")
"""Comparators of topics whose claims change with the law."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a claim says of time, in seconds or years; an open end is None."""

    claim: Claim
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from 0 to 100 per cent."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    logarithmic: bool

    def at(self, value: float) -> float:
        """Return where a value stands."""
        low, high, value = self.low, self.high, min(max(value, self.low), self.high)
        if self.logarithmic:
            low, high, value = math.log(low), math.log(high), math.log(value)
        return round(100 * (value - low) / (high - low), 2)


def durations(store: Store) -> Markup | None:
    """Return what is said of times, topic by topic, all on one logarithmic axis."""
    groups: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for claim in store.claims.values():
        topic = store.topics.get(claim.assertion.topic)
        value = claim.assertion.value
        if topic is not None and topic.comparator == "interval" and value is not None and value.unit in _SECONDS:
            groups[topic.id, claim.assertion.relation or ""].append(_seconds(claim, value))
    found = [end for some in groups.values() for one in some for end in (one.low, one.high) if end]
    if not found:
        return None
    lows = [tick for tick, _ in _TICKS if tick < min(found)] or [_TICKS[0][0]]
    highs = [tick for tick, _ in _TICKS if tick > max(found)] or [_TICKS[-1][0]]
    low, high = float(lows[-1]), float(highs[0])
    axis = Axis(low, high, tuple((float(tick), name) for tick, name in _TICKS if low <= tick <= high), True)
    parts: list[Markup] = []
    order = {name: at for at, name in enumerate(store.topics)}
    for (topic_id, relation), some in sorted(groups.items(), key=lambda pair: (order[pair[0][0]], pair[0][1])):
        known = store.relations.get(relation)
        heading = f"{title_of(store, topic_id)}: {known.label if known else relation}"
        some.sort(key=lambda one: (one.high or math.inf, one.low or 0))
        parts.append(_chart(f"t{len(parts)}", heading, some, axis, _band(some, store), store))
    return join(parts)


def _seconds(claim: Claim, value: Value) -> Stretch:
    scale = _SECONDS[value.unit]
    low = value.low * scale if value.low else None
    high = value.high * scale if value.high is not None else None
    return Stretch(claim, low, high, _told(value))


def _told(value: Value) -> str:
    about = "about " if value.approx else ""
    low, high = value.low, value.high
    unit = value.unit if (high if high is not None else low) == 1 else f"{value.unit}s"
    if low and high is not None:
        return f"{about}{amount(low)} {unit}" if low == high else f"{about}{amount(low)} to {amount(high)} {unit}"
    return f"up to {about}{amount(high)} {unit}" if high is not None else f"{about}{amount(low or 0)} {unit} or more"


def _band(some: list[Stretch], store: Store) -> tuple[float, float] | None:
    """Return from where to where the accepted claims of better sources reach."""
    ends = []
    for one in some:
        kinds = [store.sources[said.source].kind for said in one.claim.passages if said.source in store.sources]
        if one.claim.standing == "accepted" and any(not store.is_weak(kind) for kind in kinds):
            ends += [end for end in (one.low, one.high) if end]
    return (min(ends), max(ends)) if ends else None


def dates(store: Store, as_of: str) -> Markup | None:
    """Return what was approved or ruled and when, topic by topic, on one axis of years."""
    now = _year(as_of)
    groups: dict[str, list[Stretch]] = defaultdict(list)
    for claim in store.claims.values():
        topic = store.topics.get(claim.assertion.topic)
        if topic is None or topic.comparator not in _DATED or claim.standing == "rejected":
            continue
        time, value = claim.assertion.time, claim.assertion.value
        start = (time.start if time else None) or claim.valid_from
        if start is None and value is not None and value.unit == "date" and value.low:
            start = str(int(value.low))
        if start is None:
            continue
        end = claim.valid_to or (time.end if time else None)
        low = _year(start)
        high = _year(end) if end else now if claim.valid_from else low
        told = f"{start} to {end}" if end else f"since {start}" if claim.valid_from else start
        groups[topic.id].append(Stretch(claim, low, max(low, high), told))
    if not groups:
        return None
    everything = [one for some in groups.values() for one in some]
    low = math.floor(min(one.low or now for one in everything) / 10) * 10
    high = max(now, *(one.high or now for one in everything)) + 1
    ticks = tuple((float(year), str(year)) for year in range(low, int(high) + 1, 10))
    axis = Axis(low, high, ticks, False)
    parts: list[Markup] = []
    for topic_id in [name for name in store.topics if name in groups]:
        some = groups[topic_id]
        some.sort(key=lambda one: (one.low or 0, one.high or 0))
        parts.append(_chart(f"d{len(parts)}", title_of(store, topic_id), some, axis, None, store))
    return join(parts)


def _year(date: str) -> float:
    year, month, day = (*(int(part) for part in date[:10].split("-")), 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 365


def _chart(
    name: str, heading: str, some: list[Stretch], axis: Axis, band: tuple[float, float] | None, store: Store
) -> Markup:
    ground = f"grid-{name}"
    rows = [tag("li", _label(one, store), _bar(one, axis, ground), class_=one.claim.standing) for one in some]
    top = tag("div", tag("span", ""), _ticks(axis), class_="axis", aria_hidden="true")
    once = _ground(ground, axis, band)
    return tag("section", tag("h3", heading), once, top, tag("ul", *rows, class_="bars", role="list"), class_="chart")


def _ground(name: str, axis: Axis, band: tuple[float, float] | None) -> Markup:
    """Return what every bar of a chart stands on, the band and the lines of the axis, to be pointed at."""
    parts: list[Markup] = []
    if band is not None:
        start, end = axis.at(band[0]), axis.at(band[1])
        parts.append(
            tag("rect", x=f"{start}%", y="0", width=f"{max(0.4, round(end - start, 2))}%", height="100%", class_="band")
        )
    parts += [
        tag("line", x1=f"{axis.at(tick)}%", x2=f"{axis.at(tick)}%", y1="0", y2="100%", class_="grid")
        for tick, _ in axis.ticks
    ]
    ground = tag("defs", tag("g", *parts, id=name))
    return tag("svg", ground, class_="ground", width="0", height="0", aria_hidden="true")


def _label(one: Stretch, store: Store) -> Markup:
    sign, words = CELLS[STANDINGS.get(one.claim.standing, "unreviewed")]
    stands = None
    if one.claim.standing != "accepted":
        stands = tag(
            "span", tag("span", sign, aria_hidden="true"), f" {words}", class_=f"standing {one.claim.standing}"
        )
    said = join([tag("strong", one.words), " ", stands, " " if stands else None, one.claim.statement])
    return tag("div", tag("p", said), tag("p", passages_of(one.claim, store), class_="by"))


def _ticks(axis: Axis) -> Markup:
    shown = []
    for value, name in axis.ticks:
        at = axis.at(value)
        anchor = "start" if at < 5 else "end" if at > 95 else "middle"
        shown.append(tag("line", x1=f"{at}%", x2=f"{at}%", y1="16", y2="22"))
        if name:
            shown.append(tag("text", name, x=f"{at}%", y="12", text_anchor=anchor))
    return tag("svg", *shown, class_="ticks", width="100%", height="22", focusable="false")


def _bar(one: Stretch, axis: Axis, ground: str) -> Markup:
    parts: list[Markup] = [tag("use", href=f"#{ground}")]
    start = axis.at(one.low) if one.low else 0.0
    end = axis.at(one.high) if one.high else 100.0
    if one.low and one.low == one.high:
        parts.append(tag("circle", cx=f"{start}%", cy="50%", r="6", class_="point"))
    else:
        parts.append(
            tag(
                "rect",
                x=f"{start}%",
                y="30%",
                width=f"{max(0.6, round(end - start, 2))}%",
                height="40%",
                rx="3",
                class_="bar" if one.low and one.high else "bar open",
            )
        )
        parts += [
            tag("line", x1=f"{at}%", x2=f"{at}%", y1="20%", y2="80%", class_="end")
            for at, known in ((start, one.low), (end, one.high))
            if known
        ]
    return tag(
        "svg",
        *parts,
        width="100%",
        height="28",
        role="img",
        aria_label=f"Bar: {one.words}",
        focusable="false",
    )

"""The value of a quantity, and how ends, bounds and rates go into it."""

from __future__ import annotations

from ketakb.language.quantity_cues import Governing
from ketakb.language.quantity_rates import Per, per_week
from ketakb.language.quantity_tables import Stream
from ketakb.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number or interval, with what governs it."""

    low: float | None
    """Lower end in `unit`; None where it is open or not said."""
    high: float | None
    """Upper end in `unit`; None where it is open or not said."""
    unit: str
    """second ... year, percent, ratio, person, count, mg, mg/kg, mcg, g, kg, ml, dollar, pound, euro, date,
    age or speed."""
    start: int
    """Offset of its first word, governing words included."""
    end: int
    """Offset after its last word, words such as "or more" included."""
    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    approx: bool = False
    """True for "about" and for vague numbers such as "a few"."""
    role: str = "bare"
    """within, after, before, for, takes, every, since, until, in, on, by, over, at, during, past, ago,
    position, multiple, fast, slow or bare."""
    per: str | None = None
    """Unit of time, kg, or key of the noun that the number is per."""
    text_unit: str = ""
    """The unit as written."""
    of_word: str | None = None
    """Key of the noun that is counted, or of which a share is."""
    iso: str | None = None
    """Of a date: YYYY, YYYY-MM, YYYY-MM-DD, or two years with a slash between."""
    per_week: tuple[float, float] | None = None
    """Of a rate: times a week; an open end is 0 or infinite."""
    open_low: bool = False
    """True where the lower end itself is left out: "more than 5"."""
    open_high: bool = False
    """True where the upper end itself is left out: "under 18"."""
    adverb: bool = False
    """True for a phrase that holds no number: "immediately", "overnight"."""
    core: int = 0
    """Index of the token with which the number itself begins, after the governing words."""


def blank(stream: Stream, first: int, last: int, core: int, unit: str) -> Quantity:
    """Return a quantity without ends, which the caller fills in."""
    tokens = stream.tokens
    return Quantity(None, None, unit, tokens[first].start, tokens[last - 1].end, first, last, core=core)


def bounded(base: Quantity, low: float, high: float, governing: Governing) -> Quantity:
    """Give a quantity its ends, its role and what is approximate about it."""
    ends: tuple[float | None, float | None] = (low, high)
    if governing.bound == "low":
        ends = (low, None)
    elif governing.bound == "high" or (
        governing.role == "within" and governing.bound is None and low == high
    ):
        ends = (None, high)
    return replace(
        base,
        low=ends[0],
        high=ends[1],
        role=governing.role,
        approx=governing.approx,
        open_low=governing.open and governing.bound == "low",
        open_high=governing.open and governing.bound == "high",
    )


def as_rate(quantity: Quantity, per: Per, of_word: str | None) -> Quantity:
    """Turn a bounded count into a rate."""
    low = None if quantity.low is None else quantity.low * per.low
    high = None if quantity.high is None else quantity.high * per.high
    return replace(
        quantity,
        low=low,
        high=high,
        role="every",
        per=per.unit,
        of_word=of_word,
        per_week=per_week(low, high, per.unit),
    )

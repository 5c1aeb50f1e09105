"""What the numbers of a sentence say of a schedule: how often, in which weeks."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.assertion import Phase
from ketakb.language.quantities import Quantity
from ketakb.language.tokens import Token
from ketakb.language.units import MINUTES

_WEEK = MINUTES["week"]


def phases_of(tokens: Sequence[Token], quantities: Sequence[Quantity]) -> tuple[Phase, ...]:
    """Return the schedule that the numbers of a sentence give: rates, with the weeks in which they hold.

    "Twice a week in weeks 1 to 4, then weekly" is two phases. A phase whose first week is not known is left out,
    but for a rate that stands alone, which holds at any time.
    """
    found: list[Phase] = []
    rates = [n for n, q in enumerate(quantities) if is_rate(q)]
    start: float | None = 1.0
    # "in weeks 1 to 4 twice a week, in weeks 5 to 8 once a week"
    leading = len(rates) > 1 and rates[0] > 0 and _stretch(quantities[rates[0] - 1], start) is not None
    leading = leading and not any(_stretch(q, start) for q in quantities[rates[-1] + 1 :])
    for place, number in enumerate(rates):
        rate = quantities[number]
        after = rates[place + 1] if place + 1 < len(rates) else len(quantities)
        behind = quantities[number + 1 : after]
        if leading:
            behind = quantities[max(number - 1, 0) : number]
        stretch = next((s for q in behind if not is_rate(q) and (s := _stretch(q, start))), None)
        if stretch is None and number and not found and not is_rate(quantities[number - 1]):
            stretch = _stretch(quantities[number - 1], start)
            if stretch is None:
                stretch = _filled(tokens, quantities[number - 1], rate) or _behind(quantities[number - 1])
            elif tokens[quantities[number - 1].first].lower in ("from", "after", "beyond"):
                stretch = stretch[0], None
        assert rate.per_week is not None
        low, high = rate.per_week
        if place and _is_choice(tokens, quantities[rates[place - 1]], rate):
            continue  # read with the one before it
        if place + 1 < len(rates) and _is_choice(tokens, rate, quantities[rates[place + 1]]):
            other = quantities[rates[place + 1]].per_week or (low, high)
            low, high = min(low, other[0]), max(high, other[1])
        if stretch:
            found.append(Phase(stretch[0], stretch[1], low, high))
            start = stretch[1] + 1 if stretch[1] is not None else None
        elif len(rates) == 1:
            found.append(Phase(None, None, low, high))
        elif start is not None and place == len(rates) - 1 and place:
            found.append(Phase(start, None, low, high))
        else:
            start = None
    return tuple(found)


def _is_choice(tokens: Sequence[Token], one: Quantity, two: Quantity) -> bool:
    """Whether two rates are put to choice: "weekly or every other week"."""
    between = [t.lower for t in tokens[one.last : two.first]]
    return 0 < len(between) <= 2 and between[0] in ("or", "/") and (len(between) == 1 or between[1] in ("even", "then"))


def _stretch(quantity: Quantity, start: float | None) -> tuple[float, float | None] | None:
    """Return first and last week of "weeks 1 to 4", "for the first month", "for four weeks"; None for
    others."""
    if quantity.unit not in ("day", "week", "month"):
        return None
    if quantity.high is None and quantity.role != "position":
        return None
    by = MINUTES[quantity.unit] / _WEEK
    if quantity.role == "position":
        if quantity.low is None:
            return None
        last = quantity.high if quantity.high is not None else None
        if quantity.unit == "day":
            return None
        first = round((quantity.low - 1) * (4 if quantity.unit == "month" else 1)) + 1.0
        return first, None if last is None else float(round(last * (4 if quantity.unit == "month" else 1)))
    if (
        quantity.role in ("for", "over", "during", "within")
        and start is not None
        and quantity.low in (None, quantity.high)
    ):
        length = float(quantity.high or 0) * (4 if quantity.unit == "month" else by)
        return (start, start + round(length) - 1) if length >= 1 else None
    return None


def _filled(tokens: Sequence[Token], quantity: Quantity, rate: Quantity) -> tuple[float, float] | None:
    """Return the weeks that a rate fills: "after a month of visits twice a week" has them in weeks 1 to 4."""
    gap = [t.lower for t in tokens[quantity.last : rate.first]]
    if quantity.role != "after" or not gap or gap[0] not in ("of", "with", "on") or "," in gap:
        return None
    behind = _behind(quantity)
    return None if behind is None else (1.0, behind[0] - 1)


def _behind(quantity: Quantity) -> tuple[float, None] | None:
    """Return the first week behind a stretch: "after two months" is from week 9 on; None for others."""
    if quantity.role != "after" or quantity.unit not in ("week", "month") or not quantity.high:
        return None
    return round(quantity.high * (4 if quantity.unit == "month" else 1)) + 1.0, None


def is_rate(quantity: Quantity) -> bool:
    """Whether a quantity is so many times a week."""
    return quantity.per_week is not None

"""Edits of a number: the figure of an accepted claim in place of the one that it contradicts, in the same shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ketakb.assertion import Assertion, Value
from ketakb.compare.amounts import describe_value
from ketakb.compare.numbers import bounds, comparable_units
from ketakb.desk.edits import Edit
from ketakb.desk.fix_words import with_article
from ketakb.desk.fixable import Clause, limits_of
from ketakb.language.quantities import Quantity, find_quantities
from ketakb.language.quantity_tables import Stream
from ketakb.language.quantity_words import words
from ketakb.language.tokens import Token, tokenize
from ketakb.language.units import MINUTES
from ketakb.model import Claim
from ketakb.text import Span

_FAMILIES = frozenset({*MINUTES, "percent", "mg", "mg/kg", "mcg", "count", "person", "date"})
_NUMBERS = re.compile(r"[\d.,]+(?: [mb]illion)?(?: to [\d.,]+(?: [mb]illion)?)?")
_YEAR = re.compile(r"[12]\d{3}")
_LOW, _HIGH = "at least", "up to"


def fix_number(clause: Clause) -> Edit | None:
    """Return the edit that puts an accepted claim's figure in place of the one that a clause gives."""
    if clause.judged is None or clause.judged.reading.assertion.value is None:
        return None
    reading = clause.judged.reading
    place = next((span for name, span in reading.triggers if name == "number"), None)
    quantity = next((q for q in clause.sentence.quantities if place == Span(q.start, q.end)), None)
    claim = next((one for one in clause.claims if _fits(clause, one, reading.assertion)), None)
    value = _printed(claim) if claim else None
    if quantity is None or claim is None or value is None:
        return None
    written = _written(clause, quantity, value)
    if written is None:
        return None
    span, replacement = written
    place, replacement = with_article(clause, span, replacement)
    found = clause.text[place.start : place.end]
    return Edit(
        place, replacement, f"“{replacement}” for “{found}”: {claim.statement} ({claim.id})", clause.finding.fingerprint
    )


def _fits(clause: Clause, claim: Claim, assertion: Assertion) -> bool:
    """Whether a claim gives the figure of just what a draft speaks of: no wider subject, no limit left unsaid."""
    said, value = claim.assertion, assertion.value
    if value is None or said.value is None or said.negated or said.only or assertion.negated:
        return False
    return (
        said.relation == assertion.relation
        and said.value.unit in _FAMILIES
        and comparable_units(said.value, value)
        and said.value.of == value.of
        and (said.time is None or value.unit == "date")
        and clause.store.is_a(assertion.subject, said.subject)
        and (value.unit == "date" or limits_of(clause, claim) <= clause.limits)
    )


def _printed(claim: Claim) -> Value | None:
    """Return the figure of a claim as the house prints it: the one figure of its wording that lies inside its value.

    The value itself may be a band that no text would give: 25 to 40 percent for "about 30 percent".
    """
    value = claim.assertion.value
    if value is None:
        return None
    tokens = tokenize(claim.prefer or claim.statement)
    quantities = [q for q in find_quantities(tokens) if not q.per and _has_numerals(tokens[q.core : q.last], q)]
    printed = {Value(q.low, q.high, q.unit) for q in quantities}
    inside = [one for one in printed if comparable_units(one, value) and _lies_in(one, value)]
    return inside[0] if len(inside) == 1 else None


def _has_numerals(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Whether each end of a quantity is written as a number: "2 to 4 weeks", not "several weeks"."""
    numerals = sum(1 for token in tokens if token.kind == "number" or token.lower in words().cardinals)
    return numerals >= (2 if None not in (quantity.low, quantity.high) and quantity.low != quantity.high else 1)


def _lies_in(one: Value, band: Value) -> bool:
    inner, outer = bounds(one, typical=False), bounds(band, typical=False)
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _written(clause: Clause, quantity: Quantity, value: Value) -> tuple[Span, str] | None:
    """Return what of a quantity is replaced, and by what; None where the two are not of one shape."""
    tokens = clause.sentence.tokens
    core = Span(tokens[quantity.core].start, quantity.end)
    found = clause.text[core.start : core.end]
    if quantity.per or quantity.adverb or quantity.unit == "date":
        return (core, f"{value.low:g}") if _is_year(quantity, value, found) else None
    if not quantity.text_unit or not found.lower().endswith(quantity.text_unit.lower()):
        return None  # words behind the unit, such as "or more", say something of their own
    if len(found) == len(quantity.text_unit):
        return None  # "within minutes" gives no figure
    exact = Value(value.low, value.high, value.unit) if value.low is not None and value.high is not None else None
    whole = describe_value(exact or Value(value.low or value.high, value.low or value.high, value.unit))
    numbers = _NUMBERS.match(whole)
    if numbers is None:
        return None
    body = _in_style(whole, numbers.group(), found, quantity)
    if body is None:
        return None
    if exact is None and "-" in body:
        return None  # "an at least 2-hour wait" is not how it is written either
    if exact is not None:
        return _after(clause, quantity, core, body, "")
    return _after(clause, quantity, core, body, _LOW if value.high is None else _HIGH)


def _is_year(quantity: Quantity, value: Value, found: str) -> bool:
    return (
        quantity.unit == "date"
        and _YEAR.fullmatch(found) is not None
        and value.low is not None
        and value.low == value.high
    )


def _in_style(whole: str, numbers: str, found: str, quantity: Quantity) -> str | None:
    """Return a figure as the text writes its own: its unit kept, its hyphen, its numbers in words."""
    unit = quantity.text_unit
    before = found[: len(found) - len(unit)]
    if quantity.unit not in MINUTES:
        if quantity.unit in ("count", "person") and (quantity.high == 1 or numbers == "1"):
            return None  # "one infusion", "two infusions"
        gap = before[len(before.rstrip(" -")) :] or ("" if unit == "%" else " ")
        body = f"{numbers}{gap}{unit}"
    elif before.endswith("-"):
        body = f"{numbers}-{whole[len(numbers) :].strip().removesuffix('s')}"
        if " " in body:
            return None  # "a 40 to 60-minute wait" is not how it is written
    else:
        body = whole
    if any(letter.isdigit() for letter in found):
        return body
    names: dict[str, str] = {}
    for word, number in words().cardinals.items():
        if 1 <= number <= 12:
            names.setdefault(f"{number:g}", word)
    return re.sub(r"(?<![\d.,])\d+(?![\d.,])", lambda match: names.get(match.group(), match.group()), body)


def _after(clause: Clause, quantity: Quantity, core: Span, body: str, bound: str) -> tuple[Span, str] | None:
    """Return a figure with its bound in place of the text's figure with its own; the preposition stays."""
    stream = Stream(clause.sentence.tokens)
    cues = [
        (cue, start)
        for found, start in words().before.all_before(stream, quantity.core, quantity.first)
        for cue in found
        if cue.bound in ("low", "high", "exact")
    ]
    start = min((start for _, start in cues), default=quantity.core)
    if quantity.role == "within" and start == quantity.core and quantity.low is None:
        return (core, body) if bound != _LOW else None
    if quantity.approx and bound:
        return None
    if (quantity.low is None or quantity.high is None) and not cues:
        return None
    place = Span(clause.sentence.tokens[start].start, core.end)
    return place, f"{bound} {body}".strip()

"""The word lists of quantities, read once from `en/quantities.yaml` when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ketakb.errors import KetakbError
from ketakb.hints import Any
from ketakb.language.english import from_list
from ketakb.language.quantity_tables import PhraseTable
from ketakb.language.tokens import key_of
from ketakb.values import dataclass

_PATH = Path(__file__).parent / "en" / "quantities.yaml"

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase beside a quantity says about it."""

    role: str | None = None
    """Role that it gives the quantity."""
    bound: str | None = None
    """low, high or exact."""
    open: bool = False
    """True where the bound itself is left out: "more than"."""
    approx: bool = False
    """True for "about"."""
    kinds: frozenset[str] = frozenset()
    """Kinds of quantity that it fits; empty for all."""

    def fits(self, kind: str) -> bool:
        """Whether it can govern a quantity of this kind."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Fixed:
    """A phrase that is a quantity by itself, such as "overnight"."""

    unit: str
    role: str
    low: float | None = None
    high: float | None = None
    adverb: bool = False
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """How a unit is written."""

    name: str
    kind: str
    """time, share, mass or money."""
    form: str
    """one, many or short (an abbreviation, which needs digits before it)."""


@dataclass(frozen=True, slots=True)
class Words:
    """Every list of the file, in the shape that the readers look up. The names are those of the file."""

    cardinals: Numbers
    tens: Numbers
    scales: Numbers
    scale_suffixes: Numbers
    glyphs: Numbers
    fractions: Numbers
    ordinals: Numbers
    ordinal_endings: frozenset[str]
    vague: PhraseTable[tuple[float, float]]
    weak_vague: frozenset[str]
    units: PhraseTable[Unit]
    vague_units: Mapping[str, tuple[float, float]]
    vague_in: Mapping[str, tuple[float, float]]
    currencies: Mapping[str, str]
    multiples: Mapping[str, tuple[float, str]]
    """Words for several of a unit: fortnight, decade."""
    several_multiples: Mapping[str, tuple[float, float, str]]
    """Their plurals without a number: "for decades"."""
    stretches: frozenset[str]
    unit_adjectives: frozenset[str]
    """Adjectives between a number and its unit: "a full week"."""
    spells: frozenset[str]
    """What a time without a number may be of: "months of relief"."""
    adjectives_too: frozenset[str]
    per_words: PhraseTable[bool]
    persons: frozenset[str]
    counted: frozenset[str]
    numbered: frozenset[str]
    stops: frozenset[str]
    one_not_after: frozenset[str]
    share_followers: frozenset[str]
    share_context: frozenset[str]
    labels: frozenset[str]
    not_units_after: frozenset[str]
    domains: frozenset[str]
    months: Numbers
    decade_parts: Mapping[str, tuple[float, float]]
    decade_names: Numbers
    """Decades by name: the sixties."""
    range_words: PhraseTable[bool]
    most_of: PhraseTable[bool]
    sames: Numbers
    rates: Mapping[str, tuple[float, str]]
    rate_not_before: frozenset[str]
    times_words: Numbers
    before: PhraseTable[tuple[Cue, ...]]
    transparent: frozenset[str]
    of_after: frozenset[str]
    after: PhraseTable[tuple[Cue, ...]]
    age_suffixes: PhraseTable[bool]
    age_bounds: Mapping[str, str]
    age_words: PhraseTable[bool]
    age_cues: PhraseTable[bool]
    age_people: frozenset[str]
    usual_ages: frozenset[float]
    fixed: PhraseTable[Fixed]
    fixed_not_after: Mapping[str, frozenset[str]]
    fixed_not_before: Mapping[str, frozenset[str]]
    fixed_may_follow: frozenset[str]


@cache
def words() -> Words:
    """Return the word lists. The file is read on the first call."""
    return from_list("quantities", build)


def build(raw: Any) -> Words:
    """Return word lists from the parsed file; raise KetakbError for a key or a value that does not belong."""
    wanted = set(Words.__match_args__) - {"vague_units"}
    if not isinstance(raw, dict) or set(raw) != wanted:
        odd = sorted(map(str, set(raw) ^ wanted)) if isinstance(raw, dict) else ["not a mapping"]
        raise KetakbError(f"{_PATH}: unknown or missing keys: {', '.join(odd)}")
    try:
        return _build(raw)
    except (TypeError, ValueError, AttributeError) as error:
        raise KetakbError(f"{_PATH}: {error}") from error


def _build(raw: dict[str, Any]) -> Words:
    values: dict[str, Any] = {}
    values |= {name: _numbers(raw[name]) for name in _NUMBERS}
    values |= {name: _strings(raw[name]) for name in _SETS}
    values |= {name: frozenset(key_of(word) for word in _strings(raw[name])) for name in _KEYS}
    values |= {name: PhraseTable((text, True) for text in _strings(raw[name])) for name in _PHRASES}
    values |= {name: {key: _strings(value) for key, value in raw[name].items()} for name in _MAPS_OF_SETS}
    values |= {name: {key: _pair(value) for key, value in raw[name].items()} for name in _PAIRS}
    values |= {
        name: {word: (float(count), str(unit)) for word, (count, unit) in raw[name].items()}
        for name in _WORTHS
    }
    values |= {name: _cues(raw[name]) for name in ("before", "after")}
    return Words(
        **values,
        vague=PhraseTable((text, _pair(value)) for text, value in raw["vague"].items()),
        units=PhraseTable(_units(raw["units"])),
        vague_units={name: _pair(unit["vague"]) for name, unit in raw["units"].items() if "vague" in unit},
        several_multiples={
            word: (float(low), float(high), str(unit))
            for word, (low, high, unit) in raw["several_multiples"].items()
        },
        currencies=dict(raw["currencies"]),
        age_bounds=dict(raw["age_bounds"]),
        usual_ages=frozenset(float(age) for age in raw["usual_ages"]),
        fixed=PhraseTable(_fixed(raw["fixed"])),
    )


_KEYS = ("persons", "counted", "age_people")
_WORTHS = ("multiples", "rates")
_NUMBERS = (
    "cardinals",
    "tens",
    "scales",
    "scale_suffixes",
    "glyphs",
    "fractions",
    "ordinals",
    "months",
    "decade_names",
    "sames",
    "times_words",
)
_SETS = (
    "ordinal_endings",
    "weak_vague",
    "adjectives_too",
    "numbered",
    "stops",
    "one_not_after",
    "share_followers",
    "share_context",
    "labels",
    "not_units_after",
    "domains",
    "rate_not_before",
    "transparent",
    "of_after",
    "stretches",
    "unit_adjectives",
    "spells",
    "fixed_may_follow",
)
_PHRASES = ("per_words", "range_words", "most_of", "age_suffixes", "age_words", "age_cues")
_MAPS_OF_SETS = ("fixed_not_after", "fixed_not_before")
_PAIRS = ("decade_parts", "vague_in")


def _strings(items: Any) -> frozenset[str]:
    for item in items:
        # YAML reads an unquoted on or no as a truth value.
        if not isinstance(item, str):
            raise TypeError(f"{item!r} is not text; put it in quotation marks")
    return frozenset(items)


def _numbers(items: dict[str, float]) -> dict[str, float]:
    _strings(items)
    return {word: float(value) for word, value in items.items()}


def _pair(value: Any) -> tuple[float, float]:
    low, high = value
    return float(low), float(high)


def _units(raw: dict[str, dict[str, Any]]) -> Iterable[tuple[str, Unit]]:
    for name, entry in raw.items():
        _known(entry, {"kind", "one", "many", "short", "vague"})
        for form in ("one", "many", "short"):
            for text in _strings(entry.get(form, ())):
                yield text, Unit(name, entry["kind"], form)


def _cues(raw: list[dict[str, Any]]) -> PhraseTable[tuple[Cue, ...]]:
    """Return the cues by phrase: one phrase may say different things beside different kinds of quantity."""
    by_phrase: dict[str, list[Cue]] = {}
    for entry in raw:
        _known(entry, {"words", "role", "bound", "open", "approx", "for"})
        cue = Cue(
            entry.get("role"),
            entry.get("bound"),
            entry.get("open", False),
            entry.get("approx", False),
            _strings(entry.get("for", ())),
        )
        for text in sorted(_strings(entry["words"])):
            by_phrase.setdefault(text, []).append(cue)
    return PhraseTable((text, tuple(cues)) for text, cues in by_phrase.items())


def _fixed(raw: list[dict[str, Any]]) -> Iterable[tuple[str, Fixed]]:
    for entry in raw:
        _known(entry, {"words", "unit", "role", "low", "high", "adverb", "approx"})
        low, high = (float(entry[end]) if end in entry else None for end in ("low", "high"))
        fixed = Fixed(
            entry["unit"], entry["role"], low, high, entry.get("adverb", False), entry.get("approx", False)
        )
        for text in _strings(entry["words"]):
            yield text, fixed


def _known(entry: dict[str, Any], keys: set[str]) -> None:
    unknown = set(entry) - keys
    if unknown:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}")

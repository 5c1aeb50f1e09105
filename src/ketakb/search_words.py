"""What a lay reader types, and the words that claims are written in. General English, no subject's terms."""

from __future__ import annotations

from functools import cache

from ketakb.language.tokens import key_of

_GROUPS = (
    "fast quick rapid soon speedy prompt swift onset immediate instant minutes hours",
    "work act effective effect help respond response",
    "last lasting duration long-lasting stay persist",
    "cost price pay expensive afford cheap dollar fee bill",
    "safe danger dangerous risk risky harm harmful hazard safety",
    "approve approved approval legal licensed authorised authorized licence",
    "kid child children minor teen teenager adolescent pediatric young",
    "old elderly senior older geriatric",
    "doctor physician clinician provider prescriber",
    "addictive addiction addicted hooked habit dependence abuse misuse",
    "heal cure fix permanent",
    "high trip dissociation dissociative hallucination",
    "pee urine bladder urinary",
    "brain neuron synapse",
    "drive driving car",
    "home house mail",
    "mix combine combination together alcohol",
    "often frequency schedule session weekly week times",
    "much many dose amount number",
    "better superior stronger compare comparison",
    "job lasting benefit improve improvement relief",
    "allergic contraindicated contraindication eligible avoid exclude",
    "pregnant pregnancy breastfeeding",
    "common prevalence share percent",
    "drug medication medicine treatment",
    "old-fashioned conventional traditional standard usual",
    "sleepy drowsy tired sedation",
    "heart cardiac cardiovascular blood pressure",
    "breathe breathing respiratory",
    "forget memory cognitive cognition",
    "invent make made create develop synthesise synthesize discover origin",
    "wait stay watch monitor monitoring observe observation",
    "same identical form version kind derived",
)


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group in _GROUPS:
        keys = {key_of(word) for word in group.split()}
        for key in keys:
            table.setdefault(key, set()).update(keys - {key})
    return {key: frozenset(others) for key, others in table.items()}


def lay_keys(key: str) -> frozenset[str]:
    """Return the keys of words that mean nearly the same in a question."""
    table = _table()
    return table.get(key) or table.get(key.removesuffix("ly"), frozenset())

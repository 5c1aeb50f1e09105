"""All rules by id, each imported when it is asked for. A test holds these lists against the folder, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from ketakb.hints import TYPE_CHECKING
from ketakb.values import dataclass

if TYPE_CHECKING:
    from ketakb.rules.rule import Rule

MODULES = {
    "KB003": "idle_silence",
    "KB201": "opposite_direction",
    "KB202": "wrong_target",
    "KB203": "time_differs",
    "KB204": "number_differs",
    "KB205": "presence_denied",
    "KB206": "status_differs",
    "KB207": "not_the_only_one",
    "KB208": "membership_differs",
    "KB209": "permission_differs",
    "KB210": "order_differs",
    "KB211": "schedule_differs",
    "KB212": "self_contradiction",
    "KB213": "cited_source_disagrees",
    "KB301": "absolute_promise",
    "KB302": "unqualified_claim",
    "KB303": "unsuitable_offer",
    "KB304": "house_style",
    "KB401": "currency",
    "KB402": "superseded",
    "KB501": "unsupported",
    "KB502": "contested",
    "KB503": "looks_wrong",
    "KB601": "missing_disclosure",
    "KB602": "missing_balance",
    "KB603": "missing_generic_name",
}
"""Module of each rule, by id, in order."""

_HEADINGS = {
    "KB003": ("idle-silence", "warning"),
    "KB201": ("opposite-direction", "error"),
    "KB202": ("wrong-target", "error"),
    "KB203": ("time-differs", "error"),
    "KB204": ("number-differs", "error"),
    "KB205": ("presence-differs", "error"),
    "KB206": ("status-differs", "error"),
    "KB207": ("not-the-only-one", "error"),
    "KB208": ("membership-differs", "error"),
    "KB209": ("permission-differs", "error"),
    "KB210": ("order-differs", "error"),
    "KB211": ("schedule-differs", "error"),
    "KB212": ("self-contradiction", "warning"),
    "KB213": ("cited-source-disagrees", "warning"),
    "KB301": ("absolute-promise", "error"),
    "KB302": ("unqualified-claim", "note"),
    "KB303": ("unsuitable-offer", "warning"),
    "KB304": ("house-style", "warning"),
    "KB401": ("stale-date", "warning"),
    "KB402": ("superseded", "warning"),
    "KB501": ("unsupported", "note"),
    "KB502": ("contested", "note"),
    "KB503": ("looks-wrong", "warning"),
    "KB601": ("missing-disclosure", "note"),
    "KB602": ("missing-balance", "note"),
    "KB603": ("missing-generic-name", "note"),
}
"""Name and usual severity of each rule, so that a finding takes no file with explanations and examples."""

_OF_COMPARATOR = {
    "direction": "KB201",
    "target": "KB202",
    "interval": "KB203",
    "quantity": "KB204",
    "presence": "KB205",
    "status": "KB206",
    "exclusivity": "KB207",
    "membership": "KB208",
    "permission": "KB209",
    "order": "KB210",
    "phases": "KB211",
    "currency": "KB401",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a finding says of its rule."""

    id: str
    name: str
    severity: str


class _Rules(Mapping[str, "Rule"]):
    def __init__(self) -> None:
        self._known: dict[str, Rule] = {}

    def __getitem__(self, rule: str) -> Rule:
        if rule not in self._known:
            self._known[rule] = import_module(f"ketakb.rules.{MODULES[rule]}").RULE
        return self._known[rule]

    def __contains__(self, rule: object) -> bool:
        return rule in MODULES

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


_RULES = _Rules()


def all_rules() -> Mapping[str, Rule]:
    """Return the rules that audits report, by id, in order."""
    return _RULES


def heading_of(rule: str) -> Heading:
    """Return what a finding says of its rule. Raises KeyError for an id that no rule has."""
    return Heading(rule, *_HEADINGS[rule])


def rule_of_comparator() -> Mapping[str, str]:
    """Return the id of the rule that reports each comparator's conflicts."""
    return _OF_COMPARATOR

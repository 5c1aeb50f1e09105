"""All rules by id. A test holds this list against the folder, both ways."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from ketakb.rules.rule import Rule

MODULES = (
    "absolute_promise",
    "cited_source_disagrees",
    "contested",
    "currency",
    "house_style",
    "idle_silence",
    "membership_differs",
    "missing_balance",
    "missing_disclosure",
    "missing_generic_name",
    "not_the_only_one",
    "number_differs",
    "opposite_direction",
    "order_differs",
    "permission_differs",
    "presence_denied",
    "schedule_differs",
    "self_contradiction",
    "status_differs",
    "superseded",
    "time_differs",
    "unqualified_claim",
    "unsuitable_offer",
    "unsupported",
    "wrong_target",
)


@cache
def all_rules() -> dict[str, Rule]:
    """Return the rules that audits report, by id, in order."""
    found = [import_module(f"ketakb.rules.{name}").RULE for name in MODULES]
    return {rule.id: rule for rule in sorted(found, key=lambda rule: rule.id)}


def rule_of_comparator() -> dict[str, str]:
    """Return the id of the rule that reports each comparator's conflicts."""
    return {rule.comparator: rule.id for rule in all_rules().values() if rule.comparator}

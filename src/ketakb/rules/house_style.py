"""KB304 house-style."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB304",
    name="house-style",
    severity="warning",
    title="Breaks a rule of the house",
    comparator="",
    explanation=(
        "Reports a word or phrase that the wording rules of a store ban or replace by another, for the style "
        "of the house and not because it is wrong. The store that ships has no such rule: a layer brings its "
        "own."
    ),
    fires=(),
    silent=(),
)

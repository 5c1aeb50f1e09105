"""KB205 presence-differs."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB205",
    name="presence-differs",
    severity="error",
    title="Denies what occurs, or claims what does not",
    comparator="presence",
    explanation=(
        "Reports a statement that an effect does not occur where sources report that it does, or the "
        'other way round. Words such as "rarely" or "usually mild" are read as such.'
    ),
    fires=("Ketamine has no effect on the bladder and never causes bladder damage.",),
    silent=("Heavy use of ketamine can cause bladder damage.",),
)

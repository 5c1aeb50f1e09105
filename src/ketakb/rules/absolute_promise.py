"""KB301 absolute-promise."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB301",
    name="absolute-promise",
    severity="error",
    title="Promises more than any evidence can carry",
    comparator="",
    explanation=(
        "Reports absolutes and promises: cure, guaranteed, 100% safe, no side effects, works for "
        "everyone, permanent, instant, not addictive. Say what was found, in how many, for how long."
    ),
    fires=(
        "Ketamine cures depression for good.",
        "Our ketamine treatment is 100% safe.",
    ),
    silent=(
        "Ketamine is not a cure for depression.",
        "No treatment is completely safe, and ketamine is no exception.",
    ),
)

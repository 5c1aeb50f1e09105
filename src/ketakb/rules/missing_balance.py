"""KB602 missing-balance."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB602",
    name="missing-balance",
    severity="note",
    title="Benefits without risks",
    comparator="",
    explanation=("Notes a text that speaks of benefits and names no risk."),
    fires=("Ketamine lifts mood within hours.",),
    silent=(
        "Ketamine lifts mood within hours; nausea and dissociation are common. It is not for people with an aneurysm.",
    ),
)

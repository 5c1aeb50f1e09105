"""KB202 wrong-target."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB202",
    name="wrong-target",
    severity="error",
    title="Names the wrong target",
    comparator="target",
    explanation=(
        "Reports a statement that names another target, class or schedule than the one known, where "
        "there is only one: an enzyme in place of a transporter, Schedule I in place of Schedule III."
    ),
    fires=("SSRIs work by inhibiting the enzyme that breaks down serotonin.",),
    silent=("SSRIs block the reuptake of serotonin.",),
)

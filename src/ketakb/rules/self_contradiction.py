"""KB212 self-contradiction."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB212",
    name="self-contradiction",
    severity="warning",
    title="Contradicts itself",
    comparator="",
    explanation=(
        "Reports two places of one text that cannot both stand, where the store does not say which is "
        "wrong. Where it does, the wrong place has its own finding, with the other place beside it."
    ),
    fires=("Ketamine lowers norepinephrine. Later on, ketamine raises norepinephrine.",),
    silent=(
        "Ketamine blocks NMDA receptors. It acts as an antagonist of NMDA receptors.",
        "SSRIs raise serotonin. Ketamine does not work by raising serotonin.",
    ),
)

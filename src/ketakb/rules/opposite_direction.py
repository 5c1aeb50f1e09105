"""KB201 opposite-direction."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB201",
    name="opposite-direction",
    severity="error",
    title="Says the opposite of what a claim says",
    comparator="direction",
    explanation=(
        "Reports a statement that gives an effect the wrong sign: that a drug stimulates a receptor "
        'which it blocks, lowers what it raises. A hedge does not excuse it: "may stimulate" is as '
        'wrong as "stimulates". Use the wording of the claim, or cite a source that shows otherwise.'
    ),
    fires=("Ketamine works by stimulating NMDA receptors in the brain.",),
    silent=(
        "Ketamine works by blocking NMDA receptors in the brain.",
        "It is a myth that ketamine stimulates NMDA receptors.",
    ),
)

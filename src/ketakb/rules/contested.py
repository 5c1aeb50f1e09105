"""KB502 contested."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB502",
    name="contested",
    severity="note",
    title="Sources disagree",
    comparator="",
    explanation=(
        "Notes a statement on which good sources disagree. Say so, or cite the one that you rest on."
    ),
    fires=("Naltrexone blocks the antidepressant effect of ketamine.",),
    silent=("Ketamine blocks NMDA receptors.",),
)

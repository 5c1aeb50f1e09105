"""KB601 missing-disclosure."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB601",
    name="missing-disclosure",
    severity="note",
    title="A disclosure is missing",
    comparator="",
    explanation=(
        "Notes that a text which sells a use says nothing of what must be disclosed with it: that the "
        "use is off-label, that a product comes under a restricted programme."
    ),
    fires=("Ketamine infusions for depression are given in our clinic.",),
    silent=("Ketamine infusions for depression, an off-label use, are given in our clinic.",),
)

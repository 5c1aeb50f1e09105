"""KB603 missing-generic-name."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB603",
    name="missing-generic-name",
    severity="note",
    title="A brand without its generic name",
    comparator="",
    explanation=("Notes a brand name that stands without the generic name anywhere in the text."),
    fires=("Spravato is given as a nasal spray.",),
    silent=("Spravato (esketamine) is given as a nasal spray.",),
)

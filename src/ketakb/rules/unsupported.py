"""KB501 unsupported."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB501",
    name="unsupported",
    severity="note",
    title="On topic, but no claim settles it",
    comparator="",
    explanation=(
        "Notes a statement that was understood but meets no claim of the store. It may be right; "
        "nobody here can say. Add a source, or a claim."
    ),
    fires=("Ketamine lowers norepinephrine.",),
    silent=("Ketamine blocks NMDA receptors.",),
)

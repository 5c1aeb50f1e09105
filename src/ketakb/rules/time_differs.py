"""KB203 time-differs."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB203",
    name="time-differs",
    severity="error",
    title="Gives a time that is far from what is known",
    comparator="interval",
    explanation=(
        "Reports an onset, a duration, a dose or another typical figure that lies far outside the "
        'range that sources report. Units are converted; "within hours" and "in a day" agree. Use the '
        "range of the claim."
    ),
    fires=("Ketamine takes six weeks to lift depression.",),
    silent=("Ketamine can ease depression within a day.",),
)

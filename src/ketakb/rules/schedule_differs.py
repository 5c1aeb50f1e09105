"""KB211 schedule-differs."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB211",
    name="schedule-differs",
    severity="error",
    title="Gives another schedule than the label",
    comparator="phases",
    explanation=(
        "Reports a treatment schedule whose number of sessions a week, or the weeks in which they "
        "fall, differ from what sources give."
    ),
    fires=("Spravato is taken every day.",),
    silent=("Spravato is given twice a week for the first four weeks.",),
)

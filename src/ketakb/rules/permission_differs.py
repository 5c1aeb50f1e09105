"""KB209 permission-differs."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB209",
    name="permission-differs",
    severity="error",
    title="Allows what is not allowed, or waives what is required",
    comparator="permission",
    explanation=(
        "Reports advice that goes against a rule or a label: driving after a session, use at home "
        "where that is barred, no supervision."
    ),
    fires=("You can drive home right after your Spravato session.",),
    silent=("Do not drive until the day after your Spravato session.",),
)

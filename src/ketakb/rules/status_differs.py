"""KB206 status-differs."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB206",
    name="status-differs",
    severity="error",
    title="Gets an approval or another status wrong",
    comparator="status",
    explanation=(
        "Reports a statement that a product is approved, proven or understood where it is not, or the "
        "other way round. Ketamine, esketamine and compounded products are told apart, and a "
        "statement on one country is not held against the rules of another."
    ),
    fires=("Ketamine is FDA approved for depression.",),
    silent=("Ketamine is not FDA approved for depression; its use there is off-label.",),
)

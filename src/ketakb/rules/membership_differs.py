"""KB208 membership-differs."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB208",
    name="membership-differs",
    severity="error",
    title="Puts a thing in the wrong class or group",
    comparator="membership",
    explanation=(
        "Reports a statement that a drug is of a class that it is not, or that a group may have it "
        "that should not, or the other way round."
    ),
    fires=("Ketamine is an opioid painkiller.",),
    silent=("Ketamine is a dissociative anesthetic, not an opioid.",),
)

"""KB204 number-differs."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB204",
    name="number-differs",
    severity="error",
    title="Gives a figure that sources do not carry",
    comparator="quantity",
    explanation=(
        "Reports a count, share, year or price that lies outside what sources report for the same "
        "people and place. Figures within the accepted range pass."
    ),
    fires=("Some 60 million US adults have major depression each year.",),
    silent=("In the US, some 17 million adults have major depression.",),
)

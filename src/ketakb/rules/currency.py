"""KB401 stale-date."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB401",
    name="stale-date",
    severity="warning",
    title="Dates itself",
    comparator="currency",
    explanation=(
        'Reports dates that move with the day of reading: "last year", "recently approved", "the '
        'newest". Name the month and year.'
    ),
    fires=("Last year the FDA approved Spravato.",),
    silent=("In March 2019 the FDA approved Spravato.",),
)

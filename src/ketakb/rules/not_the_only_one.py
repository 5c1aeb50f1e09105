"""KB207 not-the-only-one."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB207",
    name="not-the-only-one",
    severity="error",
    title='Says "only" where there is another',
    comparator="exclusivity",
    explanation=('Reports "the only" and "solely" where a claim names another that is so too.'),
    fires=("The sole approved use of ketamine is as Spravato.",),
    silent=("Spravato is approved for treatment-resistant depression in adults.",),
)

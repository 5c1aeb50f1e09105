"""KB207 not-the-only-one."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB207",
    name="not-the-only-one",
    severity="error",
    title='Says "only" where there is another',
    comparator="exclusivity",
    explanation=('Reports "the only" and "solely" where a claim names another that is so too.'),
    fires=("The only approved form of ketamine is esketamine.",),
    silent=("Spravato is approved for treatment-resistant depression in adults.",),
)

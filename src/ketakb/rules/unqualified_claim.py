"""KB302 unqualified-claim."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB302",
    name="unqualified-claim",
    severity="note",
    title="Needs a qualification or proof",
    comparator="",
    explanation=(
        "Reports wording that is not wrong as such but goes out only with proof or a qualification: "
        'bare "safe and effective", "clinically proven", own success rates, comparisons without '
        "evidence, testimonials."
    ),
    fires=("Ketamine is safe and effective.",),
    silent=("Ketamine is generally well tolerated when monitored.",),
)

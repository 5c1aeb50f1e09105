"""KB303 unsuitable-offer."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB303",
    name="unsuitable-offer",
    severity="warning",
    title="Offers what must not be offered",
    comparator="",
    explanation=(
        "Reports offers that regulators or professional bodies object to: no prescription needed, "
        "infusions at home in place of prescribed medicine."
    ),
    fires=("With ketamine you can throw away your antidepressants.",),
    silent=("Do not stop your antidepressants for ketamine without talking to your doctor.",),
)

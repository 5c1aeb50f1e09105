"""KB210 order-differs."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB210",
    name="order-differs",
    severity="error",
    title="Turns a comparison round",
    comparator="order",
    explanation=("Reports a comparison that goes against what trials show."),
    fires=("Conventional antidepressants work faster than ketamine.",),
    silent=("Ketamine works faster than conventional antidepressants.",),
)

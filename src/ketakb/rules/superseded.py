"""KB402 superseded."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB402",
    name="superseded",
    severity="warning",
    title="Was right once",
    comparator="",
    explanation=(
        "Reports a statement that was true until a label, a rule or a figure changed, and is put as "
        "if it still held. Say since when, or use the current wording."
    ),
    fires=("Spravato is approved only together with an oral antidepressant.",),
    silent=("In 2019 Spravato was approved together with an oral antidepressant.",),
)

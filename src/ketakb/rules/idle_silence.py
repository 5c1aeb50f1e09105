"""KB003 idle-silence."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB003",
    name="idle-silence",
    severity="warning",
    title="Silences nothing",
    comparator="",
    explanation=(
        "Reports what was written to silence a finding and silences none: a remark in the draft, a decision "
        "in decisions.yaml, a line of per-file-ignores that names one file, or, as a note, entries of a "
        "baseline. The words or the claim were changed, the day that it was given has passed, or no reason "
        "was written; what is left over would silence the wrong thing one day. Remove it, or decide again."
    ),
    fires=(
        "Ketamine blocks NMDA receptors. <!-- ketakb: ignore KB301 agreed with the clinic -->",
        "Ketamine has no side effects. <!-- ketakb: ignore KB301 -->",
    ),
    silent=("Ketamine has no side effects. <!-- ketakb: ignore KB301 quoted as what not to write -->",),
)

"""KB503 looks-wrong."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB503",
    name="looks-wrong",
    severity="warning",
    title="Put like statements that were often wrong",
    comparator="",
    explanation=(
        "Warns of a statement that no rule reads, but that is put like statements which editors had to correct. The "
        "claim nearest to it stands beside it: hold the two against each other. What it goes by was learned from "
        "several thousand pieces of copy that were marked by hand; it knows that such statements are often wrong, not "
        "what is wrong with this one; `--why` tells the words that counted most. A draft of fewer than thirty words is "
        "not looked at so."
    ),
    fires=(
        "Our team has treated adults with severe depression for years, in a calm room and with a nurse close by. "
        "Doctors hope that ketamine will be approved against depression soon. "
        "The visit takes about an hour, and a friend should drive you home.",
    ),
    silent=("Ketamine blocks NMDA receptors.",),
)

"""KB213 cited-source-disagrees."""

from ketakb.rules.rule import Rule

RULE = Rule(
    id="KB213",
    name="cited-source-disagrees",
    severity="warning",
    title="Cites a source that says otherwise",
    comparator="",
    explanation=(
        "Reports a link, a DOI or a note in a sentence that leads to a source of the store, where the claims "
        "that rest on this source contradict what the sentence says. Cite another source, or correct the "
        "sentence."
    ),
    fires=(
        "Ketamine stimulates NMDA receptors (https://pfizermedicalinformation.com/ketamine/clinical-pharmacology).",
    ),
    silent=(
        "Ketamine blocks NMDA receptors (https://pfizermedicalinformation.com/ketamine/clinical-pharmacology).",
        "Ketamine stimulates NMDA receptors (https://example.org/a-page-nobody-knows).",
    ),
)

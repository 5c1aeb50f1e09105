"""The integrity rules: ids, names and what to do. `ketakb explain` and the documentation print this table."""

from __future__ import annotations

from ketakb.hints import NamedTuple


class IntegrityRule(NamedTuple):
    """What a KB1xx id stands for."""

    name: str
    """Kebab-case name."""
    explanation: str
    """What is wrong, in one line."""
    remedy: str
    """What to do about it."""


UNKNOWN_ID = "KB107"
DUPLICATE_ID = "KB108"
MISSING_FIELD = "KB109"
CONFLICTING_FIELDS = "KB110"
QUOTE_NOT_FOUND = "KB111"
QUOTE_OF_SUMMARY = "KB112"
EMPTY_PASSAGE = "KB113"
NO_REASON = "KB114"
NO_EVIDENCE = "KB115"
OPPOSITE = "KB116"
BROADER_CYCLE = "KB117"
SCALE_STEP = "KB118"
LAYER = "KB119"
UNCOVERED_TOPIC = "KB120"
REVIEW_DUE = "KB121"
CHANGED_SINCE_REVIEW = "KB122"
UNUSED_SOURCE = "KB123"
WITHDRAWN_SOURCE = "KB124"
UNREADABLE_PHRASE = "KB125"
UNKNOWN_CLASS = "KB126"

RULES: dict[str, IntegrityRule] = {
    "KB101": IntegrityRule(
        "unreadable-file", "A file of the store cannot be read.", "Save it as UTF-8 text."
    ),
    "KB102": IntegrityRule(
        "yaml-syntax", "A file is not valid YAML.", "Repair the line that the message names."
    ),
    "KB103": IntegrityRule("duplicate-key", "A mapping names a key twice.", "Keep one of the two."),
    "KB104": IntegrityRule(
        "unknown-key", "A mapping has a key that is not read.", "Correct or remove the key."
    ),
    "KB105": IntegrityRule("missing-key", "A mapping lacks a key that it needs.", "Add the key."),
    "KB106": IntegrityRule(
        "wrong-value", "A value is not of the kind that its key holds.", "Write what the message asks."
    ),
    UNKNOWN_ID: IntegrityRule(
        "unknown-id", "Something is named that the store does not define.", "Correct the id, or define it."
    ),
    DUPLICATE_ID: IntegrityRule(
        "duplicate-id", "Two things of one sort have the same id.", "Give one another id."
    ),
    MISSING_FIELD: IntegrityRule(
        "missing-field", "An assertion lacks a field that its topic needs.", "Add the field to `assert`."
    ),
    CONFLICTING_FIELDS: IntegrityRule(
        "impossible-value", "Two values of one item cannot both be right.", "Correct one of them."
    ),
    QUOTE_NOT_FOUND: IntegrityRule(
        "quote-not-found",
        "A quote is not in the text of its source.",
        "Copy the words as the source has them.",
    ),
    QUOTE_OF_SUMMARY: IntegrityRule(
        "quote-of-summary",
        "A source whose text is our summary is quoted.",
        "Use `says` and `locator`: our own words are never shown as a quotation.",
    ),
    EMPTY_PASSAGE: IntegrityRule(
        "empty-passage",
        "A passage neither quotes nor says anything.",
        "Add `quote`, or `says` with a `locator`.",
    ),
    NO_REASON: IntegrityRule(
        "no-reason",
        "A claim is rejected, superseded or overrules another without a reason.",
        "Add `because`.",
    ),
    NO_EVIDENCE: IntegrityRule(
        "no-evidence", "An accepted claim has no passage.", "Add a passage, or set `standing: unreviewed`."
    ),
    OPPOSITE: IntegrityRule(
        "one-sided-opposite",
        "A relation names an opposite that does not name it back.",
        "Set `opposite` on both.",
    ),
    BROADER_CYCLE: IntegrityRule(
        "broader-cycle",
        "A term is broader than itself.",
        "Remove one of the `broader` entries of the circle.",
    ),
    SCALE_STEP: IntegrityRule(
        "no-step-of-scale", "A value is not a step of the scale of its topic.", "Write one of the steps."
    ),
    LAYER: IntegrityRule("broken-layer", "A layer does not fit the store beneath.", "Follow the message."),
    UNCOVERED_TOPIC: IntegrityRule(
        "uncovered-topic",
        "A topic has no accepted claim that rests on more than weak sources.",
        "Add a claim with a passage from a stronger source.",
    ),
    REVIEW_DUE: IntegrityRule(
        "review-due",
        "The day by which something was to be reviewed has passed.",
        "Look at it again: `ketakb review`.",
    ),
    CHANGED_SINCE_REVIEW: IntegrityRule(
        "changed-since-review",
        "A claim, a quote or a source was changed after the claim was reviewed.",
        "Look at it again: `ketakb review`.",
    ),
    UNUSED_SOURCE: IntegrityRule("unused-source", "No claim rests on a source.", "Cite it, or remove it."),
    WITHDRAWN_SOURCE: IntegrityRule(
        "withdrawn-source",
        "A claim rests on a source that was retracted or replaced by a newer one.",
        "Read the newer source, change the claim where it must be, then `ketakb review` it.",
    ),
    UNREADABLE_PHRASE: IntegrityRule(
        "unreadable-phrase",
        "A phrase of the vocabulary does not follow the grammar, or stands for too many wordings.",
        "Close its brackets, or split it in two.",
    ),
    UNKNOWN_CLASS: IntegrityRule(
        "unknown-word-class",
        "A frame or relation names a word class that the package does not have.",
        "Correct the name, or list the words as an entity of the store.",
    ),
}

"""What each file of a store may hold: read by `load`, and turned into JSON Schemas by `schema`."""

from __future__ import annotations

from ketakb.store.frame_specs import ASSERT, ASSERTION_KEYS, CONCEPTS, ENTITIES, FRAME, RELATIONS, WORDS
from ketakb.yamlio.scalars import Choice, Date, Flag, Id, Number, Ref, Sign, Text
from ketakb.yamlio.spec import Key, ListOf, Mapping, Table

JURISDICTIONS = ("US", "UK", "EU", "CA")
COPY_KINDS = ("clinic-page", "editorial", "leaflet", "ad", "snippet")
STANDINGS = ("accepted", "rejected", "contested", "superseded", "unreviewed")
SEVERITIES = ("error", "warning", "note")
COMPARATORS = (
    "direction", "target", "interval", "phases", "quantity", "presence",
    "status", "exclusivity", "membership", "permission", "order", "currency",
)  # fmt: skip
ENTITY_KINDS = (
    "drug", "treatment", "receptor", "transmitter", "target", "condition", "effect", "body", "body-public", "study",
    "route", "setting", "people", "group", "form", "notion", "use", "class", "schedule", "maker", "jurisdiction",
)  # fmt: skip
MAX_QUOTE = 300

STORE = Mapping(
    "store.yaml",
    Key("name", Id(), "short name; a layer's `extends` may use it", required=True),
    Key("title", Text(), "what the store is about"),
    Key("language", Choice("en"), "language of the copy"),
    Key("jurisdiction", Choice(*JURISDICTIONS), "whose rules apply where a draft does not say"),
    Key("copy_kind", Choice(*COPY_KINDS), "what a draft is read as where nothing says otherwise"),
    Key("subject", Ref("entity"), "what a document is about where it does not say"),
    Key("kinds", ListOf(Id(), least=1), "kinds of source, strongest first"),
    Key("weak_from", Ref("kind"), "the first kind that cannot settle a conflict"),
    Key("extends", Text(), "name or path of the store beneath; this one is then a layer"),
)

VOCABULARY = Mapping(
    "vocabulary.yaml",
    Key(
        "entities",
        Table(
            "entities",
            Mapping(
                "an entity",
                Key("label", Text(), "how messages call it"),
                Key("kind", Choice(*ENTITY_KINDS), "what sort of thing it is"),
                Key("names", WORDS, "phrases by which text names it"),
                Key("abbreviations", WORDS, "names that count only with these capitals"),
                Key("broader", ENTITIES, "wider terms"),
                Key("excludes", WORDS, "phrases that contain a name but mean something else"),
                Key("evokes", Ref("entity"), "entity that a text means where it names only this"),
            ),
        ),
        "the things that text speaks of",
    ),
    Key(
        "relations",
        Table(
            "relations",
            Mapping(
                "a relation",
                Key("label", Text(), "the verb as messages print it"),
                Key("polarity", Sign(), "more, less or neither"),
                Key("opposite", Ref("relation"), "the relation that says the contrary"),
                Key("broader", RELATIONS, "wider relations"),
                Key("classes", WORDS, "word classes of general English that express it"),
                Key("words", WORDS, "further verbs"),
                Key("nouns", WORDS, "further nouns"),
            ),
        ),
        "what one thing does to another",
    ),
    Key("scales", Table("ordered steps", ListOf(Text(), least=2)), "ordered steps, lowest first"),
)

TOPICS = Table(
    "topics",
    Mapping(
        "a topic",
        Key("title", Text(), "name of the topic"),
        Key("question", Text(), "the question that its claims answer"),
        Key("comparator", Choice(*COMPARATORS), "how two of its claims are compared"),
        Key(
            "settings",
            Mapping(
                "topic settings",
                Key(
                    "subjects",
                    Choice("family", "separate"),
                    "whether narrower subjects are compared with wider ones",
                ),
                Key("objects", Choice("same"), "compare only where an object is shared"),
                Key("jurisdictions", Choice("separate"), "each jurisdiction for itself"),
                Key("reading", Choice("typical", "bound", "least"), "how an interval is meant"),
                Key("tolerance", Number(low=0, high=10), "share by which two numbers may differ"),
                Key("single_target", Flag(), "only one of the objects can be right"),
                Key("unit", Text(), "family of units"),
                Key("yields_to", WORDS, "topics, or beginnings of topics, that take the words which both fit"),
                Key("yields_in", Choice("clause"), "yields where the subject is all that they share, too"),
                Key("lists", Number(low=2), "from how many objects on a clause is a list, and this topic's alone"),
                Key("scale", Ref("scale"), "ordered steps on which it is compared"),
            ),
            "settings of the comparator",
        ),
        Key(
            "needs", ListOf(Choice(*(key.name for key in ASSERTION_KEYS))), "fields that `assert` must have"
        ),
        Key("frames", ListOf(FRAME), "how text is recognised as speaking of it"),
    ),
)

PASSAGE = Mapping(
    "a passage",
    Key("source", Ref("source"), "the source", required=True),
    Key("quote", Text(longest=MAX_QUOTE), "its own words"),
    Key("says", Text(), "our words for what it says"),
    Key("locator", Text(numeric=True), "where in the source"),
)
REVIEW = Mapping(
    "a review",
    Key("by", Text(), "who looked at the claim"),
    Key("on", Date(day=True), "when"),
    Key("review_by", Date(day=True), "when it must be looked at again"),
    Key("fingerprint", Text(), "digest of what was looked at"),
    Key("state", Choice("needed"), "`needed` where nobody has confirmed it yet"),
)
CLAIM = Mapping(
    "a claim",
    Key("id", Id(), "name of the claim, unique in the store", required=True),
    Key("topic", Ref("topic"), "the topic under which it is compared", required=True),
    Key("also", ListOf(Ref("topic"), single=True), "further topics under which it is compared"),
    Key("statement", Text(), "one plain sentence", required=True),
    Key("assert", ASSERT, "what it asserts", required=True),
    Key("standing", Choice(*STANDINGS), "what the house holds of it"),
    Key("because", Text(), "why it stands so"),
    Key("prefer", Text(), "wording that an editor can paste"),
    Key(
        "valid",
        Mapping("a period", Key("from", Date()), Key("to", Date())),
        "when it holds, where the world changed",
    ),
    Key("passages", ListOf(PASSAGE), "who says so, in which words"),
    Key("review", REVIEW, "who looked at it, and when"),
    Key("overrules", Ref("claim"), "in a layer: the claim beneath that this one replaces"),
)
CLAIMS = ListOf(CLAIM)
REVIEWS = ListOf(
    Mapping(
        "a review of a claim of a store beneath",
        Key("id", Id(), "the claim", required=True),
        Key("review", REVIEW, "who looked at it, and when", required=True),
    )
)

SOURCE = Mapping(
    "the front matter of a source",
    Key("title", Text(numeric=True), "title of the source", required=True),
    Key("kind", Ref("kind"), "its rung on the ladder of kinds", required=True),
    Key("publisher", Text(), "who published it"),
    Key("url", Text(), "where it can be read"),
    Key("doi", Text(), "its DOI"),
    Key("pmid", Text(numeric=True), "its PubMed number"),
    Key("published", Date(), "when it was published"),
    Key("retrieved", Date(), "when it was read"),
    Key("rights", Text(), "on what terms the text is kept"),
    Key("retracted", Flag(), "true where it was withdrawn"),
    Key("superseded_by", Ref("source"), "the source that replaces it"),
    Key("review_by", Date(day=True), "when it must be looked at again"),
    Key("text", Choice("verbatim", "summary"), "whose words the text is", required=True),
)

LEARNED = Mapping(
    "learned.yaml",
    Key("made_of", Text(), "what it was learned from", required=True),
    Key("numbers", Table("numbers", Number()), "steps, biases and limits", required=True),
    Key("record", Table("numbers", Number(), key=Text()), "how often findings by a frame were right", required=True),
    Key("topics", Table("biases", Number(), key=Ref("topic")), "topics with their biases", required=True),
    Key("doubt", Text(), "packed weights", required=True),
    Key("by_topic", Text(), "packed weights by topic", required=True),
)

WORDING = ListOf(
    Mapping(
        "a wording rule",
        Key("id", Id(), "name of the rule, unique in the store", required=True),
        Key("rule", Text(), "the rule of the package that it is reported under", required=True),
        Key("title", Text(), "what it is about", required=True),
        Key("message", Text(), "one plain sentence for the finding", required=True),
        Key("severity", Choice(*SEVERITIES), "how grave a finding is", required=True),
        Key("verdict", Choice("overclaim", "stale", "unsupported", "incomplete"), "verdict", required=True),
        Key("topic", Ref("topic"), "the topic it belongs to"),
        Key("scope", Choice("span", "document"), "whether it is about a clause or the whole text"),
        Key("frames", ListOf(FRAME), "the clauses it is about"),
        Key(
            "document",
            Mapping(
                "a document condition",
                Key("main", ENTITIES, "what the text is mainly about: one of these, narrower ones not included"),
                Key("any", CONCEPTS, "one of these must be mentioned"),
                Key("all", CONCEPTS, "each of these must be mentioned"),
                Key("none", CONCEPTS, "none of these may be mentioned"),
            ),
            "what the whole document must or must not mention",
        ),
        Key("kinds", ListOf(Choice(*COPY_KINDS), single=True), "kinds of copy it applies to"),
        Key("jurisdictions", ListOf(Choice(*JURISDICTIONS), single=True), "jurisdictions it applies in"),
        Key(
            "severity_by",
            Mapping(
                "severities", *(Key(name, Choice(*SEVERITIES)) for name in (*COPY_KINDS, *JURISDICTIONS))
            ),
            "severity for a kind of copy or a jurisdiction",
        ),
        Key("because", Text(), "source of the duty"),
        Key("suggest", Text(), "what to write instead"),
        Key(
            "prefer",
            ListOf(
                Mapping(
                    "a preferred wording",
                    Key("for", Text(), "words that the rule finds", required=True),
                    Key("write", Text(), "words that can stand in their place", required=True),
                ),
                single=True,
            ),
            "what `audit --diff` puts in place of which words",
        ),
        Key("claims", ListOf(Ref("claim"), single=True), "claims shown as evidence"),
        Key("fires", WORDS, "sentences that must be found"),
        Key("silent", WORDS, "sentences that must not be found"),
    )
)

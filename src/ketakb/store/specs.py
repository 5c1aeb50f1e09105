"""What each file of a store may hold: read by `load`, and turned into JSON Schemas by `schema`."""

from __future__ import annotations

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
UNITS = (
    "second", "minute", "hour", "day", "week", "month", "year",
    "percent", "person", "count", "mg", "mg/kg", "dollar", "date",
)  # fmt: skip
ENTITY_KINDS = (
    "drug", "treatment", "receptor", "transmitter", "target", "condition", "effect", "body", "body-public", "study",
    "route", "setting", "people", "group", "form", "notion", "use", "class", "schedule", "maker", "jurisdiction",
)  # fmt: skip
UNIT_FAMILIES = (
    "time",
    "short-time",
    "long-time",
    "moments",
    "prompt",
    "stretch",
    "hours",
    "days",
    "weeks",
    "share",
    "count",
    "person",
    "population",
    "year",
    "money",
    "dose",
    "rate",
    "date",
    "age",
)
QUALIFIERS = (
    "route", "dose", "population", "indication", "setting", "use", "jurisdiction",
    "with", "course", "measure", "evidence", "species",
)  # fmt: skip
QUANTIFIERS = ("none", "some", "most", "all")
MAX_QUOTE = 300

_WORDS = ListOf(Text(), single=True)
_ENTITIES = ListOf(Ref("entity"), single=True)
_RELATIONS = ListOf(Ref("relation"), single=True)
_CONCEPTS = ListOf(Ref("concept"), single=True)

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
                Key("names", _WORDS, "phrases by which text names it"),
                Key("abbreviations", _WORDS, "names that count only with these capitals"),
                Key("broader", _ENTITIES, "wider terms"),
                Key("excludes", _WORDS, "phrases that contain a name but mean something else"),
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
                Key("broader", _RELATIONS, "wider relations"),
                Key("classes", _WORDS, "word classes of general English that express it"),
                Key("words", _WORDS, "further verbs"),
                Key("nouns", _WORDS, "further nouns"),
            ),
        ),
        "what one thing does to another",
    ),
    Key("scales", Table("ordered steps", ListOf(Text(), least=2)), "ordered steps, lowest first"),
)

VALUE = Mapping(
    "a value",
    Key("low", Number(), "lower end; null where open"),
    Key("high", Number(), "upper end; null where open"),
    Key("unit", Choice(*UNITS), "what is counted", required=True),
    Key("of", Ref("entity"), "what the number is a share or count of"),
    Key("approx", Flag(), "true for about, nearly, some"),
)
TIME = Mapping(
    "a time",
    Key("from", Date(), "from when"),
    Key("to", Date(), "until when"),
    Key("relative", Text(), "a date that moves with the day of reading: last-year, recent, newest, now"),
)
PHASE = Mapping(
    "a phase",
    Key("from", Number(low=0), "first week"),
    Key("to", Number(low=0), "last week, inclusive; null where it goes on"),
    Key(
        "rate",
        ListOf(Number(low=0), single=True, least=1),
        "treatments a week, or [fewest, most]",
        required=True,
    ),
)
_ASSERTION_KEYS = (
    Key("subject", Ref("entity"), "what it is about"),
    Key("relation", Ref("relation"), "what is said of it"),
    Key("object", _ENTITIES, "the other argument: one id or a list"),
    Key("negated", Flag(), "true for does not"),
    Key("quantifier", Choice(*QUANTIFIERS), "how many, where the text says"),
    Key("only", Choice("subject", "object", *QUALIFIERS), "which part is said to be the sole one"),
    Key("certainty", Choice("asserted", "hedged", "attributed"), "how firmly it is said"),
    Key("attributed", Text(), "to whom it is attributed"),
    Key("than", Ref("entity"), "the other side of a comparison"),
    Key("value", VALUE, "the number that is asserted"),
    Key("time", TIME, "when the text says that it holds"),
    Key("phases", ListOf(PHASE), "a schedule"),
    Key(
        "qualifiers",
        Mapping("qualifiers", *(Key(name, _WORDS) for name in QUALIFIERS)),
        "what limits the statement",
    ),
)
ASSERT = Mapping("an assertion", *_ASSERTION_KEYS)

READS = Mapping(
    "qualifiers that are read",
    *(
        Key(name, _CONCEPTS, f"what fills `{name}`")
        for name in ("course", "indication", "population", "use", "dose", "measure")
    ),
)
FRAME = Mapping(
    "a frame",
    Key("id", Id(), "name of the frame, unique in the topic"),
    Key("subject", _ENTITIES, "entities, one of which the clause must be about"),
    Key("subject_from", Choice("resolved", "explicit", "mentioned"), "how the clause must name its subject"),
    Key("relation", _RELATIONS, "relations, one of which the clause must express"),
    Key("object", _ENTITIES, "entities that fill the object"),
    Key("having", ListOf(_CONCEPTS), "of each group one concept must be mentioned"),
    Key("lacking", _CONCEPTS, "concepts none of which may be mentioned"),
    Key("anchor", _CONCEPTS, "the concept whose negation and certainty count"),
    Key(
        "value",
        Mapping(
            "a number slot",
            Key(
                "unit",
                Choice(*UNIT_FAMILIES),
                "family of units",
                required=True,
            ),
            Key("role", _WORDS, "parts that the number may play"),
            Key("of", _WORDS, "nouns of which it must be the number"),
            Key("rivals", _CONCEPTS, "concepts that take a number that stands nearer to them"),
        ),
        "the number that the clause must hold",
    ),
    Key("within", Choice("clause", "sentence"), "where the groups are looked for"),
    Key("negated", Flag(), "only where the anchor is, or is not, negated"),
    Key("reported", Flag(), "only where the text does, or does not, report a study"),
    Key("reads", READS, "qualifiers that mentions fill"),
    Key("exact", Flag(), "the subject must be one of `subject` itself, not narrower"),
    Key("parted_by", _CONCEPTS, "concepts behind which an object no longer counts"),
    Key("predicate", Flag(), "the object must be what the subject is said to be"),
    Key(
        "gives",
        Mapping(
            "what a frame gives",
            *_ASSERTION_KEYS,
            Key("of", Ref("entity"), "what the number is of"),
            Key("object_as", Choice("than"), "the object is what the subject is compared with"),
            Key("value_as", Choice("rest"), "the share is of all the others: \"a third do not\" says two thirds do"),
        ),
        "fields of the assertion that the frame sets",
    ),
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
                Key("yields_to", _WORDS, "topics, or beginnings of topics, that take the words which both fit"),
                Key("yields_in", Choice("clause"), "yields where the subject is all that they share, too"),
                Key("lists", Number(low=2), "from how many objects on a clause is a list, and this topic's alone"),
                Key("scale", Ref("scale"), "ordered steps on which it is compared"),
            ),
            "settings of the comparator",
        ),
        Key(
            "needs", ListOf(Choice(*(key.name for key in _ASSERTION_KEYS))), "fields that `assert` must have"
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
                Key("main", _ENTITIES, "what the text is mainly about: one of these, narrower ones not included"),
                Key("any", _CONCEPTS, "one of these must be mentioned"),
                Key("all", _CONCEPTS, "each of these must be mentioned"),
                Key("none", _CONCEPTS, "none of these may be mentioned"),
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
        Key("fires", _WORDS, "sentences that must be found"),
        Key("silent", _WORDS, "sentences that must not be found"),
    )
)

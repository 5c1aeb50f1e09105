"""What an assertion of a claim may hold, and a frame, by which text is recognised as asserting it."""

from __future__ import annotations

from ketakb.yamlio.scalars import Choice, Date, Flag, Id, Number, Ref, Text
from ketakb.yamlio.spec import Key, ListOf, Mapping

UNITS = (
    "second", "minute", "hour", "day", "week", "month", "year",
    "percent", "person", "count", "mg", "mg/kg", "dollar", "date",
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

WORDS = ListOf(Text(), single=True)
ENTITIES = ListOf(Ref("entity"), single=True)
RELATIONS = ListOf(Ref("relation"), single=True)
CONCEPTS = ListOf(Ref("concept"), single=True)

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
ASSERTION_KEYS = (
    Key("subject", Ref("entity"), "what it is about"),
    Key("relation", Ref("relation"), "what is said of it"),
    Key("object", ENTITIES, "the other argument: one id or a list"),
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
        Mapping("qualifiers", *(Key(name, WORDS) for name in QUALIFIERS)),
        "what limits the statement",
    ),
)
ASSERT = Mapping("an assertion", *ASSERTION_KEYS)

READS = Mapping(
    "qualifiers that are read",
    *(
        Key(name, CONCEPTS, f"what fills `{name}`")
        for name in ("course", "indication", "population", "use", "dose", "measure")
    ),
)
FRAME = Mapping(
    "a frame",
    Key("id", Id(), "name of the frame, unique in the topic"),
    Key("subject", ENTITIES, "entities, one of which the clause must be about"),
    Key("subject_from", Choice("resolved", "explicit", "mentioned"), "how the clause must name its subject"),
    Key("relation", RELATIONS, "relations, one of which the clause must express"),
    Key("object", ENTITIES, "entities that fill the object"),
    Key("having", ListOf(CONCEPTS), "of each group one concept must be mentioned"),
    Key("lacking", CONCEPTS, "concepts none of which may be mentioned"),
    Key("anchor", CONCEPTS, "the concept whose negation and certainty count"),
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
            Key("role", WORDS, "parts that the number may play"),
            Key("of", WORDS, "nouns of which it must be the number"),
            Key("rivals", CONCEPTS, "concepts that take a number that stands nearer to them"),
        ),
        "the number that the clause must hold",
    ),
    Key("within", Choice("clause", "sentence"), "where the groups are looked for"),
    Key("negated", Flag(), "only where the anchor is, or is not, negated"),
    Key("reported", Flag(), "only where the text does, or does not, report a study"),
    Key("reads", READS, "qualifiers that mentions fill"),
    Key("exact", Flag(), "the subject must be one of `subject` itself, not narrower"),
    Key("parted_by", CONCEPTS, "concepts behind which an object no longer counts"),
    Key("predicate", Flag(), "the object must be what the subject is said to be"),
    Key(
        "gives",
        Mapping(
            "what a frame gives",
            *ASSERTION_KEYS,
            Key("of", Ref("entity"), "what the number is of"),
            Key("object_as", Choice("than"), "the object is what the subject is compared with"),
            Key("value_as", Choice("rest"), "the share is of all the others: \"a third do not\" says two thirds do"),
        ),
        "fields of the assertion that the frame sets",
    ),
)

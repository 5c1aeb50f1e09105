"""Frames held against clauses: which of them fit, and by which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketakb.extract.asserting import anchor_of, asserted
from ketakb.extract.circumstances import by_negation
from ketakb.extract.gate import measure_of
from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention, OwnedFrame
from ketakb.extract.measures import UNIT_FAMILIES, choose, group_of
from ketakb.extract.pointing import is_what_drugs_do
from ketakb.extract.predicates import is_predicate
from ketakb.extract.reference import Discourse
from ketakb.extract.sentence import Sentence
from ketakb.extract.spoken import About
from ketakb.extract.views import View
from ketakb.extract.voices import Link
from ketakb.language.quantities import Quantity
from ketakb.language.quantity_signs import signs_of
from ketakb.language.segments import Clause
from ketakb.language.units import MINUTES
from ketakb.results import Reading
from ketakb.terms import Frame

_FAR = 16
"""Tokens behind its word from which on a thing belongs to another part of a long sentence, where a frame parts it."""


def match(
    lexicon: Lexicon, discourse: Discourse, view: View, whole: frozenset[str], frames: Sequence[OwnedFrame]
) -> list[tuple[OwnedFrame, Reading]]:
    """Return what a clause asserts by each of the frames that fits it.

    `whole` are the concepts of the whole sentence.
    """
    found = []
    for owned in frames:
        frame = owned.frame
        concepts = whole if frame.within == "sentence" else view.concepts
        if _lacks_any(concepts, frame.having):
            continue
        if frame.reported is not None and frame.reported != view.sentence.reported:
            continue
        if frame.lacking and not (concepts.isdisjoint(frame.lacking) and view.circumstances.isdisjoint(frame.lacking)):
            continue
        if frame.object and not frame.relation and concepts.isdisjoint(frame.object):
            continue
        for reading in _readings(lexicon, discourse, view, owned, concepts):
            found.append((owned, reading))
    return found


def _lacks_any(concepts: frozenset[str], groups: Sequence[tuple[str, ...]]) -> bool:
    for group in groups:
        if concepts.isdisjoint(group):
            return True
    return False


def _readings(
    lexicon: Lexicon, discourse: Discourse, view: View, owned: OwnedFrame, concepts: frozenset[str]
) -> Iterable[Reading]:
    frame = owned.frame
    if frame.relation and frame.object:
        for link in view.links:
            yield from _linked(lexicon, discourse, view, owned, link)
        return
    mentions = view.sentence.mentions if frame.within == "sentence" else view.mentions
    anchor = anchor_of(
        lexicon, mentions, view.clause, frame.anchor or (frame.having[0] if frame.having else frame.object)
    )
    if anchor is None and frame.value and view.quantities:
        # what is lent by a header or a heading has no words here: the number stands for it
        units = UNIT_FAMILIES.get(frame.value.unit, frozenset((frame.value.unit,)))
        number = next((q for q in view.quantities if q.unit in units), view.quantities[0])
        anchor = Mention("", number.core, number.last)
    if anchor is None and frame.object and (things := lexicon.of(frame.object, view.mentions)):
        if _lent_denied(lexicon, view, frame.anchor or (frame.having[0] if frame.having else ())):
            return
        anchor = things[0]  # an item of a list whose lead says the rest
    if anchor is None:
        return
    about = discourse.about(view.sentence, view.clause, anchor.first)
    subjects: Sequence[str] = _subjects(lexicon, discourse, view, owned, about)
    if not subjects and frame.value and frame.value.unit == "share" and (group := _share_holder(lexicon, view, frame)):
        about, subjects = About((group.concept,), (group,)), [group.concept]
    for subject in subjects:
        yield from _said_of(lexicon, view, owned, anchor, about, subject, concepts)


def _lent_denied(lexicon: Lexicon, view: View, governing: tuple[str, ...]) -> bool:
    """Whether the words that a lead, a label or a header lends are denied there: "Not approved for: X"."""
    lenders = view.sentence.lenders or [view.sentence]
    return any(s.status(m.first, m.last).negated for s in lenders for m in lexicon.of(governing, s.mentions))


def _share_holder(lexicon: Lexicon, view: View, frame: Frame) -> Mention | None:
    """Return the agent that a frame is about where the clause gives its share: "64% on X, 28% on Y responded"."""
    for quantity in view.quantities:
        if quantity.unit == "percent":
            agent = group_of(lexicon, view.sentence.tokens, view.mentions, quantity)
            if agent is not None and lexicon.counts_as(agent.concept, frame.subject):
                return agent
    return None


def _said_of(
    lexicon: Lexicon,
    view: View,
    owned: OwnedFrame,
    anchor: Mention,
    about: About,
    subject: str,
    concepts: frozenset[str],
) -> Iterable[Reading]:
    frame = owned.frame
    mentions = view.sentence.mentions if frame.within == "sentence" else view.mentions
    quantity = None
    if frame.value:
        kind = measure_of(frame)
        if kind and signs_of(kind).isdisjoint(view.sentence.analysis.signs_of_numbers()):
            return  # no number of the kind is there to be chosen
        numbers = view.quantities
        if frame.within == "sentence" and not numbers and view.clause.first <= anchor.first < view.clause.last:
            numbers = view.sentence.quantities  # "For one in three, such pills do nothing"
        numbers = [
            q
            for q in numbers
            if not _is_set_right(view.sentence, view.clause, q)
            and not is_what_drugs_do(view.sentence, view.clause, q.first)
        ]
        if not numbers:
            return
        anchors = [anchor, *[m for group in frame.having for m in lexicon.of(group, mentions)]]
        quantity = choose(
            lexicon, view.sentence, view.clause, mentions, numbers, frame.value, anchors, about, subject
        )
        if quantity is None:
            return
    objects: list[Mention] = []
    if frame.object:
        objects = _outer(lexicon, [m for m in lexicon.of(frame.object, mentions) if not m.concept.startswith("en:")])
        if not objects and lexicon.closure and concepts.isdisjoint(frame.object):
            return
    if objects and about.explicit:
        objects = [m for m in objects if not _is_bearers(view.sentence, m, about.explicit[0], anchor)]
        if not objects:
            return
    if objects and not frame.predicate:
        objects = [m for m in objects if not _is_inserted(lexicon, view.sentence, m, anchor)]
        if not objects:
            return
    if objects and frame.parted_by:
        bars = [m.first for m in lexicon.of(frame.parted_by, mentions) if m.first >= anchor.last]
        objects = [m for m in objects if m.first - anchor.last <= _FAR and not any(bar <= m.first for bar in bars)]
        if not objects:
            return
    if objects and frame.predicate:
        objects = [m for m in objects if is_predicate(lexicon, view.sentence, view.clause, m)]
        if not objects:
            return
    if objects and anchor not in objects:
        governing = frame.anchor or (frame.having[0] if frame.having else ())
        anchor = _closest(lexicon.of(governing, mentions), anchor, objects)
    for first, group in by_negation(view.sentence, anchor, objects):
        yield from asserted(lexicon, view, owned, first, subject, group, quantity, about, None)


def _is_bearers(sentence: Sentence, thing: Mention, agent: Mention, anchor: Mention) -> bool:
    """Whether a thing is only what people have whom the agent is given: "patients with X got Y, an approved Z"."""
    if not thing.last <= agent.first < anchor.first:
        return False
    if all(token.kind != "mark" for token in sentence.tokens[agent.last : anchor.first]):
        return False  # "people with X get Y like everybody": said of the people
    before = [token.lower for token in sentence.tokens[max(0, thing.first - 2) : thing.first]]
    return "with" in before


def _is_inserted(lexicon: Lexicon, sentence: Sentence, thing: Mention, anchor: Mention) -> bool:
    """Whether a thing only says, between commas, what the agent is: "has not approved X, a sedative, for Y"."""
    tokens, first = sentence.tokens, thing.first
    while first and tokens[first - 1].kind == "word" and tokens[first - 1].lower not in ("a", "an"):
        first -= 1
        if thing.first - first > 2:
            return False
    if first < 2 or tokens[first - 1].lower not in ("a", "an") or tokens[first - 2].text != ",":
        return False
    closed = thing.last < len(tokens) and tokens[thing.last].text == ","
    return closed and anchor.last <= first and any(
        m.last == first - 2 and lexicon.kinds.get(m.concept) in AGENT_KINDS for m in sentence.mentions
    )


def _outer(lexicon: Lexicon, things: list[Mention]) -> list[Mention]:
    """Return things without those that are only a wider name within another's: "a class III thing" is no mere thing."""
    return [
        m
        for m in things
        if not any(
            n.first <= m.first
            and m.last <= n.last
            and n.concept != m.concept
            and lexicon.counts_as(n.concept, (m.concept,))
            for n in things
        )
    ]


def _is_set_right(sentence: Sentence, clause: Clause, quantity: Quantity) -> bool:
    """Whether a "not" right before a number only makes way for the right one: "not 30 minutes but two hours"."""
    if quantity.unit not in MINUTES:
        return False
    later = any(q.first > quantity.first and q.unit in MINUTES for q in sentence.quantities)
    return later and any(
        scope.category == "negation" and clause.first <= scope.cue_first and scope.cue_last == quantity.first
        for scope in sentence.scopes
    )


def _closest(words: Sequence[Mention], anchor: Mention, objects: Sequence[Mention]) -> Mention:
    """Return the word that governs a thing where one is said twice: "an approved X with no approval for Y"."""
    later = [m for m in words if anchor.last <= m.first and m.concept == anchor.concept]
    between = [m for m in later if m.last <= objects[0].first]
    return between[-1] if between else anchor


def _linked(lexicon: Lexicon, discourse: Discourse, view: View, owned: OwnedFrame, link: Link) -> Iterable[Reading]:
    frame = owned.frame
    words = [lexicon.relation_words.get(relation, frozenset()) for relation in frame.relation]
    if not any(w.concept in concepts for w in (link.word, *link.words) for concepts in words):
        return
    objects = lexicon.of(frame.object, link.objects)
    if not objects:
        return
    if link.agents:
        about = About(tuple(m.concept for m in link.agents), link.agents)
    elif link.foreign:
        return
    else:
        about = discourse.about(view.sentence, view.clause, link.word.first)
    for subject in _subjects(lexicon, discourse, view, owned, about):
        yield from asserted(lexicon, view, owned, link.word, subject, objects, None, about, link)


def _subjects(
    lexicon: Lexicon, discourse: Discourse, view: View, owned: OwnedFrame, about: About
) -> tuple[str, ...]:
    """Return the subjects that a frame takes, ("",) where it asks for none, or none where it does not fit.

    Of several that are named together one stands for all, unless the topic keeps its subjects apart.
    """
    frame = owned.frame
    if not frame.subject:
        return ("",)
    if frame.subject_from == "mentioned":
        return tuple(m.concept for m in lexicon.of(frame.subject, view.mentions)[:1])
    if frame.subject_from == "explicit" and not about.named:
        return ()
    if not about.agents and not about.explicit and discourse.main is None:
        return ()
    if frame.exact:
        return tuple(a for a in about.agents if a in frame.subject)[:1]
    members = lexicon.members.of(frame.subject)
    fitting = tuple(dict.fromkeys([agent for agent in about.agents if agent in members]))
    if len(fitting) < 2:
        return fitting
    topic = lexicon.store.topics.get(owned.topic or "")
    apart = topic is not None and topic.settings.get("subjects") == "separate"
    return fitting if apart else fitting[:1]



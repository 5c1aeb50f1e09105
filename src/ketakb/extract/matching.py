"""Frames held against clauses: what a clause asserts, under which topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketakb.assertion import Assertion, TimeRef, Value
from ketakb.extract.circumstances import by_negation, denied_thing, is_predicate, qualifiers_of, time_of
from ketakb.extract.gate import measure_of
from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention, OwnedFrame
from ketakb.extract.links import Link
from ketakb.extract.measures import UNIT_FAMILIES, choose, conjunct, group_of, phases_of, rest_of, turned_of, value_of
from ketakb.extract.polarity import (
    denied_here,
    denies_only,
    is_at_times,
    is_indirect,
    is_lacked,
    is_of_degree,
    is_of_direction,
    is_of_manner,
    is_of_one_study,
    is_only_stopped,
    only_bounds,
    stands_before,
)
from ketakb.extract.reference import About, Discourse
from ketakb.extract.sentence import Sentence
from ketakb.extract.views import View
from ketakb.language.quantities import Quantity
from ketakb.language.quantity_signs import signs_of
from ketakb.language.segments import Clause, word_sets
from ketakb.language.units import MINUTES
from ketakb.results import Reading
from ketakb.terms import Frame
from ketakb.text import Span

_SHOWN = 12
"""A subject that stands further before its clause, in tokens, is not shown with it."""
_NOBODY = ("nobody", "no one")
_INSTEAD = frozenset(("rather than", "instead of", "as opposed to", "as distinct from", "in lieu of", "unlike"))
_TOWARDS = frozenset(("within", "fast"))
"""Roles of a time by which something has happened, or by which a negation says that it has not."""
_PARTLY = frozenset(("en:some", "en:some-people"))
_FAR = 16
"""Tokens behind its word from which on a thing belongs to another part of a long sentence, where a frame parts it."""
SPELLING = "spelling:"
"""Before a trigger that says what a mistyped word was read as."""


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
    anchor = _anchor(
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
        numbers = [q for q in numbers if not _is_set_right(view.sentence, view.clause, q)]
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
        yield from _assertion(lexicon, view, owned, first, subject, group, quantity, about, None)


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
        yield from _assertion(lexicon, view, owned, link.word, subject, objects, None, about, link)


def _anchor(lexicon: Lexicon, mentions: list[Mention], clause: Clause, wanted: tuple[str, ...]) -> Mention | None:
    members, first, last = lexicon.members.of(wanted), clause.first, clause.last
    outside = None
    for mention in mentions:
        if mention.concept in members:
            if first <= mention.first < last:
                return mention
            outside = outside or mention
    return outside


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


def _assertion(
    lexicon: Lexicon,
    view: View,
    owned: OwnedFrame,
    anchor: Mention,
    subject: str,
    objects: list[Mention],
    quantity: Quantity | None,
    about: About,
    link: Link | None,
) -> Iterable[Reading]:
    frame, sentence = owned.frame, view.sentence
    status = sentence.status(anchor.first, anchor.last)
    if anchor.gapped and anchor.tag and not status.negated:
        inner = sentence.status(anchor.last - 1, anchor.last)  # "has no approval": the cue stands inside
        auxiliary = sentence.tokens[anchor.first].lower in word_sets()["auxiliaries"]  # "has not signed off on"
        cues = inner.cues if anchor.tag != "name" else [cue for cue in inner.cues if cue.cue.startswith(_NOBODY)]
        if any(cue.cue_first > anchor.first - auxiliary for cue in cues):  # "no effect on": the phrase itself
            status = inner
    if any(
        cue.category == "contrast" and cue.cue in _INSTEAD and (link is None or 0 <= anchor.first - cue.cue_last <= 3)
        for cue in status.cues
    ):
        return  # "a treatment rather than a cure", "rather than make it vanish": the second is not said of it
    if link is not None:
        negated = link.is_negated(sentence)
    else:
        negated = status.negated or denied_thing(sentence, view.mentions, frame, anchor)
    certainty = status.certainty
    if certainty == "denied":
        negated, certainty = not negated, "asserted"
    if negated and quantity and link is None and only_bounds(quantity, status.cues):
        negated = False  # "no more than 3%"
    plain = owned.wording is None and not any("en:only" in group for group in frame.having)
    if negated and plain and denies_only(sentence, status.cues):
        negated = False  # "not the only treatment that works"
    if sentence.denied or (link is None and not negated and is_lacked(view, anchor, objects)):
        negated = not negated
    if frame.needs_negation is not None and frame.needs_negation != negated:
        return
    if certainty in ("questioned", "conditional"):
        return
    if sentence.lead_denied and not negated and any(anchor.concept in group for group in frame.having):
        return  # "It is not approved: - for use at home": the item alone is not what is said
    if (
        negated
        and link is None
        and objects
        and anchor not in objects
        and stands_before(sentence, objects, status.cues)
    ):
        return  # "It is an X, not called Y": the X is not denied
    if not negated and is_at_times(sentence, anchor):
        return  # "does not always cure" neither says that it does nor that it does not
    if negated and is_only_stopped(sentence, anchor) and is_of_direction(lexicon, owned):
        return
    if negated and is_of_manner(sentence, view.clause, anchor):
        return
    gives = dict(frame.gives)
    relation = gives.get("relation") or (_relation(lexicon, owned, link) if link else (frame.relation or (None,))[0])
    ids = tuple(dict.fromkeys(m.concept for m in objects))
    given = gives.get("objects")
    if isinstance(given, tuple):
        ids = given
    elif frame.object and not ids:
        ids = tuple(c for c in sentence.context if lexicon.counts_as(c, frame.object))
    if "negated" in gives:
        # a frame that is negative in itself ("off-label") is turned round by a negation
        negated = bool(gives["negated"]) != negated if frame.needs_negation is None else bool(gives["negated"])
    if negated and view.tested:
        return  # "once A was blocked, it no longer worked": it does where nobody blocks A
    if negated and link is not None and is_indirect(view):
        return  # "does not act on A directly": it may by way of B
    than = gives.get("than")
    if gives.get("object_as") == "than":
        than, ids = (ids[0] if ids else None), ()
    elif than:
        ids = ()
    qualifiers = qualifiers_of(lexicon, sentence, view.mentions, owned)
    rate = frame.value is not None and frame.value.unit == "rate"
    value = value_of(quantity) if quantity and not rate else None
    if value is not None and quantity and negated and "negated" not in gives:
        if quantity.role in _TOWARDS and value.high is not None and not quantity.adverb:
            if not view.concepts.isdisjoint(_PARTLY) or not denied_here(view, status.cues):
                return  # "may not work within a day", "in some it did not"
            value = Value(None, value.high, value.unit, value.of, value.approx)  # "in no trial within a day"
        elif turned := turned_of(value):
            value, negated = turned, False  # "does not last beyond a month"
    if value is not None and gives.get("value_as") == "rest":
        value = rest_of(value)
    if value is None and isinstance(given_value := gives.get("value"), Value):
        value = given_value
    if value is not None and gives.get("of"):
        value = Value(value.low, value.high, value.unit, str(gives["of"]), value.approx)
    quantifier = gives.get("quantifier") or _quantifier(view, anchor, negated)
    if quantifier == "all" and frame.needs_negation is False and gives.get("negated") and not gives.get("quantifier"):
        quantifier = None  # "always unharmed": never harmed, and not "harmed, but not always"
    time = gives.get("time")
    if time is None and (value is None or value.unit != "date"):
        told = sentence.mentions if frame.within == "sentence" else view.mentions
        clause = _home(view, anchor)
        dates: Sequence[Quantity] = view.quantities if sentence.dated else ()
        if dates and clause is not view.clause:  # "In 2019 it was not so; that came in 2025"
            dates = [q for q in sentence.quantities if clause.first <= q.first < clause.last] or dates
        time = time_of(sentence, clause, anchor, told, dates, status)
    about = _of(about, subject)
    named = [m for m in about.explicit[:1] if m.first + _SHOWN > view.clause.first]
    told_by = [anchor, *objects, *named, *(link.words if link else ())]
    for group in frame.having:
        found = _anchor(lexicon, view.mentions, view.clause, group)
        if found is not None:
            told_by.append(found)
    cues = [c for c in status.cues if c.category in ("negation", "denial") and c.cue_first >= view.clause.first]
    span = sentence.place(
        min([m.first for m in told_by] + [c.cue_first for c in cues]),
        max([m.last for m in told_by] + [c.cue_last for c in cues]),
    )
    if quantity:
        number = sentence.place_of(quantity)
        span = Span(min(span.start, number.start), max(span.end, number.end))
    yield Reading(
        Assertion(
            topic=owned.topic or "",
            subject=str(gives["subject"]) if gives.get("subject") else subject or None,
            relation=str(relation) if relation else None,
            objects=tuple(str(o) for o in ids),
            negated=negated,
            quantifier=str(quantifier) if quantifier else None,
            only=str(gives["only"]) if gives.get("only") else None,
            certainty=certainty,
            than=str(than) if than else None,
            value=value,
            phases=phases_of(sentence.tokens, view.quantities) if rate else (),
            attributed=str(gives["attributed"]) if gives.get("attributed") else None,
            time=time if isinstance(time, TimeRef) else None,
            qualifiers=qualifiers,
        ),
        span,
        f"{owned.wording or owned.topic}:{frame.id}",
        tuple(_triggers(sentence, anchor, objects, link, quantity, about)),
        link.polarity if link else 0,
        is_of_one_study(lexicon, sentence, view.clause),
        "" if about.named else about.guessed,
    )




def _home(view: View, anchor: Mention) -> Clause:
    """Return the clause in which the word in question stands: of the whole sentence, it may be another."""
    if view.clause.first <= anchor.first < view.clause.last:
        return view.clause
    return next((c for c in view.sentence.clauses if c.first <= anchor.first < c.last), view.clause)




def _of(about: About, subject: str) -> About:
    """Return whom a clause is about, with the one that an assertion is made of first."""
    own = [m for m in about.explicit if m.concept == subject]
    return About(about.agents, (*own, *(m for m in about.explicit if m not in own)), about.guessed)


def _triggers(
    sentence: Sentence,
    anchor: Mention,
    objects: list[Mention],
    link: Link | None,
    quantity: Quantity | None,
    about: About,
) -> Iterable[tuple[str, Span]]:
    for mention in dict.fromkeys((*about.explicit[:1], *(link.words if link else (anchor,)), *objects)):
        yield mention.concept, sentence.place(mention.first, mention.last)
    if quantity:
        yield "number", sentence.place_of(quantity)
    for at, meant in sentence.slips:
        yield f"{SPELLING}{meant}", sentence.place(at, at + 1)


def _relation(lexicon: Lexicon, owned: OwnedFrame, link: Link) -> str | None:
    """Return the relation of a frame whose sign is that of the link, the one that owns its word first."""
    fitting = [r for r in owned.frame.relation if lexicon.store.relations[r].polarity == link.polarity]
    owning = [r for r in fitting if link.word.concept in lexicon.relation_words.get(r, ())]
    return next(iter(owning or fitting or owned.frame.relation), None)


def _quantifier(view: View, anchor: Mention, negated: bool) -> str | None:
    """Return the word for a share in a clause; a denied one beside what is asserted is none: "not everyone".

    Nor is one that belongs to another verb of the clause: "is no cure, does not work for everyone".
    """
    for name in ("all", "most"):
        if f"en:{name}" in view.concepts:
            words = [m for m in view.mentions if m.concept == f"en:{name}"]
            if words and all(is_of_degree(view.sentence, m) for m in words):
                continue
            first, last = conjunct(view.sentence.tokens, view.clause, anchor.first)
            if words and not any(first <= m.first < last for m in words) and words[0].first > view.clause.first + 2:
                continue
            words = [] if negated else words
            if words and all(view.sentence.status(m.first, m.last).negated for m in words):
                continue
            return "most" if "en:nearly-all" in view.concepts else name
    return None



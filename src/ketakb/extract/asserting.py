"""What a frame that fits asserts of its words: of whom, denied or not, how many, how much, when and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketakb.assertion import Assertion, TimeRef, Value
from ketakb.extract.circumstances import denied_thing, qualifiers_of, time_of
from ketakb.extract.lexicon import Lexicon, Mention, OwnedFrame
from ketakb.extract.measures import conjunct, rest_of, turned_of, value_of
from ketakb.extract.polarity import (
    denied_here,
    denies_only,
    is_at_times,
    is_indirect,
    is_lacked,
    is_of_another_verb,
    is_of_degree,
    is_of_direction,
    is_of_manner,
    is_of_one_study,
    is_of_presence,
    is_only_stopped,
    only_bounds,
    stands_before,
)
from ketakb.extract.schedules import phases_of
from ketakb.extract.sentence import Sentence
from ketakb.extract.spoken import About
from ketakb.extract.views import View
from ketakb.extract.voices import Link
from ketakb.language.quantities import Quantity
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.results import Reading
from ketakb.text import Span

_SHOWN = 12
"""A subject that stands further before its clause, in tokens, is not shown with it."""
_NOBODY = ("nobody", "no one")
_INSTEAD = frozenset(("rather than", "instead of", "as opposed to", "as distinct from", "in lieu of", "unlike"))
_TOWARDS = frozenset(("within", "fast"))
"""Roles of a time by which something has happened, or by which a negation says that it has not."""
_PARTLY = frozenset(("en:some", "en:some-people"))
SPELLING = "spelling:"
"""Before a trigger that says what a mistyped word was read as."""


def anchor_of(lexicon: Lexicon, mentions: list[Mention], clause: Clause, wanted: tuple[str, ...]) -> Mention | None:
    """Return the first of some mentions that counts as one of those wanted: in the clause, else anywhere."""
    members, first, last = lexicon.members.of(wanted), clause.first, clause.last
    outside = None
    for mention in mentions:
        if mention.concept in members:
            if first <= mention.first < last:
                return mention
            outside = outside or mention
    return outside


def asserted(
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
    """Yield what a frame asserts of a subject, by the word that carries it: one reading or none."""
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
    if negated and link is None and is_of_presence(lexicon, owned):
        if is_of_another_verb(sentence, anchor, status.cues):
            return
    gives = dict(frame.gives)
    relation = gives.get("relation") or (_relation(lexicon, owned, link) if link else (frame.relation or (None,))[0])
    ids = tuple(dict.fromkeys(m.concept for m in objects))
    given = gives.get("objects")
    if isinstance(given, tuple):
        ids = given
    elif frame.object and not ids:
        ids = tuple(c for c in view.lent if lexicon.counts_as(c, frame.object))
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
        if sentence.dated and clause is not view.clause:  # "In 2019 it was not so; that came in 2025"
            dates = [q for q in sentence.quantities if clause.first <= q.first < clause.last] or dates
        time = time_of(sentence, clause, anchor, told, dates, status)
    about = _of(about, subject)
    named = [m for m in about.explicit[:1] if m.first + _SHOWN > view.clause.first]
    told_by = [anchor, *objects, *named, *(link.words if link else ())]
    for group in frame.having:
        found = anchor_of(lexicon, view.mentions, view.clause, group)
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
            if not words and f"en:{name}" not in view.sentence.context:
                continue  # "it is not for everyone: there are risks"
            first, last = conjunct(view.sentence.tokens, view.clause, anchor.first)
            if words and not any(first <= m.first < last for m in words) and words[0].first > view.clause.first + 2:
                continue
            words = [] if negated else words
            if words and all(view.sentence.status(m.first, m.last).negated for m in words):
                continue
            return "most" if "en:nearly-all" in view.concepts else name
    return None

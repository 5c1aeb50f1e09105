"""Where and when a clause says that something holds, and which of its objects it asserts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ketakb.assertion import TimeRef
from ketakb.extract.lexicon import Lexicon, Mention, OwnedFrame
from ketakb.extract.sentence import Sentence
from ketakb.language.quantities import Quantity
from ketakb.language.scopes import Status
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.terms import Frame

PAST = "past"
"""Relative time of a statement on an unnamed time before."""
_ROUTE = frozenset({"route"})
_GROUP = frozenset({"group"})
_UNTIL = frozenset({"until", "before"})
_BETWEEN = frozenset({"between", "from"})
_FRONTING = _BETWEEN | {"when"}
_WERE = frozenset({"was", "were", "had"})
_ARTICLES = frozenset(("a", "an", "the", "of", "as", "for"))
_COULD = frozenset({"could", "did", "couldn't", "didn't", "wasn't", "weren't", "hadn't"})
"""With a year beside them, these are pasts as well: "In 2022 it could not be used alone"."""
_BACK = 6
_PREDICATE = 3
_FRONTED = 12
"""A fronted phrase ends within so many tokens."""


def jurisdictions(lexicon: Lexicon, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the jurisdictions that mentions name: countries and the bodies that belong to them."""
    found: dict[str, None] = {}
    lawful = lexicon.of_kinds.under("jurisdiction")
    for mention in mentions:
        if mention.concept not in lawful:
            continue
        for wider in lexicon.closure.get(mention.concept, ()):
            if lexicon.kinds.get(wider) == "jurisdiction":
                found[lexicon.store.entities[wider].label] = None
    return tuple(found)


def time_of(
    sentence: Sentence,
    clause: Clause,
    anchor: Mention,
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    status: Status,
) -> TimeRef | None:
    """Return the time for which a clause says that something held, or None where it speaks of today.

    "In 2019 it was approved with a pill" gives the year, "until 2019 it was experimental" its end,
    "at first it was approved ..." only that it is past.
    """
    dates = [q for q in quantities if q.unit == "date" and q.low is not None]
    if not dates and (line := _dateline(sentence)):
        dates = [line]  # "March 6, 2019: The agency has approved X with Y"
    if (
        not dates and sentence.tokens[0].lower in _FRONTING
    ):  # "Between 2019 and 2025, it was", "When it was launched in 2019, it was"
        comma = next((at for at, token in enumerate(sentence.tokens[:_FRONTED]) if token.text == ","), 0)
        dates = [q for q in sentence.quantities if q.unit == "date" and q.low is not None and q.last <= comma]
    dated = min(dates, key=lambda q: (max(q.first - anchor.last, anchor.first - q.last), q.first), default=None)
    if dated is not None:
        year = str(int(dated.low or 0))
        before = sentence.tokens[max(clause.first, dated.first - 2) : dated.first]
        ahead = {token.lower for token in before}
        if dated.high is not None and dated.high != dated.low:
            return TimeRef(year, str(int(dated.high)))
        if len(dates) == 2 and _BETWEEN & {sentence.tokens[max(0, dates[0].first - 1)].lower}:
            return TimeRef(*(str(int(date.low or 0)) for date in dates))  # "between 2019 and the start of 2025"
        if ahead & _UNTIL or dated.role in _UNTIL:
            return TimeRef(None, year)
        past = _past_tense(sentence, clause, anchor) or dated is _dateline(sentence)
        past = past or (dated.role == "in" and _is_verbless(sentence, clause))  # "Class C in 2006": so it was then
        if past and "since" not in ahead and dated.role not in ("since", "from"):
            return TimeRef(year, year)
    thing = not anchor.concept.startswith(("en:", "rel:")) and _WERE & {
        token.lower for token in sentence.tokens[max(clause.first, anchor.first - _PREDICATE) : anchor.first]
    }  # "was still an experimental X"
    if (
        thing
        or sentence.tokens[anchor.first].lower == "had"
        or status.about == "past"
        or ("en:formerly" in sentence.concepts and any(m.concept == "en:formerly" for m in mentions))
    ):
        return TimeRef(relative=PAST)
    return None


def _dateline(sentence: Sentence) -> Quantity | None:
    """Return the date that a sentence begins with, as a chronicle does, or None."""
    head = sentence.tokens[:_FRONTED]
    colon = next((at for at, token in enumerate(head) if token.text in (":", "–", "—")), 0)
    found = [q for q in sentence.quantities if q.unit == "date" and q.low is not None and q.last <= colon]
    words = [t for t in head[:colon] if t.kind == "word"]
    return found[0] if found and len(words) <= 1 else None


def _is_verbless(sentence: Sentence, clause: Clause) -> bool:
    """Whether no word of a clause is a verb that is known."""
    sets = word_sets()
    words = [token for token in sentence.tokens[clause.first : clause.last] if token.kind == "word"]
    return not any(
        token.lower in sets["auxiliaries"] or token.lower in sets["pasts"] or token.key in sets["verbs"]
        for token in words
    )


def _past_tense(sentence: Sentence, clause: Clause, anchor: Mention) -> bool:
    """Whether the word in question stands in the past: "was approved", "approved" without a form of be."""
    tokens = sentence.tokens
    for place in range(anchor.first, max(clause.first, anchor.first - _BACK) - 1, -1):
        lower = tokens[place].lower
        if lower in _WERE or lower in _COULD:
            return True
        if lower in ("is", "are", "has", "have", "been", "may", "can", "must", "will"):
            return False
    if tokens[anchor.first].lower.endswith("ed"):
        return True
    # a thing has no tense: the first verb of its clause has, as in "In 2012 they spoke of X"
    sets = word_sets()
    for token in tokens[clause.first : clause.last]:
        if token.lower in sets["pasts"]:
            return True
        if token.lower in sets["auxiliaries"]:
            return token.lower in _WERE
        if token.key in sets["verbs"]:
            return token.lower.endswith("ed")
    return any(  # "The UK first controlled X in 2006"
        token.lower.endswith("ed") and tokens[at - 1].lower not in _ARTICLES and tokens[at - 1].text != "-"
        for at, token in enumerate(tokens[clause.first + 1 : clause.last], clause.first + 1)
        if token.kind == "word"
    )


def _parting(
    lexicon: Lexicon, mentions: Sequence[Mention], parted_by: tuple[str, ...], objects: tuple[str, ...]
) -> float:
    """Return where, behind the first object of a frame, the clause goes over to another thing: "X as A and Y for B"."""
    first = min((m.first for m in lexicon.of(objects, mentions)), default=None) if parted_by else None
    if first is None:
        return math.inf
    return min((m.first for m in lexicon.of(parted_by, mentions) if m.first > first), default=math.inf)


def qualifiers_of(
    lexicon: Lexicon, sentence: Sentence, mentions: Sequence[Mention], owned: OwnedFrame
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what a frame gives, what it reads (`course-single` fills `course` as `single`), routes and places."""
    frame = owned.frame
    found: dict[str, tuple[str, ...]] = {}
    for key, wanted in frame.reads:
        filling = lexicon.of(wanted, mentions) or lexicon.of(wanted, sentence.mentions)
        if filling:
            found[key] = tuple(dict.fromkeys(m.concept.removeprefix(f"{key}-") for m in filling))
    given = frame.gives.get("qualifiers")
    if isinstance(given, tuple):
        found.update(given)
    kinds = lexicon.of_kinds
    if not sentence.concepts.isdisjoint(kinds[_ROUTE]):
        bar = _parting(lexicon, mentions, frame.parted_by, frame.object)
        routes = tuple(dict.fromkeys([m.concept for m in mentions if m.concept in kinds[_ROUTE] and m.first < bar]))
        if routes:
            found.setdefault("route", routes)
    groups: tuple[str, ...] = ()
    if not sentence.concepts.isdisjoint(kinds[_GROUP]):
        named = (*mentions, *_fronted(sentence))
        groups = tuple(dict.fromkeys([m.concept for m in named if m.concept in kinds[_GROUP]]))
    if groups and not set(groups) & set(frame.object):
        found.setdefault("population", groups)
    topic = lexicon.store.topics.get(owned.topic or "")
    if topic is not None and topic.settings.get("jurisdictions") == "separate":
        # what the clause names counts, else what the sentence or its surroundings name
        places = jurisdictions(lexicon, mentions) or jurisdictions(lexicon, sentence.mentions)
        if places := places or sentence.places:
            found.setdefault("jurisdiction", places)
    return tuple(sorted(found.items()))


def _fronted(sentence: Sentence) -> list[Mention]:
    """Return what a sentence names before it begins: "In people over 65, ..."."""
    if not sentence.tokens or sentence.tokens[0].lower not in ("in", "among", "for"):
        return []
    comma = next((at for at, token in enumerate(sentence.tokens[:_FRONTED]) if token.text == ","), 0)
    return [mention for mention in sentence.mentions if mention.last <= comma]


def by_negation(sentence: Sentence, anchor: Mention, objects: list[Mention]) -> list[tuple[Mention, list[Mention]]]:
    """Return the objects that are asserted and those that are denied, each with the word whose status counts.

    "Helps depression, not anxiety" asserts the one and denies the other.
    """
    named = anchor in objects
    if len(objects) == 1 and not named:
        if (
            _set_against(sentence, objects[0])
            or _denied_beside(sentence, anchor, objects[0])
            or _denied_itself(sentence, anchor, objects[0])
        ):
            return [(objects[0], objects)]
    if len(objects) < 2 or (not named and sentence.status(anchor.first, anchor.last).negated):
        return [(anchor, objects)]
    split: dict[bool, list[Mention]] = {}
    for thing in objects:
        split.setdefault(sentence.status(thing.first, thing.last).negated, []).append(thing)
    if len(split) == 1:
        beside = _denied_beside(sentence, anchor, objects[0]) or _denied_itself(sentence, anchor, objects[0])
        return [(objects[0] if beside else anchor, objects)]
    return [(split[False][0] if named else anchor, split[False]), (split[True][0], split[True])]


def _denied_beside(sentence: Sentence, anchor: Mention, thing: Mention) -> bool:
    """Whether a thing is denied right behind the word in question: "is not X", "is neither X nor Y"."""
    return any(
        cue.category == "negation" and anchor.first <= cue.cue_first <= anchor.last < cue.cue_last
        for cue in sentence.status(thing.first, thing.last).cues
    )


def _denied_itself(sentence: Sentence, anchor: Mention, thing: Mention) -> bool:
    """Whether "no" or "nor for" stands before a thing, behind the word in question: "approved in 2025, has no X"."""
    return any(
        cue.category == "negation"
        and anchor.last <= cue.cue_first
        and (
            (cue.kind == "determiner" and cue.cue_last == thing.first)
            or (cue.cue == "nor" and cue.cue_last <= thing.first)
        )
        for cue in sentence.status(thing.first, thing.last).cues
    )


def _set_against(sentence: Sentence, thing: Mention) -> bool:
    """Whether a thing is only named to be ruled out beside another: "covers this, not X"."""
    before = [token.lower for token in sentence.tokens[max(0, thing.first - _APART) : thing.first]]
    return any(before[at] in (",", "and", "but") and before[at + 1] == "not" for at in range(len(before) - 1))


def denied_thing(sentence: Sentence, mentions: Sequence[Mention], frame: Frame, anchor: Mention) -> bool:
    """Whether a "no" right behind the word in question denies what it needs: "needs no supervision".

    "Requires supervision with no exception" is not: the "no" must stand right before another word of the frame.
    """
    wanted = [m for m in mentions if anchor.last < m.first <= anchor.last + _BESIDE]
    wanted = [m for m in wanted if any(m.concept in group for group in frame.having)]
    for mention in wanted:
        for cue in sentence.status(mention.first, mention.last).cues:
            if (
                cue.category == "negation"
                and cue.kind == "determiner"
                and anchor.last <= cue.cue_first <= anchor.last + 1
            ):
                return True
    return False


_BESIDE = 5
_APART = 6
"""A thing that is ruled out stands at most so far behind the comma: ", not as a drug for X"."""

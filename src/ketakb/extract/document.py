"""A whole document read: its sentences, what they assert, and how far they were understood."""

from __future__ import annotations

from collections import deque
from functools import partial

from ketakb.extract.anaphora import resolve_targets
from ketakb.extract.answers import NOT_SO, NOT_SO_WITH_CARE, WHOLLY, Answer, answer_of
from ketakb.extract.ellipsis import echoes
from ketakb.extract.joined import joined_cell, joined_heading, joined_label
from ketakb.extract.lexicon import Lexicon, OwnedFrame
from ketakb.extract.marks import asked_first, asks, mark_asked, mark_denied, mark_quoted, presumes, wonders
from ketakb.extract.matching import match
from ketakb.extract.placing import begun_items, mark_places, placed_sentences
from ketakb.extract.prospects import promising
from ketakb.extract.reference import Discourse
from ketakb.extract.refuted import as_stated, refutes
from ketakb.extract.sentence import Sentence
from ketakb.extract.subject import main_subject
from ketakb.extract.titles import is_bare, is_title
from ketakb.extract.views import View, views_of
from ketakb.extract.weighing import Weighed, weigh
from ketakb.language.tokens import key_of
from ketakb.language.units import MINUTES
from ketakb.readers.document import Document
from ketakb.results import Coverage, Reading, Unread
from ketakb.text import Span
from ketakb.values import dataclass, replace

_BARE = 3
"""A cell of up to so many words says nothing without its row label and column header."""
_MOST_WEIGHED = 5000
"""Clauses of a text of some 50,000 words. A longer one is left to the rules: weights are learned from paragraphs, and
what clauses are made of takes room."""
_PARTLY = frozenset({"en:partly-denied", "en:in-most"})
_BESIDE = frozenset({"as", "like", "while", "whereas", "although", "though", "because", "since", "when", "which"})
"""What opens a clause that a question takes for granted, and its "no" does not deny."""
_TOPICAL = frozenset({"receptor", "transmitter"})
_TOPICAL_WITHIN = frozenset({"receptor", "transmitter", "target", "drug", "effect", "schedule"})
"""Kinds of mention that make a sentence one to be read: anywhere, and in a text about the store's subject."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands. What its words are is forgotten once it was read: a long text would not fit."""

    span: Span
    heading: bool


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a document was understood to say."""

    sentences: tuple[Place, ...]
    readings: tuple[Reading, ...]
    """Under topics."""
    wording: tuple[tuple[OwnedFrame, Reading], ...]
    """By frames of wording rules."""
    coverage: Coverage
    concepts: frozenset[str]
    """All that the document mentions, wider terms included."""
    main: str | None = None
    weighed: tuple[Weighed, ...] = ()
    """Its clauses as they were weighed, where the store brings weights."""


def read_document(lexicon: Lexicon, document: Document, kept: list[Sentence] | None = None) -> DocumentReading:
    """Return what a document asserts. Linear in its length. Its sentences go into `kept`, where they are wanted."""
    lexicon.prepare(document.plain)
    placed = placed_sentences(lexicon, document)
    sentences = [sentence for _, sentence in placed]
    mark_places(lexicon, placed)
    discourse = Discourse.opening(lexicon, main_subject(lexicon, sentences))
    mark_denied(sentences)
    mark_quoted(document, placed)
    mark_asked(sentences)
    leading = asked_first(placed)
    items = begun_items(placed)
    places = tuple(Place(one.span, one.kind == "heading") for one in sentences)
    waiting = deque(sentences)
    del placed, sentences  # what was read is forgotten: the sentences of a long text are most of what it takes
    before: Sentence | None = None
    concepts: set[str] = set()
    readings: list[Reading] = []
    wording: list[tuple[OwnedFrame, Reading]] = []
    weighed: list[Weighed] = []
    weights = lexicon.weights
    on_topic = read = 0
    unread: list[Unread] = []
    indirect = "whether" in document.plain.lower()
    for number in range(len(places)):
        sentence = waiting.popleft()
        if kept is not None:
            kept.append(sentence)
        if sentence.kind == "heading":
            discourse.enter_heading(sentence)
        elif number in leading:
            discourse.enter_question(sentence)
        elif number in items:
            discourse.enter_item(sentence)
        elif sentence.kind != "item":
            discourse.listed = False
        found = _read(lexicon, discourse, sentence)
        found = _joined(lexicon, discourse, document.plain, sentence, found, before)
        answered = sentence.label or before
        wondering = answered is not None and (asks(answered) or (indirect and wonders(answered)))
        if answered is not None and wondering and (answer := answer_of(sentence)) is not None:
            found += _as_answered(lexicon, discourse, answered, sentence, answer)
        if before is not None and refutes(sentence, before):
            found += _turned(lexicon, discourse, as_stated(before), sentence)
        found += _as_echoed(lexicon, discourse, sentence, before)
        discourse.move_on(sentence)
        readings += [reading for owned, reading in found if owned.wording is None]
        wording += [(owned, reading) for owned, reading in found if owned.wording is not None]
        if found or _on_topic(lexicon, sentence, discourse.main):
            on_topic += 1
            if found or sentence.quoted or asks(sentence):
                read += 1
            else:
                unread.append(Unread(sentence.span))
        if weights is not None and not sentence.quoted and any(m.tag == "name" for m in sentence.mentions):
            weighed += weigh(weights, sentence, lexicon.family)
            if len(weighed) > _MOST_WEIGHED:
                weighed, weights = [], None
        concepts |= sentence.concepts
        before = sentence
    concepts.update(*(lexicon.closure.get(concept, ()) for concept in tuple(concepts)))
    return DocumentReading(
        places,
        tuple(dict.fromkeys(readings)),
        tuple(wording),
        Coverage(len(places), on_topic, read, tuple(unread)),
        frozenset(concepts),
        discourse.main,
        tuple(weighed),
    )


def _read(lexicon: Lexicon, discourse: Discourse, sentence: Sentence) -> list[tuple[OwnedFrame, Reading]]:
    discourse.settle()
    resolve_targets(lexicon, sentence, discourse.targets)
    if sentence.quoted:
        return []
    if presumes(sentence):
        sentence.scopes = [scope for scope in sentence.scopes if scope.category != "question"]
    frames = lexicon.candidates(sentence.mentions, sentence.context, sentence.analysis.signs_of_numbers)
    if not frames:
        return []
    frames, settling = promising(lexicon, discourse, sentence, frames)
    if settling:
        discourse.settle_later(partial(_held, lexicon, discourse, sentence, settling))
    return _held(lexicon, discourse, sentence, frames) if frames else []


def _held(
    lexicon: Lexicon, discourse: Discourse, sentence: Sentence, frames: list[OwnedFrame]
) -> list[tuple[OwnedFrame, Reading]]:
    """Hold frames against the clauses of a sentence."""
    views = views_of(lexicon, sentence)
    whole: frozenset[str] = frozenset()
    if any(owned.frame.within == "sentence" for owned in frames):
        said = [view for number, view in enumerate(views) if not _only_tells(lexicon, views, number)]
        whole = whole.union(*[view.concepts for view in said])
    if is_title(sentence):
        frames = [owned for owned in frames if not is_bare(owned)]
    return [pair for view in views for pair in match(lexicon, discourse, view, whole, frames)]


_KNOWING = frozenset(map(key_of, ("know", "realize", "forget", "tell", "inform", "remind", "hear", "aware")))


def _only_tells(lexicon: Lexicon, views: list[View], number: int) -> bool:
    """Whether a clause only says who knows or tells what follows: "Many people do not know | that X does"."""
    if number + 1 >= len(views) or views[number + 1].clause.opener != "that":
        return False
    clause = views[number].clause
    scopes = views[number].sentence.scopes
    if any(clause.first <= scope.cue_first < clause.last < scope.last for scope in scopes):
        return False  # "Nobody can promise that": it reaches what follows
    if all(t.key not in _KNOWING for t in views[number].sentence.tokens[clause.first : clause.last]):
        return False  # "Studies show that": who says so counts
    named = (m for m in views[number].mentions if m.tag == "name")
    return all(lexicon.kinds.get(m.concept) == "people" for m in named)


def _joined(
    lexicon: Lexicon,
    discourse: Discourse,
    text: str,
    sentence: Sentence,
    found: list[tuple[OwnedFrame, Reading]],
    before: Sentence | None,
) -> list[tuple[OwnedFrame, Reading]]:
    """Return what a sentence asserts, and what it says together with its row label, column header, label or heading."""
    if sentence.quoted:
        return found
    cell = sentence.kind == "cell"
    if sentence.labels and sum(token.kind == "word" for token in sentence.tokens) <= _BARE:
        return []
    bare = all(owned.wording is not None for owned, _ in found) or (
        cell and sum(token.kind == "word" for token in sentence.tokens) <= _BARE
    )
    below = joined_heading(lexicon, text, before, sentence)
    for joined in below or (joined_cell if cell else joined_label)(lexicon, text, sentence):
        said = []
        for owned, reading in _read(lexicon, discourse, joined.statement) if bare or joined.answers else ():
            if joined.yes or owned.wording is None:
                assertion = replace(reading.assertion, negated=reading.assertion.negated == joined.yes)
                said.append((owned, replace(reading, assertion=assertion, span=sentence.span)))
        if any(owned.wording is None for owned, _ in said) or (said and below):
            return said if joined.answers else [*(pair for pair in found if pair[0].wording is not None), *said]
    return found


def _as_answered(
    lexicon: Lexicon, discourse: Discourse, question: Sentence, sentence: Sentence, answer: Answer
) -> list[tuple[OwnedFrame, Reading]]:
    """Return what a question with its yes or no asserts, placed at the answer."""
    statement = question.answered(sentence.context_subjects)
    if answer.echoes and any(scope.category == "negation" for scope in statement.scopes):
        return []  # "Is there no risk? There is.": it takes the negation back
    no = NOT_SO_WITH_CARE if answer.guarded else NOT_SO
    if answer.wholly or not answer.yes:
        statement.context = [*statement.context, WHOLLY if answer.yes else no]
    begin = next((n + 1 for n, token in enumerate(statement.tokens) if token.lower == "whether"), 0)
    partly = any(mention.concept in _PARTLY and mention.first >= begin for mention in statement.mentions)
    found = []
    granted = [] if answer.yes else [c for c in statement.clauses[1:] if c.opener in _BESIDE]
    for owned, reading in _read(lexicon, discourse, statement):
        end = reading.span.end - statement.span.start
        if any(statement.tokens[c.first].start < end <= statement.tokens[c.last - 1].end for c in granted):
            continue  # "Does X block A, as Y blocks B? No.": what is said of Y stands
        if not answer.yes and partly and owned.wording is None and _is_of_presence(lexicon, owned):
            continue  # "Does it harm most people? No.": it may harm some
        if not answer.yes and owned.wording is not None and (no,) not in owned.frame.having:
            continue  # a wording rule has looked at the words of the question, which the answer takes back
        if answer.guarded and owned.wording is None:
            continue  # "Does it raise X? Not in small doses."
        said = reading.assertion
        if not answer.yes and _asks_how_long(lexicon, owned, question, reading):
            continue  # "Will it make me dizzy for a week? No": not for so long
        assertion = said if answer.yes else replace(said, negated=not said.negated)
        found.append((owned, replace(reading, assertion=assertion, span=sentence.span)))
    return found


def _is_of_presence(lexicon: Lexicon, owned: OwnedFrame) -> bool:
    topic = lexicon.store.topics.get(owned.topic or "")
    return topic is not None and topic.comparator == "presence"


def _asks_how_long(lexicon: Lexicon, owned: OwnedFrame, question: Sentence, reading: Reading) -> bool:
    """Whether a no denies only a time that goes with what was asked, and not that there is such a thing at all."""
    topic = lexicon.store.topics.get(owned.topic or "")
    timed = any(q.unit in MINUTES and q.role in ("for", "until") for q in question.quantities)
    return timed and reading.assertion.value is None and topic is not None and topic.comparator == "presence"


def _turned(
    lexicon: Lexicon, discourse: Discourse, statement: Sentence, sentence: Sentence
) -> list[tuple[OwnedFrame, Reading]]:
    """Return the opposite of what a statement asserts, placed at the sentence that refuses it."""
    found = []
    for owned, reading in _read(lexicon, discourse, statement):
        if owned.wording is None:
            turned = replace(reading.assertion, negated=not reading.assertion.negated)
            found.append((owned, replace(reading, assertion=turned, span=sentence.span)))
    return found


def _as_echoed(
    lexicon: Lexicon, discourse: Discourse, sentence: Sentence, before: Sentence | None
) -> list[tuple[OwnedFrame, Reading]]:
    """Return what the short clauses of a sentence assert that repeat what stands before: "So does Y."."""
    found = []
    for echo in echoes(lexicon, sentence, None if sentence.quoted or (before and before.quoted) else before):
        for owned, reading in _read(lexicon, discourse, echo.antecedent):
            if owned.wording is not None or not reading.assertion.subject:
                continue
            assertion = reading.assertion
            if echo.negated:
                assertion = replace(assertion, negated=not assertion.negated)
            found.append((owned, replace(reading, assertion=assertion, span=echo.span)))
    return found


def _on_topic(lexicon: Lexicon, sentence: Sentence, main: str | None) -> bool:
    """Whether a sentence speaks of the store's subject; in a text about it, also of effects, targets and drugs.

    A heading that asserts nothing is a title and is not counted.
    """
    if sentence.kind == "heading":
        return asks(sentence)
    topical = lexicon.of_kinds[_TOPICAL if main is None else _TOPICAL_WITHIN]
    return not sentence.concepts.isdisjoint(lexicon.family) or not sentence.concepts.isdisjoint(topical)

"""How a text was read, for `ketakb parse`: mentions, cues, relations and quantities of every sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ketakb.extract.document import read_document
from ketakb.extract.lexicon import Lexicon
from ketakb.extract.links import links_of
from ketakb.extract.measures import value_of
from ketakb.extract.reference import Discourse
from ketakb.extract.sentence import Sentence
from ketakb.extract.voices import Link
from ketakb.hints import Final
from ketakb.parsed import Cue, Mention, ParsedDocument, ParsedSentence, Quantity, Related
from ketakb.readers.document import Document
from ketakb.results import Reading

_ACTING: Final = frozenset(
    f"en:{name}" for name in ("block", "lower", "activate", "raise", "target", "prevent")
)
"""Classes whose words are shown as relations even where no relation of the store owns them."""


def parsed(lexicon: Lexicon, path: str, document: Document) -> ParsedDocument:
    """Return how a document was read, sentence by sentence."""
    read: list[Sentence] = []
    reading = read_document(lexicon, document, read)
    within = _by_sentence(read, reading.readings)
    discourse = Discourse.opening(lexicon, reading.main)
    sentences = []
    for number, sentence in enumerate(read):
        if sentence.kind == "heading":
            discourse.enter_heading(sentence)
        relations = tuple(_relations(lexicon, discourse, sentence))
        discourse.move_on(sentence)
        own = within.get(number, [])
        sentences.append(
            ParsedSentence(
                sentence.span,
                tuple(_mentions(sentence)),
                tuple(_cues(sentence)),
                relations,
                tuple(Quantity(value_of(q), sentence.place_of(q)) for q in sentence.quantities if q.unit),
                tuple(_why(lexicon, sentence, relations, own)),
            )
        )
    return ParsedDocument(path, document.text, tuple(sentences), reading.readings)


def _by_sentence(sentences: Sequence[Sentence], readings: Iterable[Reading]) -> dict[int, list[Reading]]:
    """Return the readings that touch each sentence, by its number. Linear, but for sorting."""
    places = sorted((sentence.span.start, sentence.span.end, number) for number, sentence in enumerate(sentences))
    found: dict[int, list[Reading]] = {}
    for reading in readings:
        at = max(0, bisect_right(places, (reading.span.start,)) - 1)
        while at < len(places) and places[at][0] < reading.span.end:
            number = places[at][2]
            if sentences[number].span.overlaps(reading.span):
                found.setdefault(number, []).append(reading)
            at += 1
    return found


def _mentions(sentence: Sentence) -> Iterator[Mention]:
    for mention in sentence.mentions:
        if mention.concept.startswith(("en:", "rel:")):
            continue
        status = sentence.status(mention.first, mention.last)
        span = sentence.place(mention.first, mention.last)
        yield Mention(mention.concept, span, status.negated, status.certainty, status.about)


def _cues(sentence: Sentence) -> Iterator[Cue]:
    for scope in sentence.scopes:
        yield Cue(
            scope.category,
            sentence.place(scope.cue_first, scope.cue_last),
            sentence.place(scope.first, scope.last),
        )


def _relations(lexicon: Lexicon, discourse: Discourse, sentence: Sentence) -> Iterator[Related]:
    seen: set[tuple[str, str | None, str, int]] = set()
    for clause in sentence.clauses:
        for link in links_of(lexicon, sentence, clause):
            relation = _relation_id(lexicon, link)
            if relation is None:
                continue
            agents = tuple(dict.fromkeys(m.concept for m in link.agents))
            if not agents and not link.foreign:
                agents = discourse.about(sentence, clause, link.word.first).agents
            parts = (link.word, *link.words, *link.objects, *link.agents)
            span = sentence.place(min(m.first for m in parts), max(m.last for m in parts))
            negated = link.is_negated(sentence)
            certainty = sentence.status(link.word.first, link.word.last).certainty
            for subject in agents or (None,):
                for thing in dict.fromkeys(m.concept for m in link.objects):
                    key = (relation, subject, thing, link.word.first)
                    if thing != subject and key not in seen:
                        seen.add(key)
                        yield Related(relation, link.polarity, subject, thing, span, negated, certainty)


def _relation_id(lexicon: Lexicon, link: Link) -> str | None:
    """Return the relation of the store that owns the words of a link and has its sign, else their class.

    None where the words are of a class that says nothing of one thing acting on another.
    """
    concepts = [m.concept for m in (link.words or (link.word,))]
    owners = []
    for relation in lexicon.store.relations.values():
        for concept in concepts:
            if concept in lexicon.relation_words.get(relation.id, ()) and relation.polarity == link.polarity:
                names = [f"rel:{relation.id}", *(f"en:{name}" for name in relation.classes)]
                owners.append((concepts.index(concept), names.index(concept), relation.id))
    if owners:
        return min(owners)[2]
    return next((concept for concept in concepts if concept in _ACTING), None)


def _why(
    lexicon: Lexicon, sentence: Sentence, relations: tuple[Related, ...], readings: list[Reading]
) -> Iterator[str]:
    """Say, for a person, why a sentence came to nothing."""
    if readings:
        return
    entities = [m for m in sentence.mentions if not m.concept.startswith(("en:", "rel:"))]
    if not entities:
        yield "it names nothing of the store's vocabulary"
        return
    if sentence.denied:
        yield "the next sentence takes it back"
    categories = {scope.category for scope in sentence.scopes}
    if "question" in categories or sentence.tokens[-1].text == "?":
        yield "a question asserts nothing"
    elif "condition" in categories:
        yield "what stands under a condition is not asserted"
    words = [m for m in sentence.mentions if m.concept in lexicon.polarity and m.tag]
    if words and not relations:
        yield "it has words of relation, but what they link was not found"
    elif relations:
        yield "no frame of the topics asks for this relation between these things"
    else:
        yield "no frame of the topics fits what it names"

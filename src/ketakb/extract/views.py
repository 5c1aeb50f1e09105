"""A clause with all that frames ask of it."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.experiments import experiment
from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.links import links_of
from ketakb.extract.sentence import Sentence
from ketakb.extract.voices import Link
from ketakb.language.quantities import Quantity
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.values import dataclass

_CIRCUMSTANCES = frozenset(("when", "if", "where", "under", "during"))
_PROVISOS = frozenset(("once", "unless", "provided"))
_DENYING = frozenset({"not", "never"})


@dataclass(slots=True)
class View:
    """A clause with what frames ask of it."""

    sentence: Sentence
    clause: Clause
    mentions: list[Mention]
    concepts: frozenset[str]
    """All that is mentioned or lent, wider terms included."""
    lexicon: Lexicon
    circumstances: frozenset[str] = frozenset()
    """What is mentioned in a clause before it that says when it holds: "when it is given for X, ...".

    Also what is mentioned right behind it that holds it back: "once it is treated".
    """
    tested: bool = False
    """Whether it tells what was so when experimenters had done something to a target."""
    lent: Sequence[str] = ()
    """What a lead, a header or the label before it lends: "Children: not approved"."""
    _quantities: list[Quantity] | None = None
    _links: list[Link] | None = None

    @property
    def quantities(self) -> list[Quantity]:
        """Its numbers, read when a frame asks for them."""
        if self._quantities is None:
            first, last = self.clause.first, self.clause.last
            self._quantities = [q for q in self.sentence.quantities if first <= q.first < last]
        return self._quantities

    @property
    def links(self) -> list[Link]:
        """Its relations, read when a frame asks for them."""
        if self._links is None:
            self._links = links_of(self.lexicon, self.sentence, self.clause)
        return self._links


def views_of(lexicon: Lexicon, sentence: Sentence) -> list[View]:
    """Return the clauses of a sentence, each with its mentions and concepts."""
    found = []
    label: list[str] = []
    circumstances: frozenset[str] = frozenset()
    done = experiment(lexicon, sentence)
    for clause in sentence.clauses:
        if clause is done:
            continue
        # a wording that runs over a border ("nobody that X does not help") belongs to where it ends
        mentions = _own(sentence, clause)
        lent = [*sentence.context, *label] if clause.opener in (":", "–", "—", "-") else sentence.context
        named = [m.concept for m in mentions]
        concepts = frozenset().union(*[lexicon.closure.get(concept, (concept,)) for concept in (*named, *lent)])
        found.append(View(sentence, clause, mentions, concepts, lexicon, circumstances, done is not None, lent))
        if sentence.tokens[clause.first].lower in _CIRCUMSTANCES:
            circumstances |= concepts
        if len(found) > 1 and sentence.tokens[clause.first].lower in _PROVISOS:
            found[-2].circumstances |= concepts  # "X is given once Y is treated"
        if clause.last - clause.first <= 8 and sentence.tokens[clause.first].lower not in _DENYING:
            label = named
    return found


def _own(sentence: Sentence, clause: Clause) -> list[Mention]:
    """Return the mentions of a clause: they end there, and if they begin before, with more than the word that joins.

    What runs on to the joining word and no further ("we promise that") ends there, too.
    """
    first, last = clause.first, clause.last
    if not first and last == len(sentence.tokens):
        return list(sentence.mentions)
    return [
        m
        for m in sentence.mentions
        if (m.last <= last or (m.last == last + 1 and m.first < last))
        and (m.first >= first or (first < m.last <= last and _runs_in(sentence, clause, m)))
    ]


def _runs_in(sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Whether a mention that begins before a clause and ends in it is the clause's."""
    end = sentence.tokens[mention.last - 1]
    names = (m for m in sentence.mentions if m.last == mention.last and m.tag == "name")
    return (
        mention.gapped
        and mention.last > clause.first + 1
        and end.lower not in word_sets()["auxiliaries"]
        and not any(names)
    )

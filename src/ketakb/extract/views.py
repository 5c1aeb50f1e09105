"""A clause with all that frames ask of it."""

from __future__ import annotations

from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.links import Link, links_of
from ketakb.extract.sentence import Sentence
from ketakb.language.quantities import Quantity
from ketakb.language.segments import Clause, word_sets
from ketakb.values import dataclass

_CIRCUMSTANCES = frozenset(("when", "if", "where", "under", "during"))


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
    """What is mentioned in a clause before it that says when it holds: "when it is given for X, ..."."""
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
    for clause in sentence.clauses:
        # a wording that runs over a border ("nobody that X does not help") belongs to where it ends
        mentions = [m for m in sentence.mentions if _belongs(sentence, clause, m)]
        lent = [*sentence.context, *label] if clause.opener in (":", "–", "—", "-") else sentence.context
        named = [m.concept for m in mentions]
        concepts = frozenset().union(*[lexicon.closure.get(concept, (concept,)) for concept in (*named, *lent)])
        found.append(View(sentence, clause, mentions, concepts, lexicon, circumstances))
        if sentence.tokens[clause.first].lower in _CIRCUMSTANCES:
            circumstances |= concepts
        if clause.last - clause.first <= 8:
            label = named
    return found


def _belongs(sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Whether a mention is the clause's: it ends there, and if it begins before, with more than the word that joins."""
    if clause.first <= mention.first and mention.last == clause.last + 1 and mention.first < clause.last:
        return True  # "we promise that": it runs on to the joining word and no further
    if not clause.first < mention.last <= clause.last:
        return False
    if mention.first >= clause.first:
        return True
    end = sentence.tokens[mention.last - 1]
    names = (m for m in sentence.mentions if m.last == mention.last and m.tag == "name")
    return (
        mention.gapped
        and mention.last > clause.first + 1
        and end.lower not in word_sets()["auxiliaries"]
        and not any(names)
    )

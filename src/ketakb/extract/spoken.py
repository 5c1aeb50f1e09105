"""What a document has spoken of so far, sentence by sentence, under which heading and in which list."""

from __future__ import annotations

from collections.abc import Callable

from ketakb.extract.lexicon import AGENT_KINDS, TARGET_KINDS, Lexicon, Mention
from ketakb.extract.naming import named_in, nearest
from ketakb.extract.reversal import CHANGE, CHANGES, change_of
from ketakb.extract.sentence import Sentence
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.values import dataclass, field

_SPOKEN_OF = AGENT_KINDS | TARGET_KINDS
_PERSONAL = frozenset(["it", "they", "he", "she", "we", "you", "i"])
_STILL = frozenset({"it", "it's", "they", "they're"})
_SET_ASIDE = frozenset({"before", "unlike", "besides"})
_REMEMBERED = 3


@dataclass(frozen=True, slots=True)
class About:
    """The agents that a clause is about."""

    agents: tuple[str, ...]
    explicit: tuple[Mention, ...] = ()
    """The mentions, where the clause names them."""
    guessed: str = ""
    """OTHERS or KIN where such were spoken of too, and nothing in the clause tells whom it means."""

    @property
    def named(self) -> bool:
        """Whether the clause itself names them."""
        return bool(self.explicit)


@dataclass(slots=True)
class Spoken:
    """What has been spoken of so far in one document. One reader owns it and moves it on sentence by sentence."""

    lexicon: Lexicon
    main: str | None = None
    """The document's own subject, or None where it does not speak of the store's."""
    recent: tuple[str, ...] = ()
    """Agents of the last sentence that named any."""
    pair: tuple[str, ...] = ()
    """Agents, in order, of the last sentence that named two or more."""
    latest: tuple[str, ...] = ()
    """Agents of the last sentence, in order; none where it named none."""
    targets: dict[str, str] = field(default_factory=dict)
    """Kind (receptor, transmitter, target; any) -> the last one named, for "this receptor" and "it"."""
    kin: set[str] = field(default_factory=set)
    """The store's own agents that were named or evoked so far."""
    listed: bool = False
    """Whether an item of a list that names nobody follows one on others."""
    heading: tuple[str, ...] = ()
    nasal: str | None = None
    unmentioned: int = 0
    """Sentences since a target was named last; what was named too long ago is not what "it" means."""
    memory: dict[int, About] = field(default_factory=dict)
    """Per clause of the current sentence, by its first token."""
    _looked_at: Sentence | None = None
    _named: dict[int, list[Mention]] = field(default_factory=dict)
    """Agents that clauses of the sentence looked at name as those they are about, by the first token."""
    _acting: list[tuple[int, Mention]] = field(default_factory=list)
    """All agents of the sentence looked at, with their number among its mentions."""
    _left: dict[int, About] = field(default_factory=dict)
    """Whom clauses of it are about that name nobody, by the first token."""
    _unsettled: Callable[[], object] | None = None

    def may_be_about(self, sentence: Sentence) -> set[str]:
        """Return all whom `about` may return for clauses of a sentence, and all else that it mentions."""
        named = {*[m.concept for m in sentence.mentions], *self.recent, *self.pair, *self.latest}
        named.update(sentence.context_subjects)
        evoking = self.lexicon.evoking
        named.update([evoking[concept] for concept in evoking.keys() & named])
        for known in self.memory.values():
            named.update(known.agents)
        if self.main is not None:
            named.add(self.main)
        return named

    def settle_later(self, settle: Callable[[], object]) -> None:
        """Put off what only settles whom clauses are about: it counts where more is read before the next sentence."""
        self._unsettled = settle

    def settle(self) -> None:
        """Do what was put off."""
        settle, self._unsettled = self._unsettled, None
        if settle is not None:
            settle()

    def _look_at(self, sentence: Sentence) -> None:
        """Begin with a sentence: what was worked out of another is forgotten."""
        self._looked_at, self._named, self._left = sentence, {}, {}
        acting = self.lexicon.of_kinds[AGENT_KINDS]
        self._acting = (
            []
            if sentence.concepts.isdisjoint(acting)
            else [(number, m) for number, m in enumerate(sentence.mentions) if m.concept in acting]
        )

    def _candidates(self, sentence: Sentence, clause: Clause) -> list[Mention]:
        if self._looked_at is not sentence:
            self._look_at(sentence)
        known = self._named.get(clause.first)
        if known is None:
            known = self._named[clause.first] = named_in(self.lexicon, self._acting, sentence, clause)
        return known

    def move_on(self, sentence: Sentence) -> None:
        """Take note of what a sentence spoke of, after it was read."""
        self.latest = ()
        if sentence.concepts.isdisjoint(self.lexicon.of_kinds[_SPOKEN_OF]) and sentence.concepts.isdisjoint(CHANGES):
            self._forget_targets()
            return
        agents, receptor, every = [], None, []
        kinds, evoking = self.lexicon.kinds, self.lexicon.evoking
        spoken_of = self.lexicon.of_kinds[_SPOKEN_OF]
        telling = [(n, m) for n, m in enumerate(sentence.mentions) if m.concept in spoken_of or m.concept in evoking]
        for number, mention in telling:
            kind = kinds.get(mention.concept)
            if kind in AGENT_KINDS:
                every.append(mention.concept)
                if mention.concept in self.lexicon.family:
                    self.kin.add(mention.concept)
                if number not in sentence.contrasted:
                    agents.append(mention.concept)
            elif evoked := evoking.get(mention.concept):
                self.kin.add(evoked)
            elif kind in TARGET_KINDS:
                self.targets[str(kind)] = self.targets["any"] = mention.concept
                self.unmentioned = -1
                if kind == "receptor":
                    receptor = mention.concept
        self.latest = tuple(dict.fromkeys(every))
        if agents:
            distinct = tuple(dict.fromkeys(agents))
            if len(distinct) >= 2:
                self.pair = distinct
            self.recent = self._topic_of(sentence) or self.recent
        if receptor:
            self.targets["any"] = receptor  # of "the X receptor is a gate for Y" it is X that "it" means
        self._forget_targets()
        if (change := change_of(sentence.mentions)) is not None:
            self.targets[CHANGE] = change

    def _forget_targets(self) -> None:
        """Count one sentence more since a target was named, and forget what counts for one sentence only."""
        self.unmentioned += 1
        if self.unmentioned > _REMEMBERED:
            self.targets.pop("any", None)
        self.memory.clear()
        self._left.clear()
        self._unsettled = None

    def _topic_of(self, sentence: Sentence) -> tuple[str, ...]:
        """Return whom a sentence leaves as the one spoken of: its clauses' subjects, the store's own first.

        Agents that stand behind a pronoun or a verb ("it may do harm unless lithium is taken") change nothing.
        """
        leading: list[tuple[str, ...]] = []
        for clause in sentence.clauses:
            if clause.opener in ("while", "whereas") and not leading and clause.first:
                if any(token.lower in _STILL for token in sentence.tokens[: clause.first]):
                    continue  # "It works in hours, while tablets take weeks"
            if clause.first and not leading and sentence.tokens[clause.first].lower == "which":
                if any(token.lower in _STILL for token in sentence.tokens[: clause.first]):
                    continue  # "It raises A, which tablets do not do"
            candidates = self._candidates(sentence, clause)
            lead = [m for m in candidates if not self._comes_late(sentence, clause, m)]
            if lead:
                leading.append(tuple(dict.fromkeys(m.concept for m in nearest(sentence, lead, lead[0].first))))
        own = [group for group in leading if set(group) & self.lexicon.family]
        if own:
            return own[-1]
        if leading:
            return leading[0]
        family = [
            m.concept
            for c in sentence.clauses
            for m in self._candidates(sentence, c)
            if m.concept in self.lexicon.family and not self._goes_on(sentence, c, m)
        ]
        return tuple(dict.fromkeys(family))[:1]

    def _goes_on(self, sentence: Sentence, clause: Clause, mention: Mention) -> bool:
        """Whether a pronoun ahead of an agent stands for what was spoken of before: "It's half of X"."""
        ahead = sentence.tokens[clause.first : mention.first]
        return any(t.lower in _STILL for t in ahead) or (bool(ahead) and ahead[0].lower in _SET_ASIDE)

    def _comes_late(self, sentence: Sentence, clause: Clause, mention: Mention) -> bool:
        """Whether a pronoun or a finite verb stands before an agent in its clause."""
        sets = word_sets()
        before = sentence.tokens[clause.first : mention.first]
        if any(t.lower == "there" for t in before[-4:]):
            return False  # "Before X there was Y": it is Y that follows
        if before and before[0].lower in _SET_ASIDE and all(t.kind == "word" for t in before):
            return True
        return any(t.lower in sets["auxiliaries"] or t.lower in _PERSONAL for t in before)

    def enter_heading(self, sentence: Sentence) -> None:
        """A heading sets who the text below it is about, back to the document's subject where it names nobody."""
        agents = [m.concept for m in sentence.mentions if self.lexicon.kinds.get(m.concept) in AGENT_KINDS]
        self.heading = tuple(dict.fromkeys(agents))[:1]
        self.recent = self.heading or ((self.main,) if self.main else ())
        self.targets.pop("any", None)
        self.memory.clear()
        self._left.clear()
        self._unsettled = None

    def enter_item(self, sentence: Sentence) -> None:
        """An item of a list that names nobody is likely about the text's own subject, not about the item before it."""
        known = self.heading or ((self.main,) if self.main else ())
        unnamed = sentence.concepts.isdisjoint(self.lexicon.of_kinds[AGENT_KINDS])
        self.listed = unnamed and bool(known) and not set(self.recent) & self.lexicon.family
        if self.listed:
            self.recent = known
            self._left.clear()

    def enter_question(self, sentence: Sentence) -> None:
        """A question that begins a paragraph in a list of such: "it" is what the heading or the text is about."""
        if sentence.concepts.isdisjoint(self.lexicon.of_kinds[AGENT_KINDS]):
            self.recent = self.heading or ((self.main,) if self.main else ())
            self.pair = ()
            self._left.clear()

"""Who a clause is about: agents named in it, pronouns, headings, and the subject of the document."""

from __future__ import annotations

from collections.abc import Callable

from ketakb.extract.lexicon import AGENT_KINDS, TARGET_KINDS, Lexicon, Mention
from ketakb.extract.naming import described, is_part, named_in, nearest, outside, ruled_out, set_apart
from ketakb.extract.pointing import (
    KIN,
    OTHERS,
    agreeing,
    goes_on,
    in_the_form_of,
    is_of_drugs_at_large,
    names_by_pronoun,
    one_of_pair,
    points_to_many,
    points_to_one,
    these,
    they,
)
from ketakb.extract.relatives import head_of_relative
from ketakb.extract.reversal import CHANGE, CHANGES, change_of
from ketakb.extract.sentence import Sentence
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.values import dataclass, field

_SPOKEN_OF = AGENT_KINDS | TARGET_KINDS
_ASIDE = frozenset({"where", "whereas", "while"})
_ARTICLES = frozenset({"a", "an", "the", "its", "one", "each"})
_PERSONAL = frozenset(["it", "they", "he", "she", "we", "you", "i"])
_RELATIVE = frozenset({"which", "who"})
_COMPANY = frozenset(
    {"and", "friends", "its", "kin", "others", "the", "like", "co", "company", "relatives", "ilk", "kind"}
)
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
class Discourse:
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

    @classmethod
    def opening(cls, lexicon: Lexicon, main: str | None) -> Discourse:
        """Return the state before the first sentence of a document."""
        return cls(lexicon, main, (main,) if main else ())

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

    def about(self, sentence: Sentence, clause: Clause, anchor: int) -> About:
        """Return who a clause is about, as seen from the token index of the word in question."""
        if self._looked_at is not sentence:
            self._look_at(sentence)
        apposed = self._apposed(sentence, clause, anchor)
        if apposed:
            return About((apposed.concept,), (apposed,))
        if sentence.tokens[clause.first].lower in _RELATIVE and (before := self._evoked_before(sentence, clause)):
            return About((before,))
        acting = [m for _, m in self._acting]
        if acting and (head := head_of_relative(self.lexicon, sentence.tokens, acting, anchor)):
            return About((head.concept,), (head,))
        candidates = outside(sentence, clause, self._candidates(sentence, clause), anchor)
        if len(candidates) == 1 and anchor < candidates[0].first and ruled_out(sentence.tokens, candidates[0]):
            return About(())  # "people are offered tablets, not X"
        if candidates and not set_apart(sentence, clause, candidates[0], anchor):
            chosen = described(sentence, candidates, anchor) or nearest(sentence, candidates, anchor)
            if chosen and (form := in_the_form_of(self.lexicon, sentence)) and form.first < chosen[0].first:
                chosen = [form]
            if chosen:
                found = About(tuple([m.concept for m in chosen]), tuple(chosen))
                self.memory[clause.first] = found
                self._left.clear()  # what is said of it may be what later clauses are about
                return found
        for sign in sorted(sentence.signs, key=lambda sign: (sign.first > anchor, -sign.first)):
            if clause.first <= sign.first < clause.last and sign.concept in ("anaphor:former", "anaphor:latter"):
                pair = self._pair_before(sentence, sign.first)
                if len(pair) >= 2:
                    return About(pair[:1] if sign.concept == "anaphor:former" else pair[-1:])
        left = self._left.get(clause.first)
        if left is None:
            left = self._left[clause.first] = self._about_unnamed(sentence, clause)
        return left

    def _about_unnamed(self, sentence: Sentence, clause: Clause) -> About:
        """Return who a clause is about that does not say so itself, wherever the word in question stands."""
        evoked = self._evoked(sentence, clause)
        if evoked and not self._is_named_before(sentence, clause):
            return About((evoked,))
        named = these(self.lexicon, sentence, clause, self.latest) or one_of_pair(sentence, clause, self.pair)
        if not named and (many := they(self.lexicon, sentence, clause, self.recent, self.latest)):
            return About(many, guessed=OTHERS)
        if named:
            return About(named)
        if is_of_drugs_at_large(sentence, clause):
            return About(())
        earlier = [c for c in sentence.clauses if c.last <= clause.first]
        if resumed := self._resumed(sentence, clause, earlier):
            return About((resumed.concept,), (resumed,))
        words = [t.lower for t in sentence.tokens[clause.first : clause.first + 2]]
        for other in reversed(earlier):
            if words[0] == "and" and words[-1] in _ARTICLES and sentence.tokens[other.first].lower in _ASIDE:
                continue  # "It acts in hours, where tablets take weeks, and a dose helps for days"
            known = self.memory.get(other.first)
            agents = known.agents if known else tuple(
                m.concept for m in nearest(sentence, self._candidates(sentence, other), other.first)
            )
            if agents and not self._is_another(sentence, clause, agents):
                guess = not goes_on(clause) and self._is_guess(sentence, clause, agents)
                return About(agents, guessed=OTHERS if guess else "")
        # "Only after eight weeks ...", "As soon as the drip is out": a later clause may name it
        if sentence.context_subjects:
            return About(tuple(sentence.context_subjects))
        if self.recent:
            # "Unlike A, our tablets ...": whosever they are, they are not A's
            aside = {sentence.mentions[number].concept for number in sentence.contrasted}
            for other in sentence.clauses:
                if other.first > clause.first and other.opener in ("whereas", "while"):
                    aside.update(m.concept for m in self._candidates(sentence, other))
            of_two = self.pair if set(self.recent) & set(self.pair) else ()
            recent = agreeing(self.lexicon, sentence, clause, of_two) or self.recent
            parts = [
                m.concept
                for m in sentence.mentions
                if m.concept in recent and clause.first <= m.first and is_part(sentence, clause, m)
            ]
            if not aside.issuperset(recent):
                meant = tuple(a for a in recent if a not in parts)
                if self.heading != meant and self._is_guess(sentence, clause, meant):
                    pointed = (points_to_one(sentence, clause) and not self._are_many(sentence, clause, meant)) or (
                        not self.main
                    )
                    return About(meant if pointed else (str(self.main),), guessed=OTHERS)
                pointed = names_by_pronoun(sentence, clause) or self.heading == meant
                if self.listed:
                    return About(meant, guessed=OTHERS)
                return About(meant, guessed="" if pointed or len(self.kin) < 2 else KIN)
            if any(m.concept == self.main and ruled_out(sentence.tokens, m) for m in sentence.mentions):
                return About(())  # "people are offered tablets, not X"
        return About((self.main,) if self.main else ())

    def _is_guess(self, sentence: Sentence, clause: Clause, agents: tuple[str, ...]) -> bool:
        """Whether a clause that names nobody may well be about the text's own subject, and not about `agents`."""
        if set(agents) & self.lexicon.family:
            return False
        return not points_to_many(sentence, clause)

    def _are_many(self, sentence: Sentence, clause: Clause, agents: tuple[str, ...]) -> bool:
        """Whether a clause begins with "it" and the agents are many: "Tablets take weeks", "A and B ...": "It was"."""
        words = [t.lower for t in sentence.tokens[clause.first : clause.first + 2] if t.kind == "word"]
        labels = [self.lexicon.store.entities[a].label for a in agents if a in self.lexicon.store.entities]
        several = len(labels) > 1 or (bool(labels) and labels[0].endswith("s") and labels[0][-2:] != "ss")
        return words[:1] == ["it"] and several

    def _is_named_before(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether a clause begins with an "it" that a clause before it names: whatever its words make one think of."""
        words = [t.lower for t in sentence.tokens[clause.first : clause.first + 3] if t.kind == "word"]
        if words[:1] != ["it"]:
            return False
        return any(self._candidates(sentence, c) for c in sentence.clauses if c.last <= clause.first)

    def _is_another(self, sentence: Sentence, clause: Clause, agents: tuple[str, ...]) -> bool:
        """Whether the "it" that a clause begins with cannot be drugs named before: "While SSRIs raise X, it"."""
        words = [t.lower for t in sentence.tokens[clause.first : clause.first + 3] if t.kind == "word"]
        first = words[words[:1] in (["and"], ["but"], ["so"], ["yet"]) :][:1]
        label = self.lexicon.store.entities[agents[0]].label if agents[0] in self.lexicon.store.entities else ""
        return (
            first in (["it"], ["this"])
            and label.endswith("s")
            and not label.endswith("ss")
            and agents[0] not in self.recent
        )

    def _resumed(self, sentence: Sentence, clause: Clause, earlier: list[Clause]) -> Mention | None:
        """Return whom a clause goes on about behind a relative one: "..., X, which is old, works"."""
        if clause.opener != "," or not earlier or earlier[-1].opener not in _RELATIVE:
            return None
        before = [m for c in earlier[:-1] for m in self._candidates(sentence, c)]
        last = max(before, key=lambda m: m.first, default=None)
        return last if last and last.last >= earlier[-1].first - 1 else None

    def _pair_before(self, sentence: Sentence, at: int) -> tuple[str, ...]:
        """Return the agents named before a place of the sentence, or where those are not two, the last pair."""
        earlier = (m.concept for m in sentence.mentions if m.last <= at)
        named = tuple(dict.fromkeys(c for c in earlier if self.lexicon.kinds.get(c) in AGENT_KINDS))
        return named if len(named) >= 2 else self.pair

    def _apposed(self, sentence: Sentence, clause: Clause, anchor: int) -> Mention | None:
        """Return the agent that the words stand beside: "LSD, a X drug", "Spravato, which is ...", compared or not."""
        if not self._acting:
            return None
        relative = sentence.tokens[clause.first].lower in _RELATIVE
        end = clause.first if relative else anchor
        for _, mention in reversed(self._acting):
            if mention.last > end:
                continue
            between = sentence.tokens[mention.last : end]
            if relative:
                return mention if all(t.kind == "mark" or t.lower in _COMPANY for t in between) else None
            words = [token.lower for token in between]
            beside = len(words) > 1 and words[0] in (",", "(", "–", "—") and words[1] in ("a", "an", "another", "also")
            return (
                mention
                if beside and not set(words[1:]) & {",", "(", "–", "—"} and mention.first >= clause.first
                else None
            )
        return None

    def _evoked(self, sentence: Sentence, clause: Clause) -> str | None:
        """Return the agent that a word of the clause stands for ("the infusion"), in a text on the store's subject."""
        if self.main is None:
            return None
        evoking = self.lexicon.evoking
        held = [m for m in sentence.mentions if clause.first <= m.first and m.last <= clause.last]
        found = [evoking[m.concept] for m in held if m.concept in evoking]
        if len(set(found)) > 1:
            return None  # "as a drip, a spray or a tablet": of whatever comes in all of them
        return found[0] if found else None

    def _evoked_before(self, sentence: Sentence, clause: Clause) -> str | None:
        """Return the agent for which the words stand that ", which" follows: "no copy of X, which is old"."""
        evoking = self.lexicon.evoking
        for mention in sentence.mentions:
            if (
                mention.last <= clause.first
                and evoking.get(mention.concept)
                and all(t.kind == "mark" for t in sentence.tokens[mention.last : clause.first])
            ):
                return evoking.get(mention.concept)
        return None

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


"""Who a clause is about: agents named in it, pronouns, headings, and the subject of the document."""

from __future__ import annotations

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.extract.naming import described, is_part, nearest, outside, ruled_out, set_apart
from ketakb.extract.pointing import (
    KIN,
    OTHERS,
    agreeing,
    goes_on,
    in_the_form_of,
    is_of_drugs_at_large,
    is_what_drugs_do,
    names_by_pronoun,
    one_of_pair,
    points_to_many,
    points_to_one,
    these,
    they,
)
from ketakb.extract.relatives import head_of_relative
from ketakb.extract.sentence import Sentence
from ketakb.extract.spoken import About, Spoken
from ketakb.language.segments import Clause

_ASIDE = frozenset({"where", "whereas", "while"})
_ARTICLES = frozenset({"a", "an", "the", "its", "one", "each"})
_RELATIVE = frozenset({"which", "who"})
_COMPANY = frozenset(
    {"and", "friends", "its", "kin", "others", "the", "like", "co", "company", "relatives", "ilk", "kind"}
)


class Discourse(Spoken):
    """What has been spoken of so far, by which it is told whom a clause is about."""

    __slots__ = ()

    @classmethod
    def opening(cls, lexicon: Lexicon, main: str | None) -> Discourse:
        """Return the state before the first sentence of a document."""
        return cls(lexicon, main, (main,) if main else ())

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
        if is_what_drugs_do(sentence, clause, anchor):
            return About(())
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



"""Who is said to act: the doers before a verb, behind "by" or "under", and beside a noun."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketakb.extract.lexicon import TARGET_KINDS, Mention
from ketakb.extract.scene import JOINING, OBLIQUE, Stage
from ketakb.extract.sentence import is_said_to_be
from ketakb.hints import Final

_INDUCED: Final = frozenset(
    ["induced", "mediated", "evoked", "elicited", "driven", "triggered", "dependent", "related", "stimulated"]
)
REACH: Final = 12
NEAR: Final = 4
"""Most tokens between words that belong together, and, as REACH, in one clause."""
_UNDER: Final = 18
_GIVEN: Final = frozenset(
    ["treated", "injected", "exposed", "fed", "administered", "pretreated", "challenged", "dosed", "infused"]
)
_RESPONDING: Final = (["response", "to"], ["exposure", "to"])
_PLAIN_LEAD: Final = frozenset(["a", "an", "the", "single", "repeated", "acute", "chronic", "oral", "intravenous"])


class Doing(Stage):
    """A clause that can be asked who does what its words say."""

    __slots__ = ()

    def by(self, word: Mention, things: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return the doers after "by", of whatever kind, behind a passive or a noun."""
        end = min(self.clause.last, word.last + REACH)
        at = next((n for n in range(word.last, end) if self.tokens[n].lower in {"by", "with"}), None)
        if at is None:
            return ()
        following = [t for t in things if t.first > at]
        if self.tokens[at].lower == "with":
            following = [t for t in following if self.acts(t)]
        if len(following) > 1 and self.kind(following[0]) == "notion" and self.is_carried(following[1]):
            following = following[1:]  # "by a low dose of X"
        if not following or following[0].first - at > REACH:
            return ()
        gap = self.gap(at + 1, following[0].first)
        listed = any(t.lower in JOINING for t in gap)
        if (len(gap) <= NEAR or listed) and not self.verb_within(at, following[0].first):
            return tuple(self.coordinated(following[0], following[1:]))
        return ()

    def under(self, word: Mention, things: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return the doers under which a change was seen: "X rose in Y-treated rats", "after Y", "in response to Y"."""
        tokens = self.tokens
        for thing in things:
            gap = self.gap(word.last, thing.first)
            if thing.first < word.last or not self.acts(thing):
                continue
            if len(gap) > _UNDER or self.verb_within(word.last, thing.first) or any(t.text in ";:" for t in gap):
                break
            given = thing.last + 1 < len(tokens) and tokens[thing.last].text == "-"
            if given and tokens[thing.last + 1].lower in _GIVEN:
                return (thing,)
            lead = [t.lower for t in gap if t.lower not in _PLAIN_LEAD]
            if lead[-1:] in (["after"], ["following"], ["upon"]) or lead[-2:] in _RESPONDING:
                return tuple(self.coordinated(thing, [t for t in things if t.first >= thing.last]))
            break
        return ()

    def subject(
        self, word: Mention, things: Sequence[Mention], taken: Iterable[Mention]
    ) -> tuple[Mention, ...]:
        """Return the doers before a verb.

        The nearest thing that stands free (not behind a preposition, not the object of another word) decides,
        whatever its kind; failing that the nearest of a kind that acts.
        """
        sentence = self.sentence
        aside = {id(sentence.mentions[n]) for n in sentence.contrasted} | {id(t) for t in taken}
        preceding = [
            t for t in things if t.last <= word.first and id(t) not in aside and not self._is_joined_doer(t, word)
        ]
        for number in range(len(preceding) - 1, -1, -1):
            thing = preceding[number]
            if (self.is_oblique(thing) and not self.is_carried(thing)) or not (
                self.acts(thing) or self.kind(thing) in TARGET_KINDS | {"condition", "effect"}
            ):
                continue
            if not self.acts(thing) and (not self._heads(thing, word) or self._names_doer(thing, preceding)):
                continue
            if self._is_class(thing):
                continue  # "is not an X, nor does it act on"
            return tuple(self._group(preceding[: number + 1]))
        free = [t for t in preceding if self.acts(t) and not self._is_class(t)]
        if free:
            return tuple(self._group(free))
        return self._relative()

    def _is_joined_doer(self, thing: Mention, word: Mention) -> bool:
        """Whether a thing only belongs to a participle that another word stands behind: "inhibits A-induced B by"."""
        tokens = self.tokens
        at = thing.last
        joined = at + 1 < word.first and tokens[at].text == "-" and tokens[at + 1].lower in _INDUCED
        return joined and any(w.tag == "verbs" and w.last <= thing.first for w in self.words)

    def _names_doer(self, thing: Mention, others: Sequence[Mention]) -> bool:
        """Whether the same words name one that acts as well: "antidepressants", the effect and the drugs."""
        return any(self.acts(o) and (o.first, o.last) == (thing.first, thing.last) for o in others)

    def _is_class(self, thing: Mention) -> bool:
        """Whether a thing is only what another is said to be: "is not an X"."""
        return thing.concept not in self.lexicon.family and is_said_to_be(self.sentence, self.clause.first, thing)

    def _heads(self, thing: Mention, word: Mention) -> bool:
        """Whether a thing that does not usually act stands as the subject right before a verb."""
        gap = self.tokens[thing.last : word.first]
        return len(gap) <= 4 and not any(
            (t.kind == "mark" and t.text not in "-)") or t.lower in JOINING | OBLIQUE for t in gap
        )

    def _relative(self) -> tuple[Mention, ...]:
        """Return the transmitter that a clause with "which" or "that" speaks of."""
        if self.clause.opener not in ("which", "that"):
            return ()
        for mention in reversed(self.sentence.mentions):
            gap = self.clause.first - mention.last
            named = self.kind(mention) in TARGET_KINDS and gap == 0 and self.clause.opener == "that"
            if 0 <= gap <= 1 and (named or self.kind(mention) == "transmitter"):
                return (mention,)
            if mention.last <= self.clause.first and not mention.concept.startswith(("en:", "rel:")):
                break
        return ()

    def _group(self, things: Sequence[Mention]) -> list[Mention]:
        group = [things[-1]]
        for other in reversed(things[:-1]):
            gap = self.gap(other.last, group[0].first)
            if (
                len(gap) > 3
                or not any(t.lower in JOINING for t in gap)
                or self.acts(other) != self.acts(group[0])
            ):
                break
            group.insert(0, other)
        return group

    def induced(self, word: Mention, things: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return the doer in "X-induced", "X's" or "X-mediated" right before a noun of action."""
        for thing in reversed([t for t in things if t.last <= word.first]):
            gap = self.tokens[thing.last : word.first]
            if len(gap) > 5:
                break
            lead = [t.lower for t in gap[:2]]
            if lead[:1] == ["-"] and lead[1:] and lead[1] in _INDUCED:
                return (thing,)
            if self.tokens[thing.last - 1].lower.endswith("'s") and self.acts(thing):
                return (thing,)
        return ()

    def apposed(self, word: Mention, things: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return the doer named right behind a noun of agent: "the X blocker Y", "X blockers such as Y"."""
        tokens = self.tokens
        for thing in things:
            if thing.first < word.last or not self.acts(thing):
                continue
            gap = [t.lower for t in tokens[word.last : thing.first]]
            plain = all(
                g
                in {
                    ",",
                    "(",
                    "-",
                    "such",
                    "as",
                    "like",
                    "e",
                    "g",
                    ".",
                    "including",
                    "named",
                    "called",
                    ":",
                    "drug",
                    "the",
                    "drugs",
                    "is",
                    "are",
                }
                for g in gap
            )
            if plain and len(gap) <= 4:
                return tuple(self.coordinated(thing, [t for t in things if t.first >= thing.last]))
            break
        return ()

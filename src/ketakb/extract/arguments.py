"""Where the arguments of a relation word stand: what it acts on, and who is said to act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ketakb.extract.lexicon import TARGET_KINDS, Mention
from ketakb.extract.scene import JOINING, OBLIQUE, Stage
from ketakb.extract.sentence import is_said_to_be
from ketakb.hints import Final
from ketakb.language.segments import word_sets
from ketakb.language.tokens import Token

_INDUCED: Final = frozenset(
    ["induced", "mediated", "evoked", "elicited", "driven", "triggered", "dependent", "related", "stimulated"]
)
_STRONG_MARKS: Final = ";:—"
_OTHERS: Final = frozenset(("the", "other", "their", "its", "these", "those", "nearby", "neighboring"))
_MEANWHILE: Final = frozenset(("as", "when", "while", "because", "until", "if"))
_ARTICLES: Final = frozenset(("a", "an", "the", "your", "their"))
_BARRIERS: Final = frozenset(
    {
        "after", "as", "because", "by", "during", "following", "for", "than", "through", "unlike",
        "via", "when", "without"
    }
)
_NAMED: Final = frozenset({"known", "such", "described", "referred", "to", "well", "termed"})
REACH: Final = 12
_NEAR: Final = 4
_UNDER: Final = 18
_GIVEN: Final = frozenset(
    ["treated", "injected", "exposed", "fed", "administered", "pretreated", "challenged", "dosed", "infused"]
)
_RESPONDING: Final = (["response", "to"], ["exposure", "to"])
_PLAIN_LEAD: Final = frozenset(["a", "an", "the", "single", "repeated", "acute", "chronic", "oral", "intravenous"])
_BETWEEN_VERBS: Final = frozenset(
    {
        "also", "but", "even", "instead", "not", "of", "rather", "than", "then", "thereby", "thus"
    }
)


_RELATIVE: Final = frozenset({"that", "which", "who", "what", "whatever", "there", "it"})
_MODAL: Final = frozenset(
    {
        "are", "can", "could", "did", "does", "had", "has", "have", "is", "may", "might", "must",
        "should", "was", "were", "will", "would"
    }
)
_NOT_LISTED: Final = _MODAL | _BARRIERS | _RELATIVE | {"but", "whereas", "while", "with", "to"}
_ITEM: Final = 9
_LONGEST_LIST: Final = 90


def _has_own_verb(gap: Sequence[Token]) -> bool:
    """Whether the words up to a thing hold another predicate: "the cells it quiets may be those of X"."""
    return any(
        token.lower in _MODAL and (not at or gap[at - 1].lower not in _RELATIVE)
        for at, token in enumerate(gap)
    )


def _is_told_already(gap: Sequence[Token]) -> bool:
    """Whether a thing has its verb, and another takes the next one: "X is slowed by Y, and the cells behind wake"."""
    words = [token.lower for token in gap]
    if any(one in _MEANWHILE and two in _ARTICLES for one, two in zip(words, words[1:], strict=False)):
        return True  # "raises X as the dose goes up"
    joints = [n for n, word in enumerate(words[:-1]) if word == "and" and words[n + 1] in _OTHERS]
    return bool(joints) and any(w == "by" or w in word_sets()["auxiliaries"] for w in words[: joints[-1]])


def _is_barred(gap: Sequence[Token]) -> bool:
    """Whether a word between a verb and a thing parts them; "known as X" only gives the name."""
    return any(
        token.lower in _BARRIERS
        and not (token.lower == "as" and at and gap[at - 1].lower in _NAMED)
        for at, token in enumerate(gap)
    )


def is_list(gap: Sequence[Token]) -> bool:
    """Whether the words up to a thing are a long list of nouns: "the levels of A, B, C and"."""
    if not 3 <= len(gap) <= _LONGEST_LIST:
        return False
    since = commas = 0
    for token in gap:
        if token.text == "," or token.lower in ("and", "or"):
            since = 0
            commas += token.text == ","
        elif token.lower in _NOT_LISTED:
            return False
        else:
            since += 1
        if since > _ITEM:
            return False
    return commas >= 2


class Scene(Stage):
    """A clause that can be asked for the arguments of its words."""

    __slots__ = ()

    def after(self, word: Mention, things: Sequence[Mention]) -> list[Mention]:
        """Return what a verb acts on: the next thing after it and what is joined to that."""
        tokens = self.tokens
        behind = self.behind_gloss(word.last)
        following = [
            t
            for t in things
            if t.first >= behind and self.is_object(t) and not self.is_instead(t) and not self._is_part_of_doer(t, word)
        ]
        for number, thing in enumerate(following):
            gap = self.gap(word.last, thing.first)
            if (
                (len(gap) > REACH and not is_list(gap))
                or any(t.text in _STRONG_MARKS for t in gap)
            ):
                return []
            verb = next(
                (
                    w
                    for w in self.words
                    if w.tag == "verbs"
                    and word.last <= w.first < thing.first
                    and not w.near(word)
                    and tokens[w.first].lower != "including"
                ),
                None,
            )
            if verb is not None:
                between = tokens[word.last : verb.first]
                if between and all(t.lower in JOINING | _BETWEEN_VERBS for t in between):
                    return self.after(verb, things)  # "blocks and silences X"
                return []
            if _is_barred(gap) or _has_own_verb(gap):
                return []
            if self.acts(thing) and number + 1 < len(following):
                continue
            return self.coordinated(thing, following[number + 1 :])
        return []

    def _is_part_of_doer(self, thing: Mention, word: Mention) -> bool:
        """Whether a thing only tells what kind of doer one is: "induces A, and an X receptor antagonist"."""
        return any(w.tag == "agents" and w.first == thing.last and w.concept != word.concept for w in self.words)

    def before(self, word: Mention, things: Sequence[Mention], reduced: bool = False) -> list[Mention]:
        """Return what a passive or intransitive word says something of: the nearest before it, with its head.

        A participle without "be" (`reduced`) must follow closely: "X blocked by Y".
        """
        preceding = [t for t in things if t.last <= word.first and self.is_object(t)]
        for number in range(len(preceding) - 1, -1, -1):
            thing = preceding[number]
            gap = self.gap(thing.last, word.first)
            if len(gap) > REACH or any(t.text in _STRONG_MARKS for t in gap):
                return []
            if reduced and (len(gap) > 3 or any(t.kind == "mark" and t.text != "-" for t in gap)):
                return []
            if self.acts(thing) and number:
                continue
            if _is_told_already(gap):
                return []
            joined = [thing]
            for other in reversed(preceding[:number]):
                between = self.gap(other.last, joined[0].first)
                joins = any(t.lower in JOINING for t in between)
                holds = bool(between) and between[0].lower in {"on", "in", "of", "at", "from"}
                if len(between) > 3 or not (joins or holds) or self.acts(other) != self.acts(thing):
                    break
                joined.insert(0, other)
            return joined
        return []

    def fronted(self, word: Mention) -> list[Mention]:
        """Return an object before the doer: "the receptor that X blocks", "X it blocks", "A is what X blocks"."""
        tokens = self.tokens
        doers = [t for t in self.things if t.last <= word.first and self.acts(t)]
        if tokens[self.clause.first].lower == "what" and tokens[min(word.last, len(tokens) - 1)].key == "be":
            behind = [t for t in self.things if 0 <= t.first - word.last <= _NEAR and self.kind(t) in TARGET_KINDS]
            return self.coordinated(behind[0], behind[1:]) if behind and doers else []  # "What X blocks is A"
        start = doers[-1].first if doers else word.first
        if not doers:
            back = word.first - 1
            if back < self.clause.first or tokens[back].lower not in word_sets()["pronouns"]:
                return []
            start = back
        all_things = [m for m in self.sentence.mentions if not m.concept.startswith(("en:", "rel:"))]
        cleft = start > 1 and tokens[start - 1].lower == "what" and "be" in (t.key for t in tokens[start - 3 : start])
        for thing in reversed([t for t in all_things if t.last <= start and self.kind(t) in TARGET_KINDS]):
            gap = tokens[thing.last : start]
            if cleft and (self.is_instead(thing) or self._is_denied(thing)):
                continue  # "A, not B, is what X blocks"
            if cleft:
                return [thing] if len(gap) <= REACH else []
            if len(gap) == 1 and gap[0].text == ",":
                break  # "does not stimulate X, it reduces"
            if len(gap) <= 2 and all(t.lower in {"that", "which", ",", "the"} for t in gap):
                return [thing]
            break
        return []

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
        if (len(gap) <= _NEAR or listed) and not self.verb_within(at, following[0].first):
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

    def left_open(self) -> list[Mention]:
        """Return what a clause without a subject speaks of: "X, which is blocked by"."""
        for mention in self.sentence.mentions:
            if mention.last > self.clause.first:
                break
            if self.kind(mention) in TARGET_KINDS and self.clause.opener in ("and", "but", "which", "that"):
                return [mention]
        return []

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

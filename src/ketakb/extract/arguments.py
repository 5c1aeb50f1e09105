"""What a relation word acts on: the things before it, behind it, or fronted."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.doers import NEAR, REACH, Doing
from ketakb.extract.lexicon import TARGET_KINDS, Mention
from ketakb.extract.scene import JOINING
from ketakb.hints import Final
from ketakb.language.segment_words import word_sets
from ketakb.language.tokens import Token

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


class Scene(Doing):
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
            behind = [t for t in self.things if 0 <= t.first - word.last <= NEAR and self.kind(t) in TARGET_KINDS]
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

    def left_open(self, word: Mention) -> list[Mention]:
        """Return what a clause without a subject speaks of: "X, which is blocked by"; not "and mood is raised"."""
        skipped = word_sets()["auxiliaries"] | _BETWEEN_VERBS | {self.clause.opener}
        head = (t.lower for t in self.tokens[self.clause.first : word.first] if t.kind != "mark")
        if any(lower not in skipped and not lower.endswith("ly") for lower in head):
            return []
        for mention in self.sentence.mentions:
            if mention.last > self.clause.first:
                break
            if self.kind(mention) in TARGET_KINDS and self.clause.opener in ("and", "but", "which", "that"):
                return [mention]
        return []



"""Relations between mentions: which word does what to which thing, in active, passive and nominal form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ketakb.extract.arguments import JOINING, Scene
from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token

_BE: Final = frozenset("be get become remain stay seem appear".split())
_BEING: Final = frozenset({"being", "been", "'s", "it's", "they're"})
_IRREGULAR_PARTICIPLES: Final = frozenset(
    "shut cut put set let driven thrown shown taken given kept held built broken worn".split()
)
_NOMINAL_BEFORE: Final = frozenset("of at on in to for upon against".split())
_DETERMINERS: Final = frozenset("a an the this that its their his any no some of by in with through via into from potent selective complete partial".split())
_PARTICIPLE_LOOK: Final = 4
_GOVERN_LOOK: Final = 6


@dataclass(frozen=True, slots=True)
class Link:
    """One relation word with its arguments."""

    word: Mention
    polarity: int
    """-1, 0 or +1, words that govern each other multiplied ("blocks the activation of")."""
    objects: tuple[Mention, ...]
    agents: tuple[Mention, ...]
    """Explicit doers; empty where the clause leaves it to what goes before."""
    passive: bool = False
    words: tuple[Mention, ...] = ()
    """All relation words that make it up."""

    def is_negated(self, sentence: Sentence) -> bool:
        """Whether the word, or where it is not the first object, is negated."""
        if sentence.status(self.word.first, self.word.last).negated:
            return True
        return bool(self.objects) and sentence.status(self.objects[0].first, self.objects[0].last).negated


def links_of(lexicon: Lexicon, sentence: Sentence, clause: Clause) -> list[Link]:
    """Return the relations that a clause expresses, with objects and explicit agents, in order."""
    inside = [m for m in sentence.mentions if clause.first <= m.first and m.last <= clause.last]
    things = [m for m in inside if not m.concept.startswith(("en:", "rel:"))]
    words = [m for m in inside if m.concept in lexicon.polarity and m.tag]
    words = [w for w in words if not _is_hidden(w, words, things) and not _is_misread(sentence.tokens, w, words)]
    scene = Scene(lexicon, sentence, clause, things, words)
    found: list[Link] = []
    governed: set[tuple[int, int]] = set()
    for word in words:
        if (word.first, word.last) in governed:
            continue
        link = _link(scene, word, [m for link in found for m in link.objects])
        if link:
            found.append(link)
            governed |= {(m.first, m.last) for m in link.words if m is not word}
    return _respectively(scene, found)


def _is_hidden(word: Mention, words: Sequence[Mention], things: Sequence[Mention]) -> bool:
    """Whether a longer relation word covers this one ("shut * down" over "shut"), or a name does."""
    for other in words:
        if other is not word and other.first <= word.first and word.last <= other.last and (
            other.last - other.first > word.last - word.first
        ):
            return True
    return any(t.first <= word.first and word.last <= t.last and not t.gapped for t in things)


def _is_misread(tokens: Sequence[Token], word: Mention, words: Sequence[Mention]) -> bool:
    """Whether a word that is both verb and noun ("a block of", "to block") is read as the other here."""
    both = {w.tag for w in words if w.first == word.first and w.last == word.last and w.concept == word.concept}
    if not {"verbs", "nouns"} <= both or word.tag not in ("verbs", "nouns"):
        return False
    return (word.tag == "nouns") != _reads_as_noun(tokens, word)


def _reads_as_noun(tokens: Sequence[Token], word: Mention) -> bool:
    head = tokens[word.last - 1]
    before = tokens[word.first - 1].lower if word.first else ""
    after = tokens[word.last].lower if word.last < len(tokens) else ""
    if head.lower.endswith("ed"):
        return False
    if after in ("of", "by"):
        return True
    if head.lower.endswith("ing"):
        return before in ("the", "a", "-")
    return before in _DETERMINERS or after in ("in", "at", ",", ".", ")")


def _link(scene: Scene, word: Mention, taken: Sequence[Mention]) -> Link | None:
    things = [t for t in scene.things if not t.near(word) or word.gapped]
    polarity = scene.lexicon.polarity[word.concept]
    if word.tag == "verbs":
        return _verb(scene, word, polarity, things, taken)
    if word.tag in ("nouns", "agents"):
        return _noun(scene, word, polarity, things, taken)
    if word.tag in ("states", "intransitive"):
        return _state(scene, word, polarity, things, taken)
    return None


def _verb(
    scene: Scene, word: Mention, polarity: int, things: list[Mention], taken: Sequence[Mention]
) -> Link | None:
    passive = is_passive(scene.tokens, scene.clause, word)
    if word.gapped:
        held = tuple(t for t in things if word.first <= t.first and t.last <= word.last)
        if held:
            rest = [t for t in things if t not in held]
            agents = scene.by(word, rest) if passive else scene.subject(word, rest, taken)
            return Link(word, polarity, held, agents, passive, (word,))
    if passive:
        inner = _nominal_before(scene, word)
        objects = scene.before(inner or word, things) if inner is None else _noun_objects(scene, inner, things)
        agents = scene.by(word, [t for t in things if t not in objects])
        if not objects and agents:
            objects = _inverted(scene, agents, things)
        if objects:
            words = (word, inner) if inner else (word,)
            sign = _combined(scene, polarity, inner)
            return Link(word, sign, tuple(objects), agents, True, words)
    inner = _governed(scene, word)
    if inner is not None:
        objects = scene.after(inner, things) if inner.tag in ("verbs", "states") else _noun_objects(scene, inner, things)
        if inner.tag == "verbs" and inner.gapped:
            objects = [t for t in things if inner.first <= t.first and t.last <= inner.last] or objects
    else:
        objects = scene.after(word, things)
        if not objects:
            objects = scene.fronted(word)
    if not objects:
        return None
    agents = scene.subject(word, [t for t in things if t not in objects], taken)
    words = (word, inner) if inner else (word,)
    return Link(word, _combined(scene, polarity, inner), tuple(objects), agents, words=words)


def _noun(
    scene: Scene, word: Mention, polarity: int, things: list[Mention], taken: Sequence[Mention]
) -> Link | None:
    objects = _noun_objects(scene, word, things)
    if not objects:
        return None
    rest = [t for t in things if t not in objects]
    agents = scene.by(word, rest) if word.tag == "nouns" else scene.apposed(word, rest)
    agents = agents or scene.induced(word, rest) or scene.subject(word, rest, taken)
    if not agents and word.tag == "nouns":
        agents = scene.apposed(word, rest)
    return Link(word, polarity, tuple(objects), agents, words=(word,))


def _state(
    scene: Scene, word: Mention, polarity: int, things: list[Mention], taken: Sequence[Mention]
) -> Link | None:
    objects = scene.before(word, things)
    if not objects:
        return None
    return Link(word, polarity, tuple(objects), scene.by(word, things), True, (word,))


def is_passive(tokens: Sequence[Token], clause: Clause, word: Mention) -> bool:
    """Whether a verb is a past participle that says something of what stands before it."""
    head = tokens[word.first]
    if not (head.lower.endswith(("ed", "en", "wn")) or head.lower in _IRREGULAR_PARTICIPLES):
        return False
    for place in range(word.first - 1, max(clause.first, word.first - _PARTICIPLE_LOOK) - 1, -1):
        token = tokens[place]
        if token.key in _BE or token.lower in _BEING:
            return True
        if token.key in ("hav", "has") or token.kind == "mark":
            break
    if tokens[clause.first].lower == "with" and word.last < len(tokens) and tokens[word.last].kind == "mark":
        return True  # "With X blocked, ..."
    return any(token.lower == "by" for token in tokens[word.last : word.last + 3])


def _inverted(scene: Scene, agents: Sequence[Mention], things: Sequence[Mention]) -> list[Mention]:
    """Return the subject that stands last: "Helped along by X is the release of Y"."""
    end = agents[-1].last
    after = [t for t in things if t.first >= end]
    if after and any(t.key in _BE for t in scene.tokens[end : after[0].first]):
        return scene.coordinated(after[0], after[1:])
    return []


def _governed(scene: Scene, verb: Mention) -> Mention | None:
    """Return the word of relation that a verb takes as its object.

    A noun ("increases the release of"), an adjective ("leads to reduced"), or a further verb
    ("prevents X from activating", "stops blocking", "helps to build").
    """
    tokens = scene.tokens
    for other in scene.words:
        if not verb.last <= other.first <= verb.last + _GOVERN_LOOK:
            continue
        between = [t.lower for t in tokens[verb.last : other.first]]
        if any(t.kind == "mark" and t.text != "-" for t in tokens[verb.last : other.first]):
            return None
        if other.tag == "nouns" and not {"by", "and", "to", "of"} & set(between):
            return other
        if other.tag == "verbs":
            if "from" in between and scene.lexicon.polarity[verb.concept] < 0 and tokens[other.first].lower.endswith(("ing", "ed")):
                return other
            if not between and tokens[other.first].lower.endswith("ing"):
                return other
        if other.tag == "states" and not between and verb.concept == "en:cause":
            return other
    return None


def _nominal_before(scene: Scene, word: Mention) -> Mention | None:
    """Return the noun of action that is the subject of a passive: "the release of X is blocked"."""
    for other in reversed(scene.words):
        if other.tag == "nouns" and other.last <= word.first and word.first - other.last <= REACH_BACK:
            between = scene.tokens[other.last : word.first]
            if any(t.kind == "mark" or t.lower in JOINING or t.lower == "by" for t in between):
                continue
            if any(w.tag == "verbs" and other.last <= w.first and w.last <= word.first for w in scene.words):
                continue
            return other
    return None


REACH_BACK: Final = 8


def _combined(scene: Scene, polarity: int, inner: Mention | None) -> int:
    if inner is None:
        return polarity
    other = scene.lexicon.polarity[inner.concept]
    return polarity * other if polarity and other else polarity or other


def _noun_objects(scene: Scene, word: Mention, things: Sequence[Mention]) -> list[Mention]:
    """Return what a noun of action or of agent is about: "blockade of X", "X blockade", "antagonist at X"."""
    tokens = scene.tokens
    follows = word.last < len(tokens) and tokens[word.last].lower in _NOMINAL_BEFORE
    if follows or tokens[word.last - 1].lower in _NOMINAL_BEFORE:
        after = [t for t in things if t.first >= word.last and scene.is_object(t)]
        if after and after[0].first - word.last <= 5:
            return scene.coordinated(after[0], after[1:])
    before = [t for t in things if t.last <= word.first and scene.is_object(t)]
    if before:
        gap = tokens[before[-1].last : word.first]
        barred = {"of", ",", "and", "is", "are", "a", "an", "by", "with"}
        if len(gap) <= 2 and not any(t.lower in barred or t.text in ".;:(" for t in gap):
            if not tokens[before[-1].last - 1].lower.endswith("'s"):
                return [before[-1]]
    return []


def _respectively(scene: Scene, links: list[Link]) -> list[Link]:
    """Pair verbs and objects one to one where the clause says "respectively"."""
    if not any(t.lower == "respectively" for t in scene.tokens[scene.clause.first : scene.clause.last]):
        return links
    shared = [link for link in links if link.objects == links[0].objects]
    if len(shared) < 2 or len(shared) != len(links[0].objects):
        return links
    return [
        Link(one.word, one.polarity, (thing,), one.agents, one.passive, one.words)
        for one, thing in zip(shared, links[0].objects, strict=True)
    ]

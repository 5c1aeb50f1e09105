"""Relations between mentions: which word does what to which thing, in active, passive and nominal form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ketakb.extract.arguments import JOINING, REACH, Scene
from ketakb.extract.bearers import is_foreign, is_set_aside
from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token

_BE: Final = frozenset("be get becom remain stay seem appear".split())
_BEING: Final = frozenset({"being", "been", "'s", "it's", "they're"})
_IRREGULAR_PARTICIPLES: Final = frozenset(
    "shut cut put set let driven thrown shown taken given kept held built broken worn".split()
)
_NOMINAL_BEFORE: Final = frozenset("of at on in to for upon against".split())
_DETERMINERS: Final = frozenset("a an the this its their his any no some of by in with through via into from potent selective complete partial".split())
_AFTER_INTRANSITIVE: Final = frozenset("in at on when after and or but as by within during once while with because again up so to from".split())
_EFFECTS: Final = frozenset({"effect", "action", "activity", "influence"})
_ACTING_AT: Final = frozenset(
    "that which acts act acting works working targeting targets selective for of directed at on binding binds to the".split()
)
_NOUN_BARRIERS: Final = frozenset("is are was were has have can may by with via through after during but which that as to".split())
_NOT_GOVERNING: Final = frozenset("by and to of via through from with as on at for after during or".split())
_LONGEST_CHAIN: Final = 3
_PARTICIPLE_LOOK: Final = 4
REACH_BACK: Final = 8
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
    foreign: bool = False
    """True where somebody else acts than the one the text is about ("a drug that blocks X", "stress blocks X")."""

    def is_negated(self, sentence: Sentence) -> bool:
        """Whether the word, or where it is not the first object, is negated.

        A noun of agent that only names its bearer ("is not slowed by X antagonists") is not.
        """
        status = sentence.status(self.word.first, self.word.last)
        if status.negated:
            cues = [s for s in status.cues if s.category == "negation" and s.cue_last <= self.word.first]
            between = sentence.tokens[max((s.cue_last for s in cues), default=self.word.first) : self.word.first]
            return self.word.tag != "agents" or not any(t.lower in {"by", "with", "to", "from", "for"} for t in between)
        return bool(self.objects) and sentence.status(self.objects[0].first, self.objects[0].last).negated


def links_of(lexicon: Lexicon, sentence: Sentence, clause: Clause) -> list[Link]:
    """Return the relations that a clause expresses, with objects and explicit agents, in order."""
    inside = [m for m in sentence.mentions if clause.first <= m.first and m.last <= clause.last]
    things = [m for m in inside if not m.concept.startswith(("en:", "rel:"))]
    words = [m for m in inside if m.concept in lexicon.polarity and m.tag]
    words = [w for w in words if not _is_hidden(w, words, things) and not _is_misread(sentence.tokens, w, words)]
    joined = [w for w in words if _is_joined(sentence.tokens, w)]
    scene = Scene(lexicon, sentence, clause, things, [w for w in words if w not in joined])
    found = [link for word in joined if (link := _compound(scene, word))]
    governed: set[tuple[int, int]] = set()
    for word in scene.words:
        if (word.first, word.last) in governed:
            continue
        if is_set_aside(scene, word):
            continue
        link = _link(scene, word, [m for link in found for m in link.objects])
        if link:
            if not link.agents and is_foreign(scene, word, link.passive, link.objects):
                link = replace(link, foreign=True)
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
    if word.tag == "verbs" and word.first and tokens[word.first - 1].lower in ("a", "an", "the", "its"):
        if not tokens[word.first].lower.endswith(("ed", "ing")) and tokens[word.first].lower not in _IRREGULAR_PARTICIPLES:
            return True
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
        chain = [word, inner] if inner else [word]
        objects = _noun_objects(scene, inner, things) if inner else scene.before(word, things, not _has_be(scene, word))
        agents = scene.by(word, [t for t in things if t not in objects])
        if not objects:
            objects = _inverted(scene, agents, things) if agents else []
        if not objects and not any(t.last <= word.first for t in things):
            objects = scene.left_open()
        if objects:
            return Link(word, _combined(scene, chain), tuple(objects), agents, True, tuple(chain))
    chain = _chain(scene, word)
    objects = _objects_of(scene, chain, things)
    if not objects and len(chain) == 1:
        objects = scene.fronted(word)
    if not objects:
        return None
    agents = scene.subject(word, [t for t in things if t not in objects], taken)
    return Link(word, _combined(scene, chain), tuple(objects), agents, words=tuple(chain))


def _noun(
    scene: Scene, word: Mention, polarity: int, things: list[Mention], taken: Sequence[Mention]
) -> Link | None:
    chain = _chain(scene, word) if word.tag == "nouns" else [word]
    objects = _objects_of(scene, chain, things)
    if len(chain) > 1 and not objects:
        chain, objects = [word], _noun_objects(scene, word, things)
    if not objects:
        return None
    rest = [t for t in things if t not in objects]
    agents = scene.by(word, rest) if word.tag == "nouns" else scene.apposed(word, rest)
    agents = agents or scene.induced(word, rest) or scene.subject(word, rest, taken)
    if not agents and word.tag == "nouns":
        agents = scene.apposed(word, rest)
    return Link(word, _combined(scene, chain), tuple(objects), agents, words=tuple(chain))


def _state(
    scene: Scene, word: Mention, polarity: int, things: list[Mention], taken: Sequence[Mention]
) -> Link | None:
    tokens = scene.tokens
    if word.tag == "states" and not _has_be(scene, word):
        return None
    if word.tag == "intransitive" and word.last < scene.clause.last:
        following = tokens[word.last]
        if following.kind != "mark" and following.lower not in _AFTER_INTRANSITIVE and not following.lower.endswith("ly"):
            return None
    objects = scene.before(word, things)
    if not objects:
        return None
    return Link(word, polarity, tuple(objects), scene.by(word, things), True, (word,))


def is_passive(tokens: Sequence[Token], clause: Clause, word: Mention) -> bool:
    """Whether a verb is a past participle that says something of what stands before it."""
    if not any(
        t.lower.endswith(("ed", "en", "wn")) or t.lower in _IRREGULAR_PARTICIPLES for t in tokens[word.first : word.last]
    ):
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


def _has_be(scene: Scene, word: Mention) -> bool:
    """Whether a form of "be" stands close before a word."""
    near = scene.tokens[max(scene.clause.first, word.first - _PARTICIPLE_LOOK) : word.first]
    return any(t.key in _BE or t.lower in _BEING for t in near)


def _is_joined(tokens: Sequence[Token], word: Mention) -> bool:
    """Whether a participle is joined to its doer: "X-induced", "X-stimulated"."""
    return (
        word.tag == "verbs"
        and word.first > 1
        and tokens[word.first - 1].text == "-"
        and tokens[word.first].lower.endswith("ed")
        and tokens[word.first].start == tokens[word.first - 1].end
        and tokens[word.first - 2].lower not in ("down", "up", "re", "de", "dis")
    )


def _compound(scene: Scene, word: Mention) -> Link | None:
    """Return the relation in "X-induced Y", "X-stimulated release of Y"."""
    doer = next((t for t in scene.things if t.last == word.first - 1), None)
    if doer is None:
        return None
    chain = _chain(scene, word)
    objects = [t for t in _objects_of(scene, chain, scene.things) if t is not doer]
    if not objects:
        return None
    return Link(word, _combined(scene, chain), tuple(objects), (doer,), words=tuple(chain))


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
        if other.tag == "nouns" and not (_NOT_GOVERNING & set(between[1:] if verb.tag == "nouns" else between)):
            return other
        if other.tag == "verbs" and verb.tag == "verbs":
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


def _chain(scene: Scene, word: Mention) -> list[Mention]:
    """Return a word with those that it governs in turn: "leads to an increase in the inhibition of"."""
    chain = [word]
    while len(chain) < _LONGEST_CHAIN and (inner := _governed(scene, chain[-1])) is not None:
        chain.append(inner)
    return chain


def _objects_of(scene: Scene, chain: Sequence[Mention], things: Sequence[Mention]) -> list[Mention]:
    """Return what a chain of words acts on in the end."""
    last = chain[-1]
    if last.tag in ("nouns", "agents"):
        return _noun_objects(scene, last, things)
    held = [t for t in things if last.first <= t.first and t.last <= last.last] if last.gapped else []
    return held or scene.after(last, things)


def _combined(scene: Scene, chain: Sequence[Mention]) -> int:
    """Return the signs of a chain multiplied, those without one left out."""
    sign = 0
    for word in chain:
        other = scene.lexicon.polarity[word.concept]
        sign = sign * other if sign and other else sign or other
    return sign


def _place_of(scene: Scene, word: Mention, wanted: set[str]) -> int | None:
    """Return where one of some words stands behind a word, before the next verb."""
    for at in range(word.last, min(scene.clause.last, word.last + REACH)):
        if scene.tokens[at].lower in wanted:
            return at
        if any(w.tag == "verbs" and w.first == at for w in scene.words):
            break
    return None


def _noun_objects(scene: Scene, word: Mention, things: Sequence[Mention]) -> list[Mention]:
    """Return what a noun of action or of agent is about: "blockade of X", "X blockade", "antagonist at X"."""
    tokens = scene.tokens
    if word.tag == "agents" and word.last < len(tokens) and tokens[word.last].lower in _ACTING_AT:
        after = [t for t in things if t.first >= word.last and scene.is_object(t)]
        if after and all(t.lower in _ACTING_AT for t in scene.gap(word.last, after[0].first)):
            return scene.coordinated(after[0], after[1:])
    if tokens[word.last - 1].key in _EFFECTS and (on := _place_of(scene, word, {"on", "at", "against", "upon"})):
        after = [t for t in things if t.first > on and scene.is_object(t)]
        if after and after[0].first - on <= 5:
            return scene.coordinated(after[0], after[1:])
    follows = word.last < len(tokens) and tokens[word.last].lower in _NOMINAL_BEFORE
    if follows or tokens[word.last - 1].lower in _NOMINAL_BEFORE:
        after = [t for t in things if t.first >= word.last and scene.is_object(t)]
        if after:
            gap = scene.gap(word.last, after[0].first)
            inside = [w for w in scene.words if w.first >= word.last and w.last <= after[0].first and w.tag != "states"]
            if len(gap) <= 5 or len(gap) <= REACH and not inside and not any(
                t.lower in _NOUN_BARRIERS or t.text in ".;:" for t in gap[1:]
            ):
                return scene.coordinated(after[0], after[1:])
    before = [t for t in things if t.last <= word.first and scene.is_object(t)]
    if before and not tokens[before[-1].last - 1].lower.endswith("'s"):
        gap = scene.gap(before[-1].last, word.first)
        joined = word.tag == "agents" and len(gap) in (2, 3) and gap[0].lower in ("and", "or", "/")
        barred = {"of", ",", "is", "are", "a", "an", "by", "with", "as", "the", "in"}
        if (len(gap) <= 2 or joined) and not any(
            t.lower in barred or t.text in ".;:" or (t.lower == "and" and not joined) for t in gap
        ):
            group = [before[-1]]
            for other in reversed(before[:-1]):
                between = scene.gap(other.last, group[0].first)
                if word.tag != "agents" or len(between) > 2 or not any(t.lower in {"and", "or", "/", ","} for t in between):
                    break
                group.insert(0, other)
            return group
    return []


def _respectively(scene: Scene, links: list[Link]) -> list[Link]:
    """Pair verbs and objects one to one where the clause says "respectively"."""
    if not any(t.lower == "respectively" for t in scene.tokens[scene.clause.first : scene.clause.last]):
        return links
    shared = [link for link in links if link.objects == links[0].objects]
    if len(shared) < 2:
        return links
    doers = links[0].agents
    by_doer, by_object = len(doers) == len(shared), len(links[0].objects) == len(shared)
    if not (by_doer or by_object):
        return links
    return [
        replace(
            link,
            objects=(link.objects[number],) if by_object else link.objects,
            agents=(doers[number],) if by_doer else link.agents,
        )
        for number, link in enumerate(shared)
    ]

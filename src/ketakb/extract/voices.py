"""One relation word with its arguments: as a verb, active or passive, a noun, a state, or joined to its doer."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.arguments import Scene
from ketakb.extract.lexicon import Mention
from ketakb.extract.nominals import IRREGULAR_PARTICIPLES, chain_of, combined, nominal_before, noun_objects, objects_of
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token, key_of
from ketakb.values import dataclass, replace

_BE: Final = frozenset(["be", "get", "becom", "remain", "stay", "seem", "appear"])
_BEING: Final = frozenset({"being", "been", "'s", "it's", "they're"})
_AFTER_INTRANSITIVE: Final = frozenset(
    {
        "after", "again", "and", "as", "at", "because", "but", "by", "during", "first", "from", "in",
        "on", "once", "or", "so", "soon", "to", "too", "under", "up", "when", "while", "with", "within"
    }
)
_PARTICIPLE_LOOK: Final = 4
_BEFORE_ADJECTIVE: Final = frozenset({"to", "of", "from", "through", "via"})

_ENSUES: Final = frozenset(map(key_of, ("follow", "ensue", "result")))
_STOPPED_AT: Final = frozenset({"en:block", "en:prevent"})
_SITES: Final = frozenset({"at", "on", "from"})
_SITE_WORDS: Final = frozenset(
    {"binding", "docking", "attaching", "acting", "reaching", "to", "the", "its", "these", "with"}
)


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
    own: bool = False
    """True for a noun that another word governs, with a doer of its own: "prevents the loss of X by Y"."""
    foreign: bool = False
    """True where another acts than the one the text is about ("a drug that blocks X", "stress blocks X")."""

    def is_negated(self, sentence: Sentence) -> bool:
        """Whether the word, or where it is not the first object, is negated.

        A noun of agent that only names its bearer ("is not slowed by X antagonists") is not.
        """
        status = sentence.status(self.word.first, self.word.last)
        if status.negated:
            cues = [s for s in status.cues if s.category == "negation" and s.cue_last <= self.word.first]
            between = sentence.tokens[
                max((s.cue_last for s in cues), default=self.word.first) : self.word.first
            ]
            return self.word.tag != "agents" or not any(
                t.lower in {"by", "with", "to", "from", "for"} for t in between
            )
        return bool(self.objects) and sentence.status(self.objects[0].first, self.objects[0].last).negated


def done_by_another(scene: Scene, word: Mention, outer: Link) -> list[Link]:
    """Return what a noun says of its own doer under a verb of another: "prevents the loss of X by Y"."""
    if word.tag != "nouns":
        return []
    objects = noun_objects(scene, word, scene.things)
    agents = scene.by(word, [t for t in scene.things if t not in objects])
    last = max([word.last, *(m.last for m in objects)])
    if not objects or not agents or any(a in outer.agents for a in agents) or agents[0].first > last + 4:
        return []
    return [Link(word, scene.lexicon.polarity[word.concept], tuple(objects), agents, words=(word,), own=True)]


def link_of(scene: Scene, word: Mention, taken: Sequence[Mention]) -> Link | None:
    """Return what a word does to which things; None where it does nothing. `taken` are objects of words before it."""
    things = [_beyond(t, word) for t in scene.things if not t.near(word) or word.gapped or _goes_on(t, word)]
    polarity = scene.lexicon.polarity[word.concept]
    if word.tag == "verbs":
        return _verb(scene, word, polarity, things, taken)
    if word.tag in ("nouns", "agents"):
        return _noun(scene, word, polarity, things, taken)
    if word.tag in ("states", "intransitive"):
        return _state(scene, word, polarity, things, taken)
    return None


def _goes_on(thing: Mention, word: Mention) -> bool:
    """Whether a name begins within a relation word and goes on behind it: "causes a (burst of) X"."""
    return word.first < thing.first < word.last < thing.last and not thing.gapped


def _beyond(thing: Mention, word: Mention) -> Mention:
    """Return a thing without the tokens that it shares with a relation word."""
    return replace(thing, first=word.last) if _goes_on(thing, word) else thing


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
        inner = nominal_before(scene, word)
        chain = [word, inner] if inner else [word]
        objects = (
            noun_objects(scene, inner, things)
            if inner
            else scene.before(word, things, not _has_be(scene, word))
        )
        agents = scene.by(word, [t for t in things if t not in objects])
        if not objects:
            objects = _inverted(scene, agents, things) if agents else []
        if not objects and not any(t.last <= word.first for t in things):
            objects = scene.left_open(word)
        if objects:
            return Link(word, combined(scene, chain), tuple(objects), agents, True, tuple(chain))
    chain = chain_of(scene, word)
    objects = _at_site(scene, word, _of_one_kind(scene, objects_of(scene, chain, things)))
    if not objects and len(chain) == 1:
        objects = scene.fronted(word)
    if not objects:
        return None
    agents = scene.subject(word, [t for t in things if t not in objects], taken)
    return Link(word, combined(scene, chain), tuple(objects), agents, words=tuple(chain))


def _at_site(scene: Scene, word: Mention, objects: list[Mention]) -> list[Mention]:
    """Return the receptor at which a messenger is stopped in its place: "blocks X at Y receptors"."""
    if not objects or word.concept not in _STOPPED_AT or scene.kind(objects[-1]) != "transmitter":
        return objects
    last = objects[-1].last
    for thing in scene.things:
        gap = [t.lower for t in scene.gap(last, thing.first)] if thing.first > last else []
        if scene.kind(thing) == "receptor" and gap and gap[0] in _SITES and set(gap) <= _SITES | _SITE_WORDS:
            return [thing]
    return objects


def _of_one_kind(scene: Scene, objects: list[Mention]) -> list[Mention]:
    """Return objects without those that share the head of the first: "blocks the uptake of A, B and C"."""
    if len(objects) < 2 or all(t.lower != "of" for t in scene.tokens[objects[0].first : objects[0].last]):
        return objects
    return [o for o in objects if scene.kind(o) == scene.kind(objects[0])]


def _noun(
    scene: Scene, word: Mention, polarity: int, things: list[Mention], taken: Sequence[Mention]
) -> Link | None:
    chain = chain_of(scene, word) if word.tag == "nouns" else [word]
    objects = objects_of(scene, chain, things)
    if len(chain) > 1 and not objects:
        chain, objects = [word], noun_objects(scene, word, things)
    if not objects:
        return None
    rest = [t for t in things if t not in objects]
    agents = scene.by(word, rest) if word.tag == "nouns" else scene.apposed(word, rest)
    agents = agents or scene.induced(word, rest) or scene.subject(word, rest, taken)
    if not agents and word.tag == "nouns":
        agents = scene.apposed(word, rest)
    return Link(word, combined(scene, chain), tuple(objects), agents, words=tuple(chain))


def _state(
    scene: Scene, word: Mention, polarity: int, things: list[Mention], taken: Sequence[Mention]
) -> Link | None:
    tokens = scene.tokens
    if word.tag == "states" and (
        not _has_be(scene, word) or tokens[word.first - 1].lower in _BEFORE_ADJECTIVE
    ):
        return None  # "put down to inhibited X"
    if any(t.lower == "what" for t in tokens[max(scene.clause.first, word.first - _PARTICIPLE_LOOK) : word.first]):
        return None  # "A, not B, is what X blocks"
    if word.tag == "intransitive" and tokens[word.last - 1].lower.endswith("ing") and not _has_be(scene, word):
        return None  # "interneuron firing" says neither more nor less
    if word.tag == "intransitive" and word.last < scene.clause.last:
        following = tokens[word.last]
        if following.lower == "by" and _has_be(scene, word):
            return None  # "A was followed by B"
        if (
            following.kind != "mark"
            and following.lower not in _AFTER_INTRANSITIVE
            and not following.lower.endswith("ly")
        ):
            return None
    objects = scene.before(word, things)
    if not objects or (tokens[word.first].key in _ENSUES and objects[0] in taken):
        return None  # of "a blockade of X follows" it is the blockade that follows
    return Link(word, polarity, tuple(objects), scene.by(word, things), True, (word,))


def is_passive(tokens: Sequence[Token], clause: Clause, word: Mention) -> bool:
    """Whether a verb is a past participle that says something of what stands before it."""
    if not any(
        t.lower.endswith(("ed", "en", "wn")) or t.lower in IRREGULAR_PARTICIPLES
        for t in tokens[word.first : word.last]
    ):
        return False
    if word.first and tokens[word.first - 1].lower in _BEFORE_ADJECTIVE:
        return False  # "put down to inhibited X"
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


def compound(scene: Scene, word: Mention) -> Link | None:
    """Return the relation in "X-induced Y", "X-stimulated release of Y"."""
    doer = next((t for t in scene.things if t.last == word.first - 1), None)
    if doer is None:
        return None
    chain = chain_of(scene, word)
    objects = [t for t in objects_of(scene, chain, scene.things) if t is not doer]
    if not objects:
        return None
    return Link(word, combined(scene, chain), tuple(objects), (doer,), words=tuple(chain))


def _inverted(scene: Scene, agents: Sequence[Mention], things: Sequence[Mention]) -> list[Mention]:
    """Return the subject that stands last: "Helped along by X is the release of Y"."""
    end = agents[-1].last
    after = [t for t in things if t.first >= end]
    if after and any(t.key in _BE for t in scene.tokens[end : after[0].first]):
        return scene.coordinated(after[0], after[1:])
    return []

"""Relations between mentions: which word does what to which thing, in active, passive and nominal form."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.arguments import Scene
from ketakb.extract.bearers import is_foreign, is_of_another, is_set_aside
from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.nominals import (
    IRREGULAR_PARTICIPLES,
    chain_of,
    combined,
    is_hidden,
    is_misread,
    nominal_before,
    noun_objects,
    objects_of,
)
from ketakb.extract.sentence import Sentence
from ketakb.hints import Final
from ketakb.language.segments import Clause, word_sets
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
_LESS: Final = frozenset({"less", "fewer", "lesser", "smaller", "lower", "reduced", "decreased"})
_BETWEEN_LESS: Final = frozenset(
    ["of", "the", "new", "fresh", "brain", "amounts", "amount", "levels", "level", "quantities", "its"]
)
_BEFORE_THING: Final = 5
_RESULTS: Final = frozenset(
    {"made", "had", "did", "didn't", "abolished", "prevented", "stopped", "failed", "reversed", "removed", "blunted"}
)
"""Verbs behind what experimenters do to a thing: "Blocking X made no difference"."""
_USUAL: Final = frozenset({"before", "normal", "usual", "it", "they", "in", "at", "you", "is", "was"})


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


def links_of(lexicon: Lexicon, sentence: Sentence, clause: Clause) -> list[Link]:
    """Return the relations that a clause expresses, with objects and explicit agents, in order."""
    inside = [m for m in sentence.mentions if clause.first <= m.first and m.last <= clause.last]
    things = [m for m in inside if not m.concept.startswith(("en:", "rel:"))]
    words = [m for m in inside if m.concept in lexicon.polarity and m.tag]
    words = [
        w
        for w in words
        if not is_hidden(w, words, things)
        and not is_misread(sentence.tokens, w, words)
        and not _is_gloss(sentence.tokens, w, words)
        and not _is_attribute(sentence.tokens, w, words, things)
        and not _is_of_denial(sentence, w)
    ]
    joined = [w for w in words if _is_joined(sentence.tokens, w)]
    scene = Scene(lexicon, sentence, clause, things, [w for w in words if w not in joined])
    found = [link for word in joined if (link := _compound(scene, word))]
    governed: set[tuple[int, int]] = set()
    for word in scene.words:
        if (word.first, word.last) in governed:
            found += _done_by_another(scene, word, found[-1])
            continue
        if is_set_aside(scene, word) or _is_wanting(scene, word):
            continue
        link = _link(scene, word, [m for link in found for m in link.objects])
        if link:
            if not link.passive and not _own_agents(scene, link) and is_of_another(scene, word, link.objects):
                link = replace(link, agents=(), foreign=True)
            elif (not link.agents and _is_done_by_nobody(scene, word, link.objects)) or (
                not link.agents and is_foreign(scene, word, link.passive, link.objects)
            ):
                link = replace(link, foreign=True)
            elif not link.agents and word.tag != "agents" and (link.passive or word.tag == "nouns"):
                rest = [t for t in scene.things if t not in link.objects]
                link = replace(link, agents=scene.under(word, rest))
            link = _lessened(scene, link)
            if link is None:
                continue
            found.append(link)
            governed |= {(m.first, m.last) for m in link.words if m is not word}
    done = [link.word for link in found if link.passive and link.word.tag == "verbs"]
    found = [
        link
        for link in found
        if (link.word.tag != "states" or not any(link.word.near(word) for word in done))
        and not (link.word.tag == "nouns" and (link.word.first, link.word.last) in governed and not link.own)
    ]
    return _respectively(scene, [part for link in found for part in _by_negation(sentence, link)])


def _done_by_another(scene: Scene, word: Mention, outer: Link) -> list[Link]:
    """Return what a noun says of its own doer under a verb of another: "prevents the loss of X by Y"."""
    if word.tag != "nouns":
        return []
    objects = noun_objects(scene, word, scene.things)
    agents = scene.by(word, [t for t in scene.things if t not in objects])
    last = max([word.last, *(m.last for m in objects)])
    if not objects or not agents or any(a in outer.agents for a in agents) or agents[0].first > last + 4:
        return []
    return [Link(word, scene.lexicon.polarity[word.concept], tuple(objects), agents, words=(word,), own=True)]


def _is_attribute(
    tokens: Sequence[Token], word: Mention, words: Sequence[Mention], things: Sequence[Mention]
) -> bool:
    """Whether a participle only tells of what state a thing is, behind a verb: "makes damaged X grow back"."""
    if word.tag != "verbs" or word.last - word.first != 1 or not tokens[word.first].lower.endswith("ed"):
        return False
    governed = any(w.tag == "verbs" and w.last == word.first and w.first < word.first for w in words)
    governed = governed or (word.first > 0 and tokens[word.first - 1].lower in ("a", "an"))  # "a raised X"
    return governed and any(t.first == word.last for t in things)


def _is_of_denial(sentence: Sentence, word: Mention) -> bool:
    """Whether a word is one of those that refute a report: "the idea that it lowers X has been dropped"."""
    return any(
        s.category in ("denial", "condition") and s.last <= s.cue_first <= word.first and word.last <= s.cue_last
        for s in sentence.scopes
    )


def _is_gloss(tokens: Sequence[Token], word: Mention, words: Sequence[Mention]) -> bool:
    """Whether a relation word only explains the one before it, in brackets: "blocks (antagonises) X"."""
    return (
        word.first > 0
        and tokens[word.first - 1].text in "(["
        and any(other.last == word.first - 1 for other in words)
    )


def _by_negation(sentence: Sentence, link: Link) -> list[Link]:
    """Part the objects that are denied from those that are not: "acts on A, not on B", "blocks not A but B"."""
    if len(link.objects) < 2 or (link.words and link.words[-1].gapped):
        return [link]
    inner = [m for m in link.objects if _denied_after(sentence, link.word.last, m)]
    if not inner or len(inner) == len(link.objects):
        return [link]
    outer = tuple(m for m in link.objects if m not in inner)
    return [replace(link, objects=outer), replace(link, objects=tuple(inner))]


def _denied_after(sentence: Sentence, at: int, thing: Mention) -> bool:
    """Whether a negation that begins behind a place reaches a thing."""
    return any(
        scope.category == "negation" and at <= scope.cue_first and scope.first <= thing.first < scope.last
        for scope in sentence.scopes
    )


def _is_wanting(scene: Scene, word: Mention) -> bool:
    """Whether an infinitive only says what a missing thing would be for: "no X to block"."""
    tokens = scene.tokens
    if word.first < 3 or tokens[word.first - 1].lower != "to":
        return False
    thing = next((t for t in scene.things if t.last == word.first - 1), None)
    return thing is not None and thing.first > 0 and tokens[thing.first - 1].lower == "no"


_HELPS = frozenset(map(key_of, ("help", "ease", "relieve", "lift", "improve", "treat", "heal", "benefit", "restore")))


_ENSUES: Final = frozenset(map(key_of, ("follow", "ensue", "result")))
_STOPPED_AT: Final = frozenset({"en:block", "en:prevent"})
_SITES: Final = frozenset({"at", "on", "from"})
_SITE_WORDS: Final = frozenset(
    {"binding", "docking", "attaching", "acting", "reaching", "to", "the", "its", "these", "with"}
)
_BEFORE_SUBJECT: Final = frozenset({"so", "that", "because", "and", "since", "but", ",", ";"})


def _is_done_by_nobody(scene: Scene, word: Mention, objects: Sequence[Mention]) -> bool:
    """Whether a gerund is itself the subject, in a clause that names no doer: "Blocking X made no difference"."""
    tokens, clause = scene.tokens, scene.clause
    begin = word.first
    while begin > clause.first and tokens[begin - 1].lower in _BEFORE_SUBJECT:
        begin -= 1
    if word.tag != "verbs" or begin != clause.first or not tokens[word.first].lower.endswith("ing"):
        return False
    after = max(word.last, *(m.last for m in objects))
    if after < clause.last and tokens[after].lower in ("it", "them", "these", "those"):
        after += 1
    if after >= clause.last or tokens[after].lower in _RESULTS:
        return after < clause.last
    if any(t.lower in ("it", "this", "that", "how") for t in tokens[after : clause.last]):
        return False
    if tokens[after].key in _HELPS:
        return False  # "Blocking X helps patients": a treatment does it
    named = any(m.concept in scene.lexicon.family for m in scene.things)
    verbs = word_sets()
    return not named and (tokens[after].lower in verbs["auxiliaries"] or tokens[after].key in verbs["verbs"])


def _own_agents(scene: Scene, link: Link) -> bool:
    """Whether the doer stands right at its noun: "the B blocker A", "A-induced", "by A"."""
    if link.word.tag == "verbs":
        return False
    return any(a.first >= link.word.last or link.word.first - a.last <= 2 for a in link.agents)


def _lessened(scene: Scene, link: Link) -> Link | None:
    """Turn round what raises less of a thing ("makes fewer X"); None for "little", which says neither."""
    thing, tokens = link.objects[0], scene.tokens
    at = thing.first - 1
    while at > scene.clause.first and thing.first - at <= _BEFORE_THING and tokens[at].lower in _BETWEEN_LESS:
        at -= 1
    if at < scene.clause.first:
        return link
    lower, before = tokens[at].lower, tokens[at - 1].lower if at else ""
    if lower in _LESS and before not in ("no", "not", "nothing"):
        near = range(thing.last, min(thing.last + 4, scene.clause.last))
        than = next((n for n in near if tokens[n].lower == "than"), 0)
        if than and than + 1 < len(tokens) and tokens[than + 1].lower not in _USUAL:
            return None  # less than with another drug, not than before
        if link.polarity > 0 and not any(w.first <= at < w.last for w in link.words if not w.gapped):
            return replace(link, polarity=-link.polarity)
        return link
    return None if link.polarity > 0 and lower in ("little", "few") and before != "a" else link


def _link(scene: Scene, word: Mention, taken: Sequence[Mention]) -> Link | None:
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
            objects = scene.left_open()
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

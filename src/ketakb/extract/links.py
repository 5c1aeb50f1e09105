"""Relations between mentions: which words of a clause do something to which things."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.arguments import Scene
from ketakb.extract.bearers import is_foreign, is_of_another, is_set_aside
from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.extract.nominals import is_hidden, is_misread
from ketakb.extract.sentence import Sentence
from ketakb.extract.voices import Link, compound, done_by_another, link_of
from ketakb.hints import Final
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token, key_of
from ketakb.values import replace

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

_BEFORE_A_NOUN: Final = frozenset(("the", "a", "an", "this", "these", "those", "your", "our", "main", "own"))
"""Words behind which a word in -ing tells what a thing is like."""


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
    found = [link for word in joined if (link := compound(scene, word))]
    governed: set[tuple[int, int]] = set()
    for word in scene.words:
        if (word.first, word.last) in governed:
            found += done_by_another(scene, word, found[-1])
            continue
        if is_set_aside(scene, word) or _is_wanting(scene, word):
            continue
        link = link_of(scene, word, [m for link in found for m in link.objects])
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


def _is_attribute(
    tokens: Sequence[Token], word: Mention, words: Sequence[Mention], things: Sequence[Mention]
) -> bool:
    """Whether a participle only tells what a thing is like: "makes damaged X grow back", "the body's calming X"."""
    if word.tag != "verbs" or word.last - word.first != 1:
        return False
    if tokens[word.first].lower.endswith("ing"):
        return _tells_what_kind(tokens, word, things)
    if not tokens[word.first].lower.endswith("ed"):
        return False
    governed = any(w.tag == "verbs" and w.last == word.first and w.first < word.first for w in words)
    governed = governed or (word.first > 0 and tokens[word.first - 1].lower in ("a", "an"))  # "a raised X"
    return governed and any(t.first == word.last for t in things)


def _tells_what_kind(tokens: Sequence[Token], word: Mention, things: Sequence[Mention]) -> bool:
    """Whether a word in -ing stands between an article or an owner and a thing; "A's blocking X" is what A does."""
    if not word.first or not any(t.first == word.last for t in things):
        return False
    before = tokens[word.first - 1].lower.replace("’", "'")
    owned = before.endswith(("'s", "s'")) and not any(t.last == word.first for t in things)
    return owned or before in _BEFORE_A_NOUN


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

"""Relations between mentions: which word does what to which thing, in active, passive and nominal form."""

from __future__ import annotations

from dataclasses import dataclass

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.extract.sentence import Sentence
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token

_BE = frozenset("be get become remain stay seem appear".split())
_IRREGULAR_PARTICIPLES = frozenset("shut cut put set let driven thrown shown taken given kept held built broken worn set".split())
_NOMINAL_BEFORE = frozenset("of at on in to for upon".split())
_PARTICIPLE_LOOK = 4
_REACH = 12


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


def links_of(lexicon: Lexicon, sentence: Sentence, clause: Clause) -> list[Link]:
    """Return the relations that a clause expresses, with objects and explicit agents, in order."""
    inside = [m for m in sentence.mentions if clause.first <= m.first and m.last <= clause.last]
    things = [m for m in inside if not m.concept.startswith(("en:", "rel:"))]
    words = [m for m in inside if m.concept in lexicon.polarity and m.tag]
    words = [w for w in words if not _hidden(w, words, things)]
    found: list[Link] = []
    for word in words:
        link = _link(lexicon, sentence, clause, word, words, things)
        if link:
            found.append(link)
    return found


def _hidden(word: Mention, words: list[Mention], things: list[Mention]) -> bool:
    """Whether a longer relation word covers this one ("shut * down" over "shut"), or a name does."""
    for other in words:
        if other is not word and other.first <= word.first and word.last <= other.last and (
            other.last - other.first > word.last - word.first
        ):
            return True
    return any(t.first <= word.first and word.last <= t.last and not t.gapped for t in things)


def _link(
    lexicon: Lexicon, sentence: Sentence, clause: Clause, word: Mention, words: list[Mention], things: list[Mention]
) -> Link | None:
    tokens = sentence.tokens
    targets = [t for t in things if not t.near(word) or word.gapped]
    polarity = lexicon.polarity[word.concept]
    tag = word.tag
    if tag == "verbs":
        if word.gapped:
            objects = [t for t in things if word.first <= t.first and t.last <= word.last]
            if objects:
                if _is_passive(tokens, clause, word):
                    return Link(word, polarity, tuple(objects), _by_agents(lexicon, tokens, clause, word, targets), True, (word,))
                return Link(word, polarity, tuple(objects), _before(lexicon, sentence, clause, word, targets), words=(word,))
        if _is_passive(tokens, clause, word):
            objects = _subject_side(lexicon, sentence, clause, word, targets)
            agents = _by_agents(lexicon, tokens, clause, word, targets)
            if objects:
                return Link(word, polarity, tuple(objects), agents, True, (word,))
        governed = _governed(tokens, word, words)
        objects = _object_side(lexicon, sentence, clause, governed or word, targets, words)
        if not objects:
            return None
        agents = _before(lexicon, sentence, clause, word, [t for t in targets if t not in objects])
        if governed:
            inner = lexicon.polarity[governed.concept]
            combined = polarity * inner if polarity and inner else polarity or inner
            return Link(word, combined, tuple(objects), agents, words=(word, governed))
        return Link(word, polarity, tuple(objects), agents, words=(word,))
    if tag in ("nouns", "agents"):
        if any(w is not word and w.tag == "verbs" and _governed(tokens, w, words) is word for w in words):
            return None
        objects = _noun_objects(lexicon, sentence, clause, word, targets)
        if not objects:
            return None
        agents = _by_agents(lexicon, tokens, clause, word, targets)
        if not agents:
            agents = _before(lexicon, sentence, clause, word, [t for t in targets if t not in objects])
        return Link(word, polarity, tuple(objects), agents, words=(word,))
    if tag in ("states", "intransitive"):
        objects = _subject_side(lexicon, sentence, clause, word, targets)
        if not objects:
            return None
        return Link(word, polarity, tuple(objects), _by_agents(lexicon, tokens, clause, word, targets), True, (word,))
    return None


def _is_passive(tokens: list[Token], clause: Clause, word: Mention) -> bool:
    """Whether a verb is a past participle that says something of what stands before it."""
    head = tokens[word.first]
    participle = head.lower.endswith(("ed", "en", "wn")) or head.lower in _IRREGULAR_PARTICIPLES
    if not participle:
        return False
    for place in range(word.first - 1, max(clause.first, word.first - _PARTICIPLE_LOOK) - 1, -1):
        token = tokens[place]
        if token.key in _BE or token.lower in {"being", "been", "'s", "it's", "they're"}:
            return True
        if token.key in ("hav", "has") or token.kind == "mark":
            break
    after = tokens[word.last : word.last + 3]
    return any(token.lower == "by" for token in after)


def _governed(tokens: list[Token], verb: Mention, words: list[Mention]) -> Mention | None:
    """Return the noun of relation that a verb takes as its object: "increases the release of"."""
    for other in words:
        if other.tag in ("nouns",) and verb.last <= other.first <= verb.last + 5:
            between = tokens[verb.last : other.first]
            if not any(t.kind == "mark" and t.text != "-" or t.lower in {"by", "and", "to", "of"} for t in between):
                return other
    return None


def _is_target(lexicon: Lexicon, mention: Mention) -> bool:
    return lexicon.kinds.get(mention.concept) not in ("route", "setting", "people", "body-public", "notion")


def _coordinated(tokens: list[Token], first: Mention, others: list[Mention]) -> list[Mention]:
    """Return a mention and those joined to it by commas, and, or."""
    found = [first]
    for other in others:
        last = found[-1]
        if other.first < last.last:
            if other.first >= last.first and other.last >= last.last:
                found.append(other)
            continue
        gap = tokens[last.last : other.first]
        if len(gap) > 5 or not any(t.lower in {"and", "or", ",", "/", "&", "nor"} for t in gap):
            break
        if any(t.lower in {"by", "but", "which", "while", "because", "with", "to", "from", "than", "is", "are", "for"} for t in gap):
            break
        found.append(other)
    return found


def _object_side(
    lexicon: Lexicon, sentence: Sentence, clause: Clause, word: Mention, things: list[Mention], words: list[Mention]
) -> list[Mention]:
    """Return what a verb or the noun it governs acts on: the next thing after it and what is joined to that."""
    tokens = sentence.tokens
    after = [t for t in things if t.first >= word.last and _is_target(lexicon, t)]
    for number, thing in enumerate(after):
        gap = tokens[word.last : thing.first]
        if len(gap) > _REACH or any(t.text in ";:—" for t in gap):
            return []
        if any(w.tag == "verbs" and word.last <= w.first < thing.first and not w.near(word) for w in words):
            return []
        if any(t.lower in {"by", "than", "unlike"} for t in gap):
            return []
        if lexicon.kinds.get(thing.concept) in AGENT_KINDS and number + 1 < len(after):
            continue
        return _coordinated(tokens, thing, after[number + 1 :])
    return []


def _subject_side(
    lexicon: Lexicon, sentence: Sentence, clause: Clause, word: Mention, things: list[Mention]
) -> list[Mention]:
    """Return the things that a passive or intransitive word says something of: the nearest before it."""
    tokens = sentence.tokens
    before = [t for t in things if t.last <= word.first and _is_target(lexicon, t)]
    for number in range(len(before) - 1, -1, -1):
        thing = before[number]
        gap = tokens[thing.last : word.first]
        if len(gap) > _REACH or any(t.text in ";:—" for t in gap):
            return []
        if lexicon.kinds.get(thing.concept) in AGENT_KINDS and number:
            continue
        joined = [thing]
        for other in reversed(before[:number]):
            between = tokens[other.last : joined[0].first]
            if len(between) > 3 or not any(t.lower in {"and", "or", ",", "nor"} for t in between):
                break
            joined.insert(0, other)
        return joined
    return []


def _noun_objects(
    lexicon: Lexicon, sentence: Sentence, clause: Clause, word: Mention, things: list[Mention]
) -> list[Mention]:
    """Return what a noun of action or of agent is about: "blockade of X", "X blockade", "antagonist at X"."""
    tokens = sentence.tokens
    head = tokens[word.last : word.last + 1]
    if (head and head[0].lower in _NOMINAL_BEFORE) or tokens[word.last - 1].lower in _NOMINAL_BEFORE:
        after = [t for t in things if t.first >= word.last and _is_target(lexicon, t)]
        if after and after[0].first - word.last <= 5:
            return _coordinated(tokens, after[0], after[1:])
    before = [t for t in things if t.last <= word.first and _is_target(lexicon, t)]
    if before:
        gap = tokens[before[-1].last : word.first]
        if len(gap) <= 2 and not any(t.lower in {"of", ",", "and", "is", "are", "a", "an"} or t.text in ".;:" for t in gap):
            return [before[-1]]
    return []


def _by_agents(
    lexicon: Lexicon, tokens: list[Token], clause: Clause, word: Mention, things: list[Mention]
) -> tuple[Mention, ...]:
    """Return the agents after "by" (or "on", "under", "from", "with") behind a passive or a noun."""
    by = next((at for at in range(word.last, min(clause.last, word.last + _REACH)) if tokens[at].lower == "by"), None)
    if by is None:
        return ()
    after = [t for t in things if t.first > by and lexicon.kinds.get(t.concept) in AGENT_KINDS]
    if after and after[0].first - by <= 4:
        return tuple(_coordinated(tokens, after[0], after[1:]))
    return ()


def _before(
    lexicon: Lexicon, sentence: Sentence, clause: Clause, word: Mention, things: list[Mention]
) -> tuple[Mention, ...]:
    """Return the agents before a verb, nearest first group, those named only for comparison left out."""
    contrasted = {id(sentence.mentions[n]) for n in sentence.contrasted}
    before = [
        t
        for t in things
        if t.last <= word.first and lexicon.kinds.get(t.concept) in AGENT_KINDS and id(t) not in contrasted
    ]
    if not before:
        return ()
    group = [before[-1]]
    for other in reversed(before[:-1]):
        gap = sentence.tokens[other.last : group[0].first]
        if len(gap) > 3 or not any(t.lower in {"and", "or", ",", "nor", "&"} for t in gap):
            break
        group.insert(0, other)
    return tuple(group)

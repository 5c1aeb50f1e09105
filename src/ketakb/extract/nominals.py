"""Which words are read as nouns of action, what governs what, and what a chain of words is about."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.arguments import Scene, is_list
from ketakb.extract.doers import REACH
from ketakb.extract.lexicon import Mention
from ketakb.extract.scene import JOINING
from ketakb.hints import Final
from ketakb.language.tokens import Token, key_of

IRREGULAR_PARTICIPLES: Final = frozenset(
    {
        "broken", "built", "cut", "driven", "given", "held", "kept", "let", "put", "set", "shown",
        "shut", "taken", "thrown", "worn"
    }
)
_NOMINAL_BEFORE: Final = frozenset(["of", "at", "on", "in", "to", "for", "upon", "against"])
_DETERMINERS: Final = frozenset(
    {
        "a", "an", "any", "by", "complete", "from", "his", "in", "into", "its", "no", "of",
        "partial", "potent", "selective", "some", "the", "their", "this", "through", "via", "with"
    }
)
_EFFECTS: Final = frozenset({"effect", "action", "activity", "influence"})
_ACTING_AT: Final = frozenset(
    {
        "act", "acting", "acts", "at", "binding", "binds", "directed", "for", "of", "on",
        "selective", "targeting", "targets", "that", "the", "to", "which", "working", "works"
    }
)
_AIMED: Final = frozenset({"targeting", "targeted", "directed", "selective", "specific"})
_NOUN_BARRIERS: Final = frozenset(
    {
        "after", "are", "as", "but", "by", "can", "during", "has", "have", "is", "may", "that",
        "through", "to", "via", "was", "were", "which", "with"
    }
)
_NOT_GOVERNING: Final = frozenset(
    {
        "after", "and", "as", "at", "by", "during", "for", "from", "of", "on", "or", "that", "through",
        "to", "via", "was", "were", "which", "with"
    }
)
_AFTER_NOUN_ONLY: Final = frozenset(
    {"seen", "found", "observed", "did", "does", "was", "were", "is", "has", "had"}
)
_ARTICLES: Final = frozenset({"a", "an", "the", "no"})
_ADJECTIVE: Final = ("ant", "ent", "ive", "ed", "al", "ic", "ble", "er", "arp", "ate", "eep", "all", "ght")
_NAMED_AFTER: Final = frozenset({"factor", "factors", "hormone", "hormones"})
"""Nouns that make a name of the noun of action before them."""
_MEASURED: Final = frozenset({"rate", "extent", "degree", "level", "levels", "amount", "magnitude", "speed"})
_LONGEST_CHAIN: Final = 3
REACH_BACK: Final = 8
_GOVERN_LOOK: Final = 6


def is_hidden(word: Mention, words: Sequence[Mention], things: Sequence[Mention]) -> bool:
    """Whether a longer relation word covers this one ("shut * down" over "shut"), or a name does."""
    for other in words:
        if (
            other is not word
            and other.first <= word.first
            and word.last <= other.last
            and (
                other.last - other.first > word.last - word.first
                or (other.last - other.first == word.last - word.first and word.gapped and not other.gapped)
            )
        ):
            return True
    # "the enzyme that breaks X down" is one target, gap or not; "lifts your mood" is an effect and its verb
    return any(
        t.first <= word.first and word.last <= t.last and (not t.gapped or t.first < word.first) for t in things
    )


def _is_participle(lower: str) -> bool:
    return lower.endswith("ed") or lower in IRREGULAR_PARTICIPLES


_GET: Final = key_of("get")
_PASSIVE: Final = frozenset((_GET, "be"))
_WEIGHS: Final = frozenset(map(key_of, ("matter", "count", "weigh", "mean", "help", "work", "know", "learn", "like")))


def is_misread(tokens: Sequence[Token], word: Mention, words: Sequence[Mention]) -> bool:
    """Whether a word that is both verb and noun ("a block of", "to block") is read as the other here."""
    head, ahead = tokens[word.first].lower, tokens[word.first - 1].lower if word.first else ""
    named = tokens[word.last].lower if word.last < len(tokens) else ""
    if word.tag == "nouns" and word.last - word.first == 1 and named in _NAMED_AFTER:
        return True  # "growth factor", "release hormone"
    if named in ("protein", "proteins") and head.endswith("ing"):
        return True  # "binding protein"
    if word.last - word.first == 1 and tokens[word.first].key == _GET and _is_participle(named):
        return True  # "gets blocked"
    if head == "more" and word.first and tokens[word.first - 1].key in _WEIGHS:
        return True  # "matters more"
    plain = not head.endswith(("ed", "ing")) and head not in IRREGULAR_PARTICIPLES
    if plain and word.tag == "verbs" and ahead in ("a", "an", "the", "its"):
        return True  # "a gate for X"
    if word.tag == "intransitive" and plain and not head.endswith("s") and word.first > 1:
        if ahead in _ARTICLES or (tokens[word.first - 2].lower in _ARTICLES and ahead.endswith(_ADJECTIVE)):
            return True  # "a significant decrease in"
    following = tokens[word.last].lower if word.last < len(tokens) else ""
    if plain and word.tag == "verbs" and following == "-" and tokens[word.last].start == tokens[word.last - 1].end:
        return True  # "double-blind"
    bare = plain and word.tag == "verbs" and head == tokens[word.first].key and ahead != "to"
    if bare and following in _AFTER_NOUN_ONLY:
        return True  # "the shift seen in cells"
    both = {
        w.tag for w in words if w.first == word.first and w.last == word.last and w.concept == word.concept
    }
    if not {"verbs", "nouns"} <= both or word.tag not in ("verbs", "nouns"):
        return False
    return (word.tag == "nouns") != _reads_as_noun(tokens, word)


def _reads_as_noun(tokens: Sequence[Token], word: Mention) -> bool:
    head = tokens[word.last - 1]
    before = tokens[word.first - 1].lower if word.first else ""
    after = tokens[word.last].lower if word.last < len(tokens) else ""
    if head.lower.endswith("ed"):
        return False
    if tokens[word.first].lower in IRREGULAR_PARTICIPLES and word.first and tokens[word.first - 1].key in _PASSIVE:
        return False  # "gets cut back by"
    if after in ("of", "by"):
        return True
    if head.lower.endswith("ing"):
        return before in ("the", "a", "-")
    if before in _DETERMINERS:
        return True
    # "the receptor that X blocks." is a verb; "X binding," a noun
    return after in ("in", "at", ",", ".", ")") and (not head.lower.endswith("s") or head.lower == head.key)


def _governed(scene: Scene, verb: Mention) -> Mention | None:
    """Return the word of relation that a verb takes as its object.

    A noun ("increases the release of"), an adjective ("leads to reduced"), or a further verb
    ("prevents X from activating", "stops blocking", "helps to build").
    """
    tokens = scene.tokens
    if verb.concept == "en:treat" and any(
        w.first == verb.first and w.last == verb.last and w.tag == "verbs" and scene.lexicon.polarity[w.concept] < 0
        for w in scene.words
    ):
        return None  # "reduces the loss of X" lessens the loss; it does not treat it
    for other in scene.words:
        if not verb.last <= other.first <= verb.last + _GOVERN_LOOK:
            continue
        between = [t.lower for t in tokens[verb.last : other.first]]
        if any(t.kind == "mark" and t.text != "-" for t in tokens[verb.last : other.first]):
            return None
        measured = [
            word for at, word in enumerate(between) if not (word == "of" and at and between[at - 1] in _MEASURED)
        ]
        if other.tag == "nouns" and not (
            _NOT_GOVERNING & set(measured[1:] if verb.tag == "nouns" else measured)
        ):
            return other
        if other.tag == "verbs" and verb.tag == "verbs":
            if (
                "from" in between
                and scene.lexicon.polarity[verb.concept] < 0
                and tokens[other.first].lower.endswith(("ing", "ed"))
            ):
                return other
            if not between and tokens[other.first].lower.endswith("ing"):
                return other
        if other.tag == "states" and not between and verb.concept == "en:cause":
            return other
    return None


def nominal_before(scene: Scene, word: Mention) -> Mention | None:
    """Return the noun of action that is the subject of a passive: "the release of X is blocked"."""
    for other in reversed(scene.words):
        if other.tag == "nouns" and other.last <= word.first and word.first - other.last <= REACH_BACK:
            between = scene.tokens[other.last : word.first]
            if any((t.kind == "mark" and t.text not in "-()") or t.lower in JOINING for t in between):
                continue
            if any(t.lower == "by" for t in scene.tokens[max(0, other.first - 4) : other.first]):
                continue  # "the release of X by Y activation was blocked": the doer's own noun
            if any(w.tag == "verbs" and other.last <= w.first and w.last <= word.first for w in scene.words):
                continue
            return other
    return None


def chain_of(scene: Scene, word: Mention) -> list[Mention]:
    """Return a word with those that it governs in turn: "leads to an increase in the inhibition of"."""
    chain = [word]
    while len(chain) < _LONGEST_CHAIN and (inner := _governed(scene, chain[-1])) is not None:
        chain.append(inner)
    return chain


def objects_of(scene: Scene, chain: Sequence[Mention], things: Sequence[Mention]) -> list[Mention]:
    """Return what a chain of words acts on in the end."""
    last = chain[-1]
    if last.tag in ("nouns", "agents"):
        return noun_objects(scene, last, things)
    held = [t for t in things if last.first <= t.first and t.last <= last.last] if last.gapped else []
    return held or scene.after(last, things)


def combined(scene: Scene, chain: Sequence[Mention]) -> int:
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


def noun_objects(scene: Scene, word: Mention, things: Sequence[Mention]) -> list[Mention]:
    """Return what a noun of action or of agent is about: "blockade of X", "X blockade", "antagonist at X"."""
    tokens = scene.tokens
    behind = scene.behind_gloss(word.last)
    if word.tag == "agents" and behind < len(tokens) and tokens[behind].lower in _ACTING_AT:
        after = [t for t in things if t.first >= word.last and scene.is_object(t)]
        if after and all(t.lower in _ACTING_AT for t in scene.gap(word.last, after[0].first)):
            return scene.coordinated(after[0], after[1:])
    if tokens[word.last - 1].key in _EFFECTS and (
        on := _place_of(scene, word, {"on", "at", "against", "upon"})
    ):
        after = [t for t in things if t.first > on and scene.is_object(t)]
        if after and after[0].first - on <= 5:
            return scene.coordinated(after[0], after[1:])
    follows = behind < len(tokens) and tokens[behind].lower in (
        _NOMINAL_BEFORE | _AIMED if word.tag == "agents" else _NOMINAL_BEFORE
    )
    if follows or tokens[word.last - 1].lower in _NOMINAL_BEFORE:
        after = [t for t in things if t.first >= word.last and scene.is_object(t)]
        if after:
            gap = scene.gap(word.last, after[0].first)
            inside = [
                w
                for w in scene.words
                if w.first >= word.last
                and w.last <= after[0].first
                and w.tag != "states"
                and tokens[w.first].lower != "including"
            ]
            if (
                len(gap) <= 5
                or (is_list(gap) and not inside)
                or (len(gap) <= REACH
                and not inside
                and not any(t.lower in _NOUN_BARRIERS or t.text in ".;:" for t in gap[1:]))
            ):
                return scene.coordinated(after[0], after[1:])
    before = [t for t in things if t.last <= word.first and scene.is_object(t)]
    if before and not tokens[before[-1].last - 1].lower.endswith("'s"):
        gap = scene.gap(before[-1].last, word.first)
        joined = word.tag == "agents" and len(gap) in (2, 3) and gap[0].lower in ("and", "or", "/")
        barred = {"of", ",", "is", "are", "a", "an", "by", "with", "as", "the", "in", "that", "which", "was", "were"}
        if (len(gap) <= 2 or joined) and not any(
            t.lower in barred or t.text in ".;:" or (t.lower == "and" and not joined) for t in gap
        ):
            group = [before[-1]]
            for other in reversed(before[:-1]):
                between = scene.gap(other.last, group[0].first)
                if (
                    word.tag != "agents"
                    or len(between) > 2
                    or not any(t.lower in {"and", "or", "/", ","} for t in between)
                ):
                    break
                group.insert(0, other)
            return group
    return []

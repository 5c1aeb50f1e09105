"""What a denial leaves of a statement: ways of speaking that bound, stop or only tell how, and do not deny."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.lexicon import Lexicon, Mention, OwnedFrame
from ketakb.extract.sentence import Sentence
from ketakb.extract.views import View
from ketakb.language.quantities import Quantity
from ketakb.language.scopes import Scope
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.language.tokens import key_of

_WERE = frozenset({"was", "were"})
_MERELY = frozenset(("only", "solely", "just", "simply", "purely", "entirely", "merely"))
_GOING_ON = frozenset(map(key_of, ("keep", "kept", "continue", "go", "goes", "carry")))
_STUDIES = frozenset(("study",))
_ALL_STUDIES = frozenset(("en:every-trial", "en:no-trial", "en:no-trial-of"))
"""What speaks of all studies that there are, and so of none in particular."""
_NOT_ALL = frozenset(("en:not-every", "en:not-all"))
_AT_TIMES = (["always"], ["necessarily"], ["invariably"], ["automatically"], ["universally"])
_DEGREES = frozenset(("how", "more", "less", "as", "so", "to", "tell", "ask", "warn", "inform", "remind", "watch"))
_LIKE = frozenset(("like", "unlike", "than"))
_TELLING = frozenset(map(key_of, ("agrees", "knows", "says", "believes", "thinks", "accepts", "understands")))
_UNTIL = frozenset(("till", "until", "because", "unless", "while"))
_FAR = 16
"""Tokens from which on a denial stands too far from a word to be of it."""


def is_of_one_study(lexicon: Lexicon, sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells of one study: by its name, or in the past where a study was spoken of just before."""
    if not sentence.concepts.isdisjoint(_ALL_STUDIES) and sentence.concepts.isdisjoint(_NOT_ALL):
        return False
    if "en:one-study" in sentence.concepts or not sentence.concepts.isdisjoint(lexicon.of_kinds[_STUDIES]):
        return True
    return sentence.reported and any(t.lower in _WERE for t in sentence.tokens[clause.first : clause.last])


def stands_before(sentence: Sentence, things: Sequence[Mention], cues: Sequence[Scope]) -> bool:
    """Whether things stand before a ", not" that denies only what follows it."""
    return any(
        cue.category == "negation"
        and cue.cue_first
        and sentence.tokens[cue.cue_first - 1].text == ","
        and all(thing.last < cue.cue_first for thing in things)
        for cue in cues
    )


def is_of_manner(sentence: Sentence, clause: Clause, word: Mention) -> bool:
    """Whether it is denied only how something comes about: "does not treat X by doing Y", "... in the same way"."""
    ahead = [token.lower for token in sentence.tokens[max(clause.first, word.first - 2) : word.first]]
    if len(ahead) == 2 and ahead[1] in ("by", "through") and ahead[0] in _MERELY:
        return True  # "does not work only by doing Y"
    words = [token.lower for token in sentence.tokens[word.last : clause.last]]
    for at, one in enumerate(words[:-1]):
        if one == "by" and words[at + 1].endswith("ing"):
            return True
        if one in ("by", "in", "through", "via") and words[at + 1 : at + 3] == ["the", "same"]:
            return True
    return False


def is_of_another_verb(sentence: Sentence, word: Mention, cues: Sequence[Scope]) -> bool:
    """Whether all that would deny a word denies something else in truth: "you need no dissociation", "not until they".

    Between a denial and what does not occur stand verbs of occurring at most: "does not cause", "was never seen to".
    """
    before = [c for c in cues if c.category == "negation" and c.cue_last <= word.first]
    return bool(before) and all(_has_another_verb(sentence, c.cue_last, word.first) for c in before)


def _has_another_verb(sentence: Sentence, first: int, last: int) -> bool:
    sets = word_sets()
    return any(
        token.lower in _UNTIL or (token.key in sets["verbs"] and token.key not in sets["occurring"])
        for token in sentence.tokens[first:last]
    )


def is_of_direction(lexicon: Lexicon, owned: OwnedFrame) -> bool:
    topic = lexicon.store.topics.get(owned.topic or "")
    return topic is not None and topic.comparator == "direction"


def is_of_presence(lexicon: Lexicon, owned: OwnedFrame) -> bool:
    topic = lexicon.store.topics.get(owned.topic or "")
    return topic is not None and topic.comparator == "presence"


def is_only_stopped(sentence: Sentence, word: Mention) -> bool:
    """Whether it is denied only that something goes on: "does not keep raising X", "does not continue to block Y"."""
    at = word.first - 1
    while at > 0 and sentence.tokens[at].lower in ("on", "to", "forever", "further"):
        at -= 1
    return sentence.tokens[at].key in _GOING_ON


def is_indirect(view: View) -> bool:
    tokens = view.sentence.tokens[view.clause.first : view.clause.last]
    return any(token.lower in ("directly", "itself") and at for at, token in enumerate(tokens))


def is_at_times(sentence: Sentence, anchor: Mention) -> bool:
    """Whether right before a word stands a negation that reaches no more than "always", "necessarily"."""
    return any(
        s.category == "negation"
        and 0 <= anchor.first - s.last <= 1
        and [t.lower for t in sentence.tokens[s.cue_last : s.last]] in _AT_TIMES
        for s in sentence.scopes
    )


def denies_only(sentence: Sentence, cues: Sequence[Scope]) -> bool:
    """Whether what is denied is that a thing is the only one."""
    words = [[t.lower for t in sentence.tokens[cue.cue_last : cue.cue_last + 2]] for cue in cues]
    return any(two[0] == "the" and two[1] in ("only", "sole") for two in words if len(two) == 2)


def is_lacked(view: View, anchor: Mention, objects: Sequence[Mention]) -> bool:
    """Whether what begins a sentence is then said to be what another has not: "approval is something X lacks"."""
    ahead = min([anchor.last, *(m.last for m in objects)])
    return any(
        sign.concept == "lacked" and ahead <= sign.first <= ahead + _FAR and sign.first >= view.clause.first - _FAR
        for sign in view.sentence.signs
    )


def only_bounds(quantity: Quantity, cues: Sequence[Scope]) -> bool:
    """Whether all that would deny is a part of the number itself: "no fewer than ten"."""
    places = [c.cue_first for c in cues if c.category in ("negation", "denial")]
    return bool(places) and all(quantity.first <= place < quantity.last for place in places)


def denied_here(view: View, cues: Sequence[Scope]) -> bool:
    """Whether what denies a clause stands in it or in the one before it, and not further off."""
    before = [c.first for c in view.sentence.clauses if c.last == view.clause.first]
    reach = min([view.clause.first, *before])
    return view.sentence.denied or any(c.category in ("negation", "denial") and c.cue_first >= reach for c in cues)


def is_of_degree(sentence: Sentence, word: Mention) -> bool:
    """Whether a word for a share is none of those treated: "how often", "everyone agrees that", "like most X"."""
    if word.last < len(sentence.tokens) and sentence.tokens[word.last].key in _TELLING:
        return True
    if any(t.lower in _LIKE for t in sentence.tokens[max(0, word.first - 2) : word.first]):
        return True
    return word.first > 0 and sentence.tokens[word.first - 1].lower in _DEGREES

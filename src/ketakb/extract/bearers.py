"""Whether a relation word is said of the one that the text is about, or of somebody or something else."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.arguments import Scene
from ketakb.extract.lexicon import Mention
from ketakb.hints import Final
from ketakb.language.segment_words import word_sets
from ketakb.language.tokens import key_of

_BE: Final = frozenset({"be", "act", "work", "serv", "function", "behav", "remain"})
_DETERMINERS: Final = frozenset({"a", "an", "the", "another", "any", "some", "other", "one"})
_INDEFINITE: Final = frozenset(
    {
        "a",
        "an",
        "any",
        "some",
        "other",
        "another",
        "most",
        "many",
        "certain",
        "few",
        "those",
        "these",
        "no",
        "every",
    }
)
_POINTING: Final = frozenset({"the", "these", "this", "that", "our", "its"})
_BARE: Final = frozenset(
    {
        "drugs",
        "medicines",
        "medications",
        "compounds",
        "agents",
        "substances",
        "chemicals",
        "molecules",
        "treatments",
    }
)
_SETTING_OFF: Final = frozenset(
    {"from", "than", "other", "unlike", "like", "older", "most", "many", "to", "of", "those"}
)
_SAYING_WHAT: Final = frozenset(
    {"as", "its", "called", "termed", "considered", "'s", "it's", "that's", "they're", "which's"}
)
_PLURAL: Final = frozenset({"mice", "people", "children", "women", "men"})
_LINKING: Final = frozenset(
    {"and", "or", "but", "also", "not", "both", "as", "its", "is", "mainly", "primarily", "chiefly", "only"}
)
_GOING_ON: Final = frozenset(
    {"and", "because", "but", "for", "given", "in", "known", "like", "or", "sold", "that", "when", "which", "with"}
)
_FINDING: Final = frozenset({"find", "see", "detect", "show", "observ", "measur", "report", "demonstrat", "prov"})
_WALK: Final = 6
_ACTING: Final = frozenset({"did", "does", "had", "has", "would", "will", "can", "makes", "kept"})
_AMONG: Final = [[word, article] for word in ("of", "to", "among", "with") for article in ("the", "those", "these")]
_OTHERS: Final = frozenset(
    key_of(word)
    for word in [
        *_BARE,
        "pills",
        "tablets",
        "cells",
        "neurons",
        "mice",
        "rats",
        "rodents",
        "animals",
        "enzymes",
        "people",
        "patients",
        "those",
        "products",
    ]
)


def is_set_aside(scene: Scene, word: Mention) -> bool:
    """Whether a verb stands right behind "rather than", "instead of": what is not done."""
    return any(
        sign.concept == "contrast"
        and sign.last - sign.first > 1
        and 0 <= word.first - sign.last <= 1
        and word.tag in ("verbs", "states")
        for sign in scene.sentence.signs
    )


def is_foreign(scene: Scene, word: Mention, passive: bool, objects: Sequence[Mention]) -> bool:
    """Whether a relation without a named doer is said of somebody else than the one spoken of."""
    if _is_unfound(scene, word):
        return True
    if word.tag == "agents":
        return not _is_predicate(scene, word, objects)
    if passive:
        return _is_of_condition(scene) or _is_done_by_others(scene, word) or _is_made_so(scene, word)
    if _has_other_subject(scene, word) or _has_unknown_subject(scene, word) or _is_of_other_drugs(scene, word):
        return True
    return _is_of_any(scene) or _bears_on(scene, word, objects)


def is_of_another(scene: Scene, word: Mention, objects: Sequence[Mention]) -> bool:
    """Whether a relation is a subject or an object of its own where the clause names another's doer.

    "X raised A, and blocking B abolished it", "an effect that a B blocker prevented".
    """
    tokens = scene.tokens
    last = max(m.last for m in (word, *objects))
    if word.first <= scene.clause.first or last >= len(tokens):
        return word.tag == "verbs" and word.first > scene.clause.first and _is_of_any_inside(scene, word)
    before, after = tokens[word.first - 1], tokens[last]
    acts = after.lower.endswith("ed") or after.lower in _ACTING
    if word.tag == "verbs" and _is_of_any_inside(scene, word):
        return True
    if word.tag == "verbs":
        joined = before.lower in ("and", "but", "while", "whereas", "when") or before.text in ",;:"
        return joined and tokens[word.last - 1].lower.endswith("ing") and acts
    first = min(m.first for m in (word, *objects))
    articles = {"a", "an", "the", "other", "another", "any"}
    at = first - 1
    while at > scene.clause.first and tokens[at].lower.endswith(("ive", "ent", "ic")):
        at -= 1
    return (
        word.tag == "agents"
        and acts
        and tokens[at].lower in articles
        and at > scene.clause.first
        and tokens[at - 1].text not in ",(–—"
        and tokens[at - 1].key not in _BE
    )


def _is_of_any_inside(scene: Scene, word: Mention) -> bool:
    """Whether a relative clause within the clause speaks of other drugs: "unlike the drugs that act on X"."""
    tokens, at = scene.tokens, word.first - 1
    while at > scene.clause.first and (
        tokens[at].lower in word_sets()["auxiliaries"] or tokens[at].lower.endswith(("ly", "not"))
    ):
        at -= 1
    reduced = tokens[word.first].lower.endswith(("ed", "ing")) and at == word.first - 1 and at > scene.clause.first
    if reduced and tokens[at].key in _OTHERS and tokens[at].lower.endswith("s"):
        ahead = [t.lower for t in tokens[max(0, at - 2) : at]]
        return ahead not in _AMONG  # "sooner than with drugs aimed at X", but "one of the drugs aimed at X"
    if tokens[at].lower not in ("that", "which", "who") or at - 1 < scene.clause.first:
        return False
    if tokens[at - 1].key not in _OTHERS:
        return False
    if at > 1 and tokens[at - 2].lower in _SETTING_OFF:
        return True  # "works differently from drugs that raise X"
    begin = max(scene.clause.first, at - _WALK)
    return not any(
        t.key in _BE or t.lower in ("as", "'s") or (t.lower in ("a", "an") and tokens[n - 1].kind == "mark")
        for n, t in enumerate(tokens[begin:at], begin)
    )


def _is_unfound(scene: Scene, word: Mention) -> bool:
    """Whether it is only said that something was not found: silence on what is so."""
    tokens = scene.tokens
    return any(
        tokens[at].key in _FINDING
        and any(s.category == "negation" and s.cue_last <= at < s.last for s in scene.sentence.scopes)
        for at in range(scene.clause.first, word.first)
    )


def _has_other_subject(scene: Scene, word: Mention) -> bool:
    """Whether the words before a verb name another cause: stress, alcohol, the illness."""
    others = word_sets()["others"]
    begin = scene.clause.first
    if scene.clause.opener in ("that", "which", "who"):
        begin = max(0, begin - 2)  # "stress, which blocks X"
    return any(t.key in others for t in scene.tokens[begin : word.first])


def _has_unknown_subject(scene: Scene, word: Mention) -> bool:
    """Whether the one word before a verb, at the head of its clause, names what no store knows: "Xenon blocks X"."""
    tokens, place = scene.tokens, word.first - 1
    while place > scene.clause.first and tokens[place].lower.endswith("ly"):
        place -= 1
    if word.tag != "verbs" or place < scene.clause.first:
        return False
    head, sets = tokens[place], word_sets()
    ahead = [t for t in tokens[scene.clause.first : place] if t.kind == "word"]
    if head.kind != "word" or any(t.lower != scene.clause.opener for t in ahead) or head.lower == scene.clause.opener:
        return False
    if not tokens[word.first].lower.endswith(("s", "ed")) or len(head.lower) < 4:
        return False
    if head.lower in sets["pronouns"] or head.lower in sets["auxiliaries"]:
        return False
    if head.key in sets["verbs"] or head.key in _OWN_WORDS:
        return False
    if head.lower.endswith(("ly", "ing", "ed")):
        return False
    return not any(m.first <= place < m.last for m in scene.sentence.mentions)


def _is_of_other_drugs(scene: Scene, word: Mention) -> bool:
    """Whether a clause begins with drugs that it does not name: "Other medicines block X"."""
    words = [t.lower for t in scene.tokens[scene.clause.first : word.first] if t.kind == "word"]
    words = words[1:] if words[:1] == [scene.clause.opener] else words
    noun = next((n for n, w in enumerate(words) if w not in _INDEFINITE), 0)
    return 0 < noun < len(words) and words[noun] in _BARE and words[0] not in ("these", "those", "no")


_OWN_WORDS: Final = frozenset(
    key_of(word)
    for word in [
        "treatment", "therapy", "infusion", "infusions", "medicine", "medication", "drug", "dose", "doses",
        "administration", "use", "drip", "spray", "injection", "session", "sessions", "product", "compound",
        "molecule", "agent", "substance", "course", "it's", "that's", "what", "which", "who", "research",
        "studies", "study", "evidence", "science", "scientists", "researchers", "doctors", "experts",
        "trials", "data", "results", "findings", "also", "then", "thus", "both", "only", "just", "instead",
        "rather", "still", "even", "always", "never", "often", "sometimes", "usually", "normally",
        "typically", "not", "actually", "basically", "essentially", "here", "there", "now", "anaesthetic",
        "medicine's", "action", "effect", "effects", "mechanism", "exposure", "blockade",
    ]
)
"""Words at the head of a clause that stand for the drug spoken of, or for nothing."""


def _is_done_by_others(scene: Scene, word: Mention) -> bool:
    """Whether a passive puts down to another cause what was done: "X lost to stress", "damaged by alcohol"."""
    tokens, others = scene.tokens, word_sets()["others"]
    for at in range(word.last, min(word.last + 2, scene.clause.last)):
        if tokens[at].lower in ("by", "to", "from", "through", "under", "in"):
            return any(t.key in others for t in tokens[at + 1 : min(at + 4, scene.clause.last)])
    return False


def _is_of_any(scene: Scene) -> bool:
    """Whether a relative clause speaks of any drug: "a drug that blocks X"."""
    clause = scene.clause
    if clause.opener not in ("that", "which", "who") or not clause.first:
        return False
    ahead = clause.first + 1
    if ahead < len(scene.tokens) and scene.tokens[ahead].lower in word_sets()["pronouns"]:
        return False  # "one says that it blocks X"
    before = next((c for c in scene.sentence.clauses if c.last == clause.first), None)
    last = [t.lower for t in scene.tokens[max(0, clause.first - 2) : clause.first]]
    if last[-1] in _BARE and last[0] in _SETTING_OFF:
        return True  # "works differently from drugs that raise X"
    if last[-1] in _PLURAL and last[0] not in _POINTING:
        return True  # "mice that could not make X"
    if before is None or any(
        scene.acts(m) for m in scene.sentence.mentions if before.first <= m.first and m.last <= before.last
    ):
        return False
    words = [t for t in scene.tokens[before.first : before.last] if t.kind == "word"]
    if len(words) > 1 and words[-1].lower.endswith("s") and not any(t.lower in _POINTING for t in words[-4:-1]):
        return True  # "cells that release X"
    return bool(words) and (words[-1].lower in _BARE or any(t.lower in _INDEFINITE for t in words[-4:-1]))


def _is_of_condition(scene: Scene) -> bool:
    """Whether a state without a doer is that of an illness: "in depression X is overactive"."""
    mentions = scene.sentence.mentions
    return any(scene.kind(m) == "condition" for m in mentions) and not any(scene.acts(m) for m in mentions)


def _is_made_so(scene: Scene, word: Mention) -> bool:
    """Whether a state is one in which a drug was tried: "With X blocked, the drug lost its effect"."""
    tokens, clause = scene.tokens, scene.clause
    if tokens[clause.first].lower != "with" or word.last >= len(tokens) or tokens[word.last].text != ",":
        return False
    return any(scene.acts(m) and m.first == word.last + 1 for m in scene.sentence.mentions)


def _bears_on(scene: Scene, word: Mention, objects: Sequence[Mention]) -> bool:
    """Whether an action is said to bear on a drug, not to be its own: "blocking X undoes the effect of Y"."""
    tokens = scene.tokens
    last = max(m.last for m in (word, *objects))
    agent = next((t for t in scene.things if t.first >= last and scene.acts(t)), None)
    if agent is not None and agent.concept not in scene.lexicon.family:
        return False  # "helps those who did not respond to usual drugs"
    if agent is None or any(t.last <= word.first and scene.acts(t) for t in scene.things):
        return False
    between = tokens[last : agent.first]
    if any(t.key == "be" or t.text in ",;:" for t in between):
        return False
    possessive = tokens[agent.last - 1].lower.endswith(("'s", "s'"))
    return (possessive and len(between) > 0) or (scene.is_oblique(agent) and len(between) > 1)


def _is_predicate(scene: Scene, word: Mention, objects: Sequence[Mention]) -> bool:
    """Whether a noun of agent says what something is: "is an X blocker", "Class: X blocker"."""
    tokens = scene.tokens
    first = min([word.first, *(m.first for m in objects if m.last <= word.first)])
    end = max([word.last, *(m.last for m in objects)])
    closing = end >= scene.clause.last or tokens[end].kind == "mark"
    closing = closing or tokens[end].lower in _GOING_ON or tokens[end].lower.endswith(("ed", "ing"))
    at = first
    for at in range(first - 1, max(scene.clause.first, first - _WALK) - 1, -1):
        token = tokens[at]
        if token.key in _BE or token.lower in _SAYING_WHAT:
            return True
        if token.kind == "mark" and token.text not in "-/":
            return True
        if token.lower in _DETERMINERS:
            if at == scene.clause.first:
                return closing
            before = tokens[at - 1]
            if before.kind == "mark":
                return closing
            return before.key in _BE or before.lower in _LINKING or before.lower.endswith("ly")
    return closing if at <= scene.clause.first else False

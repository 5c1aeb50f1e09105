"""Which agents a clause names as those it is about, and which only beside them."""

from __future__ import annotations

from collections.abc import Sequence

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.extract.sentence import Sentence, is_said_to_be
from ketakb.extract.subjects import OBLIQUE, is_beside_it, is_singled_out, it_as_subject
from ketakb.language.segment_words import word_sets
from ketakb.language.segments import Clause
from ketakb.language.tokens import Token, key_of

_RELATIVE = frozenset({"which", "who"})
_CLASS = frozenset({"class"})
_NOWHERE: frozenset[int] = frozenset()
_ON_DRUGS = frozenset(
    map(key_of, ("patients", "people", "those", "adults", "half", "anyone", "everyone", "participants"))
)
_LEADING = [[word] for word in ("where", "while", "whereas", "when", "but", "and", "though", "although", "that", "as")]
_BASED = frozenset(
    {"based", "class", "dependent", "derived", "free", "induced", "like", "naive", "refractory", "related", "resistant",
     "sparing", "type"}
)
_LIKENED = frozenset({"resembling", "mimicking"})
_WHO = frozenset({"who", "whose", "that"})
_MIXTURE = frozenset(map(key_of, ("mixture", "blend", "mix", "racemate")))
_RESPOND = frozenset(map(key_of, ("respond", "responded", "response", "responses")))
_PART_LOOK = 6
_ADJECTIVES = 5
BESIDE_ONE = frozenset({"or", "versus", "vs"})
"""Words before an agent that stands beside another, wherever that is."""
_SKIP = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "your",
        "our",
        "his",
        "her",
        "their",
        "any",
        "some",
        "other",
        "another",
        "daily",
        "new",
        "oral",
        "additional",
    ]
)


def named_in(
    lexicon: Lexicon, acting: Sequence[tuple[int, Mention]], sentence: Sentence, clause: Clause
) -> list[Mention]:
    """Return the agents that a clause names as those it is about, in order, given all `acting` of its sentence."""
    found: list[Mention] = []
    first, last = clause.first, clause.last
    agents = [
        mention
        for number, mention in acting
        if first <= mention.first and mention.last <= last and number not in sentence.contrasted
    ]
    if not agents:
        return found
    of_class = lexicon.of_kinds[_CLASS]
    classes = (
        _NOWHERE
        if sentence.concepts.isdisjoint(of_class)
        else {m.first for m in sentence.mentions if m.concept in of_class}
    )
    subject = -1 if all(m.concept in lexicon.family for m in agents) else it_as_subject(sentence, clause)
    for mention in agents:
        if mention.concept not in lexicon.family and (
            _is_oblique(lexicon, sentence, clause, mention)
            or _behind_pronoun(sentence, clause, mention)
            or (subject >= 0 and is_beside_it(sentence, clause, mention, subject))
        ):
            continue
        if (
            (found or (clause.opener == ":" and _ends_part(sentence, mention.last)))
            and mention.first in classes
            and mention.concept not in lexicon.family
        ):
            continue  # "ketamine is an opioid": a class it is said to be in
        if (
            mention.first in classes
            and mention.concept not in lexicon.family
            and is_said_to_be(sentence, clause.first, mention)
            and not is_singled_out(sentence.tokens, mention)
        ):
            continue  # "it is not an opioid"
        if is_part(sentence, clause, mention) or _is_attribute(sentence.tokens, mention):
            continue
        if mention.concept not in lexicon.family and any(
            m.concept in lexicon.family and _is_said_of(sentence, m, mention) for m in found
        ):
            continue  # "X is an antidepressant that ...", "X, a new antidepressant, ...": still X
        found.append(mention)
    return found or _responded_to(acting, sentence, clause)


def _is_said_of(sentence: Sentence, named: Mention, mention: Mention) -> bool:
    """Whether an agent with "a" before it only says what one named before is: "X is an A", "X, an old A, ..."."""
    tokens = sentence.tokens
    for at in range(mention.first - 1, max(named.last - 1, mention.first - _ADJECTIVES), -1):
        if tokens[at].lower in ("a", "an"):
            beside = at == named.last + 1 and tokens[named.last].text == ","
            return beside or (at == mention.first - 1 and is_said_to_be(sentence, named.last - 1, mention))
        if tokens[at].kind != "word":
            return False
    return False


def is_part(sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Whether an agent is only what something consists of: "the product is an equal mixture of X and Y"."""
    sets = word_sets()
    for at in range(mention.first - 1, max(clause.first, mention.first - _PART_LOOK), -1):
        token = sentence.tokens[at]
        if token.lower == "of" and sentence.tokens[at - 1].key in _MIXTURE:
            return True
        if token.lower in sets["auxiliaries"] or token.key in sets["verbs"]:
            break
    return False


def _responded_to(acting: Sequence[tuple[int, Mention]], sentence: Sentence, clause: Clause) -> list[Mention]:
    """Return the agent that "a third do not respond to X" is about, where a clause names no other."""
    return [
        m
        for n, m in acting
        if clause.first < m.first and m.last <= clause.last and n not in sentence.contrasted
        and _is_responded_to(sentence, clause, m.first)
    ][:1]


def _behind_pronoun(sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Whether an agent is only what another was made or meant for: "he made it for a tamer X"."""
    at = mention.first - 1
    while at > clause.first and (sentence.tokens[at].lower in _SKIP or sentence.tokens[at].lower.endswith("er")):
        at -= 1
    before = [t.lower for t in sentence.tokens[clause.first : max(clause.first, at)]]
    if sentence.tokens[mention.last : mention.last + 1] and sentence.tokens[mention.last].lower == "to":
        return False  # "it takes weeks for X to work"
    return sentence.tokens[max(at, clause.first)].lower in ("for", "of", "from") and "it" in before


def _is_oblique(lexicon: Lexicon, sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Whether an agent is only named beside the subject ("with an oral antidepressant")."""
    at = mention.first - 1
    while at >= clause.first and sentence.tokens[at].lower in _SKIP:
        if sentence.tokens[at].lower in ("another", "other"):
            if _acts(sentence, mention):
                return False  # "he says that other X need weeks"
            head = [t.lower for t in sentence.tokens[clause.first : at] if t.kind == "word"]
            return bool(head) and head not in _LEADING  # "... where other X take weeks"
        at -= 1
    if sentence.tokens[at].lower in _LIKENED:
        return True  # "a hallucinogen resembling X"
    if at == clause.first and at and sentence.tokens[at].lower in ("or", "and"):
        # "X with A or B can harm": what is joined to an oblique agent is oblique too
        joined = next((m for m in sentence.mentions if m.last == at and _is_agent(lexicon, m)), None)
        earlier = next((c for c in sentence.clauses if c.last == at), None)
        if joined is not None and earlier is not None and _is_oblique(lexicon, sentence, earlier, joined):
            return True
    if sentence.tokens[at].lower == "on" and sentence.tokens[max(at - 1, 0)].key in _ON_DRUGS:
        return False  # "patients on X are helped"
    if sentence.tokens[at].lower in ("that", "which", "whom") and at > clause.first:
        # "depression that other drugs haven't helped": what they did not do is said of the illness
        heads = [m for m in sentence.mentions if m.last == at]
        return any(lexicon.kinds.get(m.concept) in ("condition", "people") for m in heads)
    return at > clause.first and sentence.tokens[at].lower in OBLIQUE


def _acts(sentence: Sentence, mention: Mention) -> bool:
    """Whether a finite verb stands right behind an agent."""
    sets = word_sets()
    after = sentence.tokens[mention.last : mention.last + 1]
    return bool(after) and (after[0].lower in sets["auxiliaries"] or after[0].key in sets["verbs"])


def _is_agent(lexicon: Lexicon, mention: Mention) -> bool:
    return lexicon.kinds.get(mention.concept) in AGENT_KINDS


def _is_attribute(tokens: list[Token], mention: Mention) -> bool:
    """Whether an agent only tells of what kind another is: "the sole X-based therapy"."""
    after = tokens[mention.last : mention.last + 2]
    return len(after) == 2 and after[0].text in "-‑" and after[1].lower in _BASED


def outside(sentence: Sentence, clause: Clause, candidates: list[Mention], anchor: int) -> list[Mention]:
    """Return agents without those of a part put in behind another: "X, which is made from Y, is approved"."""
    if len(candidates) < 2:
        return candidates
    tokens = sentence.tokens
    candidates = [candidates[0], *(m for m in candidates[1:] if not ruled_out(tokens, m))]
    for at in range(max(candidates[0].last, clause.first + 1), anchor):
        if tokens[at].lower in _RELATIVE and tokens[at - 1].text == ",":
            end = next((place for place in range(at + 1, anchor) if tokens[place].text == ","), at)
            return [m for m in candidates if not at < m.first < end] or candidates
    return candidates


def ruled_out(tokens: list[Token], mention: Mention) -> bool:
    """Whether an agent is named only to be ruled out: "it is X, not the Y, that was approved"."""
    before = [t.lower for t in tokens[max(0, mention.first - 3) : mention.first]]
    return "not" in before and "," in before[: before.index("not")]


def set_apart(sentence: Sentence, clause: Clause, mention: Mention, anchor: int) -> bool:
    """Whether an agent stands in a further part of a clause that is on "it": "it holds both forms, B only one"."""
    if sentence.tokens[clause.first].lower not in ("it", "they") or mention.first <= anchor:
        return False
    return any(token.text in (",", ";") for token in sentence.tokens[anchor : mention.first])


def _ends_part(sentence: Sentence, at: int) -> bool:
    """Whether a name is all that stands there: "Class: opioid", "Class: opioid, ..."."""
    return at >= len(sentence.tokens) or sentence.tokens[at].kind == "mark"


def _is_responded_to(sentence: Sentence, clause: Clause, first: int) -> bool:
    """Whether "respond to" stands before a place, with at most some words of number or kind between."""
    for at in range(first - 1, max(clause.first, first - _PART_LOOK), -1):
        if sentence.tokens[at].lower == "to":
            ahead = {t.lower for t in sentence.tokens[max(clause.first, at - 1 - _PART_LOOK) : at - 1]}
            return sentence.tokens[at - 1].key in _RESPOND and not ahead & _WHO
        if sentence.tokens[at].kind == "mark":
            return False
    return False


def described(sentence: Sentence, candidates: list[Mention], anchor: int) -> list[Mention]:
    """Return the agent that the word in question is an adjective of, one more beside another: "A and an approved B"."""
    at = anchor - 1
    while at > 0 and (
        sentence.tokens[at].lower in ("a", "an", "the", "other", "fda") or sentence.tokens[at].text == "-"
    ):
        at -= 1
    if at <= 0 or sentence.tokens[at].lower not in ("and", "or", "plus", "with"):
        return []
    return [m for m in candidates if anchor < m.first <= anchor + 1][:1]


def nearest(sentence: Sentence, candidates: list[Mention], anchor: int) -> list[Mention]:
    """Return the group of coordinated agents right before the anchor, else the first after it."""
    before = [m for m in candidates if m.first <= anchor]
    if before:
        group = [before[-1]]
        for other in reversed(before[:-1]):
            gap = sentence.tokens[other.last : group[0].first]
            if len(gap) > 4 or not any(t.lower in {"and", "or", ",", "nor", "&", "(", "/"} for t in gap):
                break
            group.insert(0, other)
        return group
    return [
        m for m in candidates[:1] if not m.first or sentence.tokens[m.first - 1].lower not in BESIDE_ONE
    ]

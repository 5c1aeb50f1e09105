"""What a store makes of words: its entities and relations and the package's word classes in one trie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from ketakb.extract.concepts import Members, OfKinds
from ketakb.extract.gate import Gate
from ketakb.extract.recent import Recent
from ketakb.hints import Any
from ketakb.language.phrases import Match, PhraseTrie
from ketakb.language.tokens import Token, forms_in, key_of
from ketakb.language.typos import Speller
from ketakb.model import Store
from ketakb.store.learned import Weights
from ketakb.terms import Frame
from ketakb.values import dataclass, field, replace

AGENT_KINDS = frozenset({"drug", "treatment"})
"""Kinds of entity that act: candidates for the subject of a clause."""

TARGET_KINDS = frozenset({"receptor", "transmitter", "target"})
"""Kinds of entity that are acted on: what "this receptor" and "the channel" refer back to."""

ANAPHOR = "anaphor"
"""Tag of a mention that only points back ("this receptor"), added after the sentence was analysed."""

_SPOKEN_OF = frozenset({"drug", "condition"})

Mention = Match
"""One phrase of the vocabulary in a sentence. Token indices are of the sentence, half-open.

Its concept is an entity id, `en:CLASS`, or `rel:RELATION` for words of the store's own.
"""


@dataclass(frozen=True, slots=True)
class OwnedFrame:
    """A frame with what it belongs to."""

    topic: str | None
    frame: Frame
    wording: str | None = None
    """Id of the wording rule, where it is one's frame."""


_MOST_PREPARED = 100_000
_RECENT = 200_000
"""Code points of the sentences that are kept: those of some thirty pages."""


class Frames(Sequence[OwnedFrame]):
    """The frames of a store in its order, read when they are asked for."""

    def several(self, indices: Sequence[int]) -> list[OwnedFrame]:
        """Return the frames of some indices."""
        return [self[index] for index in indices]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A store, compiled for reading."""

    store: Store
    trie: PhraseTrie
    closure: dict[str, frozenset[str]]
    """Concept -> itself and all that it counts as."""
    polarity: dict[str, int]
    """Concept of a relation word -> -1, 0 or +1; of other words none."""
    relation_words: dict[str, frozenset[str]]
    """Relation id -> concepts that express it."""
    frames: Frames
    gate: Gate
    """Tells which frames may fit a sentence."""
    family: frozenset[str]
    """Entities of the store's subject: itself, and what is narrower."""
    kinds: dict[str, str] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    """Effects that whole statements name ("lift * mood"), in which each word keeps its own sense."""
    speller: Speller = field(default_factory=lambda: Speller((), ()))
    recent: Recent[Any] = field(default_factory=lambda: Recent(_RECENT))
    """Sentences analysed lately, by their words."""
    members: Members = field(default_factory=lambda: Members({}))
    """Concepts that count as one of a tuple of them."""
    of_kinds: OfKinds = field(default_factory=lambda: OfKinds({}, {}))
    """Concepts of one of some kinds."""
    evoking: Mapping[str, str] = field(default_factory=dict)
    """For whom the words of some concepts stand ("the infusion")."""
    weights: Weights | None = None
    """What was learned from annotated copy, where the store brings it."""
    prepared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of the pieces of text between white space for whose words all is ready."""

    def prepare(self, text: str) -> None:
        """Make ready for a whole text, so that the phrases that its words can hold are looked up at once."""
        if len(self.prepared) > _MOST_PREPARED:
            self.prepared.clear()
        pieces, known = text.split(), self.prepared
        words: set[str] = set()
        for piece in set(pieces).difference(known):
            forms = forms_in(piece)
            known[piece] = tuple([key for _, _, key, _ in forms])
            words.update([lower for _, lower, _, kind in forms if kind == "word"])
        keys = [key for piece in pieces for key in known[piece]]
        for word in self.speller.slips(words):
            keys += ("", key_of(self.speller.meant(word) or word))  # what stands between is no pair
        self.trie.meet(keys)

    def repaired(self, tokens: list[Token]) -> list[tuple[int, str]]:
        """Put mistyped key terms right, in place; return which tokens were, and what each was read as."""
        slips: list[tuple[int, str]] = []
        mistyped = self.speller.slips([token.lower for token in tokens])
        if not mistyped:
            return slips
        for at, token in enumerate(tokens):
            if token.kind == "word" and token.lower in mistyped and (meant := self.speller.meant(token.lower)):
                key = key_of(meant)
                if key != token.key:  # else it is another form of the word
                    tokens[at] = replace(token, key=key)
                    slips.append((at, meant))
        return slips

    def of(self, wanted: tuple[str, ...], mentions: Iterable[Mention]) -> list[Mention]:
        """Return the mentions of what is wanted, or of what is narrower."""
        members = self.members.of(wanted)
        return [m for m in mentions if m.concept in members]

    def counts_as(self, concept: str, wanted: Iterable[str]) -> bool:
        """Whether a concept is one of those wanted, or narrower than one."""
        return not self.closure.get(concept, frozenset((concept,))).isdisjoint(wanted)

    def candidates(
        self, mentions: Sequence[Mention], lent: Sequence[str], signs: Callable[[], frozenset[str]]
    ) -> list[OwnedFrame]:
        """Return the frames that may fit a sentence with these mentions and concepts lent to it, in the store's order.

        `signs` are those of its tokens, asked for where they count. A frame that is left out fits no clause of it; one
        that is returned must still be held against each.
        """
        fitting = self.gate.fitting({*[m.concept for m in mentions], *lent})
        if not fitting:
            return []
        acting = self.of_kinds[AGENT_KINDS]
        agents = len([m for m in mentions if m.concept in acting])
        return self.frames.several(self.gate.measurable(fitting, signs, agents < 2))

    def mentions(self, tokens: list[Token]) -> list[Mention]:
        """Return the mentions in a sentence, by place; a phrase inside a longer one is masked."""
        kept = self.trie.find(tokens)
        kept += self._across_brackets(tokens)
        barred = [m for m in kept if m.tag == "exclude"]
        if barred:
            kept = [m for m in kept if m.tag != "exclude" and not _is_barred(m, barred)]
        # by the first token, the longest first, then by concept
        kept.sort(key=_CONCEPT)
        kept.sort(key=_LAST, reverse=True)
        kept.sort(key=_FIRST)
        found: list[Mention] = []
        around: list[Mention] = []  # phrases of several words
        longer: list[Mention] = []  # those of them that hold the place that is looked at
        held: frozenset[str] | None = None  # what a plain word class cannot be of there; None: nothing at all
        names = reach = at = end = 0
        for mention in kept:
            first, last = mention.first, mention.last
            if first != at or last != end:
                at, end = first, last
                longer = []
                if reach >= last:
                    size = last - first
                    longer = [m for m in around if m.last >= last and m.last - m.first > size]
                    held = self._holding(longer) if longer else None
                elif reach <= first and around:
                    around = []  # all have ended
            if longer:
                if mention.tag or mention.concept[:3] != "en:":
                    masked = self._is_masked(mention, longer, tokens)
                else:
                    masked = held is None or mention.concept in held
            else:
                masked = False
            if not masked:
                found.append(mention)
                if mention.tag == "name":
                    names += 1
            if last - first > 1:
                around.append(mention)
                if last > reach:
                    reach = last
        return found if names < 2 else self._with_shared_heads(found, tokens)

    def _with_shared_heads(self, mentions: list[Mention], tokens: list[Token]) -> list[Mention]:
        """Return mentions, those that share the noun of a later one read with it: "A or B receptors"."""
        names = [n for n, m in enumerate(mentions) if m.tag == "name" and not m.gapped]
        found = list(mentions)
        for number in range(len(names) - 1, 0, -1):
            one, two = found[names[number - 1]], found[names[number]]
            if not 0 < two.first - one.last <= 3 or two.last - two.first < 2:
                continue
            between = [t.lower for t in tokens[one.last : two.first]]
            if not _COORDINATING.issuperset(between) or {",", "but"} == set(between):
                continue
            if set(between) <= {",", "the"} and two == mentions[names[number]]:
                continue  # "X, Y receptors" are no list of two
            head = tokens[two.last - 1]
            if tokens[one.last - 1].key == head.key:
                continue
            read = [*tokens[one.first : one.last], head]
            whole = [m for m in self.trie.find(read) if m.tag == "name" and m.first == 0 and m.last == len(read)]
            if whole and whole[0].concept != one.concept:
                found[names[number - 1]] = replace(one, concept=whole[0].concept)
        return found

    def _across_brackets(self, tokens: list[Token]) -> list[Match]:
        """Return the phrases that a short explanation in brackets parts: "reuptake (re-absorption) of X"."""
        dropped = _brackets(tokens)
        if not dropped:
            return []
        kept = [place for place in range(len(tokens)) if place not in dropped]
        found = []
        for match in self.trie.find([tokens[place] for place in kept]):
            first, last = kept[match.first], kept[match.last - 1] + 1
            if last - first > match.last - match.first:
                found.append(replace(match, first=first, last=last))
        return found

    def _holding(self, longer: list[Mention]) -> frozenset[str] | None:
        """Return the word classes that phrases mask which hold them, of those without a tag; None for all of them.

        As `_is_masked` says it of each, told once for all that stand at one place.
        """
        for other in longer:
            if not other.gapped and other.concept not in self.loose and not other.concept.startswith(_WORDS):
                return None
        return frozenset([other.concept for other in longer])

    def _is_masked(self, match: Match, others: list[Match], tokens: list[Token]) -> bool:
        """Whether a longer phrase without a gap holds this one. Relation words with a gap hold only other words.

        `others` are the longer ones that begin before it or with it and end where it does or behind it.
        """
        is_word = match.concept.startswith(_WORDS)
        for other in others:
            if other.concept == match.concept:
                return True
            if other.concept in self.loose:
                continue  # "relieve depression" names the relief, and says what is relieved
            if is_word != other.concept.startswith(_WORDS):
                # a name masks the words in it ("reuptake inhibitor"); a wording does not mask names
                if is_word and not other.gapped:
                    return True
                continue
            if other.gapped:
                continue
            if match.concept.startswith("en:") and not (match.tag and other.tag):
                continue  # plain word classes say different things of the same words
            if (
                self.counts_as(other.concept, (match.concept,))
                and match.first != other.first
                and self.kinds.get(match.concept) not in AGENT_KINDS
            ):
                continue
            if self.kinds.get(match.concept) in ("route", "setting") and self.kinds.get(other.concept) != "route":
                continue
            if self.kinds.get(other.concept) in ("people", "group") and self.kinds.get(match.concept) in _SPOKEN_OF:
                continue  # "ketamine users", "people with depression"
            if other.first < match.first and _negates(tokens[other.first]):
                continue  # "not helped": the word keeps its own sense, the negation its scope
            return True
        return False


_WORDS = ("en:", "rel:")
_CONCEPT, _FIRST, _LAST = attrgetter("concept"), attrgetter("first"), attrgetter("last")
_COORDINATING = frozenset({"and", "or", "nor", ",", "/", "&", "not", "but", "the"})

_NO_BRACKETS: frozenset[int] = frozenset()


def _brackets(tokens: list[Token]) -> frozenset[int]:
    """Return the places of brackets that hold up to seven tokens, and of what they hold, in mid-sentence."""
    dropped: set[int] = set()
    texts = [token.text for token in tokens]
    if "(" not in texts:
        return _NO_BRACKETS
    for at in [at for at, text in enumerate(texts) if text == "("]:
        if not at:
            continue
        end = next((n for n in range(at + 1, min(at + 9, len(tokens))) if tokens[n].text in "()"), at)
        if end > at + 1 and tokens[end].text == ")" and end + 1 < len(tokens) and tokens[end + 1].kind == "word":
            dropped.update(range(at, end + 1))
    return frozenset(dropped)


def _negates(token: Token) -> bool:
    return token.lower in ("not", "never", "no", "cannot") or token.lower.endswith("n't")


def _is_barred(match: Match, barred: list[Match]) -> bool:
    for b in barred:
        if b.concept == match.concept and b.first <= match.first and match.last <= b.last:
            return True
    return False

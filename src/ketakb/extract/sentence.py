"""One sentence, analysed: tokens, mentions, quantities, scopes, clauses and who each clause is about."""

from __future__ import annotations

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.language.phrases import Match
from ketakb.language.quantities import Quantity, find_quantities
from ketakb.language.quantity_signs import signs_in, signs_of
from ketakb.language.scopes import Scope, Status, find_scopes, status_at
from ketakb.language.segments import TELLING, Clause, phrase_sets, split_clauses, word_sets
from ketakb.language.tokens import Token, key_of, tokenize
from ketakb.language.units import MINUTES
from ketakb.text import Span
from ketakb.values import dataclass, field, replace


@dataclass(slots=True)
class Analysis:
    """What the words of a sentence are, wherever they stand. Nobody changes it: sentences of the same words share it.

    Most sentences of a text say nothing that a frame asks for: numbers, scopes and clauses are read when asked for.
    """

    tokens: list[Token]
    """Their offsets are in the sentence."""
    mentions: list[Mention]
    signs: list[Match]
    contrasted: frozenset[int]
    slips: list[tuple[int, str]]
    kinds: dict[str, str]
    """Kind of entity by concept, of the lexicon."""
    _signs_of_numbers: frozenset[str] | None = None
    _quantities: list[Quantity] | None = None
    _scopes: list[Scope] | None = None
    _clauses: list[Clause] | None = None

    def signs_of_numbers(self) -> frozenset[str]:
        """Return what signs of quantities are looked for among."""
        if self._signs_of_numbers is None:
            self._signs_of_numbers = signs_in(self.tokens)
        return self._signs_of_numbers

    @property
    def quantities(self) -> list[Quantity]:
        """The numbers; their offsets are in the sentence."""
        if self._quantities is None:
            self._quantities = find_quantities(self.tokens)
        return self._quantities

    @property
    def scopes(self) -> list[Scope]:
        """What negations, hedges and the like reach."""
        if self._scopes is None:
            self._scopes = _ended(find_scopes(self.tokens), self.clauses, self.kinds, self.mentions)
        return self._scopes

    @property
    def clauses(self) -> list[Clause]:
        """The clauses, in order, covering all tokens."""
        if self._clauses is None:
            starts = _beginnings(self.kinds, self.tokens, self.mentions)
            actions = frozenset(m.first for m in self.mentions if m.tag == "verbs")
            whole = _whole(split_clauses(self.tokens, starts, actions), self.tokens, self.mentions, starts)
            timeless = len(whole) < 2 or signs_of("time").isdisjoint(self.signs_of_numbers())
            self._clauses = whole if timeless else _with_times(whole, self.tokens, self.quantities)
        return self._clauses


@dataclass(slots=True)
class Sentence:
    """A sentence in its place; filled in step by step by one reader, then left alone."""

    span: Span
    analysis: Analysis
    tokens: list[Token]
    """Their offsets are in the sentence."""
    mentions: list[Mention]
    signs: list[Match]
    """Contrast words, anaphors and rebuttals."""
    contrasted: set[int]
    """Indices of mentions that are named only by way of comparison."""
    kind: str = "paragraph"
    """Kind of its block."""
    context: list[str] = field(default_factory=list)
    """Concepts that a heading, column header, label or lead-in lends to it."""
    context_subjects: list[str] = field(default_factory=list)
    """Agents that a heading, first cell or lead-in names."""
    lenders: list[Sentence] = field(default_factory=list)
    """The sentences that lend it these."""
    places: tuple[str, ...] = ()
    """Jurisdictions that its paragraph or heading names before it."""
    slips: list[tuple[int, str]] = field(default_factory=list)
    """Tokens that were mistyped, and what each was read as."""
    reported: bool = False
    """True where it, or what stands right before it, reports a study: its figures are that study's."""
    label: Sentence | None = None
    """For a cell: the first cell of its row, which may be a question that it answers."""
    labels: bool = False
    """For a cell: it begins a row of more, and names nobody whom they are about."""
    header: Span | None = None
    """For a cell: where the header of its column stands."""
    quoted: bool = False
    """True where it is put up only to be taken back ("Myth: ..."): it asserts nothing."""
    _scopes: list[Scope] | None = None
    _clauses: list[Clause] | None = None
    _statuses: dict[tuple[int, int], Status] = field(default_factory=dict)

    @property
    def quantities(self) -> list[Quantity]:
        """Its numbers; their offsets are in the sentence."""
        return self.analysis.quantities

    @property
    def scopes(self) -> list[Scope]:
        """What its negations, hedges and the like reach."""
        return self.analysis.scopes if self._scopes is None else self._scopes

    @scopes.setter
    def scopes(self, scopes: list[Scope]) -> None:
        self._scopes, self._statuses = scopes, {}

    @property
    def clauses(self) -> list[Clause]:
        """Its clauses, in order, covering all its tokens."""
        return self.analysis.clauses if self._clauses is None else self._clauses

    @property
    def dated(self) -> bool:
        """Whether one of its numbers may be a date: all that are have four digits for the year."""
        return any(token.kind == "number" and len(token.text) == 4 for token in self.tokens)

    @property
    def denied(self) -> bool:
        """True where its last clause takes the rest back: "..., but it is not"."""
        if _is_taken_back(self.tokens, self.clauses):
            return True
        return _is_left_to_another(self.tokens, self.clauses) and not any(s.category == "negation" for s in self.scopes)

    def answered(self, subjects: list[str]) -> Sentence:
        """Return a question as the statement that its answer makes of it; the answer may name whom it is about."""
        asserted = [s for s in self.scopes if s.category not in ("question", "condition")]
        # "Isn't it?"
        asserted = [s for s in asserted if s.category != "negation" or s.cue_first or s.cue[-3:] != "n't"]
        context = subjects or self.context_subjects
        return replace(self, _scopes=asserted, _statuses={}, context_subjects=context, quoted=False)

    def within(self, clause: Clause, mentions: list[Mention]) -> Sentence:
        """Return one of its clauses as a sentence of its own, with these mentions."""
        return replace(self, mentions=mentions, _clauses=[clause], contrasted=set(), context_subjects=[])

    def status(self, first: int, last: int) -> Status:
        """Return negation and certainty at a token range."""
        place = first, last
        known = self._statuses.get(place)
        if known is None:
            known = self._statuses[place] = status_at(self.scopes, first, last)
        return known

    def place(self, first: int, last: int) -> Span:
        """Return the span in the document of a token range."""
        start = self.span.start
        return Span(start + self.tokens[first].start, start + self.tokens[last - 1].end)

    def place_of(self, quantity: Quantity) -> Span:
        """Return the span in the document of a number."""
        return Span(self.span.start + quantity.start, self.span.start + quantity.end)


def is_said_to_be(sentence: Sentence, begin: int, mention: Mention) -> bool:
    """Whether a form of "be" stands right before a mention, behind a place: "is not an X", "isn't really any X"."""
    at = mention.first - 1
    while at > begin and sentence.tokens[at].lower in _BEFORE_CLASS:
        at -= 1
    token = sentence.tokens[max(at, begin)]
    return at > begin and (token.key == "be" or token.lower in ("isn't", "aren't", "wasn't"))


_BEFORE_CLASS = frozenset(
    {"a", "an", "any", "no", "not", "really", "itself", "just", "simply", "actually", "in", "fact"}
)


def analyse(lexicon: Lexicon, text: str, span: Span, kind: str = "paragraph") -> Sentence:
    """Return a sentence of a plain text analysed; the span is of the text."""
    words = text[span.start : span.end]
    known = lexicon.recent.get(words)
    if known is None:
        known = _analysis(lexicon, tokenize(words))
        lexicon.recent.put(words, known)
    return _sentence(span, known, kind)


def analyse_in_text(lexicon: Lexicon, text: str, span: Span) -> Sentence:
    """Return a sentence of a plain text as `analyse` does, but with offsets of tokens and numbers that are of the text.

    For changing words in their place. Its `span` begins with the text.
    """
    return _sentence(Span(0, span.end), _analysis(lexicon, tokenize(text, span.start, span.end)))


def _sentence(span: Span, known: Analysis, kind: str = "paragraph") -> Sentence:
    mentions, contrasted = list(known.mentions), set(known.contrasted)
    return Sentence(span, known, known.tokens, mentions, known.signs, contrasted, kind, slips=known.slips)


def _analysis(lexicon: Lexicon, tokens: list[Token]) -> Analysis:
    slips = lexicon.repaired(tokens)
    mentions = lexicon.mentions(tokens)
    signs = phrase_sets().find(tokens)
    contrasted = _contrasted(lexicon, tokens, mentions, signs)
    return Analysis(tokens, mentions, signs, frozenset(contrasted), slips, lexicon.kinds)


_BEGINNING = frozenset(
    {"drug", "treatment", "receptor", "transmitter", "target", "effect", "people", "condition"}
)


def _beginnings(kinds: dict[str, str], tokens: list[Token], mentions: list[Mention]) -> frozenset[int]:
    """Return the indices of tokens of names that could be subjects; in "A B works" the verb is none."""
    names = [m for m in mentions if kinds.get(m.concept) in _BEGINNING]
    ends = {m.last for m in names}
    verbs = word_sets()["verbs"]
    return frozenset(
        place
        for m in names
        if not (m.last - m.first == 1 and m.first in ends and tokens[m.first].key in verbs)
        for place in range(m.first, m.last)
    )


def _ended(
    scopes: list[Scope], clauses: list[Clause], kinds: dict[str, str], mentions: list[Mention]
) -> list[Scope]:
    """Return scopes, those of "no" ended where another clause begins with whom it is about: "no X and Y can"."""
    if len(clauses) < 2 or not any(scope.category == "negation" for scope in scopes):
        return scopes
    named = {m.first for m in mentions if kinds.get(m.concept) in AGENT_KINDS}
    borders = [c.first for c in clauses if c.opener == "and" and c.first + 1 in named]
    return [
        replace(scope, last=min([scope.last, *(b for b in borders if scope.cue_last < b < scope.last)]))
        if scope.category == "negation" and scope.kind == "determiner"
        else scope
        for scope in scopes
    ]


_PARTING = frozenset(("but", "because", "while", "whereas", "although", "though", "and", "so", "yet", "however"))
_REFUSAL = frozenset(
    [
        "but",
        "however",
        "yet",
        "it",
        "they",
        "this",
        "that",
        "is",
        "are",
        "does",
        "do",
        "not",
        "isn't",
        "aren't",
        "doesn't",
        "don't",
        "actually",
        "simply",
    ]
)


def _is_taken_back(tokens: list[Token], clauses: list[Clause]) -> bool:
    """Whether the last clause only takes back what went before: "..., but it is not"."""
    if len(clauses) < 2:
        return False
    words = [t.lower for t in tokens[clauses[-1].first : clauses[-1].last] if t.kind == "word"]
    if not set(words) & word_sets()["auxiliaries"]:
        return False  # "pays for X but not this"
    return 2 <= len(words) <= 5 and set(words) <= _REFUSAL and any(w == "not" or w.endswith("n't") for w in words)


def _is_left_to_another(tokens: list[Token], clauses: list[Clause]) -> bool:
    """Whether the last clause says that what went before holds of another alone: "..., but only X is"."""
    words = (
        [t.lower for t in tokens[clauses[-1].first : clauses[-1].last] if t.kind == "word"] if len(clauses) > 1 else []
    )
    while words and words[0] in ("but", "in", "fact", "actually", "however"):
        words = words[1:]
    return 3 <= len(words) <= 4 and words[0] == "only" and words[-1] in ("is", "are", "does", "do", "has", "have")


_FRONTED = 9
"""Longest stretch before a comma that only says when: "Within a day of the first dose, ..."."""


def _with_times(clauses: list[Clause], tokens: list[Token], quantities: list[Quantity]) -> list[Clause]:
    """Return clauses, those joined of which one only says when the other is: "Within a day, ...", "... two months

    before you notice it".
    """
    verbs = word_sets()
    kept: list[Clause] = []
    for clause in clauses:
        last = kept[-1] if kept else None
        times = [q for q in quantities if last and last.first <= q.first < last.last and q.unit in MINUTES]
        if last is None or not times:
            kept.append(clause)
            continue
        fronted = (
            len(kept) == 1
            and clause.opener == ","
            and last.last - last.first <= _FRONTED
            and times[0].first - last.first <= 1
            and (times[0].role == "within" or times[0].last >= last.last - 1)
            and not any(
                t.lower in verbs["auxiliaries"] or t.key in verbs["verbs"] for t in tokens[last.first : last.last]
            )
        )
        ahead = clause.opener in ("before", "until") and times[-1].last >= clause.first
        if fronted or ahead:
            kept[-1] = Clause(last.first, clause.last, last.opener)
        else:
            kept.append(clause)
    return kept


def _whole(
    clauses: list[Clause], tokens: list[Token], mentions: list[Mention], names: frozenset[int]
) -> list[Clause]:
    """Return clauses, those joined that part a wording ("as long as you need", "nobody that it can't help").

    A wording whose gap runs over a border (", but", "because") or holds a name ("no doubt that X is") parts nothing,
    nor does one that ends with the "that" of what somebody is told ("we tell every patient that X").
    """
    if len(clauses) < 2:
        return clauses
    kept: list[Clause] = []
    wordings = [m for m in mentions if not m.gapped or (m.concept.startswith("en:") and not m.tag)]

    def joins(mention: Mention, at: int) -> bool:
        if not mention.first < at < mention.last:
            return False
        opener = tokens[at].lower
        if mention.gapped and (opener in _PARTING or tokens[at].kind == "mark"):
            return False
        if mention.gapped and opener == "that" and any(n in names for n in range(at, mention.last)):
            return False
        told = tokens[at].lower == "that" and mention.last == at + 1
        return not (told and any(t.key in TELLING for t in tokens[max(0, at - 6) : at]))

    for clause in clauses:
        if kept and any(joins(m, clause.first) for m in wordings):
            kept[-1] = Clause(kept[-1].first, clause.last, kept[-1].opener)
        else:
            kept.append(clause)
    return kept


def _contrasted(lexicon: Lexicon, tokens: list[Token], mentions: list[Mention], signs: list[Match]) -> set[int]:
    """Return indices of agents that stand right behind a word of comparison, and those coordinated with them."""
    found: set[int] = set()
    for sign in signs:
        if sign.concept != "contrast" or _gives_example(tokens, sign):
            continue
        reach, fresh = sign.last, True
        for number, mention in enumerate(mentions):
            if mention.first < sign.last or lexicon.kinds.get(mention.concept) not in AGENT_KINDS:
                continue
            gap = tokens[reach : mention.first]
            if len(gap) > (4 if fresh else 2) or any(_parts(token, fresh) for token in gap):
                break
            if tokens[sign.first].lower in ("not", "never") and mention.first > sign.last:
                break
            if (
                not fresh
                and any(token.text == "," for token in gap)
                and not _goes_on(lexicon, tokens, mentions, mention)
            ):
                break
            found.add(number)
            reach, fresh = mention.last, False
    return found


def _goes_on(lexicon: Lexicon, tokens: list[Token], mentions: list[Mention], mention: Mention) -> bool:
    """Whether an agent after a comma is one more of those compared with, and not whom the clause is about.

    "Unlike A, B and C, D works" lists; "Unlike A, B works" and "Unlike A, B and C work" do not.
    """
    agents = {n for m in mentions if lexicon.kinds.get(m.concept) in AGENT_KINDS for n in range(m.first, m.last)}
    joined = False
    for number in range(mention.last, len(tokens)):
        token = tokens[number]
        if token.kind == "mark" and joined:
            return True
        if token.lower in ("and", "or", "&"):
            joined = True
        elif (
            number not in agents and token.text != "," and token.key not in _KINDS_OF_DRUG and token.lower not in _AMONG
        ):
            return False
    return joined


_AMONG = frozenset(("other", "older", "even", "the", "most", "all", "conventional", "traditional", "standard", "usual"))
_KINDS_OF_DRUG = frozenset(map(key_of, (
    "drugs", "medicines", "medications", "tablets", "pills", "antidepressants", "treatments", "agents", "therapies",
    "options", "substances", "compounds", "anesthetics", "capsules",
)))


def _gives_example(tokens: list[Token], sign: Match) -> bool:
    """Whether a "like" names an example and compares nothing: "tablets like X"."""
    before = tokens[sign.first - 1] if sign.first else None
    if before is None or sign.last - sign.first != 1 or tokens[sign.first].lower != "like":
        return False
    return before.key in _KINDS_OF_DRUG and before.lower.endswith("s")


def _parts(token: Token, fresh: bool) -> bool:
    """Whether a token parts a word of comparison from what is compared."""
    if token.kind == "mark":
        return token.text not in ("(", "-") and (fresh or token.text != ",")
    return token.lower in {
        "is",
        "are",
        "was",
        "were",
        "does",
        "do",
        "did",
        "can",
        "may",
        "which",
        "that",
        "has",
        "have",
    }

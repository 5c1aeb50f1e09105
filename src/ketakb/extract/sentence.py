"""One sentence, analysed: tokens, mentions, quantities, scopes, clauses and who each clause is about."""

from __future__ import annotations

from ketakb.extract.borders import beginnings, ended_by_clauses, may_be_timed, whole_clauses, with_times
from ketakb.extract.contrast import contrasted_in
from ketakb.extract.lexicon import Lexicon, Mention
from ketakb.language.phrases import Match
from ketakb.language.quantities import Quantity, find_quantities
from ketakb.language.quantity_signs import signs_in, signs_of
from ketakb.language.scopes import Scope, Status, find_scopes, status_at
from ketakb.language.segment_words import phrase_sets, word_sets
from ketakb.language.segments import Clause, split_clauses
from ketakb.language.tokens import Token, tokenize
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
    concepts: frozenset[str]
    """What the mentions are of."""
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
            self._scopes = ended_by_clauses(find_scopes(self.tokens), self.clauses, self.kinds, self.mentions)
        return self._scopes

    @property
    def clauses(self) -> list[Clause]:
        """The clauses, in order, covering all tokens."""
        if self._clauses is None:
            starts = beginnings(self.kinds, self.tokens, self.mentions)
            actions = frozenset(m.first for m in self.mentions if m.tag == "verbs")
            whole = whole_clauses(split_clauses(self.tokens, starts, actions), self.tokens, self.mentions, starts)
            timeless = not may_be_timed(whole) or signs_of("time").isdisjoint(self.signs_of_numbers())
            self._clauses = whole if timeless else with_times(whole, self.tokens, self.quantities)
        return self._clauses


@dataclass(slots=True)
class Sentence:
    """A sentence in its place; filled in step by step by one reader, then left alone."""

    span: Span
    analysis: Analysis
    tokens: list[Token]
    """Their offsets are in the sentence."""
    mentions: list[Mention]
    concepts: frozenset[str]
    """What these are of."""
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
    lead_denied: bool = False
    """Whether it is an item of a list that begins with a denial: "It is not approved:"."""
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
    _spans: dict[tuple[int, int], Span] | None = None

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
        concepts = frozenset([m.concept for m in mentions])
        return replace(
            self, mentions=mentions, concepts=concepts, _clauses=[clause], contrasted=set(), context_subjects=[]
        )

    def add(self, found: list[Mention]) -> None:
        """Take in mentions of words that only point back."""
        contrasted = [self.mentions[number] for number in self.contrasted]
        self.mentions.extend(found)
        self.mentions.sort(key=lambda m: (m.first, -m.last, m.concept))
        self.concepts = self.concepts.union([m.concept for m in found])
        self.contrasted = {n for n, m in enumerate(self.mentions) if any(m is c for c in contrasted)}

    def status(self, first: int, last: int) -> Status:
        """Return negation and certainty at a token range."""
        place = first, last
        known = self._statuses.get(place)
        if known is None:
            known = self._statuses[place] = status_at(self.scopes, first, last)
        return known

    def place(self, first: int, last: int) -> Span:
        """Return the span in the document of a token range."""
        return self._span(self.tokens[first].start, self.tokens[last - 1].end)

    def place_of(self, quantity: Quantity) -> Span:
        """Return the span in the document of a number."""
        return self._span(quantity.start, quantity.end)

    def _span(self, start: int, end: int) -> Span:
        """Return a span in the document, the same value each time: whatever is read of a sentence keeps some."""
        if self._spans is None:
            self._spans = {}
        known = self._spans.get((start, end))
        if known is None:
            known = self._spans[start, end] = Span(self.span.start + start, self.span.start + end)
        return known


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
    return Sentence(
        span, known, known.tokens, mentions, known.concepts, known.signs, contrasted, kind, slips=known.slips
    )


def _analysis(lexicon: Lexicon, tokens: list[Token]) -> Analysis:
    slips = lexicon.repaired(tokens)
    mentions = lexicon.mentions(tokens)
    signs = phrase_sets().find(tokens)
    contrasted = contrasted_in(lexicon, tokens, mentions, signs)
    concepts = frozenset([m.concept for m in mentions])
    return Analysis(tokens, mentions, signs, concepts, frozenset(contrasted), slips, lexicon.kinds)


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
    if not 2 <= len(words) <= 5 or word_sets()["auxiliaries"].isdisjoint(words):
        return False  # "pays for X but not this"
    return _REFUSAL.issuperset(words) and any(w == "not" or w.endswith("n't") for w in words)


def _is_left_to_another(tokens: list[Token], clauses: list[Clause]) -> bool:
    """Whether the last clause says that what went before holds of another alone: "..., but only X is"."""
    words = (
        [t.lower for t in tokens[clauses[-1].first : clauses[-1].last] if t.kind == "word"] if len(clauses) > 1 else []
    )
    while words and words[0] in ("but", "in", "fact", "actually", "however"):
        words = words[1:]
    return 3 <= len(words) <= 4 and words[0] == "only" and words[-1] in ("is", "are", "does", "do", "has", "have")

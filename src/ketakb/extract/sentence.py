"""One sentence, analysed: tokens, mentions, quantities, scopes, clauses and who each clause is about."""

from __future__ import annotations

from ketakb.extract.lexicon import AGENT_KINDS, Lexicon, Mention
from ketakb.language.phrases import Match
from ketakb.language.quantities import Quantity, find_quantities
from ketakb.language.scopes import Scope, Status, find_scopes, status_at
from ketakb.language.segments import Clause, phrase_sets, split_clauses
from ketakb.language.tokens import Token, key_of, tokenize
from ketakb.text import Span
from ketakb.values import dataclass, field


@dataclass(slots=True)
class Sentence:
    """A sentence under analysis; filled in step by step by one reader, then left alone."""

    span: Span
    tokens: list[Token]
    mentions: list[Mention]
    quantities: list[Quantity]
    scopes: list[Scope]
    clauses: list[Clause]
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
    context_negated: bool = False
    places: tuple[str, ...] = ()
    """Jurisdictions that its paragraph or heading names before it."""
    slips: list[tuple[int, str]] = field(default_factory=list)
    """Tokens that were mistyped, and what each was read as."""
    reported: bool = False
    """True where it, or what stands right before it, reports a study: its figures are that study's."""
    label: Sentence | None = None
    """For a cell: the first cell of its row, which may be a question that it answers."""
    quoted: bool = False
    """True where it is put up only to be taken back ("Myth: ..."): it asserts nothing."""
    denied: bool = False
    """True where the text takes it back: "Some say X. In fact Y."."""

    def status(self, first: int, last: int) -> Status:
        """Return negation and certainty at a token range."""
        return status_at(self.scopes, first, last)

    def place(self, first: int, last: int) -> Span:
        """Return the span in the document of a token range."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)


def analyse(lexicon: Lexicon, text: str, span: Span, kind: str = "paragraph") -> Sentence:
    """Return a sentence of a plain text analysed; the span is of the text."""
    tokens = tokenize(text, span.start, span.end)
    slips = lexicon.repaired(tokens)
    mentions = lexicon.mentions(tokens)
    starts = frozenset(
        place
        for m in mentions
        if not m.concept.startswith(("en:", "rel:"))
        and lexicon.kinds.get(m.concept)
        in ("drug", "treatment", "receptor", "transmitter", "target", "effect", "people", "condition")
        for place in range(m.first, m.last)
    )
    signs = phrase_sets().find(tokens)
    clauses = _whole(split_clauses(tokens, starts), mentions)
    return Sentence(
        span,
        tokens,
        mentions,
        find_quantities(tokens),
        find_scopes(tokens),
        clauses,
        signs,
        _contrasted(lexicon, tokens, mentions, signs),
        kind,
        slips=slips,
        denied=_is_taken_back(tokens, clauses),
    )


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
    return 2 <= len(words) <= 5 and set(words) <= _REFUSAL and any(w == "not" or w.endswith("n't") for w in words)


def _whole(clauses: list[Clause], mentions: list[Mention]) -> list[Clause]:
    """Return clauses, those joined that part a wording ("as long as you need", "nobody that it can't help")."""
    kept: list[Clause] = []
    wordings = [m for m in mentions if not m.gapped or (m.concept.startswith("en:") and not m.tag)]
    for clause in clauses:
        if kept and any(m.first < clause.first < m.last for m in wordings):
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
            if tokens[sign.first].lower == "not" and mention.first > sign.last:
                break
            found.add(number)
            reach, fresh = mention.last, False
    return found


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

"""Cells and labelled values read together with the words that they complete.

"Yes" in the row "X" under "Approved for Y", "30 minutes" in the row "Monitoring" under "X", "Schedule: II": none says
anything by itself. Row label and column header are told apart by which of them names whom the table is about.
"""

from __future__ import annotations

from ketakb.extract.answers import answer_of
from ketakb.extract.lexicon import AGENT_KINDS, Lexicon
from ketakb.extract.sentence import Sentence, analyse
from ketakb.hints import Final
from ketakb.language.segment_words import word_sets
from ketakb.text import Span
from ketakb.values import dataclass, replace

_TICKS: Final = {"✓": True, "✔": True, "✅": True, "☑": True, "✗": False, "✘": False, "❌": False, "✖": False}
_CELL: Final = 8
_LABEL: Final = 6
_VALUE: Final = 14
"""Most words of a cell, of a label and of a labelled value that are read so."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What a cell or a labelled value says in full."""

    statement: Sentence
    """Its offsets mean nothing outside it."""
    yes: bool = True
    """False where the cell is a no to it."""
    answers: bool = False
    """True for a yes or no, which says nothing by itself."""


def joined_cell(lexicon: Lexicon, text: str, cell: Sentence) -> list[Joined]:
    """Return what a short cell may say with its row label or column header, the likelier first."""
    label = cell.label
    if label is None or sum(token.kind == "word" for token in cell.tokens) > _CELL:
        return []
    header = analyse(lexicon, text, cell.header) if cell.header else None
    corner = analyse(lexicon, text, label.header) if label.header else None
    tick = _TICKS.get(cell.tokens[0].text) if cell.tokens else None
    answer = answer_of(cell)
    yes = tick if tick is not None else bool(answer and answer.yes)
    found = []
    for predicate, subjects, other in _parts(lexicon, header, label, corner):
        words = text[predicate.span.start : predicate.span.end].strip()
        answers = tick is not None or answer is not None
        if not answers:
            words = f"{words.rstrip('?: ')} {text[cell.span.start : cell.span.end]}"
        statement = analyse(lexicon, words, Span(0, len(words)), "cell")
        if answers:
            statement = statement.answered(subjects)
        statement.context_subjects = subjects
        statement.context = [m.concept for m in other.mentions] if other else []
        found.append(Joined(statement, yes or not answers, answers))
    return found


def joined_label(lexicon: Lexicon, text: str, sentence: Sentence) -> list[Joined]:
    """Return what "Schedule: II" says: a short label without a verb, and a value; nothing for any other sentence."""
    if text.find(":", sentence.span.start, sentence.span.end) < 0:
        return []
    tokens = sentence.tokens
    colon = next((at for at, token in enumerate(tokens[: _LABEL + 1]) if token.text == ":"), 0)
    if not colon or colon + 1 >= len(tokens) or len(tokens) - colon > _VALUE:
        return []
    sets = word_sets()
    if any(t.kind != "word" or t.lower in sets["auxiliaries"] for t in tokens[:colon]):
        return []
    begin = sentence.span.start
    place = begin + tokens[colon].start
    rest = Span(begin + tokens[colon + 1].start, sentence.span.end)
    value = analyse(lexicon, text, rest)
    answer = answer_of(value)
    if answer is not None:
        label = analyse(lexicon, text, Span(begin, place), "cell")
        return [Joined(label.answered(sentence.context_subjects), answer.yes, answers=True)]
    words = text[begin:place] + " " + text[place + 1 : sentence.span.end]
    statement = analyse(lexicon, words, Span(0, len(words)))
    statement.context_subjects, statement.context = sentence.context_subjects, list(sentence.context)
    return [Joined(replace(statement, span=sentence.span, kind="cell"))]


def joined_heading(lexicon: Lexicon, text: str, heading: Sentence | None, sentence: Sentence) -> list[Joined]:
    """Return what "None at our doses" says under the heading "Side effects"; nothing for any other sentence."""
    if heading is None or heading.kind != "heading" or len(sentence.tokens) > _VALUE or not heading.mentions:
        return []
    sets = word_sets()
    if sentence.tokens[0].lower not in _NONE or len([t for t in heading.tokens if t.kind == "word"]) > _LABEL:
        return []
    if any(t.lower in sets["auxiliaries"] for t in heading.tokens) or any(
        t.lower == "of" or t.lower in sets["auxiliaries"] or t.key in sets["verbs"] for t in sentence.tokens[1:4]
    ):
        return []  # "None of this helped" is a sentence of its own
    title = text[heading.span.start : heading.span.end].strip().rstrip("?:. ")
    words = f"{title}: {text[sentence.span.start : sentence.span.end].lower()}"
    statement = analyse(lexicon, words, Span(0, len(words)))
    statement.context_subjects = sentence.context_subjects
    return [Joined(replace(statement, span=sentence.span, kind="cell"))]


_NONE: Final = frozenset({"none", "no", "zero", "nil"})


def _parts(
    lexicon: Lexicon, header: Sentence | None, label: Sentence, corner: Sentence | None
) -> list[tuple[Sentence, list[str], Sentence | None]]:
    """Return which of header and label a cell may complete, each with whom it is about and what the other lends it."""
    above, beside = _named(lexicon, header), _named(lexicon, label)
    if above and beside:
        return []
    if beside:
        return [(header, beside, None)] if header is not None else []
    subjects = above or _named(lexicon, corner)
    found: list[tuple[Sentence, list[str], Sentence | None]] = [(label, subjects, None)]
    if header is not None and header.mentions:
        found.insert(not label.mentions and not above, (header, subjects, label))
    if above and header is not None:
        found = [(label, above, None), (header, above, label)]
    return found


def _named(lexicon: Lexicon, sentence: Sentence | None) -> list[str]:
    """Return the agent that a label or header names, or stands for ("the infusion")."""
    if sentence is None:
        return []
    entities = lexicon.store.entities
    for mention in sentence.mentions:
        if lexicon.kinds.get(mention.concept) in AGENT_KINDS:
            return [mention.concept]
    evoked = (entities[m.concept].evokes for m in sentence.mentions if m.concept in entities)
    return [agent for agent in evoked if agent][:1]

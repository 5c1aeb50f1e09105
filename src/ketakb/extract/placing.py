"""The sentences of a document in their places, each with what its surroundings lend it.

A cell has its row label and header, an item the lead of its list, an answer its question; a figure the study that is
spoken of, a sentence the jurisdiction that its paragraph named.
"""

from __future__ import annotations

from ketakb.extract.circumstances import jurisdictions
from ketakb.extract.lending import asks_who, behind_label, has_verb, lent_by, named_before, speaks_for_items
from ketakb.extract.lexicon import AGENT_KINDS, Lexicon
from ketakb.extract.marks import asks
from ketakb.extract.sentence import Sentence, analyse
from ketakb.extract.titles import is_title
from ketakb.language.sentences import split_sentences
from ketakb.readers.document import Block, Document

_STUDY_REACH = 3
"""A sentence that reports a study, and so many less one after it in the same block, give that study's figures."""
_STUDIES = frozenset({"study"})
_WHICH = frozenset({"how", "when", "what", "who", "which", "where", "why"})
_ANSWER = 8
"""A figure with up to so many words may answer the question before it."""


def placed_sentences(lexicon: Lexicon, document: Document) -> list[tuple[Block, Sentence]]:
    """Return the sentences of a document in order, each with its block."""
    placed: list[tuple[Block, Sentence]] = []
    first_cell: dict[int, Sentence] = {}
    last_of_block: dict[int, Sentence] = {}
    for number, block in enumerate(document.blocks):
        told = 0
        for span in split_sentences(document.plain, block.span.start, block.span.end):
            sentence = analyse(lexicon, document.plain, span, block.kind)
            told = _STUDY_REACH if _reports(lexicon, sentence) else max(0, told - 1)
            sentence.reported = told > 0
            if block.kind == "cell":
                label = first_cell.setdefault(block.row, sentence)
                sentence.context_subjects = _agents(lexicon, label)
                if label is not sentence:
                    sentence.label = label
                    label.labels = not _agents(lexicon, label)
                    sentence.context = [m.concept for m in label.mentions]
                    sentence.lenders = [label]
                sentence.header = block.header
                if block.header:
                    header = analyse(lexicon, document.plain, block.header)
                    sentence.context += [m.concept for m in header.mentions]
                    sentence.lenders.append(header)
                    sentence.context_subjects = sentence.context_subjects or _agents(lexicon, header)
            elif block.lead >= 0 and (lead := last_of_block.get(block.lead)) is not None:
                text = document.plain[lead.span.start : lead.span.end].rstrip()
                sentence.lead_denied = text.endswith(":") and _ends_denied(lead)
                if text.endswith((":", "if you", "you")) or _asks_which(lead) or speaks_for_items(lead):
                    sentence.context = lent_by(lead)
                    sentence.context_subjects = _agents(lexicon, lead)
                elif is_title(lead) and number not in last_of_block:
                    sentence.context_subjects = _agents(lexicon, lead)  # each item is of what heads the list
            asked = placed[-1][1] if placed else None
            if asked is not None and not sentence.context and _wants_number(asked) and _is_figure(sentence):
                sentence.context = [m.concept for m in asked.mentions]  # "How soon does it work? Within a day."
                sentence.context_subjects = _agents(lexicon, asked)
            elif asked is not None and not sentence.context and asks_who(asked) and not has_verb(sentence):
                sentence.context = lent_by(asked)
                sentence.context_subjects = _agents(lexicon, asked)
            elif asked is not None and not sentence.context:
                sentence.context = named_before(lexicon, asked, sentence)
            placed.append((block, sentence))
            last_of_block[number] = sentence
    return placed


def begun_items(placed: list[tuple[Block, Sentence]]) -> frozenset[int]:
    """Return the numbers of the sentences that begin an item of a list."""
    return frozenset(
        number
        for number, (block, _) in enumerate(placed)
        if block.kind == "item" and (not number or placed[number - 1][0] is not block)
    )


def _ends_denied(lead: Sentence) -> bool:
    """Whether what stands last in a sentence is denied: "It is not approved:"."""
    words = [at for at, token in enumerate(lead.tokens) if token.kind == "word"]
    return bool(words) and lead.status(words[-1], words[-1] + 1).negated


def _reports(lexicon: Lexicon, sentence: Sentence) -> bool:
    """Whether a sentence speaks of a study, by such a word or by the study's name."""
    return "en:study" in sentence.concepts or not sentence.concepts.isdisjoint(lexicon.of_kinds[_STUDIES])


def mark_places(lexicon: Lexicon, placed: list[tuple[Block, Sentence]]) -> None:
    """Lend each sentence the jurisdictions that its paragraph named last before it, else its heading."""
    heading: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    last: Block | None = None
    for block, sentence in placed:
        if block is not last:
            paragraph, last = heading, block
        sentence.places = paragraph
        named = not sentence.concepts.isdisjoint(lexicon.of_kinds.under("jurisdiction"))
        own = jurisdictions(lexicon, sentence.mentions) if named else ()
        if sentence.kind == "heading":
            heading = own
        paragraph = own or paragraph


def _agents(lexicon: Lexicon, sentence: Sentence) -> list[str]:
    acting = lexicon.of_kinds[AGENT_KINDS]
    if sentence.concepts.isdisjoint(acting):
        return []
    return [
        m.concept for n, m in enumerate(sentence.mentions) if m.concept in acting and n not in sentence.contrasted
    ][:1]


def _asks_which(sentence: Sentence) -> bool:
    """Whether a sentence asks for what a list below it names, and not for a yes or no."""
    return asks(sentence) and any(token.lower in _WHICH for token in sentence.tokens[:3])


def _wants_number(sentence: Sentence) -> bool:
    """Whether a sentence asks how much, how long, when."""
    begin = behind_label(sentence.tokens)
    words = [token.lower for token in sentence.tokens[begin : begin + 2]]
    return asks(sentence) and words[0] in ("how", "when", "what") and words[1:] != ["often"]


def _is_figure(sentence: Sentence) -> bool:
    """Whether a sentence is no more than a number with what belongs to it, and has no verb of its own."""
    words = [token for token in sentence.tokens if token.kind == "word"]
    return len(words) <= _ANSWER and bool(sentence.quantities) and not has_verb(sentence)

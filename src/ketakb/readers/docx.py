"""Word files: a canonical text with a place for every paragraph that a person can find.

The canonical text holds the paragraphs with blank lines between them, tables row by row with tabs between
cells, and footnotes and endnotes behind the rest. Headers, footers, comments and the table of contents are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ketakb.readers.document import Block, Document
from ketakb.readers.docx_package import Package, Style, read_styles
from ketakb.readers.docx_text import Paragraph, PartReader, Piece, kind_of
from ketakb.readers.mask import Mask, trim
from ketakb.text import Span
from ketakb.values import dataclass, replace

_NOTE = re.compile(r"[\s\d,;–\-\[\]()*†‡]*+")
_TITLE = 50


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of the document's main part, and where it stands in the canonical text."""

    start: int
    piece: Piece


@dataclass(slots=True)
class WordFile:
    """A Word file as read, with what is needed to write into it."""

    package: Package
    path: str
    """Of the main part."""
    part: PartReader
    document: Document
    placed: list[Placed]


def read_docx(raw: bytes, name: str) -> Document:
    """Return a Word file as a Document of its canonical text. Raises UnreadableInputError."""
    return open_docx(raw, name).document


def open_docx(raw: bytes, name: str) -> WordFile:
    """Return a Word file with its Document. Raises UnreadableInputError."""
    package = Package(raw, name)
    path = package.main()
    folder = path.rpartition("/")[0]
    part = PartReader(package, path)
    styles = read_styles(package, f"{folder}/styles.xml".lstrip("/"))
    paragraphs = [p for p in part.paragraphs if not styles.get(p.style, Style()).contents]
    notes = list(_notes(package, folder, part.notes))
    text = _Text(styles)
    text.add(paragraphs, keep=True)
    text.add(notes)
    return WordFile(package, path, part, text.document(), text.placed)


def _notes(package: Package, folder: str, wanted: list[tuple[str, str]]) -> Iterator[Paragraph]:
    """Yield the paragraphs of the notes that the text refers to, in its order."""
    for kind in ("footnote", "endnote"):
        path = f"{folder}/{kind}s.xml".lstrip("/")
        if path not in package.names or all(one != kind for one, _ in wanted):
            continue
        held: dict[str, list[Paragraph]] = {}
        for paragraph in PartReader(package, path).paragraphs:
            held.setdefault(paragraph.note, []).append(paragraph)
        numbers = dict.fromkeys(note for one, note in wanted if one == kind)
        for number, note in enumerate(numbers, 1):
            for paragraph in held.get(note, ()):
                paragraph.note = f"{kind} {number}"
                paragraph.cell = None
                yield paragraph


class _Text:
    """Writes the canonical text."""

    def __init__(self, styles: dict[str, Style]) -> None:
        self.styles = styles
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.places: list[tuple[int, str]] = []
        self.placed: list[Placed] = []
        self.quiet: list[Span] = []  # numbers of notes, and what is struck out
        self.section = ""
        self.counts: dict[str, int] = {}
        self.before: Paragraph | None = None
        self.tables = 0
        self.headers: dict[tuple[int, int], Span] = {}
        self.rows: dict[tuple[int, int], int] = {}

    def add(self, paragraphs: list[Paragraph], keep: bool = False) -> None:
        """Append paragraphs; `keep` remembers where their pieces stand."""
        heads = _header_rows(paragraphs)
        for paragraph in paragraphs:
            if not paragraph.text.strip():
                continue
            self._write(self._gap(paragraph))
            start = self.length
            for piece in paragraph.pieces:
                if keep and piece.run >= 0 and not piece.boxed:
                    self.placed.append(Placed(self.length, piece))
                if piece.struck or self._is_note(piece):
                    self.quiet.append(Span(self.length, self.length + len(piece.text)))
                self._write(piece.text)
            self._block(paragraph, trim(paragraph.text, 0, self.length - start), start, heads)
            self.before = paragraph

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _is_note(self, piece: Piece) -> bool:
        before = self.parts[-1][-1:] if self.parts else ""
        return piece.raised and not before.isdigit() and _NOTE.fullmatch(piece.text) is not None

    def _gap(self, paragraph: Paragraph) -> str:
        before = self.before
        if before is None:
            return ""
        if before.cell is None or paragraph.cell is None or before.cell[0] != paragraph.cell[0]:
            return "\n\n"
        return "\t" if before.cell[1] == paragraph.cell[1] and before.cell != paragraph.cell else "\n"

    def _block(self, paragraph: Paragraph, cut: Span, start: int, heads: set[tuple[int, int]]) -> None:
        span = Span(start + cut.start, start + cut.end)
        kind, level = kind_of(paragraph, self.styles)
        self.places.append((start, self._place(paragraph, kind, paragraph.text)))
        if paragraph.cell is not None and kind == "paragraph":
            table, row, column = paragraph.cell
            if (table, row) in heads:
                self.headers.setdefault((table, column), span)
                return
            number = self.rows.setdefault((table, row), len(self.rows))
            self.blocks.append(Block("cell", span, header=self.headers.get((table, column)), row=number))
        elif kind == "item":
            self.blocks.append(Block(kind, span, level, lead=self._lead(level)))
        else:
            self.blocks.append(Block(kind, span, level))

    def _lead(self, level: int) -> int:
        last = len(self.blocks) - 1
        if last < 0 or self.blocks[last].kind != "item":
            return last
        before = self.blocks[last]
        if level > before.level and self.before and self.before.text.rstrip().endswith(":"):
            return last
        at = last
        while at >= 0 and self.blocks[at].kind == "item" and self.blocks[at].level > level:
            at -= 1
        return self.blocks[at].lead if at >= 0 and self.blocks[at].kind == "item" else before.lead

    def _place(self, paragraph: Paragraph, kind: str, text: str) -> str:
        """Return what a person calls the place: "Side effects, paragraph 2"."""
        if paragraph.note:
            return paragraph.note
        if kind == "heading":
            self.section, self.counts = " ".join(text.split()), {}
            if len(self.section) > _TITLE:
                self.section = self.section[:_TITLE].rpartition(" ")[0] + " …"
            return f"heading “{self.section}”"
        if paragraph.cell is not None:
            if self.before is None or self.before.cell is None or self.before.cell[0] != paragraph.cell[0]:
                self.tables += 1
            where = f"table {self.tables}, row {paragraph.cell[1] + 1}, column {paragraph.cell[2] + 1}"
        else:
            called = "list item" if kind == "item" else "paragraph"
            self.counts[called] = self.counts.get(called, 0) + 1
            where = f"{called} {self.counts[called]}"
        return f"{self.section}, {where}" if self.section else where

    def document(self) -> Document:
        """Return what was written."""
        text = "".join(self.parts)
        mask = Mask(text)
        for span in self.quiet:
            mask.blank(span.start, span.end)
        plain = mask.plain()
        blocks = []
        for block in self.blocks:
            header = block.header and trim(plain, block.header.start, block.header.end)
            blocks.append(replace(block, span=trim(plain, block.span.start, block.span.end), header=header))
        return Document(text, plain, tuple(blocks), gaps=tuple(mask.gaps), places=tuple(self.places))


def _header_rows(paragraphs: list[Paragraph]) -> set[tuple[int, int]]:
    """Return the rows that head their table: marked so in Word, or first rows of short labels."""
    rows: dict[tuple[int, int], list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.cell is not None and paragraph.text.strip():
            rows.setdefault(paragraph.cell[:2], []).append(paragraph)
    heads: set[tuple[int, int]] = set()
    for (table, row), held in rows.items():
        if row:
            continue
        labels = all(len(p.text) <= 60 and p.text.rstrip()[-1] not in ".!?:;" for p in held)
        columns = {p.cell for p in held}
        if (table, 1) in rows and (held[0].heads or (labels and len(columns) == len(held) > 1)):
            heads.add((table, row))
    return heads

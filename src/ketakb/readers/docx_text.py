"""The paragraphs of a Word part, tracked changes taken as accepted, with their places in its bytes."""

from __future__ import annotations

from xml.parsers import expat

from ketakb.readers.docx_package import Package, Style
from ketakb.values import dataclass, field

_DROPPED = frozenset({"w:del", "w:moveFrom", "mc:Fallback", "w:instrText", "w:delText", "w:delInstrText"})
_OFF = frozenset({"0", "false", "off"})
_MARKS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "‑"}


@dataclass(slots=True)
class Piece:
    """A stretch of text inside one w:t, and where its bytes begin in the part."""

    text: str
    byte: int
    run: int = -1
    """Number of the run it stands in; -1 for what is no text of the file, such as a tab."""
    raised: bool = False
    """Superscript, as numbers of notes are."""
    struck: bool = False
    boxed: bool = False
    """In a text box, where Word allows no comment."""


@dataclass(slots=True)
class Run:
    """A w:r: where its bytes are, and those of what its halves need when it is split."""

    start: int
    end: int = 0
    open_end: int = 0
    properties: tuple[int, int] = (0, 0)
    raised: bool = False
    struck: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Paragraph:
    """One w:p as far as it matters."""

    style: str = ""
    level: int = -1
    """Level of a list item, from 0; -1 for none."""
    unnumbered: bool = False
    outline: int = 0
    pieces: list[Piece] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None
    """Table, row and column, where it stands in a cell."""
    heads: bool = False
    """In a row that Word repeats as header."""
    note: str = ""
    runs_on: bool = False
    """Its end is struck out: the next paragraph continues it."""

    @property
    def text(self) -> str:
        """The words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Table:
    number: int
    row: int = -1
    column: int = -1
    width: int = 1
    heads: bool = False


class PartReader:
    """Reads one part: `paragraphs`, `runs` and `notes` (foot- and endnotes in the order of reference)."""

    def __init__(self, package: Package, path: str) -> None:
        self.paragraphs: list[Paragraph] = []
        self.runs: list[Run] = []
        self.notes: list[tuple[str, str]] = []
        self._open: list[Paragraph] = []
        self._waiting: list[list[Paragraph]] = []  # of text boxes, until the paragraph around them ends
        self._run: list[int] = []
        self._dropped = 0
        self._text = 0
        self._properties = 0  # inside w:pPr
        self._tables: list[_Table] = []
        self._tables_read = 0
        self._note = ""
        self._parser: expat.XMLParserType | None = None
        self.content = package.parse(path, self._start, self._end, self._data, self._place)

    def _place(self, parser: expat.XMLParserType) -> None:
        self._parser = parser

    @property
    def _byte(self) -> int:
        return self._parser.CurrentByteIndex if self._parser is not None else 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._dropped or name.endswith("PrChange") or (name in _DROPPED and not self._properties):
            self._dropped += 1
        elif self._properties:
            self._properties += 1
            self._paragraph_property(name, attributes)
        elif name == "w:t":
            self._text += 1
        elif name == "w:p":
            self._begin()
        elif name == "w:pPr":
            self._properties = 1
        elif name == "w:r":
            self._run.append(len(self.runs))
            self.runs.append(Run(self._byte))
        elif name in _MARKS and self._open and self._run:
            self._open[-1].pieces.append(Piece(_MARKS[name], self._byte))
        else:
            self._other(name, attributes)
        if self._run and not self.runs[self._run[-1]].open_end and name != "w:r":
            self.runs[self._run[-1]].open_end = self._byte

    def _other(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("w:val", "")
        table = self._tables[-1] if self._tables else None
        if name == "w:tbl":
            self._tables_read += 1
            self._tables.append(_Table(self._tables_read))
        elif name == "w:tr" and table:
            table.row, table.column, table.width, table.heads = table.row + 1, -1, 1, False
        elif name == "w:tc" and table:
            table.column, table.width = table.column + table.width, 1
        elif name == "w:gridSpan" and table and value.isascii() and value.isdigit() and len(value) < 5:
            table.width = max(1, int(value))
        elif name == "w:tblHeader" and table:
            table.heads = value not in _OFF
        elif name == "w:rPr" and self._run:
            self.runs[self._run[-1]].properties = (self._byte, 0)
        elif name == "w:vertAlign" and self._run:
            self.runs[self._run[-1]].raised = value == "superscript"
        elif name in ("w:strike", "w:dstrike") and self._run:
            self.runs[self._run[-1]].struck = value not in _OFF
        elif name in ("w:vanish", "w:webHidden") and self._run:
            self.runs[self._run[-1]].hidden = name == "w:vanish" and value not in _OFF
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            self.notes.append((name[2:-9], attributes.get("w:id", "")))
        elif name in ("w:footnote", "w:endnote"):
            special = attributes.get("w:type", "normal") != "normal"
            self._note = "" if special else attributes.get("w:id", "")

    def _paragraph_property(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            return
        paragraph, value = self._open[-1], attributes.get("w:val", "")
        if name == "w:pStyle":
            paragraph.style = value
        elif name == "w:numId":
            paragraph.unnumbered = value == "0"
            paragraph.level = -1 if value == "0" else max(paragraph.level, 0)
        elif name == "w:ilvl" and value.isascii() and value.isdigit() and len(value) < 3:
            paragraph.level = int(value)
        elif name == "w:outlineLvl" and value in tuple("012345678"):
            paragraph.outline = int(value) + 1
        elif name in ("w:del", "w:moveFrom"):
            paragraph.runs_on = True

    def _begin(self) -> None:
        paragraph = Paragraph(note=self._note)
        if self._tables and not self._open:  # a text box is no cell
            table = self._tables[-1]
            paragraph.cell = (table.number, table.row, max(table.column, 0))
            paragraph.heads = table.heads
        self._open.append(paragraph)
        self._waiting.append([])

    def _end(self, name: str) -> None:
        if self._dropped:
            self._dropped -= 1
        elif self._properties:
            self._properties -= 1
        elif name == "w:t":
            self._text -= 1
        elif name == "w:p" and self._open:
            self._finish()
        elif name == "w:r" and self._run:
            self.runs[self._run.pop()].end = self._byte
        elif name == "w:rPr" and self._run:
            run = self.runs[self._run[-1]]
            run.properties = (run.properties[0], self._byte)
        elif name == "w:tbl" and self._tables:
            self._tables.pop()

    def _finish(self) -> None:
        paragraph, boxes = self._open.pop(), self._waiting.pop()
        before = self.paragraphs[-1] if self.paragraphs else None
        if self._open:
            self._waiting[-1] += [paragraph, *boxes]
            return
        if (
            before is not None
            and before.runs_on
            and before.cell == paragraph.cell
            and before.note == paragraph.note
        ):
            before.pieces += paragraph.pieces
            before.runs_on = paragraph.runs_on
        else:
            self.paragraphs.append(paragraph)
        self.paragraphs += boxes

    def _data(self, text: str) -> None:
        if self._text and not self._dropped and self._open and self._run:
            run = self.runs[self._run[-1]]
            if not run.hidden:
                boxed = len(self._open) > 1
                self._open[-1].pieces.append(
                    Piece(text, self._byte, self._run[-1], run.raised, run.struck, boxed)
                )


def kind_of(paragraph: Paragraph, styles: dict[str, Style]) -> tuple[str, int]:
    """Return the kind of block that a paragraph is, and its level."""
    style = styles.get(paragraph.style, Style())
    heading = paragraph.outline or style.heading
    if heading:
        return "heading", heading
    if paragraph.level >= 0 or (style.item and not paragraph.unnumbered):
        return "item", max(paragraph.level, 0) + 1
    return ("quotation" if style.quotation else "paragraph"), 0

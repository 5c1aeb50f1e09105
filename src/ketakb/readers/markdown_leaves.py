"""What the lines of a Markdown text come to: paragraphs, reference definitions, tables."""

from __future__ import annotations

from ketakb.readers.markdown_inline import label_of
from ketakb.readers.markdown_lines import DEFINITION, Container, Leaf, cells_of, delimiter_row
from ketakb.readers.mask import Mask


class Leaves:
    """Collects `leaves` and the `labels` of reference definitions."""

    def __init__(self, text: str, mask: Mask) -> None:
        self.text, self.mask = text, mask
        self.leaves: list[Leaf] = []
        self.labels: set[str] = set()
        self.stack: list[Container] = []
        self.paragraph: Leaf | None = None
        self.last_line = 0  # where the last line of the paragraph begins
        self.headers: list[int] | None = None
        self.rows = 0

    def lead(self) -> int:
        """Return the leaf that introduces a list that begins here: an item only where it ends in a colon."""
        last = len(self.leaves) - 1
        if last < 0 or self.leaves[last].kind != "item":
            return last
        leaf = self.leaves[last]
        return last if self.text[leaf.start : leaf.end].rstrip(" \t\r\n*_").endswith(":") else leaf.lead

    def close(self) -> None:
        """Finish the open paragraph, the reference definitions at its head apart."""
        leaf, self.paragraph = self.paragraph, None
        if leaf is None:
            return
        if self.text[leaf.start] == "[":
            source, done = self.mask.part(leaf.start, leaf.end), 0
            while found := DEFINITION.match(source, done):
                self.labels.add(label_of(found.group(1)))
                done = found.end()
            self.mask.blank(leaf.start, leaf.start + done)
            leaf.start += done
            if leaf.start >= leaf.end:
                return
        self.add(leaf)

    def add(self, leaf: Leaf) -> None:
        top = self.stack[-1] if self.stack else None
        if leaf.kind == "paragraph" and top is not None:
            if top.kind == "item":
                if top.fresh:
                    leaf.kind, leaf.level, leaf.lead = "item", top.level, top.lead
            elif any(container.kind == "quote" for container in self.stack):
                leaf.kind = "quotation"
        if top is not None:
            top.fresh = False
        self.leaves.append(leaf)

    def table(self, at: int, end: int) -> bool:
        """Turn the last line of the paragraph into a table's header, where this line says that it is one."""
        columns = delimiter_row(self.text[at:end]) if self.text[at] in "|:-" else 0
        paragraph = self.paragraph
        if not columns or paragraph is None or "|" not in self.text[self.last_line : paragraph.end]:
            return False
        cells = cells_of(self.text, self.last_line, paragraph.end)
        if len(cells) != columns:
            return False
        paragraph.end = self.last_line
        if paragraph.start >= paragraph.end:
            self.paragraph = None
        self.close()
        self.headers = []
        for first, last in cells:
            self.headers.append(len(self.leaves))
            self.leaves.append(Leaf("header", first, last))
        self._bars(self.last_line, cells)
        return True

    def row(self, start: int, at: int, end: int) -> None:
        headers = self.headers or []
        cells = cells_of(self.text, at, end)
        for number, (first, last) in enumerate(cells):
            if number < len(headers):
                self.leaves.append(Leaf("cell", first, last, header=headers[number], row=self.rows))
        self._bars(at, cells)
        self.mask.blank(start, at)
        self.rows += 1
        if len(cells) > len(headers):
            self.mask.blank(cells[len(headers)][0], end)

    def _bars(self, at: int, cells: list[tuple[int, int]]) -> None:
        self.mask.blank(at, cells[0][0])
        for _, last in cells:
            if last < len(self.text) and self.text[last] == "|":
                self.mask.blank(last, last + 1)

"""The blocks of a piece of HTML: what is read is written over blanks, at its own place."""

from __future__ import annotations

from ketakb.readers.document import Block
from ketakb.readers.html_scope import LEVELS, Open, Scope
from ketakb.readers.html_tree import Token, Tree, build_tree
from ketakb.readers.mask import ENTITY, Mask, trim
from ketakb.readers.tags import BLOCK_TAGS, Tag
from ketakb.text import Span

_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_MOST_COLUMNS = 1000


class HtmlBlocks(Scope):
    """Reads one piece of HTML that begins at `base` of the file."""

    def __init__(self, mask: Mask, tree: Tree, base: int) -> None:
        super().__init__(tree)
        self.mask, self.base = mask, base
        self.blocks: list[Block] = []
        self.start = self.end = -1  # of the block that is open
        self.rows = 0
        self.breaks = 0
        self.told: set[str] = set()

    def read(self) -> list[Block]:
        """Return the blocks, in the order of the file."""
        number, tokens = 0, self.tree.tokens
        while number < len(tokens):
            number = self._token(number, tokens[number])
        self._close()
        return self.blocks

    # ---- what is read

    def _token(self, number: int, token: Token) -> int:
        while self.stack and self.stack[-1].last <= number:
            self._leave(self.stack.pop())
        tag = token.tag
        if tag is None:
            if token.kind == "text":
                self._text(number, token.start, token.end)
            elif token.kind == "comment":
                self.mask.comment(
                    self.base + token.start,
                    self.tree.source[token.start + 4 : token.end - 3],
                    token.end - token.start,
                )
            return number + 1
        if tag.closing:
            self._markup(tag)
            return number + 1
        self._markup(tag)
        if tag.name == "script":
            self._script(number, tag)
        skipped = self.skipped(number, token, tag)
        if not skipped:
            self._enter(number, token, tag)
        return max(skipped, number + 1)

    def _markup(self, tag: Tag) -> None:
        if tag.name in BLOCK_TAGS or tag.name in ("img", "button"):
            if tag.name != "img":
                self._close()
        elif tag.name == "br":
            self.breaks += 1
            if self.breaks > 1:
                self._close()
        else:
            self.mask.join(self.base + tag.start, self.base + tag.end)

    def _enter(self, number: int, token: Token, tag: Tag) -> None:
        name = tag.name
        if name == "meta":
            self._meta(tag)
        elif name == "img" and self.readable(number):
            self._value(tag, "alt")
        if token.last <= number + 1:
            return
        entered = Open(token.last, name)
        if name in ("ul", "ol"):
            entered.lead = self._lead()
        elif name == "tr" and (table := self.nearest("table")) is not None:
            entered.heads = self._is_header_row(number, token.last, table)
            table.rows += 1
            self.rows += 1
        elif name in ("td", "th"):
            wide = self.tree.value(tag, "colspan") or "1"
            entered.column = (
                min(int(wide), _MOST_COLUMNS) if wide.isascii() and wide.isdigit() and len(wide) < 6 else 1
            )
        self.stack.append(entered)

    # ---- blocks

    def _text(self, number: int, start: int, end: int) -> None:
        if not self.readable(number):
            return
        self.copy(start, end)
        if not self.tree.source[start:end].strip():
            return
        self.breaks = 0
        if self.start < 0:
            self.start = self.base + start
        self.end = self.base + end

    def copy(self, start: int, end: int) -> None:
        """Write a stretch of the source where it stands, entities as the characters that they mean."""
        source, base = self.tree.source, self.base
        self.mask.chars[base + start : base + end] = source[start:end]
        for entity in ENTITY.finditer(source, start, end):
            self.mask.entity(base + entity.start(), source, entity.start())

    def _close(self) -> None:
        start, self.start, self.breaks = self.start, -1, 0
        if start < 0:
            return
        span = trim("".join(self.mask.chars[start : self.end]), 0, self.end - start)
        span = Span(start + span.start, start + span.end)
        if span.start == span.end:
            return
        self._add(span)

    def _add(self, span: Span) -> None:
        for open_ in self.near():
            if open_.name in LEVELS:
                self.blocks.append(Block("heading", span, LEVELS[open_.name]))
                return
            if open_.name == "li":
                self._item(open_, span)
                return
            if open_.name in ("td", "th"):
                self._cell(open_, span)
                return
            if open_.name == "blockquote":
                self.blocks.append(Block("quotation", span))
                return
        self.blocks.append(Block("paragraph", span))

    def _item(self, open_: Open, span: Span) -> None:
        if not open_.fresh:
            self.blocks.append(Block("paragraph", span))
            return
        open_.fresh = False
        lists = [one for one in self.near() if one.name in ("ul", "ol")]
        self.blocks.append(Block("item", span, len(lists), lead=lists[0].lead if lists else -1))

    def _lead(self) -> int:
        last = len(self.blocks) - 1
        if last < 0 or self.blocks[last].kind != "item":
            return last
        before = self.blocks[last]
        leads = self.mask.part(before.span.start, before.span.end).rstrip(" \n\0").endswith(":")
        return last if leads else before.lead

    # ---- tables

    def _is_header_row(self, number: int, last: int, table: Open) -> bool:
        if table.rows:
            return False
        if self.nearest("thead") is not None:
            return True
        return self.holds("th", number, last) and not self.holds("td", number, last)

    def _cell(self, open_: Open, span: Span) -> None:
        row, table = self.nearest("tr"), self.nearest("table")
        if row is None or table is None:
            self.blocks.append(Block("paragraph", span))
        elif row.heads:
            table.headers.setdefault(row.column, span)
        else:
            self.blocks.append(Block("cell", span, header=table.headers.get(row.column), row=self.rows - 1))

    def _leave(self, open_: Open) -> None:
        self._close_in(open_)
        if open_.name in ("td", "th") and (row := self.nearest("tr")) is not None:
            table = self.nearest("table")
            width = max(open_.column, 1)
            if row.heads and table is not None and (header := table.headers.get(row.column)) is not None:
                for column in range(row.column, row.column + width):
                    table.headers.setdefault(column, header)
            row.column += width

    def _close_in(self, open_: Open) -> None:
        if self.start >= 0 and (open_.name in BLOCK_TAGS):
            self.stack.append(open_)
            self._close()
            self.stack.pop()

    # ---- attributes

    def _meta(self, tag: Tag) -> None:
        named = self.tree.value(tag, "name") or self.tree.value(tag, "property") or ""
        if named.lower() in _DESCRIPTIONS:
            self._value(tag, "content", once=True)

    def _value(self, tag: Tag, name: str, once: bool = False) -> None:
        value = tag.attributes.get(name)
        text = " ".join(self.tree.source[value.start : value.end].split()) if value else ""
        if value is None or not text or (once and text in self.told):
            return
        self.told.add(text)
        self._close()
        self.copy(value.start, value.end)
        self.blocks.append(Block("paragraph", Span(self.base + value.start, self.base + value.end)))

    def _script(self, number: int, tag: Tag) -> None:
        if (self.tree.value(tag, "type") or "").strip().lower() != "application/ld+json":
            return
        following = self.tree.tokens[number + 1] if number + 1 < len(self.tree.tokens) else None
        if following is not None and following.kind == "text":
            from ketakb.readers.json_ld import read_json_ld

            self.blocks += read_json_ld(
                self.mask, self.tree.source, following.start, following.end, self.base
            )


def read_region(mask: Mask, start: int, end: int) -> list[Block]:
    """Return the blocks of the HTML that stands in a stretch of a text."""
    source = mask.part(start, end)
    mask.blank(start, end)
    return HtmlBlocks(mask, build_tree(source), start).read()

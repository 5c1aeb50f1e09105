"""The blocks of a piece of HTML: what is read is written over blanks, at its own place."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from ketakb.readers.document import Block
from ketakb.readers.furniture import heads_furniture, is_furniture, is_hidden, never_read
from ketakb.readers.html_tree import Token, Tree, build_tree
from ketakb.readers.mask import ENTITY, Mask, trim
from ketakb.readers.tags import BLOCK_TAGS, Tag
from ketakb.text import Span

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 6, "dt": 6, "title": 1}
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_NOTE = re.compile(r"[\s\d,;–\-\[\]()*†‡]*+")
_ALWAYS_READ = frozenset({"html", "body", "main", "article", "head", "title"})
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_MOST_COLUMNS = 1000
_DEEPEST = 100


@dataclass(slots=True)
class _Open:
    last: int
    """Index of the token behind the element."""
    name: str
    lead: int = -1
    fresh: bool = True
    headers: dict[int, Span] = field(default_factory=dict)
    column: int = 0
    """Of a row: where the next cell stands. Of a cell: how many columns it spans."""
    heads: bool = False
    """A row of headers."""
    rows: int = 0


class HtmlBlocks:
    """Reads one piece of HTML that begins at `base` of the file."""

    def __init__(self, mask: Mask, tree: Tree, base: int) -> None:
        self.mask, self.tree, self.base = mask, tree, base
        self.blocks: list[Block] = []
        self.stack: list[_Open] = []
        self.start = self.end = -1  # of the block that is open
        self.rows = 0
        self.breaks = 0
        self.told: set[str] = set()
        tags = [
            (number, token.tag)
            for number, token in enumerate(tree.tokens)
            if token.tag and not token.tag.closing
        ]
        self.heads = [number for number, tag in tags if tag.name in ("h1", "main", "article")]
        mains = [n for n, tag in tags if tag.name == "main" or tree.value(tag, "role") == "main"]
        self.mains = [(number, tree.tokens[number].last) for number in mains]

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
        skipped = self._skipped(number, token, tag)
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

    def _skipped(self, number: int, token: Token, tag: Tag) -> int:
        """Return the token behind what is left out here, or 0 where nothing is."""
        if tag.name in _ALWAYS_READ or (tag.name == "button" and self._inside(*_LEVELS)):
            return 0
        if tag.name in _UNSEEN:
            return token.last
        if self._holds_page(number, token.last):
            return 0
        if tag.name == "sup":
            out = self._is_note(number, token)
        elif tag.name == "footer":
            out = not self._inside("article", "main", "blockquote")
        elif tag.name == "header":
            out = not self._inside("article", "main")
        else:
            out = tag.name == "form" or never_read(tag) or is_furniture(self.tree, tag)
        if out or is_hidden(self.tree, tag):
            return token.last
        if tag.name in _LEVELS and heads_furniture(self._words(number, token)):
            return self._part_end(token, _LEVELS[tag.name])
        return 0

    def _words(self, number: int, token: Token) -> str:
        content = self.tree.tokens[number + 1 : min(token.last, number + 12)]
        return "".join(self.tree.source[one.start : one.end] for one in content if one.kind == "text")

    def _part_end(self, token: Token, level: int) -> int:
        """Return where the part that a heading opens ends: at the next heading of its level, or with its parent."""
        tokens = self.tree.tokens
        end = self.stack[-1].last if self.stack else len(tokens)
        for at in range(token.last, end):
            other = tokens[at].tag
            if (
                other
                and not other.closing
                and (_LEVELS.get(other.name, 9) <= level or other.name in _ALWAYS_READ)
            ):
                return at
        return end

    def _holds_page(self, number: int, last: int) -> bool:
        at = bisect.bisect_left(self.heads, number)
        return at < len(self.heads) and self.heads[at] < last

    def _inside(self, *names: str) -> bool:
        return any(open_.name in names for open_ in self._near())

    def _near(self) -> Iterator[_Open]:
        """The open elements, the innermost first; not all, where there are very many."""
        return islice(reversed(self.stack), _DEEPEST)

    def _is_note(self, number: int, token: Token) -> bool:
        """Whether a superscript is the number of a note: digits behind a word or a mark."""
        before = self.tree.source[token.start - 1 : token.start]
        text = self._words(number, token)
        return not before.isdigit() and bool(text.strip()) and _NOTE.fullmatch(text) is not None

    def _readable(self, number: int) -> bool:
        """Whether text counts here: inside main where a page has one; else anywhere."""
        if not self.mains or any(first < number < last for first, last in self.mains[:20]):
            return True
        return self._inside("h1", "title")

    def _enter(self, number: int, token: Token, tag: Tag) -> None:
        name = tag.name
        if name == "meta":
            self._meta(tag)
        elif name == "img" and self._readable(number):
            self._value(tag, "alt")
        if token.last <= number + 1:
            return
        entered = _Open(token.last, name)
        if name in ("ul", "ol"):
            entered.lead = self._lead()
        elif name == "tr" and (table := self._nearest("table")) is not None:
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
        if not self._readable(number):
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
        for open_ in self._near():
            if open_.name in _LEVELS:
                self.blocks.append(Block("heading", span, _LEVELS[open_.name]))
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

    def _item(self, open_: _Open, span: Span) -> None:
        if not open_.fresh:
            self.blocks.append(Block("paragraph", span))
            return
        open_.fresh = False
        lists = [one for one in self._near() if one.name in ("ul", "ol")]
        self.blocks.append(Block("item", span, len(lists), lead=lists[0].lead if lists else -1))

    def _lead(self) -> int:
        last = len(self.blocks) - 1
        if last < 0 or self.blocks[last].kind != "item":
            return last
        before = self.blocks[last]
        leads = self.mask.part(before.span.start, before.span.end).rstrip(" \n\0").endswith(":")
        return last if leads else before.lead

    # ---- tables

    def _nearest(self, name: str) -> _Open | None:
        return next((open_ for open_ in self._near() if open_.name == name), None)

    def _is_header_row(self, number: int, last: int, table: _Open) -> bool:
        if table.rows:
            return False
        if self._nearest("thead") is not None:
            return True
        names = [
            token.tag.name for token in self.tree.tokens[number:last] if token.tag and not token.tag.closing
        ]
        return "th" in names and "td" not in names

    def _cell(self, open_: _Open, span: Span) -> None:
        row, table = self._nearest("tr"), self._nearest("table")
        if row is None or table is None:
            self.blocks.append(Block("paragraph", span))
        elif row.heads:
            table.headers.setdefault(row.column, span)
        else:
            self.blocks.append(Block("cell", span, header=table.headers.get(row.column), row=self.rows - 1))

    def _leave(self, open_: _Open) -> None:
        self._close_in(open_)
        if open_.name in ("td", "th") and (row := self._nearest("tr")) is not None:
            table = self._nearest("table")
            width = max(open_.column, 1)
            if row.heads and table is not None and (header := table.headers.get(row.column)) is not None:
                for column in range(row.column, row.column + width):
                    table.headers.setdefault(column, header)
            row.column += width

    def _close_in(self, open_: _Open) -> None:
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

"""Where a piece of HTML is being read: the elements around, and which of it is the page's copy."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from itertools import islice

from ketakb.readers.furniture import heads_furniture, is_furniture, is_hidden, never_read
from ketakb.readers.html_tree import Token, Tree
from ketakb.readers.tags import Tag
from ketakb.text import Span
from ketakb.values import dataclass, field

LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 6, "dt": 6, "title": 1}
_NOTE = re.compile(r"[\s\d,;–\-\[\]()*†‡]*+")
_ALWAYS_READ = frozenset({"html", "body", "main", "article", "head", "title"})
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_DEEPEST = 100


@dataclass(slots=True)
class Open:
    """An element that is open."""

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


class Scope:
    """What surrounds the token that is being read."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.stack: list[Open] = []
        tags = [(n, one.tag) for n, one in enumerate(tree.tokens) if one.tag and not one.tag.closing]
        self.heads = [number for number, tag in tags if tag.name in ("h1", "main", "article")]
        self.cells = {kind: [n for n, tag in tags if tag.name == kind] for kind in ("th", "td")}
        mains = [n for n, tag in tags if tag.name == "main" or tree.value(tag, "role") == "main"]
        self.mains = [(number, tree.tokens[number].last) for number in mains]

    def holds(self, kind: str, number: int, last: int) -> bool:
        """Whether a cell of a kind, th or td, begins among these tokens."""
        cells = self.cells[kind]
        at = bisect.bisect_left(cells, number)
        return at < len(cells) and cells[at] < last

    def skipped(self, number: int, token: Token, tag: Tag) -> int:
        """Return the token behind what is left out here, or 0 where nothing is."""
        if tag.name in _ALWAYS_READ or (tag.name == "button" and self.inside(*LEVELS)):
            return 0
        if tag.name in _UNSEEN:
            return token.last
        if self._holds_page(number, token.last):
            return 0
        if tag.name == "sup":
            out = self._is_note(number, token)
        elif tag.name == "footer":
            out = not self.inside("article", "main", "blockquote")
        elif tag.name == "header":
            out = not self.inside("article", "main")
        else:
            out = tag.name == "form" or never_read(tag) or is_furniture(self.tree, tag)
        if out or is_hidden(self.tree, tag):
            return token.last
        if tag.name in LEVELS and heads_furniture(self._words(number, token)):
            return self._part_end(token, LEVELS[tag.name])
        return 0

    def _words(self, number: int, token: Token) -> str:
        content = self.tree.tokens[number + 1 : min(token.last, number + 12)]
        return "".join(self.tree.source[one.start : one.end] for one in content if one.kind == "text")

    def _part_end(self, token: Token, level: int) -> int:
        """Return where a heading's part ends: at the next heading of its level, or with its parent."""
        tokens = self.tree.tokens
        end = self.stack[-1].last if self.stack else len(tokens)
        for at in range(token.last, end):
            other = tokens[at].tag
            if (
                other
                and not other.closing
                and (LEVELS.get(other.name, 9) <= level or other.name in _ALWAYS_READ)
            ):
                return at
        return end

    def _holds_page(self, number: int, last: int) -> bool:
        at = bisect.bisect_left(self.heads, number)
        return at < len(self.heads) and self.heads[at] < last

    def inside(self, *names: str) -> bool:
        return any(open_.name in names for open_ in self.near())

    def near(self) -> Iterator[Open]:
        """The open elements, the innermost first; not all, where there are very many."""
        return islice(reversed(self.stack), _DEEPEST)

    def _is_note(self, number: int, token: Token) -> bool:
        """Whether a superscript is the number of a note: digits behind a word or a mark."""
        before = self.tree.source[token.start - 1 : token.start]
        text = self._words(number, token)
        return not before.isdigit() and bool(text.strip()) and _NOTE.fullmatch(text) is not None

    def readable(self, number: int) -> bool:
        """Whether text counts here: inside main where a page has one; else anywhere."""
        if not self.mains or any(first < number < last for first, last in self.mains[:20]):
            return True
        return self.inside("h1", "title")

    def nearest(self, name: str) -> Open | None:
        return next((open_ for open_ in self.near() if open_.name == name), None)

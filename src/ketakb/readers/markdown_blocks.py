"""The blocks of a Markdown text, line by line: quotations and lists hold others; lazy lines continue them."""

from __future__ import annotations

import re

from ketakb import later
from ketakb.readers.markdown_leaves import Leaves
from ketakb.readers.markdown_lines import (
    BULLETS,
    FENCE,
    HEADING,
    HEADING_END,
    ITEM,
    NOTE,
    RULE,
    SETEXT,
    TASK,
    Container,
    Cursor,
    Leaf,
    advance,
    html_end,
    indented,
)
from ketakb.readers.mask import Mask

_LINE = later.compile(r"[^\r\n]*+(?:\r\n?+|\n)?+")
_DEEPEST = 100


class BlockParser(Leaves):
    """Reads all lines."""

    def __init__(self, text: str, mask: Mask) -> None:
        super().__init__(text, mask)
        self.fence = ""
        self.html: re.Pattern[str] | str | None = None

    def read(self, start: int) -> None:
        """Read from an offset to the end of the text."""
        while start < len(self.text):
            found = _LINE.match(self.text, start)
            after = found.end() if found else len(self.text)
            end = after
            while end > start and self.text[end - 1] in "\r\n":
                end -= 1
            if start == end and not self.stack and not self.fence and not self.html:
                self.close()
                self.headers = None
            else:
                self._line(start, end)
            start = after
        self.close()

    # ---- one line

    def _line(self, start: int, end: int) -> None:
        place, matched = self._matched(start, end)
        self.mask.blank(start, place.at)
        whole = matched == len(self.stack)
        if self.fence or self.html:
            if whole:
                self._inside(start, place, end)
                return
            self.fence, self.html = "", None
        if not whole:
            self.headers = None
        place, opened = self._open_containers(place, end, matched)
        if opened:
            whole, matched = True, len(self.stack)
        columns, inner = indented(self.text, place, end)
        if inner.at == end:
            self._blank_line(matched, opened)
        elif columns >= 4 and not opened and self.paragraph is not None:
            self._continue(start, inner.at, end)
        elif columns >= 4:
            self._leave(matched, opened)
            self.mask.blank(start, end)
        else:
            self._leaf(start, inner.at, end, whole, matched, opened)

    def _matched(self, start: int, end: int) -> tuple[Cursor, int]:
        place = Cursor(start, 0)
        columns, inner = indented(self.text, place, end)
        for number, container in enumerate(self.stack):
            if container.kind == "quote":
                if columns > 3 or inner.at == end or self.text[inner.at] != ">":
                    return place, number
                place = self._behind_quote(inner, end)
                columns, inner = indented(self.text, place, end)
            elif inner.at == end:
                place = inner
            elif columns >= container.width:
                place = advance(self.text, place, container.width)
                columns -= container.width
            else:
                return place, number
        return place, len(self.stack)

    def _behind_quote(self, inner: Cursor, end: int) -> Cursor:
        place = Cursor(inner.at + 1, inner.column + 1)
        return advance(self.text, place, 1) if place.at < end and self.text[place.at] in " \t" else place

    def _open_containers(self, place: Cursor, end: int, matched: int) -> tuple[Cursor, bool]:
        opened = False
        depth = matched
        while depth < _DEEPEST:
            columns, inner = indented(self.text, place, end)
            if inner.at == end or columns > 3:
                break
            talks = self.paragraph is not None and depth == len(self.stack)
            letter = self.text[inner.at]
            if letter == ">":
                self._leave(depth, opened)
                self.stack.append(Container("quote"))
                place = self._behind_quote(inner, end)
            elif letter == "[" and (note := NOTE.match(self.text, inner.at, end)):
                self._leave(depth, opened)
                self.stack.append(Container("note", 4))
                place = Cursor(note.end(), inner.column + note.end() - inner.at)
            else:
                bullet = letter in BULLETS or letter.isdecimal()
                item = self._item(inner, columns, end, talks, depth) if bullet else None
                if item is None:
                    break
                place = item
            self.mask.blank(inner.at, place.at)
            opened, depth = True, depth + 1
        return place, opened

    def _item(self, inner: Cursor, columns: int, end: int, talks: bool, depth: int) -> Cursor | None:
        text = self.text
        found = ITEM.match(text, inner.at, end)
        if found is None:
            return None
        if RULE.match(text, inner.at, end) or (talks and SETEXT.match(text, inner.at, end)):
            return None
        behind = Cursor(found.end(), inner.column + found.end() - inner.at)
        spaces, content = indented(text, behind, end)
        empty = content.at == end
        if talks and (empty or (found.group(1) or "1").lstrip("0") != "1"):
            return None
        pad = 1 if empty or spaces > 4 else spaces
        before = self.stack[depth] if depth < len(self.stack) else None
        self._leave(depth, False)
        new = Container("item", columns + found.end() - inner.at + pad)
        new.level = 1 + sum(container.kind == "item" for container in self.stack)
        same = before is not None and before.kind == "item"
        new.lead = before.lead if before is not None and same else self.lead()
        self.stack.append(new)
        place = behind if empty else advance(text, behind, pad)
        task = TASK.match(text, place.at, end)
        return (
            indented(text, Cursor(task.end(), place.column + task.end() - place.at), end)[1]
            if task
            else place
        )

    def _leave(self, depth: int, opened: bool) -> None:
        if not opened or len(self.stack) > depth:
            self.close()
            self.headers = None
            del self.stack[depth:]

    # ---- leaves

    def _inside(self, start: int, place: Cursor, end: int) -> None:
        if self.fence:
            columns, inner = indented(self.text, place, end)
            bare = self.text[inner.at : end].rstrip(" \t")
            if columns < 4 and bare.startswith(self.fence) and not bare.strip(self.fence[0]):
                self.fence = ""
            self.mask.blank(start, end)
            return
        if self.html == "blank":
            if not self.text[place.at : end].strip():
                self.html = None
                return
        elif self.html and not isinstance(self.html, str) and self.html.search(self.text, place.at, end):
            self.html = None
        self.mask.blank(start, place.at)
        self.leaves[-1].end = end

    def _blank_line(self, matched: int, opened: bool) -> None:
        self.close()
        self.headers = None
        if not opened:
            del self.stack[matched:]

    def _leaf(self, start: int, at: int, end: int, whole: bool, matched: int, opened: bool) -> None:
        text = self.text
        talks = self.paragraph is not None and not opened and whole
        letter = text[at]
        if letter == "#" and (head := HEADING.match(text, at, end)):
            self._leave(matched, opened)
            tail = HEADING_END.search(text[head.end() : end])
            stop = head.end() + tail.start() if tail else end
            self.mask.blank(at, head.end())
            self.mask.blank(stop, end)
            self.add(Leaf("heading", head.end(), stop, len(head.group(1))))
        elif letter in "`~" and (fence := FENCE.match(text, at, end)):
            self._leave(matched, opened)
            self.fence = fence.group(1) or fence.group(2)
            self.mask.blank(start, end)
        elif letter == "<" and (stops := html_end(text[at:end], self.paragraph is not None and not opened)):
            self._leave(matched, opened)
            self.add(Leaf("html", at, end))
            if stops == "blank" or (not isinstance(stops, str) and not stops.search(text, at, end)):
                self.html = stops
        elif talks and self.table(at, end):
            self.mask.blank(start, end)
        elif talks and letter in "=-" and SETEXT.match(text, at, end) and self.paragraph is not None:
            self.paragraph.kind, self.paragraph.level = "heading", 1 if letter == "=" else 2
            self.mask.blank(start, end)
            self.close()
        elif letter in "*-_" and RULE.match(text, at, end):
            self._leave(matched, opened)
            self.mask.blank(start, end)
        elif self.headers is not None and not opened:
            self.row(start, at, end)
        elif self.paragraph is not None and not opened:
            self._continue(start, at, end)
        else:
            self._leave(matched, opened)
            self.paragraph = Leaf("paragraph", at, end)
            self.last_line = at

    def _continue(self, start: int, at: int, end: int) -> None:
        if self.paragraph is not None:
            self.mask.blank(start, at)
            self.paragraph.end, self.last_line = end, at

"""The inside of one Markdown block: emphasis, links, images, code, tags, entities and escapes, blanked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set

from ketakb import later
from ketakb.readers.emphasis import Delimiter, balance, delimiter
from ketakb.readers.mask import JOIN, Mask
from ketakb.readers.tags import BLOCK_TAGS, scan_tag

_SPECIAL = later.compile(r"[\\`*_~\[\]!<&]|(?:https?://|www\.)[^\s<>()\[\]*`|]++")
_TICKS = later.compile(r"`++")
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_AUTOLINK = later.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~-]++@[A-Za-z0-9.-]++)>"
)
_SPACE = later.compile(r"[ \t]*+(?:\r?\n[ \t]*+)?+")
_ANGLED = later.compile(r"<(?:[^<>\n\\]|\\.){0,5000}+>")
_TITLE = {
    '"': later.compile(r'"(?:[^"\\]|\\.){0,2000}+"', re.DOTALL),
    "'": later.compile(r"'(?:[^'\\]|\\.){0,2000}+'", re.DOTALL),
    "(": later.compile(r"\((?:[^()\\]|\\.){0,2000}+\)", re.DOTALL),
}
_LABEL = later.compile(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)
_FOOTNOTE = later.compile(r"\[\^[^\]\s]{1,80}\]")
_BARE_LIMIT = 5000
_MOST_BRACKETS = 32


def label_of(text: str) -> str:
    """Return the label of a reference as it is compared: white space and case folded."""
    return " ".join(text.split()).casefold()


class Inline:
    """Reads one block. Offsets are those of its source; `base` is where that begins in the file."""

    def __init__(self, mask: Mask, start: int, end: int, labels: Set[str]) -> None:
        self.mask, self.base, self.labels = mask, start, labels
        self.source = mask.part(start, end)
        self.delimiters: list[Delimiter] = []
        self.openers: list[tuple[int, bool, int]] = []  # bracket, is it an image, first delimiter inside
        self.dead = 0  # openers below this index are links' forebears: no link inside a link
        self.struck: list[tuple[int, int]] = []
        self.unclosed = 0
        self.ticks: dict[int, list[int]] | None = None

    def read(self) -> None:
        """Blank all markup of the block."""
        at = 0
        while (found := _SPECIAL.search(self.source, at)) is not None:
            at = self._special(found.group(), found.start())
        self._balance(0)
        done = 0
        for start, end in sorted(self.struck):
            self._blank(max(start, done), max(end, done))
            done = max(end, done)

    def _special(self, what: str, at: int) -> int:
        source = self.source
        match what[0]:
            case "\\":
                return self._escape(at)
            case "`":
                return self._code(at)
            case "*" | "_" | "~":
                found = delimiter(source, at)
                self.delimiters.append(found)
                return found.end
            case "!":
                if not source.startswith("[", at + 1) or _FOOTNOTE.match(source, at + 1):
                    return at + 1
                self.openers.append((at + 1, True, len(self.delimiters)))
                return at + 2
            case "[":
                return self._open(at)
            case "]":
                return self._close(at)
            case "<":
                return self._angle(at)
            case "&":
                return self.mask.entity(self.base + at, source, at)
        if at and (self.source[at - 1].isalnum() or self.source[at - 1] == "_"):
            return at + 1
        end = at + len(what.rstrip(".,;:!?'\""))
        self._blank(at, end)
        return end

    def _blank(self, start: int, end: int, by: str = " ") -> None:
        self.mask.blank(self.base + start, self.base + end, by)

    def _escape(self, at: int) -> int:
        after = self.source[at + 1 : at + 2]
        if after not in _ESCAPED or not after:
            if after in ("\n", "\r"):
                self._blank(at, at + 1)
            return at + 1
        self._blank(at, at + 1, JOIN)
        return at + 2

    def _code(self, at: int) -> int:
        if self.ticks is None:
            self.ticks = defaultdict(list)
            runs = [(run.start(), run.end()) for run in _TICKS.finditer(self.source)]
            for start, end in reversed(runs):
                self.ticks[end - start].append(start)
        opened = _TICKS.match(self.source, at)
        end = opened.end() if opened else at + 1
        same = self.ticks[end - at]
        while same and same[-1] < end:
            same.pop()
        if not same:
            return end
        close = same.pop() + end - at
        self._blank(at, close)
        return close

    def _angle(self, at: int) -> int:
        source = self.source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4) if at >= self.unclosed else -1
            if end >= 0:
                self.mask.comment(self.base + at, source[at + 4 : end], end + 3 - at)
                return end + 3
            self.unclosed = len(source)  # no comment that begins further on is closed either
            return at + 4
        auto = _AUTOLINK.match(source, at)
        if auto:
            self._blank(at, auto.end())
            return auto.end()
        tag = scan_tag(source, at, strict=True)
        if tag is None:
            return at + 1
        parts = tag.name in BLOCK_TAGS or tag.name in ("br", "img")
        self._blank(at, tag.end, " " if parts else JOIN)
        if not tag.closing and tag.name in ("script", "style", "del", "s", "strike"):
            close = source.find(f"</{tag.name}", tag.end)
            if close >= 0:
                self._blank(tag.end, close)
                return close
        return tag.end

    def _open(self, at: int) -> int:
        note = _FOOTNOTE.match(self.source, at)
        if note:
            self._blank(at, note.end())
            return note.end()
        self.openers.append((at, False, len(self.delimiters)))
        return at + 1

    def _close(self, at: int) -> int:
        if not self.openers:
            return at + 1
        start, image, first = self.openers.pop()
        inactive = not image and len(self.openers) < self.dead
        self.dead = min(self.dead, len(self.openers))
        if inactive:
            return at + 1
        end = self._target(at + 1) or self._reference(start, at)
        if not end:
            return at + 1
        self._balance(first)
        self._blank(start - image, start + 1, " " if image else JOIN)
        self._blank(at, end, JOIN)
        if not image:
            self.dead = len(self.openers)
        return end

    def _balance(self, first: int) -> None:
        used, struck = balance(self.delimiters[first:])
        self.struck += struck
        for start, end in used:
            self._blank(start, end, JOIN)
        for left in self.delimiters[first:]:
            if left.count and left.letter == "*" and not left.inside:
                self._blank(left.start, left.end)
        del self.delimiters[first:]

    def _target(self, at: int) -> int:
        """Return the offset behind "(destination 'title')", or 0."""
        source = self.source
        if not source.startswith("(", at):
            return 0
        at = _skip(source, at + 1)
        angled = _ANGLED.match(source, at)
        at = angled.end() if angled else _bare(source, at)
        if at < 0:
            return 0
        after = _skip(source, at)
        title = _TITLE.get(source[after : after + 1]) if after > at else None
        if title is not None:
            told = title.match(source, after)
            if told is None:
                return 0
            after = _skip(source, told.end())
        return after + 1 if source.startswith(")", after) else 0

    def _reference(self, start: int, at: int) -> int:
        label = _LABEL.match(self.source, at + 1)
        if label is not None and label_of(label.group(1)):
            return label.end() if label_of(label.group(1)) in self.labels else 0
        if at - start > 1000 or not self.labels or label_of(self.source[start + 1 : at]) not in self.labels:
            return 0
        return label.end() if label is not None else at + 1


def _skip(source: str, at: int) -> int:
    match = _SPACE.match(source, at)
    return match.end() if match else at


def _bare(source: str, at: int) -> int:
    depth, limit = 0, min(len(source), at + _BARE_LIMIT)
    while at < limit:
        letter = source[at]
        if letter == "\\" and source[at + 1 : at + 2] in _ESCAPED:
            at += 1
        elif letter == "(":
            depth += 1
            if depth > _MOST_BRACKETS:
                return -1
        elif letter == ")":
            if not depth:
                break
            depth -= 1
        elif letter <= " ":
            break
        at += 1
    return -1 if depth else at

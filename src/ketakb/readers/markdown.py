"""Markdown, read in place: what is markup is blanked with spaces, never cut, so every offset stays.

A reader for finding sentences, not for rendering: it knows front matter, headings, lists, quotations, tables,
code (left out), comments (left out), links, images, emphasis, footnotes, HTML tags and entities.
"""

from __future__ import annotations

import html
import re

from ketakb.readers.document import Block, Document
from ketakb.text import Span

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_IGNORE = re.compile(r"\s*ketakb:\s*ignore\s+(\S+)\s*(.*)", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]{1,2000}\1(?!`)")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_LINK = re.compile(r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,1000})\](\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?\)|\[[^\[\]\n]{0,200}\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,50}\]:?")
_URL = re.compile(r"<?\b(?:https?://|www\.)[^\s<>]+>?")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,3}|~~|(?<![A-Za-z0-9])_{1,3}|_{1,3}(?![A-Za-z0-9]))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def read_markdown(text: str) -> Document:
    """Return Markdown as a Document: markup blanked, blocks found, front matter and ignore remarks read."""
    chars = list(text)
    if text.startswith("\ufeff"):
        chars[0] = " "
    front, body = _front_matter(text, chars)
    ignores = tuple(_comments(text, body, chars))
    _code_blocks(chars, body)
    _inline(chars, body)
    plain = "".join(chars)
    return Document(text, plain, tuple(_blocks(plain, body)), front, ignores)


def _blank(chars: list[str], start: int, end: int) -> None:
    for at in range(start, end):
        if chars[at] != "\n":
            chars[at] = " "


def _front_matter(text: str, chars: list[str]) -> tuple[dict[str, str], int]:
    head = 1 if text.startswith("\ufeff") else 0
    if not text.startswith(("---\n", "---\r\n"), head):
        return {}, 0
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE).search(text, head + 4)
    if end is None:
        return {}, 0
    front = {}
    for line in text[head + 4 : end.start()].splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip() and not key.startswith((" ", "\t", "#")):
            front[key.strip()] = value.strip().strip("\"'")
    _blank(chars, 0, end.end())
    return front, end.end()


def _comments(text: str, body: int, chars: list[str]) -> list[tuple[Span, str, str]]:
    found = []
    for comment in _COMMENT.finditer(text, body):
        remark = _IGNORE.match(comment.group(1))
        if remark:
            found.append((Span(*comment.span()), remark.group(1), remark.group(2).strip()))
        _blank(chars, *comment.span())
    return found


def _code_blocks(chars: list[str], body: int) -> None:
    fence = ""
    offset = body
    for line in "".join(chars[body:]).splitlines(keepends=True):
        opened = _FENCE.match(line)
        if fence:
            closing = opened and opened.group(1).startswith(fence) and not line.strip().strip("`~")
            _blank(chars, offset, offset + len(line))
            if closing:
                fence = ""
        elif opened:
            fence = opened.group(1)
            _blank(chars, offset, offset + len(line))
        elif _REFERENCE.match(line) and not line.lstrip().startswith("[^"):
            _blank(chars, offset, offset + len(line))
        offset += len(line)


def _inline(chars: list[str], body: int) -> None:
    for pattern in (_CODE, _URL, _TAG, _FOOTNOTE):
        for match in pattern.finditer("".join(chars), body):
            _blank(chars, *match.span())
    for match in _LINK.finditer("".join(chars), body):
        _blank(chars, match.start(), match.start(1))
        _blank(chars, match.end(1), match.end())
    plain = "".join(chars)
    for match in _ENTITY.finditer(plain, body):
        _entity(chars, match)
    for pattern in (_EMPHASIS, _ESCAPE):
        for match in pattern.finditer(plain, body):
            if not _is_bullet(plain, match):
                _blank(chars, *match.span())


def _entity(chars: list[str], match: re.Match[str]) -> None:
    """Write the character that an entity stands for at its first place, spaces behind it."""
    meant = html.unescape(match.group())
    if meant == match.group():
        return
    _blank(chars, *match.span())
    if len(meant) == 1 and meant.isprintable():
        # spaces before, so that "don&#8217;t" keeps at least its second half whole
        chars[match.start()] = meant


def _is_bullet(plain: str, match: re.Match[str]) -> bool:
    line = plain.rfind("\n", 0, match.start()) + 1
    return match.group() == "*" and not plain[line : match.start()].strip() and plain[match.end() : match.end() + 1] in " \t"


def _cells(plain: str, start: int, end: int) -> list[Span]:
    line = plain[start:end]
    bars = [start + at for at, letter in enumerate(line) if letter == "|" and (at == 0 or line[at - 1] != "\\")]
    edges = [start - 1, *bars, end]
    cells = [_trim(plain, one + 1, two) for one, two in zip(edges, edges[1:], strict=False)]
    if cells and not plain[cells[0].start : cells[0].end].strip():
        cells = cells[1:]
    if cells and not plain[cells[-1].start : cells[-1].end].strip():
        cells = cells[:-1]
    return cells


def _trim(plain: str, start: int, end: int) -> Span:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return Span(start, end)


class _Builder:
    """Collects blocks line by line."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.blocks: list[Block] = []
        self.kind = ""
        self.start = self.end = self.level = 0
        self.lead = -1
        self.header: list[Span] | None = None
        self.rows = 0

    def close(self) -> None:
        span = _trim(self.plain, self.start, self.end)
        if self.kind and span.start < span.end:
            lead = self.lead if self.kind == "item" else -1
            self.blocks.append(Block(self.kind, span, self.level, lead=lead))
        self.kind = ""

    def open(self, kind: str, start: int, end: int, level: int = 0) -> None:
        self.close()
        if kind == "item" and not (self.blocks and self.blocks[-1].kind == "item"):
            self.lead = len(self.blocks) - 1
        self.kind, self.start, self.end, self.level = kind, start, end, level

    def row(self, start: int, end: int) -> None:
        self.close()
        cells = _cells(self.plain, start, end)
        for number, cell in enumerate(cells):
            header = self.header[number] if self.header and number < len(self.header) else None
            if cell.start < cell.end:
                self.blocks.append(Block("cell", cell, header=header, row=self.rows))
        self.rows += 1


def _blocks(plain: str, body: int) -> list[Block]:
    build = _Builder(plain)
    lines: list[tuple[int, str]] = []
    offset = body
    for line in plain[body:].splitlines(keepends=True):
        lines.append((offset, line))
        offset += len(line)
    for number, (offset, line) in enumerate(lines):
        _line(build, lines, number, offset, line)
    build.close()
    return build.blocks


def _line(build: _Builder, lines: list[tuple[int, str]], number: int, offset: int, line: str) -> None:
    bare = line.rstrip("\r\n")
    end = offset + len(bare)
    quote = _QUOTE.match(bare)
    rest = bare[quote.end() :] if quote else bare
    shift = offset + (quote.end() if quote else 0)
    heading, item = _HEADING.match(rest), _ITEM.match(rest)
    if not rest.strip():
        build.close()
        build.header = None
    elif heading:
        build.open("heading", shift + heading.end(), offset + len(bare.rstrip(" #")), len(heading.group(1)))
        build.close()
    elif _SETEXT.match(rest) and build.kind == "paragraph":
        build.kind, build.level = "heading", 1 if "=" in rest else 2
        build.close()
    elif _RULE.match(rest):
        build.close()
    elif "|" in rest and _TABLE_RULE.match(rest):
        build.close()
    elif "|" in rest and (build.header is not None or _TABLE_RULE.match(_bare(lines, number + 1)) and "|" in _bare(lines, number + 1)):
        if build.header is None:
            build.close()
            build.header = _cells(build.plain, shift, end)
        else:
            build.row(shift, end)
    elif item:
        build.open("item", shift + item.end(), end, len(item.group(1).expandtabs(4)) // 2 + 1)
    elif build.kind:
        build.end = end
    else:
        build.open("quotation" if quote else "paragraph", shift, end)


def _bare(lines: list[tuple[int, str]], number: int) -> str:
    return lines[number][1].rstrip("\r\n") if number < len(lines) else ""

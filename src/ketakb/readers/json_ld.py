"""The strings of JSON-LD that search engines show: answers, descriptions, headlines; read in place."""

from __future__ import annotations

import itertools
import re

from ketakb import later
from ketakb.readers.document import Block
from ketakb.readers.mask import ENTITY, JOIN, Mask, trim
from ketakb.text import Span

_STRING = later.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_COLON = later.compile(r"\s*+:\s*+")
_ESCAPE = later.compile(r"\\(?:u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?|(.))", re.DOTALL)
_TAG = later.compile(rf"<[{JOIN}/]*+([A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
_INLINE = frozenset(["a", "abbr", "b", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "u"])
_READ = frozenset(
    {"text", "description", "headline", "abstract", "articleBody", "alternativeHeadline", "caption"}
)
_SIMPLE = {"n": " ", "t": " ", "r": " ", "b": " ", "f": " "}


def read_json_ld(mask: Mask, source: str, start: int, end: int, base: int) -> list[Block]:
    """Write the strings worth reading over the blanks of source[start:end], and return them as blocks.

    `base` is the offset of the source in the file. Broken JSON is read as far as its strings can be told.
    """
    blocks: list[Block] = []
    at = start
    while (key := _STRING.search(source, at, end)) is not None:
        at = key.end()
        colon = _COLON.match(source, at, end)
        if colon is None:
            continue
        value = _STRING.match(source, colon.end(), end)
        if value is None:
            at = colon.end()
            continue
        at = value.end()
        name = key.group()[1:-1]
        if name in _READ or (name == "name" and _is_question(source, start, key.start(), value.end())):
            blocks += _string(mask, source, value.start() + 1, value.end() - 1, base)
    return blocks


def _is_question(source: str, start: int, key: int, end: int) -> bool:
    """Whether a name is that of a question: its object says so within a few words."""
    return source[end - 2 : end - 1] == "?" or '"Question"' in source[max(start, key - 60) : key]


def _string(mask: Mask, source: str, start: int, end: int, base: int) -> list[Block]:
    mask.chars[base + start : base + end] = source[start:end]
    for escape in _ESCAPE.finditer(source, start, end):
        first, last = base + escape.start(), base + escape.end()
        if escape.group(1):
            mask.put(first, last, _meant(escape.group(1), escape.group(2)), last=True)
        else:
            mask.put(first, last, _SIMPLE.get(escape.group(3), escape.group(3)), last=True)
    shown = mask.part(base + start, base + end)
    borders = [0]
    for tag in _TAG.finditer(shown):
        parts = tag.group(1).lower() not in _INLINE
        mask.blank(base + start + tag.start(), base + start + tag.end(), " " if parts else JOIN)
        if parts:
            borders += [tag.start(), tag.end()]
    for entity in ENTITY.finditer(shown):
        mask.entity(base + start + entity.start(), shown, entity.start())
    borders.append(len(shown))
    blocks = []
    for first, last in itertools.pairwise(borders):
        piece = mask.part(base + start + first, base + start + last)
        cut = trim(piece.replace(JOIN, " "), 0, len(piece))
        if cut.start < cut.end:
            shift = base + start + first
            blocks.append(Block("paragraph", Span(shift + cut.start, shift + cut.end)))
    return blocks


def _meant(high: str, low: str | None) -> str:
    if low is None:
        return chr(int(high, 16))
    pair = bytes.fromhex(high) + bytes.fromhex(low)
    return pair.decode("utf-16-be", "replace")[:1]

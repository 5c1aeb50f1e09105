"""How a line of Markdown begins: what opens a block, and columns; tabs reach to the next stop of four."""

from __future__ import annotations

import re

from ketakb import later
from ketakb.hints import NamedTuple
from ketakb.readers.tags import BLOCK_TAGS, scan_tag
from ketakb.values import dataclass

FENCE = later.compile(r"(`{3,}+)[^`]*+$|(~{3,}+)")
HEADING = later.compile(r"(#{1,6}+)(?:[ \t]++|$)")
HEADING_END = later.compile(r"(?:^|[ \t]++)#++[ \t]*+$")
SETEXT = later.compile(r"(?:=++|-++)[ \t]*+$")
RULE = later.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
BULLETS = "-+*•"
ITEM = later.compile(rf"(?:[{BULLETS}]|(\d{{1,9}})[.)])(?=[ \t]|$)")
TASK = later.compile(r"[ \t]*+\[[ xX]\](?=[ \t])")
NOTE = later.compile(r"\[\^[^\]\s]{1,80}\]:")
DEFINITION = later.compile(
    r"[ \t]*+\[(?!\^)((?:[^\[\]\\]|\\.){1,999}+)\]:[ \t]*+(?:\r?\n[ \t]*+)?+(?:<[^<>\n]*+>|[^\s<][^\s]*+)"
    r"(?:(?:[ \t]++(?:\r?\n[ \t]*+)?+|\r?\n[ \t]*+)(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\))"
    r"(?=[ \t]*+(?:\r?\n|$)))?+[ \t]*+(?:\r?\n|$)",
    re.DOTALL,
)
_HTML = (
    (
        later.compile(r"<(?:script|pre|style|textarea)(?:[\s>]|$)", re.I),
        later.compile(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    (later.compile(r"<!--"), later.compile(r"-->")),
    (later.compile(r"<\?"), later.compile(r"\?>")),
    (later.compile(r"<!\[CDATA\["), later.compile(r"\]\]>")),
    (later.compile(r"<![A-Za-z]"), later.compile(r">")),
    (later.compile(rf"</?(?:{'|'.join(sorted(BLOCK_TAGS))})(?:[\s>]|/>|$)", re.I), None),
)


@dataclass(slots=True)
class Leaf:
    """A block before its inside is read."""

    kind: str
    """As in Block; also header (a table's first row) and html."""
    start: int
    end: int
    level: int = 0
    lead: int = -1
    """Index of a leaf."""
    header: int = -1
    row: int = -1


@dataclass(slots=True)
class Container:
    """A block that holds others."""

    kind: str
    """quote, item or note."""
    width: int = 0
    """Columns of white space that begin its further lines."""
    level: int = 0
    lead: int = -1
    fresh: bool = True
    """Nothing stands in it yet."""


class Cursor(NamedTuple):
    """A place in a line."""

    at: int
    """Offset in the text."""
    column: int
    spare: int = 0
    """Columns of the tab before `at` that are not used up."""


def indented(text: str, place: Cursor, end: int) -> tuple[int, Cursor]:
    """Return how many columns of white space follow, and the place behind them."""
    at, column = place.at, place.column
    while at < end and text[at] in " \t":
        column += 4 - column % 4 if text[at] == "\t" else 1
        at += 1
    return place.spare + column - place.column, Cursor(at, column)


def advance(text: str, place: Cursor, columns: int) -> Cursor:
    """Return the place so many columns of white space further on."""
    at, column, left = place.at, place.column, columns - place.spare
    if left < 0:
        return Cursor(at, column, -left)
    while left > 0:
        width = 4 - column % 4 if text[at] == "\t" else 1
        at += 1
        column += width
        left -= width
    return Cursor(at, column, -left)


def html_end(line: str, interrupts: bool) -> re.Pattern[str] | str | None:
    """Return what ends the HTML block that a line begins: a pattern, "blank", or None for no block."""
    if not line.startswith("<"):
        return None
    for opening, closing in _HTML:
        if opening.match(line):
            return closing or "blank"
    if interrupts:
        return None
    tag = scan_tag(line, 0, strict=True)
    return "blank" if tag and not line[tag.end :].strip() else None


def cells_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the cells of a table row stand, white space included."""
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t\r":
        end -= 1
    if start < end and text[start] == "|":
        start += 1
    cells, first, at = [], start, start
    while (bar := text.find("|", at, end)) >= 0:
        at = bar + 1
        if text[bar - 1] != "\\" or bar == start:
            cells.append((first, bar))
            first = at
    if first < end or not cells:
        cells.append((first, end))
    return cells


def delimiter_row(line: str) -> int:
    """Return the number of columns that a line such as "|---|:-:|" announces, or 0."""
    line = line.strip()
    if "-" not in line or line.strip("|-: \t"):
        return 0
    cells = line.removeprefix("|").removesuffix("|").split("|")
    return len(cells) if all(re.fullmatch(r":?-+:?", cell.strip()) for cell in cells) else 0

"""One HTML tag at a time, with the place of every attribute's value. Linear, whatever the input."""

from __future__ import annotations

from ketakb import later
from ketakb.text import Span
from ketakb.values import dataclass, field

_NAME = later.compile(r"<(/?)([A-Za-z][^\s/<>]*+)")
_STRICT_NAME = later.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)")
_LAX = later.compile(r"[\s/]*+(?:([^\s/<>=][^\s/<>=]*+)(\s*+=\s*+)?+)?+")
_STRICT = later.compile(r"(?:\s++([A-Za-z_:][A-Za-z0-9_.:-]*+)(\s*+=\s*+)?+)?+")
_BARE = later.compile(r"[^\s<>]*+")
_STRICT_BARE = later.compile(r"[^\s\"'=<>`]++")
_REST = later.compile(r"[^<>]*+")
_CLOSE = later.compile(r"\s*+/?>")
BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "base",
        "basefont",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "iframe",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "menuitem",
        "nav",
        "noframes",
        "ol",
        "optgroup",
        "option",
        "p",
        "param",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "track",
        "ul",
    ]
)


@dataclass(slots=True)
class Tag:
    """A start or end tag, at offsets of the string it was found in."""

    name: str
    start: int
    end: int
    closing: bool
    attributes: dict[str, Span] = field(default_factory=dict)
    """Where the value of each attribute stands; an empty span for one without a value."""


def scan_tag(source: str, at: int, strict: bool = False) -> Tag | None:
    """Return the tag that begins at source[at], or None.

    Strict is the grammar of Markdown. Else anything that begins like a tag is one, as in a browser: it
    ends at its `>`, before the next `<`, or with the text.
    """
    head = (_STRICT_NAME if strict else _NAME).match(source, at)
    if head is None:
        return None
    tag = Tag(head.group(2).lower(), at, at, bool(head.group(1)))
    place = head.end()
    pattern = _STRICT if strict else _LAX
    while (found := pattern.match(source, place)) is not None and found.group(1) is not None:
        place = found.end()
        value = Span(place, place)
        if found.group(2):
            value = _value(source, place, strict)
            if value.start < 0:
                return None
            place = value.end + (value.start > place)
        tag.attributes.setdefault(found.group(1).lower(), value)
    if strict:
        close = _CLOSE.match(source, place)
        if close is None or (tag.closing and tag.attributes):
            return None
        tag.end = close.end()
        return tag
    rest = _REST.match(source, place)
    place = rest.end() if rest else place
    tag.end = min(len(source), place + source.startswith(">", place))
    return tag


def _value(source: str, at: int, strict: bool) -> Span:
    quote = source[at : at + 1]
    if quote in ("'", '"'):
        end = source.find(quote, at + 1)
        if end >= 0:
            return Span(at + 1, end)
        if strict:
            return Span(-1, -1)
    bare = (_STRICT_BARE if strict else _BARE).match(source, at)
    return Span(at, bare.end()) if bare else Span(-1, -1)

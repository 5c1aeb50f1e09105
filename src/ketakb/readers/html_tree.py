"""HTML cut into tags, comments and text, with the extent of every element; forgiving and linear."""

from __future__ import annotations

from collections import Counter

from ketakb.readers.tags import BLOCK_TAGS, Tag, scan_tag
from ketakb.values import dataclass, field

RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What an opening tag ends, and what that end does not reach beyond.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody", "tfoot", "tr"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody", "tr"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
_IN_PARAGRAPH = BLOCK_TAGS - {"option", "param", "track", "link", "base", "basefont", "title", "menuitem"}
_REACH = 60  # how many open elements an implied end looks through


@dataclass(slots=True)
class Token:
    """A tag, a comment or a stretch of text."""

    kind: str
    """tag, text, comment or other."""
    start: int
    end: int
    tag: Tag | None = None
    last: int = -1
    """For a start tag: index of the token behind its element."""


@dataclass(slots=True)
class Tree:
    """The tokens of a piece of HTML."""

    source: str
    tokens: list[Token] = field(default_factory=list)

    def value(self, tag: Tag, name: str) -> str | None:
        """Return an attribute as it stands in the file, or None."""
        span = tag.attributes.get(name)
        return None if span is None else self.source[span.start : span.end]


def build_tree(source: str) -> Tree:
    """Return the tokens of HTML with their extents."""
    tree = Tree(source)
    _cut(tree)
    _extents(tree.tokens)
    return tree


def _cut(tree: Tree) -> None:
    source, at, text, lowered = tree.source, 0, 0, ""
    add = tree.tokens.append

    def flush(end: int) -> None:
        if text < end:
            add(Token("text", text, end))

    while (at := source.find("<", at)) >= 0:
        end = _markup_end(source, at)
        tag = None if end else scan_tag(source, at)
        if not end and tag is None:
            at += 1
            continue
        flush(at)
        if tag is None:
            add(Token("comment" if source.startswith("<!--", at) else "other", at, end))
        else:
            end = tag.end
            add(Token("tag", at, end, tag))
            if tag.name in RAW and not tag.closing:
                lowered = lowered or source.lower()
                close = (
                    lowered.find(f"</{tag.name}", end)
                    if len(lowered) == len(source)
                    else source.find(f"</{tag.name}", end)
                )
                close = len(source) if close < 0 else close
                if end < close:
                    add(Token("text", end, close))
                end = close
        at = text = end
    flush(len(source))


def _markup_end(source: str, at: int) -> int:
    """Return the end of a comment, declaration or processing instruction, or 0 where there is none."""
    if source.startswith("<!--", at):
        close = source.find("-->", at + 4)
        return len(source) if close < 0 else close + 3
    if source.startswith(("<!", "<?"), at) or (
        source.startswith("</", at) and not source[at + 2 : at + 3].isalpha()
    ):
        close = source.find(">", at)
        return len(source) if close < 0 else close + 1
    return 0


def _extents(tokens: list[Token]) -> None:
    stack: list[Token] = []
    names: Counter[str] = Counter()

    def close(depth: int, number: int) -> None:
        while len(stack) > depth:
            token = stack.pop()
            token.last = number
            if token.tag is not None:
                names[token.tag.name] -= 1

    for number, token in enumerate(tokens):
        tag = token.tag
        if tag is None:
            continue
        if tag.closing:
            if names[tag.name]:
                depth = next(d for d in range(len(stack) - 1, -1, -1) if _name(stack[d]) == tag.name)
                close(depth, number)
            continue
        if names["p"] and tag.name in _IN_PARAGRAPH:
            _imply(
                stack, frozenset({"p"}), frozenset({"td", "th", "table", "button", "object"}), close, number
            )
        if tag.name in _ENDS:
            _imply(stack, *_ENDS[tag.name], close, number)
        elif tag.name in _HEADINGS and stack and _name(stack[-1]) in _HEADINGS:
            close(len(stack) - 1, number)
        token.last = number + 1
        if tag.name not in VOID:
            stack.append(token)
            names[tag.name] += 1
    close(0, len(tokens))


def _name(token: Token) -> str:
    return token.tag.name if token.tag else ""


def _imply(
    stack: list[Token], ended: frozenset[str], walls: frozenset[str], close: object, number: int
) -> None:
    assert callable(close)
    for depth in range(len(stack) - 1, max(-1, len(stack) - 1 - _REACH), -1):
        name = _name(stack[depth])
        if name in ended:
            close(depth, number)
            if len(ended) == 1 or name in ("td", "th", "dt", "dd"):
                return
        elif name in walls:
            return

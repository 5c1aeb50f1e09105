"""HTML from Python, escaped by default: a plain string is text, only `Markup` is markup.

Everything that came from a document or a store passes through here as a plain string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

# Control characters, and those that hide text or turn its direction round; line feeds and tabs are kept.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef"
    "\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_VOID = frozenset({"meta", "input", "br", "hr"})
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Markup(str):
    """A string that is markup already, made by `tag` or `join`."""

    __slots__ = ()


Child = str | None
"""What stands in an element: text, markup, or nothing."""


def text(words: str) -> Markup:
    """Return text as markup: escaped, control characters spelled out."""
    folded = words.replace("\r\n", "\n").replace("\r", "\n")
    return Markup(escape(_UNSAFE.sub(_spell, folded), quote=True))


def _spell(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def join(parts: Iterable[Child], between: str = "") -> Markup:
    """Return parts one after the other; strings among them are escaped."""
    return Markup(text(between).join(_markup(part) for part in parts if part is not None))


def _markup(part: str) -> str:
    return part if isinstance(part, Markup) else text(part)


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """Return an element. `class_` and `for_` lose their underscore, `data_topic` becomes `data-topic`.

    An attribute that is None or False is left out; True writes its name alone.
    """
    written = [name]
    for key, value in attributes.items():
        label = key.rstrip("_").replace("_", "-")
        if not _NAME.fullmatch(label) or label.startswith("on") or label == "style":
            raise ValueError(f"no attribute of ours: {label}")
        if value is True:
            written.append(label)
        elif value is not None and value is not False:
            written.append(f'{label}="{text(str(value))}"')
    opened = f"<{' '.join(written)}>"
    return Markup(opened) if name in _VOID else Markup(f"{opened}{join(children)}</{name}>")


def link(words: Child, address: str | None) -> Markup:
    """Return a link to a page elsewhere; the words alone where the address is none that is safe to open."""
    if address is None or not re.match(r"https?://[^\s/]", address, re.IGNORECASE):
        return join([words])
    return tag("a", words, href=address, rel="noopener noreferrer")


def folded(summary: Child, *children: Child, class_: str | None = None, open_: bool = False) -> Markup:
    """Return something that opens at a click."""
    return tag("details", tag("summary", summary), *children, class_=class_, open=open_)


def items(parts: Iterable[Child], class_: str | None = None) -> Markup:
    """Return a list."""
    return tag("ul", *(tag("li", part) for part in parts), class_=class_, role="list" if class_ else None)


def unseen(words: str) -> Markup:
    """Return words for those who listen, which are not shown."""
    return tag("span", words, class_="unseen")

"""What on a web page is not its copy: navigation, teasers, share buttons, comments, what is hidden."""

from __future__ import annotations

import re

from ketakb import later
from ketakb.readers.html_tree import Tree
from ketakb.readers.tags import Tag

_NEVER_READ = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "canvas",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "map",
        "select",
        "datalist",
        "textarea",
        "button",
        "nav",
        "aside",
        "dialog",
        "pre",
        "code",
        "kbd",
        "samp",
        "del",
        "s",
        "strike",
        "menu",
    ]
)
_WORDS = frozenset(
    [
        "related",
        "share",
        "sharing",
        "social",
        "sidebar",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "breadcrumb",
        "breadcrumbs",
        "menu",
        "navbar",
        "navigation",
        "comment",
        "comments",
        "respond",
        "newsletter",
        "subscribe",
        "pagination",
        "pager",
        "skip",
        "toc",
        "tags",
        "postmeta",
        "byline",
    ]
)
_PAIRS = (
    "recent posts|latest posts|popular posts|more posts|post navigation|nav links|read next|author box"
    "|author bio|entry meta|post meta|screen reader|visually hidden|sr only|back to top|cross sell"
)
_PAIR = later.compile(rf"\b(?:{_PAIRS.replace(' ', '[ ]')})\b")
_STATE = later.compile(r"^(?:has|no|with|without|is|hide|hides|not)$")
_PIECE = later.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "menu",
        "menubar",
        "dialog",
        "alertdialog",
    }
)
_HIDING = later.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden", re.I)
_PANELS = frozenset({"tabpanel", "region"})
_PANEL_WORDS = frozenset({"accordion", "collapse", "collapsible", "faq", "toggle", "tab", "panel", "answer"})
_HEADING = later.compile(
    r"(?:(?:related|recent|similar|latest|popular|recommended|further|other|more)\s+"
    r"(?:posts?|articles?|reading|stor(?:y|ies)|content|blogs?|resources|pages|news)"
    r"|share(?:\s+(?:this|on|with)\b.*|)|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)"
    r"|read next|keep reading|more from\b.*|(?:leave|post|write|add) a (?:reply|comment)"
    r"|(?:\d+ )?comments?(?: \(\d+\))?|categories|tags|archives|(?:join|sign up|subscribe)\b.*newsletter"
    r"|(?:our )?newsletter|subscribe|follow us|about the author|cookie\w*\b.*|navigation|menu|search"
    r"|table of contents|contents|on this page|in this article)\W*+",
    re.I,
)


def words_of(name: str) -> list[str]:
    """Return the words of one class or id: "relatedPosts-2" is related, posts, 2."""
    return [piece.lower() for piece in _PIECE.findall(name[:200])]


def _named_so(value: str) -> bool:
    for name in value.split()[:40]:
        words = words_of(name)
        if (
            words
            and _STATE.match(words[0]) is None
            and (_WORDS.intersection(words) or _PAIR.search(" ".join(words)))
        ):
            return True
    return False


def never_read(tag: Tag) -> bool:
    """Whether an element is left out wherever it stands."""
    return tag.name in _NEVER_READ


def is_hidden(tree: Tree, tag: Tag) -> bool:
    """Whether an element is hidden from the reader; a panel that opens at a click is not."""
    hidden = tree.value(tag, "hidden")
    style = tree.value(tag, "style") or ""
    away = (hidden is not None and hidden.lower() != "until-found") or bool(_HIDING.search(style[:2000]))
    if not away and (tree.value(tag, "aria-hidden") or "").lower() != "true":
        return False
    named = set(words_of((tree.value(tag, "class") or "") + " " + (tree.value(tag, "id") or "")))
    return (tree.value(tag, "role") or "").lower() not in _PANELS and not named & _PANEL_WORDS


def is_furniture(tree: Tree, tag: Tag) -> bool:
    """Whether an element's role, class or id says that it is not the page's copy."""
    if (tree.value(tag, "role") or "").lower() in _ROLES:
        return True
    return _named_so(tree.value(tag, "class") or "") or _named_so(tree.value(tag, "id") or "")


def heads_furniture(heading: str) -> bool:
    """Whether a heading opens a part of the page that is not its copy, such as "Related posts"."""
    return len(heading) < 80 and _HEADING.fullmatch(" ".join(heading.split())) is not None

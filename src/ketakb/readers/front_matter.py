"""The front matter of a page: simple values, and those of them that are published with it."""

from __future__ import annotations

from ketakb import later
from ketakb.readers.mask import Mask
from ketakb.text import Span

_PUBLISHED = (
    "title",
    "description",
    "summary",
    "excerpt",
    "meta_description",
    "seo_title",
    "seo_description",
)
_MARKS = {"---": ":", "+++": "="}
_LINE = later.compile(r"[^\n]*+\n?+")


def read_front_matter(text: str, mask: Mask) -> tuple[dict[str, str], list[tuple[str, Span]], int]:
    """Return the `key: value` pairs (YAML or TOML), where published values stand, and where the body begins.

    All but the published values is blanked.
    """
    head = 1 if text.startswith("\ufeff") else 0
    fence = text[head : head + 3]
    first = _LINE.match(text, head) if fence in _MARKS else None
    if first is None or first.group().strip() != fence:
        return {}, [], 0
    front: dict[str, str] = {}
    published: list[tuple[str, Span]] = []
    at = first.end()
    while (line := _LINE.match(text, at)) is not None and line.end() > at:
        bare = line.group().rstrip()
        if bare == fence or (bare == "..." and fence == "---"):
            mask.blank(0, line.end())
            for _, span in published:
                mask.chars[span.start : span.end] = text[span.start : span.end]
            return front, published, line.end()
        key, mark, value = bare.partition(_MARKS[fence])
        value = value.strip()
        if mark and key.strip() and not key.startswith((" ", "\t", "#")):
            start = at + len(key) + 1 + line.group()[len(key) + 1 :].find(value)
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value, start = value[1:-1], start + 1
            front[key.strip()] = value
            if key.strip() in _PUBLISHED and value[:1] not in ("", "|", ">", "[", "{", "&", "*"):
                published.append((key.strip(), Span(start, start + len(value))))
        at = line.end()
    return {}, [], 0

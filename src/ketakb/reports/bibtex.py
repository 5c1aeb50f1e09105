"""Sources as BibTeX: one entry a source, its key the id of the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ketakb.hints import IO
from ketakb.model import Source
from ketakb.reports.citation import date_parts, is_article, link

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{letter: "\\" + letter for letter in "&%$#_"},
}
_SPECIAL = re.compile(r"[\\{}~^&%$#_]")


def write(sources: Sequence[Source], stream: IO[str]) -> None:
    """Write the entries, an empty line between two."""
    stream.write("\n".join(_entry(source) for source in sources))


def _entry(source: Source) -> str:
    article = is_article(source)
    parts = date_parts(source.published) if source.published else []
    fields = [
        ("title", "{" + escaped(source.title) + "}"),  # braces twice: capitals stay as they are
        ("journal" if article else "publisher", escaped(source.publisher or "")),
        ("year", f"{parts[0]}" if parts else ""),
        ("doi", _address(source.doi)),
        ("url", _address(source.url or link(source))),
        ("urldate", source.retrieved or ""),
        ("note", "Retracted" if source.retracted else ""),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    if len(parts) > 1:
        lines.insert(-1, f"  month = {_MONTHS[parts[1] - 1]},")
    return "\n".join([f"@{'article' if article else 'misc'}{{{source.id},", *lines, "}"]) + "\n"


def escaped(text: str) -> str:
    """Return text for a field in braces: what TeX would read as a command is spelled out."""
    return _SPECIAL.sub(lambda match: _ESCAPES[match.group()], " ".join(text.split()))


def _address(address: str | None) -> str:
    """Return a link as it is, for packages print it letter by letter; only braces would end the field."""
    return (address or "").replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")

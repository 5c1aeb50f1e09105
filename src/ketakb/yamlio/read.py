"""Reading one YAML file, or the front matter of a Markdown file, by a type."""

from __future__ import annotations

import re
from pathlib import Path

from ketakb.errors import UnreadableInputError
from ketakb.hints import Any
from ketakb.model import Problem
from ketakb.text import decode
from ketakb.yamlio.compose import compose
from ketakb.yamlio.context import WRONG, Context, Type
from ketakb.yamlio.faults import SYNTAX, UNREADABLE

_BOM = "\ufeff"
_FRONT = re.compile(r"---[ \t]*\r?\n")
_FENCE = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def read_raw(path: Path, into: Context) -> tuple[bytes, str] | None:
    """Return the bytes of a file and its text without byte order mark, or None once the problem is noted."""
    try:
        raw = path.read_bytes()
        text = decode(raw, into.path)
    except UnreadableInputError as error:
        _unreadable(str(error), into)
        return None
    except OSError as error:
        _unreadable(f"{into.path}: cannot be read: {error.strerror or error}", into)
        return None
    return raw, text.removeprefix(_BOM)


def _unreadable(message: str, into: Context) -> None:
    match = re.match(re.escape(into.path) + r":(?:(\d+):)? ?(.*)", message, re.DOTALL)
    line, rest = (int(match.group(1) or 1), match.group(2)) if match else (1, message)
    into.problems.append(Problem(UNREADABLE, into.path, line, 1, rest))


def read_yaml(text: str, type_: Type, into: Context) -> Any | None:
    """Return what a type reads from YAML text, or None where there is nothing or nothing right.

    Problems and references are added to the context; nothing is raised for what the text holds.
    """
    root, problems = compose(text, into.path, into.shift + 1)
    into.problems += problems
    if root is None:
        return None
    value = type_.read(root, into)
    return None if value is WRONG else value


def read_front_matter(text: str, type_: Type, into: Context) -> tuple[Any | None, int]:
    """Return what a type reads from the block between `---` lines that a text begins with, and where it ends.

    The end is the offset in the text of the first code point after the closing line. A text without such a
    block is a problem; it then counts as all text: (None, 0).
    """
    opening = _FRONT.match(text)
    closing = _FENCE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        what = "is not closed; close it" if opening else "is missing; begin the file"
        message = f"the front matter {what} with a line `---`"
        into.problems.append(Problem(SYNTAX, into.path, 1, 1, message))
        return None, 0
    into.shift = 1
    value = read_yaml(text[opening.end() : closing.start()], type_, into)
    return value, closing.end()

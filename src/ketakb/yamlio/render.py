"""Values as YAML text, in the style that the stores are written in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Value = str | bool | int | float | None | Sequence["Value"] | Mapping[str, "Value"]

# Text that reads the same with and without quotation marks, in a flow collection too.
_BARE = re.compile(r"[A-Za-z0-9](?:[\w ./()%+;'’-]*[\w.)%/])?\Z", re.ASCII)
_RETYPED = re.compile(r"(?i:true|false|yes|no|on|off|null|y|n|nan|inf)\Z|[-+.\d][\d_.,:eExXoOa-fA-F+-]*\Z")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")


def flow(value: Value) -> str:
    """Return a value on one line: text bare where safe, else in double quotes; the rest as {...}, [...]."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value if _is_bare(value) else quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key)}: {flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(flow(part) for part in value) + "]"


def _number(value: float) -> str:
    """Return a number without a needless stop, and never with an exponent, which stores do not read."""
    if value.is_integer():
        return str(int(value))
    short = f"{value:g}"
    if float(short) == value and "e" not in short:
        return short
    return f"{value:.15f}".rstrip("0")


def item(value: Mapping[str, Value], indent: int = 0, newline: str = "\n") -> str:
    """Return a mapping as one list item, a key a line; what is nested on the line, lists of mappings below.

    `indent` is the number of blanks before its dash. The last line ends with `newline`.
    """
    pad = " " * indent
    lines: list[str] = []
    for key, part in value.items():
        start = f"{pad}{'  ' if lines else '- '}{key_text(key)}:"
        if isinstance(part, Sequence) and not isinstance(part, str) and part and isinstance(part[0], Mapping):
            lines += [start, *(f"{pad}    - {flow(one)}" for one in part)]
        else:
            lines.append(f"{start} {flow(part)}")
    return newline.join(lines) + newline


def key_text(key: str) -> str:
    """Return a key: bare where that is safe; `on` is a key as it is, for keys are never anything but text."""
    return key if _BARE.match(key) else quoted(key)


def quoted(text: str) -> str:
    """Return text in double quotes, with escapes for what YAML does not take as it is."""
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter in "\n\t":
        return {"\n": "\\n", "\t": "\\t"}[letter]
    code = ord(letter)
    if letter.isprintable() and not 0xD800 <= code <= 0xDFFF:
        return letter
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_bare(text: str) -> bool:
    if _DATE.match(text):
        return True
    return bool(_BARE.match(text)) and not _RETYPED.match(text)

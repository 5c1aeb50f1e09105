"""What a terminal shows that knows fewer characters than we print: the nearest one that it has, not a number."""

from __future__ import annotations

import codecs

from ketakb.hints import IO

NAME = "ketakb.nearest"
_NEAREST = {
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("‐‑‒–—―−·", "-"),
    **dict.fromkeys("→⇒", "->"),
    "…": "...",
    "•": "*",
    "×": "x",
    "≥": ">=",
    "≤": "<=",
    "±": "+/-",
    "µ": "u",
    "μ": "u",
    "⁄": "/",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
}


def show_nearest(stream: IO[str]) -> None:
    """Let a stream write what comes nearest to a character that its encoding lacks, and else its number."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=NAME)


def write_exactly(stream: IO[str]) -> None:
    """Let a stream write UTF-8 from now on, whatever the terminal knows: what programs read must not be changed."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def nearest(text: str) -> str:
    """Return text in ASCII that reads like a text; what nothing comes near is spelled out."""
    return "".join(_of(character) for character in text)


def _of(character: str) -> str:
    if character.isascii():
        return character
    known = _NEAREST.get(character)
    if known is not None:
        return known
    import unicodedata

    bare = [one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one)]
    plain = "".join(_NEAREST.get(one, one) for one in bare)
    if plain.isascii() and plain:
        return plain
    return character.encode("ascii", "backslashreplace").decode("ascii")


def _handle(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return nearest(error.object[error.start : error.end]), error.end


codecs.register_error(NAME, _handle)

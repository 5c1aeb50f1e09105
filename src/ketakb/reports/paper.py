"""Lines of styled pieces, written plainly or through rich; what a document said is made safe to print.

A report builds lines of (text, style) pieces and never builds markup, so brackets in a draft stay brackets.
"""

from __future__ import annotations

import re

from ketakb import later
from ketakb.hints import IO, TYPE_CHECKING, Protocol
from ketakb.reports.options import ReportOptions

if TYPE_CHECKING:
    from rich.text import Text

Piece = tuple[str, str]
"""Text, and a style: error, warning, note, path, dim, mark, bold, or the empty string."""

STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "note": "cyan",
    "path": "bold",
    "bold": "bold",
    "dim": "dim",
    "mark": "underline bold",
    "good": "green",
}

# Characters that would move the cursor, hide text or turn its direction round.
_UNSAFE = later.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def safe(text: str) -> str:
    """Return text with white space folded to one line and every control character spelled out."""
    folded = re.sub(r"[ \t\r\n\f\v]+", " ", text)
    return folded if folded.isprintable() else _UNSAFE.sub(_spell, folded)


def _spell(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class Paper(Protocol):
    """Where a report is written to."""

    def line(self, *pieces: Piece | str, indent: int = 0) -> None:
        """Write one line; a bare string has no style. Text of documents and stores is made safe here."""

    def pair(self, left: list[list[Piece]], right: list[list[Piece]], indent: int = 0) -> None:
        """Write two columns of lines side by side where there is room, else one after the other."""


class PlainPaper:
    """For pipes and files: no wrapping, no styles."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def line(self, *pieces: Piece | str, indent: int = 0) -> None:
        """Write one line, as long as it is."""
        text = "".join(safe(piece if isinstance(piece, str) else piece[0]) for piece in pieces)
        self._stream.write((" " * indent + text).rstrip() + "\n")

    def pair(self, left: list[list[Piece]], right: list[list[Piece]], indent: int = 0) -> None:
        """Write one after the other."""
        for pieces in (*left, *right):
            self.line(*pieces, indent=indent)


class RichPaper:
    """For a terminal: wrapped to its width with the indent kept, styled where colour is wanted."""

    SIDE_BY_SIDE = 100
    """Columns from which two passages stand side by side."""

    def __init__(self, stream: IO[str], options: ReportOptions) -> None:
        from rich.console import Console  # only here: a piped report never loads rich

        self._console = Console(
            file=stream,
            width=max(40, options.width),
            force_terminal=True,
            no_color=not options.color,
            color_system="standard",
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )
        self._wide = options.width >= self.SIDE_BY_SIDE

    def line(self, *pieces: Piece | str, indent: int = 0) -> None:
        """Write one line, wrapped under its indent."""
        for row in _rich(pieces).wrap(self._console, self._console.width - indent):
            row.rstrip()
            row.pad_left(indent)
            self._console.print(row, soft_wrap=True)

    def pair(self, left: list[list[Piece]], right: list[list[Piece]], indent: int = 0) -> None:
        """Write side by side on a wide terminal."""
        if not self._wide:
            for pieces in (*left, *right):
                self.line(*pieces, indent=indent)
            return
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 3), expand=True)
        grid.add_column(ratio=1)
        grid.add_column(ratio=1)
        grid.add_row(*(Text("\n").join(_rich(tuple(line)) for line in side) for side in (left, right)))
        self._console.print(Padding(grid, (0, 0, 0, indent)))


def _rich(pieces: tuple[Piece | str, ...]) -> Text:
    from rich.text import Text

    text = Text()
    for piece in pieces:
        words, style = (piece, "") if isinstance(piece, str) else piece
        text.append(safe(words), style=STYLES.get(style, ""))
    return text


def paper(stream: IO[str], options: ReportOptions) -> Paper:
    """Return what to write on: rich on a terminal, plain elsewhere."""
    return RichPaper(stream, options) if options.terminal else PlainPaper(stream)


def quoted(text: str) -> str:
    """Return a clause in curly quotation marks, shortened in the middle where it is very long."""
    text = safe(text).strip()
    if len(text) > 240:
        text = text[:150].rstrip() + " … " + text[-80:].lstrip()
    return f"“{text}”"


def shortened(text: str, most: int) -> str:
    """Return text cut at a word to at most so many code points, an ellipsis behind it where it was longer."""
    return text if len(text) <= most else text[: most - 2].rpartition(" ")[0].rstrip(" ,:;") + " …"


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Return "1 note", "2 notes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"

"""Where keys and values stand in a TOML text, which tomllib does not say.

The text must be one that tomllib has read: what follows relies on it being well formed.
"""

from __future__ import annotations

import re
import tomllib

from ketakb.text import LineIndex, Position

Path = tuple[str, ...]
"""Keys from the top down; the items of a list by their number."""
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}' r"|'''(?:[^']|'(?!''))*'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\n#]*")


def toml_places(text: str) -> tuple[dict[Path, Position], dict[Path, Position]]:
    """Return where each key stands, and where its value does."""
    scan = _Scan(text)
    scan.document()
    return scan.keys, scan.values


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines = LineIndex(text)
        self.keys: dict[Path, Position] = {}
        self.values: dict[Path, Position] = {}
        self.seen: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while True:
            self._skip(_GAP)
            if self.at >= len(self.text):
                return
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        name = self._key(())
        self._skip(_BLANK)
        self.at += brackets
        if brackets == 1:
            return name
        self.seen[name] = self.seen.get(name, -1) + 1
        return (*name, str(self.seen[name]))

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        self._skip(_BLANK)
        self.at += 1  # the equals sign
        self._skip(_BLANK)
        self._value(path)

    def _key(self, above: Path) -> Path:
        """Read a key, dots included, and note the place of each of its parts that is new."""
        path = above
        while True:
            self._skip(_BLANK)
            start = self.at
            match = _STRING.match(self.text, start) or _BARE.match(self.text, start)
            if match is None:
                raise ValueError(f"no key at offset {start}")
            self.at = match.end()
            word = match.group()
            if word[0] in "\"'":
                word = tomllib.loads(f"key = {word}")["key"]
            path = (*path, word)
            self.keys.setdefault(path, self.lines.position(start))
            self._skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return path
            self.at += 1

    def _value(self, path: Path) -> None:
        self.values[path] = self.lines.position(self.at)
        first = self.text[self.at : self.at + 1]
        if first == "[":
            self._many("]", path, numbered=True)
        elif first == "{":
            self._many("}", path, numbered=False)
        else:
            match = _STRING.match(self.text, self.at) or _PLAIN.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def _many(self, end: str, path: Path, numbered: bool) -> None:
        self.at += 1
        number = 0
        while self.at < len(self.text):
            self._skip(_GAP)
            letter = self.text[self.at : self.at + 1]
            if letter == end:
                self.at += 1
                return
            if letter == ",":
                self.at += 1
            elif numbered:
                self._value((*path, str(number)))
                number += 1
            else:
                self._pair(path)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

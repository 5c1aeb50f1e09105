"""The parts of a Word file, opened with care: a draft may come from anybody."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from ketakb.errors import UnreadableInputError
from ketakb.values import dataclass

MOST = 64 * 1024 * 1024
"""Bytes of one part, unpacked."""
_DEEPEST = 2000
# What zipfile raises for files that were cut, changed or encrypted.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


class Package:
    """A .docx file in memory."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise UnreadableInputError(f"{name}: an old or encrypted Word file; save it as .docx, unlocked")
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(raw))
        except _BROKEN as error:
            raise UnreadableInputError(f"{name}: not a Word file (.docx): {error}; save it in Word as .docx") from error
        self.names = {item.filename for item in self.zip.infolist()}

    def part(self, path: str) -> bytes:
        """Return one part. Raises UnreadableInputError where it is missing, damaged or too big."""
        if path not in self.names:
            raise UnreadableInputError(
                f"{self.name}: not a Word file (.docx): it has no {path}; save it in Word as .docx"
            )
        try:
            with self.zip.open(path) as stream:
                content = stream.read(MOST + 1)
        except _BROKEN as error:
            raise UnreadableInputError(
                f"{self.name}: damaged or encrypted Word file: {path}: {error}; save it again in Word"
            ) from error
        if len(content) > MOST:
            raise UnreadableInputError(
                f"{self.name}: {path} is larger than {MOST >> 20} MB unpacked; split it"
            )
        return content

    def main(self) -> str:
        """Return the path of the document's own part."""
        found: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name.endswith("Relationship") and attributes.get("Type", "").endswith("/officeDocument"):
                found.append(attributes.get("Target", "").lstrip("/"))

        if "_rels/.rels" in self.names:
            self.parse("_rels/.rels", start)
        return found[0] if found and found[0] in self.names else "word/document.xml"

    def parse(
        self,
        path: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
        place: Callable[[expat.XMLParserType], None] | None = None,
    ) -> bytes:
        """Run handlers over a part; names come as "w:p" for the main namespace, bare for others.

        `place` is given the parser before it runs. A document type declaration is refused: nothing here needs
        one, and entities can be made to grow without end.
        """
        content = self.part(path)
        parser = expat.ParserCreate(namespace_separator="\n")
        depth = 0

        def refuse(*_: object) -> None:
            raise UnreadableInputError(
                f"{self.name}: {path} has a document type declaration, which Word does not write; save it again in Word"
            )

        def opened(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise UnreadableInputError(
                    f"{self.name}: {path} is nested more than {_DEEPEST} deep; simplify it in Word"
                )
            start(short(name), {short(key): value for key, value in attributes.items()})

        def closed(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(short(name))

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        if data is not None:
            parser.CharacterDataHandler = data
        if place is not None:
            place(parser)
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise UnreadableInputError(
                f"{self.name}: damaged Word file: {path}: {error}; save it again in Word"
            ) from error
        return content


def short(name: str) -> str:
    """Return "w:p" for a name of Word's namespace, and the bare name for any other."""
    space, _, local = name.rpartition("\n")
    return f"w:{local}" if space in (W, _STRICT) else f"mc:{local}" if space == _CHOICE else local


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style means here."""

    heading: int = 0
    item: bool = False
    quotation: bool = False
    contents: bool = False


def read_styles(package: Package, path: str = "word/styles.xml") -> dict[str, Style]:
    """Return the styles that matter, by id; by name, since ids are in the language of the author."""
    if path not in package.names:
        return {}
    names: dict[str, str] = {}
    based: dict[str, str] = {}
    outline: dict[str, int] = {}
    numbered: set[str] = set()
    current = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        value = attributes.get("w:val", "")
        if name == "w:style":
            current = attributes.get("w:styleId", "")
        elif name == "w:name":
            names[current] = value.lower()
        elif name == "w:basedOn":
            based[current] = value
        elif name == "w:outlineLvl" and value.isdigit():
            outline[current] = int(value) + 1
        elif name == "w:numId" and value != "0":
            numbered.add(current)

    package.parse(path, start)
    styles = {}
    for style in names:
        chain: list[str] = []
        one = style
        while one in names and one not in chain and len(chain) < 20:
            chain.append(one)
            one = based.get(one, "")
        levels = [outline.get(one, 0) for one in chain]
        styles[style] = _meaning([names[one] for one in chain], levels, numbered & set(chain))
    return styles


def _meaning(names: list[str], outline: list[int], numbered: set[str]) -> Style:
    for name, level in zip(names, outline, strict=True):
        if name.startswith("heading ") and name[8:].isdigit():
            return Style(heading=int(name[8:]))
        if name == "title":
            return Style(heading=1)
        if name.startswith("toc "):
            return Style(contents=True)
        if 0 < level < 10:
            return Style(heading=level)
        if name in ("quote", "intense quote"):
            return Style(quotation=True)
        if name.startswith(("list bullet", "list number")):
            return Style(item=True)
    return Style(item=bool(numbered))

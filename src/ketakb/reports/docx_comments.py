"""A copy of a Word file with each finding as a comment at its clause; all else stays, byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from ketakb.errors import UnreadableInputError
from ketakb.readers.docx import WordFile, open_docx
from ketakb.readers.docx_text import Run
from ketakb.reports.tally import ordered, told_evidence
from ketakb.results import DocumentReport, Finding
from ketakb.text import Span
from ketakb.values import dataclass

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_HEADER = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ID = re.compile(rb"<(?:\w+:)?comment\s[^>]*?\bw?:?id=[\"'](\d{1,9})[\"']")


@dataclass(frozen=True, slots=True)
class _Point:
    """A place between two letters of a w:t."""

    byte: int
    run: int
    """The run to be split there; -1 where the place is the border of one."""


def annotate(raw: bytes, report: DocumentReport, date: str, notes: bool = False) -> bytes:
    """Return a Word file with a comment for each error and warning, and for notes if they are wanted.

    Findings on the whole document stand at its first words, and so do those in footnotes and text boxes,
    where Word allows no comment. Raises UnreadableInputError.
    """
    word = open_docx(raw, report.path)
    prefix = _prefix(word)
    found = [finding for finding in ordered(report) if notes or finding.severity != "note"]
    comments_path = _comments_path(word)
    old = word.package.part(comments_path) if comments_path in word.package.names else None
    first = 1 + max((int(number) for number in _ID.findall(old or b"")), default=-1)
    edits: list[tuple[int, int, int, _Point, bytes]] = []
    comments = []
    for number, finding in enumerate(found, first):
        points = _points(word, finding.span)
        exact = points is not None
        points = points or _first_words(word)
        if points is None:
            continue
        begin, end = points
        mark = f'<{prefix}:commentRange%s {prefix}:id="{number}"/>'
        reference = f'<{prefix}:r><{prefix}:commentReference {prefix}:id="{number}"/></{prefix}:r>'
        edits.append((end.byte, 0, -number, end, (mark % "End" + reference).encode()))
        edits.append((begin.byte, 1, number, begin, (mark % "Start").encode()))
        comments.append(_comment(number, finding, report, date, exact))
    changed = {word.path: _spliced(word, edits, prefix)}
    changed |= _parts(word, comments_path, old, "".join(comments))
    return _packed(word, changed) if comments else raw


def _prefix(word: WordFile) -> str:
    """Return the prefix of Word's namespace in the main part; raise where that is not as Word writes it."""
    found = re.search(rb"<(\w+):document[\s>]", word.part.content[:5000])
    if found is None or re.match(rb"(?s)\s*<\?xml[^>]*encoding=[\"'](?!utf-8)", word.part.content, re.I):
        told = "not stored as Word does it, so no comment can be added; save it again in Word"
        raise UnreadableInputError(f"{word.package.name}: {told}")
    return found.group(1).decode()


# ---- places


def _points(word: WordFile, span: Span | None) -> tuple[_Point, _Point] | None:
    """Return where a finding can be marked, or None."""
    if span is not None:
        begin, end = _point(word, span.start, False), _point(word, span.end, True)
        if begin is not None and end is not None and begin.byte < end.byte:
            return begin, end
    return None


def _first_words(word: WordFile) -> tuple[_Point, _Point] | None:
    for placed in word.placed:
        if placed.piece.text.strip():
            last = placed.start + len(placed.piece.text)
            start, stop = _point(word, placed.start, False), _point(word, last, True)
            return (start, stop) if start and stop else None
    return None


def _point(word: WordFile, offset: int, ends: bool) -> _Point | None:
    """Return where an offset of the canonical text is in the bytes: as an end, behind the letter before."""
    for placed in word.placed:
        length = len(placed.piece.text)
        if ends < offset - placed.start + 1 <= length + ends:
            byte = placed.piece.byte
            if offset > placed.start:
                byte = _behind(word.part.content, byte, placed.piece.text[: offset - placed.start].encode())
            return _Point(byte, placed.piece.run)
        if placed.start > offset:
            break
    return None


def _behind(content: bytes, byte: int, text: bytes) -> int:
    """Return the offset behind a text that begins at a byte; an entity or CR LF stands for one letter."""
    if content.startswith(b"&", byte):
        return content.index(b";", byte) + 1
    return byte + (len(text) if content.startswith(text, byte) else 2)


# ---- the main part


def _spliced(word: WordFile, edits: list[tuple[int, int, int, _Point, bytes]], prefix: str) -> bytes:
    """Return the main part with marks put in, runs split at each."""
    content, pieces, at = word.part.content, [], 0
    kept: set[int] = set()
    for byte, _, _, point, mark in sorted(edits, key=lambda edit: edit[:3]):
        run = word.part.runs[point.run]
        opening = f"<{prefix}:t".encode()
        text_start = max(content.rfind(opening + last, run.start, byte) for last in (b">", b" ", b"\n"))
        text_end = content.index(b">", text_start) + 1
        if text_start not in kept and at <= text_start and b"xml:space" not in content[text_start:text_end]:
            pieces += [content[at : text_end - 1], b' xml:space="preserve">']
            at = text_end
        kept.add(text_start)
        pieces += [
            content[at:byte],
            f"</{prefix}:t></{prefix}:r>".encode(),
            mark,
            _reopened(content, run, prefix),
        ]
        at = byte
    pieces.append(content[at:])
    return b"".join(pieces)


def _reopened(content: bytes, run: Run, prefix: str) -> bytes:
    opening = content[run.start : run.open_end]
    opening = opening[: opening.index(b">") + 1]
    properties = b""
    if run.properties[1]:
        properties = content[run.properties[0] : content.index(b">", run.properties[1]) + 1]
    return opening + properties + f'<{prefix}:t xml:space="preserve">'.encode()


# ---- the comments


def _comment(number: int, finding: Finding, report: DocumentReport, date: str, exact: bool) -> str:
    lines = [f"{finding.severity.capitalize()} {finding.rule} {finding.name}", finding.message]
    if finding.suggestion:
        lines.append(f"Write: {finding.suggestion}")
    if finding.span is not None and not exact:
        clause = report.text[finding.span.start : finding.span.end]
        lines.insert(1, f"In {report.locator(finding.span.start)}: “{clause}”")
    lines += _evidence(finding)
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(_UNFIT.sub("�", line))}</w:t></w:r></w:p>'
        for line in lines
    )
    head = f'<w:comment w:id="{number}" w:author="ketakb" w:initials="kb" w:date="{date}T00:00:00Z">'
    return f"{head}{paragraphs}</w:comment>"


def _evidence(finding: Finding) -> Iterable[str]:
    for item in told_evidence(finding):
        said = f"“{item.passage}”" if item.passage and item.quoted else item.passage or item.statement
        named = ", ".join(part for part in (item.title, item.year, item.link) if part)
        yield f"{item.claim}: {said}" + (f" ({named})" if named else "")


# ---- the package


def _comments_path(word: WordFile) -> str:
    folder = word.path.rpartition("/")[0]
    relations = _relations(word)
    if relations in word.package.names:
        targets: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if attributes.get("Type", "").endswith("/comments"):
                targets.append(attributes.get("Target", ""))

        word.package.parse(relations, start)
        if targets:
            target = targets[0]
            return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
    return f"{folder}/comments.xml".lstrip("/")


def _relations(word: WordFile) -> str:
    folder, _, name = word.path.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _parts(word: WordFile, path: str, old: bytes | None, comments: str) -> dict[str, bytes]:
    """Return the parts that hold comments, declare them and point at them."""
    if old is not None:
        close = old.rindex(b"</") if b"</" in old else len(old)
        added = comments.replace("<w:comment ", f'<w:comment xmlns:w="{_WORD}" ').encode()
        if not old.rstrip().endswith(b"/>") or b"</" in old:
            return {path: old[:close] + added + old[close:]}
    whole = f'<w:comments xmlns:w="{_WORD}">{comments}</w:comments>'.encode()
    changed = {path: _HEADER + whole}
    if old is not None:
        return changed
    relations = _relations(word)
    base = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    present = word.package.part(relations) if relations in word.package.names else _HEADER + base
    entry = f'<Relationship Id="ketakbComments" Type="{_OFFICE}/comments" Target="/{path}"/>'
    changed[relations] = _into(present, b"Relationships", entry)
    types = word.package.part("[Content_Types].xml")
    changed["[Content_Types].xml"] = _into(
        types, b"Types", f'<Override PartName="/{path}" ContentType="{_TYPE}"/>'
    )
    return changed


def _into(content: bytes, name: bytes, entry: str) -> bytes:
    """Put an element in at the end of a root element, whatever its prefix."""
    close = re.search(rb"</(\w+:)?" + name + rb"\s*>\s*$", content)
    if close is None:
        empty = re.search(rb"<((?:\w+:)?)" + name + rb"([^>]*)/>\s*$", content)
        if empty is None:
            raise UnreadableInputError(
                "cannot be annotated: a part of the Word file is not as Word writes it; save it again in Word"
            )
        tag = empty.group(1) + name
        return (
            content[: empty.start()]
            + b"<"
            + tag
            + empty.group(2)
            + b">"
            + entry.encode()
            + b"</"
            + tag
            + b">"
        )
    prefix = (close.group(1) or b"").decode()
    return content[: close.start()] + entry.replace("<", f"<{prefix}", 1).encode() + content[close.start() :]


def _packed(word: WordFile, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in word.package.zip.infolist():
            content = changed.pop(item.filename, None)
            target.writestr(item, content if content is not None else word.package.part(item.filename))
        for name, content in changed.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()

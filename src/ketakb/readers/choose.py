"""Which reader reads a file: by the ending of its name. Readers are imported when they are needed."""

from __future__ import annotations

from ketakb.readers.document import Document
from ketakb.text import decode

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx"})
PLAIN = frozenset({".txt", ".text"})
HTML = frozenset({".html", ".htm", ".xhtml"})
WORD = frozenset({".docx"})
SUFFIXES = MARKDOWN | PLAIN | HTML | WORD
READS = "ketakb reads Markdown (.md), HTML (.html), Word (.docx) and text (.txt)"
_ADVICE = {
    ".pdf": "PDF files are not read: their text has no order to rely on; export it as Word, HTML or text",
    ".doc": "old Word files are not read; save it as .docx",
    ".docm": "Word files with macros are not read; save it as .docx",
    ".odt": "OpenDocument files are not read; save it as .docx",
    ".rtf": "RTF files are not read; save it as .docx",
    ".pages": "Pages files are not read; export it as Word",
    ".gdoc": "this is only a link to a Google document; download it as Word or HTML",
    ".pptx": "presentations are not read; export the text",
    ".epub": "EPUB files are not read; export it as HTML",
}


def suffix_of(path: str) -> str:
    """Return the ending of a name in lower case, with its stop; empty where it has none."""
    name = path.replace("\\", "/").rpartition("/")[2]
    stop = name.rfind(".")
    return name[stop:].lower() if stop > 0 else ""


def advice_on(path: str) -> str | None:
    """Return why a kind of document is not read and what to do instead, or None where that is not known."""
    return _ADVICE.get(suffix_of(path))


def read_as(path: str, data: str | bytes) -> Document:
    """Return what a file holds, read by the reader for its ending; as Markdown where that says nothing.

    Raises UnreadableInputError, with the path in its message.
    """
    suffix = suffix_of(path)
    if suffix in WORD and isinstance(data, bytes):
        from ketakb.readers.docx import read_docx

        return read_docx(data, path)
    text = decode(data, "standard input" if path == "-" else path) if isinstance(data, bytes) else data
    if suffix in HTML:
        from ketakb.readers.html import read_html

        return read_html(text)
    if suffix in PLAIN:
        from ketakb.readers.plain import read_plain

        return read_plain(text)
    from ketakb.readers.markdown import read_markdown

    return read_markdown(text)

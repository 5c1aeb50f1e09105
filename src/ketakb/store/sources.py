"""The source files of a store, read and written: YAML front matter, then the text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ketakb.hints import Any
from ketakb.model import Source
from ketakb.store.specs import SOURCE
from ketakb.yamlio.context import Context
from ketakb.yamlio.read import read_front_matter
from ketakb.yamlio.render import flow


def read_front(text: str, into: Context) -> tuple[Any | None, int]:
    """Return what the front matter of a file says, and where it ends. What is wrong is noted in the context."""
    return read_front_matter(text, SOURCE, into)


def read_source(text: str, read: tuple[Any | None, int], path: Path, layer: str, into: Context) -> Source:
    """Return the source that a file holds, its front matter read; its id is the name of the file without `.md`.

    The text begins after the front matter and its blank lines, and ends without trailing white space. The source is
    returned where the front matter is wrong too, so that its id is known.
    """
    item, at = read
    front: Mapping[str, Any] = item if item is not None else {}
    body = text[at:]
    kept = body.lstrip("\r\n")
    line = text.count("\n", 0, len(text) - len(kept)) + 1
    return source_of(path.stem, front, kept.rstrip(), into.path, layer, line)


def source_of(
    name: str, front: Mapping[str, Any], text: str, path: str, layer: str, text_line: int = 1
) -> Source:
    """Return a source from what its front matter says and its text; what was wrong there is empty in it."""
    return Source(
        id=name,
        title=front.get("title", name),
        kind=front.get("kind", ""),
        publisher=front.get("publisher"),
        url=front.get("url"),
        doi=front.get("doi"),
        pmid=front.get("pmid"),
        published=front.get("published"),
        retrieved=front.get("retrieved"),
        rights=front.get("rights"),
        retracted=front.get("retracted", False),
        superseded_by=front.get("superseded_by"),
        review_by=front.get("review_by"),
        verbatim=front.get("text") == "verbatim",
        text=text,
        text_line=text_line,
        path=path,
        layer=layer,
    )


def source_text(source: Source) -> str:
    """Return a source as the text of its file."""
    front = {
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind,
        "url": source.url,
        "doi": source.doi,
        "pmid": source.pmid,
        "published": source.published,
        "retrieved": source.retrieved,
        "rights": source.rights,
        "retracted": source.retracted,
        "superseded_by": source.superseded_by,
        "review_by": source.review_by,
        "text": "verbatim" if source.verbatim else "summary",
    }
    lines = [f"{key}: {flow(value)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", source.text]) + "\n"

"""Reading the source files of a store: YAML front matter, then the text."""

from __future__ import annotations

from pathlib import Path

from ketakb.model import Source
from ketakb.store.specs import SOURCE
from ketakb.yamlio.context import Context
from ketakb.yamlio.read import read_front_matter


def read_source(text: str, path: Path, layer: str, into: Context) -> Source:
    """Return the source that a file holds; its id is the name of the file without `.md`.

    The text begins after the front matter and its blank lines, and ends without trailing white space. What is
    wrong is noted in the context, and the source is returned all the same, so that its id is known.
    """
    item, at = read_front_matter(text, SOURCE, into)
    front = item if item is not None else {}
    body = text[at:]
    kept = body.lstrip("\r\n")
    return Source(
        id=path.stem,
        title=front.get("title", path.stem),
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
        text=kept.rstrip(),
        text_line=text.count("\n", 0, len(text) - len(kept)) + 1,
        path=into.path,
        layer=layer,
    )

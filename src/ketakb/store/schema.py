"""The JSON Schema of each store file, from the types that read it; run as a module, it writes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ketakb.store.specs import CLAIMS, LEARNED, REVIEWS, SOURCE, STORE, TOPICS, VOCABULARY, WORDING
from ketakb.yamlio.context import Schema, Type

_FILES: dict[str, tuple[str, Type]] = {
    "store": ("store.yaml of a ketakb store", STORE),
    "vocabulary": ("vocabulary.yaml of a ketakb store", VOCABULARY),
    "topics": ("topics.yaml of a ketakb store", TOPICS),
    "claims": ("claims.yaml of a ketakb store", CLAIMS),
    "reviews": ("reviews.yaml of a ketakb layer", REVIEWS),
    "wording": ("wording.yaml of a ketakb store", WORDING),
    "learned": ("learned.yaml of a ketakb store", LEARNED),
    "source": ("front matter of a source of a ketakb store", SOURCE),
}


def schemas() -> dict[str, Schema]:
    """Return the JSON Schema of every store file by short name: store, vocabulary, topics, claims ..."""
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **type_.schema()}
        for name, (title, type_) in _FILES.items()
    }


def write_schemas(folder: Path) -> None:
    """Write NAME.schema.json for every store file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / f"{name}.schema.json").write_text(rendered(schema), encoding="utf-8")


def rendered(schema: Schema) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))

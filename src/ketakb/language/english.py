"""The package's own word classes: what general English says things with, read from `en/*.yaml` once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from ketakb.values import dataclass

TAGS = ("verbs", "nouns", "agents", "states", "intransitive")


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words of one meaning, in the phrase grammar."""

    name: str
    polarity: int
    """-1, 0 or +1 for what one thing does to another; 0 for all else."""
    phrases: tuple[tuple[str, str], ...]
    """(phrase, tag) pairs; the tag is one of TAGS for relations, empty else."""


@cache
def word_classes() -> dict[str, WordClass]:
    """Return the word classes by name. The files are the package's own, so a fault in them is a bug, not a Problem."""
    found: dict[str, WordClass] = {}
    for name, entry in read_data("relations").items():
        phrases = tuple((phrase, tag) for tag in TAGS for phrase in entry.get(tag, ()))
        found[name] = WordClass(name, entry["polarity"], phrases)
    for name, phrases_of in read_data("concepts").items():
        found[name] = WordClass(name, 0, tuple((phrase, "") for phrase in phrases_of))
    return found


def read_data(name: str) -> dict[str, Any]:
    """Return one of the package's word lists, such as `relations` for `en/relations.yaml`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files("ketakb.language").joinpath("en", f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=loader)
    return data

"""A new store: a folder with the files of the format, each with remarks that say what goes into it."""

from __future__ import annotations

import os
from pathlib import Path

from ketakb.errors import StoreError, UsageError
from ketakb.store.locate import STORE_FILE, beneath, default_store
from ketakb.store.proposed import new_id
from ketakb.store.schema import rendered, schemas
from ketakb.yamlio.edit import write_new
from ketakb.yamlio.render import flow

_STORE = """\
name: {name}
title: {title}
"""
_EMPTY_STORE = """\
language: en
jurisdiction: US            # whose rules apply where a draft does not say: US, UK, EU or CA
copy_kind: editorial        # what a draft is read as: clinic-page, editorial, leaflet, ad or snippet
# subject: example-drug     # the entity of vocabulary.yaml that a page is about where it does not say
# Kinds of source, strongest first; from `weak_from` down they cannot settle a conflict.
kinds: [label, statute, regulator, guideline, meta-analysis, trial, observational, review, press-release,
        preclinical, news, marketing]
weak_from: preclinical
"""
_LAYER_STORE = """\
# What this store does not say, the store beneath says: its path from this folder, or its name.
extends: {extends}
"""
_VOCABULARY = """\
# The things that text speaks of, and what one does to another. A word that is also in the store beneath is
# extended: names are added to its names.
#
# entities:
#   example-drug: {label: Example, kind: drug, names: [example drug, exampline]}
#   headache: {label: headache, kind: condition, names: [headache, "(head|migraine) pain"]}
#   miracle: {label: miracle, kind: notion, names: [miracle]}
# relations:
#   eases: {label: eases, polarity: 1, opposite: worsens, classes: [lower], words: [ease, relieve]}
#   worsens: {label: worsens, polarity: -1, opposite: eases, classes: [raise], words: [worsen]}
"""
_TOPICS = """\
# The questions that claims answer. Claims on one topic are compared; frames say which sentences speak of it.
#
# effect/headache:
#   title: Headache
#   question: Does Example ease headache?
#   comparator: direction
#   needs: [subject, relation, object]
#   frames:
#     - {id: eases, subject: [example-drug], relation: [eases, worsens], object: [headache]}
"""
_CLAIMS = """\
# The claims. `ketakb add` writes one at the end of this file, `ketakb review` its standing.
#
# - id: example-eases-headache
#   topic: effect/headache
#   statement: Example eases headache.
#   assert: {subject: example-drug, relation: eases, object: headache}
#   standing: accepted
#   prefer: Example can ease headache.
#   passages:
#     - {source: example-label, says: It eases headache., locator: section 1}
"""
_LAYER_CLAIMS = """\
# This house's own claims. One may overrule a claim of the store beneath, if it says why:
#
# - id: ours-example
#   overrules: example-eases-headache
#   because: Our medical board reads the evidence as insufficient (minutes of 3 March).
#   topic: effect/headache
#   statement: It is not known whether Example eases headache.
#   assert: {subject: example-drug, relation: eases, object: headache, certainty: hedged}
#   standing: accepted
#   passages:
#     - {source: our-minutes, says: The board found two small trials., locator: item 4}
"""
_WORDING = """\
# Editorial rules: words that are not to be used, disclosures that must be there.
#
# - id: house-miracle
#   rule: KB302
#   title: Miracle
#   message: Do not call a treatment a miracle.
#   severity: warning
#   verdict: overclaim
#   frames:
#     - {having: [miracle]}        # an entity of vocabulary.yaml
#   suggest: an effective treatment for some patients
#   fires: [This is a miracle.]
#   silent: [This is a treatment.]
"""
_SOURCE = """\
One file a source, named by its id: `sources/example-label.md` is the source `example-label`.

    ---
    title: Example, prescribing information
    publisher: Example Ltd
    kind: label
    url: https://example.org/label
    published: 2024
    text: summary
    ---

    What the source says, in our own words. With `text: verbatim` it is its own text, and can be quoted.
"""


def create_store(folder: Path, extends: str | None = None, name: str | None = None) -> list[Path]:
    """Write a new store, empty or as a layer over another; return the files.

    `extends` is a path as the user sees it, or the name of the store that comes with ketakb. Schemas are
    copied beside the files, so that editors check them wherever the store lies. Raises UsageError where a
    file of the store is there already or `extends` is no store, and then nothing is written.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder")
    below = None if extends is None else _extends(extends, folder)
    files = {folder / key: text for key, text in _files(folder, below, name).items()}
    there = [str(path) for path in files if path.exists()]
    if (folder / "claims").is_dir():
        there.append(str(folder / "claims"))
    if there:
        raise UsageError(f"{there[0]}: is there already; nothing was written, name a new folder")
    for path, text in files.items():
        write_new(path, text)
    return list(files)


def _files(folder: Path, below: str | None, name: str | None) -> dict[str, str]:
    title = name or folder.resolve().name
    settings = _STORE.format(name=new_id(title, set()), title=flow(title))
    settings += _EMPTY_STORE if below is None else _LAYER_STORE.format(extends=flow(below))
    texts = {
        STORE_FILE: settings,
        "vocabulary.yaml": _VOCABULARY,
        "topics.yaml": _TOPICS,
        "claims.yaml": _CLAIMS if below is None else _LAYER_CLAIMS,
        "wording.yaml": _WORDING,
    }
    files = {key: _bound(key) + text for key, text in texts.items()}
    files["sources/README.txt"] = _SOURCE
    return files | {f"schema/{key}.schema.json": rendered(schema) for key, schema in schemas().items()}


def _bound(name: str) -> str:
    """Return the line by which editors find the schema of a file."""
    return f"# yaml-language-server: $schema=schema/{name.removesuffix('.yaml')}.schema.json\n"


def _extends(extends: str, folder: Path) -> str:
    """Return the name or path of a store as the store.yaml of a layer in a folder says it."""
    given = Path(extends).expanduser()
    if given.name == STORE_FILE:
        given = given.parent
    if (given / STORE_FILE).is_file():
        if _is_default(given):
            return "default"
        return Path(os.path.relpath(given.resolve(), folder.resolve())).as_posix()
    if beneath(extends, folder) is not None:
        return extends
    raise UsageError(
        f"--extends: {extends} is no store; name a folder with a store.yaml, or `default` for the store that "
        "comes with ketakb"
    )


def _is_default(folder: Path) -> bool:
    try:
        return folder.resolve() == default_store().resolve()
    except StoreError:
        return False

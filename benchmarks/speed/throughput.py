"""How fast drafts are read, beside proselint in the same run.

    python benchmarks/speed/throughput.py [--pages 500] [--words 1000] [--rounds 3] [FILE ...]

Reads pages in one process, the store compiled once and the garbage collector set as the command sets it, and has
proselint (0.16 or later, not a dependency) read the same pages; the rounds take turns, and the fastest of each counts.
FILEs are read instead of made-up pages. Without proselint only our own figure is printed.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ketakb.app import AuditOptions, audit_each, check_store
from ketakb.extract.compiled import compile_store
from ketakb.store.locate import default_store

_AS_OF = "2026-11-21"


def main() -> None:
    """Print words a second of both, and the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if given.files:
        pages = [(str(path), path.read_text(encoding="utf-8")) for path in given.files]
    else:
        from pages import claims_of
        from pages import pages as made

        pages = list(made(given.pages, claims_of(), given.words))
    words = sum(len(text.split()) for _, text in pages)
    print(f"{len(pages)} pages, {words} words")
    ours, theirs = _ketakb(pages), _proselint(pages)
    if theirs is None:
        print("proselint is not installed: `pip install proselint` to compare with it")
    gc.set_threshold(200_000)  # as the command does: a store is many values that stay
    best: dict[str, float] = {}
    for _ in range(given.rounds):
        for name, run in (("ketakb", ours), ("proselint", theirs)):
            if run is not None:
                began = time.process_time()
                run()
                best[name] = min(time.process_time() - began, best.get(name, float("inf")))
    for name, seconds in best.items():
        print(f"{name:10} {words / seconds:9.0f} words/s  {1000 * seconds / len(pages):7.2f} ms a page")
    if "proselint" in best:
        print(f"throughput: {best['proselint'] / best['ketakb']:.2f} times that of proselint")


def _ketakb(pages: Sequence[tuple[str, str]]) -> Callable[[], None]:
    store, _ = check_store(default_store(), _AS_OF)
    lexicon = compile_store(store)

    def run() -> None:
        for _report in audit_each(store, pages, AuditOptions(_AS_OF, linked=False), lexicon):
            pass

    return run


def _proselint(pages: Sequence[tuple[str, str]]) -> Callable[[], None] | None:
    try:
        from proselint.checks import __register__
        from proselint.registry import CheckRegistry
        from proselint.tools import LintFile
    except ImportError:
        return None
    CheckRegistry().register_many(__register__)

    def run() -> None:
        for path, text in pages:
            LintFile(path, text).lint()

    return run


if __name__ == "__main__":
    main()

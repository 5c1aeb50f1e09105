"""Whether text twice as long costs twice the time, for texts of every shape that could cost more.

    python benchmarks/speed/linearity.py [--size 1.0] [NAME ...]

`--size` is in MB. Prints for each shape the seconds for that size and for twice that, and the ratio.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from ketakb.app import AuditOptions, audit_documents, check_store
from ketakb.extract.compiled import compile_store
from ketakb.store.locate import default_store

_AS_OF = "2026-11-21"
_SAID = "Ketamine blocks NMDA receptors and eases depression within hours, but it does not block AMPA receptors. "

SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {
    "one-line": ("a.md", lambda size: _SAID * (size // len(_SAID))),
    "no-stops": ("a.txt", lambda size: _SAID.replace(".", "") * (size // len(_SAID))),
    "one-word": ("a.txt", lambda size: "ketamine " * (size // 9)),
    "no-spaces": ("a.txt", lambda size: "ketamine" * (size // 8)),
    "commas": ("a.txt", lambda size: "ketamine, " * (size // 10)),
    "numbers": ("a.txt", lambda size: "1 to 2 " * (size // 7)),
    "dots": ("a.txt", lambda size: "." * size),
    "items": ("a.md", lambda size: "".join(f"- Ketamine works within {n} hours.\n" for n in range(size // 36))),
    "table": ("a.md", lambda size: "| a | b |\n|---|---|\n" + "| ketamine | within 2 hours |\n" * (size // 30)),
    "brackets": ("a.md", lambda size: "[a](b " * (size // 6)),
    "stars": ("a.md", lambda size: "*a **b " * (size // 7)),
    "nested-list": ("a.md", lambda size: "".join(" " * (2 * n) + "- x\n" for n in range(int(size**0.5)))),
    "html": ("a.html", lambda size: "<html><body>" + f"<p>{_SAID}</p>\n" * (size // len(_SAID))),
    "html-nested": ("a.html", lambda size: "<div>" * (size // 5) + _SAID),
    "html-tables": ("a.html", lambda size: "<table><tr><td>a" * (size // 16)),
    "html-unclosed": ("a.html", lambda size: "<a b='" * (size // 6)),
    "quotes": ("a.md", lambda size: "> " * (size // 2) + "\n"),
    "links": ("a.md", lambda size: "[a](" * (size // 4)),
    "counts": ("a.txt", lambda size: "two hundred and " * (size // 16)),
    "ranges": ("a.txt", lambda size: "between 2 and " * (size // 14)),
}


def main() -> None:
    """Print a line for each shape."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SHAPES)}")
    parser.add_argument("--size", type=float, default=1.0, help="MB")
    given = parser.parse_args()
    store, _ = check_store(default_store(), _AS_OF)
    lexicon = compile_store(store)
    for name in given.names or SHAPES:
        path, make = SHAPES[name]
        seconds = []
        for times in (1, 2):
            text = make(int(given.size * 1_000_000 * times))
            began = time.process_time()
            audit_documents(store, [(path, text)], AuditOptions(_AS_OF), lexicon)
            seconds.append(time.process_time() - began)
        print(f"{name:12} {seconds[0]:8.2f} s {seconds[1]:8.2f} s  x {seconds[1] / seconds[0]:.2f}", flush=True)


if __name__ == "__main__":
    main()

"""Pages to read: made up, the same for the same seed, no two sentences of them alike.

    python benchmarks/speed/pages.py FOLDER [--pages 500] [--words 1000] [--store DIR] [--seed 1] [--jsonl]

A page is Markdown: a title, sections with a heading, paragraphs, some lists. About half of the sentences say what a
claim of the store says, with names and lead-ins so that no cache of sentences profits; nine in ten of these say what
an accepted claim says. The rest speak of other things, as pages do. With --jsonl, one file FOLDER.jsonl of
{"id", "text"} is written instead.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_LEAD = (
    "{who} put it plainly: {said}.",
    "As {who} of {place} wrote, {said}.",
    "{said}.",
    "{said}, as {who} says.",
    "At {place}, we are often told that {said}.",
    "{said}, according to a talk that {who} gave in {place}.",
    "It is a myth that {said}, {who} told {place}.",
    "Some of the people whom {who} met in {place} were told that {said}.",
    "The leaflet of {place} says: {said}.",
    "Does that mean that {said}? {who} was asked that in {place}.",
)
_OTHER = (
    "{who} opened the practice in {place} in {year} with {number} colleagues and one small garden.",
    "parking is free behind the {place} building, {number} steps from the door.",
    "the team of {who} answers letters from {place} within {number} days.",
    "{number} people came to the evening that {who} held in {place}, although it rained.",
    "our rooms in {place} were painted by {who}, who also chose the {number} chairs.",
    "since {year} the library of {place} has lent {number} books to its neighbours.",
    "ask {who} for the form in large print if the {number} lines on it are hard to read.",
    "{who} still cycles {number} miles through {place} before the first appointment.",
)
_HEADINGS = ("What {who} is asked in {place}", "Before you come to {place}", "A word from {who}", "{year} in {place}")
_BEGIN = ("B", "Br", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T", "V", "W")
_MIDDLE = ("al", "and", "ar", "el", "en", "er", "il", "in", "ol", "on", "or", "um", "un", "ast", "est", "ost")
_END = ("by", "den", "ford", "ham", "ley", "low", "mere", "sett", "ton", "wick", "worth", "more")


@dataclass(frozen=True)
class Statements:
    """What claims of a store say, without the full stop."""

    accepted: Sequence[str]
    others: Sequence[str]

    def one(self, chance: random.Random) -> str:
        """Return one of them, in nine cases of ten an accepted one."""
        return chance.choice(self.accepted if chance.random() < 0.9 or not self.others else self.others)


def claims_of(folder: Path | None = None) -> Statements:
    """Return what the claims of a store say; of the built-in store by default."""
    from ketakb.api import Store

    said: dict[bool, list[str]] = {True: [], False: []}
    for claim in Store.load(folder).data.claims.values():
        said[claim.standing == "accepted"].append(claim.statement.rstrip("."))
    return Statements(said[True], said[False])


def page(number: int, statements: Statements, words: int = 1000, seed: int = 1) -> str:
    """Return page `number`: Markdown of about so many words, at most a section more."""
    chance = random.Random(f"{seed}/{number}")
    lines = [f"# {_named(chance)} of {_place(chance)}, page {number}", ""]
    count = len(lines[0].split()) - 1
    while count < words:
        block = [_fill(chance, chance.choice(_HEADINGS), "")]
        lines += [f"## {block[0]}", ""]
        for _ in range(chance.randint(2, 4)):
            sentences = []
            for _ in range(chance.randint(3, 6)):
                if count + sum(len(s.split()) for s in (*block, *sentences)) < words:
                    sentences.append(_sentence(chance, statements))
            as_list = chance.random() < 0.2
            lines += [f"- {one}" for one in sentences] if as_list else [" ".join(sentences)]
            lines.append("")
            block += sentences
        count += sum(len(sentence.split()) for sentence in block)
    return "\n".join(lines).rstrip() + "\n"


def pages(count: int, statements: Statements, words: int = 1000, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of so many pages."""
    for number in range(count):
        yield f"page-{number:05}.md", page(number, statements, words, seed)


def write_pages(folder: Path, count: int, statements: Statements, words: int = 1000, seed: int = 1) -> None:
    """Write pages into a folder, a hundred a sub-folder."""
    for number, (name, text) in enumerate(pages(count, statements, words, seed)):
        below = folder / f"{number // 100:03}"
        below.mkdir(parents=True, exist_ok=True)
        (below / name).write_text(text, encoding="utf-8")


def _sentence(chance: random.Random, statements: Statements) -> str:
    about = chance.random() < 0.5
    form = chance.choice(_LEAD if about else _OTHER)
    text = _fill(chance, form, statements.one(chance) if about else "")
    return text[0].upper() + text[1:]


def _fill(chance: random.Random, form: str, said: str) -> str:
    return form.format(
        who=_named(chance),
        place=_place(chance),
        year=chance.randint(1950, 2025),
        number=chance.randint(2, 999),
        said=said,
    )


def _place(chance: random.Random) -> str:
    return chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_END)


def _named(chance: random.Random) -> str:
    return f"{chance.choice(('Dr', 'Ms', 'Mr', 'Nurse'))} {_place(chance)}"


def main() -> None:
    """Write pages as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jsonl", action="store_true")
    given = parser.parse_args()
    statements = claims_of(given.store)
    if given.jsonl:
        with given.folder.with_suffix(".jsonl").open("w", encoding="utf-8") as stream:
            for name, text in pages(given.pages, statements, given.words, given.seed):
                stream.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
    else:
        write_pages(given.folder, given.pages, statements, given.words, given.seed)


if __name__ == "__main__":
    main()

"""From YAML text to pyyaml nodes, which know their line and column, and to syntax problems.

Nothing is typed here: the loader in use makes a string of every scalar, and whether a plain `true` or `7` is
more than that is for the reader of the key to say. Where one top-level item of a file is broken, the others
are still read, so that one run shows the faults of all.
"""

from __future__ import annotations

import re

import yaml

from ketakb.hints import Any
from ketakb.model import Problem
from ketakb.yamlio.faults import SYNTAX, UNREADABLE, shown

Node = yaml.nodes.Node
_BASE: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class _Loader(_BASE):  # type: ignore[misc]  # one of two classes, as libyaml is there or not
    """A loader that guesses no types; pyyaml's own looks for rules it does not have at every node."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return _TAGS[kind]

    def descend_resolver(self, *_: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


MAX_CHARS = 20_000_000
"""A file of a store larger than this is refused: it is no hand-kept file."""
MAX_DEPTH = 40
"""Levels of nesting; the deepest file of a store needs eight."""
_MAX_FAULTS = 20

# Only texts that could hold anchors, aliases or deep nesting are scanned for them, at the cost of reading.
_ANCHOR = re.compile(r"(?:^|[\s,\[{])[&*][^\s,\[\]{}]", re.MULTILINE)
_INDENT = re.compile(r"^[ \t?:-]{80,}", re.MULTILINE)
_NO_BRACKETS = re.compile(r"[^\[\]{}]+")
_TOP_LEVEL = re.compile(r"^[^\s#%]", re.MULTILINE)


def compose(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Return the root node of a YAML text and what is wrong with its syntax.

    The node is None for a text without content. `first_line` is the 1-based line of the file on which the
    text begins; node marks count from the beginning of the text all the same. Never raises for its content.
    """
    if len(text) > MAX_CHARS:
        message = (
            f"the file is too large ({len(text):,} characters), split it: at most {MAX_CHARS:,} are read"
        )
        return None, [Problem(UNREADABLE, path, first_line, 1, message)]
    try:
        return _compose(text), []
    except _FaultError as fault:
        whole = fault
    chunks = _chunks(text)
    if len(chunks) < 2:
        return None, [whole.problem(path, first_line)]
    faults: list[_FaultError] = []
    roots: list[Node] = []
    _recover(text, chunks, 0, len(chunks), roots, faults)
    if not faults:
        # each item is sound alone, but they do not go together: `- a` beside `b: c`
        faults.append(whole)
    return _joined(roots), [fault.problem(path, first_line) for fault in faults]


class _FaultError(Exception):
    """A place at which YAML could not be read on; line and column are 0-based."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column

    def problem(self, path: str, first_line: int) -> Problem:
        return Problem(SYNTAX, path, self.line + first_line, self.column + 1, self.message)


def _compose(text: str) -> Node | None:
    _refuse_hostile(text)
    loader = None
    try:
        loader = _Loader(text)
        node: Node | None = loader.get_single_node()
        return node
    except yaml.YAMLError as error:
        raise _fault(error, text) from None
    except UnicodeEncodeError as error:
        at = error.start
        line = text.count("\n", 0, at)
        raise _FaultError(
            "half a character (a lone surrogate) cannot stand in text; remove it",
            line,
            at - text.rfind("\n", 0, at) - 1,
        ) from None
    except RecursionError:
        raise _FaultError("the nesting is too deep, write it flatter", 0, 0) from None
    finally:
        if loader is not None:
            loader.dispose()


def _refuse_hostile(text: str) -> None:
    """Raise _FaultError for anchors, aliases and deep nesting, which no store needs and which can stall."""
    signs = "&" in text or "*" in text
    if not (signs and _ANCHOR.search(text)) and not _INDENT.search(text) and not _is_deep(text):
        return
    loader = None
    try:
        loader = _Loader(text)
        depth = 0
        while loader.check_event():
            event = loader.get_event()
            mark = event.start_mark
            if getattr(event, "anchor", None):
                sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
                raise _FaultError(
                    f"anchors and aliases ({shown(sign + event.anchor)}) are not read; write the value out, "
                    "or put the text in double quotes",
                    mark.line,
                    mark.column,
                )
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise _FaultError(
                        f"nested deeper than {MAX_DEPTH} levels, write it flatter", mark.line, mark.column
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except (yaml.YAMLError, UnicodeEncodeError):
        return  # reading proper will come to the same place and report it
    finally:
        if loader is not None:
            loader.dispose()


def _is_deep(text: str) -> bool:
    """Whether brackets, as they stand in the text, are nested deeper than is read."""
    brackets = _NO_BRACKETS.sub("", text)
    rest = brackets
    for done in range(0, MAX_DEPTH, 2):
        if done + len(rest) <= MAX_DEPTH:
            return False
        rest = rest.replace("[]", "").replace("{}", "")  # two levels at most
    depth = 0
    for bracket in brackets:
        if bracket in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif depth:
            depth -= 1
    return False


def _chunks(text: str) -> list[tuple[int, int, int]]:
    """Return the top-level items of a text as (start, end, line): two offsets and a 0-based line."""
    starts = [match.start() for match in _TOP_LEVEL.finditer(text)]
    if text[starts[0] : starts[0] + 1] in ("[", "{") if starts else True:
        return []
    chunks, line, at = [], 0, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line += text.count("\n", at, start)
        at = start
        chunks.append((start, end, line))
    return chunks


def _recover(
    text: str,
    chunks: list[tuple[int, int, int]],
    low: int,
    high: int,
    roots: list[Node],
    faults: list[_FaultError],
) -> None:
    """Halve until broken items stand alone: as many readings as faults, times the logarithm of the items."""
    if len(faults) >= _MAX_FAULTS:
        return
    start, line = chunks[low][0], chunks[low][2]
    try:
        # line breaks before the piece keep its marks those of the file
        root = _compose("\n" * line + text[start : chunks[high - 1][1]])
    except _FaultError as fault:
        if high - low == 1:
            # what only the end of the item shows is told at its last word, not in the item after it
            kept = text[start : chunks[low][1]].rstrip()
            last = line + kept.count("\n")
            if fault.line > last:
                fault.line, fault.column = last, len(kept) - kept.rfind("\n") - 2
            faults.append(fault)
            return
        middle = (low + high) // 2
        _recover(text, chunks, low, middle, roots, faults)
        _recover(text, chunks, middle, high, roots, faults)
        return
    if root is not None:
        roots.append(root)


def _joined(roots: list[Node]) -> Node | None:
    """Return the pieces as one node; pieces of another shape than the first are left out."""
    if not roots:
        return None
    first = roots[0]
    if isinstance(first, yaml.CollectionNode):
        for other in roots[1:]:
            if type(other) is type(first):
                first.value.extend(other.value)
    return first


_PLAIN = {
    "mapping values are not allowed": (
        "a colon followed by a space stands inside unquoted text, or a line is indented wrongly; put the "
        "text in double quotes, or align the line with its neighbours"
    ),
    "expected ',' or": (
        "a list or mapping that was opened with [ or {{ is not closed, or text in it holds a comma, "
        "colon, bracket or quotation mark; close it, or put the text in double quotes"
    ),
    "did not find expected '-' indicator": (
        "a line stands where an item of the list (`- ...`) was expected; indent it as part of the item "
        "above, or begin it with `- `"
    ),
    "did not find expected key": (
        "a line is indented differently from its neighbours, or text goes on after a closing quotation "
        "mark; align it, or put the whole text in double quotes"
    ),
    "could not find expected ':'": (
        "a line is neither `key: value` nor an item `- value`; write one of the two"
    ),
    "found unexpected end of stream": ("a quotation mark is opened and never closed; close it"),
    "that cannot start any token": (
        "{character} cannot begin a value (a tab cannot indent); indent with spaces, or put the text in "
        "double quotes"
    ),
    "found unknown escape character": (
        "an unknown escape stands after a backslash; write \\\\ for a backslash, or use single quotes"
    ),
    "block sequence entries are not allowed": (
        "`- ` begins a list item where a value was expected; put it on its own line"
    ),
    "expected a single document": ("a second document begins here (`---`); keep one document a file"),
    "but found another document": ("a second document begins here (`---`); keep one document a file"),
    "did not find expected <document start>": (
        "text goes on after the end of the content; indent it, or remove it"
    ),
    "expected node content": (
        "a list or mapping that was opened with [ or {{ is not closed, or a value is missing; close it, "
        "or write the value"
    ),
}


def _fault(error: yaml.YAMLError, text: str) -> _FaultError:
    if isinstance(error, yaml.reader.ReaderError):
        at = error.position if isinstance(error.position, int) else 0
        line = text.count("\n", 0, at)
        column = at - (text.rfind("\n", 0, at) + 1)
        code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
        return _FaultError(f"control character U+{code:04X} cannot stand in YAML; remove it", line, column)
    if not isinstance(error, yaml.MarkedYAMLError):
        return _FaultError(f"not valid YAML ({error})", 0, 0)
    problem = str(error.problem or error.context or "not valid YAML")
    mark = error.problem_mark or error.context_mark
    # what is not closed shows only at the end; the place to repair is where it was opened
    if error.context_mark is not None and any(
        part in problem for part in ("end of stream", "expected ',' or", "expected node content")
    ):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    for key, plain in _PLAIN.items():
        if key in problem:
            return _FaultError(plain.format(character=_character(text, line, column)), line, column)
    return _FaultError(f"not valid YAML: {problem}", line, column)


def _character(text: str, line: int, column: int) -> str:
    lines = text.split("\n", line + 1)
    found = lines[line][column : column + 1] if line < len(lines) else ""
    return {"\t": "a tab", "": "this"}.get(found, f"`{found}`")

"""Types of single values: text, ids, references, choices, numbers, dates."""

from __future__ import annotations

import datetime
import math
import re

import yaml

from ketakb.hints import Any
from ketakb.yamlio.compose import Node
from ketakb.yamlio.context import WRONG, Context, Reference, Schema, Type, is_null, kind_of
from ketakb.yamlio.faults import nearest, shown

# An explicit tag of YAML's own (`!!str`) changes nothing; any other would ask for a type that is not read.
_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool"))


class Scalar(Type):
    """A value written as one word, number or text."""

    def read(self, node: Node, into: Context) -> Any:
        """Return what `convert` makes of the text of the node."""
        if not isinstance(node, yaml.ScalarNode):
            return into.wrong(node, f"{kind_of(node)} stands here; write {self.expects}")
        if is_null(node):
            return into.wrong(node, f"nothing stands here; write {self.expects}")
        if node.tag not in _TAGS:
            return into.wrong(
                node, f"the tag {shown(node.tag)} is not read; remove it and write {self.expects}"
            )
        value = self.convert(node.value, not node.style)
        if value is WRONG:
            return into.wrong(node, f"{shown(node.value)} is not {self.expects}{self.hint(node.value)}")
        return value

    def convert(self, text: str, plain: bool) -> Any:
        """Return the value of a text, or WRONG; `plain` is True where it stands without quotation marks."""
        raise NotImplementedError

    def hint(self, text: str) -> str:
        """Return what to write instead of this text, as the end of a message."""
        return f"; write {self.expects}"


class Text(Scalar):
    """Text as written; never a number or a date."""

    expects = "text"

    def __init__(self, numeric: bool = False, longest: int | None = None) -> None:
        self.numeric = numeric
        """Whether editors should accept a bare number too."""
        self.longest = longest
        if longest is not None:
            self.expects = f"text of at most {longest} characters"

    def convert(self, text: str, plain: bool) -> Any:
        """Return the text without white space around it."""
        text = text.strip()
        return WRONG if not text or (self.longest is not None and len(text) > self.longest) else text

    def hint(self, text: str) -> str:
        """Return how long the text is, or that there is none."""
        return f" (it has {len(text)}); shorten it" if text.strip() else "; write some, or leave the key out"

    def schema(self) -> Schema:
        """Return a string schema."""
        found: Schema = {"type": ["string", "number"] if self.numeric else "string", "minLength": 1}
        if self.longest is not None:
            found["maxLength"] = self.longest
        return found


_ID = re.compile(r"[a-z0-9]+(?:[-./][a-z0-9]+)*\Z")


class Id(Scalar):
    """The name of a thing of the store, given where the thing is defined."""

    expects = "an id of small letters, digits and hyphens, such as side-effect"

    def convert(self, text: str, plain: bool) -> Any:
        """Return the id."""
        return text if _ID.match(text) else WRONG

    def hint(self, text: str) -> str:
        """Return the id that the text would make."""
        made = re.sub(r"[^a-z0-9/]+", "-", text.lower()).strip("-/")[:60]
        return f"; write `{made}`" if made and _ID.match(made) else f"; write {self.expects}"

    def schema(self) -> Schema:
        """Return a string schema with the pattern of ids."""
        return {"type": "string", "pattern": "^[a-z0-9]+([-./][a-z0-9]+)*$"}


class Ref(Scalar):
    """An id that is defined elsewhere: noted as a Reference, looked up once the whole store is read."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.expects = f"the id of {'an' if kind[0] in 'aeiou' else 'a'} {kind}"

    def read(self, node: Node, into: Context) -> Any:
        """Return the id and note the reference."""
        value = super().read(node, into)
        if value is not WRONG:
            line, column = into.place(node)
            into.references.append(Reference(self.kind, value, into.path, line, column))
        return value

    def convert(self, text: str, plain: bool) -> Any:
        """Return the id as written."""
        return text if text and not text[0].isspace() else WRONG

    def schema(self) -> Schema:
        """Return a string schema."""
        return {"type": "string", "minLength": 1, "description": f"id of a {self.kind}"}


class Choice(Scalar):
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.expects = f"one of {', '.join(words)}" if len(words) > 1 else f"`{words[0]}`"

    def convert(self, text: str, plain: bool) -> Any:
        """Return the word."""
        return text if text in self.words else WRONG

    def hint(self, text: str) -> str:
        """Return the word that was most likely meant."""
        meant = nearest(text.lower(), list(self.words)) or nearest(text.upper(), list(self.words))
        return f"; did you mean `{meant}`?" if meant else ""

    def schema(self) -> Schema:
        """Return an enumeration."""
        return {"enum": list(self.words)}


class Flag(Scalar):
    """True or false."""

    expects = "true or false"

    def convert(self, text: str, plain: bool) -> Any:
        """Return the truth value of a plain `true` or `false`."""
        return (
            {"true": True, "True": True, "false": False, "False": False}.get(text, WRONG) if plain else WRONG
        )

    def schema(self) -> Schema:
        """Return a boolean schema."""
        return {"type": "boolean"}


_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z")


class Number(Scalar):
    """A finite number between two ends."""

    expects = "a number"

    def __init__(self, low: float | None = None, high: float | None = None) -> None:
        self.low, self.high = low, high
        if low is not None and high is not None:
            self.expects = f"a number from {low:g} to {high:g}"
        elif low is not None:
            self.expects = f"a number of {low:g} or more"

    def convert(self, text: str, plain: bool) -> Any:
        """Return the number as a float."""
        if not plain or len(text) > 40 or not _NUMBER.match(text):
            return WRONG
        value = float(text.replace("_", ""))
        if not math.isfinite(value) or (self.low is not None and value < self.low):
            return WRONG
        return WRONG if self.high is not None and value > self.high else value

    def hint(self, text: str) -> str:
        """Return the number without marks, where that is all that is wrong."""
        bare = re.sub(r"[\s,%$€£]", "", text)
        right = self.convert(bare, True) if bare != text else WRONG
        return f"; write {bare}" if right is not WRONG else "; write it without signs, such as 0.5"

    def schema(self) -> Schema:
        """Return a number schema."""
        ends = {"minimum": self.low, "maximum": self.high}
        return {"type": "number", **{key: end for key, end in ends.items() if end is not None}}


class Sign(Number):
    """-1, 0 or 1."""

    expects = "-1, 0 or 1"

    def convert(self, text: str, plain: bool) -> Any:
        """Return the sign as an integer."""
        return {"-1": -1, "0": 0, "1": 1, "+1": 1}.get(text, WRONG)

    def hint(self, text: str) -> str:
        """Return which to write."""
        return "; write 1 for more, -1 for less, 0 for neither"

    def schema(self) -> Schema:
        """Return an enumeration."""
        return {"enum": [-1, 0, 1]}


_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")


class Date(Scalar):
    """A year, a month or a day; kept as text."""

    expects = "a date (YYYY, YYYY-MM or YYYY-MM-DD)"

    def __init__(self, day: bool = False) -> None:
        self.day = day
        """Whether only a full day will do."""
        if day:
            self.expects = "a date (YYYY-MM-DD)"

    def convert(self, text: str, plain: bool) -> Any:
        """Return the date as written, once it is known to exist."""
        match = _DATE.match(text)
        if not match or (self.day and not match.group(3)):
            return WRONG
        try:
            datetime.date(int(match.group(1)), int(match.group(2) or 1), int(match.group(3) or 1))
        except ValueError:
            return WRONG
        return text

    def hint(self, text: str) -> str:
        """Return an example."""
        return " that exists" if _DATE.match(text) and not self.day else "; write it like 2026-11-21"

    def schema(self) -> Schema:
        """Return a pattern; a bare year is an integer to editors."""
        if self.day:
            return {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
        return {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}

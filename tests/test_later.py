"""Expressions that are compiled when they are first used."""

import re
import subprocess
import sys

import pytest

from ketakb import later
from ketakb.readers.mask import _JOINED, _joins_words

_COUNT = """
import re
compiled = []
whole = re.compile
re.compile = lambda text, flags=0: (compiled.append(text), whole(text, flags))[1]
from ketakb.readers import markdown
compiled.clear()
markdown.read_markdown("One plain line.")
plain = list(compiled)
markdown.read_markdown("<b>Bold</b> with &amp; and `code`.")
print(len(plain), len(compiled) - len(plain) > 0)
"""


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    whole = re.compile
    monkeypatch.setattr(later.re, "compile", lambda text, flags=0: (compiled.append(text), whole(text, flags))[1])
    word = later.compile("k[a-z]+", re.IGNORECASE)
    assert compiled == []
    found = word.search("no Ketamine")
    assert found is not None and found.group() == "Ketamine"
    assert word.search("none") is None
    assert [match.span() for match in word.finditer("ka KB")] == [(0, 2), (3, 5)]
    assert word.pattern == "k[a-z]+"
    assert set(compiled) == {"k[a-z]+"}


def test_a_mistake_shows_at_the_first_use() -> None:
    wrong = later.compile("(")
    with pytest.raises(re.error):
        wrong.match("")


def test_a_plain_text_needs_few_expressions() -> None:
    told = subprocess.run([sys.executable, "-c", _COUNT], capture_output=True, text=True, check=True).stdout.split()
    assert int(told[0]) <= 3
    assert told[1] == "True"


@pytest.mark.parametrize(
    "text",
    ["", "a", "\0", "a\0", "\0a", "a\0b", "a\0\0b", "a \0b", "a\0 \0b", "a\0’", "'\0ʼ", "-\0b", "²\0½", "_\0_", "\0\0"],
)
def test_the_look_for_joined_words_agrees_with_the_expression(text: str) -> None:
    assert _joins_words(text) == (_JOINED.search(text) is not None)

"""Markdown: what is text stands at its own place, and nothing else is text. markdown-it is the oracle."""

from __future__ import annotations

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ketakb.readers.document import Document
from ketakb.readers.markdown import read_markdown

ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WORD = re.compile(r"[^\W_]+")
WHOLE = re.compile(r"[\w'’]+")


def texts(document: Document) -> list[tuple[str, str]]:
    return [
        (block.kind, " ".join(document.plain[block.span.start : block.span.end].split()))
        for block in document.blocks
    ]


# ---- the oracle


def rendered(source: str) -> list[str]:
    """The words that a reader of the page sees, in order; code and what is struck out apart."""
    pieces: list[str] = []
    for token in ORACLE.parse(source):
        if token.type == "inline":
            struck = 0
            for child in token.children or []:
                struck += (child.type == "s_open") - (child.type == "s_close")
                if not struck:
                    pieces.append(_shown(child))
            pieces.append(" ")
        elif token.type == "html_block":
            pieces.append(re.sub(r"(?s)<!--.*?(?:-->|$)|<[^>]*>", "", html.unescape(token.content)) + " ")
    return WORD.findall("".join(pieces).replace("\u00ad", ""))


def _shown(child: Token) -> str:
    if child.type == "image":
        return " " + "".join(_shown(inner) for inner in child.children or []) + " "
    if child.type in ("softbreak", "hardbreak", "code_inline"):
        return " "
    if child.type == "html_inline":
        return " " if re.match(r"</?(?:br|p|div|img)\b", child.content) else ""
    return child.content if child.type in ("text", "text_special") else ""


words = st.sampled_from(
    [
        "ketamine",
        "blocks",
        "the",
        "receptor",
        "in",
        "40",
        "minutes",
        "naïve",
        "NMDA",
        "snake_case",
        "it",
        "don’t",
    ]
)
space = st.sampled_from([" ", " ", " ", "\n", "  \n", "\\\n"])


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    marks = st.sampled_from(["*", "**", "_", "__", "***", "~~"])
    return st.one_of(
        st.builds(lambda mark, text: f"{mark}{text}{mark}", marks, inner),
        st.builds(lambda text: f"[{text}](/target)", inner),
        st.builds(lambda text: f'[{text}](<a b> "ti(t)le")', inner),
        st.builds(lambda text: f"[{text}][r1]", inner),
        st.builds(lambda text: f"![{text}](p(1).png 'x')", inner),
        st.builds(lambda text: f"<b>{text}</b>", inner),
        st.builds(lambda text: f"<i class='a > b'>{text}</i>", inner),
        st.builds(lambda one, two: f"{one}*{two}*", words, inner),
        st.builds(lambda one, two: f"{one}_{two}_", words, inner),
        st.builds(lambda text: f"[{text}]", inner),
        st.builds(lambda text: f"({text})", inner),
    )


spice = st.sampled_from(
    [
        "`code`",
        "``a`b``",
        "&nbsp;",
        "&amp;",
        "&#8217;",
        "don&#8217;t",
        "&bogus;",
        "\\*",
        "\\[",
        "<br>",
        "<!-- no -->",
    ]
    + [
        "*",
        "**",
        "_",
        "[",
        "]",
        "](",
        "`",
        "<",
        "<3",
        "!",
        "~",
        "~~",
        "r1",
        "[r1]",
        "[R1][]",
        "keta&shy;mine",
        "\\",
    ]
)
run = st.recursive(
    st.lists(st.tuples(st.one_of(words, words, spice), space), min_size=1, max_size=6).map(
        lambda pairs: "".join(word + gap for word, gap in pairs).strip() or "it"
    ),
    lambda inner: st.one_of(wrapped(inner), st.builds(lambda one, two: f"{one} {two}", inner, inner)),
    max_leaves=6,
)
row = st.lists(st.one_of(words, st.just(""), st.just("a \\| b"), st.just("*x*")), min_size=2, max_size=2)
block = st.one_of(
    run,
    run,
    st.builds(lambda level, text: "#" * level + " " + text, st.integers(1, 7), words),
    st.builds(lambda text, rule: f"{text}\n{rule}", run, st.sampled_from(["===", "---", "-"])),
    st.builds(
        lambda rows: "| A | B |\n|---|:-:|\n" + "\n".join(f"| {a} | {b} |" for a, b in rows), st.lists(row)
    ),
    st.builds(
        lambda rows: "one | two\n--- | ---\n" + "\n".join(f"{a} | {b}" for a, b in rows if a), st.lists(row)
    ),
    st.just("```py\ncode *x*\n```"),
    st.just("~~~\n```\n~~~"),
    st.just("    indented code"),
    st.just("<div class=x>\nwords *inside*\n</div>"),
    st.just("<!-- a\n\ncomment -->"),
    st.just("***"),
    st.just("[r2]: /x 'title'"),
)
markers = st.sampled_from(
    ["- ", "* ", "1. ", "2) ", "> ", ">", "-   ", "10. ", "-\t", "    ", "  "]
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def put(marker: str, text: str, lazy: bool) -> str:
        if "|" in text:  # markdown-it looks for tables before lists, unlike GFM
            return text
        if "<!--" in text:  # a comment that is cut off ends elsewhere in a browser
            return text
        lead = marker if marker.strip() in (">",) else " " * len(marker.expandtabs(4))
        lines = text.split("\n")
        return marker + (
            "\n".join([lines[0], *(line if lazy or not line else lead + line for line in lines[1:])])
        )

    return st.one_of(
        st.builds(put, markers, inner, st.booleans()),
        st.builds(lambda one, two, gap: one + gap + two, inner, inner, st.sampled_from(["\n", "\n\n"])),
    )


page = st.recursive(block, nested, max_leaves=8)


@settings(max_examples=600, deadline=None)
@given(page, st.sampled_from(["\n", "\r\n"]))
def test_the_words_are_those_that_are_rendered(source: str, newline: str) -> None:
    source = (source + '\n\n[r1]: /ref "t"\n').replace("\n", newline)
    document = read_markdown(source)
    assert len(document.plain) == len(source)
    found = [match.group() for match in WORD.finditer(document.plain)]
    assert found == rendered(source.replace("\r\n", "\n"))
    for match in WHOLE.finditer(document.plain):
        assert source[match.start()] in (match.group()[0], "&")
    if "|" not in source:
        assert " ".join(text for _, text in texts(document)).split() == document.plain.split()

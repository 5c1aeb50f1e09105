"""Markdown: what is text stands at its own place, and nothing else is text. markdown-it is the oracle."""

# ruff: noqa: E501 - markup in one piece

from __future__ import annotations

import html
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from counted import grows
from ketakb.readers.document import Document
from ketakb.readers.markdown import read_markdown
from ketakb.text import Span

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
        "*",
        "**",
        "_",
        "[",
        "]",
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
    st.just("[r2]: /x 'title'\n"),
)
markers = st.sampled_from(["- ", "* ", "1. ", "2) ", "> ", ">", "-   ", "10. ", "-\t", "    ", "  "])


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


# derandomized: a run must not depend on luck; raise the number and drop the seed to hunt for more
@settings(max_examples=300, deadline=None, derandomize=True)
@given(page, st.sampled_from(["\n", "\r\n"]))
def test_the_words_are_those_that_are_rendered(source: str, newline: str) -> None:
    # known limit: of a link within the alt text of a linked image the address is read too
    assume("![[" not in source)
    source = (source + '\n\n[r1]: /ref "t"\n').replace("\n", newline)
    document = read_markdown(source)
    assert len(document.plain) == len(source)
    found = [match.group() for match in WORD.finditer(document.plain)]
    assert found == rendered(source.replace("\r\n", "\n"))
    for match in WHOLE.finditer(document.plain):
        assert source[match.start()] in (match.group()[0], "&")
    if "|" not in source:
        assert " ".join(text for _, text in texts(document)).split() == document.plain.split()


# ---- what blocks there are


def test_blocks_of_every_kind() -> None:
    source = (
        "Head\n====\n\n## Part ##\nIt may cause:\n- nausea\nand more\n  - mild:\n    1. very\n- [x] done\n\n  again\n\n"
        "> said *so\n> twice*\n\nLast[^1]\n\n[^1]: A note\n    of two lines\n"
    )
    document = read_markdown(source)
    assert texts(document) == [
        ("heading", "Head"),
        ("heading", "Part"),
        ("paragraph", "It may cause:"),
        ("item", "nausea and more"),
        ("item", "mild:"),
        ("item", "very"),
        ("item", "done"),
        ("paragraph", "again"),
        ("quotation", "said so twice"),
        ("paragraph", "Last"),
        ("paragraph", "A note of two lines"),
    ]
    assert [block.level for block in document.blocks if block.kind in ("heading", "item")] == [
        1,
        2,
        1,
        2,
        3,
        1,
    ]
    assert [block.lead for block in document.blocks if block.kind == "item"] == [2, 2, 4, 2]


def test_cells_have_their_column_s_header() -> None:
    source = "| Drug | Onset \\| time | |\n|---|:-:|---|\n| Ketamine | hours | |\n| SSRI\n| a | b | c | dropped |\n"
    document = read_markdown(source)
    cells = [block for block in document.blocks if block.kind == "cell"]
    headers = [block.header and document.text[block.header.start : block.header.end] for block in cells]
    assert [document.text[block.span.start : block.span.end] for block in cells] == [
        "Ketamine",
        "hours",
        "SSRI",
        "a",
        "b",
        "c",
    ]
    assert headers == ["Drug", "Onset \\| time", "Drug", "Drug", "Onset \\| time", None]
    assert [block.row for block in cells] == [0, 0, 1, 2, 2, 2]


def test_front_matter_is_kept_and_what_is_published_of_it_read() -> None:
    document = read_markdown(
        '\ufeff---\ntitle: "A page"\nkind: ad\ntags: [a]\ndescription: It helps.\n---\nText\n'
    )
    assert document.front["kind"] == "ad"
    assert texts(document) == [("heading", "A page"), ("paragraph", "It helps."), ("paragraph", "Text")]
    assert read_markdown("+++\nkind = 'ad'\n+++\nText").front == {"kind": "ad"}
    assert read_markdown("---\nkind: ad\n").front == {}


def test_words_that_markup_cuts_stay_whole() -> None:
    source = "It does**n**&#8217;t **keta**mine 50&nbsp;mg keta&shy;mine na&iuml;ve"
    document = read_markdown(source)
    assert document.plain.split() == ["It", "doesn’t", "ketamine", "50", "mg", "ketamine", "naïve"]
    end = document.plain.index("doesn’t") + len("doesn’t")
    whole = document.whole(Span(3, end))
    assert source[whole.start : whole.end] == "does**n**&#8217;t"


def test_remarks_in_comments_but_not_in_code() -> None:
    source = "<!-- ketakb: ignore KB201 said by law -->\n\n```\n<!-- ketakb: ignore KB3 x -->\n```\nA <!--ketakb: ignore KB4--> b"
    assert [(rule, why) for _, rule, why in read_markdown(source).ignores] == [
        ("KB201", "said by law"),
        ("KB4", ""),
    ]


def test_html_blocks_are_read_as_html() -> None:
    source = '<div class="x">\n<p>One.</p><p>Two.</p>\n</div>\n\n<details><summary>Safe?</summary>\n\nIt **is**.\n\n</details>\n'
    assert texts(read_markdown(source)) == [
        ("paragraph", "One."),
        ("paragraph", "Two."),
        ("heading", "Safe?"),
        ("paragraph", "It is ."),
    ]


LARGE = {
    "words": (60_000, lambda n: "ketamine helps " * n),
    "items": (20_000, lambda n: "- item one\n" * n),
    "links in links": (20_000, lambda n: "[a](" * n),
    "brackets": (100_000, lambda n: "[" * n + "]" * n),
    "emphasis": (10_000, lambda n: "*a _b ~~c " * n + "d* e_ f~~ " * n),
    "no end of a value": (50_000, lambda n: "<a b='" * n),
    "no end of a comment": (50_000, lambda n: "a <!-- " * n),
    "quotes in quotes": (50_000, lambda n: "> " * n + "\n" + "x\n" * (n // 100)),
    "items in items": (3_000, lambda n: "- " * n + "a\n" + "\n" * (7 * n)),
    "indented items": (3_000, lambda n: "\n".join(" " * (2 * (i % 100)) + "- a" for i in range(n))),
    "a wide table": (50_000, lambda n: "|" * n + "\n" + "|-" * n),
    "links that are defined": (20_000, lambda n: "[a]: b\n\n" + "[x " * n + "]" * n),
    "html": (10_000, lambda n: "<div>\n\n" * n),
    "backticks": (5_000, lambda n: "`" * 10 + "".join("`" * (i % 50 + 1) + " " for i in range(n))),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_text_of_any_size_is_read_whole(name: str) -> None:
    size, make = LARGE[name]
    source = make(size)
    assert len(read_markdown(source).plain) == len(source)


@pytest.mark.parametrize("name", LARGE)
def test_the_work_grows_with_the_text(name: str) -> None:
    size, make = LARGE[name]
    assert grows(lambda times: read_markdown(make(times)), size // 10) < 2.2

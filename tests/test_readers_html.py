"""HTML pages: what is copy and what is furniture, places exact, and any bytes survived."""

# ruff: noqa: E501 - markup in one piece

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counted import grows
from ketakb.readers.document import Document
from ketakb.readers.html import read_html


def texts(document: Document) -> list[tuple[str, str]]:
    return [
        (block.kind, " ".join(document.plain[block.span.start : block.span.end].split()))
        for block in document.blocks
    ]


def said(source: str) -> list[str]:
    return [text for _, text in texts(read_html(source))]


def test_a_page() -> None:
    source = """<!doctype html><html><head><title>Ketamine &amp; you</title>
<meta name="description" content="It&#8217;s fast."><meta property="og:description" content="It&#8217;s fast.">
<style>p{}</style></head><body class="menu-open"><header><nav>Home</nav></header><main><article>
<header><h1>About <em>ke</em>tamine</h1></header><p>It helps<sup>1,2</sup> in 10<sup>6</sup> cells.<br>More.<br><br>New.
<figure><img src=x alt="A nose spray"><figcaption>Spray</figcaption></figure>
<ul><li>Effects:<ul><li>mild</ul><li><p>Two</p><p>Second</p></ul>
<blockquote><p>Quoted</p></blockquote>
<details><summary>Safe?</summary>It is.</details>
<h3><button aria-expanded=false>Fast?</button></h3><div class="faq-answer" style="display: none">Yes.</div>
<pre>code</pre><form>Name<input></form><div hidden>no</div><div aria-hidden="true">no</div><button>Book</button>
<!-- ketakb: ignore KB201 said --><del>Old.</del> <script>var a = "<p>no";</script></article>
<div class="related-posts"><p>Teaser</p></div><section id="comments">Wow</section>
<h2>You may also like</h2><p>Teaser</p></main><footer>Foot</footer></body></html>"""
    document = read_html(source)
    assert len(document.plain) == len(source)
    assert texts(document) == [
        ("heading", "Ketamine & you"),
        ("paragraph", "It’s fast."),
        ("heading", "About ketamine"),
        ("paragraph", "It helps in 106 cells. More."),
        ("paragraph", "New."),
        ("paragraph", "A nose spray"),
        ("paragraph", "Spray"),
        ("item", "Effects:"),
        ("item", "mild"),
        ("item", "Two"),
        ("paragraph", "Second"),
        ("quotation", "Quoted"),
        ("heading", "Safe?"),
        ("paragraph", "It is."),
        ("heading", "Fast?"),
        ("paragraph", "Yes."),
    ]
    assert [rule for _, rule, _ in document.ignores] == ["KB201"]


def test_tables() -> None:
    source = (
        "<table><thead><tr><th colspan=2>Drug<th>Onset</thead><tr><td>Ket<td>amine<td>hours<tr><td>x</table>"
        "<table><tr><td>no<td>head</table>"
    )
    document = read_html(source)
    cells = [block for block in document.blocks if block.kind == "cell"]
    headers = [block.header and source[block.header.start : block.header.end] for block in cells]
    assert headers == ["Drug", "Drug", "Onset", "Drug", None, None]
    assert len({block.row for block in cells}) == 3


def test_json_ld() -> None:
    source = (
        '<script type="application/ld+json">{"@type": "FAQPage", "url": "https://x", "mainEntity": [{"@type": "Question",'
        ' "name": "Is it \\u201csafe\\u201d?", "acceptedAnswer": {"@type": "Answer", "text": "\\u003cp\\u003eIt doesn\\u2019t'
        ' hurt.\\u003c\\/p\\u003e<p>It&#8217;s <b>ke</b>tamine.\\nYes.</p>"}}], "description": "A clinic"}</script>'
    )
    assert said(source) == ["Is it “safe ”?", "It doesn’t hurt.", "It’s ketamine . Yes.", "A clinic"]
    assert said('<script type="application/ld+json">{"text": "It helps", "text": "cut off') == ["It helps"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a<div class='page has-sidebar'><h1>b</h1>", ["a", "b"]),
        ("<div class='menu'><main>a</main></div>b", ["a"]),
        ("<form id=all><h1>a</h1></form>", ["a"]),
        ("<p class='shared-care'>a", ["a"]),
        ("<p class=sharePost>a", []),
        ("<div class='cookie-banner'>a</div><div role=navigation>b</div>c", ["c"]),
        ("<h2>Related articles</h2><p>a<h3>b</h3><h2>c</h2>d", ["c", "d"]),
        ("<section><h2>Comments (3)</h2>a</section>b", ["b"]),
        ("<h2>Comments on dosing in children</h2>a", ["Comments on dosing in children", "a"]),
        ("<header><h1>a</h1>b</header><main>c</main>d", ["a", "c"]),
        ("a < b and c > d <3", ["a < b and c > d <3"]),
        ("<p>unclosed <b attr='x>y", ["unclosed y"]),
        ("<!-- unclosed", []),
        ("<title>unclosed", ["unclosed"]),
        ("</p></div>a<//>b", ["a b"]),
        ("<div hidden='until-found'>a</div>", ["a"]),
        ("x&#0;y &bogus; &#xD800; &amp", None),
        ("", []),
    ],
)
def test_odd_and_broken(source: str, expected: list[str] | None) -> None:
    assert expected is None or said(source) == expected
    assert len(read_html(source).plain) == len(source)


class Oracle(HTMLParser):
    """The words of a page, by the parser of the standard library."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(source)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += re.findall(r"\w+", data)


text = st.sampled_from(["ketamine", "40 mg", "caf&eacute;", "a &amp; b", "NMDA", "naïve", "1 &lt; 2"])
names = st.sampled_from(
    ["p", "div", "ul", "li", "table", "tr", "td", "b", "em", "h2", "blockquote", "section", "a"]
)
attributes = st.sampled_from(["", ' class="x > y"', " id=z", " data-a='\"'", " checked"])
piece = st.recursive(
    text,
    lambda inner: st.one_of(
        st.builds(lambda n, a, i: f"<{n}{a}> {i} </{n}>", names, attributes, inner),
        st.builds(lambda n, a, i: f"<{n}{a}> {i} ", names, attributes, inner),
        st.builds(lambda one, two: f"{one} <br/> {two}", inner, inner),
        st.builds(lambda one: f"{one} <!-- no <p> -->", inner),
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(piece)
def test_the_words_are_those_of_the_standard_parser(source: str) -> None:
    document = read_html(source)
    assert re.findall(r"\w+", document.plain) == Oracle(source).words
    blocks = " ".join(document.plain[b.span.start : b.span.end] for b in document.blocks)
    assert re.findall(r"\w+", blocks) == Oracle(source).words


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(list("<>/!-=\"' ab&;#\n")) | names | st.sampled_from(["<script>", "<!--", "<p "])
    )
)
def test_any_text_keeps_its_length(pieces: list[str]) -> None:
    source = "".join(pieces)
    document = read_html(source)
    assert len(document.plain) == len(source)
    assert all(0 <= b.span.start <= b.span.end <= len(source) for b in document.blocks)


LARGE = {
    "words": (60_000, lambda n: "ketamine helps " * n),
    "open": (30_000, lambda n: "<div>" * n),
    "open with text": (10_000, lambda n: "<div>x" * n),
    "closed otherwise": (10_000, lambda n: "<div>" * n + "</x>" * n),
    "no end of a tag": (30_000, lambda n: "<a " * n),
    "no end of a value": (30_000, lambda n: "<a b='" * n),
    "no end of a comment": (30_000, lambda n: "<!--" * n),
    "scripts": (10_000, lambda n: "<script>" * n),
    "a script of data": (20_000, lambda n: '<script type="application/ld+json">' + '{"text":"a' * n),
    "tables in tables": (5_000, lambda n: "<table><tr><td>a" * n),
    "furniture": (3_000, lambda n: "<div><h2>Related posts</h2>" * n),
    "many mains": (5_000, lambda n: "<main>a</main>" * n),
    "blanks in a style": (100_000, lambda n: "<p style='display" + " " * n + "'>x"),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_page_of_any_size_is_read_whole(name: str) -> None:
    size, make = LARGE[name]
    source = make(size)
    assert len(read_html(source).plain) == len(source)


@pytest.mark.parametrize("name", LARGE)
def test_the_work_grows_with_the_page(name: str) -> None:
    size, make = LARGE[name]
    assert grows(lambda times: read_html(make(times)), size // 50) < 2.2

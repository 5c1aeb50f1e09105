"""What a text cites, and where: links, DOIs, PubMed numbers, notes and bracketed numbers."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from ketakb import later
from ketakb.model import Source, Store
from ketakb.text import Span
from ketakb.values import dataclass, field

_DOI = later.compile(r"\b10\.\d{4,9}/[^\s\"<>]{1,300}")
_URL = later.compile(r"\b(?:https?://|www\.)[^\s\"<>]{1,2000}", re.IGNORECASE)
_PMID = later.compile(r"\bPMID:?\s{0,3}(\d{4,9})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{4,9})", re.IGNORECASE)
_PMC = later.compile(r"\bPMC\d{5,9}\b", re.IGNORECASE)
_NOTE = later.compile(r"\[\^([^\]\n]{1,50})\]|\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\]|([¹²³⁰⁴-⁹]{1,4})")
_NOTE_BEGINS = later.compile(r"[\[¹²³⁰⁴-⁹]")
_LINK = later.compile(r"\]\([^()\s]|\]\[([^\[\]\n]{1,200})\]|<a\s[^<>\n]{0,20}href|<sup", re.IGNORECASE)
_YEAR = later.compile(r"\([^()\n]{0,80}\b(?:19|20)\d\d[a-z]?\)")
_AUTHOR = later.compile(r"\bet al\b|\b[A-Z][\w'’-]+(?: (?:and|&) [A-Z][\w'’-]+)?,? (?:19|20)\d\d[a-z]?\b")
_DEFINED = later.compile(r"^[ ]{0,3}\[(\^?[^\]\n]{1,200})\]:?[ \t]+(.*)$", re.MULTILINE)
_HEADING = later.compile(
    r"^(?:#{1,6}[ \t]+|\*\*)?(?:references|sources|bibliography|literature|further reading|notes)[ \t:*#]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NUMBERED = later.compile(r"^[ \t]*\[?(\d{1,3})[\].)]{1,2}[ \t]+(.*)$", re.MULTILINE)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

Keys = frozenset[str]
"""Names of a source that do not depend on how it is written: `doi:...`, `url:...`, `pmid:...`, `pmc...`."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text that names a source."""

    span: Span
    keys: Keys


@dataclass(slots=True)
class References:
    """All that a text cites."""

    text: str
    found: list[Reference] = field(default_factory=list)
    """Links, DOIs and PubMed numbers, in order."""
    defined: dict[str, Keys] = field(default_factory=dict)
    """What notes, reference links and numbers of the list of references stand for."""
    bare: str = ""
    """The text with references blanked, of the same length."""

    def cites(self, start: int, end: int) -> bool:
        """Whether a stretch of the text cites anything, known or not."""
        if any(True for _ in self._between(start, end)):
            return True
        stretch = self.text[start:end]
        if any(pattern.search(stretch) for pattern in (_NOTE, _LINK)):
            return True
        return any(_AUTHOR.search(match.group()) for match in _YEAR.finditer(stretch))

    def within(self, start: int, end: int) -> Iterator[Reference]:
        """Yield the references of a stretch; notes stand for what they refer to."""
        yield from self._between(start, end)
        for match in _NOTE.finditer(self.text, start, end):
            for name in _names(match):
                if name in self.defined:
                    yield Reference(Span(*match.span()), self.defined[name])
        for match in _LINK.finditer(self.text, start, end):
            if match.group(1) and match.group(1).lower() in self.defined:
                yield Reference(Span(*match.span(1)), self.defined[match.group(1).lower()])

    def _between(self, start: int, end: int) -> list[Reference]:
        def place(one: Reference) -> int:
            return one.span.start

        found = self.found
        return found[bisect.bisect_left(found, start, key=place) : bisect.bisect_left(found, end, key=place)]


def find_references(text: str) -> References:
    """Return what a text cites. Linear in its length."""
    references = References(text)
    spans = _spans(text)
    taken: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not taken or taken[-1].end <= span.start:  # a DOI inside a link is that link
            taken.append(span)
    references.found = [Reference(span, keys_of(text[span.start : span.end])) for span in taken]
    for match in _DEFINED.finditer(text) if "[" in text else ():
        references.defined[match.group(1).lower()] = _all_keys(match.group(2))
    headings = [match.end() for match in _HEADING.finditer(text)]
    if headings:  # the last one: the list of references ends a text
        for match in _NUMBERED.finditer(text, headings[-1]):
            references.defined.setdefault(match.group(1), _all_keys(match.group(2)))
    references.bare = _blanked(text, taken)
    return references


def names_source(text: str) -> bool:
    """Whether a text holds a link, a DOI or a PubMed number."""
    return bool(_spans(text))


def keys_of(reference: str) -> Keys:
    """Return the keys of a link, a DOI or a PubMed number as it is written."""
    keys = set()
    if match := _DOI.search(reference):
        keys.add("doi:" + match.group().lower().rstrip("/"))
    if match := _PMID.search(reference):
        keys.add(f"pmid:{match.group(1) or match.group(2)}")
    if match := _PMC.search(reference):
        keys.add(match.group().lower())
    if _URL.match(reference):
        bare = re.sub(r"^https?://", "", reference.lower()).removeprefix("www.")
        keys.add("url:" + re.sub(r"[?&]utm_[^#]*|#.*", "", bare).rstrip("/"))
    return frozenset(keys)


def sources_by_key(store: Store) -> dict[str, list[Source]]:
    """Return the sources of a store by every key that names them."""
    found: dict[str, list[Source]] = {}
    for source in store.sources.values():
        keys = set(keys_of(source.url or "")) | set(keys_of(source.doi or ""))
        if source.pmid:
            keys.add(f"pmid:{source.pmid}")
        for key in keys:
            found.setdefault(key, []).append(source)
    return found


def _spans(text: str) -> list[Span]:
    lower = text.lower()
    patterns = []  # most texts hold none, and looking for a few letters costs a hundredth of looking for a pattern
    if "://" in text or "www." in lower:
        patterns.append(_URL)
    if "10." in text:
        patterns.append(_DOI)
    if "pmid" in lower or "pubmed" in lower or "ı" in text or "İ" in text:  # what the pattern takes for an i
        patterns.append(_PMID)
    spans = (_trimmed(text, Span(*m.span())) for p in patterns for m in p.finditer(text))
    return [span for span in spans if span.start < span.end]


def _trimmed(text: str, span: Span) -> Span:
    """Return the span of a link without the punctuation of the sentence around it."""
    words = text[span.start : span.end]
    cut = words.find("](")
    words = words[:cut] if cut > 0 else words
    while words:
        last = words[-1]
        if last in ".,;:!?'\"*_”’" or (last in ")]}" and words.count(last) > words.count(_OPENS[last])):
            words = words[:-1]
        else:
            break
    return Span(span.start, span.start + len(words))


_OPENS = {")": "(", "]": "[", "}": "{"}


def _names(match: re.Match[str]) -> list[str]:
    note, numbers, raised = match.groups()
    if note:
        return [f"^{note.lower()}"]
    if raised:
        return [raised.translate(_SUPERSCRIPT)]
    return re.findall(r"\d+", numbers)


def _all_keys(line: str) -> Keys:
    keys: set[str] = set()
    for span in _spans(line):
        keys |= keys_of(line[span.start : span.end])
    return frozenset(keys)


def _blanked(text: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], " " * (span.end - span.start)]
        at = span.end
    bare = "".join((*parts, text[at:]))
    if _NOTE_BEGINS.search(bare) is None:
        return bare
    return _NOTE.sub(lambda match: " " * len(match.group()), bare)

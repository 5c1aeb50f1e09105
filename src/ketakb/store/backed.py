"""A store whose parts are read from a file of kept rows, each when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ketakb.hints import Any, Generic, TypeVar, overload
from ketakb.kept import Kept
from ketakb.kept_rows import DamagedError, Row
from ketakb.model import Claim, Source, Store
from ketakb.store import codec
from ketakb.store.bulk import uncollected
from ketakb.store.codec import Decode, encoded
from ketakb.terms import Frame, Topic, WordingRule
from ketakb.values import replace

T = TypeVar("T")

_PLAIN = {
    "name": codec.text,
    "title": codec.text,
    "language": codec.text,
    "jurisdiction": codec.text,
    "copy_kind": codec.text,
    "kinds": codec.texts,
    "weak_from": codec.text,
    "layers": codec.texts,
    "subject": codec.maybe(codec.text),
    "digest": codec.text,
}
_PARTS = {
    "entities": codec.entity,
    "relations": codec.relation,
    "scales": codec.texts,
    "topics": codec.topic,
    "claims": codec.claim,
    "sources": codec.source,
}
_PLACED = {
    part: cls.__match_args__.index("path")
    for part, cls in (("topics", Topic), ("claims", Claim), ("sources", Source))
}
"""Parts whose values name the file they stand in, and the number of that field."""


class Rows(Mapping[str, T], Generic[T]):
    """A part of a store by id: what was asked for once stays, the rest is on disk."""

    def __init__(self, kept: Kept, part: str, decode: Callable[[Any], T], count: int) -> None:
        self._kept, self._part, self._decode, self._count = kept, part, decode, count
        self._known: dict[str, T | None] = {}
        self._keys: list[str] | None = None

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of an id, or the default."""
        try:
            found = self._known[key]
        except KeyError:
            found = self._known[key] = self._kept.one(self._part, key, self._decode)
        return default if found is None else found

    def several(self, keys: Sequence[str]) -> list[T]:
        """Return the values of ids that are there, read at once."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._known]
        if len(missing) > 1:
            self._known.update(self._kept.some(self._part, missing, self._decode))
        return [self[key] for key in keys]

    def each(self) -> Iterator[T]:
        """Yield all values in order, and hold none of them."""
        return (value for _, value in self._kept.each(self._part, self._decode, self._count))

    def __getitem__(self, key: str) -> T:
        found: T | None = self.get(key)
        if found is None:
            try:  # who asks so knows that it is there: is it the file that lost it?
                found = self._known[key] = self._kept.sure(self._part, key, self._decode)
            except DamagedError:
                raise KeyError(key) from None
        return found

    def __contains__(self, key: object) -> bool:
        return type(key) is str and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        if self._keys is None:  # who goes through them wants the values too
            with uncollected():
                everything = dict(self._kept.each(self._part, self._decode, self._count))
            self._known = {**everything, **{key: one for key, one in self._known.items() if one is not None}}
            self._keys = list(everything)
        return iter(self._keys)

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> tuple[type[dict[str, T]], tuple[dict[str, T]]]:
        """Travel to another process as all that is there: the file may not be."""
        return dict, (dict(self),)


class Closure(Mapping[str, frozenset[str]]):
    """All that each entity counts as, read at once when it is asked for."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._known: dict[str, frozenset[str]] | None = None

    def get(self, key: str, default: Any = None) -> Any:
        """Return what an entity counts as, or the default."""
        return (self._known if self._known is not None else self._read()).get(key, default)

    def _read(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = self._kept.sure("closure", "", _sets)
        self._known = found
        return found

    def __getitem__(self, key: str) -> frozenset[str]:
        return self._read()[key] if self._known is None else self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read() if self._known is None else self._known)

    def __len__(self) -> int:
        return len(self._read() if self._known is None else self._known)

    def __reduce__(self) -> tuple[type[dict[str, frozenset[str]]], tuple[dict[str, frozenset[str]]]]:
        """Travel to another process as all that is there."""
        return dict, (dict(self),)


_sets = codec.mapping(lambda value: frozenset(codec.text(value).split()))


class Apart(Sequence[T], Generic[T]):
    """A tuple whose items have rows of their own, read when one of them is asked for: most never are."""

    __slots__ = ("_count", "_decode", "_kept", "_known", "_name", "_part")

    def __init__(self, kept: Kept, part: str, name: str, decode: Callable[[Any], T], count: int) -> None:
        """The keys of the rows are those of `key_of_item`."""
        self._kept, self._part, self._name, self._decode, self._count = kept, part, name, decode, count
        self._known: tuple[T, ...] | None = None

    def _all(self) -> tuple[T, ...]:
        if self._known is None:
            keys = [key_of_item(self._name, at) for at in range(self._count)]
            found = dict(self._kept.some(self._part, keys, self._decode))
            self._known = tuple(
                [found[key] if key in found else self._kept.sure(self._part, key, self._decode) for key in keys]
            )
        return self._known

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._all()[index]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Apart) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[type[tuple[T, ...]], tuple[tuple[T, ...]]]:
        """Travel to another process as a tuple."""
        return tuple, (self._all(),)


def key_of_item(name: str, at: int) -> str:
    """Return the key of the row of an item that stands apart from what owns it."""
    return f"{name} {at}"


def each_claim(store: Store) -> Iterator[Claim]:
    """Yield the claims of a store in order, without holding all of them where they are kept."""
    claims = store.claims
    return claims.each() if isinstance(claims, Rows) else iter(claims.values())


def claims_under(store: Store, kept: Kept) -> Mapping[str, list[Claim]]:
    """Return the claims of a kept store that are compared under each topic, in the order of the store."""
    count = kept.sure("store", "", lambda row: codec.whole(row["counts"]["under"]))
    claims = store.claims
    if not isinstance(claims, Rows):
        return Rows(kept, "under", lambda names: [claims[name] for name in codec.texts(names)], count)
    return Rows(kept, "under", lambda names: claims.several(codec.texts(names)), count)


def store_rows(store: Store, places: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows that a store is read from again.

    `places` are the files of the store, as its values name them, as `LAYER/NAME` with the number of the layer from
    the top. Raises ValueError for a store that cannot be kept so.
    """
    under: dict[str, list[str]] = {}
    for claim in store.claims.values():
        for topic in claim.topics:
            under.setdefault(topic, []).append(claim.id)
    counts = {"under": len(under), **{part: len(getattr(store, part)) for part in _PARTS}}
    yield "store", "", {"counts": counts, **{name: encoded(getattr(store, name)) for name in _PLAIN}}
    yield "closure", "", {name: " ".join(sorted(store.ancestors(name))) for name in store.entities}
    yield "wording", "", [_without_frames(rule) for rule in store.wording]
    yield "learned", "", encoded(store.learned)
    for rule in store.wording:
        yield from _frames_apart(WORDING, rule.id, rule.frames)
    for part in _PARTS:
        for name, value in getattr(store, part).items():
            kept = value
            if part == "topics":
                yield from _frames_apart(TOPIC, name, value.frames)
            if part in _PLACED:
                if value.path not in places:
                    raise ValueError(f"{value.path} is no file of the store")
                kept = replace(value, path=places[value.path])
            yield part, name, encoded(kept) if part != "topics" else _without_frames(kept)
    for topic, names in under.items():
        yield "under", topic, names


TOPIC, WORDING = "topic", "wording"
"""What owns frames."""


def frame_key(kind: str, owner: str, at: int) -> str:
    """Return the key of the row, of the part `frames`, of a frame of a topic or of a wording rule."""
    return key_of_item(f"{kind} {owner}", at)


def _frames_apart(kind: str, owner: str, frames: Sequence[Frame]) -> Iterator[Row]:
    for at, frame in enumerate(frames):
        yield "frames", frame_key(kind, owner, at), encoded(frame)


def _without_frames(owner: Topic | WordingRule) -> Any:
    """Return a topic or a wording rule as JSON holds it, with the number of its frames in their place."""
    row = encoded(replace(owner, frames=()))
    row[owner.__match_args__.index("frames")] = len(owner.frames)
    return row


def _owning(kept: Kept, cls: type, kind: str, decode: Decode) -> Decode:
    """Return what reads a topic or a wording rule, whose frames stay where they are until they are asked for."""
    at = cls.__match_args__.index("frames")  # type: ignore[attr-defined]

    def read(row: Any) -> Any:
        count = codec.whole(row[at])
        if count < 0:
            raise DamagedError("less than no frames")
        row[at] = Apart(kept, "frames", f"{kind} {codec.text(row[0])}", codec.frame, count) if count else ()
        return decode(row)

    return read


def backed_store(kept: Kept, path: Path, folders: tuple[Path, ...]) -> Store:
    """Return the store that was kept.

    `path` is the folder as the user named it, `folders` those of its layers, the top one first.
    """
    plain = kept.sure("store", "", _plain)
    counts = plain.pop("counts")
    parts: dict[str, Any] = {
        part: Rows(kept, part, _placed(decode, _PLACED[part], folders) if part in _PLACED else decode, counts[part])
        for part, decode in {**_PARTS, "topics": _owning(kept, Topic, TOPIC, codec.topic)}.items()
    }
    rule = _owning(kept, WordingRule, WORDING, codec.wording)
    return Store(
        **plain,
        **parts,
        wording=kept.sure("wording", "", codec.many(rule)),
        learned=kept.sure("learned", "", codec.learned),
        root=str(path),
        closure=Closure(kept),
        kept=kept,
    )


def _plain(row: Any) -> dict[str, Any]:
    if type(row) is not dict or set(row) != {"counts", *_PLAIN}:
        raise DamagedError("no store")
    counts = codec.mapping(codec.whole)(row["counts"])
    if set(counts) != {"under", *_PARTS}:
        raise DamagedError("no numbers of parts")
    return {"counts": counts, **{name: decode(row[name]) for name, decode in _PLAIN.items()}}


def _placed(decode: Decode, at: int, folders: tuple[Path, ...]) -> Decode:
    """Return what reads values whose path is `LAYER/NAME`, with the path that the user would type."""
    names: dict[str, str] = {}

    def read(row: Any) -> Any:
        place = codec.text(row[at])
        if place not in names:
            layer, _, name = place.partition("/")
            if not layer.isdecimal() or int(layer) >= len(folders):
                raise DamagedError("a file of no layer")
            names[place] = str(folders[int(layer)] / name)
        row[at] = names[place]
        return decode(row)

    return read

"""What was worked out lately, kept for when the same words come again: pages of one house share many sentences."""

from __future__ import annotations

from ketakb.hints import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Values by text. It holds so many code points of text at the most, those asked for last; the rest is forgotten."""

    def __init__(self, most: int) -> None:
        """`most` is in code points."""
        self._half = most // 2
        self._weight = 0
        self._young: dict[str, T] = {}
        self._old: dict[str, T] = {}

    def get(self, text: str) -> T | None:
        """Return the value of a text, or None where it is not known, or not any more."""
        found = self._young.get(text)
        if found is None and (found := self._old.pop(text, None)) is not None:
            self.put(text, found)
        return found

    def put(self, text: str, value: T) -> None:
        """Keep the value of a text."""
        self._weight += len(text)
        if self._weight > self._half:  # what was not asked for since the last time goes
            self._old, self._young, self._weight = self._young, {}, len(text)
        self._young[text] = value

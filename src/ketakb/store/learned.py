"""What was learned from annotated copy, as a store holds it, and as it is looked up: weights by hashed feature.

`learned.yaml` is written by `training/train.py` and by nobody else. A store without one is read by its frames alone.
"""

from __future__ import annotations

import base64
import binascii
import math
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, combinations
from zlib import crc32

from ketakb.errors import StoreError
from ketakb.terms import Learned

LENT = 0.5
"""What the other clauses of a sentence count, beside the clause itself."""
PAIRED = 0.5
"""What pairs of telling words count, beside the words themselves."""
BITS = 18
"""Two to the power of this is how many buckets there are for the odds that a clause is one to mark."""
TOPIC_BITS = 16
"""The same for those that it speaks of a topic."""
_LAST = (1 << BITS) - 1
_MIDDLE = 20
"""Bits of a product below those that name its bucket: the lowest depend on too little of either factor."""
_SIZE = 1 << TOPIC_BITS
_LAST_BY_TOPIC = _SIZE - 1
_BLOCK = 256
_FIELD = 32
_ZERO = 1 << _FIELD - 1
"""Bits in which the sum of one topic's weights is kept, and what stands there for none: a sum may be below."""
_MOST = 8 << 20
"""Bytes that packed weights may have: a hostile file could have more than the memory."""


class Weights:
    """Weights, unpacked. Those by topic are when they are first asked for, and added as one number for each bucket."""

    def __init__(self, learned: Learned) -> None:
        """Raises StoreError where they are damaged; those by topic are looked at by `check`, and when they are used."""
        raw = _unpacked(learned.doubt)
        if len(raw) != 1 << BITS or len(learned.biases) != len(learned.topics):
            raise _damaged()
        self._learned = learned
        self._doubt = memoryview(raw).cast("b")
        self._topics: _ByTopic | None = None
        numbers = learned.numbers
        self._bias, self._step = numbers.get("bias", 0.0), numbers.get("step", 0.0)
        self._topic_step, self._telling = numbers.get("topic-step", 0.0), numbers.get("topic-from", 0.0)

    def check(self) -> None:
        """Raises StoreError where the weights by topic are damaged."""
        self._by_topic()

    def _by_topic(self) -> _ByTopic:
        if self._topics is None:
            self._topics = _ByTopic(_unpacked(self._learned.by_topic), len(self._learned.topics))
        return self._topics

    def hashed(self, features: Iterable[str]) -> array[int]:
        """Return the hashes of features, of which buckets are made."""
        told = "\n".join(features).encode("utf-8", "surrogatepass")  # a word holds no line end
        return array("I", [crc32(one) for one in told.split(b"\n")] if told else ())

    def doubt(self, own: array[int], lent: array[int], telling: array[int]) -> float:
        """Return the log-odds that a clause is one to mark.

        Takes the hashes of its features, of those lent to it, and of those of its own that are looked at in pairs.
        """
        table, odds = self._doubt, self._bias
        for hashes, share in ((own, 1.0), (lent, LENT)):
            if hashes:
                total = sum([table[one & _LAST] for one in hashes])
                odds += self._step * share * total / math.sqrt(len(hashes))
        if len(telling) > 1:
            total = sum([table[one * two >> _MIDDLE & _LAST] for one, two in combinations(telling, 2)])
            odds += self._step * PAIRED * total / math.sqrt(len(telling) * (len(telling) - 1) / 2)
        return odds

    def counting(self, words: Sequence[str], own: int) -> list[float]:
        """Return what each word of a clause counts in its odds, alone and with the others, where it has `own` features.

        What two words count together is shared between them. Groups of neighbours and concepts are left out.
        """
        table, hashes = self._doubt, self.hashed(words)
        alone, pairs = self._step / math.sqrt(max(own, 1)), max(len(words) * (len(words) - 1) / 2, 1)
        together = self._step * PAIRED / 2 / math.sqrt(pairs)
        return [
            alone * table[one & _LAST]
            + together * sum([table[one * two >> _MIDDLE & _LAST] for two in hashes if two != one])
            for one in hashes
        ]

    def topics(self, own: array[int], lent: array[int]) -> tuple[tuple[str, float], ...]:
        """Return the topics that a clause may speak of, with their log-odds, the likeliest first. Takes hashes."""
        odds, by_topic = list(self._learned.biases), self._by_topic()
        for hashes, share in ((own, 1.0), (lent, LENT)):
            worth = share * self._topic_step / math.sqrt(len(hashes) or 1)
            sums = by_topic.sums([one & _LAST_BY_TOPIC for one in hashes])
            odds = [one + worth * total for one, total in zip(odds, sums, strict=True)]
        least = self._telling
        told = [(name, one) for name, one in zip(self._learned.topics, odds, strict=True) if one >= least]
        told.sort(key=lambda one: (-one[1], one[0]))
        return tuple(told)


class _ByTopic:
    """Weights by topic: for each bucket one number that holds those of all topics, each in bits of its own."""

    def __init__(self, raw: bytes, topics: int) -> None:
        """Raises StoreError where there are others than the topics have."""
        counts = raw[:_SIZE]
        starts = [0, *accumulate([sum(counts[at : at + _BLOCK]) for at in range(0, _SIZE, _BLOCK)])]
        end = _SIZE + starts[-1]
        named = raw[_SIZE:end]
        if len(raw) != end + starts[-1] or named.translate(None, bytes(range(min(topics, 256)))):
            raise _damaged()
        self._counts, self._starts = counts, starts
        self._topic, self._weight = named, memoryview(raw)[end:].cast("b")
        self._rows: dict[int, int] = {}
        bits = _FIELD * topics
        self._length = bits // 8
        little = sys.byteorder == "little"
        self._shifts = range(0, bits, _FIELD) if little else range(bits - _FIELD, -_FIELD, -_FIELD)
        self._none = sum([_ZERO << shift for shift in self._shifts])

    def sums(self, buckets: Iterable[int]) -> list[int]:
        """Return for each topic the sum of its weights in buckets."""
        together, rows = self._none, self._rows
        for bucket in buckets:
            row = rows.get(bucket)
            together += self._row(bucket) if row is None else row
        return [total - _ZERO for total in memoryview(together.to_bytes(self._length, sys.byteorder)).cast("I")]

    def _row(self, bucket: int) -> int:
        block = bucket // _BLOCK
        start = self._starts[block] + sum(self._counts[block * _BLOCK : bucket])
        end = start + self._counts[bucket]
        row = sum([self._weight[at] << self._shifts[self._topic[at]] for at in range(start, end)])
        self._rows[bucket] = row
        return row


def bucket_of(feature: str, bits: int = BITS) -> int:
    """Return the bucket of a feature, of as many as two to the power of `bits`."""
    return crc32(feature.encode("utf-8", "surrogatepass")) & (1 << bits) - 1


def bucket_of_pair(one: str, two: str) -> int:
    """Return the bucket of two features that stand in one clause, in whichever order."""
    first, second = (crc32(feature.encode("utf-8", "surrogatepass")) for feature in (one, two))
    return first * second >> _MIDDLE & _LAST


def packed(raw: bytes) -> str:
    """Return bytes as lines of text."""
    text = base64.b64encode(zlib.compress(raw, 9)).decode("ascii")
    return "\n".join(text[at : at + 120] for at in range(0, len(text), 120)) + "\n"


def _unpacked(text: str) -> bytes:
    try:
        opening = zlib.decompressobj()
        plain = text.replace("\n", "").encode("ascii")
        raw = opening.decompress(binascii.a2b_base64(plain, strict_mode=True), _MOST)
        if not opening.eof or opening.unused_data:
            raise _damaged()
    except (ValueError, zlib.error):
        raise _damaged() from None
    return raw


def _damaged() -> StoreError:
    return StoreError("the weights are damaged; let training/train.py write the file anew, or take it away")

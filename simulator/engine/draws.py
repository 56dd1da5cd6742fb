"""Random numbers by key: a draw depends on nothing but the seed, the replication and its own names.

The names (node, swv, item path, visits, purpose) are hashed to 64 bits once per model. In a replication each key is mixed
with the seed and the replication number by the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
pseudorandom number generators"), for all keys in one pass. Removing or reordering anything changes no other draw.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = np.ndarray

BITS = 53
"""A uniform draw is a whole number below 2**53, so that it is exact as a float as well."""

_BELOW_ONE = float(np.nextafter(1.0, 0.0))
_GOLDEN = 0x9E3779B97F4A7C15
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_MASK = 2**64 - 1


def key(node: str, entity: str, item: str, visit: str, purpose: str) -> int:
    """The 64-bit key of a draw from its names."""
    text = f"{node}\x1f{entity}\x1f{item}\x1f{visit}\x1f{purpose}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def keys(names: Sequence[tuple[str, str, str, str, str]]) -> Array:
    """The keys of many draws."""
    return np.array([key(*name) for name in names], dtype=np.uint64)


def mix(values: Array) -> Array:
    """The finaliser of SplitMix64 on unsigned 64-bit values."""
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return np.asarray(values ^ (values >> np.uint64(31)))


def whole(keys: Array, seed: int, replication: int) -> Array:
    """A uniform whole number in [0, 2**53) for each key."""
    start = mix(np.array([(seed + _GOLDEN) & _MASK], dtype=np.uint64))
    stream = mix(start + np.uint64(((replication + 1) * _GOLDEN) & _MASK))
    with np.errstate(over="ignore"):
        mixed = mix(mix(keys ^ stream[0]) + stream[0])
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)


def fraction(numbers: Array) -> Array:
    """Whole draws as floats in the open interval (0, 1)."""
    return np.minimum((numbers + 0.5) * 2.0**-BITS, _BELOW_ONE)  # the last one would round to 1


def threshold(chance: Array) -> Array:
    """The whole number that a draw must stay under, for a chance: 0 never, 1 always."""
    return np.rint(np.asarray(chance) * 2.0**BITS).astype(np.int64)

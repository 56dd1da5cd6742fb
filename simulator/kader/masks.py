"""Statuses of many plans at once: one bit per plan, sixty-four plans to a word.

The rules are those of `assess`; here every duty is a row of words, and prerequisites are taken in the fixed order of the
law, so that one pass of bitwise operations gives the statuses of all plans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.kader.law import Law

Words = np.ndarray
_CHUNK = 2048
"""Words per duty that are worked on at a time, so that the rows stay in the cache."""


@dataclass(frozen=True)
class Packed:
    """Statuses as rows of words, in the order of the law; what is in none of them is not yet due or not applicable."""

    met: Words
    not_met: Words
    not_assessable: Words


class Propagation:
    """The prerequisites of a law, made ready.

    Args:
        law: the duties that hold, prerequisites before what rests on them.
        active: per duty which of its groups of prerequisites count; all of them when left out.
    """

    def __init__(self, law: Law, active: dict[str, Sequence[bool]] | None = None) -> None:
        row = {name: number for number, name in enumerate(law.versions)}
        self.size = len(row)
        self.optional = np.array([version.optional for version in law.versions.values()], dtype=bool)
        self.groups: list[list[list[int]]] = []
        for name, version in law.versions.items():
            counts = (active or {}).get(name, [True] * len(version.requires))
            groups = [[row[one] for one in group.any if one in row] for group in version.requires]
            self.groups.append([group for group, there in zip(groups, counts, strict=True) if there and group])

    def statuses(self, passed: Words, failed: Words, due: Words, late: Words | None = None) -> Packed:
        """The statuses of all plans.

        Args:
            passed, failed: own check of each duty (rows) for each plan (bits): surely true, surely false.
            due: whether the duty is due; that of an optional duty does not matter.
            late: whether it was done after its time, so that what rests on it can be assessed.
        """
        shape = passed.shape
        found = Packed(np.zeros(shape, np.uint64), np.zeros(shape, np.uint64), np.zeros(shape, np.uint64))
        for start in range(0, shape[1], _CHUNK):
            part = slice(start, start + _CHUNK)
            self._pass(
                passed[:, part], failed[:, part], due[:, part], None if late is None else late[:, part], found, part
            )
        return found

    def _pass(self, passed: Words, failed: Words, due: Words, late: Words | None, found: Packed, part: slice) -> None:
        holds = np.empty_like(passed)
        lacks = np.empty_like(passed)  # due, and does not hold
        for number, groups in enumerate(self.groups):
            free = ~_blocked(groups, holds, lacks) if groups else ~np.zeros(passed.shape[1], np.uint64)
            met = passed[number] & free
            holds[number] = met if late is None else met | (late[number] & free)
            now = np.zeros_like(met) if self.optional[number] else due[number]
            lacks[number] = now & ~holds[number]
            found.met[number, part] = met
            rest = now & ~met
            found.not_met[number, part] = rest & failed[number]
            found.not_assessable[number, part] = rest & ~failed[number]


def _blocked(groups: list[list[int]], holds: Words, lacks: Words) -> Words:
    """Where some group holds a duty back: one of its members is due and does not hold, and none holds."""
    blocked = np.zeros(holds.shape[1], np.uint64)
    for group in groups:
        if len(group) == 1:
            blocked |= lacks[group[0]]
        else:
            blocked |= np.bitwise_or.reduce(lacks[group]) & ~np.bitwise_or.reduce(holds[group])
    return blocked


def pack(bits: np.ndarray) -> Words:
    """Booleans (duties by plans) as rows of words; the last word is filled up with zeros."""
    rows, plans = bits.shape
    padded = np.zeros((rows, -(-plans // 64) * 64), dtype=bool)
    padded[:, :plans] = bits
    return np.packbits(padded, axis=1, bitorder="little").view(np.uint64)


def unpack(words: Words, plans: int) -> np.ndarray:
    """The booleans in rows of words."""
    return np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")[:, :plans].astype(bool)

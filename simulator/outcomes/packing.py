"""Statuses in few bytes: own statuses as two bits a duty, final ones as three, in words of 64 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from simulator.outcomes.looking import Statuses

Array = np.ndarray

OWN_BITS, FINAL_BITS, WORD_BITS = 2, 3, 64


class Packed(NamedTuple):
    """Statuses of some columns.

    Attributes:
        swv, on: index of the swv and day number per column.
        own: words (rows) by column; per duty bit 0 known, bit 1 passed; 32 duties a word.
        final: words (rows) by column; per duty a `Status` number in three bits; 21 duties a word.
    """

    swv: Array
    on: Array
    own: Array
    final: Array


def words(duties: int, kind: str) -> int:
    """How many words hold the `own` or `final` statuses of some duties."""
    return -(-duties // (WORD_BITS // (OWN_BITS if kind == "own" else FINAL_BITS)))


def pack(statuses: Statuses, columns: Array) -> Packed:
    """Pack the statuses of some columns."""
    own = statuses.known[:, columns].astype(np.uint64) | (statuses.passed[:, columns].astype(np.uint64) << np.uint64(1))
    final = statuses.status[:, columns].astype(np.uint64)
    return Packed(statuses.swv[columns], statuses.on[columns], _words(own, OWN_BITS), _words(final, FINAL_BITS))


def _words(values: Array, bits: int) -> Array:
    per_word = WORD_BITS // bits
    words = np.zeros((-(-len(values) // per_word), values.shape[1]), dtype=np.uint64)
    for number, row in enumerate(values):
        words[number // per_word] |= row << np.uint64(number % per_word * bits)
    return words


def unpack(words: Array, bits: int, number: int) -> Array:
    """The values of the first `number` duties (rows) from packed words (rows)."""
    per_word = WORD_BITS // bits
    mask = np.uint64(2**bits - 1)
    rows = [(words[n // per_word] >> np.uint64(n % per_word * bits)) & mask for n in range(number)]
    return np.array(rows, dtype=np.uint8).reshape(number, words.shape[1])

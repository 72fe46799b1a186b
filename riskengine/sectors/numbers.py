"""A table from keys to numbers, kept in arrays: a million keys are looked up in a few milliseconds, many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from riskengine.sectors.keys import Keys

Numbers = npt.NDArray[np.int32]

NONE = np.int32(-1)

_ROOM = 4
"""Slots for each key: the fewer are taken, the fewer keys meet."""


@dataclass(frozen=True)
class Table:
    """A key stands in the slot that its highest bits name, or in one of the next `steps` where others stood first.

    Empty slots hold NONE. The keys must be spread evenly, as those of `keys` are.
    """

    keys: Keys
    numbers: Numbers
    shift: np.uint64
    steps: int

    def numbers_of(self, keys: Keys) -> Numbers:
        """The number of each key, NONE for those the table has not."""
        slot = (keys >> self.shift).astype(np.int64)
        told = self.numbers.take(slot)
        asked = np.flatnonzero((self.keys.take(slot) != keys) & (told != NONE))
        told[asked] = NONE
        for step in range(1, self.steps + 1):
            slots = slot[asked] + step
            same = self.keys[slots] == keys[asked]
            told[asked[same]] = self.numbers[slots[same]]
            asked = asked[~same & (self.numbers[slots] != NONE)]
        return told


def table(keys: Keys, numbers: npt.NDArray[np.integer]) -> Table:
    """The table of these keys, each given once."""
    bits = max(1, (len(keys) * _ROOM - 1).bit_length())
    shift = np.uint64(64 - bits)
    order = np.argsort(keys)
    slot = (keys[order] >> shift).astype(np.int64)
    rank = np.arange(len(slot))
    slot = np.maximum.accumulate(slot - rank) + rank
    steps = int((slot - (keys[order] >> shift).astype(np.int64)).max(initial=0))
    size = (1 << bits) + steps + 1
    held, told = np.zeros(size, np.uint64), np.full(size, NONE)
    held[slot], told[slot] = keys[order], numbers[order]
    return Table(held, told, shift, steps)

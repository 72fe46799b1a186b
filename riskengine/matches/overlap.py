"""What two names have in common word by word, and what only one of them has: all pairs at once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from riskengine.matches.lexicon import KINDS, MOST, Floats, Numbers, Words

Flags = npt.NDArray[np.bool_]

FEW = 7
"""Up to so many numbers are added one after the other: a sum is the same to the byte with any noughts behind it."""
CHUNK = 12_000
"""Pairs compared at a time, so that memory does not grow with their number and what is at hand stays small."""
ALIKE = 0.78
"""From this likeness of letters (0 to 1) two words may be one word misspelt."""
CUT = 0.9
"""How alike a word and its beginning count ("HEALT", "HEALTH")."""
ONLY_LEFT, ONLY_RIGHT = 1, 2
"""Whether words of a kind stand in one of two names alone; their sum: in both, but other words."""
SHORTEST = 3
"""A beginning has at least so many letters."""
SLIP = 0.8
"""How alike two words of four and more letters count that differ by one letter."""
LONGEST = 6
"""Words with more letters are shortened by leaving letters out."""


def table(known: Words, pairs: pl.DataFrame) -> pl.DataFrame:
    """The measures of words, one row a pair, in the order of `pairs`."""
    order, bounds = _by_length(known, pairs)
    compared = pl.concat([_compared(known, pairs[order[start:end]]) for start, end in pairwise(bounds)])
    return compared[np.argsort(order)]


def _by_length(known: Words, pairs: pl.DataFrame) -> tuple[npt.NDArray[np.intp], list[int]]:
    """The order in which pairs of short names come first, and where the parts that are compared at a time end."""
    counts = [(side > 0).sum(1) for side in (known.left, known.right)]
    words = np.maximum(counts[0][pairs["left"].to_numpy()], counts[1][pairs["right"].to_numpy()])
    few = int((words <= FEW).sum())
    return np.argsort(words, kind="stable"), [
        *range(0, few, CHUNK),
        *range(few, max(pairs.height, 1), CHUNK),
        pairs.height,
    ]


def _narrow(*sides: Numbers) -> tuple[Numbers, ...]:
    """The sides without the columns that are empty in all of them."""
    width = max(1, *(int((side > 0).sum(1).max(initial=0)) for side in sides))
    return tuple(side[:, : width if width <= FEW else MOST] for side in sides)


def _compared(known: Words, pairs: pl.DataFrame) -> pl.DataFrame:
    """Measures of the words."""
    left, right = _narrow(known.left[pairs["left"].to_numpy()], known.right[pairs["right"].to_numpy()])
    equal = (left[:, :, None] == right[:, None, :]) & (left > 0)[:, :, None]
    met_left, met_right = equal.any(2).astype(np.float32), equal.any(1).astype(np.float32)
    _join(known, left, right, (met_left, met_right))
    _join(known, right, left, (met_right, met_left))
    alone_left, alone_right = (left > 0) & (met_left == 0), (right > 0) & (met_right == 0)
    pair, at_left, at_right = np.nonzero(alone_left[:, :, None] & alone_right[:, None, :])
    alike = _alike(known.text, left[pair, at_left], right[pair, at_right])
    np.maximum.at(met_left, (pair, at_left), alike)
    np.maximum.at(met_right, (pair, at_right), alike)
    weight_left, weight_right = known.rarity[left], known.rarity[right]
    first = equal[:, 0, 0]
    starts_left, starts_right = met_left[:, 0] >= ALIKE, met_right[:, 0] >= ALIKE
    found: dict[str, npt.NDArray[np.generic]] = {
        "left_share": _share(weight_left, met_left),
        "right_share": _share(weight_right, met_right),
        "shared": (weight_left * met_left).sum(1),
        "shared_rarest": (weight_left * met_left).max(1),
        "left_alone": (weight_left * (1 - met_left)).max(1),
        "right_alone": (weight_right * (1 - met_right)).max(1),
        "left_alone_sum": (weight_left * (1 - met_left)).sum(1),
        "right_alone_sum": (weight_right * (1 - met_right)).sum(1),
        "misspelt": ((met_left > 0) & (met_left < 1)).sum(1).astype(np.float32),
        "left_words": (left > 0).sum(1).astype(np.float32),
        "right_words": (right > 0).sum(1).astype(np.float32),
        "first": np.select([first, starts_left & starts_right, starts_left, starts_right], [0, 1, 2, 3], 4).astype(
            np.float32
        ),
    }
    gone_left, gone_right = (left > 0) & (met_left < ALIKE), (right > 0) & (met_right < ALIKE)
    found["left_apart"], found["right_apart"] = (
        (known.apart[side] * gone).max(1) for side, gone in ((left, gone_left), (right, gone_right))
    )
    found["left_gone"], found["right_gone"] = (gone.sum(1).astype(np.float32) for gone in (gone_left, gone_right))
    found["left_place"], found["right_place"] = _where(left > 0, gone_left), _where(right > 0, gone_right)
    for at, kind in enumerate(("other", *KINDS)):
        only_left = (gone_left & (known.kind[left] == at)).any(1)
        only_right = (gone_right & (known.kind[right] == at)).any(1)
        found[f"kind_{kind}"] = (ONLY_LEFT * only_left + ONLY_RIGHT * only_right).astype(np.float32)
    return pl.DataFrame(found)


def _join(known: Words, side: Numbers, other: Numbers, met: tuple[Floats, Floats]) -> None:
    """Count two neighbouring words of one side as met that the other writes as one."""
    spelt = known.joined.get(side[:, :-1].astype(np.int64) << 32 | side[:, 1:])
    row, at = np.nonzero(spelt)
    found, place = np.nonzero(other[row] == spelt[row, at][:, None])
    rows, at = row[found], at[found]
    met[0][rows, at] = met[0][rows, at + 1] = 1.0
    met[1][rows, place] = 1.0


def _where(there: Flags, gone: Flags) -> Floats:
    """Where the words stand that only this side has: 0 nowhere, 1 all at the end, 2 all in front, 3 elsewhere."""
    kept = there & ~gone
    at = np.arange(there.shape[1])
    first, last = np.where(kept, at, 99).min(1), np.where(kept, at, -1).max(1)
    before, after = (gone & (at < first[:, None])).any(1), (gone & (at > last[:, None])).any(1)
    between = (gone & (at > first[:, None]) & (at < last[:, None])).any(1)
    return np.select([~gone.any(1), after & ~before & ~between, before & ~after & ~between], [0, 1, 2], 3).astype(
        np.float32
    )


def _share(weight: Floats, met: Floats) -> Floats:
    share: Floats = (weight * met).sum(1) / np.maximum(weight.sum(1), np.float32(1e-6))
    return share


def _alike(text: list[str], left: Numbers, right: Numbers) -> Floats:
    """How alike two words are, 0 where they are unlike."""
    codes, back = np.unique(left.astype(np.int64) << 32 | right, return_inverse=True)
    mine, theirs = [text[code] for code in codes >> 32], [text[code] for code in codes & 0xFFFFFFFF]
    close = process.cpdist(mine, theirs, scorer=fuzz.ratio, workers=1, score_cutoff=100 * ALIKE) / 100
    slip = process.cpdist(mine, theirs, scorer=OSA.distance, workers=1, score_cutoff=1) <= 1
    shorter = np.minimum([len(word) for word in mine], [len(word) for word in theirs])
    cut = [a[0] == b[0] and (_is_cut(a, b) or _is_cut(b, a)) for a, b in zip(mine, theirs, strict=True)]
    near = np.maximum(close * 0.95, np.where(slip & (shorter >= SHORTEST + 1), SLIP, 0))
    found: Floats = np.where(cut, np.maximum(close, CUT), near).astype(np.float32)[back]
    return found


def _is_cut(short: str, long: str) -> bool:
    """A beginning, or some of the letters in their order ("MGMT", "MANAGEMENT")."""
    if not SHORTEST <= len(short) < len(long) or short[0] != long[0]:
        return False
    if long.startswith(short):
        return True
    letters = iter(long)
    return len(long) > LONGEST and short[-1] in long[-2:] and all(letter in letters for letter in short)

"""What two names have in common word by word, and what only one of them has: all pairs at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from riskengine.matches.lexicon import KINDS, OTHER, Floats, Numbers, Words

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Measures = npt.NDArray[np.generic]

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
    counts = [(side > 0).sum(0) for side in (known.left, known.right)]
    words = np.maximum(counts[0][pairs["left"].to_numpy()], counts[1][pairs["right"].to_numpy()])
    order = np.argsort(words, kind="stable")
    starts = range(0, max(pairs.height, 1), CHUNK)
    compared = pl.concat([_compared(known, pairs[order[start : start + CHUNK]]) for start in starts])
    return compared[np.argsort(order)]


@dataclass(frozen=True)
class Side:
    """The words of one name of each pair (a column a pair), how far the other name meets each, and which it lacks."""

    words: Numbers
    met: Floats
    gone: Flags


def _compared(known: Words, pairs: pl.DataFrame) -> pl.DataFrame:
    """Measures of the words. Arrays have a column a pair: sums over few words are quick that way."""
    left, right = _sides(known, pairs)
    found = {
        **_of_side("left", left, known, known.listed),
        **_of_side("right", right, known, known.registered),
        **_in_common(left, right, known),
        **_kinds(left, right, known),
    }
    return pl.DataFrame(found).with_columns(pl.exclude("kinds").cast(pl.Float32))


def _of_side(name: str, side: Side, known: Words, points: Floats) -> dict[str, Measures]:
    """What one name has by itself; `points` are those of each word that it has alone."""
    weight = known.rarity[side.words]
    alone = weight * (1 - side.met)
    found: dict[str, Measures] = {
        "share": (weight * side.met).sum(0, np.float64) / np.maximum(weight.sum(0, np.float64), 1e-6),
        "alone": alone.max(0),
        "alone_sum": alone.sum(0, np.float64),
        "words": (side.words > 0).sum(0),
        "worth": (points[side.words] * side.gone).sum(0, np.float64),
        "apart": (known.apart[side.words] * side.gone).max(0),
        "gone": side.gone.sum(0),
        "place": _where(side.words > 0, side.gone),
    }
    return {f"{name}_{measure}": values for measure, values in found.items()}


def _in_common(left: Side, right: Side, known: Words) -> dict[str, Measures]:
    shared = known.rarity[left.words] * left.met
    first = (left.words[0] == right.words[0]) & (left.words[0] > 0)
    starts_left, starts_right = left.met[0] >= ALIKE, right.met[0] >= ALIKE
    return {
        "shared": shared.sum(0, np.float64),
        "shared_rarest": shared.max(0),
        "misspelt": ((left.met > 0) & (left.met < 1)).sum(0),
        "first": np.select([first, starts_left & starts_right, starts_left, starts_right], [0, 1, 2, 3], 4),
    }


def _kinds(left: Side, right: Side, known: Words) -> dict[str, Measures]:
    """For each kind of word whether one name alone has such a word, or both have other ones; `kinds` is all of it."""
    only_left, only_right = (
        np.bitwise_or.reduce(np.where(side.gone, np.int32(1) << known.kind[side.words], 0), 0) for side in (left, right)
    )
    found: dict[str, Measures] = {
        f"kind_{kind}": ONLY_LEFT * (only_left >> at & 1) + ONLY_RIGHT * (only_right >> at & 1)
        for at, kind in enumerate((OTHER, *KINDS))
    }
    return found | {"kinds": only_left | only_right.astype(np.int64) << len((OTHER, *KINDS))}


def kinds_code(listed: str, registered: str) -> int:
    """The value of the measure `kinds` for the kinds that stand in one name alone, with blanks between them."""
    bits = {kind: 1 << at for at, kind in enumerate((OTHER, *KINDS))}
    sides = (sum(bits[kind] for kind in side.split()) for side in (listed, registered))
    return next(sides) | next(sides) << len(bits)


def kinds_named(code: int) -> tuple[str, str]:
    """What `kinds_code` makes a number of."""
    kinds = (OTHER, *KINDS)
    named = [" ".join(kind for at, kind in enumerate(kinds) if side >> at & 1) for side in (code, code >> len(kinds))]
    return named[0], named[1]


def alone(known: Words, pairs: pl.DataFrame) -> list[tuple[Places, list[str]]]:
    """For the left side and the right: the words that this name alone has, each with the place of its pair."""
    found = []
    for side in _sides(known, pairs):
        at, pair = np.nonzero(side.gone)
        found.append((pair, [known.text[number] for number in side.words[at, pair]]))
    return found


def _sides(known: Words, pairs: pl.DataFrame) -> tuple[Side, Side]:
    left, right = known.left.take(pairs["left"].to_numpy(), 1), known.right.take(pairs["right"].to_numpy(), 1)
    width = max(1, *(int((side > 0).sum(0).max(initial=0)) for side in (left, right)))
    left, right = left[:width], right[:width]
    met_left, met_right = _met(known, left, right)
    return _side(left, met_left), _side(right, met_right)


def _side(words: Numbers, met: Floats) -> Side:
    return Side(words, met, (words > 0) & (met < ALIKE))


def _met(known: Words, left: Numbers, right: Numbers) -> tuple[Floats, Floats]:
    """How far each word is met by one of the other name, 0 to 1."""
    equal = (left[:, None] == right[None]) & (left > 0)[:, None]
    met_left, met_right = equal.any(1).astype(np.float32), equal.any(0).astype(np.float32)
    _join(known, left, right, (met_left, met_right))
    _join(known, right, left, (met_right, met_left))
    alone_left, alone_right = (left > 0) & (met_left == 0), (right > 0) & (met_right == 0)
    at_left, at_right, pair = np.nonzero(alone_left[:, None] & alone_right[None])
    likeness = alike(known, left[at_left, pair], right[at_right, pair])
    some = np.flatnonzero(likeness)
    np.maximum.at(met_left, (at_left[some], pair[some]), likeness[some])
    np.maximum.at(met_right, (at_right[some], pair[some]), likeness[some])
    return met_left, met_right


def _join(known: Words, side: Numbers, other: Numbers, met: tuple[Floats, Floats]) -> None:
    """Count two neighbouring words of one side as met that the other writes as one."""
    spelt = known.joined.get(side[:-1].astype(np.int64) << 32 | side[1:])
    at, pair = np.nonzero(spelt)
    place, found = np.nonzero(other[:, pair] == spelt[at, pair])
    pair, at = pair[found], at[found]
    met[0][at, pair] = met[0][at + 1, pair] = 1.0
    met[1][place, pair] = 1.0


def _where(there: Flags, gone: Flags) -> Floats:
    """Where the words stand that only this side has: 0 nowhere, 1 all at the end, 2 all in front, 3 elsewhere."""
    kept = there & ~gone
    at = np.arange(there.shape[0], dtype=np.int8)[:, None]
    first, last = np.where(kept, at, np.int8(99)).min(0), np.where(kept, at, np.int8(-1)).max(0)
    before, after = (gone & (at < first)).any(0), (gone & (at > last)).any(0)
    between = (gone & (at > first) & (at < last)).any(0)
    return np.select([~gone.any(0), after & ~before & ~between, before & ~after & ~between], [0, 1, 2], 3).astype(
        np.float32
    )


def alike(known: Words, left: Numbers, right: Numbers) -> Floats:
    """How alike two words are, 0 where they are unlike."""
    found = np.zeros(left.size, np.float32)
    worth = np.flatnonzero(_may_be_alike(known, left, right))
    codes, back = np.unique(left[worth].astype(np.int64) << 32 | right[worth], return_inverse=True)
    mine, theirs = ([known.text[code] for code in side] for side in (codes >> 32, codes & 0xFFFFFFFF))
    close = process.cpdist(mine, theirs, scorer=fuzz.ratio, workers=1, score_cutoff=100 * ALIKE) / 100
    slip = process.cpdist(mine, theirs, scorer=OSA.distance, workers=1, score_cutoff=1) <= 1
    shorter = np.minimum(known.length[codes >> 32], known.length[codes & 0xFFFFFFFF])
    cut = [a[0] == b[0] and (_is_cut(a, b) or _is_cut(b, a)) for a, b in zip(mine, theirs, strict=True)]
    near = np.maximum(close * 0.95, np.where(slip & (shorter >= SHORTEST + 1), SLIP, 0))
    found[worth] = np.where(cut, np.maximum(close, CUT), near).astype(np.float32)[back]
    return found


def _may_be_alike(known: Words, left: Numbers, right: Numbers) -> Flags:
    """Whether two words are worth comparing: none that `alike` finds alike is left out, and most others are.

    A letter that only one of them has takes a step of its own on the way from one to the other.
    """
    mine, theirs = known.letters[left], known.letters[right]
    length = known.length[left], known.length[right]
    steps = np.maximum(np.bitwise_count(mine ^ theirs), np.abs(length[0] - length[1]))
    within = ((mine & ~theirs == 0) | (theirs & ~mine == 0)) & (known.first[left] == known.first[right])
    flags: Flags = (steps <= 2) | within | (steps <= (1 - ALIKE) * (length[0] + length[1]) + 0.01)
    return flags


def _is_cut(short: str, long: str) -> bool:
    """A beginning, or some of the letters in their order ("MGMT", "MANAGEMENT")."""
    if not SHORTEST <= len(short) < len(long) or short[0] != long[0]:
        return False
    if long.startswith(short):
        return True
    letters = iter(long)
    return len(long) > LONGEST and short[-1] in long[-2:] and all(letter in letters for letter in short)

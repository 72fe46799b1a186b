"""Which words spoke for the sector that was chosen: the strongest few, as they stand in the text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from riskengine.sectors import words
from riskengine.sectors.keys import Places, Words
from riskengine.sectors.terms import Floats, Terms
from riskengine.sectors.words import Model

_SHOWN = 5
"""Words named at most."""

_BETWEEN = b", "


def strongest(terms: Terms, sectors: Places, asked: npt.NDArray[np.bool_], model: Model) -> tuple[Places, Places]:
    """The rows of `terms` that spoke for the sector of each subject asked: how many, and which, strongest first.

    `sectors` and `asked` have a place for every subject. Subjects for which no part speaks that decides have none.
    """
    weight = words.towards(terms, sectors.take(terms.subject), model)
    speaks = (weight > 0) & asked.take(terms.subject)
    decided = np.zeros(len(sectors), dtype=bool)
    decided[terms.subject[speaks & terms.decides]] = True
    rows = np.flatnonzero(speaks & decided.take(terms.subject))
    subject = terms.subject.take(rows)
    rank = _ranks(subject, weight.take(rows))
    counts = np.minimum(np.bincount(subject, minlength=len(sectors)), _SHOWN)
    start = np.cumsum(counts) - counts
    shown = rank < _SHOWN
    told = np.empty(counts.sum(), dtype=np.int64)
    told[start.take(subject)[shown] + rank[shown]] = rows[shown]
    return counts, told


def quoted(read: Words, first: Places, last: Places, counts: Places) -> pa.LargeStringArray:
    """What stands in the texts from each first to each last word, in small letters: for each subject as many quotes as
    `counts` says, with commas between.
    """
    begin = read.begin.take(first)
    length = read.end.take(last) - begin
    ends = np.cumsum(counts) - 1
    between = np.full(len(length), len(_BETWEEN))
    between[ends] = 0
    end = np.cumsum(length + between)
    place = np.arange(end[-1] if len(end) else 0) + np.repeat(begin + length + between - end, length + between)
    letters = np.frombuffer(read.small, np.uint8).take(place, mode="clip")
    for at, letter in enumerate(_BETWEEN):
        letters[end[between > 0] - len(_BETWEEN) + at] = letter
    offsets = np.concatenate([[0], end[ends]])
    return pa.LargeStringArray.from_buffers(len(counts), pa.py_buffer(offsets), pa.py_buffer(letters))


def single_blanks(quotes: Sequence[pa.LargeStringArray]) -> pl.Series:
    """The quotes of all subjects, with single blanks."""
    told = pl.Series(pa.concat_arrays(quotes))
    wide = told.str.contains("  ", literal=True).arg_true()
    return told.scatter(wide, told.gather(wide).str.replace_all(" +", " "))


def _ranks(subject: Places, weight: Floats) -> Places:
    """The rank of each row by weight among those of its subject, 0 the heaviest; of equals the first comes first."""
    rank = np.zeros(len(subject), dtype=np.int64)
    before = np.arange(len(subject))
    step = 0
    while len(before):
        step += 1
        before = before[before + step < len(subject)]
        before = before[subject.take(before) == subject.take(before + step)]
        heavier = weight.take(before) >= weight.take(before + step)
        rank[before + step] += heavier
        rank[before] += ~heavier
    return rank

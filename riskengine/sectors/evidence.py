"""Which words spoke for the sector that was chosen: the strongest few, as they stand in the text."""

from __future__ import annotations

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


def quoted(read: Words, first: Places, last: Places) -> pa.LargeStringArray:
    """What stands in the texts from each first to each last word, in small letters."""
    begin = read.begin.take(first)
    length = read.end.take(last) - begin
    offsets = np.concatenate([[0], np.cumsum(length)])
    place = np.arange(offsets[-1]) + np.repeat(begin - offsets[:-1], length)
    letters = np.frombuffer(read.small, np.uint8).take(place)
    return pa.LargeStringArray.from_buffers(len(length), pa.py_buffer(offsets), pa.py_buffer(letters))


def joined(counts: Places, quotes: pa.LargeStringArray) -> pl.Series:
    """The quotes of each subject, as many as `counts` says, with commas between and single blanks."""
    offsets = np.concatenate([[0], np.cumsum(counts)])
    told = pl.Series(pa.LargeListArray.from_arrays(offsets, quotes)).list.join(", ")
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

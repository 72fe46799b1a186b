"""The words of two sides of names as whole numbers, with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from riskengine.matches import words
from riskengine.matches.index import Index
from riskengine.policy import Policy

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]

MOST = 12
"""Words of a name that are compared one by one; what follows counts in the likeness of letters alone."""
KINDS = [
    "region",
    "country",
    "group",
    "sister",
    "number",
    "trade",
    "practice",
    "nhs",
    "council",
    "charity",
    "school",
    "care",
    "ledger",
    "person",
    "place",
]
"""Kinds of words that policy names; 0 stands for every other word, and n for the n-th of these."""
OTHER = "other"
"""The kind of every other word."""


@dataclass(frozen=True)
class Joined:
    """Two neighbouring words (first << 32 | second, sorted) that are a word of their own when written as one."""

    codes: npt.NDArray[np.int64]
    number: Numbers

    def get(self, codes: npt.NDArray[np.int64]) -> Numbers:
        """The number of the joined word, 0 where there is none."""
        if not self.codes.size:
            return np.zeros(codes.shape, np.int32)
        at = np.minimum(np.searchsorted(self.codes, codes), self.codes.size - 1)
        return np.where(self.codes[at] == codes, self.number[at], 0).astype(np.int32)


@dataclass(frozen=True)
class Words:
    """The words of both sides (a row a place in the name, a column a reading), by number; 0 stands for no word.

    `first` is the first letter, and `letters` has a bit for each letter that a word has; a few letters share one.
    `listed` and `registered` are what a word adds to the score where the left (or right) name alone has it.
    """

    text: list[str]
    length: Numbers
    first: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint64]
    rarity: Floats
    apart: Floats
    listed: Floats
    registered: Floats
    kind: Numbers
    joined: Joined
    left: Numbers
    right: Numbers


def of(left: pl.DataFrame, right: pl.DataFrame, index: Index, policy: Policy) -> Words:
    """The words of the readings of both sides."""
    spelt = {"left": words.of(left, policy.names), "right": words.of(right, policy.names)}
    told = _told(pl.concat([side["word"] for side in spelt.values()]).unique().sort().to_frame(), index, policy)
    numbers = told.select("word").with_row_index("number", offset=1)
    rarity, apart, listed, registered = (
        np.concatenate([[0.0], told[fact].to_numpy()]).astype(np.float32)
        for fact in ("rarity", "apart", "listed", "registered")
    )
    matrices = {
        name: _matrix(side.join(numbers, on="word", maintain_order="left"), height)
        for (name, side), height in zip(spelt.items(), (left.height, right.height), strict=True)
    }
    return Words(
        ["", *told["word"]],
        *spelling(told["word"]),
        rarity,
        apart,
        listed,
        registered,
        np.concatenate([[0], told["kind"].to_numpy()]).astype(np.int32),
        _joined(list(spelt.values()), numbers),
        matrices["left"],
        matrices["right"],
    )


def _told(text: pl.DataFrame, index: Index, policy: Policy) -> pl.DataFrame:
    """Each word with its rarity, how often it tells names apart, its points, and its kind."""
    kinds = {row.word: KINDS.index(row.kind) + 1 for row in policy.names.word_kinds}
    apart = {row.word: row.apart for row in policy.matches.words}
    points = {
        "listed": {row.word: row.listed for row in policy.matches.word_points},
        "registered": {row.word: row.registered for row in policy.matches.word_points},
    }
    known = text.join(index.vocabulary.select("word", "rarity"), on="word", how="left", maintain_order="left")
    number = pl.col("word").str.contains(r"^\d+$")
    kind = pl.col("word").replace_strict(kinds, default=0, return_dtype=pl.Int32)
    return known.with_columns(
        pl.col("rarity").fill_null(1.0),
        **{
            fact: pl.col("word").replace_strict(values, default=0.0, return_dtype=pl.Float64)
            for fact, values in (points | {"apart": apart}).items()
        },
        kind=pl.when(number).then(KINDS.index("number") + 1).otherwise(kind),
    )


def spelling(word: pl.Series) -> tuple[Numbers, npt.NDArray[np.uint32], npt.NDArray[np.uint64]]:
    """Length, first letter and letters of each word, behind those of no word."""
    length = np.concatenate([[1], word.str.len_chars().to_numpy()]).astype(np.int32)
    signs = np.frombuffer(" ".encode("utf-32-le") + word.str.join("").item().encode("utf-32-le"), np.uint32)
    starts = np.cumsum(length) - length
    return length, signs[starts], np.bitwise_or.reduceat(np.uint64(1) << (signs % 64).astype(np.uint64), starts)


def _joined(sides: list[pl.DataFrame], numbers: pl.DataFrame) -> Joined:
    after = pl.when(pl.col("reading") == pl.col("reading").shift(-1)).then(pl.col("word").shift(-1))
    pairs_ = pl.concat([side.select("word", after=after).drop_nulls() for side in sides]).unique()
    whole = pairs_.with_columns(joined=pl.col("word") + pl.col("after")).join(
        numbers.rename({"word": "joined", "number": "whole"}), on="joined"
    )
    told = whole.join(numbers, on="word").join(numbers.rename({"word": "after", "number": "second"}), on="after")
    codes = told["number"].to_numpy().astype(np.int64) << 32 | told["second"].to_numpy().astype(np.int64)
    order = np.argsort(codes)
    return Joined(codes[order], told["whole"].to_numpy().astype(np.int32)[order])


def _matrix(spelt: pl.DataFrame, height: int) -> Numbers:
    """A row a place in the name, a column a reading."""
    reading = spelt["reading"].to_numpy()
    at = np.arange(reading.size) - np.searchsorted(reading, reading)
    kept = at < MOST
    matrix = np.zeros((MOST, height), np.int32)
    matrix[at[kept], reading[kept]] = spelt["number"].to_numpy()[kept]
    return matrix

"""The words of names, and what else they can be looked up by: initials, neighbours in spelling, halves."""

from __future__ import annotations

import polars as pl

from riskengine.policy.names import NamesPolicy

LONG = 5
"""Words with fewer letters have too many neighbours that differ in one letter."""
INITIALS = 3, 7
"""Names of so many words are looked up by their initials."""
MARK = "."
"""Stands before initials, which are no word of their name."""
HALF = 3
"""Words run into each other are taken apart into halves of at least so many letters."""


def of(readings: pl.DataFrame, policy: NamesPolicy) -> pl.DataFrame:
    """Columns reading (position), place (in the name), word: each word once, without fillers such as OF.

    A name of nothing but fillers keeps them.
    """
    split = pl.col("core").str.split(" ")
    telling = split.list.filter(~pl.element().is_in(list(policy.rules.fillers)))
    kept = pl.when(telling.list.len() > 0).then(telling).otherwise(split)
    rows = readings.select(word=kept).with_row_index("reading")
    places = rows.with_columns(place=pl.int_ranges(pl.col("word").list.len(), dtype=pl.UInt16))
    spelt = places.explode("word", "place")
    return spelt.unique(["reading", "word"], keep="first", maintain_order=True)


def joined(spelt: pl.DataFrame) -> pl.DataFrame:
    """Columns reading, word: two neighbouring words written as one."""
    after = pl.when(pl.col("reading") == pl.col("reading").shift(-1)).then(pl.col("word").shift(-1))
    return spelt.select("reading", word=pl.col("word") + after).drop_nulls()


def initials(spelt: pl.DataFrame) -> pl.DataFrame:
    """Columns reading, word: the first letters of names of three to seven words, marked."""
    first = pl.col("word").str.slice(0, 1).str.join("")
    short = spelt.group_by("reading", maintain_order=True).agg(word=first, count=pl.len())
    return short.filter(pl.col("count").is_between(*INITIALS)).select("reading", word=MARK + pl.col("word"))


def unmarked(initials_: pl.DataFrame) -> pl.DataFrame:
    """Initials as a word, for names that bear them."""
    return initials_.with_columns(pl.col("word").str.strip_prefix(MARK))


def as_initials(spelt: pl.DataFrame) -> pl.DataFrame:
    """Columns reading, word: each short word marked as if it were initials."""
    short = spelt.filter(pl.col("word").str.len_chars().is_between(*INITIALS))
    return short.select("reading", word=MARK + pl.col("word"))


def pieces(words: pl.DataFrame) -> pl.DataFrame:
    """Columns word, piece: each long word as it stands, and less each of its letters.

    Two words that differ by one letter (another, one more, one less, two swapped) share a piece.
    """
    length = pl.col("word").str.len_chars()
    long = words.select("word").unique().filter(length.is_between(LONG, 24))
    less = long.with_columns(at=pl.int_ranges(0, length)).explode("at")
    cut = pl.col("word").str.slice(0, pl.col("at")) + pl.col("word").str.slice(pl.col("at") + 1)
    return pl.concat([less.select("word", piece=cut), long.select("word", piece="word")]).unique()


def halves(words: pl.DataFrame) -> pl.DataFrame:
    """Columns word, first, second: all ways to take a word apart."""
    length = pl.col("word").str.len_chars()
    long = words.select("word").unique().filter(length.is_between(2 * HALF, 24))
    cut = long.with_columns(at=pl.int_ranges(HALF, length - HALF + 1)).explode("at")
    return cut.select(
        "word", first=pl.col("word").str.slice(0, pl.col("at")), second=pl.col("word").str.slice(pl.col("at"))
    )

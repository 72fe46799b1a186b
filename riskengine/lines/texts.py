"""The trimmed texts of a column, each distinct one once where they are few, so that it is understood only once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

_FEW = 0.3
"""Share of distinct texts up to which telling them apart takes less time than reading every cell."""
_SAMPLE = 100_000
"""First cells of a column by which the share is told."""
_TO_TRIM = r"^\s|\s$|^$"


@dataclass(frozen=True)
class Texts:
    """The texts of a column: `rows` has one a row, null where blank; `distinct` each of them once or more.

    `places` is where the text of each row stands in `distinct` (null where blank); it is None where the texts are many,
    and then `distinct` is `rows`.
    """

    rows: pl.Series
    distinct: pl.Series
    places: pl.Series | None

    @property
    def blank(self) -> bool:
        """Whether no row holds anything."""
        return self.rows.null_count() == len(self.rows)

    @property
    def cells(self) -> pl.Series:
        """How many rows hold each text of `distinct`."""
        if self.places is None:
            return pl.repeat(1, len(self.rows), dtype=pl.UInt32, eager=True)
        counts = self.places.drop_nulls().value_counts(name="cells")
        every = pl.DataFrame({self.places.name: pl.int_range(len(self.distinct), dtype=pl.UInt32, eager=True)})
        return every.join(counts, on=self.places.name, how="left", maintain_order="left")["cells"].fill_null(0)

    def each(self, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
        """For each row the text that `read`, which goes text by text, makes of its text."""
        return self.rows if self.blank else self.placed(read(self.distinct))

    def placed(self, values: pl.Series) -> pl.Series:
        """For each row the value that stands in `values` where its text stands in `distinct`."""
        if self.places is None:
            return values
        if values.null_count() == len(values):
            return nothing(len(self.rows), values.dtype)
        return values.gather(self.places)

    def changed(self, read: Callable[[pl.Series], pl.Series]) -> Texts:
        """The texts that `read`, which goes text by text, makes of these."""
        distinct = read(self.distinct)
        return Texts(self.placed(distinct), distinct, self.places)


def of(values: pl.Series) -> Texts:
    """The texts of a column of cells; the order of the distinct ones is not told."""
    if _are_few(values):
        return _told_apart(values)
    if values.str.contains(_TO_TRIM).any():
        values = _trimmed(values)
    return Texts(values, values, None)


def nothing(rows: int, kind: pl.DataType | type[pl.DataType] = pl.String) -> pl.Series:
    """A column that holds nothing."""
    return pl.repeat(None, rows, dtype=kind, eager=True)


def _are_few(values: pl.Series) -> bool:
    sample = values.head(_SAMPLE).to_frame("text")
    return int(sample.select(pl.col("text").approx_n_unique()).item()) <= sample.height * _FEW


def _told_apart(values: pl.Series) -> Texts:
    kind = pl.Categorical(pl.Categories.random())
    told = values.cast(kind)
    places = told.to_physical().rename("place")
    last = places.max()
    known = pl.int_range(0 if last is None else int(str(last)) + 1, dtype=pl.UInt32, eager=True)
    distinct = known.cat.to(told.dtype).cast(pl.String)
    trimmed = _trimmed(distinct)
    if distinct.equals(trimmed):
        return Texts(values, distinct, places)
    return Texts(trimmed.gather(places), trimmed, places)


def _trimmed(values: pl.Series) -> pl.Series:
    text = values.str.strip_chars()
    return text.set(text == "", None)

"""The tables as CSV, JSON and Parquet files. The same tables give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import polars.selectors as cs

from riskengine.report.tables import flat

_FORMULA_START = r"^([=+\-@\t\r])"


def csv(table: pl.DataFrame, path: Path) -> None:
    """UTF-8 without a byte order mark; a text that a spreadsheet program could run as a formula gets a leading '."""
    flat(table).with_columns(pl.col(pl.String).str.replace(_FORMULA_START, "'$1")).write_csv(path)


def json(table: pl.DataFrame, path: Path) -> None:
    """A list of objects, one a row. £ are numbers: below £90 million million the shortest text of a float is exact."""
    columns = [pl.col(pl.Decimal).cast(pl.Float64)]
    if "spend" in table.columns:
        kinds = table.get_column("spend").struct.fields
        columns.append(pl.struct(pl.col("spend").struct.field(kind).cast(pl.Float64) for kind in kinds).alias("spend"))
    table.with_columns(columns).write_json(path)


def parquet(table: pl.DataFrame, path: Path) -> None:
    """Zstandard-compressed, with lists, dates and £ as such and no categories of our own making."""
    table.with_columns(cs.enum().cast(pl.String)).write_parquet(path, compression="zstd")


WRITERS: dict[str, Callable[[pl.DataFrame, Path], None]] = {"csv": csv, "json": json, "parquet": parquet}

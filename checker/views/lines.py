"""Contract lines joined with what was found of them, filtered and cut into pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import polars as pl

from riskengine.pipeline import Assessment

PAGE = 25
"""Rows on one page of a table: no more than these ever go to the browser."""

Rows = TypeVar("Rows", pl.DataFrame, pl.LazyFrame)

SEARCHED = ("supplier", "description", "category", "reference", "department")


@dataclass(frozen=True)
class Wanted:
    """Which lines to keep; an empty tuple or text keeps all. `flagged` holds "yes" to keep flagged lines alone."""

    bands: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    text: str = ""

    def told(self) -> dict[str, list[str]]:
        """The filters that are set, by name, as plain values."""
        held = {name: [value] if isinstance(value, str) else list(value) for name, value in vars(self).items()}
        return {name: values for name, values in held.items() if any(values)}

    @classmethod
    def of(cls, told: Mapping[str, Sequence[str]]) -> Wanted:
        """The filters that plain values name. Raises KeyError for a name that is none."""
        unknown = set(told) - {part.name for part in fields(cls)}
        if unknown:
            raise KeyError(*sorted(unknown))
        text = " ".join(told.get("text", ()))
        return cls(text=text, **{name: tuple(values) for name, values in told.items() if name != "text"})


def ranked(assessment: Assessment) -> pl.DataFrame:
    """One row a contract line, those with most points (then most £) first.

    Columns: those of ContractLines, and supplier_id, purchase_id, supplier (its name), sector, level, basis, statement,
    scope, points, band, checked_share, flagged, searched (what words are looked for in).
    """
    suppliers = assessment.suppliers.select("supplier_id", pl.col("name").alias("supplier"))
    return (
        assessment.lines.join(assessment.links, on="line_id", how="left", maintain_order="left")
        .join(suppliers, on="supplier_id", how="left", maintain_order="left")
        .join(
            assessment.statements.select("supplier_id", "statement", "scope"),
            on="supplier_id",
            how="left",
            maintain_order="left",
        )
        .join(
            assessment.sectors.select("purchase_id", "sector", "level", "basis"),
            on="purchase_id",
            how="left",
            maintain_order="left",
        )
        .join(assessment.scores, on="line_id", how="left", maintain_order="left")
        .sort("points", "amount", descending=True, nulls_last=True, maintain_order=True)
        .with_columns(_searched().alias("searched"))
    )


def kept(lines: Rows, wanted: Wanted) -> Rows:
    """The lines that are wanted, in the order they came."""
    chosen = {
        "band": wanted.bands,
        "level": wanted.levels,
        "scope": wanted.scopes,
        "sector": wanted.sectors,
        "statement": wanted.statements,
        "department": wanted.departments,
    }
    tests = [pl.col(column).cast(pl.String).is_in(values) for column, values in chosen.items() if values]
    flagged = [pl.col("flagged")] if wanted.flagged else []
    return lines.filter(*tests, *flagged, *_texts(wanted.text))


def counted(lines: pl.LazyFrame) -> int:
    """How many rows there are."""
    return int(lines.select(pl.len()).collect().item())


def page(frame: pl.DataFrame, number: int, size: int = PAGE) -> pl.DataFrame:
    """Page `number` (from 1) of a frame; the last page when there are fewer."""
    return sliced(frame, frame.height, number, size)


def sliced(rows: Rows, height: int, number: int, size: int = PAGE) -> Rows:
    """Page `number` (from 1) of so many rows; the last page when there are fewer."""
    return rows.slice((min(max(number, 1), pages(height, size)) - 1) * size, size)


def pages(height: int, size: int = PAGE) -> int:
    """How many pages so many rows fill, at least one."""
    return max(1, -(-height // size))


def departments(lines: pl.LazyFrame, most: int = 200) -> list[str]:
    """The departments with most lines, at most `most` of them, by name."""
    named = lines.select("department").drop_nulls().group_by("department").len()
    ordered = named.sort("len", "department", descending=[True, False])
    return sorted(ordered.head(most).collect().get_column("department").to_list())


def with_one_of(suppliers: pl.DataFrame, lines: pl.LazyFrame) -> pl.DataFrame:
    """The suppliers, in their order, that have one of these lines."""
    own = lines.select("supplier_id").unique()
    return suppliers.lazy().join(own, on="supplier_id", how="semi", maintain_order="left").collect()


def sectors(lines: pl.LazyFrame) -> list[str]:
    """The sectors that any line is of, in the order of the lines."""
    return lines.select(pl.col("sector").unique(maintain_order=True)).collect().get_column("sector").to_list()


def by_supplier(lines: pl.LazyFrame) -> pl.DataFrame:
    """`supplier_id, lines, amount_kind, amount`: how many lines each supplier has, and what `largest` finds."""
    counted = lines.group_by("supplier_id").agg(lines=pl.len()).collect()
    return counted.join(largest(lines), on="supplier_id", how="left")


def largest(lines: pl.LazyFrame) -> pl.DataFrame:
    """The kind of £ of which each supplier has most, and its sum: `supplier_id, amount_kind, amount`."""
    priced = lines.select("supplier_id", "amount_kind", "amount").drop_nulls("amount")
    summed = priced.group_by("supplier_id", "amount_kind").agg(pl.col("amount").sum())
    ordered = summed.sort("supplier_id", "amount", "amount_kind", descending=[False, True, False])
    return ordered.unique("supplier_id", keep="first", maintain_order=True).collect()


def _searched() -> pl.Expr:
    """What words are looked for in, made once: a million lines are then searched in well under a second."""
    return pl.concat_str(SEARCHED, separator=" ", ignore_nulls=True).str.to_lowercase()


def _texts(text: str) -> list[pl.Expr]:
    """Every word must stand somewhere in the searched text."""
    return [pl.col("searched").str.contains(word, literal=True) for word in text.lower().split()]

"""What a councillor asks first: how much of the money goes to higher-risk markets, to which, and by which departments.

A market is the sector of what was bought; "higher-risk" are the levels high and very high. £ of different kinds are
never added together. `lines` are rows of `lines.ranked`, not read yet.
"""

from __future__ import annotations

import polars as pl

from riskengine.schemas import HIGHER_LEVELS, LEVELS, MONEY

MARKETS = ["higher", "other", "unknown"]
"""Higher-risk markets, all others, and those not known."""
NO_DEPARTMENT = "No department given"
OTHERS = "All other departments"
DEPARTMENTS = 8
"""Departments named; the rest is summed up in one row, so that a chart can be read."""


def levels(lines: pl.LazyFrame) -> pl.DataFrame:
    """`amount_kind, level, lines, amount`: lines and £ by kind and level of the market, the highest level first."""
    return _summed(_priced(lines), "amount_kind", "level").sort("amount_kind", _place("level", LEVELS))


def markets(lines: pl.LazyFrame) -> pl.DataFrame:
    """`amount_kind, market, lines, amount`: the same by market, higher-risk ones first."""
    return _summed(_priced(lines), "amount_kind", "market").sort("amount_kind", _place("market", MARKETS))


def higher_sectors(lines: pl.LazyFrame, kind: str) -> pl.DataFrame:
    """`sector, level, lines, suppliers, amount` of one kind of £: higher-risk sectors, those with most £ first."""
    rows = _priced(lines).filter((pl.col("amount_kind") == kind) & (pl.col("market") == "higher"))
    return _with_suppliers(rows, "sector", "level").sort(
        "amount", "lines", "sector", descending=[True, True, False], nulls_last=True
    )


def departments(lines: pl.LazyFrame, kind: str) -> pl.DataFrame:
    """`department, market, lines, suppliers, amount` of one kind of £: those with most £ in higher-risk markets first.

    Departments beyond the first `DEPARTMENTS` are one row a market, and so are lines that name none.
    """
    rows = _priced(lines).filter(pl.col("amount_kind") == kind)
    higher = pl.col("market") == "higher"
    order = (
        rows.filter(pl.col("department").is_not_null())
        .group_by("department")
        .agg(pl.col("amount").filter(higher).sum().alias("at_stake"), higher.sum().alias("of"), pl.len().alias("lines"))
        .sort("at_stake", "of", "lines", "department", descending=[True, True, True, False])
        .head(DEPARTMENTS)
        .collect()
    )
    first = order.get_column("department").to_list()
    department = pl.col("department")
    shown = rows.with_columns(
        pl.when(department.is_null())
        .then(pl.lit(NO_DEPARTMENT))
        .when(department.is_in(first))
        .then(department)
        .otherwise(pl.lit(OTHERS))
        .alias("department")
    )
    order_shown = dict.fromkeys([*first, OTHERS, NO_DEPARTMENT])
    return _with_suppliers(shown, "department", "market").sort(
        _place("department", list(order_shown)), _place("market", MARKETS)
    )


def main_kind(lines: pl.LazyFrame) -> str | None:
    """The kind of £ that most lines with an amount are of; None where no £ is known."""
    priced = lines.filter(pl.col("amount").is_not_null())
    counted = priced.group_by(pl.col("amount_kind").cast(pl.String)).len().collect()
    ordered = counted.sort("len", "amount_kind", descending=[True, False])
    return None if ordered.is_empty() else str(ordered.item(0, "amount_kind"))


def share(part: float | None, whole: float | None) -> float | None:
    """A share of 0 to 1; None where refunds leave nothing that a share could be of, or no £ is known."""
    if part is None or whole is None or whole <= 0 or not 0 <= part <= whole:
        return None
    return part / whole


def _priced(lines: pl.LazyFrame) -> pl.LazyFrame:
    """One row a line: amount_kind, amount, department, supplier_id, sector, level, market."""
    level = pl.col("level").cast(pl.String)
    market = (
        pl.when(level.is_in(HIGHER_LEVELS))
        .then(pl.lit("higher"))
        .when(level == "unknown")
        .then(pl.lit("unknown"))
        .otherwise(pl.lit("other"))
    )
    return lines.select(
        pl.col("amount_kind").cast(pl.String),
        "amount",
        "department",
        "supplier_id",
        "sector",
        level,
        market.alias("market"),
    )


def _summed(rows: pl.LazyFrame, *by: str) -> pl.DataFrame:
    amount = pl.col("amount")
    money = pl.when(amount.count() > 0).then(amount.sum()).cast(MONEY).alias("amount")
    return rows.group_by(by).agg(pl.len().alias("lines"), money).collect()


def _with_suppliers(rows: pl.LazyFrame, *by: str) -> pl.DataFrame:
    """The same with `suppliers`, each counted once."""
    counted = rows.select(*by, "supplier_id").unique().group_by(by).agg(pl.len().alias("suppliers")).collect()
    return _summed(rows, *by).join(counted, on=by).select(*by, "lines", "suppliers", "amount")


def _place(column: str, order: list[str]) -> pl.Expr:
    return pl.col(column).replace_strict({value: at for at, value in enumerate(order)}, return_dtype=pl.Int32)

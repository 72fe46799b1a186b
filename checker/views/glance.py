"""What a councillor asks first: how much of the money goes to higher-risk markets, to which, and by which departments.

A market is the sector of what was bought; "higher-risk" are the levels high and very high. £ of different kinds are
never added together.
"""

from __future__ import annotations

import polars as pl

from checker.figures import HIGHER
from riskengine.pipeline import Assessment
from riskengine.schemas import LEVELS, MONEY

MARKETS = ["higher", "other", "unknown"]
"""Higher-risk markets, all others, and those not known."""
NO_DEPARTMENT = "No department given"
OTHERS = "All other departments"
DEPARTMENTS = 8
"""Departments named; the rest is summed up in one row, so that a chart can be read."""


def levels(assessment: Assessment) -> pl.DataFrame:
    """`amount_kind, level, lines, amount`: lines and £ by kind and level of the market, the highest level first."""
    return _summed(_priced(assessment), "amount_kind", "level").sort("amount_kind", _place("level", LEVELS))


def markets(assessment: Assessment) -> pl.DataFrame:
    """`amount_kind, market, lines, amount`: the same by market, higher-risk ones first."""
    return _summed(_priced(assessment), "amount_kind", "market").sort("amount_kind", _place("market", MARKETS))


def higher_sectors(assessment: Assessment, kind: str) -> pl.DataFrame:
    """`sector, level, lines, suppliers, amount` of one kind of £: higher-risk sectors, those with most £ first."""
    rows = _priced(assessment).filter((pl.col("amount_kind") == kind) & (pl.col("market") == "higher"))
    return _summed(rows, "sector", "level").sort(
        "amount", "lines", "sector", descending=[True, True, False], nulls_last=True
    )


def departments(assessment: Assessment, kind: str) -> pl.DataFrame:
    """`department, market, lines, suppliers, amount` of one kind of £: those with most £ in higher-risk markets first.

    Departments beyond the first `DEPARTMENTS` are one row a market, and so are lines that name none.
    """
    rows = _priced(assessment).filter(pl.col("amount_kind") == kind)
    higher = pl.col("market") == "higher"
    order = (
        rows.filter(pl.col("department").is_not_null())
        .group_by("department")
        .agg(pl.col("amount").filter(higher).sum().alias("at_stake"), higher.sum().alias("of"), pl.len().alias("lines"))
        .sort("at_stake", "of", "lines", "department", descending=[True, True, True, False])
    )
    first = order.head(DEPARTMENTS).get_column("department").to_list()
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
    return _summed(shown, "department", "market").sort(
        _place("department", list(order_shown)), _place("market", MARKETS)
    )


def main_kind(assessment: Assessment) -> str | None:
    """The kind of £ that most lines with an amount are of; None where no £ is known."""
    priced = assessment.lines.filter(pl.col("amount").is_not_null())
    counted = priced.group_by(pl.col("amount_kind").cast(pl.String)).len()
    ordered = counted.sort("len", "amount_kind", descending=[True, False])
    return None if ordered.is_empty() else str(ordered.item(0, "amount_kind"))


def share(part: float | None, whole: float | None) -> float | None:
    """A share of 0 to 1; None where refunds leave nothing that a share could be of, or no £ is known."""
    if part is None or whole is None or whole <= 0 or not 0 <= part <= whole:
        return None
    return part / whole


def _priced(assessment: Assessment) -> pl.DataFrame:
    """One row a line: amount_kind, amount, department, supplier_id, sector, level, market."""
    level = pl.col("level").cast(pl.String)
    market = (
        pl.when(level.is_in(HIGHER))
        .then(pl.lit("higher"))
        .when(level == "unknown")
        .then(pl.lit("unknown"))
        .otherwise(pl.lit("other"))
    )
    return (
        assessment.lines.select("line_id", pl.col("amount_kind").cast(pl.String), "amount", "department")
        .join(assessment.links, on="line_id")
        .join(assessment.sectors.select("purchase_id", "sector", level), on="purchase_id")
        .with_columns(market.alias("market"))
    )


def _summed(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    amount = pl.col("amount")
    return rows.group_by(by).agg(
        pl.len().alias("lines"),
        pl.col("supplier_id").n_unique().alias("suppliers"),
        pl.when(amount.count() > 0).then(amount.sum()).cast(MONEY).alias("amount"),
    )


def _place(column: str, order: list[str]) -> pl.Expr:
    return pl.col(column).replace_strict({value: at for at, value in enumerate(order)}, return_dtype=pl.Int32)

"""What changed for each supplier between two copies of the registry."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine.schemas import Statements

IN_FORCE = ["current", "group", "ageing", "found_elsewhere"]
UNKNOWN = ["possible", "not_checked"]
CHANGES = ["new", "renewed", "lapsed", "none", "not_comparable"]


def compare(before: dy.DataFrame[Statements], after: dy.DataFrame[Statements]) -> pl.DataFrame:
    """One row a supplier of `after`, in its order.

    Columns: supplier_id; change, one of CHANGES; before, after (the statement values, before null for a supplier that
    was not there); period_end_before, period_end_after. `new`: none was found before and one is now. `renewed`: the
    period, or where it is not given the registry year, is later than before. `lapsed`: it was in force and is out of
    date or gone now. Where either side could not be checked, nothing is said: `not_comparable`.
    """
    columns = ("statement", "period_end", "year")
    earlier = before.select("supplier_id", *(pl.col(name).alias(f"{name}_before") for name in columns))
    joined = after.select("supplier_id", *columns).join(earlier, on="supplier_id", how="left", maintain_order="left")
    was, now = pl.col("statement_before").cast(pl.String), pl.col("statement").cast(pl.String)
    later = (pl.col("period_end") > pl.col("period_end_before")).fill_null(pl.col("year") > pl.col("year_before"))
    change = (
        pl.when(was.is_in(UNKNOWN) | now.is_in(UNKNOWN))
        .then(pl.lit("not_comparable"))
        .when(was.fill_null("none_found").eq("none_found") & now.ne("none_found"))
        .then(pl.lit("new"))
        .when(was.is_in(IN_FORCE) & ~now.is_in(IN_FORCE))
        .then(pl.lit("lapsed"))
        .when(later.fill_null(value=False))
        .then(pl.lit("renewed"))
        .otherwise(pl.lit("none"))
    )
    return joined.select(
        "supplier_id",
        change=change,
        before=was,
        after=now,
        period_end_before="period_end_before",
        period_end_after="period_end",
    )

"""Which record of the registry is the best evidence for an organisation, and how old it is."""

from __future__ import annotations

import calendar
from datetime import date

import dataframely as dy
import polars as pl

from riskengine.policy.statements import StatementsPolicy
from riskengine.schemas import StatementRecords

AGES = ["current", "ageing", "out_of_date"]

COLUMNS = [
    "year",
    "period_end",
    "months_old",
    "group",
    "parent",
    "statement_url",
    "summary_url",
    "topics",
    "topics_missing",
    "turnover",
    "age",
    "period_given",
]
"""What `best` tells of an organisation, besides its `entry_id`."""

WORD = ["parent_who", "parent_when", "parent_why"]
"""On whose word a parent's statement counts for a supplier."""


def best(records: dy.DataFrame[StatementRecords], as_of: date, policy: StatementsPolicy) -> pl.DataFrame:
    """One row an organisation: the youngest age first, then its own record before a group's, then the latest year.

    Columns: `entry_id`, COLUMNS and `until`, the day the age counts from. `age` is one of AGES. `period_given` is false
    where the registry gives no end of the period, or one too far ahead; then the earliest period of the registry year
    counts, so that what is not known never looks fresh.
    """
    aged = records.with_columns(period_given=_believable(as_of, policy)).with_columns(
        until=pl.when("period_given").then("period_end").otherwise(_earliest_end())
    )
    aged = aged.with_columns(
        period_end=pl.when("period_given").then("period_end"),
        months_old=pl.when("period_given").then(_months(as_of)),
        age=_age(as_of, policy),
    )
    ranked = _ranked(aged).unique("entry_id", keep="first", maintain_order=True)
    return ranked.select("entry_id", *COLUMNS, "until")


def of_suppliers(asked: pl.DataFrame, parents: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The best evidence of each supplier in `asked`: of its own entry, or of a parent's that a person confirmed.

    `asked` has supplier_id, key, match and entry_id; `parents` is that of `parents.confirmed`, `records` that of
    `best`. Columns: supplier_id, evidence_entry, COLUMNS, and whose word a parent rests on (null for own evidence).
    A supplier without evidence has no row. A parent is not looked at for a supplier that is not looked up.
    """
    own = asked.filter(pl.col("match") == "same").select("supplier_id", evidence_entry="entry_id")
    looked_up = asked.filter(pl.col("match") != "not_checked").select("supplier_id", "key")
    linked = looked_up.join(parents, on="key").drop("key").rename({"parent_entry": "evidence_entry"})
    rows = pl.concat([own, linked], how="diagonal").join(
        records, left_on="evidence_entry", right_on="entry_id", maintain_order="left"
    )
    named = rows.with_columns(parent=pl.coalesce("parent_name", "parent"))
    best_rows = _ranked(named).unique("supplier_id", keep="first", maintain_order=True)
    return best_rows.select("supplier_id", "evidence_entry", *COLUMNS, *WORD)


def _ranked(rows: pl.DataFrame) -> pl.DataFrame:
    """The youngest age first, then own before a group's, then the latest registry year and period."""
    return rows.with_row_index("at").sort(
        pl.col("age").cast(pl.Enum(AGES)),
        pl.col("parent").is_not_null(),
        pl.col("year"),
        pl.col("until"),
        "at",
        descending=[False, False, True, True, False],
    )


def _believable(as_of: date, policy: StatementsPolicy) -> pl.Expr:
    months = int(policy.future_months.value)
    return (pl.col("period_end") <= pl.lit(as_of).dt.offset_by(f"{months}mo")).fill_null(value=False)


def _earliest_end() -> pl.Expr:
    """A registry year holds financial years that end from 1 July of the year before to 30 June of that year.

    Source: the registry's data page (registry year = financial year end + 6 months).
    """
    return pl.date(pl.col("year") - 1, 7, 1)


def _age(as_of: date, policy: StatementsPolicy) -> pl.Expr:
    def within(months: float) -> pl.Expr:
        return pl.col("until").dt.offset_by(f"{int(months)}mo") >= as_of

    return (
        pl.when(within(policy.current_months.value))
        .then(pl.lit("current"))
        .when(within(policy.ageing_months.value))
        .then(pl.lit("ageing"))
        .otherwise(pl.lit("out_of_date"))
    )


def _months(as_of: date) -> pl.Expr:
    """Whole months from `until` to `as_of`, negative when it lies ahead; the last day of a month completes it."""
    until = pl.col("until").dt
    last = calendar.monthrange(as_of.year, as_of.month)[1]
    months = (as_of.year - until.year()) * 12 + as_of.month - until.month().cast(pl.Int32)
    short = pl.min_horizontal(until.day().cast(pl.Int32), pl.lit(last)) > as_of.day
    return months - short.cast(pl.Int32)

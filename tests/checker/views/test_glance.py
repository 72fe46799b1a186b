"""How much of the money goes to higher-risk markets, to which, and by which departments."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from checker.views import glance, lines
from riskengine.pipeline import Assessment
from riskengine.schemas import ContractLines
from tests.assessment_factory import assessment


def priced(*amounts: float | None, departments: list[str | None]) -> Assessment:
    """The example with other amounts and departments, all of them paid."""
    made = assessment()
    changed = made.lines.with_columns(
        pl.Series("amount", [None if one is None else Decimal(str(one)) for one in amounts], pl.Decimal(18, 2)),
        pl.Series("department", departments, pl.String),
        pl.lit("paid").alias("amount_kind"),
    )
    return assessment(lines=ContractLines.cast(changed))


def rows_of(made: Assessment) -> pl.LazyFrame:
    return lines.ranked(made).lazy()


def test_money_by_market_keeps_kinds_apart_and_loses_nothing() -> None:
    made = assessment()
    rows = glance.markets(rows_of(made))
    assert set(rows["amount_kind"]) == {"paid", "yearly"}
    assert rows["lines"].sum() == made.lines.height
    assert rows["amount"].sum() == made.lines["amount"].sum()


def test_a_market_that_is_not_known_is_neither_higher_nor_other() -> None:
    made = assessment()
    unknown = made.sectors.filter(made.sectors["level"] == "unknown")
    count = made.links.join(unknown, on="purchase_id", how="semi").height
    rows = glance.markets(rows_of(made))
    assert rows.filter(rows["market"] == "unknown")["lines"].sum() == count > 0


def test_levels_sum_up_to_markets() -> None:
    made = assessment()
    levels, markets = glance.levels(rows_of(made)), glance.markets(rows_of(made))
    higher = levels.filter(pl.col("level").is_in(["very_high", "high"]))["amount"].sum()
    assert higher == markets.filter(pl.col("market") == "higher")["amount"].sum()


def test_departments_with_most_at_stake_come_first_and_lines_without_one_last() -> None:
    made = priced(10, 500, 20, departments=["B", "A", None])
    rows = glance.departments(rows_of(made), "paid")
    order = rows["department"].unique(maintain_order=True).to_list()
    assert order[-1] == glance.NO_DEPARTMENT
    assert order[0] == "B"
    assert rows["amount"].sum() == 530


def test_further_departments_are_summed_up() -> None:
    made = assessment()
    many = pl.concat([made.lines] * 4).with_columns(
        line_id=pl.format("x{}", pl.int_range(pl.len())),
        department=pl.format("Department {}", pl.int_range(pl.len())),
        amount_kind=pl.lit("paid"),
    )
    links = pl.concat([made.links] * 4).with_columns(line_id=pl.format("x{}", pl.int_range(pl.len())))
    rows = glance.departments(rows_of(assessment(lines=ContractLines.cast(many), links=links)), "paid")
    named = rows["department"].unique(maintain_order=True).to_list()
    assert len(named) == glance.DEPARTMENTS + 1
    assert named[-1] == glance.OTHERS
    assert rows["lines"].sum() == many.height


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 4, 0.25), (0, 4, 0), (4, 4, 1), (5, 4, None), (-1, 4, None), (0, 0, None), (1, -4, None), (None, 4, None)],
)
def test_there_is_no_share_where_refunds_leave_nothing_to_share(
    part: float | None, whole: float, expected: float | None
) -> None:
    assert glance.share(part, whole) == expected

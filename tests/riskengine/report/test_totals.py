"""The figures of a run, and the check that they add up."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import polars as pl
import pytest

from riskengine.report import totals
from tests.assessment_factory import assessment


def test_every_sheet_of_the_example_adds_up() -> None:
    assert totals.sheets(assessment())["adds_up"].to_list() == [True, True]


@pytest.mark.parametrize("column", ["rows_read", "rows_assessed", "rows_set_aside"])
def test_a_sheet_with_a_row_too_many_does_not_add_up(column: str) -> None:
    made = assessment()
    wrong = made.intake.with_columns(pl.col(column) + 1)
    assert totals.sheets(dataclasses.replace(made, intake=wrong))["adds_up"].to_list() == [False, False]


@pytest.mark.parametrize("column", ["amount_read", "amount_assessed", "amount_set_aside"])
def test_a_sheet_with_a_penny_too_many_does_not_add_up(column: str) -> None:
    made = assessment()
    wrong = made.intake.with_columns(pl.col(column) + Decimal("0.01"))
    assert totals.sheets(dataclasses.replace(made, intake=wrong))["adds_up"].to_list() == [False, False]


def test_a_lost_line_is_noticed_even_when_the_intake_agrees_with_itself() -> None:
    made = assessment()
    assert totals.sheets(dataclasses.replace(made, lines=made.lines.head(2)))["adds_up"].to_list() == [True, False]


def test_a_lost_set_aside_row_is_noticed() -> None:
    made = assessment()
    lost = dataclasses.replace(made, set_aside=made.set_aside.head(1))
    assert totals.sheets(lost)["adds_up"].to_list() == [True, False]


def test_amounts_are_summed_by_kind_and_band() -> None:
    assert totals.bands(assessment()).rows() == [
        ("paid", "low", 1, Decimal("200.50")),
        ("paid", "unknown", 1, Decimal("20.00")),
        ("yearly", "high", 1, Decimal("120000.00")),
    ]


def test_kinds_are_reconciled_apart() -> None:
    rows = totals.kinds(assessment()).select("amount_kind", "read", "adds_up").rows()
    assert rows == [("paid", Decimal("220.50"), True), ("yearly", Decimal("120000.00"), True)]


def test_every_statement_position_is_named_even_when_no_supplier_has_it() -> None:
    counts = dict(totals.statements(assessment()).iter_rows())
    assert (counts["current"], counts["none_found"], counts["not_checked"], counts["out_of_date"]) == (1, 1, 1, 0)


def test_questions_count_the_three_outcomes() -> None:
    assert totals.questions(assessment()).rows() == [("market", 1, 1, 0), ("ending", 0, 0, 2), ("statement", 1, 1, 1)]


def test_set_aside_rows_are_counted_by_reason() -> None:
    assert totals.set_aside(assessment()).select("reason", "rows").rows() == [
        ("A totals row", 1),
        ("The amount can't be read", 1),
    ]

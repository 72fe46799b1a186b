"""The summary as text."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from checker import summary
from tests.assessment_factory import REGISTER, assessment


def table(title: str) -> list[str]:
    """The cells of the row that begins with a text."""
    line = next(line for line in summary.text(assessment()).splitlines() if line.startswith(title))
    return [cell for cell in line.split("  ") if cell]


def test_each_sheet_stands_in_a_row() -> None:
    cells = [cell.strip() for cell in table("spend.csv, spend")]
    assert cells == ["spend.csv, spend", "4", "2", "2", "220.50", "220.50", "0.00", "paid", "yes"]


@pytest.mark.parametrize(
    "line",
    [
        "Rows: 5 read = 3 assessed + 2 set aside: adds up.",
        "Paid: £220.50 read = £220.50 assessed + £0.00 set aside: adds up.",
        "Yearly contract value: £120,000.00 read = £120,000.00 assessed + £0.00 set aside: adds up.",
        "Note: register.xlsx, Contracts: Two headings say supplier",
        "          1  A totals row",
        "          1  No statement found in the registry copy",
        "Flagged lines: 1 of 3.",
        "Flagged suppliers: 1 of 3.",
        "      63  Acme Cleaning Ltd  No statement found in the registry copy",
        "Questions that could be answered: 58%.",
        "This is the fictional SAMPLE registry: its answers say nothing about real organisations.",
    ],
)
def test_the_summary_has_the_line(line: str) -> None:
    assert line in summary.text(assessment()).splitlines()


def test_what_does_not_add_up_is_told_in_capitals() -> None:
    made = assessment()
    told = summary.text(dataclasses.replace(made, intake=made.intake.with_columns(pl.col("rows_read") + 1)))
    assert "set aside: DOES NOT ADD UP." in told


def test_a_sheet_without_contract_lines_is_named_with_the_reason() -> None:
    made = assessment()
    out = made.intake.with_columns(left_out=pl.when(pl.col("sheet") == "Contracts").then(pl.lit("It is a pivot.")))
    assert "Left out: register.xlsx, Contracts: It is a pivot." in summary.text(dataclasses.replace(made, intake=out))


def test_a_copy_that_is_not_whole_says_what_is_missing() -> None:
    part = dataclasses.replace(REGISTER, partial_reason="it lacks the year 2025")
    assert "The copy is not whole: it lacks the year 2025." in summary.text(assessment(register=part))


def test_a_run_without_a_copy_says_that_statements_were_not_checked() -> None:
    assert "statements were not checked" in summary.text(assessment(register=None))


def test_the_flagged_suppliers_with_most_points_are_named_first() -> None:
    made = assessment()
    points = pl.Series("points", [1, 3, 2], pl.Int32)
    flagged = dataclasses.replace(made, supplier_scores=made.supplier_scores.with_columns(points, flagged=pl.lit(True)))
    named = summary.text(flagged).split("Supplier  ")[1].splitlines()[1:4]
    assert [row.split()[0] for row in named] == ["3", "2", "1"]


def test_flagged_persons_are_not_named() -> None:
    made = assessment()
    flagged = dataclasses.replace(made, supplier_scores=made.supplier_scores.with_columns(flagged=pl.lit(True)))
    told = summary.text(flagged)
    assert "Name withheld (P0001)" in told
    assert "Jane" not in told

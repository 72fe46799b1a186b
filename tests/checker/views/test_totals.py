"""The matrix, and what is not known."""

from __future__ import annotations

import polars as pl

from checker.views import lines, totals
from riskengine.pipeline import Assessment
from riskengine.report.totals import bands
from tests.assessment_factory import assessment


def test_the_matrix_counts_lines_by_sector_and_statement_highest_market_risk_first() -> None:
    cells = (
        totals.matrix(lines.ranked(assessment()).lazy())
        .select("sector", "statement", "lines", "suppliers", "band")
        .rows()
    )
    assert cells == [
        ("cleaning", "none_found", 1, 1, "high"),
        ("unknown", "not_checked", 1, 1, "unknown"),
        ("consultancy", "current", 1, 1, "low"),
    ]


def test_a_cell_bears_the_highest_band_among_its_lines() -> None:
    made = assessment()
    one_sector = made.sectors.with_columns(sector=made.sectors["sector"].clear().extend_constant("cleaning", 3))
    same = made.statements.with_columns(statement=made.statements["statement"].clear().extend_constant("current", 3))
    levels = one_sector.with_columns(level=one_sector["level"].clear().extend_constant("high", 3))
    (cell,) = totals.matrix(lines.ranked(assessment(sectors=levels, statements=same)).lazy()).rows(named=True)
    assert (cell["lines"], cell["band"]) == (3, "high")


def test_bands_of_ranked_lines_are_those_of_the_report() -> None:
    assert totals.bands(lines.ranked(assessment()).lazy()).equals(bands(assessment()))


def counts(made: Assessment, none: bool = False) -> totals.Counts:
    ranked = lines.ranked(made).lazy()
    return totals.counts(ranked.clear() if none else ranked)


def test_what_is_not_known_is_counted() -> None:
    found = totals.unknowns(assessment(), counts(assessment()))
    assert (found.lines.lines, found.lines.high, found.lines.sector, found.lines.amount) == (3, 1, 1, 0)
    assert (found.suppliers, found.scope, found.not_checked, found.possible) == (3, 1, 1, 0)


def test_the_share_of_questions_answered_is_the_mean_over_lines() -> None:
    assert counts(assessment()).answered == (0.75 + 1.0 + 0.0) / 3


def test_without_lines_the_share_is_not_known() -> None:
    assert counts(assessment(), none=True).answered is None


def test_kinds_of_amount_come_in_their_fixed_order() -> None:
    assert totals.kinds(bands(assessment())) == ["paid", "yearly"]


def test_where_no_supplier_was_checked_the_commonest_reason_is_told() -> None:
    made = assessment()
    none = made.statements.with_columns(
        statement=made.statements["statement"].clear().extend_constant("not_checked", 3),
        reason=pl.Series(["The copy is too old.", "The copy is too old.", "Not looked up."]),
    )
    assert totals.unchecked(assessment(statements=none)) == "The copy is too old."


def test_where_some_were_checked_nothing_is_told() -> None:
    assert totals.unchecked(assessment()) is None

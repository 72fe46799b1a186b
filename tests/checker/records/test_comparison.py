"""Two assessments compared, supplier by supplier."""

from __future__ import annotations

import dataclasses
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from checker import records
from checker.cli import riskcheck
from checker.records import RecordError
from riskengine.pipeline import Assessment
from riskengine.schemas import Statements, SupplierScores
from tests.checker.records.made import built_in

ACME = "S-ACME"


def changed(points: int | None = None, statement: str | None = None, year: int | None = None) -> Assessment:
    """The example with the points, statement or year of Acme changed."""
    made = built_in()
    acme = pl.col("supplier_id") == ACME

    def at(column: str, value: Any) -> pl.Expr:
        return pl.when(acme & pl.lit(value is not None)).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)

    scores = made.supplier_scores.with_columns(at("points", points))
    statements = made.statements.with_columns(pl.col("statement").cast(pl.String)).with_columns(
        at("statement", statement), at("year", year)
    )
    return dataclasses.replace(
        made, supplier_scores=SupplierScores.cast(scores), statements=Statements.cast(statements)
    )


def without(supplier_id: str) -> Assessment:
    made = built_in()
    kept = {
        name: getattr(made, name).filter(pl.col("supplier_id") != supplier_id)
        for name in ("suppliers", "supplier_scores", "statements")
    }
    return dataclasses.replace(made, **kept)


def change_of(before: Assessment, after: Assessment, supplier_id: str = ACME) -> str:
    rows = records.compare(records.save(before), records.save(after))
    return str(rows.filter(pl.col("supplier_id") == supplier_id)["change"][0])


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({"points": 10}, {"points": 20}, "up"),
        ({"points": 20}, {"points": 10}, "down"),
        ({"points": 20}, {"points": 20, "year": 2025}, "same"),
        ({"statement": "none_found"}, {"statement": "current", "year": 2025}, "renewed"),
        ({"statement": "none_found"}, {"statement": "found_elsewhere"}, "renewed"),
        ({"statement": "current", "year": 2024}, {"statement": "current", "year": 2025}, "renewed"),
        ({"statement": "current", "year": 2024}, {"statement": "out_of_date", "year": 2024}, "lapsed"),
        ({"statement": "ageing", "points": 1}, {"statement": "none_found", "points": 9}, "lapsed"),
        ({"statement": "possible"}, {"statement": "current", "year": 2025}, "same"),
        ({"statement": "current", "year": 2024}, {"statement": "not_checked"}, "same"),
    ],
    ids=lambda value: " ".join(map(str, value.values())) if isinstance(value, dict) else value,
)
def test_what_changed_of_a_supplier(before: dict[str, Any], after: dict[str, Any], change: str) -> None:
    earlier, later = changed(**before), dataclasses.replace(changed(**after), mapping={})
    assert change_of(earlier, later) == change


def test_suppliers_that_came_and_went() -> None:
    assert change_of(without(ACME), built_in()) == "new"
    assert change_of(built_in(), without(ACME)) == "gone"


def test_points_bands_and_statements_of_both_are_told() -> None:
    rows = records.compare(records.save(changed(points=10)), records.save(changed(points=20)))
    assert rows.filter(pl.col("supplier_id") == ACME).to_dicts() == [
        {
            "supplier_id": ACME,
            "name": "Acme Cleaning Ltd",
            "change": "up",
            "points_before": 10,
            "points_after": 20,
            "band_before": "high",
            "band_after": "high",
            "statement_before": "none_found",
            "statement_after": "none_found",
        }
    ]


def test_what_changed_stands_first_and_persons_have_no_name() -> None:
    rows = records.compare(records.save(changed(points=10)), records.save(changed(points=20)))
    assert rows["change"].to_list() == ["up", "same", "same"]
    assert "Jane Example" not in str(rows.to_dicts())
    assert rows.height == 3


def test_the_command_says_in_words_what_changed() -> None:
    before, after = records.save(without(ACME)), records.save(changed(20, "current", 2025))
    done = CliRunner().invoke(riskcheck, ["compare", before, after])
    assert "new      Acme Cleaning Ltd: not in it -> 20 points, Statement found" in done.stdout


def test_an_unknown_assessment_is_refused() -> None:
    with pytest.raises(RecordError, match="no such assessment"):
        records.compare(records.save(built_in()), "0" * 12)

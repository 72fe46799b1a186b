"""CSV, JSON and Parquet: the same table in three forms."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from riskengine import report
from riskengine.report import files
from tests.assessment_factory import assessment

DANGEROUS = ["=1+1", "+44 20", "-5", "@SUM(A1)", "\ttab", "\rreturn"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_csv_cell_that_could_run_as_a_formula_is_quoted(tmp_path: Path, text: str) -> None:
    files.csv(pl.DataFrame({"text": [text]}), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["text"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["Acme = Bolt", "1-2", "£5", "'already", ""])
def test_other_csv_cells_stay_as_they_are(tmp_path: Path, text: str) -> None:
    files.csv(pl.DataFrame({"text": [text]}), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["text"], [text]]


def test_a_negative_amount_in_a_csv_stays_a_number(tmp_path: Path) -> None:
    files.csv(pl.DataFrame({"amount": ["-5.00"]}).cast(pl.Decimal(18, 2)), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8") == "amount\n-5.00\n"


def test_json_is_a_list_of_rows_with_amounts_as_numbers(tmp_path: Path) -> None:
    files.json(report.build(assessment()).suppliers, tmp_path / "t.json")
    rows = json.loads((tmp_path / "t.json").read_text("utf-8"))
    assert rows[0]["spend"] == {"paid": None, "yearly": 120000.0, "whole_contract": None, "unknown": None}
    assert rows[0]["spellings"] == ["Acme Cleaning Ltd", "ACME CLEANING LIMITED"]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    files.parquet(report.build(assessment()).lines, tmp_path / "t.parquet")
    schema = pl.read_parquet_schema(tmp_path / "t.parquet")
    assert (schema["amount"], schema["start"], schema["band"], schema["flagged"]) == (
        pl.Decimal(18, 2),
        pl.Date,
        pl.String,
        pl.Boolean,
    )


@pytest.mark.parametrize("table", ["lines", "suppliers", "findings", "set_aside"])
def test_the_three_forms_hold_the_same_rows(tmp_path: Path, table: str) -> None:
    report.write(assessment(), tmp_path, ("csv", "json", "parquet"))
    parquet = pl.read_parquet(tmp_path / f"{table}.parquet")
    with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file))
    rows = json.loads((tmp_path / f"{table}.json").read_text("utf-8"))
    assert [read[0], len(read) - 1] == [parquet.columns, parquet.height]
    assert [list(rows[0]), len(rows)] == [parquet.columns, parquet.height]

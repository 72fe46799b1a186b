"""The flow on real council files: nothing is lost, and the figures are those that another reader finds.

Needs the folder of real files named by RISKCHECK_REAL_DATA, with council/manifest.json and registry/.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from checker.cli import riskcheck
from riskengine.policy import load

FILES = [
    "contracts__exeter__contracts-register-2026-04.csv",
    "contracts__exeter__contracts-register-2026-04_mojibake-utf8.csv",
    "council__exeter__jan-2026-mar-2026-cvs.csv",
    "council__hyndburn__2020-12-cp850.csv",
    "council__hyndburn__2022-11-pcard.csv",
    "council__leeds__raw-2013-10.csv",
    "council__birmingham__publish-spend-june-2020.xls",
    "council__stockport__september-2014.xls",
    "council-odi__newcastle__2022-08.csv",
    "central__cafcass__2012_june_cafcass_spend..csv",
    "nhs__brent-ccg__NWBR_02_-_May.pdf.csv",
    "nhs__hillingdon-hospitals__HILL_00-03_-_Nov_2019_to_June_2020.xlsx",
]
TEXTS = [name for name in FILES if name.endswith(".csv")]


@dataclass(frozen=True)
class Checked:
    """What `riskcheck check` printed and wrote."""

    printed: str
    run: dict[str, Any]
    lines: pl.DataFrame
    set_aside: pl.DataFrame
    suppliers: pl.DataFrame


@pytest.fixture(scope="module")
def checked(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder, out = real_data, tmp_path_factory.mktemp("out")
    words = [*(str(folder / "council" / "files" / name) for name in FILES), "--out", str(out), "--format", "parquet"]
    words += ["--registry", str(folder / "registry" / "StatementSummaries2022.csv"), "--as-of", "2022-03-01"]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RISKCHECK_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        result = CliRunner().invoke(riskcheck, ["check", *words])
    assert (result.exit_code, result.stderr) == (0, "")
    tables = [pl.read_parquet(out / f"{name}.parquet") for name in ("lines", "set_aside", "suppliers")]
    return Checked(result.stdout, json.loads((out / "run.json").read_text("utf-8")), *tables)


@pytest.fixture(scope="module")
def manifest(real_data: Path) -> dict[str, dict[str, Any]]:
    listed = json.loads((real_data / "council" / "manifest.json").read_text("utf-8"))
    return {entry["file"]: entry for entry in listed}


def test_every_sheet_adds_up(checked: Checked) -> None:
    assert [sheet["file"] for sheet in checked.run["sheets"] if not sheet["adds_up"]] == []
    assert checked.run["totals"]["adds_up"] is True


def test_the_reconciled_totals_are_printed(checked: Checked) -> None:
    totals = checked.run["totals"]
    rows = f"{totals['rows_read']:,} read = {totals['lines']:,} assessed + {totals['set_aside']:,} set aside: adds up."
    assert rows in checked.printed
    assert len(
        re.findall(r"£[\d,.-]+ read = £[\d,.-]+ assessed \+ £[\d,.-]+ set aside: adds up\.", checked.printed)
    ) == len(checked.run["kinds"])


@pytest.mark.parametrize("name", FILES)
def test_as_many_rows_are_read_as_the_file_holds(
    name: str, real_data: Path, checked: Checked, manifest: dict[str, Any]
) -> None:
    held = {sheet["sheet"]: sheet["rows"] for sheet in manifest[name]["sheets"] if sheet["rows"]}
    sheets = [sheet for sheet in checked.run["sheets"] if sheet["file"] == name and sheet["left_out"] is None]
    blank = checked.set_aside.filter((pl.col("file") == name) & (pl.col("reason") == "blank row")).height
    assert sum(sheet["rows_read"] for sheet in sheets) - blank == sum(held.values())


@pytest.mark.parametrize("name", TEXTS)
def test_amounts_are_those_that_a_plain_csv_reader_finds(
    name: str, real_data: Path, checked: Checked, manifest: dict[str, Any]
) -> None:
    sums = plain_amounts(real_data / "council" / "files" / name, manifest[name])
    lines = checked.lines.filter(pl.col("file") == name)
    assert lines["amount"].sum() == sum(sums.get(row, Decimal(0)) for row in lines["row"])


def test_no_row_is_both_assessed_and_set_aside(checked: Checked) -> None:
    both = checked.lines.join(checked.set_aside, on=["file", "sheet", "row"], how="inner")
    assert both.height == 0


def test_every_line_belongs_to_a_supplier_of_the_table(checked: Checked) -> None:
    lines = checked.lines.group_by("supplier_id").len().sort("supplier_id")
    suppliers = checked.suppliers.select("supplier_id", "lines").sort("supplier_id")
    assert lines.rows() == suppliers.rows()


def test_names_of_likely_persons_are_withheld(checked: Checked) -> None:
    persons = checked.suppliers.filter(pl.col("supplier_id").str.starts_with("P"))
    assert persons.filter(~pl.col("name").str.starts_with("Name withheld")).height == 0


def test_the_notice_is_printed(checked: Checked) -> None:
    assert load().wording.notice in " ".join(checked.printed.split())


def plain_amounts(path: Path, entry: dict[str, Any]) -> dict[int, Decimal]:
    """Amounts by row as Python's own CSV reader finds them under the manifest's heading."""
    sheet = entry["sheets"][0]
    encoding = entry["encoding"].split()[0]  # the manifest adds a remark to some
    with path.open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file, delimiter=entry["delimiter"]))
    place = [plain(cell) for cell in rows[sheet["header_row"]]].index(plain(sheet["columns"]["amount"]))
    cells = {row: cells[place] for row, cells in enumerate(rows, start=1) if len(cells) > place}
    return {row: amount for row, cell in cells.items() if (amount := plain_amount(cell)) is not None}


def plain(heading: str) -> str:
    """A heading without its £ sign, which the manifest does not always give as it stands."""
    return heading.encode("ascii", "ignore").decode().strip()


def plain_amount(cell: str) -> Decimal | None:
    """An amount such as -1,234.50 or (£1,234.50)."""
    bare = re.sub(r"[^\d.-]", "", cell)
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        return None
    amount = round(amount, 2)
    return -amount if cell.strip().startswith("(") else amount

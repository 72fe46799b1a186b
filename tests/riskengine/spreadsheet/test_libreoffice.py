"""Lists that LibreOffice wrote, with real dates and numbers, merged headings, and text in its own encodings."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from riskengine import lines, spreadsheet
from riskengine.errors import InputError
from tests.riskengine.lists import policy

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

FILTERS = {
    "ods": "ods",
    "xls": "xls:MS Excel 97",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "html": "html",
    "csv in UTF-16": "csv:Text - txt - csv (StarCalc):44,34,65535,1",
    "csv in cp1252, with semicolons": "csv:Text - txt - csv (StarCalc):59,34,1,1",
    "tsv": "tsv:Text - txt - csv (StarCalc):9,34,76,1",
}
LINES = [
    ("Ashdown Care Ltd", date(2024, 1, 31), Decimal("1250.50"), "Home care, nights"),
    ("Élm & Co", date(2024, 2, 1), Decimal("-20.00"), 'The "best" lunch'),
    ("Rowan “Glazing” LLP", date(2024, 12, 5), Decimal("0.99"), "Two\nlines"),
]

Written = Callable[[str], Path]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The list in a format, saved by LibreOffice from a workbook of xlsxwriter."""
    folder = tmp_path_factory.mktemp("libreoffice")
    source = workbook(folder / "list.xlsx")

    def convert(filter_: str) -> Path:
        out = folder / filter_.partition(":")[0] / str(abs(hash(filter_)))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(SOFFICE), "--headless", profile, "--convert-to", filter_, "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        (path,) = out.iterdir()
        return path

    return convert


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Payments")
        day, pounds = (
            book.add_format({"num_format": "dd/mm/yyyy"}),
            book.add_format({"num_format": "£#,##0.00;[Red]-£#,##0.00"}),
        )
        sheet.write(0, 0, "Ambleford Borough Council")
        sheet.merge_range(2, 0, 3, 0, "Supplier Name")
        sheet.merge_range(2, 1, 2, 2, "Payment")
        sheet.write_row(3, 1, ["Date", "Amount"])
        sheet.merge_range(2, 3, 3, 3, "Description")
        for row, (supplier, paid, amount, description) in enumerate(LINES, start=4):
            sheet.write(row, 0, supplier)
            sheet.write_datetime(row, 1, datetime.combine(paid, time()), day)
            sheet.write_number(row, 2, float(amount), pounds)
            sheet.write(row, 3, description)
        sheet.write(8, 0, "Total")
        sheet.write_formula(8, 2, "=SUM(C5:C7)", pounds, 1231.49)
    return path


@pytest.mark.parametrize("filter_", FILTERS.values(), ids=FILTERS.keys())
def test_a_list_saved_by_libreoffice_gives_the_same_lines(filter_: str, written: Written) -> None:
    path = written(filter_)
    found = lines.read(spreadsheet.read(path, path.name), policy(), {})
    given = found.lines.select("supplier_text", "date", "amount", pl.col("description").str.replace(r"\s", " "))
    assert given.rows() == [(*line[:3], line[3].replace("\n", " ")) for line in LINES]
    assert found.set_aside["reason"].to_list() == ["blank row", "totals row"]
    assert found.intake["amount_read"].to_list() == [Decimal("1231.49")]


def test_a_flat_document_is_refused_in_a_sentence(written: Written) -> None:
    path = written("fods")
    with pytest.raises(InputError, match=r"This is an XML document, not a spreadsheet\. Save the list as CSV"):
        spreadsheet.read(path, path.name)

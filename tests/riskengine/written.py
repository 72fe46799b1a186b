"""The same fictional list written in every format, with writers other than the readers under test."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import xlsxwriter
import xlwt

from tests.riskengine import xlsb

ROWS: list[list[str | None]] = [
    ["Ambleford Borough Council", None, None, None],
    [None, None, None, None],
    ["Supplier Name", "Payment Date", "Net Amount", "Description"],
    ["Ashdown Care Ltd", "31/01/2024", "1250.50", "Home care, nights"],
    ["Élm & Co", "01/02/2024", "-20.00", 'The "best" lunch'],
    [None, None, None, None],
    ["Total", None, "1230.50", None],
]
"""Two lines, in rows 4 and 5, under a title, a blank row and headings; a blank row and a total below."""


def text(rows: list[list[str | None]], delimiter: str = ",", line_end: str = "\r\n") -> str:
    """The list as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return out.getvalue()


def delimited(encoding: str, delimiter: str, line_end: str) -> Callable[[Path], Path]:
    """A writer of delimited text."""

    def write(path: Path) -> Path:
        path.write_bytes(text(ROWS, delimiter, line_end).encode(encoding))
        return path

    return write


def xlsx(path: Path) -> Path:
    """xlsxwriter, all cells as text."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Payments")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, [cell or "" for cell in row])
    return path


def xlsm(path: Path) -> Path:
    """xlsxwriter, with a part for macros (no macro in truth: what runs it fails) and a saved value of a formula."""
    with xlsxwriter.Workbook(path) as book:
        book.add_vba_project(io.BytesIO(b"no macro"), is_stream=True)
        sheet = book.add_worksheet("Payments")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, [cell or "" for cell in row])
        sheet.write_formula(3, 2, "=1+1", value="1250.50")
    return path


def xls(path: Path) -> Path:
    """xlwt, with numbers and real dates."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Payments")
    date = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for number, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            if cell and column == 1 and cell[0].isdigit():
                sheet.write(number, column, pd.Timestamp(cell[6:] + cell[3:5] + cell[:2]).to_pydatetime(), date)
            elif cell and column == 2 and cell[-1].isdigit():
                sheet.write(number, column, float(cell))
            elif cell:
                sheet.write(number, column, cell)
    book.save(str(path))
    return path


def ods(path: Path) -> Path:
    """pandas with odfpy."""
    pd.DataFrame(ROWS).to_excel(path, engine="odf", header=False, index=False, sheet_name="Payments")
    return path


def binary(path: Path) -> Path:
    """The binary workbook of Excel."""
    return xlsb.write(path, ROWS)


def html(path: Path) -> Path:
    """pandas, as councils' systems do that call their HTML .xls."""
    table = pd.DataFrame(ROWS).to_html(header=False, index=False, na_rep="")
    path.write_text(f"<html><head><style>td {{ color: red }}</style></head><body>{table}</body></html>", "utf-8")
    return path


def xml(path: Path) -> Path:
    """The XML of Excel 2003."""
    rows = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{_escaped(cell or "")}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in ROWS
    )
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Payments"><Table>'
        f"{rows}</Table></Worksheet></Workbook>",
        "utf-8",
    )
    return path


def _escaped(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;")


def zipped(path: Path) -> Path:
    """A zip with the list, a folder, a system file and a note that is no list."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("payments/march.csv", text(ROWS))
        archive.writestr("__MACOSX/._march.csv", b"\0\1")
        archive.writestr("../../readme.pdf", b"%PDF-1.7")
    return path


WRITERS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "csv utf-8": ("list.csv", delimited("utf-8", ",", "\n")),
    "csv utf-8 with mark": ("list.csv", delimited("utf-8-sig", ",", "\r\n")),
    "csv cp1252": ("list.csv", delimited("cp1252", ",", "\r\n")),
    "csv utf-16": ("list.csv", delimited("utf-16", ",", "\r\n")),
    "csv utf-16 without mark": ("list.csv", delimited("utf-16-be", ",", "\r\n")),
    "csv carriage returns": ("list.csv", delimited("cp1252", ",", "\r")),
    "semicolons": ("list.txt", delimited("utf-8", ";", "\n")),
    "tabs": ("list.tsv", delimited("utf-16", "\t", "\r\n")),
    "pipes": ("list.txt", delimited("cp1252", "|", "\n")),
    "xlsx": ("list.xlsx", xlsx),
    "xlsx named csv": ("list.csv", xlsx),
    "csv named xls": ("list.xls", delimited("cp1252", ",", "\r\n")),
    "xlsm with a macro": ("list.xlsm", xlsm),
    "xls": ("list.xls", xls),
    "xlsb": ("list.xlsb", binary),
    "ods": ("list.ods", ods),
    "html named xls": ("list.xls", html),
    "xml named xls": ("list.xls", xml),
    "zip": ("list.zip", zipped),
}


def notices() -> list[dict[str, object]]:
    """Three fictional OCDS releases: an award to a company, one to two suppliers, and a tender that awards nothing."""
    party = {
        "id": "S1",
        "name": "Ashdown Care Ltd",
        "identifier": {"scheme": "GB-COH", "id": "01234567"},
        "address": {"postalCode": "ZZ1 1ZZ"},
    }
    award = {
        "id": "A1",
        "title": "Home care",
        "date": "2024-03-01T00:00:00Z",
        "value": {"amount": 1250000, "currency": "GBP"},
        "suppliers": [{"id": "S1", "name": "Ashdown Care Ltd"}],
        "contractPeriod": {"startDate": "2024-04-01T00:00:00Z", "endDate": "2027-03-31T23:59:59Z"},
    }
    shared = {
        "id": "A2",
        "value": {"amount": 9000.5, "currency": "GBP"},
        "suppliers": [{"name": "Elm"}, {"name": "Oak"}],
    }
    tender = {"title": "Care", "classification": {"scheme": "CPV", "id": "85311000"}}
    return [
        {"ocid": "ocds-x-1", "parties": [party], "tender": tender, "awards": [award], "buyer": {"name": "Ambleford"}},
        {"ocid": "ocds-x-2", "tender": {"title": "Lunches"}, "awards": [shared]},
        {"ocid": "ocds-x-3", "tender": {"title": "Roads"}},
    ]


NOTICE_TEXTS: dict[str, Callable[[], str]] = {
    "release package": lambda: json.dumps({"version": "1.1", "releases": notices()}),
    "record package": lambda: json.dumps({"records": [{"compiledRelease": one} for one in notices()]}),
    "records of releases": lambda: json.dumps(
        {"records": [{"releases": [{"date": "1"}, one | {"date": "2"}]} for one in notices()]}
    ),
    "list of packages": lambda: json.dumps([{"releases": [one]} for one in notices()]),
    "json lines": lambda: "\n".join(json.dumps(one) for one in notices()),
    "lines of packages": lambda: "\n".join(json.dumps({"releases": [one]}) for one in notices()),
}

"""Workbooks (xlsx, xlsm, xlsb, xls, ods): every cell as text, formulas by the value saved with them, macros never run.

openpyxl looks first at an unknown xlsx or xlsm: its sheets, whether they are visible and the range they claim. Then
calamine (through fastexcel) reads: all cells as text and no heading row, so that no row and no leading zero is lost.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import fastexcel
from openpyxl.reader.excel import ExcelReader

from riskengine.errors import InputError
from riskengine.schemas import Sheet, SourceFile
from riskengine.spreadsheet.delimited import no_cells

MOST_CELLS = 60_000_000
"""calamine lays out every cell of the used range, so one cell at XFD1048576 would ask for 17 thousand million."""

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,10})"')
_FAR_COLUMN = re.compile(rb'\br="([A-Z]{2,3})\d')
_CHUNK = 4_000_000


def sheets(path: Path, file: SourceFile) -> list[Sheet]:
    """Read every sheet. Raises InputError for a damaged, protected or oversized workbook."""
    if file.format in ("xlsx", "xlsm"):
        _look(path, file.name)
    try:
        book = fastexcel.read_excel(str(path))
        return [_sheet(book, name, position, file) for position, name in enumerate(book.sheet_names, start=1)]
    except fastexcel.FastExcelError as error:
        raise _refusal(file.name, str(error)) from error


def _sheet(book: fastexcel.ExcelReader, name: str, position: int, file: SourceFile) -> Sheet:
    try:
        loaded = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    except fastexcel.FastExcelError as error:
        if "password" in str(error).lower():
            raise
        return Sheet(file, name, no_cells(), position, notes=("The sheet holds no table of cells.",))
    cells = loaded.to_polars()
    cells = cells.rename({old: f"c{number}" for number, old in enumerate(cells.columns, start=1)})
    return Sheet(file, name, cells.with_row_index("row", 1), position, visible=loaded.visible == "visible")


def _look(path: Path, name: str) -> None:
    """Refuse a workbook whose sheets claim or hold cells far outside what a list fills."""
    try:
        reader = ExcelReader(path, read_only=True)
        reader.read_manifest()
        reader.read_workbook()
        parts = [relation.target for _, relation in reader.parser.find_sheets()]
    except Exception as error:
        raise InputError(
            name, "The workbook is damaged and can't be read.", "Open it in Excel, save it again and hand in that file."
        ) from error
    with zipfile.ZipFile(path) as archive:
        for part in parts:
            if part in archive.NameToInfo and "chartsheet" not in part:
                _check_range(archive, part, name)


def _check_range(archive: zipfile.ZipFile, part: str, name: str) -> None:
    rows = columns = 1
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            chunk = rest + chunk
            rows = max(rows, max(map(int, _ROW.findall(chunk)), default=1))
            columns = max(columns, max(map(_column, set(_FAR_COLUMN.findall(chunk))), default=26))
            rest = chunk[-300:]
            if rows * columns > MOST_CELLS:
                raise InputError(
                    name,
                    f"A sheet spreads over {rows:,} rows and {columns:,} columns, more than can be read.",
                    "Delete the empty rows and columns around the list and save it again.",
                )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refusal(name: str, error: str) -> InputError:
    if "password" in error.lower() or "encrypt" in error.lower():
        return InputError(
            name, "The workbook is protected by a password.", "Remove the password in Excel and save it again."
        )
    return InputError(
        name, "The workbook is damaged and can't be read.", "Open it in Excel, save it again and hand in that file."
    )

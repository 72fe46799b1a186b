"""Workbooks (xlsx, xlsm, xlsb, xls, ods): every cell as text, formulas by the value saved with them, macros never run.

openpyxl looks first at an unknown xlsx or xlsm: its sheets, whether they are visible and the range they claim. Then
calamine (through fastexcel) reads: all cells as text and no heading row, so that no row and no leading zero is lost.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from pathlib import Path

import fastexcel
from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from riskengine.errors import InputError
from riskengine.schemas import Sheet, SourceFile
from riskengine.spreadsheet.delimited import no_cells

MOST_CELLS = 60_000_000
"""calamine lays out every cell of the used range, so one cell at XFD1048576 would ask for 17 thousand million."""
_SEARCHED = 32 * 1024**2
"""Sheets up to this many bytes are searched for far cells; in a larger one the range it claims is believed, and the
guarded child process bears a lie."""
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,10})"')
_FAR_COLUMN = re.compile(rb'\br="([A-Z]{2,3})\d')
_DAMAGED = "The workbook is damaged and can't be read."
_SAVE_AGAIN = "Open it in Excel, save it again and hand in that file."


def sheets(path: Path, file: SourceFile) -> list[Sheet]:
    """Read every sheet. Raises InputError for a damaged, protected or oversized workbook."""
    try:
        if file.format in ("xlsx", "xlsm"):
            _look(path, file.name)
        book = fastexcel.read_excel(str(path))
        return [_sheet(book, name, position, file) for position, name in enumerate(book.sheet_names, start=1)]
    except fastexcel.FastExcelError as error:
        raise _refusal(file.name, str(error)) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise InputError(file.name, _DAMAGED, _SAVE_AGAIN) from error


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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = _opened(path, name)
    with zipfile.ZipFile(path) as archive:
        for sheet in book.worksheets:
            part = archive.getinfo(sheet._worksheet_path)
            rows, columns = _claimed(sheet)
            if part.file_size <= _SEARCHED:
                rows, columns = _searched(archive.read(part))
            if rows * columns > MOST_CELLS:
                raise InputError(
                    name,
                    f'Sheet "{sheet.title}" spreads over {rows:,} rows and {columns:,} columns, more than can be read.',
                    "Delete the empty rows and columns around the list and save it again.",
                )


def _opened(path: Path, name: str) -> Workbook:
    """The workbook as openpyxl sees it, without its texts and cells."""
    try:
        reader = ExcelReader(path, read_only=True, keep_links=False)
        reader.read_manifest()
        reader.shared_strings = []
        reader.read_workbook()
        reader.read_worksheets()
    except Exception as error:
        raise InputError(name, _DAMAGED, _SAVE_AGAIN) from error
    return reader.wb


def _claimed(sheet: ReadOnlyWorksheet) -> tuple[int, int]:
    return sheet.max_row or 1, sheet.max_column or 1


def _searched(cells: bytes) -> tuple[int, int]:
    rows = max(map(int, _ROW.findall(cells)), default=1)
    return rows, max(map(_column, set(_FAR_COLUMN.findall(cells))), default=26)


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
    return InputError(name, _DAMAGED, _SAVE_AGAIN)

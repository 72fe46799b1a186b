"""Workbooks (xlsx, xlsm, xlsb, xls, ods): every cell as text, formulas by the value saved with them, macros never run.

The range that the sheets fill is looked at first (ranges.py). Then calamine (through fastexcel) reads all cells as text
and without a heading row, so that no row and no leading zero is lost.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fastexcel

from riskengine.errors import InputError
from riskengine.schemas import Sheet, SourceFile
from riskengine.spreadsheet import ranges
from riskengine.spreadsheet.archives import BROKEN
from riskengine.spreadsheet.delimited import no_cells
from riskengine.spreadsheet.ranges import DAMAGED, SAVE_AGAIN


def sheets(path: Path, file: SourceFile) -> list[Sheet]:
    """Read every sheet. Raises InputError for a damaged, protected or oversized workbook."""
    try:
        merged = ranges.check(path, file)
        book = fastexcel.read_excel(str(path))
        found = [_sheet(book, name, position, file) for position, name in enumerate(book.sheet_names, start=1)]
        return [replace(sheet, merged=merged.get(sheet.name, ())) for sheet in found]
    except fastexcel.FastExcelError as error:
        raise _refusal(file.name, str(error)) from error
    except BROKEN as error:
        raise InputError(file.name, DAMAGED, SAVE_AGAIN) from error


def _sheet(book: fastexcel.ExcelReader, name: str, position: int, file: SourceFile) -> Sheet:
    try:
        loaded = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    except fastexcel.FastExcelError as error:
        if "password" in str(error).lower():
            raise
        return Sheet(
            file, name, no_cells(), position, notes=("The sheet can't be read: it is damaged or holds a chart.",)
        )
    cells = loaded.to_polars()
    cells = cells.rename({old: f"c{number}" for number, old in enumerate(cells.columns, start=1)})
    return Sheet(file, name, cells.with_row_index("row", 1), position, visible=loaded.visible == "visible")


def _refusal(name: str, error: str) -> InputError:
    if "password" in error.lower() or "encrypt" in error.lower():
        return InputError(
            name, "The workbook is protected by a password.", "Remove the password in Excel and save it again."
        )
    if "cell limit" in error.lower():
        return InputError(name, "A sheet spreads over more cells than can be read.", ranges.DELETE_EMPTY)
    return InputError(name, DAMAGED, SAVE_AGAIN)

"""Workbooks (xlsx, xlsm, xlsb, xls, ods): every cell as text, formulas by the value saved with them, macros never run.

openpyxl looks first at an unknown xlsx or xlsm: its sheets, whether they are visible and the range they claim. Then
calamine (through fastexcel) reads: all cells as text and no heading row, so that no row and no leading zero is lost.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import fastexcel
from openpyxl.reader.excel import ExcelReader

from riskengine.errors import InputError
from riskengine.schemas import Sheet, SourceFile
from riskengine.spreadsheet.archives import BROKEN
from riskengine.spreadsheet.delimited import no_cells

MOST_CELLS = 60_000_000
"""calamine lays out every cell of the used range, so one cell at XFD1048576 would ask for 17 thousand million."""
_SEARCHED = 32 * 1024**2
"""Sheets up to this many bytes are searched for far cells; in a larger one the range it claims is believed, and the
guarded child process bears a lie."""
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,10})"')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]{0,200}?\bref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
_HEAD = 4_096
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
    except BROKEN as error:
        raise InputError(file.name, _DAMAGED, _SAVE_AGAIN) from error


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


def _look(path: Path, name: str) -> None:
    """Refuse a workbook whose sheets claim or hold cells far outside what a list fills."""
    for title, part, size, head in _parts(path, name):
        rows, columns = _searched(part) if size <= _SEARCHED else _claimed(head)
        if rows * columns > MOST_CELLS:
            raise InputError(
                name,
                f'Sheet "{title}" spreads over {rows:,} rows and {columns:,} columns, more than can be read.',
                "Delete the empty rows and columns around the list and save it again.",
            )


def _parts(path: Path, name: str) -> Iterator[tuple[str, bytes, int, bytes]]:
    """Of each sheet its title, its bytes (none when large), their number and the first of them."""
    try:
        with path.open("rb") as content, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = ExcelReader(content, read_only=True, keep_links=False)
            reader.read_manifest()
            reader.read_workbook()
            for sheet, relation in reader.parser.find_sheets():
                held = reader.archive.NameToInfo.get(relation.target)
                if held is not None and "chartsheet" not in relation.Type:
                    with reader.archive.open(held) as part:
                        head = part.read(_HEAD)
                        rest = part.read() if held.file_size <= _SEARCHED else b""
                    yield sheet.name, head + rest, held.file_size, head
    except InputError:
        raise
    except Exception as error:
        raise InputError(name, _DAMAGED, _SAVE_AGAIN) from error


def _claimed(head: bytes) -> tuple[int, int]:
    found = _DIMENSION.search(head)
    return (int(found[2]), _column(found[1])) if found else (1, 1)


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

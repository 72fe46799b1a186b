"""How far the sheets of a workbook reach, told before calamine reads them: it lays out every cell of the used range.

openpyxl finds the sheets of xlsx and xlsm, whose rows and columns are searched. An xlsb is believed what it claims;
calamine itself limits an ods; an xls can't reach far. On the way it is noted which cells of an xlsx or xls are merged
over several rows, which fastexcel does not tell; those of an ods are told by spans.py.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from python_calamine import CalamineError, CalamineWorkbook

from riskengine.errors import InputError
from riskengine.schemas import SourceFile
from riskengine.spreadsheet import spans
from riskengine.spreadsheet.archives import BROKEN
from riskengine.spreadsheet.spans import Merges

MOST_CELLS = 60_000_000
"""One cell at XFD1048576 would have 17 thousand million laid out."""
DELETE_EMPTY = "Delete the empty rows and columns around the list and save it again."
DAMAGED = "The workbook is damaged and can't be read."
SAVE_AGAIN = "Open it in Excel, save it again and hand in that file."
_SEARCHED = 32 * 1024**2
"""Sheets up to this many bytes are searched for far cells; in a larger one the range it claims is believed, and the
guarded child process bears a lie."""
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,10})"')
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]{0,200}?\bref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
_HEAD = 4_096
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]{0,200}?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_VALUED = re.compile(rb'<(?:\w+:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})\d{1,7}"[^>/]{0,200}>')
_MOST_MERGES = 100_000
_LAST_ROW = 1_048_576
_FAR_COLUMN = re.compile(rb'\br="([A-Z]{2,3})\d')
_BINARY_DIMENSION = 148
"""BrtWsDim of [MS-XLSB]: first and last row, first and last column, counted from 0."""


def check(path: Path, file: SourceFile) -> dict[str, Merges]:
    """The cells of each sheet that are merged downwards, where the format tells it.

    Raises InputError for a workbook whose sheets claim or hold cells far outside what a list fills.
    """
    found = {"xlsx": _written, "xlsm": _written, "xlsb": _binary, "xls": _old}.get(file.format)
    if file.format == "ods":
        return dict(spans.merged(path))
    merged = {}
    for title, rows, columns, merges in found(path, file.name) if found else ():
        if rows * columns > MOST_CELLS:
            wrong = f'Sheet "{title}" spreads over {rows:,} rows and {columns:,} columns, more than can be read.'
            raise InputError(file.name, wrong, DELETE_EMPTY)
        merged[title] = merges
    return merged


def _written(path: Path, name: str) -> Iterator[tuple[str, int, int, Merges]]:
    for title, part, size, head in _parts(path, name):
        yield title, *(_searched(part) if size <= _SEARCHED else _claimed(head)), _merged(part)


def _merged(cells: bytes) -> Merges:
    """Columns are counted from the first that holds a value, where calamine begins."""
    start = cells.rfind(b"mergeCells", 0, max(cells.rfind(b"mergeCells"), 0))
    found = _MERGED.findall(cells, start)[:_MOST_MERGES] if start >= 0 else []
    ranges = [(_column(left), int(first), int(last)) for left, first, last in found]
    downwards = [one for one in ranges if one[1] < one[2] <= _LAST_ROW]
    if not downwards:
        return ()
    before = min(map(_column, set(_VALUED.findall(cells))), default=1) - 1
    return tuple((column - before, first, last) for column, first, last in downwards)


def _binary(path: Path, name: str) -> Iterator[tuple[str, int, int, Merges]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".bin"):
                    with archive.open(part) as sheet:
                        yield Path(part).stem, *_claimed_in_binary(sheet.read(_HEAD)), ()
    except BROKEN as error:
        raise InputError(name, DAMAGED, SAVE_AGAIN) from error


def _old(path: Path, name: str) -> Iterator[tuple[str, int, int, Merges]]:
    """Of an xls that can't be read nothing is told here: who reads its cells tells why."""
    del name
    try:
        book = CalamineWorkbook.from_path(path)
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            ranges = sheet.merged_cell_ranges or []
            before = (sheet.start or (0, 0))[1]
            merges = ((left - before + 1, top + 1, bottom + 1) for (top, left), (bottom, _) in ranges)
            yield title, sheet.total_height, sheet.total_width, tuple(one for one in merges if one[1] < one[2])
    except CalamineError:
        return


def _claimed_in_binary(head: bytes) -> tuple[int, int]:
    """From the record of the used range: a record is its number, its length and its bytes."""
    at = 0
    while at < len(head) - 20:
        number, at = _small_number(head, at)
        length, at = _small_number(head, at)
        if number == _BINARY_DIMENSION:
            _, last_row, _, last_column = struct.unpack_from("<IIII", head.ljust(at + 16, b"\0"), at)
            return last_row + 1, last_column + 1
        at += length
    return 1, 1


def _small_number(content: bytes, at: int) -> tuple[int, int]:
    """A number in seven bits a byte, the eighth bit set but in the last, and the place after it."""
    number = shift = 0
    for place in range(at, min(at + 4, len(content))):
        number |= (content[place] & 0x7F) << shift
        shift += 7
        if content[place] < 0x80:
            return number, place + 1
    return number, at + 4


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
        raise InputError(name, DAMAGED, SAVE_AGAIN) from error


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

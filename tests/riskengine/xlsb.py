"""A writer of just enough xlsb (Excel's binary workbook) for tests; no Python library writes it.

Record numbers and layouts from Microsoft's [MS-XLSB]: a record is its number, its length and its bytes.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

_CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>"""
_RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
 Target="{target}"/></Relationships>"""
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET = 131, 132, 143, 144, 156
_BEGIN_SHEET, _END_SHEET, _BEGIN_DATA, _END_DATA, _DIMENSION = 129, 130, 145, 146, 148
_ROW, _BLANK, _REAL, _TEXT = 0, 1, 5, 6


def write(
    path: Path,
    rows: Sequence[Sequence[str | float | None]],
    name: str = "Payments",
    reach: tuple[int, int] | None = None,
) -> Path:
    """Write one sheet of texts and numbers; `reach` is a last row and column (from 0) that it claims to fill."""
    sheet = _record(_SHEET, struct.pack("<II", 0, 1) + _text("rId1") + _text(name))
    book = _record(_BEGIN_BOOK) + _record(_BEGIN_SHEETS) + sheet + _record(_END_SHEETS) + _record(_END_BOOK)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin")
        )
        archive.writestr("xl/worksheets/sheet1.bin", _cells(rows, reach))
    return path


def _cells(rows: Sequence[Sequence[str | float | None]], reach: tuple[int, int] | None) -> bytes:
    last_row, last_column = reach or (len(rows) - 1, max(len(row) for row in rows) - 1)
    out = _record(_BEGIN_SHEET) + _record(_DIMENSION, struct.pack("<IIII", 0, last_row, 0, last_column))
    out += _record(_BEGIN_DATA)
    for number, row in enumerate(rows):
        out += _record(_ROW, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                out += _record(_TEXT, place + _text(value))
            elif value is not None:
                out += _record(_REAL, place + struct.pack("<d", value))
    return out + _record(_END_DATA) + _record(_END_SHEET)


def _record(number: int, content: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    length = len(content)
    size = b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")

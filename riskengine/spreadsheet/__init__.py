"""Step 1: a file's bytes become Sheets, every cell as text, with sheet name and row number kept."""

from __future__ import annotations

import hashlib
import mmap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import polars as pl

from riskengine.errors import InputError
from riskengine.schemas import Sheet, SourceFile
from riskengine.spreadsheet import archives, delimited, encodings, markup, notices, workbooks
from riskengine.spreadsheet.contents import format_of

TEXT_SHEET = "(text)"
"""The name of the one sheet of a text file."""
_FORMATS = {",": "csv", ";": "csv (semicolon)", "\t": "tsv", "|": "txt (pipe)"}


def read(path: Path, name: str) -> list[Sheet]:
    """Read the file at `path`, which the user knows as `name`, into one Sheet a sheet.

    The format is told from the content, never from the extension: CSV and its like, xlsx, xlsm, xlsb, xls, ods, HTML
    tables, OCDS JSON, and a zip of these. Formulas are read by the value saved with them; macros are never run.
    Raises InputError with one sentence for a file that is empty, damaged, protected, too large or not a spreadsheet.
    """
    if not path.is_file():
        raise InputError(name, "There is no such file.", "Check its name and folder; a folder can't be handed in.")
    kind = format_of(path, name)
    if kind == "zip":
        return _archive(path, name)
    reader = {"text": _text, "html": _markup, "json": _notices}.get(kind, _workbook)
    with ThreadPoolExecutor(1) as pool:
        sha256 = pool.submit(_sha256, path)
        sheets = reader(path, SourceFile(name, "", path.stat().st_size, kind))
    return [replace(sheet, file=replace(sheet.file, sha256=sha256.result())) for sheet in sheets]


def _sha256(path: Path) -> str:
    """In one step, because each further one may wait for the thread that reads."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return hashlib.sha256(content).hexdigest()


def _workbook(path: Path, file: SourceFile) -> list[Sheet]:
    if file.format != "xls":
        archives.check(path, file.name)
    return workbooks.sheets(path, file)


def _archive(path: Path, name: str) -> list[Sheet]:
    """The sheets of all files in a zip; a file in it that can't be used is an empty sheet that says why."""
    sheets: list[Sheet] = []
    with archives.unpacked(path, name) as files:
        for inner, inner_name in files:
            try:
                sheets += _inner(inner, inner_name)
            except InputError as error:
                sheets.append(_unusable(inner, error))
    if all(sheet.cells.is_empty() for sheet in sheets):
        told = "; ".join(note for sheet in sheets[:3] for note in sheet.notes)
        raise InputError(name, f"No file in the zip can be used: {told}", "Hand in the lists themselves.")
    return sheets


def _inner(path: Path, name: str) -> list[Sheet]:
    if format_of(path, name) == "zip":
        raise InputError(name, "This is a zip within a zip.", "Unpack it and hand in the files in it.")
    return read(path, name)


def _unusable(path: Path, error: InputError) -> Sheet:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    file = SourceFile(name=error.file, sha256=sha256, size=path.stat().st_size, format="unknown")
    return Sheet(file, TEXT_SHEET, delimited.no_cells(), notes=(f"{error.wrong} {error.advice}",))


def _text(path: Path, file: SourceFile) -> list[Sheet]:
    with path.open("rb") as opened:
        text = encodings.Text(opened)
        try:
            cells, delimiter, mended = delimited.grid(text)
        except delimited.TooWideError as error:
            raise InputError(
                file.name,
                f"A line holds {error} cells, more than any list.",
                "Check that the file is a list of contracts.",
            ) from error
    file = replace(file, format=_FORMATS[delimiter], encoding=text.encoding)
    return [Sheet(file, TEXT_SHEET, cells, notes=(*text.notes, *mended))]


def _markup(path: Path, file: SourceFile) -> list[Sheet]:
    content, encoding, _ = encodings.to_utf8(path.read_bytes())
    file = replace(file, encoding=encoding)
    found = [
        Sheet(file, table.name, _cells(table.rows, file.name), position, merged=tuple(table.merged))
        for position, table in enumerate(markup.tables(content.decode("utf-8", "replace")), start=1)
    ]
    if not found:
        raise InputError(file.name, "The page holds no table.", "Save the list as CSV or XLSX and hand that in.")
    return found


def _notices(path: Path, file: SourceFile) -> list[Sheet]:
    content, encoding, _ = encodings.to_utf8(path.read_bytes())
    try:
        rows, notes = notices.rows(content.decode("utf-8", "replace"))
    except notices.NotNoticesError as error:
        raise InputError(file.name, str(error), "Hand in an OCDS release or record package, CSV or XLSX.") from error
    cells = _cells(rows, file.name)
    return [Sheet(replace(file, format="ocds", encoding=encoding), TEXT_SHEET, cells, notes=tuple(notes))]


def _cells(rows: list[list[str | None]], name: str) -> pl.DataFrame:
    try:
        return delimited.cells(rows)
    except delimited.TooWideError as error:
        raise InputError(
            name, f"A row holds {error} cells, more than any list.", "Check that the file is a list of contracts."
        ) from error

"""Step 1: a file's bytes become Sheets, every cell as text, with sheet name and row number kept."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from riskengine.errors import InputError
from riskengine.schemas import Sheet, SourceFile
from riskengine.spreadsheet import delimited, encodings, workbooks
from riskengine.spreadsheet.contents import format_of

TEXT_SHEET = "(text)"
"""The name of the one sheet of a text file."""


def read(path: Path, name: str) -> list[Sheet]:
    """Read the file at `path`, which the user knows as `name`, into one Sheet a sheet.

    The format is told from the content, never from the extension. Formulas are read by the value saved with them.
    Raises InputError with one sentence for a file that is empty, damaged, protected, too large or not a spreadsheet.
    """
    if not path.is_file():
        raise InputError(name, "There is no such file.", "Check its name and folder.")
    kind = format_of(path, name)
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    file = SourceFile(name=name, sha256=sha256, size=path.stat().st_size, format=kind)
    if kind == "text":
        return _text(path, file)
    return workbooks.sheets(path, file)


def _text(path: Path, file: SourceFile) -> list[Sheet]:
    text, encoding, notes = encodings.to_utf8(path.read_bytes())
    try:
        cells, delimiter, mended = delimited.grid(text)
    except delimited.TooWideError as error:
        raise InputError(
            file.name, f"A line holds {error} cells, more than any list.", "Check that the file is a list of contracts."
        ) from error
    formats = {",": "csv", ";": "csv (semicolon)", "\t": "tsv", "|": "txt (pipe)"}
    file = replace(file, format=formats[delimiter], encoding=encoding)
    return [replace(Sheet(file, TEXT_SHEET, cells), notes=(*notes, *mended))]

"""Untrusted files are read in a child process with a limit on memory and time, so that none can take the app down.

The child hands its sheets back as Arrow files in a folder of its own. calamine aborts its whole process on some
hostile workbooks, which no exception handler can catch; the child may die of it, the app tells so in one sentence.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from checker import guard
from riskengine import spreadsheet
from riskengine.errors import InputError
from riskengine.schemas import Sheet, SourceFile

MEMORY = 4 * 1024**3
"""Bytes of address space of the child (on systems that can limit it): four times what a million-row workbook took."""
SECONDS = 180
"""Time to read one file; a million-row workbook took ten seconds."""
LARGEST_FILE = 500 * 1024**2
"""Bytes of a file; the largest published list seen had 5 million bytes, a national one may have 300."""
_REFUSED = 3
_SHEETS, _ERROR = "sheets.json", "error.json"


def read(path: Path, name: str | None = None) -> list[Sheet]:
    """Read the file at `path`, which the user knows as `name`, in a guarded child process.

    Raises InputError, in one sentence, for every file that can't be used or goes over the limits.
    """
    name = name or path.name
    if not path.is_file():
        raise InputError(name, "There is no such file.", "Check its name and folder; a folder can't be handed in.")
    if path.stat().st_size > LARGEST_FILE:
        raise InputError(
            name, f"The file is larger than {LARGEST_FILE // 1024**2} MB.", "Split it and hand in the parts together."
        )
    with tempfile.TemporaryDirectory(prefix="riskcheck-") as folder:
        _run(path, name, Path(folder))
        return _handed_back(Path(folder))


def _run(path: Path, name: str, folder: Path) -> None:
    try:
        status = guard.run("checker.reading", [str(path.resolve()), name, str(folder), str(MEMORY)], SECONDS)
    except guard.TookTooLongError:
        raise InputError(
            name, f"Reading the file took longer than {SECONDS // 60} minutes.", "Split it and hand in the parts."
        ) from None
    if status == _REFUSED:
        raise _refusal(folder)
    if status != 0:
        raise InputError(
            name,
            f"Reading the file asked for more than the {MEMORY // 1024**3} GB of memory a file may take, or broke off.",
            "Open it, delete empty rows and columns, save it as CSV and hand that in.",
        )


def _handed_back(folder: Path) -> list[Sheet]:
    sheets = json.loads((folder / _SHEETS).read_text("utf-8"))
    return [_sheet(entry, pl.read_ipc(folder / f"{number}.arrow")) for number, entry in enumerate(sheets)]


def _sheet(entry: dict[str, Any], cells: pl.DataFrame) -> Sheet:
    file, notes = SourceFile(**entry.pop("file")), tuple(entry.pop("notes"))
    merged = tuple((column, first, last) for column, first, last in entry.pop("merged"))
    return Sheet(file=file, cells=cells, notes=notes, merged=merged, **entry)


def _refusal(folder: Path) -> InputError:
    told = json.loads((folder / _ERROR).read_text("utf-8"))
    return InputError(told["file"], told["wrong"], told["advice"], sheet=told["sheet"], row=told["row"])


# ---- in the child -----------------------------------------------------------------------------------------------


def _child(path: Path, name: str, folder: Path, memory: int) -> int:
    guard.limit_memory(memory)
    try:
        _hand_back(spreadsheet.read(path, name), folder)
    except InputError as error:
        told = {key: getattr(error, key) for key in ("file", "wrong", "advice", "sheet", "row")}
        (folder / _ERROR).write_text(json.dumps(told), "utf-8")
        return _REFUSED
    return 0


def _hand_back(sheets: Sequence[Sheet], folder: Path) -> None:
    entries = []
    for number, sheet in enumerate(sheets):
        sheet.cells.write_ipc(folder / f"{number}.arrow")
        kept = {"name": sheet.name, "position": sheet.position, "visible": sheet.visible, "notes": sheet.notes}
        kept["merged"] = sheet.merged
        entries.append({"file": asdict(sheet.file), **kept})
    (folder / _SHEETS).write_text(json.dumps(entries), "utf-8")


if __name__ == "__main__":
    sys.exit(_child(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))

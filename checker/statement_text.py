"""The text of a published statement, read in a guarded child process, so that no PDF can take the app down.

This module is the child too, and imports little, so that its memory is that of the statement.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from checker import guard
from registries import statement_document
from registries.errors import RegisterFileError

MEMORY = 1024**3
"""Bytes of address space of the child: several times what a PDF of 200 pages full of text took."""
SECONDS = 60
"""Time to read one statement, many times what 200 pages full of text took."""
_REFUSED = 3
_PAGES, _ERROR = "pages.json", "error.json"
_CUT = "Cut the statement out of it, or open it yourself."


def pages(path: Path, name: str | None = None) -> tuple[str, ...]:
    """The text of each page of a statement kept as a file. Raises RegisterFileError, in one sentence."""
    name = name or path.name
    with tempfile.TemporaryDirectory(prefix="riskcheck-") as folder:
        try:
            arguments = [str(path.resolve()), name, folder, str(MEMORY)]
            status = guard.run("checker.statement_text", arguments, SECONDS)
        except guard.TookTooLongError:
            wrong = f"reading the statement took longer than {SECONDS:g} seconds."
            raise RegisterFileError(name, wrong, _CUT) from None
        if status == _REFUSED:
            raise RegisterFileError(*json.loads((Path(folder) / _ERROR).read_text("utf-8")))
        if status != 0:
            wrong = f"reading the statement asked for more than {MEMORY // 1024**2:,} MB of memory, or broke off."
            raise RegisterFileError(name, wrong, _CUT)
        return tuple(json.loads((Path(folder) / _PAGES).read_text("utf-8")))


def pages_of(name: str, content: bytes) -> tuple[str, ...]:
    """The text of each page of a statement whose content was handed in. Raises RegisterFileError."""
    with tempfile.TemporaryDirectory(prefix="riskcheck-") as folder:
        path = Path(folder) / "statement"
        path.write_bytes(content)
        return pages(path, name)


# ---- in the child -----------------------------------------------------------------------------------------------


def _child(path: Path, name: str, folder: Path, memory: int) -> int:
    guard.limit_memory(memory)
    try:
        found = statement_document.read(path, name)
    except RegisterFileError as error:
        (folder / _ERROR).write_text(json.dumps([error.file, error.wrong, error.advice]), "utf-8")
        return _REFUSED
    (folder / _PAGES).write_text(json.dumps(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(_child(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])))

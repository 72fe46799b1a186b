"""Small lists for tests of reading: rows of cells as a sheet, and a sheet understood by the built-in policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256

from riskengine import lines
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.lines import LinesPolicy
from riskengine.schemas import LinesRead, Sheet, SourceFile
from riskengine.spreadsheet import delimited

HEADINGS = ("Supplier Name", "Net Amount", "Payment Date", "Description", "Directorate", "Transaction Number")
LINE = ("Ashdown Care Ltd", "1,250.00", "31/01/2024", "Home care", "Adults", "T1")

Rows = Sequence[Sequence[str | None]]


@cache
def policy() -> LinesPolicy:
    """The built-in policy of the step."""
    return LinesPolicy.load(Folder(BUILT_IN, None))


def sheet(rows: Rows, name: str = "Sheet1", file: str = "list.xlsx", **kinds: object) -> Sheet:
    """A sheet that holds `rows` from its first row on."""
    digest = sha256(file.encode()).hexdigest()
    return Sheet(SourceFile(file, digest, 1, "xlsx"), name, delimited.cells(rows), **kinds)  # type: ignore[arg-type]


def read(*sheets: Sheet, mapping: Mapping[str, str] | None = None) -> LinesRead:
    """What step `lines` makes of the sheets, whether or not they hold lines."""
    return lines.understand(sheets, policy(), mapping or {})


def fields(found: LinesRead) -> dict[str, str | None]:
    """The heading that each field was taken from."""
    return {row["field"]: row["heading"] for row in found.headings.iter_rows(named=True) if row["field"]}


def column(found: LinesRead, name: str) -> list[object]:
    """One column of the lines."""
    return found.lines[name].to_list()


def one_column(heading: str, values: Sequence[str], name: str) -> list[object]:
    """What a column under `heading`, beside suppliers, is read as."""
    rows = [("Supplier Name", heading), *((f"Supplier {at} Ltd", value) for at, value in enumerate(values))]
    return column(read(sheet(rows)), name)

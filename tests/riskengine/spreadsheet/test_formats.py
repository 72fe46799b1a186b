"""Every format that councils publish in gives the same lines, whatever its extension."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from riskengine import lines, spreadsheet
from tests.riskengine.lists import policy
from tests.riskengine.written import WRITERS


@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_gives_the_same_lines(kind: str, tmp_path: Path) -> None:
    name, write = WRITERS[kind]
    found = lines.read(spreadsheet.read(write(tmp_path / name), name), policy(), {})
    assert found.lines.select("row", "supplier_text", "date", "amount", "description").rows() == [
        (4, "Ashdown Care Ltd", date(2024, 1, 31), Decimal("1250.50"), "Home care, nights"),
        (5, "Élm & Co", date(2024, 2, 1), Decimal("-20.00"), 'The "best" lunch'),
    ]
    assert found.set_aside["reason"].to_list() == ["blank row", "totals row"]


def test_files_of_a_zip_keep_their_names_and_a_useless_one_says_why(tmp_path: Path) -> None:
    sheets = spreadsheet.read(WRITERS["zip"][1](tmp_path / "a.zip"), "a.zip")
    assert [sheet.file.name for sheet in sheets] == ["a.zip/march.csv", "a.zip/readme.pdf"]
    assert sheets[1].notes[0].startswith("This is a PDF, not a spreadsheet.")


def test_a_workbook_with_macros_is_told_by_its_parts(tmp_path: Path) -> None:
    assert spreadsheet.read(WRITERS["xlsm with a macro"][1](tmp_path / "a.xlsx"), "a.xlsx")[0].file.format == "xlsm"


def test_source_file_facts(tmp_path: Path) -> None:
    path = WRITERS["csv cp1252"][1](tmp_path / "list.csv")
    file = spreadsheet.read(path, "my list.csv")[0].file
    assert (file.name, file.format, file.encoding, file.size) == ("my list.csv", "csv", "cp1252", path.stat().st_size)
    assert len(file.sha256) == 64

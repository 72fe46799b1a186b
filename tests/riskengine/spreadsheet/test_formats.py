"""Every format that councils publish in gives the same lines, whatever its extension."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from riskengine import lines, spreadsheet
from riskengine.errors import InputError
from tests.riskengine.lists import policy
from tests.riskengine.written import NOTICE_TEXTS, WRITERS, notices


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


@pytest.mark.parametrize("kind", NOTICE_TEXTS)
def test_contract_notices(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "notices.json"
    path.write_text(NOTICE_TEXTS[kind](), "utf-8")
    found = lines.read(spreadsheet.read(path, path.name), policy(), {})
    assert found.lines["supplier_text"].to_list() == ["Ashdown Care Ltd", "Elm", "Oak"]
    assert found.lines["amount"].to_list() == [Decimal(1250000), Decimal("9000.50"), None]
    first = found.lines.row(0, named=True)
    assert (first["start"], first["end"], first["date"]) == (date(2024, 4, 1), date(2027, 3, 31), date(2024, 3, 1))
    assert (first["company_number"], first["cpv"], first["reference"]) == ("01234567", "85311000", "ocds-x-1")
    assert first["amount_kind"] == "whole_contract"
    assert "1 of them award nothing" in " ".join(found.intake["notes"][0])


def test_an_award_that_a_later_notice_holds_again_is_one_line(tmp_path: Path) -> None:
    first, *others = notices()
    changed = {
        **first["awards"][0],
        "value": {"amount": 1300000, "currency": "GBP"},
        "description": "Care\u2028at night",
    }
    later = {**first, "date": "2024-06-20T10:00:00Z", "awards": [changed]}
    releases = [later, {**first, "date": "2024-03-01T00:00:00Z"}, *others]
    path = tmp_path / "notices.jsonl"
    path.write_text("\n".join(json.dumps(release, ensure_ascii=False) for release in releases), "utf-8")
    found = lines.read(spreadsheet.read(path, path.name), policy(), {})
    assert found.lines["amount"].to_list() == [Decimal(1300000), Decimal("9000.50"), None]
    assert "a later notice holds again, read from that alone: 1." in " ".join(found.intake["notes"][0])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1}', "holds no OCDS releases"),
        ('{"releases": [', "not valid JSON"),
        ("[" * 100_000, "nested too deeply|not valid JSON"),
    ],
    ids=["other json", "cut short", "nested"],
)
def test_json_that_holds_no_notices(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "notices.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=sentence):
        spreadsheet.read(path, path.name)


def test_source_file_facts(tmp_path: Path) -> None:
    path = WRITERS["csv cp1252"][1](tmp_path / "list.csv")
    file = spreadsheet.read(path, "my list.csv")[0].file
    assert (file.name, file.format, file.encoding, file.size) == ("my list.csv", "csv", "cp1252", path.stat().st_size)
    assert len(file.sha256) == 64

"""Companies House's monthly data: from the zipped file to a snapshot that can be scanned."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from registries import companies_house
from registries.errors import MissingColumnsError, RegisterFileError

HEADINGS = [
    "CompanyName",
    " CompanyNumber",
    "RegAddress.PostCode",
    "CompanyCategory",
    "CompanyStatus",
    "IncorporationDate",
    "Accounts.NextDueDate",
    "Accounts.LastMadeUpDate",
    "Accounts.AccountCategory",
    *(f"SICCode.SicText_{number}" for number in range(1, 5)),
    *(f" PreviousName_{number}.CompanyName" for number in range(1, 11)),
]
ROW = {
    "CompanyName": "TARNLEIGH HOMECARE LIMITED",
    " CompanyNumber": "99100011",
    "RegAddress.PostCode": "ZZ97 1AA",
    "CompanyCategory": "Private Limited Company",
    "CompanyStatus": "Active",
    "IncorporationDate": "03/02/2011",
    "Accounts.NextDueDate": "31/12/2026",
    "Accounts.LastMadeUpDate": "31/03/2025",
    "Accounts.AccountCategory": "FULL",
    "SICCode.SicText_1": "88100 - Social work activities without accommodation for the elderly and disabled",
    "SICCode.SicText_2": "1110 - Growing of cereals",
    "SICCode.SicText_3": "None Supplied",
    " PreviousName_1.CompanyName": "TARNLEIGH CARE, LIMITED",
}
NAME = "BasicCompanyDataAsOneFile-2026-06-01.zip"


def zipped(path: Path, *rows: dict[str, str], headings: list[str] = HEADINGS) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, restval="", extrasaction="ignore", quoting=csv.QUOTE_ALL)
    writer.writerow({heading: heading for heading in headings})
    writer.writerows({**ROW, **row} for row in rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(path.with_suffix(".csv").name, text.getvalue())
    return path


def test_company_is_kept_with_what_a_run_asks(tmp_path: Path) -> None:
    register = companies_house.load(companies_house.take_in(tmp_path / "kept", [zipped(tmp_path / NAME, {})]))
    assert register.companies.collect().to_dicts() == [
        {
            "company_number": "99100011",
            "name": "TARNLEIGH HOMECARE LIMITED",
            "category": "Private Limited Company",
            "status": "Active",
            "accounts_category": "FULL",
            "accounts_date": date(2025, 3, 31),
            "accounts_due": date(2026, 12, 31),
            "incorporated": date(2011, 2, 3),
            "postcode": "ZZ97 1AA",
            "sic": ["88100", "01110"],
            "previous_names": ["TARNLEIGH CARE, LIMITED"],
        }
    ]
    assert (register.facts.date, register.facts.name) == (date(2026, 6, 1), "Companies House company data")


def test_parts_make_one_snapshot(tmp_path: Path) -> None:
    parts = [
        zipped(tmp_path / f"BasicCompanyData-2026-06-01-part{part}_2.zip", {" CompanyNumber": f"SC00000{part}"})
        for part in (1, 2)
    ]
    register = companies_house.load(companies_house.take_in(tmp_path / "kept", parts))
    assert register.companies.collect()["company_number"].to_list() == ["SC000001", "SC000002"]


def test_many_pieces_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companies_house, "BLOCK_BYTES", 2_000)
    numbers = [f"{number:08}" for number in range(1, 200)]
    path = zipped(tmp_path / NAME, *({" CompanyNumber": number} for number in numbers))
    register = companies_house.load(companies_house.take_in(tmp_path / "kept", [path]))
    assert register.companies.collect()["company_number"].to_list() == numbers


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("companies.zip", b"", "does not say of which month", id="no date in the name"),
        pytest.param(NAME, b"not a zip", "not a whole zip file", id="no zip"),
    ],
)
def test_unusable_file_is_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RegisterFileError, match=words):
        companies_house.take_in(tmp_path / "kept", [tmp_path / name])
    assert not (tmp_path / "kept").exists() or list((tmp_path / "kept").iterdir()) == []


def test_cut_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / NAME, *({" CompanyNumber": f"{number:08}"} for number in range(1, 200)))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(RegisterFileError, match="not a whole zip file"):
        companies_house.take_in(tmp_path / "kept", [path])


def test_file_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError, match="there are no companies in it"):
        companies_house.take_in(tmp_path / "kept", [zipped(tmp_path / NAME)])


def test_missing_column_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / NAME, {}, headings=[name for name in HEADINGS if name != "Accounts.AccountCategory"])
    with pytest.raises(MissingColumnsError, match=r"lacks the columns Accounts\.AccountCategory"):
        companies_house.take_in(tmp_path / "kept", [path])


def test_real_rows_are_read(real_data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / NAME, "w") as file:
        file.write(real_data / "reference" / "BasicCompanyData_2021-07-01_first3rows.csv", "rows.csv")
    companies = companies_house.load(companies_house.take_in(tmp_path / "kept", [tmp_path / NAME])).companies.collect()
    assert companies.height == 3
    assert companies["sic"].list.len().min() == 1
    assert companies["accounts_category"].null_count() == 0

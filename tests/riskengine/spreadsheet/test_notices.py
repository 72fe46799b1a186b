"""OCDS notices, each publisher's in its own manner: where it puts names, numbers, values and periods."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from riskengine import lines, spreadsheet
from riskengine.errors import InputError
from riskengine.schemas import LinesRead
from tests.riskengine.lists import policy
from tests.riskengine.written import NOTICE_TEXTS, notices

GBP = {"currency": "GBP"}
READ = ("supplier_text", "company_number", "postcode", "amount", "start", "end", "latest_end", "cpv", "description")

FIND_A_TENDER = {
    "ocid": "ocds-h6vhtk-04aaaa",
    "id": "010000-2025",
    "date": "2025-03-19T10:31:27Z",
    "tag": ["award", "contract"],
    "tender": {"id": "1", "title": "Desks", "lots": [{"id": "1", "status": "complete"}]},
    "parties": [
        {"id": "GB-PPON-PZGX-0000-AAAA", "name": "Ambleford College", "roles": ["buyer"]},
        {
            "id": "GB-FTS-100000",
            "name": "Elm Desks Ltd",
            "identifier": {"scheme": "GB-PPON", "id": "PZGX-0000-BBBB"},
            "additionalIdentifiers": [{"scheme": "GB-COH", "id": "1234567"}],
            "address": {"postalCode": "ZZ1 1ZZ", "country": "GB"},
            "roles": ["supplier"],
        },
    ],
    "buyer": {"id": "GB-PPON-PZGX-0000-AAAA", "name": "Ambleford College"},
    "awards": [
        {
            "id": "1",
            "status": "active",
            "suppliers": [{"id": "GB-FTS-100000", "name": "Elm Desks Ltd"}],
            "relatedLots": ["1"],
            "items": [{"id": "1", "additionalClassifications": [{"scheme": "CPV", "id": "39121100"}]}],
        },
        {"id": "2", "status": "unsuccessful", "relatedLots": ["2"]},
    ],
    "contracts": [
        {
            "id": "1",
            "awardID": "1",
            "dateSigned": "2025-03-18T00:00:00Z",
            "value": {"amount": 30576.25, "amountGross": 36691.5, **GBP},
            "period": {"startDate": "2025-03-19T00:00:00Z", "endDate": "2026-03-18T23:59:59Z"}
            | {"maxExtentDate": "2028-03-18T23:59:59Z"},
        },
        {"id": "2", "awardID": "1", "value": {"amountGross": 1200, **GBP}},
    ],
}
CONTRACTS_FINDER = {
    "ocid": "ocds-b5fd17-00000000-0000-0000-0000-000000000000",
    "id": "00000000-0000-0000-0000-000000000000-800000",
    "language": "en",
    "date": "2025-03-11T12:27:50Z",
    "tag": ["awardUpdate"],
    "tender": {
        "id": "DN700000",
        "title": "New market",
        "description": "Stalls for the market",
        "classification": {"scheme": "CPV", "id": "45000000"},
        "contractPeriod": {"startDate": "2025-01-01T00:00:00Z", "endDate": "2025-06-30T23:59:59+01:00"},
    },
    "parties": [
        {"id": "GB-CFS-200000", "name": "Ambleford Council", "identifier": {"legalName": "Ambleford Council"}},
        {"id": "GB-COH-SC123456", "name": "Ash Building Ltd", "address": {"postalCode": "ZZ2 2ZZ"}},
    ],
    "buyer": {"id": "GB-CFS-200000", "name": "Ambleford Council"},
    "awards": [
        {
            "id": "ocds-b5fd17-00000000-0000-0000-0000-000000000000-1",
            "status": "active",
            "date": "2025-02-28T00:00:00Z",
            "value": {"amount": 250000, **GBP},
            "suppliers": [{"id": "GB-COH-SC123456", "name": "Ash Building Ltd"}],
            "contractPeriod": {"startDate": "2025-03-10T00:00:00Z", "endDate": "2025-06-30T23:59:59+01:00"},
        }
    ],
}
SCOTLAND_AND_WALES = {
    "ocid": "ocds-r6ebe6-0000700000",
    "id": "rls-2-MAR500000",
    "date": "2026-03-19T00:00:00Z",
    "tag": ["award", "contract"],
    "tender": {
        "id": "PROC/1",
        "title": "Care at night",
        "items": [
            {"id": "2", "additionalClassifications": [{"scheme": "CPV", "id": "85311000"}], "relatedLot": "2"},
        ],
        "lots": [
            {"id": "1", "contractPeriod": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2021-01-01T00:00:00Z"}},
            {"id": "2", "contractPeriod": {"startDate": "2026-04-01T00:00:00Z", "endDate": "2029-03-31T00:00:00Z"}},
        ],
    },
    "parties": [
        {
            "id": "org-1",
            "name": "Glenmore Council",
            "identifier": {"legalName": "Glenmore Council"},
            "roles": ["buyer"],
        },
        {
            "id": "org-2",
            "name": "Oak Care",
            "address": {"postalCode": "ZZ33ZZ", "region": "UKM"},
            "roles": ["supplier"],
        },
        {"id": "org-3", "name": "Elm Care", "roles": ["supplier"]},
    ],
    "awards": [
        {
            "id": "PROC-1",
            "title": "Lot 2",
            "suppliers": [{"id": "org-2", "name": "Oak Care"}, {"id": "org-3", "name": "Elm Care"}],
            "relatedLots": ["2"],
        }
    ],
    "contracts": [{"id": "PROC-1", "awardID": "PROC-1", "value": {"amount": 159600.0, **GBP}, "status": "active"}],
}
ASH = ("Ash Building Ltd", "SC123456", "ZZ2 2ZZ", Decimal(250000), date(2025, 3, 10), date(2025, 6, 30), None)
CARE = (date(2026, 4, 1), date(2029, 3, 31), None, "85311000", "Lot 2")
ELM = ("Elm Desks Ltd", "01234567", "ZZ1 1ZZ")
MANNERS: dict[str, tuple[Any, list[tuple[object, ...]]]] = {
    "find a tender": (
        {"uri": "https://x.example", "version": "1.1", "releases": [FIND_A_TENDER]},
        [
            (*ELM, Decimal("30576.25"), date(2025, 3, 19), date(2026, 3, 18), date(2028, 3, 18), "39121100", "Desks"),
            (*ELM, Decimal(1200), None, None, None, "39121100", "Desks"),
        ],
    ),
    "contracts finder": (
        {"maxPage": 1, "results": [{"version": "1.1", "releases": [CONTRACTS_FINDER]}]},
        [(*ASH, "45000000", "New market: Stalls for the market")],
    ),
    "scotland and wales": (
        {"records": [{"ocid": "x", "releases": [SCOTLAND_AND_WALES]}]},
        [("Oak Care", None, "ZZ3 3ZZ", Decimal(159600), *CARE), ("Elm Care", None, None, None, *CARE)],
    ),
}


def read(path: Path, text: str) -> LinesRead:
    path.write_text(text, "utf-8")
    return lines.read(spreadsheet.read(path, path.name), policy(), {})


@pytest.mark.parametrize("publisher", MANNERS)
def test_each_publisher_in_its_manner(publisher: str, tmp_path: Path) -> None:
    package, expected = MANNERS[publisher]
    found = read(tmp_path / "notices.json", json.dumps(package))
    assert found.lines.select(READ).rows() == expected
    assert found.set_aside.is_empty()


def test_what_is_left_out_or_read_otherwise_is_told(tmp_path: Path) -> None:
    found = read(tmp_path / "notices.json", json.dumps({"releases": [FIND_A_TENDER]}))
    told = " ".join(found.intake["notes"][0])
    assert "cancelled, without a winner or not made yet, which give no contract line: 1." in told
    assert "Values given with VAT alone and read so: 1." in told


@pytest.mark.parametrize("kind", NOTICE_TEXTS)
def test_notices_in_every_package(kind: str, tmp_path: Path) -> None:
    found = read(tmp_path / "notices.json", NOTICE_TEXTS[kind]())
    assert found.lines["supplier_text"].to_list() == ["Ashdown Care Ltd", "Elm", "Oak"]
    assert found.lines["amount"].to_list() == [Decimal(1250000), Decimal("9000.50"), None]
    first = found.lines.row(0, named=True)
    assert (first["start"], first["end"], first["date"]) == (date(2024, 4, 1), date(2027, 3, 31), date(2024, 3, 1))
    assert (first["company_number"], first["cpv"], first["reference"]) == ("01234567", "85311000", "ocds-x-1")
    assert first["amount_kind"] == "whole_contract"
    assert "award nothing" in " ".join(found.intake["notes"][0])


def test_an_award_that_a_later_notice_holds_again_is_one_line_for_each_buyer(tmp_path: Path) -> None:
    first, *others = notices()
    changed = {
        **first["awards"][0],
        "value": {"amount": 1300000, "currency": "GBP"},
        "description": "Care\u2028at night",
    }
    later = {**first, "date": "2024-06-20T10:00:00Z", "awards": [changed]}
    elsewhere = {**first, "buyer": {"name": "Brockhurst"}}
    releases = [later, {**first, "date": "2024-03-01T00:00:00Z"}, elsewhere, *others]
    lines_of_json = "\n".join(json.dumps(release, ensure_ascii=False) for release in releases)
    found = read(tmp_path / "notices.jsonl", lines_of_json)
    assert found.lines["amount"].to_list() == [Decimal(1300000), Decimal(1250000), Decimal("9000.50"), None]
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

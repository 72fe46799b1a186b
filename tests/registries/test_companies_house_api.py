"""Companies House's REST service, against a twin on this machine."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from registries.companies_house_api import Api
from registries.errors import BusyError, NewShapeError, RefusedError
from registries.http import Client
from registries.manners import Manners
from registries.pages import Pages
from tests.registries import twin

HASTE = Manners(connect=2, read=1, tries=2, first_wait=0.01, longest_wait=0.1, pace=0)
PATH = "/company/99100011"
PROFILE = {
    "company_name": "TARNLEIGH HOMECARE LIMITED",
    "company_number": "99100011",
    "company_status": "active",
    "type": "ltd",
    "sic_codes": ["88100"],
    "registered_office_address": {"postal_code": "ZZ97 1AA"},
    "accounts": {
        "last_accounts": {"type": "total-exemption-full", "made_up_to": "2025-03-31"},
        "next_due": "2026-12-31",
    },
    "date_of_creation": "2011-02-03",
    "previous_company_names": [{"name": "TARNLEIGH CARE LIMITED", "ceased_on": "2019-01-01"}],
}


@pytest.fixture
def server() -> Iterator[twin.Site]:
    with twin.running() as server:
        server.pages[PATH] = lambda _: json.dumps(PROFILE)
        yield server


@pytest.fixture
def api(server: twin.Site, tmp_path: Path) -> Iterator[Api]:
    with Client(HASTE) as client:
        yield Api(server.address, "secret-key", client, Pages(tmp_path, date(2026, 6, 1)))


def test_company(api: Api) -> None:
    assert api.companies(["99100011"]).to_dicts() == [
        {
            "company_number": "99100011",
            "name": "TARNLEIGH HOMECARE LIMITED",
            "category": "ltd",
            "status": "active",
            "accounts_category": "TOTAL EXEMPTION FULL",
            "accounts_date": date(2025, 3, 31),
            "accounts_due": date(2026, 12, 31),
            "incorporated": date(2011, 2, 3),
            "postcode": "ZZ97 1AA",
            "sic": ["88100"],
            "previous_names": ["TARNLEIGH CARE LIMITED"],
        }
    ]


def test_key_is_sent_as_user_name_and_never_kept(api: Api, server: twin.Site, tmp_path: Path) -> None:
    api.companies(["99100011"])
    assert server.asked[0][2]["Authorization"] == "Basic " + base64.b64encode(b"secret-key:").decode()
    assert [path for path in tmp_path.rglob("*.json") if "secret" in path.read_text()] == []


def test_company_is_asked_for_once(api: Api, server: twin.Site) -> None:
    api.companies(["99100011", "99100011"])
    api.companies(["99100011"])
    assert server.requests() == [PATH]


def test_unknown_company_is_left_out_and_not_asked_again(api: Api, server: twin.Site) -> None:
    assert api.companies(["99999999"]).is_empty()
    assert api.companies(["99999999"]).is_empty()
    assert server.requests() == ["/company/99999999"]


def test_company_without_accounts(api: Api, server: twin.Site) -> None:
    server.pages[PATH] = lambda _: json.dumps({"company_name": "A", "company_number": "99100011"})
    row = api.companies(["99100011"]).row(0, named=True)
    assert (row["accounts_category"], row["sic"]) == (None, [])


@pytest.mark.parametrize(
    ("fault", "error"), [(twin.answer(401), RefusedError), (twin.answer(429, Retry_After="0"), BusyError)]
)
def test_fault_of_the_service(api: Api, server: twin.Site, fault: twin.Fault, error: type[Exception]) -> None:
    server.faults[PATH] = [fault] * 9
    with pytest.raises(error):
        api.companies(["99100011"])


@pytest.mark.parametrize("text", ["<html>", '{"name": "A"}', "[1]"], ids=["web page", "other keys", "a list"])
def test_answer_of_a_new_shape_is_said_and_not_kept(api: Api, server: twin.Site, text: str) -> None:
    server.pages[PATH] = lambda _: text
    with pytest.raises(NewShapeError, match="no company profile"):
        api.companies(["99100011"])
    server.pages[PATH] = lambda _: json.dumps(PROFILE)
    assert api.companies(["99100011"]).height == 1

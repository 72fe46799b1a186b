"""Companies House's REST service, against a twin on this machine."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from registries import companies_house, companies_house_api
from registries.companies_house_api import Api
from registries.errors import (
    BusyError,
    CancelledError,
    NewShapeError,
    RefusedError,
    RegisterFileError,
    UnavailableError,
)
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
    assert api.ask(["99100011"]).companies.to_dicts() == [
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
    api.ask(["99100011"])
    assert server.asked[0][2]["Authorization"] == "Basic " + base64.b64encode(b"secret-key:").decode()
    assert [path for path in tmp_path.rglob("*.json") if "secret" in path.read_text()] == []


def test_company_is_asked_for_once(api: Api, server: twin.Site) -> None:
    api.ask(["99100011", "99100011"])
    api.ask(["99100011"])
    assert server.requests() == [PATH]


def test_unknown_company_is_left_out_and_not_asked_again(api: Api, server: twin.Site) -> None:
    assert api.ask(["99999999"]).companies.is_empty()
    assert api.ask(["99999999"]).companies.is_empty()
    assert server.requests() == ["/company/99999999"]


def test_company_without_accounts(api: Api, server: twin.Site) -> None:
    server.pages[PATH] = lambda _: json.dumps({"company_name": "A", "company_number": "99100011"})
    row = api.ask(["99100011"]).companies.row(0, named=True)
    assert (row["accounts_category"], row["sic"]) == (None, [])


@pytest.mark.parametrize(
    ("fault", "error"), [(twin.answer(401), RefusedError), (twin.answer(429, Retry_After="0"), BusyError)]
)
def test_fault_of_the_service(api: Api, server: twin.Site, fault: twin.Fault, error: type[Exception]) -> None:
    server.faults[PATH] = [fault] * 9
    with pytest.raises(error):
        api.ask(["99100011"])


def test_wrong_key_is_said(api: Api, server: twin.Site) -> None:
    server.faults[PATH] = [twin.answer(401)]
    with pytest.raises(RefusedError, match="does not accept the key"):
        api.ask(["99100011"])


def test_asking_again_goes_on_where_it_broke_off(api: Api, server: twin.Site) -> None:
    other = "/company/99100022"
    server.pages[other] = lambda _: json.dumps({**PROFILE, "company_number": "99100022"})
    server.faults[other] = [twin.answer(500)] * 9
    with pytest.raises(UnavailableError):
        api.ask(["99100011", "99100022"])
    server.faults.clear()
    assert api.ask(["99100011", "99100022"]).companies["company_number"].to_list() == ["99100011", "99100022"]
    assert server.requests().count(PATH) == 1


def test_progress_is_told_and_may_stop(api: Api, server: twin.Site) -> None:
    told = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        api.ask(["99100011", "99999998", "99999999"], progress)
    assert told == [(0, 3), (1, 3)]
    assert len(server.requests()) == 1


def test_answers_are_dated_by_the_oldest(api: Api, server: twin.Site, tmp_path: Path) -> None:
    api.ask(["99100011"])
    with Client(HASTE) as client:
        later = Api(server.address, "secret-key", client, Pages(tmp_path, date(2026, 6, 3)))
        assert later.ask(["99100011", "99999999"]).oldest == date(2026, 6, 1)
        much_later = Api(server.address, "secret-key", client, Pages(tmp_path, date(2026, 7, 1)))
        assert much_later.ask(["99100011"]).oldest == date(2026, 7, 1)


def test_answers_are_kept_as_a_partial_snapshot(api: Api, tmp_path: Path) -> None:
    kept = companies_house.load(companies_house_api.keep(tmp_path / "kept", api.ask(["99100011", "99999999"])))
    assert kept.facts.date == date(2026, 6, 1)
    assert kept.facts.partial_reason == "it holds only companies asked about one by one: 1"
    assert kept.companies.collect()["name"].to_list() == ["TARNLEIGH HOMECARE LIMITED"]


def test_nothing_is_kept_where_no_company_is_known(api: Api, tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError, match="knows none of the company numbers"):
        companies_house_api.keep(tmp_path / "kept", api.ask(["99999999"]))
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("text", ["<html>", '{"name": "A"}', "[1]"], ids=["web page", "other keys", "a list"])
def test_answer_of_a_new_shape_is_said_and_not_kept(api: Api, server: twin.Site, text: str) -> None:
    server.pages[PATH] = lambda _: text
    with pytest.raises(NewShapeError, match="no company profile"):
        api.ask(["99100011"])
    server.pages[PATH] = lambda _: json.dumps(PROFILE)
    assert api.ask(["99100011"]).companies.height == 1

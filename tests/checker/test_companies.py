"""Companies House data of a run, and `riskcheck registry companies-house`, against a twin of the REST service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker import companies, records
from checker.cli import riskcheck
from registries import companies_house, companies_house_api, snapshots
from registries.companies_house_api import Answers
from registries.manners import Manners
from riskengine.schemas import Companies
from tests.frames import frame
from tests.registries import twin
from tests.registries.test_companies_house import zipped
from tests.registries.test_companies_house_api import PATH, PROFILE

TODAY = datetime.now().astimezone().date()
KEY = "secret-key"
LIST = (
    "Supplier,Company number,Description,Amount\n"
    "Tarnleigh Homecare Ltd,99100011,Home care,1200.00\n"
    "Nowhere Known Ltd,99999999,Cleaning,300.00\n"
    "Mrs Jane Doe,,Personal assistant,300.00\n"
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[twin.Site]:
    with twin.running() as site:
        site.pages[PATH] = lambda _: json.dumps(PROFILE)
        monkeypatch.setenv("RISKCHECK_COMPANIES_HOUSE_SITE", site.address)
        monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
        haste = Manners(read=1, tries=2, first_wait=0.01, longest_wait=0.1, pace=0)
        monkeypatch.setattr(companies_house_api, "MANNERS", haste)
        (tmp_path / "spend.csv").write_text(LIST, "utf-8")
        yield site


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_COMPANIES_HOUSE_KEY", KEY)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(riskcheck, list(arguments))


def check(tmp_path: Path) -> None:
    result = run("check", str(tmp_path / "spend.csv"))
    assert result.exit_code == 0, result.output


def scopes() -> dict[str, str]:
    held = records.load(records.recent()[0].id)
    joined = held.suppliers.join(held.statements, on="supplier_id")
    return dict(joined.select("name", "scope_reason").iter_rows())


def test_nothing_is_asked_unless_asked_for(site: twin.Site, key: None, tmp_path: Path) -> None:
    check(tmp_path)
    result = run("registry", "companies-house")
    assert result.exit_code == 2
    assert "There is no Companies House data on this machine" in result.output
    assert site.asked == []


def test_from_the_question_to_the_next_run(site: twin.Site, key: None, tmp_path: Path) -> None:
    check(tmp_path)
    result = run("registry", "companies-house", "--api")
    assert result.exit_code == 0, result.output
    assert "1 of 2 companies are known to Companies House." in result.output
    assert site.requests() == [PATH, "/company/99999999"]
    check(tmp_path)
    told = scopes()
    assert "TOTAL EXEMPTION FULL" in told["Tarnleigh Homecare Ltd"]
    assert "TOTAL EXEMPTION FULL" not in told["Nowhere Known Ltd"]
    held = records.load(records.recent()[0].id)
    assert held.company_register is not None
    assert held.company_register.partial_reason == "it holds only companies asked about one by one: 1"
    assert "it holds only companies" in run("registry", "companies-house").output


def test_answers_are_kept_and_not_asked_for_again(site: twin.Site, key: None, tmp_path: Path) -> None:
    check(tmp_path)
    run("registry", "companies-house", "--api")
    run("registry", "companies-house", "--api")
    assert len(site.requests()) == 2


def test_key_from_a_file(site: twin.Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(tmp_path)
    (tmp_path / "key").write_text(f"{KEY}\n", "utf-8")
    monkeypatch.setenv("RISKCHECK_COMPANIES_HOUSE_KEY_FILE", str(tmp_path / "key"))
    assert run("registry", "companies-house", "--api").exit_code == 0
    assert site.asked[0][2]["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("file", "words"),
    [(None, "there is no key for its REST service"), ("none", "the key can't be read from this file")],
)
def test_without_a_key_nothing_is_asked(
    site: twin.Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str | None, words: str
) -> None:
    check(tmp_path)
    if file:
        monkeypatch.setenv("RISKCHECK_COMPANIES_HOUSE_KEY_FILE", str(tmp_path / file))
    result = run("registry", "companies-house", "--api")
    assert result.exit_code == 2
    assert words in result.output
    assert site.asked == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (twin.answer(401), "does not accept the key"),
        (twin.answer(429, Retry_After="0"), "asks to come back later"),
        (twin.answer(500), "answers with a fault (500)"),
        (twin.other(b"<html>"), "the page has a new shape"),
    ],
    ids=["wrong key", "too many requests", "fault", "web page"],
)
def test_fault_is_one_sentence_and_keeps_nothing(
    site: twin.Site, key: None, tmp_path: Path, fault: twin.Fault, words: str
) -> None:
    check(tmp_path)
    site.faults[PATH] = [fault] * 9
    result = run("registry", "companies-house", "--api")
    assert result.exit_code == 2
    assert words in result.output
    assert KEY not in result.output
    assert snapshots.history(tmp_path / "data" / "companies_house_api") == []


def test_persons_and_suppliers_without_a_number_are_not_asked_about(site: twin.Site, key: None, tmp_path: Path) -> None:
    (tmp_path / "spend.csv").write_text("Supplier,Description,Amount\nMrs Jane Doe,Care,300.00\n", "utf-8")
    check(tmp_path)
    result = run("registry", "companies-house", "--api")
    assert result.exit_code == 2
    assert "No supplier of this assessment has a company number" in result.output


def test_an_assessment_has_to_be_there(site: twin.Site, key: None) -> None:
    assert "No assessment is kept yet" in run("registry", "companies-house", "--api").output


# ---- monthly data and single companies together ----------------------------------------------------------------------


def monthly(tmp_path: Path, day: date) -> None:
    path = tmp_path / f"BasicCompanyDataAsOneFile-{day}.zip"
    rows = ({"CompanyStatus": "Active"}, {" CompanyNumber": "99100022"})
    companies_house.take_in(tmp_path / "data" / "companies_house", [zipped(path, *rows)])


def single(tmp_path: Path, day: date) -> None:
    rows = frame(Companies, [{"company_number": "99100011", "name": "TARNLEIGH", "status": "liquidation"}])
    companies_house_api.keep(tmp_path / "data" / "companies_house_api", Answers(rows, 1, day))


def held(as_of: date) -> tuple[date, dict[str, str]]:
    found = companies.load(as_of)
    assert found is not None
    return found.facts.date, dict(found.companies.select("company_number", "status").collect().iter_rows())


DAY = date(2026, 6, 1)
BOTH = {"99100011": "liquidation", "99100022": "Active"}
MONTHLY = {"99100011": "Active", "99100022": "Active"}
SINGLE = {"99100011": "liquidation"}


@pytest.mark.parametrize(
    ("copies", "as_of", "expected"),
    [
        pytest.param(([], []), DAY, None, id="nothing"),
        pytest.param(([DAY], []), DAY, (DAY, MONTHLY), id="monthly data alone"),
        pytest.param(([], [DAY]), DAY, (DAY, SINGLE), id="single companies alone"),
        pytest.param(([DAY - timedelta(92)], [DAY]), DAY, (DAY - timedelta(92), BOTH), id="both, dated by the older"),
        pytest.param(([DAY - timedelta(93)], [DAY]), DAY, (DAY, SINGLE), id="monthly data too old to stand beside"),
        pytest.param(([DAY], [DAY - timedelta(93)]), DAY, (DAY, MONTHLY), id="answers too old to stand beside"),
        pytest.param(([DAY], []), DAY - timedelta(1), (DAY, MONTHLY), id="all of a later day"),
        pytest.param(
            ([DAY - timedelta(30)], [DAY]), DAY - timedelta(1), (DAY - timedelta(30), MONTHLY), id="a later day"
        ),
    ],
)
def test_which_data_a_run_is_given(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    copies: tuple[list[date], list[date]],
    as_of: date,
    expected: tuple[date, dict[str, str]] | None,
) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    for day in copies[0]:
        monthly(tmp_path, day)
    for day in copies[1]:
        single(tmp_path, day)
    assert (held(as_of) if expected else companies.load(as_of)) == expected

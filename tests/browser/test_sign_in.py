"""A server with sign-in: what each role reaches, what is refused, and what of it stands in the audit trail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from checker import records
from tests.browser import app as apps
from tests.browser import provider
from tests.browser.app import App
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

DENIED = "Not open to you"
ALL = ("Upload", "Dashboard", "Supplier", "Review", "Audit", "Assessments", "Records", "Method")
OPEN = {
    "olive": {"Upload", "Dashboard", "Supplier", "Review", "Audit", "Assessments", "Method"},
    "carl": {"Dashboard", "Supplier", "Method"},
    "audrey": {"Dashboard", "Supplier", "Audit", "Assessments", "Records", "Method"},
    "adam": {"Records", "Method"},
}
STALE = 6_000
"""Milliseconds after which the server has looked anew at what another process published."""
SignIn = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[App]:
    """A server with the draft of an assessment of all sample lists."""
    data = tmp_path_factory.mktemp("server")
    apps.check_samples(data)
    with provider.served(data) as opened:
        yield opened


@pytest.fixture
def sign_in(server: App, context: BrowserContext, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignIn]:
    """Opens a page as a person; the record of the server can be read beside it."""
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(server.data))
    context.clear_cookies()
    page = context.new_page()

    def go(person: str, path: str = "") -> Page:
        provider.sign_in(server, page, person, path)
        return page

    yield go
    page.close()
    context.clear_cookies()


def draft() -> str:
    return records.recent()[0].id


def trail(person: str) -> list[tuple[str, str]]:
    return [(one.action, one.subject) for one in records.trail() if one.who == f"{person}@example.org"]


def pages_named(page: Page) -> set[str]:
    return {name for name in ALL if page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"{name}$")).count()}


@pytest.mark.parametrize("person", OPEN)
def test_each_role_reaches_its_own_pages_and_no_other(server: App, sign_in: SignIn, person: str) -> None:
    page = sign_in(person, "")
    assert pages_named(page) == OPEN[person]
    for title in ALL:
        heading = title if title in OPEN[person] else DENIED
        server.open(page, title.lower(), heading)
    closed = {f"page {title.lower()}" for title in ALL} - {f"page {title.lower()}" for title in OPEN[person]}
    assert {subject for action, subject in trail(person) if action == "was denied"} >= closed


def test_what_is_shown_to_those_who_are_refused_has_no_fault(server: App, sign_in: SignIn, page: Page) -> None:
    server.open(page, "dashboard", "Sign in")
    assert faults(page) == []
    server.open(refused := sign_in("carl", ""), "audit", DENIED)
    assert faults(refused) == []


def test_without_a_role_nothing_is_shown_but_whom_to_ask(server: App, sign_in: SignIn) -> None:
    page = sign_in("nobody", "supplier")
    expect(page.get_by_role("heading", level=1, name="No role yet")).to_be_visible()
    expect(page.get_by_text("the person who looks after this service in your council")).to_be_visible()
    assert ("was denied", "the app") in trail("nobody")
    assert page.request.get(f"{server.address}/download/workbook?assessment={draft()}").status == 403


def test_nobody_downloads_without_signing_in(server: App, sign_in: SignIn, page: Page) -> None:
    answer = page.request.get(f"{server.address}/download/workbook?assessment={draft()}")
    assert answer.status == 401
    assert "Sign in first" in answer.text()
    assert page.request.put(f"{server.address}/_stcore/upload_file/x/y", data=b"x").status == 401


def test_a_councillor_sees_no_draft_and_downloads_no_evidence(server: App, sign_in: SignIn) -> None:
    page = sign_in("carl", "dashboard")
    expect(page.get_by_text("Nothing has been published.")).to_be_visible()
    page.goto(f"{server.address}/supplier?assessment={draft()}")
    expect(page.get_by_text("not there, or that is not open to you")).to_be_visible(timeout=30_000)
    answer = page.request.get(f"{server.address}/download/workbook?assessment={draft()}")
    assert (answer.status, "for officers and auditors" in answer.text()) == (403, True)
    assert {("was denied", draft()), ("was denied", "download workbook")} <= set(trail("carl"))


def test_a_councillor_sees_what_is_published_with_names_withheld(server: App, sign_in: SignIn) -> None:
    records.publish(draft(), "the tests")
    try:
        page = sign_in("carl", "dashboard")
        page.wait_for_timeout(STALE)
        page.reload()
        expect(page.get_by_role("heading", name="Money and lines by band")).to_be_visible(timeout=30_000)
        server.open(page, "supplier", "Supplier")
        expect(page.get_by_text("Personal names are withheld")).to_have_count(0)
        found = records.load(draft()).suppliers.filter("personal")
        server.open(page, f"supplier?supplier={found['supplier_id'][0]}", "Name withheld")
        assert found["name"][0] not in page.content()
        answer = page.request.get(f"{server.address}/download/workbook?assessment={draft()}&names=shown")
        assert answer.status == 403
    finally:
        records.withdraw(draft(), "the tests", "The test is over.")
        records.reopen(draft(), "the tests", "The test is over.")


def test_an_auditor_sees_personal_names_with_a_reason_that_is_recorded(server: App, sign_in: SignIn) -> None:
    found = records.load(draft()).suppliers.filter("personal")
    page = sign_in("audrey", f"supplier?supplier={found['supplier_id'][0]}")
    expect(page.get_by_role("heading", level=1, name="Name withheld")).to_be_visible()
    page.locator("summary", has_text="Personal names are withheld").click()
    page.get_by_role("button", name="Show personal names").click()
    expect(page.get_by_text("Say why you need to see personal names.")).to_be_visible()
    page.get_by_role("textbox", name="Why you need to see them").fill("A question of the ombudsman")
    page.get_by_role("button", name="Show personal names").click()
    expect(page.get_by_role("heading", level=1, name=found["name"][0])).to_be_visible(timeout=30_000)
    entry = records.trail(1)[0]
    assert (entry.who, entry.action) == ("audrey@example.org", "was shown personal names")
    assert "A question of the ombudsman" in entry.detail


def test_an_auditor_downloads_the_workbook(server: App, sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("audrey", "audit")
    with page.expect_download(timeout=60_000) as caught:
        page.get_by_role("link", name="Download the audit workbook").click()
    caught.value.save_as(tmp_path / "audit.xlsx")
    assert (tmp_path / "audit.xlsx").read_bytes()[:2] == b"PK"


def test_what_an_officer_does_bears_the_officers_name(server: App, sign_in: SignIn) -> None:
    page = sign_in("olive", "review")
    page.get_by_role("textbox", name="Reason, in a few words").fill("Another town")
    page.get_by_role("button", name="Not sure", exact=True).click()
    expect(page.get_by_text("Recorded: not sure.")).to_be_visible(timeout=30_000)
    assert records.trail(1)[0].who == "olive@example.org"


def test_a_link_leads_past_sign_in_to_its_page_and_signing_out_ends_it(server: App, sign_in: SignIn) -> None:
    supplier = records.load(draft()).suppliers.filter(~records.load(draft()).suppliers["personal"]).row(0, named=True)
    page = sign_in("audrey", f"supplier?assessment={draft()}&supplier={supplier['supplier_id']}")
    expect(page.get_by_role("heading", level=1, name=supplier["name"])).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).not_to_have_url(re.compile(r"/supplier"), timeout=30_000)
    assert page.request.get(f"{server.address}/download/workbook?assessment={draft()}").status == 401

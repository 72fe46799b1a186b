"""The whole journeys of officer, councillor and auditor on one server, each signed in; their pictures are kept."""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

from checker import records
from checker.show import intake
from tests.browser import app as apps
from tests.browser import provider
from tests.browser.app import App, drawn, faults, picture

pytestmark = pytest.mark.browser

LIST = """Supplier name,Zzz,Amount
Wychenford Staffing Solutions,Agency staff for care homes,840000.00
Cawthermoor Cleaning,Office cleaning,49562.50
Ironwake Security,Security guards for offices,34081.25
Larkhanger Recruitment Limited,Temporary agency staff,12400000.00
![Fenbrook](https://evil.example/p.png) [Cleaning](https://evil.example) $x$ Ltd,Office cleaning,90000.00
"""
HOSTILE = re.compile(r"^!\[Fenbrook\]\(https:.*evil\.example.p\.png\) \[Cleaning\]\(https:.*evil\.example\) \$x\$ Ltd$")
STEP = re.compile("|".join(intake.STEPS.values()))
SLOW = 90_000
"""Milliseconds in which a run or a large page is there, however busy the machine."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[App]:
    """A server with an assessment of all sample lists, published."""
    data = tmp_path_factory.mktemp("desks")
    apps.check_samples(data)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RISKCHECK_DATA_DIR", str(data))
        records.publish(records.recent()[0].id, "the tests")
        with provider.served(data) as opened:
            yield opened


@pytest.fixture
def desk(server: App, context: BrowserContext) -> Iterator[Page]:
    """A page of its own, signed in to nothing yet; what a list names is never asked for."""
    context.clear_cookies()
    page, asked = context.new_page(), set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
    yield page
    assert "evil.example" not in asked
    page.close()
    context.clear_cookies()


# ---- officer ----------------------------------------------------------------------------------------------------


def test_an_officer_goes_from_a_list_to_a_published_assessment(server: App, desk: Page, tmp_path: Path) -> None:
    provider.sign_in(server, desk, "olive", "upload")
    hand_in(desk, tmp_path)
    correct_the_mapping(desk)
    review(server, desk)
    run_again(desk)
    note_and_reply(server, desk)
    look_at_a_hostile_name(server, desk)
    publish(server, desk)


def hand_in(page: Page, folder: Path) -> None:
    (folder / "spend.csv").write_text(LIST, "utf-8")
    choose(page, "Registry copy to look suppliers up in", "Sample registry (fictional)")
    page.locator("input[type=file]").set_input_files(folder / "spend.csv")
    expect(page.get_by_role("button", name="Remove spend.csv")).to_be_visible()
    page.get_by_role("button", name="Check these lists").click()
    finished(page)
    picture(page, "officer-1-checked")


def choose(page: Page, box: str, option: str) -> None:
    """Choose an option; a page that is drawn anew meanwhile closes the list, which is opened again then."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(6):
        page.get_by_role("combobox", name=box).click()
        with contextlib.suppress(TooLateError):
            wanted.click(timeout=5_000)
            return
    pytest.fail(f"{option} could not be chosen in {box}")


def finished(page: Page) -> None:
    """Wait through the progress of a run to its end."""
    expect(page.get_by_role("heading", name="Checking")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("The lists were checked.")).to_be_visible(timeout=SLOW)
    drawn(page)


def correct_the_mapping(page: Page) -> None:
    page.locator("summary", has_text="Correct how headings were understood").click()
    choose(page, "What was bought", "Zzz")
    page.get_by_role("button", name="Check again with these headings").click()
    finished(page)
    expect(page.get_by_role("row", name=re.compile("Zzz.*What was bought"))).to_be_visible()
    picture(page, "officer-2-mapping-corrected")


def review(server: App, page: Page) -> None:
    server.open(page, "review", "Review")
    waiting = left(page)
    assert waiting >= 3
    decide(page, "Same", "The number on the invoice is that of the record")
    decide(page, "Not the same", "Another town")
    decide(page, "Not sure", "")
    picture(page, "officer-3-reviewed")
    page.get_by_role("button", name="Undo: not sure").click()
    expect(page.get_by_text("The last decision was taken back.")).to_be_visible(timeout=30_000)
    drawn(page)
    assert left(page) == waiting - 2


def left(page: Page) -> int:
    told = page.get_by_text(re.compile("possible match(es)? to decide")).inner_text()
    return int(told.split()[0])


def decide(page: Page, word: str, why: str) -> None:
    page.get_by_role("textbox", name="Reason, in a few words").fill(why)
    page.get_by_role("button", name=word, exact=True).click()
    expect(page.get_by_text(f"Recorded: {word.lower()}.")).to_be_visible(timeout=30_000)
    drawn(page)


def run_again(page: Page) -> None:
    page.get_by_role("button", name="Run again with these decisions").click()
    finished(page)
    page.get_by_test_id("stTopNavLink").filter(has_text="Review").click()
    expect(page.get_by_text("Used in this assessment").first).to_be_visible(timeout=SLOW)
    drawn(page)


def note_and_reply(server: App, page: Page) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text="Supplier").click()
    page.get_by_role("link", name="Larkhanger Recruitment Limited").click()
    expect(page.get_by_role("heading", name="Notes and replies")).to_be_visible(timeout=SLOW)
    drawn(page)
    page.get_by_role("textbox", name="Text").fill("Asked the contract manager for the latest statement")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The note was recorded.")).to_be_visible(timeout=30_000)
    drawn(page)
    page.locator("label", has_text="Reply or correction of the supplier").click()
    page.get_by_role("textbox", name="Text").fill("Our due diligence is on page 4")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The reply was recorded.")).to_be_visible(timeout=30_000)
    drawn(page)
    expect(page.get_by_text("Our due diligence is on page 4").first).to_be_visible()
    picture(page, "officer-4-note-and-reply")


def look_at_a_hostile_name(server: App, page: Page) -> None:
    """A name that would draw a picture, a link and a formula stands as it is, in the list and over its own page."""
    server.open(page, "supplier", "Supplier")
    page.get_by_role("link", name=HOSTILE).click()
    expect(page.get_by_role("heading", level=1, name=HOSTILE)).to_be_visible(timeout=SLOW)
    drawn(page)
    assert page.locator("[href*='evil.example'], [src*='evil.example'], .katex").count() == 0


def publish(server: App, page: Page) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text="Assessments").click()
    page.get_by_role("button", name="Publish this assessment").click()
    expect(page.get_by_text("The assessment is published.")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("table", name="Suppliers by what changed")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Make it again and compare").press("Enter")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status").filter(has_text=STEP)).to_be_attached()
    assert faults(page) == []
    expect(page.get_by_text("The assessment was made again: every file came out the same")).to_be_visible(timeout=SLOW)
    drawn(page)
    picture(page, "officer-5-published-and-made-again")
    assert records.recent()[0].state == "published"
    done = {entry.action for entry in records.trail() if entry.who == "olive@example.org"}
    assert {"published an assessment", "made an assessment again"} <= done


# ---- councillor -------------------------------------------------------------------------------------------------


def test_a_councillor_reads_what_is_published_and_nothing_else(server: App, desk: Page, tmp_path: Path) -> None:
    provider.sign_in(server, desk, "carl", f"dashboard?assessment={samples()}")
    expect(desk.get_by_role("heading", name="How much of our money goes to higher-risk markets?")).to_be_visible()
    for heading in ("Where does it go?", "Is it better than last time?", "What has been done?", "What is not known?"):
        expect(desk.get_by_role("heading", name=heading)).to_be_visible(timeout=SLOW)
    drawn(desk)
    picture(desk, "councillor-1-dashboard")
    take_the_briefing(desk, tmp_path)
    choose_a_cell(desk)
    names_are_withheld(server, desk)
    for path in ("upload", "review", "audit", "assessments", "records"):
        server.open(desk, path, "Not open to you")
    picture(desk, "councillor-3-refused")


def samples() -> str:
    """The assessment of all sample lists."""
    return next(one.id for one in records.recent() if len(one.files) > 1)


def take_the_briefing(page: Page, folder: Path) -> None:
    with page.expect_download(timeout=SLOW) as caught:
        page.get_by_role("link", name="Download the two-page briefing (PDF)").click()
    caught.value.save_as(folder / "briefing.pdf")
    assert (folder / "briefing.pdf").read_bytes().startswith(b"%PDF")


def choose_a_cell(page: Page) -> None:
    cell = page.locator(".matrix td.fill.high a").first
    expected = int(cell.locator(".text").inner_text().replace(",", ""))
    cell.click()
    expect(page).to_have_url(re.compile("sector=.*statement="), timeout=SLOW)
    expect(page.get_by_role("table", name=re.compile(f"^{expected} lines?, most points first: "))).to_be_visible(
        timeout=SLOW
    )
    drawn(page)
    picture(page, "councillor-2-cell-of-the-matrix")


def names_are_withheld(server: App, page: Page) -> None:
    person = records.load(samples()).suppliers.filter("personal").row(0, named=True)
    server.open(page, f"supplier?assessment={samples()}&supplier={person['supplier_id']}", "Name withheld")
    assert person["name"] not in page.content()
    expect(page.get_by_text("Personal names are withheld")).to_have_count(0)


# ---- auditor ----------------------------------------------------------------------------------------------------


def test_an_auditor_follows_a_flag_and_takes_the_evidence_away(server: App, desk: Page, tmp_path: Path) -> None:
    provider.sign_in(server, desk, "audrey", f"audit?assessment={samples()}")
    filter_and_save(desk)
    take_the_suppliers(desk, tmp_path)
    take_the_pack(desk, tmp_path)
    follow_a_sent_link(server, desk)


def filter_and_save(page: Page) -> None:
    page.get_by_role("combobox", name="Band").focus()
    page.keyboard.type("High")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    drawn(page)
    page.locator("summary", has_text="Save these filters as a view").click()
    page.get_by_role("textbox", name="Name").fill("High band")
    page.get_by_role("button", name="Save the view").click()
    expect(page.get_by_text("The view was saved.")).to_be_visible(timeout=30_000)
    drawn(page)
    picture(page, "auditor-1-view")


def take_the_suppliers(page: Page, folder: Path) -> None:
    told = page.get_by_text(re.compile("flagged suppliers, most points first")).inner_text()
    with page.expect_download(timeout=SLOW) as caught:
        page.get_by_role("link", name="Download these suppliers as XLSX").click()
    caught.value.save_as(folder / "flagged.xlsx")
    book = openpyxl.load_workbook(folder / "flagged.xlsx", read_only=True)
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] and row[1]]
    heading = next(at for at, row in enumerate(rows) if row[0] == "supplier_id")
    assert len(rows) - heading - 1 == int(told.split()[0].replace(",", ""))


def take_the_pack(page: Page, folder: Path) -> None:
    link, held = page.get_by_role("link", name="Download the audit pack"), []
    page.route("**/download/pack?*", lambda route: held.append(route))  # noqa: PLW0108 - no builtin will do
    with page.expect_download(timeout=SLOW) as caught:
        link.click()
        expect(page.get_by_text("It is being made. The download begins by itself.")).to_be_visible()
        link.press("Enter")
        assert faults(page) == []
        picture(page, "auditor-1-pack-being-made")
        held[0].continue_()
    assert (len(held), caught.value.suggested_filename) == (1, "audit_pack.zip")
    caught.value.save_as(folder / "audit_pack.zip")
    (folder / "elsewhere").mkdir()
    checked = subprocess.run(
        [*apps.RISKCHECK, "audit", "verify", str(folder / "audit_pack.zip")],
        env=apps.environment(folder / "elsewhere"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert f"files of assessment {samples()}" in checked.stdout
    made = next(entry for entry in records.trail() if entry.action == "made an audit pack")
    assert made.who == "audrey@example.org"


def follow_a_sent_link(server: App, page: Page) -> None:
    """The address of one finding, as it is sent, opens that finding and no other."""
    page.get_by_role("link", name=re.compile("^Evidence for ")).first.click()
    expect(page.get_by_role("heading", name="What we found")).to_be_visible(timeout=SLOW)
    drawn(page)
    picture(page, "auditor-2-evidence")
    sent = page.get_by_role("link", name=re.compile("^Raised: .*this finding alone")).first.get_attribute("href")
    other = page.context.new_page()
    server.open(other, str(sent), page.get_by_role("heading", level=1).inner_text())
    expect(other.get_by_role("table", name="The finding that was asked for")).to_be_visible(timeout=30_000)
    picture(other, "auditor-3-finding-that-was-sent")
    other.close()

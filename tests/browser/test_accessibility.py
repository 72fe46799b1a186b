"""Every page and state, checked by axe-core against WCAG 2.2 A and AA: no fault that the author can fix."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App, drawn, faults

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  let at = document.activeElement;
  while (at.shadowRoot) at = at.shadowRoot.activeElement;
  return at.textContent;
}"""

PAGES = [
    pytest.param("", "Dashboard", id="dashboard"),
    pytest.param("upload", "Upload", id="upload"),
    pytest.param("supplier", "Supplier", id="suppliers"),
    pytest.param("review", "Review", id="review"),
    pytest.param("audit", "Audit", id="audit"),
    pytest.param("assessments", "Assessments", id="assessments"),
    pytest.param("records", "Records", id="records"),
    pytest.param("registers", "Registers", id="registers"),
    pytest.param("method", "Method", id="method"),
]


@pytest.mark.parametrize(("path", "heading"), PAGES)
def test_a_page_has_no_fault_and_bears_the_notice(app_with_samples: App, page: Page, path: str, heading: str) -> None:
    app_with_samples.open(page, path, heading)
    assert faults(page) == []
    expect(page.get_by_text("Sector risk describes the market, not this supplier.")).to_be_visible()
    expect(page.get_by_text("08000 121 700")).to_be_visible()


@pytest.mark.parametrize(("path", "heading"), PAGES)
def test_a_page_fits_a_narrow_screen(app_with_samples: App, page: Page, path: str, heading: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    app_with_samples.open(page, path, heading)
    assert faults(page) == []
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollWidth <= element.clientWidth + 1")


def test_the_menu_is_at_hand_on_a_narrow_screen(app_with_samples: App, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    app_with_samples.open(page)
    menu = page.get_by_test_id("stExpandSidebarButton")
    place = menu.bounding_box()
    assert place is not None
    assert place["x"] + place["width"] <= 320
    menu.press("Enter")
    page.get_by_role("link", name="Method").click()
    expect(page.get_by_role("heading", level=1, name="Method")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(("path", "heading"), PAGES[:2])
def test_a_page_without_an_assessment_has_no_fault(app: App, page: Page, path: str, heading: str) -> None:
    app.open(page, path, heading)
    assert faults(page) == []


def test_the_briefing_is_downloaded_and_its_page_has_no_fault(
    app_with_samples: App, page: Page, tmp_path: Path
) -> None:
    app_with_samples.open(page)
    for name, link in (("briefing.pdf", "Download the two-page briefing (PDF)"), ("briefing.html", "as a web page")):
        with page.expect_download(timeout=60_000) as caught:
            page.get_by_role("link", name=link).press("Enter")
        caught.value.save_as(tmp_path / name)
    assert (tmp_path / "briefing.pdf").read_bytes().startswith(b"%PDF")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((tmp_path / "briefing.html").as_uri())
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_a_view_is_saved_by_keyboard_and_its_suppliers_downloaded(
    app_with_samples: App, page: Page, tmp_path: Path
) -> None:
    app_with_samples.open(page, "audit", "Audit")
    page.get_by_role("combobox", name="Band").focus()
    page.keyboard.type("High")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    drawn(page)
    page.locator("summary", has_text="Save these filters as a view").press("Enter")
    page.get_by_role("textbox", name="Name").fill("High band")
    page.get_by_role("button", name="Save the view").press("Enter")
    expect(page.get_by_text("The view was saved.")).to_be_visible(timeout=30_000)
    drawn(page)
    assert faults(page) == []
    with page.expect_download(timeout=60_000) as caught:
        page.get_by_role("link", name="Download these suppliers as CSV").press("Enter")
    caught.value.save_as(tmp_path / "suppliers.csv")
    rows = (tmp_path / "suppliers.csv").read_text("utf-8").splitlines()
    assert rows[0].startswith("supplier_id,name,")
    assert len(rows) > 1
    page.get_by_role("button", name="Delete this view").press("Enter")
    expect(page.get_by_text("The view was deleted.")).to_be_visible(timeout=30_000)


def test_faults_within_our_tables_would_be_found(app_with_samples: App, page: Page) -> None:
    app_with_samples.open(page)
    page.locator(".matrix a").first.evaluate("link => link.replaceChildren() || link.removeAttribute('aria-label')")
    assert any(fault.startswith("link-name") for fault in faults(page))


def test_a_line_and_its_open_parts_have_no_fault(app_with_samples: App, page: Page) -> None:
    app_with_samples.open(page)
    page.locator(".matrix td.fill.high a").first.click()
    drawn(page)
    assert faults(page) == []
    page.get_by_role("link", name="Evidence for").first.click()
    expect(page.get_by_role("heading", name="Statement and register records")).to_be_visible()
    for part in page.locator("summary").all():
        part.click()
    drawn(page)
    assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_the_folded_tables_of_the_dashboard_have_no_fault(app_with_samples: App, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    app_with_samples.open(page)
    charts = page.locator("[role=graphics-document]")
    expect(charts.first).to_be_visible()
    names = charts.evaluate_all("all => all.map(one => one.ariaLabel)")
    assert [name for name in names if not name.endswith("The table after it holds the same figures.")] == []
    told = page.get_by_role("main").aria_snapshot()
    assert [words for words in ("rank: ", "share: ", "Link to heading") if words in told] == []
    for part in page.locator("summary").all():
        part.press("Enter")
    drawn(page)
    expect(page.get_by_role("table", name="Lines and £ by market risk")).to_be_visible()
    assert faults(page) == []
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollWidth <= element.clientWidth + 1")


def test_a_possible_match_is_decided_by_keyboard_without_a_fault(app_with_samples: App, page: Page) -> None:
    app_with_samples.open(page, "review", "Review")
    page.get_by_role("textbox", name="Reason, in a few words").focus()
    page.keyboard.type("Another town")
    for _ in ("Same", "Not the same", "Its parent or group", "Not sure"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recorded: not sure.")).to_be_visible(timeout=30_000)
    drawn(page)
    assert faults(page) == []
    page.get_by_role("button", name="Undo: not sure").press("Enter")
    expect(page.get_by_text("The last decision was taken back.")).to_be_visible(timeout=30_000)


def test_many_are_settled_at_once_by_keyboard_without_a_fault(app_with_samples: App, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    app_with_samples.open(page, "review", "Review")
    page.get_by_role("radio", name="Most £ times points first").focus()
    page.keyboard.press("ArrowRight")
    drawn(page)
    expect(page.get_by_role("table", name="least alike first")).to_be_visible()
    page.locator("summary", has_text="Settle many at once").press("Enter")
    page.get_by_role("checkbox").first.focus()
    for _ in range(2):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    assert faults(page) == []
    page.get_by_role("textbox", name="Reason for all ticked").fill("Plainly other firms")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recorded: not the same, 2 suppliers")).to_be_visible(timeout=30_000)
    drawn(page)
    assert faults(page) == []
    page.get_by_role("button", name="Undo: not the same, ").press("Enter")
    expect(page.get_by_text("decisions were taken back.")).to_be_visible(timeout=30_000)


def test_a_reply_is_recorded_by_keyboard_and_stands_beside_the_finding(app_with_samples: App, page: Page) -> None:
    app_with_samples.open(page)
    page.get_by_role("link", name="Evidence for").first.press("Enter")
    expect(page.get_by_role("heading", name="Notes and replies")).to_be_visible()
    drawn(page)
    page.get_by_role("radio", name="Note of an officer").focus()
    page.keyboard.press("ArrowDown")
    drawn(page)
    page.get_by_role("combobox", name="About which finding?").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Text").focus()
    page.keyboard.type("Our statement is on our own site")
    page.get_by_role("button", name="Record it").press("Enter")
    expect(page.get_by_text("The reply was recorded.")).to_be_visible(timeout=30_000)
    drawn(page)
    expect(page.get_by_text("Our statement is on our own site").first).to_be_visible()
    assert page.get_by_text("The supplier replied, ").count() >= 1
    assert faults(page) == []


def test_an_assessment_is_published_and_withdrawn_by_keyboard_without_a_fault(
    app_with_samples: App, page: Page
) -> None:
    app_with_samples.open(page, "assessments", "Assessments")
    page.get_by_role("button", name="Publish this assessment").press("Enter")
    expect(page.get_by_text("The assessment is published.")).to_be_visible(timeout=30_000)
    drawn(page)
    assert faults(page) == []
    page.get_by_role("textbox", name="Reason").focus()
    page.keyboard.type("Published too early")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The assessment is withdrawn.")).to_be_visible(timeout=30_000)
    drawn(page)
    assert faults(page) == []
    page.get_by_role("textbox", name="Reason").fill("It was right")
    page.get_by_role("button", name="Make it a draft again").press("Enter")
    expect(page.get_by_text("The assessment is a draft again.")).to_be_visible(timeout=30_000)


def test_a_statement_is_read_and_a_file_is_missed_without_a_fault(
    app_with_samples: App, page: Page, tmp_path: Path
) -> None:
    app_with_samples.open(page, "registers", "Registers")
    page.get_by_role("button", name="Keep these files").press("Enter")
    expect(page.get_by_text("Choose at least one file first.")).to_be_visible(timeout=30_000)
    assert faults(page) == []
    statement = tmp_path / "statement.txt"
    statement.write_text("We trained all our staff on modern slavery this year. " + "More is said here. " * 40, "utf-8")
    page.locator("input[type=file]").last.set_input_files(statement)
    expect(page.get_by_role("button", name="Remove statement.txt")).to_be_visible()
    page.get_by_role("button", name="Read it").press("Enter")
    expect(page.get_by_role("table", name="What the law asks of a statement")).to_be_visible(timeout=30_000)
    drawn(page)
    expect(page.get_by_text("We trained all our staff on modern slavery this year.").first).to_be_visible()
    assert faults(page) == []


def test_other_points_are_tried_without_a_fault(app_with_samples: App, page: Page) -> None:
    app_with_samples.open(page, "method", "Method")
    drawn(page)
    page.get_by_role("combobox", name="Answer").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("spinbutton", name="Points (").fill("0")
    page.keyboard.press("Enter")
    expect(page.get_by_text("would change band. Nothing was saved.")).to_be_visible(timeout=30_000)
    drawn(page)
    assert faults(page) == []


def test_a_cell_of_the_matrix_can_be_chosen_by_keyboard(app_with_samples: App, page: Page) -> None:
    app_with_samples.open(page)
    cell = page.locator(".matrix td.fill a").first
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Show all lines")).to_be_visible(timeout=30_000)
    drawn(page)
    assert ", most points first: " in page.evaluate(FOCUSED)
